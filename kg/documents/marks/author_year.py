"""Marks of author and year: "(Xia et al., 2018; Shaw 2005a, b)", "Shaw et al. (2005)"."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.documents.model import Mark, Reference, Section
from kg.documents.references.letters import LOWER, UPPER

_YEARS = re.compile(
    r"(?<!\w)(?P<years>(?:18|19|20)\d\d[a-h]?(?:\s*(?:[,;&]|,?\s?and)\s*(?:(?:18|19|20)\d\d[a-h]?|[a-h]\b))*)"
    r"(?![\w%])(?![./]\d)"
)
_ONE = re.compile(r"(?P<year>(?:18|19|20)\d\d)?(?P<letter>[a-h])?")
_NAME = rf"[{UPPER}][\w'’‐‑–-]*[{LOWER}{UPPER}]|[{UPPER}]{{2,}}"
_LINK = (
    r"(?:\s*(?:,|&|;(?=\s*$)|\band\b|\bet\s*al\b\.?|\bund\b|\bet\b|\bcolleagues\b|\bco-?workers\b"
    r"|\bfor review\b|\bin\b|['’]s?)|\s+(?:[A-Z]\.[\s‐-]?)+)"
)
_AUTHORS = re.compile(
    rf"(?<![\w])(?P<names>(?:{_NAME})(?:{_LINK}|[\s\u00a0]+(?:{_NAME}|d[aeiou]|van|von|der|de|la|le|den)(?!\w))*)[\s,]*[(\[]?\s*\Z"
)
_FIRST_WORDS = re.compile(
    rf"(?<![\w'’‐-])(?:(?:d[aeiou]s?|van|von|der|den|de[lr]?|la|le|ten|ter|el|al)\s)*(?:{_NAME})"
)
_REACH = 110


@dataclass(frozen=True, slots=True)
class _Work:
    number: int
    year: int
    names: tuple[str, ...]
    letter: str | None


def author_year_marks(
    text: str, sections: Sequence[Section], references: Sequence[Reference]
) -> list[Mark]:
    """Return the marks whose author and year are those of an entry of the list."""
    works = _index(references)
    if not works:
        return []
    marks: list[Mark] = []
    for section in sections:
        last = section.start
        for found in _YEARS.finditer(text, section.start, section.end):
            opening = max(last, found.start() - _REACH)
            named = _AUTHORS.search(text, opening, found.start())
            if named is None:
                continue
            start, numbers = _named(text, named, found["years"], works)
            if numbers:
                marks.append(Mark(start, found.end(), text[start : found.end()], numbers))
                last = found.end()
    return marks


def _index(references: Sequence[Reference]) -> dict[str, list[_Work]]:
    """Return the works by their first author's surname in plain letters."""
    works: dict[str, list[_Work]] = defaultdict(list)
    for reference in references:
        if not reference.authors or not reference.year:
            continue
        names = tuple(_plain(_surname(name)) for name in reference.authors)
        letter = re.search(rf"\b{reference.year}([a-h])\b", reference.text)
        work = _Work(reference.number, reference.year, names, letter[1] if letter else None)
        for key in {names[0], names[0].split(" ")[-1]}:
            if len(key) > 1:
                works[key].append(work)
    return works


def _surname(author: str) -> str:
    """Return "van der Berg" of "van der Berg AB"; a group's name stays."""
    head, _, last = author.rpartition(" ")
    return (
        head if head and last.rstrip(".").replace("-", "").isupper() and len(last) <= 5 else author
    )


def _plain(name: str) -> str:
    """Return a name in small letters without accents, hyphens as one kind.

    Examples
    --------
    >>> _plain("Garcia‐Tsao"), _plain("Söder’s")
    ('garcia-tsao', 'soder')
    """
    text = unicodedata.normalize("NFKD", name).replace("ß", "ss").replace("ø", "o")
    text = "".join(char for char in text if not unicodedata.combining(char)).lower()
    text = re.sub(r"[‐‑‒–—−]", "-", text)
    return re.sub(r"['’]s?\Z", "", text).strip()


def _named(
    text: str, named: re.Match[str], years: str, works: dict[str, list[_Work]]
) -> tuple[int, tuple[int, ...]]:
    """Return where the names that fit begin, and the works of these names and years."""
    whole = named["names"]
    for first in _FIRST_WORDS.finditer(whole):
        rest = whole[first.end() :]
        words = first.group().split()
        for skip in range(len(words)):
            found = works.get(_plain(" ".join(words[skip:])))
            if not found:
                continue
            numbers = _works(found, rest, years)
            if numbers:
                offset = len(first.group()) - len(" ".join(words[skip:]))
                return named.start("names") + first.start() + offset, numbers
    return named.start(), ()


def _works(found: Sequence[_Work], rest: str, years: str) -> tuple[int, ...]:
    numbers: list[int] = []
    year = 0
    for one in _ONE.finditer(years):
        if not one.group():
            continue
        year = int(one["year"]) if one["year"] else year
        fitting = [work for work in found if work.year == year]
        if fitting:
            numbers.append(_best(fitting, rest, one["letter"]).number)
    return tuple(dict.fromkeys(numbers))


def _best(fitting: Sequence[_Work], rest: str, letter: str | None) -> _Work:
    """Return the work of one author and year that the further names and the letter fit best."""
    if letter:
        lettered = [work for work in fitting if work.letter == letter]
        if lettered:
            return lettered[0]
        place = ord(letter) - ord("a")
        if place < len(fitting) and not any(work.letter for work in fitting):
            return fitting[place]
    others = {_plain(name.group()) for name in _FIRST_WORDS.finditer(rest)}
    et_al = re.search(r"\bet\s*al", rest) is not None

    def fit(work: _Work) -> tuple[int, int]:
        shared = len(others.intersection(work.names[1:]))
        authors = 3 if len(work.names) > 2 else len(work.names)
        expected = 3 if et_al else 1 + len(others)
        return shared, -abs(authors - expected)

    return max(fitting, key=fit)
