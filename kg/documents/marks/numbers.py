"""Marks in brackets: "(2, 3)" and "[4–7]"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.documents.marks.words import guarded
from kg.documents.model import Mark, Section

_DASH = r"[-‐‑‒–—−]"
ITEM = rf"\d{{1,4}}(?:\s*{_DASH}\s*\d{{1,4}})?"
_LONGEST_RANGE = 100
_BRIDGE = re.compile(rf"\s*{_DASH}\s*")
_ENUMERATION = re.compile(r"(?:[,;:]\s*(?:and|or|&)?|\b(?:and|or)|^|\n)\s*\Z")
_AT_LIST = re.compile(r"(?:ref(?:erence|\.)?s?|see|in|by|from|e\.g\.,?|cf\.?)\s*\Z", re.I)


@cache
def _pattern(pair: str) -> re.Pattern[str]:
    opening, closing = map(re.escape, pair)
    lead = r"(?:(?:refs?\.?|references?|see|e\.g\.,?|reviewed in|for (?:a )?review,? see)\s+)?"
    listed = rf"(?P<list>{ITEM}(?:\s*(?:[,;]|and|&)\s*{ITEM})*)"
    return re.compile(rf"{opening}\s*{lead}{listed}\s*{closing}", re.IGNORECASE)


def bracketed_marks(text: str, sections: Sequence[Section], most: int, pair: str) -> list[Mark]:
    """Return the marks in one kind of brackets; a number above the list's length is none.

    "[19]–[21]" is a range whose second mark carries what is between. Only what names another
    thing is guarded against ("Fig (2)", "n = (3)"): words such as "patients (22)" do cite.
    """
    pattern = _pattern(pair)
    marks: list[Mark] = []
    for section in sections:
        for found in pattern.finditer(text, section.start, section.end):
            numbers = expand(found["list"])
            if not numbers or not all(1 <= number <= most for number in numbers):
                continue
            before = text[max(section.start, found.start() - 30) : found.start()]
            if _of_a_letter(before):
                continue
            if pair == "()" and (guarded(before) or _counts(before, found["list"], section)):
                continue
            if marks and _BRIDGE.fullmatch(text, marks[-1].end, found.start()):
                numbers = (*range(marks[-1].references[-1] + 1, numbers[0]), *numbers)
            marks.append(Mark(found.start(), found.end(), found.group(), numbers))
    return marks


def _of_a_letter(before: str) -> bool:
    """Tell whether the brackets belong to a single letter: "F[1,12] = 8.4", "t(8;21)"."""
    return bool(re.search(r"(?<!\w)\w\Z", before)) and not before[-1:].isdigit()


def _counts(before: str, listed: str, section: Section) -> bool:
    """Tell whether a number in round brackets counts or enumerates.

    "12 (3)" in a table, "a median of 11 (10–15)", "; (2) fever".
    """
    if value := re.search(r"(\d+)(?:\.\d+)?\s?%?\s*\Z", before):
        bounds = [int(number) for number in re.findall(r"\d+", listed)]
        if section.kind == "table" or (
            len(bounds) == 2 and bounds[0] <= int(value.group(1)) <= bounds[1]
        ):
            return True
    if not listed.isdigit():
        return False
    return bool(_ENUMERATION.search(before)) and not _AT_LIST.search(before)


def expand(numbers: str) -> tuple[int, ...]:
    """Return the numbers that a list with ranges names; none where a range runs backwards.

    Examples
    --------
    >>> expand("2, 4–6")
    (2, 4, 5, 6)
    """
    found: list[int] = []
    for item in re.findall(ITEM, numbers):
        first, *last = (int(number) for number in re.findall(r"\d+", item))
        end = last[0] if last else first
        if end < first or end - first > _LONGEST_RANGE:
            return ()
        found.extend(range(first, end + 1))
    return tuple(dict.fromkeys(found))
