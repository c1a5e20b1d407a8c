"""The metadata of a copied page: citation line, keywords, dates, licence, type line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.documents.headings import heading_kind
from kg.documents.metadata import article_type, clean_doi, date_in, licence_in
from kg.documents.model import ArticleType, Metadata, Reference
from kg.documents.plain.lines import Line, plays
from kg.documents.references import parse

_CITATION = re.compile(
    r"(?:suggested |recommended )?(?:citation|(?:how to )?cite (?:this article(?: as)?|as))"
    r"\s*:?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_KEYWORDS = re.compile(
    r"(?:key ?words?|index terms)\s*[:.—–-]?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>|]+")
_PMID = re.compile(r"\bPMID:?\s*(\d{5,8})\b")
_PMCID = re.compile(r"\bPMC\d{5,9}\b")
_PUBLISHED = re.compile(
    r"\b(?:first |e)?published(?: online)?\s*:?\s*(?P<rest>.{6,60})", re.IGNORECASE | re.DOTALL
)
_JOURNAL_LINE = re.compile(
    r"(?P<journal>(?:[A-Z][\w.&-]*|of|and|the|in|for|&)"
    r"(?:[ \u00a0](?:[A-Z][\w.&-]*|of|and|the|in|for|&))*)"
    r"(?:,| volume\b| \d{4}| \((?:19|20)\d\d\)|\.? ?(?:19|20)\d\d)"
)
_RETRACTED = re.compile(r"^\W*(?:retracted(?: article)?)\s*[:\]]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Imprint:
    """The fields of a page's imprint, before the title line is known."""

    citation: Reference | None
    keywords: tuple[str, ...]
    doi: str | None
    pmid: str | None
    pmcid: str | None
    published: str | None
    journal: str | None
    licence: str | None
    types: tuple[str, ...]


def imprint_of(lines: list[Line], listed: tuple[int, int] | None = None) -> Imprint:
    """Read the imprint from the lines outside the reference list.

    Parameters
    ----------
    lines
        All lines of the text.
    listed
        Start and end of the reference list, whose dois are not the article's.
    """
    outside = [line for line in lines if listed is None or not listed[0] <= line.start < listed[1]]
    short = [line.text for line in outside if len(line.text) < 700]
    citation = _after(_CITATION, outside, 2000)
    cited = parse(citation) if citation and len(citation) > 30 else None
    keywords = _keyword_lines(outside)
    dois = (clean_doi(found.group()) for text in short for found in _DOI.finditer(text))
    doi = cited.doi if cited and cited.doi else next((doi for doi in dois if doi), None)
    head = short[:15]
    return Imprint(
        citation=cited,
        keywords=keywords,
        doi=doi,
        pmid=next((m.group(1) for text in short if (m := _PMID.search(text))), None),
        pmcid=next((m.group() for text in head if (m := _PMCID.search(text))), None),
        published=_published(short, head),
        journal=(_with_its_stop(cited) if cited else None) or _journal(head),
        licence=next((code for line in outside if (code := licence_in(line.text))), None),
        types=tuple(text for text in head if len(text) < 40),
    )


def metadata_of(imprint: Imprint, title: str | None, types: tuple[str, ...] = ()) -> Metadata:
    """Return the metadata of a page whose title line was found."""
    cited = imprint.citation
    year = cited.year if cited and cited.year else None
    if year is None and imprint.published:
        year = int(imprint.published[:4])
    kind: ArticleType = article_type((*imprint.types, *types), title)
    return Metadata(
        title=title or (cited.title if cited else None),
        authors=cited.authors if cited else (),
        journal=imprint.journal,
        year=year,
        doi=imprint.doi,
        pmid=imprint.pmid,
        pmcid=imprint.pmcid,
        published=imprint.published or (str(year) if year else None),
        keywords=imprint.keywords,
        language="en",
        licence=imprint.licence,
        article_type=kind,
        retracted=title is not None and _RETRACTED.match(title) is not None,
    )


def _after(pattern: re.Pattern[str], lines: list[Line], most: int) -> str | None:
    """Return what follows a label on its line, or on the next lines when it stands alone."""
    for i, line in enumerate(lines):
        if len(line.text) > most or not (found := pattern.fullmatch(line.text)):
            continue
        if found["rest"].strip():
            return found["rest"].strip()
        if i + 1 < len(lines) and len(lines[i + 1].text) <= most:
            return lines[i + 1].text
    return None


def _keyword_lines(lines: list[Line]) -> tuple[str, ...]:
    """Return the keywords: after their label, or one a line below it."""
    for i, line in enumerate(lines):
        if len(line.text) > 500 or not (found := _KEYWORDS.fullmatch(line.text)):
            continue
        if found["rest"].strip():
            return _split_keywords(found["rest"])
        below: list[str] = []
        for following in lines[i + 1 : i + 12]:
            text = following.text
            if len(text) > 300 or heading_kind(text) is not None or plays(following, "stop"):
                break
            below.append(text)
            if len(text) > 60 or any(mark in text for mark in ";,·"):
                break
        if below:
            return _split_keywords("; ".join(below))
    return ()


def _split_keywords(text: str) -> tuple[str, ...]:
    mark = next((mark for mark in (";", "·", "•", "|", ",") if mark in text), ",")
    return tuple(word.strip(" .") for word in text.split(mark) if word.strip(" ."))


def _published(short: list[str], head: list[str]) -> str | None:
    for text in short:
        if (found := _PUBLISHED.search(text)) and (date := date_in(found["rest"])):
            return date
    return next((date for text in head if len(text) < 120 and (date := date_in(text))), None)


def _with_its_stop(cited: Reference) -> str | None:
    """Return the journal of a citation; an abbreviation keeps its last full stop."""
    journal = cited.journal
    if journal and "." in journal and f"{journal}." in cited.text:
        return f"{journal}."
    return journal


def _journal(head: list[str]) -> str | None:
    for text in head:
        if (
            len(text) < 200
            and re.search(r"(?:19|20)\d\d", text)
            and (found := _JOURNAL_LINE.match(text))
            and len(found["journal"]) > 3
        ):
            return found["journal"].rstrip(",")
    return None
