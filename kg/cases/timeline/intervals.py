"""ISO 8601 values as intervals of days, as wide as the precision that the text states."""

from __future__ import annotations

import calendar
import datetime
import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.terms.tables import rows

_DATE = re.compile(r"(\d{4}|-)-?(\d{2})?(?:-(\d{2}))?(?:T.*)?$")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])$")
_PERIOD = re.compile(
    r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?)?$"
)
_UNITS = ("year", "month", "week", "day", "hour", "minute")
_LONGEST_GAP = 300
"""A date without a year is completed from the narrated date before it, up to so many days on."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high`` whole days, both included; null is open."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time: its days, and how far a stated number of them may be off (in days)."""

    days: float
    distance: float
    duration: float
    duration_to: float


@cache
def units() -> dict[str, Unit]:
    """Return the units of ``units.tsv`` by name."""
    table = rows(Path(__file__).with_name("units.tsv"), 5)
    return {name: Unit(*(float(cell) for cell in cells)) for name, *cells in table}


def date_interval(value: str) -> Interval | None:
    """Return the first and last day that a date may mean, as proleptic Gregorian ordinals.

    Null where the value names no year, or is no date.

    Examples
    --------
    >>> date_interval("2019-04-04")
    Interval(low=737153, high=737153)
    >>> span = date_interval("2017-05")
    >>> span.high - span.low
    30
    >>> date_interval("--02-09") is None
    True
    """
    quarter = _QUARTER.match(value)
    if quarter is not None:
        year, last = int(quarter[1]), 3 * int(quarter[2])
        return _months(year, last - 2, last)
    match = _DATE.match(value)
    if match is None or match[1] == "-":
        return None
    year, month = int(match[1]), int(match[2]) if match[2] else None
    if month is None:
        return _months(year, 1, 12)
    if match[3] is None:
        return _months(year, month, month)
    try:
        day = datetime.date(year, month, int(match[3])).toordinal()
    except ValueError:
        return None
    return Interval(day, day)


def _months(year: int, first: int, last: int) -> Interval | None:
    if year < 1 or not 1 <= first <= last <= 12:
        return None
    low = datetime.date(year, first, 1).toordinal()
    high = datetime.date(year, last, calendar.monthrange(year, last)[1]).toordinal()
    return Interval(low, high)


def complete(value: str, context: Interval | None) -> str | None:
    """Give a date without a year the year of the narrated date before it, or of the next.

    Null where nothing was dated before, or where the date would lie too far ahead to be told in
    order (then it may as well look back).

    Examples
    --------
    >>> complete("--02-09", date_interval("2016-01-31"))
    '2016-02-09'
    >>> complete("--01-05", date_interval("2016-11"))
    '2017-01-05'
    >>> complete("--01-05", date_interval("2016-01-31")) is None
    True
    """
    if not value.startswith("--"):
        return value
    if context is None or context.low is None or context.high is None:
        return None
    first = datetime.date.fromordinal(context.low).year
    for year in (first, first + 1):
        whole = f"{year}{value[1:]}"
        span = date_interval(whole)
        if span is None or span.high is None or span.low is None:
            continue
        if span.high >= context.low and span.low - context.high <= _LONGEST_GAP:
            return whole
    return None


def iso(ordinal: int) -> str:
    """Return the date of an ordinal."""
    return datetime.date.fromordinal(ordinal).isoformat()


def nominal_days(value: str) -> float | None:
    """Return the days that a period states, taken at its word.

    Examples
    --------
    >>> nominal_days("P19M"), nominal_days("P2Y"), nominal_days("PT36H")
    (578.31, 730.5, 1.5)
    """
    parts = _parts(value)
    if parts is None:
        return None
    return round(sum(number * units()[unit].days for unit, number in parts), 2)


def _parts(value: str) -> list[tuple[str, float]] | None:
    match = _PERIOD.match(value)
    if match is None:
        return None
    parts = [(unit, float(cell)) for unit, cell in zip(_UNITS, match.groups(), strict=True) if cell]
    return parts or None


def distance(value: str, value_to: str | None = None, *, approximate: bool = False) -> Interval:
    """Return how many days may lie between two events that a period separates.

    The tolerance is half of the finest unit stated, twice that where the text says "about".

    Examples
    --------
    >>> distance("P5M")
    Interval(low=137, high=167)
    >>> distance("P42D")
    Interval(low=42, high=42)
    """
    return _period(value, value_to, approximate, lasting=False)


def duration(value: str, value_to: str | None = None, *, approximate: bool = False) -> Interval:
    """Return how many days something may have lasted; see ``units.tsv`` for the tolerances.

    Examples
    --------
    >>> duration("P2Y")
    Interval(low=716, high=745)
    >>> duration("P3D")
    Interval(low=2, high=3)
    """
    return _period(value, value_to, approximate, lasting=True)


def age(value: str, value_to: str | None = None, *, approximate: bool = False) -> Interval:
    """Return how many days after birth somebody was of an age: up to the next birthday.

    Examples
    --------
    >>> age("P12Y")
    Interval(low=4383, high=4748)
    """
    first, last, parts = nominal_days(value), nominal_days(value_to or value), _parts(value)
    if first is None or last is None or parts is None:
        return Interval(None, None)
    unit = units()[parts[-1][0]].days
    around = unit if approximate else 0
    return Interval(max(0, math.floor(first - around)), math.ceil(last + unit + around) - 1)


def _period(value: str, value_to: str | None, approximate: bool, *, lasting: bool) -> Interval:
    first = _bounds(value, approximate, lasting)
    last = _bounds(value_to, approximate, lasting) if value_to else first
    if first is None or last is None:
        return Interval(None, None)
    return Interval(max(0, math.ceil(first[0])), max(0, math.floor(last[1])))


def _bounds(value: str, approximate: bool, lasting: bool) -> tuple[float, float] | None:
    parts = _parts(value)
    total = nominal_days(value)
    if parts is None or total is None:
        return None
    unit = units()[parts[-1][0]]
    short = lasting and total <= unit.duration_to
    tolerance = unit.duration if short else unit.distance
    if approximate:
        tolerance = max(2 * tolerance, total / 5)
    if lasting and parts[-1][0] == "day":
        # "From March 13 to 15" is told as three days: the first and the last both count.
        return max(0, total - 1 - tolerance), total + tolerance
    if unit.days < 1:
        return math.floor(total), math.ceil(total)
    return total - tolerance, total + tolerance
