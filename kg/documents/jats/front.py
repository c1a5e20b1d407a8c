"""The front matter of a JATS article: what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.documents.jats.names import name_of
from kg.documents.metadata import article_type, clean_doi, clean_pmcid, iso_date, licence_in
from kg.documents.model import ArticleType, Metadata, RelatedWork, RelationType
from kg.documents.xml import Element, local, words_of

_XLINK = "{http://www.w3.org/1999/xlink}href"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ALI_REF = "{http://www.niso.org/schemas/ali/1.0/}license_ref"
_FOOTNOTE_SIGNS = re.compile(r"\s*[*†‡§¶]+\s*\Z")
_RETRACTED = re.compile(r"^\W*retracted(?: article)?\s*[:\]]", re.IGNORECASE)
_PREPRINT = re.compile(r"pre-?print", re.IGNORECASE)
_DATE_ORDER = ("epub", "pub", "epub-ppub", "ppub", "collection", "pmc-release", "")
_PMCIDS = ("pmcid", "pmcaid", "pmc")
_RELATIONS: dict[str, RelationType] = {
    "corrected-article": "corrects",
    "addended-article": "corrects",
    "retracted-article": "retracts",
    "partial-retraction": "retracts",
    "published-article": "preprint_of",
    "article-of-record": "preprint_of",
    "version-of-record": "preprint_of",
}


def metadata_of(article: Element) -> Metadata:
    """Return the metadata of an article element."""
    meta = article.find("front/article-meta")
    if meta is None:
        meta = article.find("front-stub")
    if meta is None:
        meta = article.makeelement("article-meta", {})
    ids = _ids(meta)
    title = _FOOTNOTE_SIGNS.sub("", words_of(_title(meta))) or None
    published = _published(meta)
    doi = ids.get("doi")
    related = tuple(_related(meta, doi))
    kind = _article_type(article, meta, title)
    return Metadata(
        title=title,
        authors=_authors(meta),
        journal=_journal(article),
        year=int(published[:4]) if published else None,
        doi=doi,
        pmid=ids.get("pmid"),
        pmcid=ids.get("pmcid"),
        published=published,
        keywords=_keywords(meta),
        language=(article.get(_LANG) or "en").lower()[:2],
        licence=_licence(meta),
        article_type=kind,
        retracted=_is_retracted(article, meta, title),
        related=related,
    )


def _title(meta: Element) -> Element | None:
    found = meta.find("title-group/article-title")
    return found if found is not None else meta.find("article-title")


def _ids(meta: Element) -> dict[str, str]:
    """Return doi, pmid and pmcid; "pmcid" wins over the older spellings."""
    found: dict[str, str] = {}
    for element in meta.findall("article-id"):
        kind = element.get("pub-id-type") or ""
        value = (element.text or "").strip()
        if kind == "doi" and (doi := clean_doi(value)):
            found.setdefault("doi", doi)
        elif kind == "pmid" and value.isdigit():
            found.setdefault("pmid", value)
        elif (
            kind in _PMCIDS
            and (pmcid := clean_pmcid(value))
            and (kind == "pmcid" or "pmcid" not in found)
        ):
            found["pmcid"] = pmcid
    return found


def _authors(meta: Element) -> tuple[str, ...]:
    names: list[str] = []
    for contrib in meta.iterfind("contrib-group/contrib"):
        if contrib.get("contrib-type", "author") != "author":
            continue
        for child in contrib:
            tag = local(child)
            if tag == "name-alternatives" and len(child):
                child, tag = child[0], local(child[0])
            if tag in ("name", "string-name", "collab") and (name := name_of(child)):
                names.append(name)
                break
    return tuple(names)


def _journal(article: Element) -> str | None:
    for path in ("front/journal-meta//journal-title", "front/journal-meta//abbrev-journal-title"):
        if text := words_of(article.find(path)):
            return text
    return None


def _published(meta: Element) -> str | None:
    """Return the date of publication: the electronic one first, then print, then the issue."""
    dates: dict[str, str] = {}
    for element in meta.findall("pub-date"):
        kind = element.get("pub-type") or element.get("date-type") or ""
        date = iso_date(*(words_of(element.find(part)) for part in ("year", "month", "day")))
        if date:
            dates.setdefault(kind, date)
    return next((dates[kind] for kind in _DATE_ORDER if kind in dates), None) or next(
        iter(dates.values()), None
    )


def _keywords(meta: Element) -> tuple[str, ...]:
    words: list[str] = []
    for group in meta.findall("kwd-group"):
        if (group.get("kwd-group-type") or "").lower().startswith(("abbr", "mesh", "jel")):
            continue
        words.extend(text for element in group.iter("kwd") if (text := words_of(element)))
    return tuple(dict.fromkeys(words))


def _licence(meta: Element) -> str | None:
    """Return the licence from ali:license_ref, license/@xlink:href or the words, in this order."""
    permissions = meta.find("permissions")
    if permissions is None:
        return None
    texts: list[str] = [element.text or "" for element in permissions.iter(_ALI_REF)]
    for licence in permissions.iter("license"):
        texts.append(licence.get(_XLINK) or "")
        texts.extend(link.get(_XLINK) or "" for link in licence.iter("ext-link", "uri"))
        texts.append(licence.get("license-type") or "")
        texts.append(words_of(licence))
    texts.append(words_of(permissions.find("copyright-statement")))
    return next((code for text in texts if (code := licence_in(text))), None)


def _article_type(article: Element, meta: Element, title: str | None) -> ArticleType:
    if _PREPRINT.search(article.get("specific-use") or "") or any(
        _PREPRINT.search(words_of(version)) for version in meta.iter("article-version")
    ):
        return "preprint"
    subjects = [words_of(e) for e in meta.iterfind("article-categories//subject")]
    return article_type((article.get("article-type") or "", *subjects), title)


def _is_retracted(article: Element, meta: Element, title: str | None) -> bool:
    if (article.get("article-type") or "") == "retracted-article":
        return True
    if title and _RETRACTED.match(title):
        return True
    return any(
        element.get("related-article-type") in ("retraction-forward", "retraction")
        for element in meta.findall("related-article")
    )


def _related(meta: Element, own: str | None) -> Iterator[RelatedWork]:
    """Yield the works that this one corrects, retracts or is the preprint of."""
    told: set[RelatedWork] = set()
    for element in meta.iter("related-article", "related-object"):
        kind = _RELATIONS.get(
            element.get("related-article-type") or element.get("document-type") or ""
        )
        if kind is None:
            continue
        address = element.get(_XLINK) or words_of(element)
        doi = clean_doi(address)
        link = element.get("ext-link-type") or ""
        pmid = address if link in ("pubmed", "pmid") and address.isdigit() else None
        pmcid = clean_pmcid(address) if link in ("pmc", "pmcid") else None
        work = RelatedWork(kind, doi, pmid, pmcid)
        if (doi or pmid or pmcid) and doi != own and work not in told:
            told.add(work)
            yield work
