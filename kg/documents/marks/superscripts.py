"""Superscript marks that a copy of the page flattens: "therapy.1,2", "status3–5"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.documents.marks.numbers import ITEM, expand
from kg.documents.marks.words import guarded
from kg.documents.model import Mark, Section

_CANDIDATE = re.compile(
    r"(?:(?<=[a-z][a-z][a-z])|(?<=[^\W\d_][.,;:?!])|(?<=[^\W\d_][.][.,])|(?<=[)\]”’\"%][.,;:?!])"
    r"|(?<=[)\]”’\"])|(?<=(?:19|20)\d\d[.,])|(?<=[^\W\d_]\d[.,])|(?<=[^\W\d_][-‐‑–]\d[.,])"
    r"|(?<=[^\W\d_][-‐‑–]\d\d[.,]))"
    rf"(?P<list>{ITEM}(?:\s?,\s?{ITEM}|(?:\s(?=\d)){ITEM})*)"
    r"(?=\Z|[\s.,;:)\]—–?!”’\"]|[A-Z][a-z])(?!\.\d)(?!\s?(?:%|mg|mL|ml|kg|cm|mm|µ|μ|°))"
)
_NAME = re.compile(r"(?<![^\s(\[/])(?=[^\s]*[A-Z])\S+\Z")
_CODE_COMMA = re.compile(r"[^\W\d_][-‐‑–]?\d{1,2},\Z")


def superscript_marks(text: str, sections: Sequence[Section], most: int) -> list[Mark]:
    """Return the numbers that stand on the end of a word or of its punctuation.

    Works are numbered as they come, so a number that stands on a bare word and is far above
    those before it is none ("protein53"), nor is one on a name that has a number ("Foxp3"), but
    for the next of the list.
    """
    marks: list[Mark] = []
    highest = 0
    slack = 10 + most // 6
    for section in sections:
        for found in _CANDIDATE.finditer(text, section.start, section.end):
            before = text[max(section.start, found.start() - 30) : found.start()]
            stopped = before[-1:] in ".,;:?!"
            if guarded(before, "dotted" if stopped else "flat"):
                continue
            limit = most if stopped else min(most, highest + slack)
            for start, end, numbers in _parts(found, limit, slack):
                if not _follows(before, stopped, numbers, highest):
                    continue
                marks.append(Mark(start, end, text[start:end], numbers))
                highest = max(highest, *(n for n in numbers if n <= highest + 2 * slack), 0)
    return marks


def _follows(before: str, stopped: bool, numbers: tuple[int, ...], highest: int) -> bool:
    """Tell whether numbers may cite after these words, which may be a name with a number."""
    if _CODE_COMMA.search(before):
        return numbers[0] >= 10
    if stopped or not _NAME.search(before) or before[-1:] in ')]”’"':
        return True
    return len(numbers) > 1 or numbers[0] == highest + 1 > 5


def _parts(
    found: re.Match[str], limit: int, slack: int
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Yield the list as one mark, or its first items where the rest cannot be citations.

    "survival.1 2 patients" ends after the first: what follows a blank must rise and be in range.
    """
    listed, start = found["list"], found.start("list")
    numbers: list[int] = []
    end = 0
    for item in re.finditer(ITEM, listed):
        expanded = expand(item.group())
        gap = listed[end : item.start()]
        if not expanded or not all(1 <= number <= limit for number in expanded):
            break
        if numbers and gap.isspace() and expanded[0] <= numbers[-1]:
            break
        numbers.extend(expanded)
        limit = max(limit, numbers[-1] + slack) if numbers else limit
        end = item.end()
    if numbers and (end == len(listed) or listed[end] in " \t\u00a0\n"):
        yield start, start + end, tuple(dict.fromkeys(numbers))
