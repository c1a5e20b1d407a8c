"""PubMed records as enrichment reads them: what the work is, and which notices speak of it.

Format: the NLM PubMed DTD; CommentsCorrections and their RefTypes are explained at
https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html. DateRevised tells nothing of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.documents.metadata import clean_doi, clean_pmcid, iso_date
from kg.documents.xml import Element, parse_xml, words_of
from kg.sources.crossref import update_kinds
from kg.sources.works import SourceWork, Update, retraction_date

_RETRACTED_TYPE = "Retracted Publication"
_DATE = re.compile(r"\b((?:19|20)\d\d)(?:\s+([A-Z][a-z]{2}))?(?:\s+(\d{1,2}))?")
_UPDATED_WORKS = ("ErratumFor", "RetractionOf", "PartialRetractionOf", "ExpressionOfConcernFor")


def parse_records(data: bytes, where: str) -> list[SourceWork]:
    """Read a set of PubMed records; an empty set has none.

    Parameters
    ----------
    data
        The XML that E-utilities answer.
    where
        The address, for messages.

    Raises
    ------
    ReadError
        When the XML is broken.
    """
    root = parse_xml(data, where)
    return [_work(citation) for citation in root.iter("MedlineCitation")]


def _work(citation: Element) -> SourceWork:
    record = citation.getparent()
    ids = dict(_ids(citation, record if record is not None else citation))
    types = {words_of(e) for e in citation.iterfind("Article/PublicationTypeList/PublicationType")}
    related = list(citation.iterfind("CommentsCorrectionsList/CommentsCorrections"))
    updates = tuple(_updates(related))
    return SourceWork(
        title=words_of(citation.find("Article/ArticleTitle")).strip("[] ").rstrip(".] ") or None,
        year=_year(citation),
        authors=tuple(_authors(citation)),
        journal=words_of(citation.find("Article/Journal/Title")) or None,
        issns=tuple(words_of(e) for e in citation.iterfind("Article/Journal/ISSN")),
        doi=ids.get("doi"),
        pmid=words_of(citation.find("PMID")) or None,
        pmcid=ids.get("pmc"),
        retracted=_RETRACTED_TYPE in types or any(one.kind == "retraction" for one in updates),
        retracted_on=retraction_date(updates),
        updates=updates,
        preprint_of=tuple(_named(related, ("UpdateIn",))),
        preprints=tuple(_named(related, ("UpdateOf",))),
        updated_works=tuple(_named(related, _UPDATED_WORKS)),
    )


def _ids(citation: Element, record: Element) -> Iterator[tuple[str, str]]:
    """Yield doi and PMC id of the record itself, not of its references; the last counts."""
    for element in citation.iterfind("Article/ELocationID"):
        if element.get("EIdType") == "doi" and (doi := clean_doi(words_of(element))):
            yield "doi", doi
    for element in record.iterfind("PubmedData/ArticleIdList/ArticleId"):
        kind, value = element.get("IdType"), words_of(element)
        if kind == "doi" and (doi := clean_doi(value)):
            yield "doi", doi
        elif kind == "pmc" and (pmcid := clean_pmcid(value)):
            yield "pmc", pmcid


def _authors(citation: Element) -> Iterator[str]:
    for author in citation.iterfind("Article/AuthorList/Author"):
        parts = (words_of(author.find("LastName")), words_of(author.find("Initials")))
        name = ", ".join(part for part in parts if part) or words_of(author.find("CollectiveName"))
        if name:
            yield name


def _year(citation: Element) -> int | None:
    for path in ("Article/Journal/JournalIssue/PubDate", "Article/ArticleDate"):
        if found := re.search(r"(?:19|20)\d\d", words_of(citation.find(path))):
            return int(found.group())
    return None


def _updates(related: list[Element]) -> Iterator[Update]:
    kinds = update_kinds("pubmed")
    for element in related:
        kind = kinds.get(element.get("RefType") or "")
        if kind is not None:
            source = words_of(element.find("RefSource"))
            date = _DATE.search(source)
            on = iso_date(*date.groups()) if date else None
            yield Update(kind, on, _doi(source), words_of(element.find("PMID")) or None)


def _named(related: list[Element], types: tuple[str, ...]) -> Iterator[str]:
    for element in related:
        if element.get("RefType") in types:
            pmid, doi = words_of(element.find("PMID")), _doi(words_of(element.find("RefSource")))
            if doi or pmid:
                yield f"doi:{doi}" if doi else f"pmid:{pmid}"


def _doi(source: str) -> str | None:
    return clean_doi(source.rpartition("doi:")[2]) if "doi:" in source else None
