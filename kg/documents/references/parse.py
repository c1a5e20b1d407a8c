"""Parse one reference string into its fields by rules."""

from __future__ import annotations

import re

from kg.documents.model import Reference

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>|]+[^\s\"<>|.,;:\])}]")
_PMID = re.compile(r"\bPMID:?\s*(\d{4,8})\b", re.IGNORECASE)
_LOCATOR = re.compile(
    r"(?:(?:\b(?:https?://)?(?:dx\.)?doi(?:\.org)?\s*[:/]?\s*)|\bhttps?://)\S*|\bPMID\b.*", re.I
)
_AUTHOR = (
    r"[^\W\d_]++(?:[ \u00a0'’‐-][^\W\d_]++){0,4}?[ \u00a0][A-Z][A-Z-]{0,4}\b"
    r"(?:[ \u00a0](?:Jr|Sr|II|III)\b)?"
)
_AUTHORS = re.compile(
    rf"(?P<all>{_AUTHOR}(?:(?:,\s+|\s+and\s+){_AUTHOR})*(?:,?\s+et al)?)(?:\.|,|(?=\s\())\s*"
)
_YEAR_FIRST = re.compile(r"\((?P<year>(?:18|19|20)\d\d)[a-z]?\)\.?,?\s*(?P<rest>.*)", re.DOTALL)
_JOURNAL = r"(?P<journal>[^.?!();:\d]+(?:\.[^.?!();:\d]{1,26}){0,8}?)\.?,?\s*"
_YEAR = r"(?:\((?P<y1>(?:18|19|20)\d\d)\)|(?P<y2>(?:18|19|20)\d\d)[^;:()]{0,12}[;,])\s*"
_PLACE = (
    r"(?P<volume>[A-Z]?\d+[A-Z]?)\s*(?:\((?P<issue>[^)]*)\))?\s*"
    r"(?:[:,]\s*(?P<pages>[A-Za-z]{0,2}\d[\w–‐-]*))?\.?\s*\Z"
)
_SOURCE = re.compile(_JOURNAL + _YEAR + _PLACE)
_SOURCE_AFTER_YEAR = re.compile(_JOURNAL + _PLACE)
_MOST_JOURNAL_WORDS = 9
_SENTENCE = re.compile(r"(?<=[^\s.][.?!])\s+(?=[A-Z0-9])")


def parse(text: str, number: int = 1) -> Reference:
    """Return the reference with the fields that could be read from its string.

    A field that was not found is None: nothing is guessed. ``confidence`` is 0.5 for a
    reference read in full by the rules alone, less where fields are missing.

    Examples
    --------
    >>> found = parse("Li A, Wu B, et al. One title. Leuk Res (2021) 2(3):4–8. doi: 10.1016/j.x.1")
    >>> found.authors, found.year, found.title, found.journal
    (('Li A', 'Wu B'), 2021, 'One title', 'Leuk Res')
    >>> found.volume, found.pages, found.doi
    ('2', '4–8', '10.1016/j.x.1')
    """
    doi = _DOI.search(text)
    pmid = _PMID.search(text)
    body = _DOI.sub("", _LOCATOR.sub("", text)).strip()
    authors: tuple[str, ...] = ()
    if found := _AUTHORS.match(body):
        names = re.split(r",\s+|\s+and\s+", re.sub(r",?\s+et al\Z", "", found["all"]))
        authors = tuple(name.strip() for name in names if name.strip())
        body = body[found.end() :]
    year: int | None = None
    if first := _YEAR_FIRST.match(body):
        year, body = int(first["year"]), first["rest"]
    title, journal, volume, pages, late = _title_and_source(body, year)
    year = year or late
    whole = all((authors, year, title, journal, volume, pages))
    return Reference(
        number=number,
        text=text,
        authors=authors,
        year=year,
        title=title,
        journal=journal,
        volume=volume,
        pages=pages,
        doi=doi.group().lower() if doi else None,
        pmid=pmid.group(1) if pmid else None,
        confidence=0.5 if whole else 0.25,
    )


def _title_and_source(
    body: str, known_year: int | None
) -> tuple[str | None, str | None, str | None, str | None, int | None]:
    """Split what follows the authors at the sentence end after which a journal reads."""
    breaks = [found.start() for found in _SENTENCE.finditer(body)]
    source = _SOURCE if known_year is None else _SOURCE_AFTER_YEAR
    for at in breaks:
        found = source.match(body[at:].strip())
        if found and len(found["journal"].split()) <= _MOST_JOURNAL_WORDS:
            year = None if known_year else found["y1"] or found["y2"]
            return (
                body[:at].strip().rstrip(".") or None,
                found["journal"].strip() or None,
                found["volume"],
                found["pages"],
                int(year) if year else None,
            )
    return (body.strip().rstrip(".") or None, None, None, None, None)
