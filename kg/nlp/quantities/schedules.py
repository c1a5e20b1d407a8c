"""What stands beside a dose: route, schedule, duration, courses.

"30 mg/m2 **daily for 3 days**", "1 g **intravenously once daily**", "300 mg **orally, bid**".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from kg.nlp.quantities.numbers import WORD_PATTERN, parse_words
from kg.nlp.times.frequency import frequency_at

ROUTES = Path(__file__).with_name("routes.tsv")
_ABBREVIATION = 4

ModifierKind = Literal["schedule", "route", "duration", "days", "count", "filler"]

_N = rf"(?:\d+(?:[.,]\d+)?|{WORD_PATTERN}|a)"
_DAY_LIST = (
    r"[-+−]?\d{1,3}(?:(?: ?[-–−] ?| to |, ?| and |, and | ?& ?|/)(?:d(?:ay)?s? ?)?[-+−]?\d{1,3})*"
)
_OTHERS = re.compile(
    r"(?i:(?P<duration>(?:for|over|during|×|x)(?: a total of| at least| up to| about| approximately"
    rf"| another| a further)? (?P<count>{_N})(?:(?: ?[-–] ?| to ){_N})?(?: consecutive"
    rf"| successive)?[ -]?"
    r"(?P<unit>days?|d|weeks?|wks?|months?|mo|years?|yrs?|hours?|hrs?|h|minutes?|min)(?![a-z]))"
    rf"|(?P<days>(?:on |from |at )?(?:days?|d) ?{_DAY_LIST}(?![\w%.]))"
    rf"|(?P<courses>(?:for |in |× ?|x ?)?(?P<times>{_N}) (?:cycles?|courses?|fractions?|doses"
    rf"|infusions|sessions))"
    r"|(?P<single>(?:as )?(?:a )?single[- ]dose|once(?! (?:daily|a |per |week|month|every))"
    r"|stat\b|prn\b|p\.r\.n\.|as needed|weekly)"
    r"|(?P<filler>continuous infusion|infusion|bolus|injections?|each|in total|total|as a|by"
    r"|via|the))"
)
_SEPARATOR = re.compile(r"[ ]?[,(/]?[ ]?")
_DAYS = {"d": 1.0, "w": 7.0, "h": 1 / 24, "mi": 1 / 1440}


@dataclass(frozen=True, slots=True)
class Modifier:
    """A modifier of a dose at ``[start, end)``; ``value`` is its route, schedule or number."""

    start: int
    end: int
    kind: ModifierKind
    value: str | float | None


@cache
def _routes() -> tuple[re.Pattern[str], dict[str, str]]:
    named: dict[str, str] = {}
    for line in ROUTES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "route\t")):
            route, words = line.split("\t")
            named.update(dict.fromkeys(words.split("|"), route))
    ordered = sorted(named, key=lambda word: (-len(word), word))
    choice = "|".join(
        re.escape(w) if len(w) <= _ABBREVIATION else f"(?i:{re.escape(w)})" for w in ordered
    )
    return re.compile(rf"(?<![\w-])(?:{choice})(?![A-Za-z-])"), named


def route_at(text: str, position: int) -> Modifier | None:
    """Read the route of administration that begins at a position.

    Examples
    --------
    >>> route_at("1 g intravenously", 4).value
    'intravenous'
    """
    pattern, named = _routes()
    found = pattern.match(text, position)
    if found is None:
        return None
    word = found.group()
    return Modifier(*found.span(), "route", named.get(word) or named[word.lower()])


def route_before(text: str, start: int) -> Modifier | None:
    """Read the last route named in the few words before a position ("oral prednisone 5 mg")."""
    pattern, _ = _routes()
    floor = max(0, start - 48)
    floor = max(floor, *(text.rfind(mark, floor, start) + 1 for mark in ",;.:"))
    places = [found.start() for found in pattern.finditer(text, floor, start)]
    return route_at(text, places[-1]) if places else None


def modifier_at(text: str, position: int) -> Modifier | None:
    """Read the modifier that begins at a position, after one separator at most.

    Examples
    --------
    >>> modifier_at("30 mg/m2 daily for 3 days", 8).value
    'daily'
    >>> modifier_at("30 mg/m2 daily for 3 days", 14).value
    3.0
    """
    begin = _SEPARATOR.match(text, position)
    start = begin.end() if begin else position
    if frequency := frequency_at(text, start):
        return Modifier(start, frequency.end, "schedule", frequency.schedule)
    if route := route_at(text, start):
        return route
    found = _OTHERS.match(text, start)
    return _other(found) if found else None


def _other(found: re.Match[str]) -> Modifier:
    start, end = found.span()
    if found["duration"]:
        return Modifier(start, end, "duration", _in_days(found["count"], found["unit"]))
    if found["days"]:
        return Modifier(start, end, "days", found["days"])
    if found["courses"]:
        return Modifier(start, end, "count", parse_words(found["times"]))
    if found["single"]:
        return Modifier(start, end, "schedule", found["single"].lower())
    return Modifier(start, end, "filler", None)


def _in_days(count: str, unit: str) -> float | None:
    """Days of a duration; months and years by the mean length of the Gregorian calendar."""
    number = parse_words(count)
    name = unit.lower()
    if number is None:
        return None
    if name.startswith("mo"):
        return round(number * 30.436875, 2)
    if name.startswith("y"):
        return round(number * 365.2425, 2)
    scale = _DAYS["mi" if name.startswith("mi") else name[0]]
    return round(number * scale, 4)
