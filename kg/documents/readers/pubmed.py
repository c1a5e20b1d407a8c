"""PubMed XML: one record or a set, as E-utilities and the baseline files give it.

Format: the NLM PubMed DTD (dtd.nlm.nih.gov/ncbi/pubmed/). A record is a title and an abstract; it
also tells what was retracted, corrected, or published before as a preprint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.documents.assemble import Origin, assemble
from kg.documents.flow import Flow, Paragraph
from kg.documents.jats.inline import write_inline
from kg.documents.jats.references import ReferenceList
from kg.documents.metadata import article_type, clean_doi, clean_pmcid, iso_date, licence_in
from kg.documents.model import (
    Document,
    Metadata,
    Reference,
    RelatedWork,
    RelationType,
    sha256_of,
)
from kg.documents.references import parse
from kg.documents.xml import Element, parse_xml, words_of
from kg.errors import ReadError

_ROOT = re.compile(rb"<(?:PubmedArticleSet|PubmedArticle|MedlineCitationSet|MedlineCitation)[\s>]")
_NO_LIST = ReferenceList((), {}, {})
_CITED_DATE = re.compile(r"\b((?:19|20)\d\d)(?:\s+([A-Z][a-z]{2}))?(?:\s+(\d{1,2}))?")
_YEAR_MONTH = re.compile(r"(\d{4})(?:\s+([A-Z][a-z]{2}))?")
_RELATIONS: dict[str, RelationType] = {
    "ErratumFor": "corrects",
    "RetractionOf": "retracts",
    "PartialRetractionOf": "retracts",
    "UpdateIn": "preprint_of",
}
_RETRACTED_BY = ("RetractionIn", "RetractedandRepublishedIn")
_LANGUAGES = {
    "eng": "en", "fre": "fr", "ger": "de", "spa": "es", "por": "pt", "ita": "it", "chi": "zh",
    "jpn": "ja", "rus": "ru", "pol": "pl", "dut": "nl", "tur": "tr", "kor": "ko",
}  # fmt: skip


class PubmedReader:
    """Reads PubMed records."""

    name = "pubmed"

    def sniff(self, head: bytes) -> float:
        """Claim XML whose root is a PubMed record or set."""
        return 0.99 if _ROOT.search(head.replace(b"\0", b"")) else 0.0

    def read(self, data: bytes, source: str) -> list[Document]:
        """Read every record.

        Raises
        ------
        ReadError
            When the XML is broken, or the set is empty, as E-utilities answer for a deleted PMID.
        """
        root = parse_xml(data, source)
        citations = list(root.iter("MedlineCitation"))
        if not citations:
            raise ReadError(
                "the PubMed set holds no record", where=source, hint="check that the PMIDs exist"
            )
        origin = Origin(source, sha256_of(data))
        return [_document(citation, origin) for citation in citations]


def _document(citation: Element, origin: Origin) -> Document:
    """Return the Document of one record."""
    record = citation.getparent() if citation.getparent() is not None else citation
    meta = _metadata(citation, record)
    flow = Flow()
    _write(flow, citation.find("Article/ArticleTitle"), "title", None)
    for abstract in citation.iterfind("Article/Abstract"):
        _write_abstract(flow, abstract)
    for other in citation.iterfind("OtherAbstract"):
        if other.get("Language", "eng") == "eng":
            _write_abstract(flow, other)
    if not flow.sections:
        raise ReadError(
            f"the record {meta.pmid or ''} has neither title nor abstract".replace("  ", " "),
            where=origin.source,
            hint="fetch the full text",
        )
    return assemble(
        origin,
        "abstract",
        flow.text(),
        meta,
        sections=tuple(flow.sections),
        references=_references(record),
        scripts=tuple(flow.scripts),
    )


def _write(flow: Flow, element: Element | None, kind: str, title: str | None) -> None:
    if element is not None:
        paragraph = Paragraph()
        write_inline(element, paragraph, _NO_LIST)
        flow.write(paragraph, "title" if kind == "title" else "abstract", title)


def _write_abstract(flow: Flow, abstract: Element) -> None:
    for part in abstract.iterfind("AbstractText"):
        label = part.get("Label")
        title = label if label and label != "UNLABELLED" else None
        flow.heading(title)
        _write(flow, part, "abstract", title)


def _metadata(citation: Element, record: Element) -> Metadata:
    article = citation.find("Article")
    types = tuple(
        words_of(e) for e in citation.iterfind("Article/PublicationTypeList/PublicationType")
    )
    title = words_of(citation.find("Article/ArticleTitle")).strip("[] ").rstrip(".] ") or None
    published = _published(article)
    notice = _retraction_notice(citation)
    language = words_of(citation.find("Article/Language"))
    ids = _ids(citation, record)
    return Metadata(
        title=title,
        authors=tuple(_authors(article)),
        journal=words_of(citation.find("Article/Journal/Title")) or None,
        year=int(published[:4]) if published else None,
        doi=ids.get("doi"),
        pmid=words_of(citation.find("PMID")) or None,
        pmcid=ids.get("pmc"),
        published=published,
        keywords=tuple(
            text for e in citation.iterfind("KeywordList/Keyword") if (text := words_of(e))
        ),
        language=_LANGUAGES.get(language, language or None),
        licence=licence_in(words_of(citation.find("Article/Abstract/CopyrightInformation"))),
        article_type=article_type(types, title),
        retracted=notice is not None or "Retracted Publication" in types,
        retracted_on=_notice_date(notice) if notice else None,
        related=tuple(_related(citation)),
    )


def _ids(citation: Element, record: Element) -> dict[str, str]:
    """Return doi and PMC id of the record itself, not of its references."""
    found: dict[str, str] = {}
    for element in record.iterfind("PubmedData/ArticleIdList/ArticleId"):
        kind, value = element.get("IdType"), words_of(element)
        if kind == "doi" and (doi := clean_doi(value)):
            found.setdefault("doi", doi)
        elif kind == "pmc" and (pmcid := clean_pmcid(value)):
            found.setdefault("pmc", pmcid)
    for element in citation.iterfind("Article/ELocationID"):
        if element.get("EIdType") == "doi" and (doi := clean_doi(words_of(element))):
            found.setdefault("doi", doi)
    return found


def _authors(article: Element) -> Iterator[str]:
    for author in article.iterfind("AuthorList/Author"):
        group = words_of(author.find("CollectiveName"))
        last = words_of(author.find("LastName"))
        initials = words_of(author.find("Initials"))
        if last or group:
            yield f"{last} {initials}".strip() if last else group


def _published(article: Element) -> str | None:
    """Return the electronic date where there is one, else that of the issue."""
    for path in ("ArticleDate", "Journal/JournalIssue/PubDate"):
        element = article.find(path)
        if element is None:
            continue
        parts = (words_of(element.find(part)) for part in ("Year", "Month", "Day"))
        if date := iso_date(*parts):
            return date
        if found := _YEAR_MONTH.search(words_of(element.find("MedlineDate"))):
            return iso_date(*found.groups())
    return None


def _retraction_notice(citation: Element) -> str | None:
    """Return how PubMed cites the notice that retracts this work, None where there is none."""
    for element in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        if element.get("RefType") in _RETRACTED_BY:
            return words_of(element.find("RefSource"))
    return None


def _notice_date(citation: str) -> str | None:
    """Return the date in a citation, as precisely as it is told.

    Examples
    --------
    >>> _notice_date("Lancet. 2010 Feb 6;375(9713):445. doi: 10.1016/S0140-6736(10)60175-4.")
    '2010-02-06'
    """
    found = _CITED_DATE.search(citation)
    return iso_date(*found.groups()) if found else None


def _related(citation: Element) -> Iterator[RelatedWork]:
    for element in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        kind = _RELATIONS.get(element.get("RefType") or "")
        if kind is not None:
            doi = clean_doi(words_of(element.find("RefSource")).rpartition("doi:")[2])
            pmid = words_of(element.find("PMID")) or None
            if doi or pmid:
                yield RelatedWork(kind, doi, pmid)


def _references(record: Element) -> tuple[Reference, ...]:
    references: list[Reference] = []
    for element in record.iterfind("PubmedData/ReferenceList//Reference"):
        text = words_of(element.find("Citation"))
        number = len(references) + 1
        ids = {e.get("IdType"): words_of(e) for e in element.iterfind("ArticleIdList/ArticleId")}
        parsed = parse(text, number)
        references.append(
            replace(
                parsed,
                doi=clean_doi(ids.get("doi")) or parsed.doi,
                pmid=ids.get("pubmed") or parsed.pmid,
            )
        )
    return tuple(references)


reader = PubmedReader()
