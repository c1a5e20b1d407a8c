"""Lengths of time: ``42 days``, ``two and a half years``, ``1-month``, ``several weeks``.

The value is an ISO 8601 duration: ``P42D``, ``P2.5Y``, ``PT30M``; null for "several" and its like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.nlp.model import Precision
from kg.nlp.quantities.numbers import NUMBER_WORDS, WORD_PATTERN, parse_words
from kg.nlp.quantities.scan import Words, matches, words_of

_VAGUE = r"several|a few|few|a couple of|couple of|some|many|a number of|multiple|numerous"
_COUNT = (
    rf"(?:\d+(?:[.,·]\d+)?|(?:{WORD_PATTERN}(?:[ -]and[ -]a[ -]half)?|half an?|{_VAGUE}|an"
    rf"|a)(?=[ -]))"
)
_LONG = (
    r"(?:minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|wks?|months?|mos?|years?|yrs?|decades?)"
)
_SHORT = r"(?-i:h|d|w|y)"
_SOFT = re.compile(
    r"(?i:(?P<soft>\b(?:approximately|approx\.|about|around|nearly|almost|roughly|over|more than"
    r"|less than|at least|up to|only|some|circa)|[~∼≈<>≥≤]) ?$)"
)
_LATER = rf"(?:,? (?:and )?(?P<count3>\d+|{WORD_PATTERN})[ -]?(?P<unit3>{_LONG}))?"
_PERIOD = re.compile(
    rf"(?i:(?<![\w.,/×+^])(?<![A-Za-z][-–])(?P<count>{_COUNT})(?P<plus>\+\d)?"
    rf"(?:(?P<to> ?[-–—~∼] ?| to | or |-to-)(?P<count2>\d+(?:[.,]\d+)?|{WORD_PATTERN}))?"
    rf"(?: consecutive| successive| additional| more| further| full| whole| long| short"
    rf"| calendar| postoperative)?"
    rf"(?:[ -]?(?P<long>{_LONG})|(?<=\d)[ -]?(?P<short>{_SHORT}))(?:'s?"
    rf"|’s?)?(?P<half> and a half)?(?![A-Za-zµμ0-9]|[-/.]\d)){_LATER}"
)
_FIRSTS = NUMBER_WORDS
_SOFT_REACH = 16
_APPROXIMATE = frozenset(
    [
        "approximately",
        "approx.",
        "about",
        "around",
        "nearly",
        "almost",
        "roughly",
        "circa",
        "~",
        "∼",
        "≈",
        "some",
    ]
)
_CODES: dict[str, tuple[str, Precision]] = {
    "mi": ("TM", "minute"),
    "h": ("TH", "hour"),
    "d": ("D", "day"),
    "n": ("D", "day"),
    "w": ("W", "week"),
    "mo": ("M", "month"),
    "y": ("Y", "year"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time at ``[start, end)``; ``core`` is where it begins without "about"."""

    start: int
    end: int
    core: int
    value: str | None
    value_to: str | None
    precision: Precision
    approximate: bool
    bound: str | None = None


def iso_period(count: float, unit: str) -> tuple[str, Precision]:
    """Return the ISO 8601 duration and the precision of a count of a unit.

    Examples
    --------
    >>> iso_period(42, "days"), iso_period(30, "min"), iso_period(6.1, "months")
    (('P42D', 'day'), ('PT30M', 'minute'), ('P6.1M', 'month'))
    """
    name = unit.lower()
    if name.startswith("dec"):
        return f"P{plain(count * 10)}Y", "year"
    code, precision = _CODES[name[:2] if name[:2] in ("mi", "mo") else name[0]]
    clock = "T" if code.startswith("T") else ""
    return f"P{clock}{plain(count)}{code[-1]}", precision


def plain(count: float) -> str:
    """Return a number as ISO 8601 writes it: never with an exponent.

    Examples
    --------
    >>> plain(42), plain(6.1), plain(2e11)
    ('42', '6.1', '200000000000')
    """
    return f"{count:.6f}".rstrip("0").rstrip(".")


def _count(words: str) -> float | None:
    lowered = words.lower().strip()
    if lowered in ("half a", "half an"):
        return 0.5
    half = re.sub(r"[- ]and[- ]a[- ]half$", "", lowered)
    number = parse_words(half)
    return number if number is None or half == lowered else number + 0.5


def periods(text: str, words: Words | None = None) -> Iterator[Period]:
    """Yield the lengths of time of a text, left to right, whatever they are for.

    Examples
    --------
    >>> [(p.value, p.value_to) for p in periods("42 days, 2-3 weeks, half a year, several months")]
    [('P42D', None), ('P2W', 'P3W'), ('P6M', None), (None, None)]
    """
    for found in matches(_PERIOD, text, words or words_of(text), _FIRSTS):
        yield _period(text, found)


def _period(text: str, found: re.Match[str]) -> Period:
    unit, count = found["long"] or found["short"], _count(found["count"])
    before = _SOFT.search(text, max(0, found.start() - _SOFT_REACH), found.start())
    soft = before["soft"].lower() if before else ""
    if count == 0.5 and unit.lower().startswith("y"):
        count, unit = 6.0, "months"
    if count is not None and found["half"]:
        count += 0.5
    value, precision = iso_period(count or 0, unit)
    end, value_to = found.end(), None
    if found["count2"] and (high := _count(found["count2"])) is not None:
        value_to = iso_period(high, unit)[0]
    if found["unit3"]:
        smaller, finer = iso_period(parse_words(found["count3"]) or 0, found["unit3"])
        rank = "YMWD"
        if value[-1] in rank and smaller[-1] in rank[rank.index(value[-1]) + 1 :]:
            value, precision = value + smaller[1:], finer
        else:
            end = found.end("half" if found["half"] else "long" if found["long"] else "short")
    return Period(
        before.start("soft") if before else found.start(),
        end,
        found.start("count"),
        None if count is None else value,
        value_to,
        precision,
        soft in _APPROXIMATE or count is None,
        soft if soft and soft not in _APPROXIMATE else None,
    )
