"""In-text citation marks of plain text, tied to the entries of the reference list."""

from __future__ import annotations

import re

from kg.documents.model import Mark, Reference, Section

_ITEM = r"\d{1,3}(?:\s*[-‐–—−]\s*\d{1,3})?"
_LIST = rf"{_ITEM}(?:\s*[,;]\s*{_ITEM})*"
_STYLES = (re.compile(rf"\(({_LIST})\)"), re.compile(rf"\[({_LIST})\]"))
_GUARD = re.compile(r"(?:fig(?:ure|s|\.)?|tables?|grade|phase|stage|n\s*=)\s*\Z", re.IGNORECASE)
_UNREAD = frozenset({"references", "boilerplate", "title"})


def find_marks(
    text: str, sections: tuple[Section, ...], references: tuple[Reference, ...]
) -> tuple[Mark, ...]:
    """Return the citation marks in the sections that are read, in order.

    Of the styles ``(2, 3)`` and ``[4–7]`` the one is taken that names the more of the list.

    Examples
    --------
    >>> refs = tuple(Reference(n, "") for n in range(1, 6))
    >>> body = "Rare (1), but told (2-4); 5 of 9 (9) died."
    >>> [mark.references for mark in find_marks(body, (Section("case", None, 0, 42),), refs)]
    [(1,), (2, 3, 4)]
    """
    most = len(references)
    best: list[Mark] = []
    for style in _STYLES:
        marks = _marks_of(style, text, sections, most)
        if _coverage(marks) > _coverage(best):
            best = marks
    return tuple(best)


def _marks_of(
    style: re.Pattern[str], text: str, sections: tuple[Section, ...], most: int
) -> list[Mark]:
    marks = []
    for section in sections:
        if section.kind in _UNREAD:
            continue
        for found in style.finditer(text, section.start, section.end):
            numbers = expand(found.group(1))
            if not numbers or not all(1 <= number <= most for number in numbers):
                continue
            if _GUARD.search(text, max(0, found.start() - 10), found.start()):
                continue
            marks.append(Mark(found.start(), found.end(), found.group(), numbers))
    return marks


def _coverage(marks: list[Mark]) -> int:
    return len({number for mark in marks for number in mark.references})


def expand(numbers: str) -> tuple[int, ...]:
    """Return the numbers that a list with ranges names; none where a range runs backwards.

    Examples
    --------
    >>> expand("2, 4–6")
    (2, 4, 5, 6)
    """
    found: list[int] = []
    for item in re.split(r"[,;]", numbers):
        first, *last = (int(number) for number in re.findall(r"\d+", item))
        end = last[0] if last else first
        if end < first or end - first > 100:
            return ()
        found.extend(range(first, end + 1))
    return tuple(found)
