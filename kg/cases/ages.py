"""Ages in running text: "18-year-old", "aged 3 months", "forty-five years of age"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: number for number, word in enumerate(_UNITS, 1)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_MISSPELT = {"fourty": 40, "ninty": 90, "fourtheen": 14}
_WORDS |= _MISSPELT
_PER_YEAR = {"y": 1.0, "m": 12.0, "w": 365.25 / 7, "d": 365.25, "h": 365.25 * 24}

_HYPHEN = r"[\s\-‐‑–−]*"
_NUMBER_WORD = "|".join((*_TENS, *_MISSPELT, *sorted(_UNITS, key=len, reverse=True)))
_NUMBER = (
    rf"(?<![\d.,/])(?P<number>\d{{1,3}}(?:\.\d+)?"
    rf"|(?:{_NUMBER_WORD})(?:[\s\-‐‑–]+(?:{_NUMBER_WORD}))?)"
)
_UNIT = r"(?P<unit>years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?)"
_PERSON = r"(?:female|male|woman|man|lady|boy|girl|gentleman|patient|infant|child)"
_OLD = r"(?:old|of\s+age|olds)"
_PATTERNS = (
    re.compile(rf"(?<!\w){_NUMBER}{_HYPHEN}{_UNIT}(?:['’]s)?{_HYPHEN}{_OLD}(?!\w)", re.IGNORECASE),
    re.compile(
        r"(?<![\w.])(?P<number>\d{1,3})\s?-?(?P<unit>y)(?:[./]?\s?o\b|r?s?-old\b)", re.IGNORECASE
    ),
    re.compile(
        rf"(?:(?<=\ba\s)|(?<=\ban\s)){_NUMBER}{_HYPHEN}{_UNIT}(?=\s+(?:(?!follow|histor|surviv|course|period)[\w-]+\s+){{0,2}}{_PERSON}\b)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\baged?(?::|\s+of|\s+was|\s+is)?\s+{_NUMBER}(?:{_HYPHEN}{_UNIT}\b)?", re.IGNORECASE
    ),
    re.compile(
        r"(?:(?<=[(,])|(?<=[(,]\s))(?P<number>\d{1,3})\s+(?P<unit>years?|months?)(?=\s*[),;])",
        re.IGNORECASE,
    ),
)
_OF_EVENT = re.compile(r"\b(?:at|by|since|from|until|before)\s+(?:the\s+|an?\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Age:
    """An age as stated: ``years`` is a fraction for months, weeks and days."""

    start: int
    end: int
    text: str
    years: float


def ages(text: str, offset: int = 0) -> Iterator[Age]:
    """Yield the ages of persons in a text, in order; "at the age of 24" is not a present age.

    Examples
    --------
    >>> [age.years for age in ages("An 18-year-old female and her 6-month-old son")]
    [18.0, 0.5]
    >>> list(ages("She had smoked since the age of 24 years"))
    []
    """
    taken: list[tuple[int, int]] = []
    found = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            if _OF_EVENT.search(text[:start]):
                continue
            taken.append((start, end))
            years = _years(match)
            if years is not None:
                found.append(Age(start + offset, end + offset, match.group(), years))
    yield from sorted(found, key=lambda age: age.start)


def _years(match: re.Match[str]) -> float | None:
    number = _number(match.group("number"))
    unit = (match.groupdict().get("unit") or "y")[0].lower()
    if number is None:
        return None
    years = number / _PER_YEAR[unit]
    return round(years, 3) if years <= 120 else None


def _number(text: str) -> float | None:
    if text[0].isdigit():
        return float(text)
    words = re.split(r"[\s\-‐‑–]+", text.lower())
    values = [_WORDS[word] for word in words if word in _WORDS]
    return float(sum(values)) if len(values) == len(words) else None
