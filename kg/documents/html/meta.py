"""What a journal page says of itself in its ``meta`` elements.

Conventions: the Highwire tags that Google Scholar asks of publishers (``citation_title`` …) and
Dublin Core (``DC.Title`` …).
"""

from __future__ import annotations

import re
from collections import defaultdict

from kg.documents.jats.names import initials
from kg.documents.metadata import article_type, clean_doi, date_in, iso_date, licence_in
from kg.documents.model import Metadata
from kg.documents.xml import Element, words_of

_DATE = re.compile(r"(\d{4})(?:[-/ ](\w{1,9}))?(?:[-/ ](\d{1,2}))?")
_PMCID = re.compile(r"\bPMC\d{4,9}\b")
_LICENSED = re.compile(r"\b(?:distributed|licen[cs]ed|published) under\b")
_RETRACTED = re.compile(r"^\W*retracted(?: article)?\s*[:\]]", re.IGNORECASE)


def metadata_of(root: Element) -> Metadata:
    """Return the metadata of a page."""
    tags = _tags(root)
    title = _first(tags, "citation_title", "dc.title", "og:title")
    published = _published(tags)
    pmcid = _PMCID.search(" ".join(_all(tags, "citation_abstract_html_url", "citation_pmcid")))
    types = (
        *_all(tags, "citation_article_type", "dc.type.articletype", "prism.section"),
        *_labels(root),
    )
    return Metadata(
        title=title,
        authors=tuple(author_of(name) for name in _authors(tags)),
        journal=_first(tags, "citation_journal_title", "prism.publicationname", "dc.source"),
        year=int(published[:4]) if published else None,
        doi=clean_doi(_first(tags, "citation_doi", "prism.doi", "dc.identifier")),
        pmid=_first(tags, "citation_pmid"),
        pmcid=pmcid.group() if pmcid else None,
        published=published,
        keywords=_keywords(tags),
        language=((_first(tags, "citation_language", "dc.language") or "en").lower()[:2]),
        licence=_licence(root, tags),
        article_type=article_type(types, title),
        retracted=title is not None and _RETRACTED.match(title) is not None,
    )


def author_of(name: str) -> str:
    """Return "Surname II" of a name in either order.

    Examples
    --------
    >>> author_of("Nicholas A. R. McQuibban"), author_of("van den Berg, Floris")
    ('McQuibban NAR', 'van den Berg F')
    """
    name = " ".join(name.split())
    if "," in name:
        last, _, given = name.partition(",")
    else:
        given, _, last = name.rpartition(" ")
    return f"{last.strip()} {initials(given.strip())}".strip()


def _tags(root: Element) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = defaultdict(list)
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property")
        content = " ".join((element.get("content") or "").split())
        if name and content:
            tags[name.lower()].append(content)
    return tags


def _all(tags: dict[str, list[str]], *names: str) -> list[str]:
    return [value for name in names for value in tags.get(name, ())]


def _first(tags: dict[str, list[str]], *names: str) -> str | None:
    return next(iter(_all(tags, *names)), None)


def _authors(tags: dict[str, list[str]]) -> list[str]:
    single = _all(tags, "citation_author") or _all(tags, "dc.creator")
    if single:
        return single
    return [
        name for line in _all(tags, "citation_authors") for name in line.split(";") if name.strip()
    ]


def _published(tags: dict[str, list[str]]) -> str | None:
    for value in _all(
        tags, "citation_online_date", "citation_publication_date", "citation_date",
        "prism.publicationdate", "dc.date", "article:published_time",
    ):  # fmt: skip
        found = _DATE.match(value)
        if date := (iso_date(*found.groups()) if found else date_in(value)):
            return date
    return None


def _keywords(tags: dict[str, list[str]]) -> tuple[str, ...]:
    words: list[str] = []
    for value in _all(tags, "citation_keywords") or _all(tags, "keywords", "dc.subject"):
        words.extend(word.strip() for word in re.split(r"[;,]", value) if word.strip())
    return tuple(dict.fromkeys(words))


def _licence(root: Element, tags: dict[str, list[str]]) -> str | None:
    for value in _all(tags, "dc.rights", "citation_license", "dcterms.license"):
        if code := licence_in(value):
            return code
    for element in root.iter("a", "link"):
        address = element.get("href") or ""
        if "creativecommons.org" in address and (code := licence_in(address)):
            return code
    for element in root.iter("div", "p", "section"):
        words = element.text or ""
        told = "licen" in (element.get("class") or "") or _LICENSED.search(words)
        if told and (code := licence_in(words_of(element))):
            return code
    return None


def _labels(root: Element) -> list[str]:
    """Return the words of a type label that pages print above the title."""
    found = []
    for element in root.iter("span", "div", "p", "li", "a"):
        names = (element.get("class") or "").lower()
        if (
            "article-type" in names or "articletype" in names or "article-header__category" in names
        ) and (len(text := words_of(element)) < 60):
            found.append(text)
    return found[:3]
