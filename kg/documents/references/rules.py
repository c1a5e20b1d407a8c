"""Read a reference by rules: authors from the left, locator from the right, the rest between."""

from __future__ import annotations

import re

from kg.documents.references.fields import Fields
from kg.documents.references.locator import Locator, locate
from kg.documents.references.names import authors_of
from kg.documents.references.titles import part, trim_title

_LABEL = re.compile(r"\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)](?!\d))\s*")
_YEAR_FIRST = re.compile(
    r"[\s.,]*[(\[]?(?P<year>(?:18|19|20)\d\d)[a-z]?"
    r"(?:,?\s[A-Z][a-z]+\.?(?:\s\d{1,2})?)?[)\]]?[.,:]*\s+"
)
_AFTERWORD = re.compile(
    r"\s*[\[(;.]\s*(?:Erratum|Corrigendum|Correction|Retract(?:ed|ion)|Comment|Reviewed|"
    r"[Pp]ublished (?:correction|erratum))\b(?:\s(?:in|on|appears)\b|:).*\Z"
)
_IN_BOOK = re.compile(r"[.?!]?\s+In:?\s(?=.*\b[Ee]d(?:s|itors?|ited)?\b)")
_BOOK = re.compile(
    r"\b(?:Press|Publish(?:er|ers|ing)|Verlag|Springer|Elsevier|Wiley|Saunders|Mosby|Churchill|"
    r"Lippincott|editors?|eds?\.|edition|edn?|thesis|dissertation|\d(?:st|nd|rd|th) ed)\b"
)


def read(body: str) -> Fields:
    """Return the fields of a reference whose identifiers were taken out.

    Examples
    --------
    >>> read("Li A, Wu B, et al. One title. Leuk Res (2021) 2(3):4–8.").pages
    '4–8'
    >>> found = read("Smith, A.; Jones, B.C. A title of two words. Front. Oncol. 2020, 8, 12.")
    >>> found.authors, found.year, found.journal
    (('Smith A', 'Jones BC'), 2020, 'Front. Oncol')
    """
    body = _AFTERWORD.sub("", body)
    label = _LABEL.match(body)
    body = body[label.end() :].strip() if label else body.strip()
    authors = authors_of(body)
    rest = body[authors.end :]
    first = _YEAR_FIRST.match(rest)
    year = int(first["year"]) if first and (authors.names or rest[0] == "(") else None
    if first and year:
        rest = rest[first.end() :]
    found = locate(rest, dated=year is not None)
    if found is None:
        return Fields(authors.names, year, *_unlocated(rest))
    untitled = year is None and authors.close == ","
    return _fields(authors.names, year, rest, found, untitled)


def _fields(
    names: tuple[str, ...], year: int | None, rest: str, found: Locator, untitled: bool
) -> Fields:
    before = rest[: found.start]
    if found.volume is None and (chapter := _IN_BOOK.search(before)):
        return Fields(names, year or found.year, trim_title(before[: chapter.start()]))
    parted = part(before, untitled=untitled)
    if _BOOK.search(rest) and (parted.journal is None or ": " in parted.journal):
        return Fields(names, year or found.year, parted.title)
    return Fields(
        names, year or found.year, parted.title, parted.journal, found.volume, found.pages
    )


def _unlocated(rest: str) -> tuple[str | None, str | None]:
    """Return title and journal of a work without a place: in press, a book, a web page."""
    if _BOOK.search(rest):
        return trim_title(re.split(r"(?<=[^\s.][.?!])\s+(?=[A-Z])", rest)[0]), None
    parted = part(rest, untitled=False)
    return parted.title, parted.journal
