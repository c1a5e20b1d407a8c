"""Dates as written: whole, without a day, without a year, and ranges of them.

The value is ISO 8601 and only as precise as the text: ``2019-04-04``, ``2017-05``, ``2016``,
``--02-09`` for a day without its year. A numeric date whose day and month cannot be told apart
keeps its year alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.nlp.carrier import TimeDraft
from kg.nlp.model import Precision
from kg.nlp.quantities.scan import Words, matches, words_of

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = (
    r"(?P<month{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?"
    r"|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember"
    r"|\.)?)(?![A-Za-z])"
)
_YEAR = r"(?P<year{0}>(?:1[89]|20)\d\d)(?![\d%]|[.,]\d|[-–]?year)"
_DAY = r"(?P<day{0}>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_PART = (
    r"(?:(?P<part{0}>(?i:early|mid|middle of|late|the beginning of|the end of|beginning of"
    r"|end of))[ -])?"
)
_TO_DAY = (
    r"(?:(?: ?[-–—] ?| to | and )(?P<today{0}>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d/]))?"
)
_IN = (
    r"(?P<in{0}>(?i:\b(?:in|since|until|till|during|from|by|before|after|of|through|to|between|and"
    r"|early|late|mid|year|around|as of) (?:the year )?))"
)
_SEASON = r"(?P<season>(?i:spring|summer|autumn|fall|winter))"
_FORMS = (
    rf"{_PART.format(1)}{_MONTH.format(1)} ?{_DAY.format(1)}(?!\d){_TO_DAY.format(1)}"
    rf"(?:,? ?(?:of )?,?{_YEAR.format(1)})?(?!\d|[./]\d|%)",
    rf"{_DAY.format(2)}{_TO_DAY.format(2)}(?: of |[ -]"
    rf"|){_MONTH.format(2)}(?:,?[ -]?(?:of )?{_YEAR.format(2)})?",
    rf"{_PART.format(3)}{_MONTH.format(3)}(?:,? | of |-){_YEAR.format(3)}",
    rf"{_YEAR.format(4)}(?P<separator>[-/.])(?P<month4>0?[1-9]"
    rf"|1[0-2])(?P=separator){_DAY.format(4)}(?![\d%])",
    rf"(?P<first>0?[1-9]|[12]\d|3[01])(?P<stroke>[-/.])(?P<second>0?[1-9]|[12]\d"
    rf"|3[01])(?P=stroke){_YEAR.format(5)}",
    rf"(?P<month6>0?[1-9]|1[0-2])/{_YEAR.format(6)}",
    rf"(?:(?:early|mid|late)[- ])?{_SEASON},? (?:of )?{_YEAR.format(7)}",
    r"(?P<decade>(?:early |mid[- ]?|late )?(?:19|20)\d0)(?:s|'s)(?!\w)",
    rf"{_IN.format(8)}{_YEAR.format(8)}(?: ?[-–] ?(?P<toyear>(?:19|20)\d\d))?",
    rf"{_IN.format(9)}{_PART.format(9)}{_MONTH.format(9)}(?!,? ?\d)",
    rf"(?P<part10>(?i:early|mid|late))[ -]{_MONTH.format(10)}",
)
_DATE = re.compile(r"(?<![\w.])(?:" + "|".join(_FORMS) + ")")
_LEADS = (
    "early mid middle late the beginning end spring summer autumn fall winter sept year around as "
    "in since until till during from by before after of through to between and"
)
_FIRSTS = frozenset([*_MONTHS, *(month[:3] for month in _MONTHS), *_LEADS.split()])
_JOINT = re.compile(r" ?(?:[-–—]|to|through|until|till) ?(?:the )?")
_BETWEEN = re.compile(r"(?i:between) $")


@dataclass(frozen=True, slots=True)
class Date:
    """The parts of a date that the text gives; ``end_day`` closes a range of days."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_day: int | None = None
    end_year: int | None = None
    precision: Precision = "day"
    approximate: bool = False

    def iso(self, day: int | None = None) -> str:
        """The date in ISO 8601, with another day where one is given."""
        year = f"{self.year:04d}" if self.year is not None else "-"
        parts = [self.month, day or self.day]
        return year + "".join(f"-{part:02d}" for part in parts if part is not None)


def find_dates(text: str, words: Words | None = None) -> list[TimeDraft]:
    """Return the dates of a text, in order; ranges as one draft with ``value_to``.

    Examples
    --------
    >>> text = "On February 9; in May 2017; from March 13 to March 15, 2019; 14/9/2005"
    >>> for d in find_dates(text):
    ...     print(d.value, d.value_to, d.precision)
    --02-09 None day
    2017-05 None month
    2019-03-13 2019-03-15 day
    2005-09-14 None day
    """
    drafts: list[TimeDraft] = []
    for first, last in _joined(text, list(_dates(text, words or words_of(text)))):
        value_to = None
        if last is not None:
            value_to = last.iso(last.end_day)
        elif first.end_day is not None:
            value_to = first.iso(first.end_day)
        elif first.end_year is not None:
            value_to = f"{first.end_year:04d}"
        drafts.append(
            TimeDraft(
                first.start,
                (last or first).end,
                "date",
                first.iso(),
                first.precision,
                value_to=value_to,
                approximate=first.approximate,
            )
        )
    return drafts


def _dates(text: str, words: Words) -> Iterator[Date]:
    for found in matches(_DATE, text, words, _FIRSTS):
        if date := _date(found):
            yield date


def _date(found: re.Match[str]) -> Date | None:
    part = {name: value for name, value in found.groupdict().items() if value is not None}
    number = re.sub(r"\D", "", next((n for n in part if n[-1:].isdigit()), ""))
    end = found.end()
    if "decade" in part:
        first = int(re.sub(r"\D", "", part["decade"]))
        return Date(
            found.start(), end, first, end_year=first + 9, precision="year", approximate=True
        )
    if "first" in part:
        return _numeric(found, part)
    year = int(part["year" + number]) if "year" + number in part else None
    if "season" in part:
        return Date(found.start(), end, int(part["year7"]), precision="season", approximate=True)
    name = part.get("month" + number)
    month = _month(name) if name else None
    day = int(part["day" + number]) if "day" + number in part else None
    to_day = int(part["today" + number]) if "today" + number in part else None
    start = found.end("in" + number) if "in" + number in part else found.start()
    if "in" + number in part and part["in" + number].strip().lower() in ("early", "mid", "late"):
        start = found.start()
    if to_day is not None and day is not None and to_day <= day:
        return None
    precision: Precision = "day" if day else "month" if month else "year"
    end_year = int(part["toyear"]) if "toyear" in part else None
    vague = "part" + number in part
    return Date(start, end, year, month, day, to_day, end_year, precision, vague)


def _month(name: str) -> int:
    if name.isdigit():
        return int(name)
    return next(i for i, full in enumerate(_MONTHS, 1) if full.startswith(name[:3].lower()))


def _numeric(found: re.Match[str], part: dict[str, str]) -> Date:
    """Day and month in either order; the year alone where both orders could be meant."""
    first, second, year = int(part["first"]), int(part["second"]), int(part["year5"])
    start, end = found.span()
    if first == second or (first > 12 >= second):
        return Date(start, end, year, second, first)
    if second > 12 >= first:
        return Date(start, end, year, first, second)
    return Date(start, end, year, precision="year", approximate=True)


def _joined(text: str, dates: list[Date]) -> Iterator[tuple[Date, Date | None]]:
    """Pair the ends of ranges; the first end takes year and month from the second."""
    place = 0
    while place < len(dates):
        first = dates[place]
        following = dates[place + 1] if place + 1 < len(dates) else None
        place += 1
        gap = text[first.end : following.start] if following else None
        if following is None or gap is None or not _is_range(text, first, gap):
            yield first, None
            continue
        place += 1
        yield (
            replace(first, year=first.year if first.year is not None else following.year),
            following,
        )


def _is_range(text: str, first: Date, gap: str) -> bool:
    if gap == " and ":
        return _BETWEEN.search(text[max(0, first.start - 9) : first.start]) is not None
    return _JOINT.fullmatch(gap) is not None
