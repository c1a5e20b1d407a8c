"""How often: ``daily``, ``bid``, ``three times a week``, ``q3w``, ``every 6–12 months``.

The value is an ISO 8601 repeat with the count first: ``R3/P1W`` is three times in each week,
``R1/P3W`` once in three weeks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.nlp.quantities.numbers import NUMBER_WORDS, WORD_PATTERN, parse_words
from kg.nlp.quantities.scan import Words, matches, words_of

TABLE = Path(__file__).with_name("frequency.tsv")
_COUNT_NAMES = {1: "", 2: "twice ", 3: "three times ", 4: "four times "}
_EVERY_NAMES = {"H": "hour", "D": "day", "W": "week", "M": "month", "Y": "year", "TM": "minute"}
_ADVERBS = {"P1D": "daily", "P1W": "weekly", "P1M": "monthly", "P1Y": "yearly", "PT1H": "hourly"}
_UNIT_NAME = (
    r"(?P<{0}>minutes?|mins?|hours?|hourly|hrs?|h|days?|daily|d|weeks?|weekly|wks?|w"
    r"|months?|monthly|mo|years?|yearly|y)(?![A-Za-z])"
)
_N = rf"(?:\d+(?:[.,]\d+)?|{WORD_PATTERN})"
_PATTERNS = (
    # three times a week, 3×/day, 2–3 times per week, 3 boluses/month
    rf"(?P<count>{_N})(?:(?: ?[-–] ?| to | or ){_N})?(?:[ -]?(?:times|time|x|×)|[ ](?:doses|boluses"
    rf"|episodes|sessions|tablets(?= ?/)))(?: ?/ ?|[ ](?:a|per|each|every|in a)[ ]"
    rf"|[ ]?){_UNIT_NAME.format('per')}",
    # every 8 hours, every 6–12 months, every three weeks
    rf"(?:every|each)[ ](?P<every>{_N})(?:(?: ?[-–] ?| to "
    rf"| or ){_N})?[ -]?{_UNIT_NAME.format('unit')}",
    # q8h, q 3 w, q21d
    r"q\.? ?(?P<q>\d{1,2})(?:[-–]\d{1,2})? ?(?P<qunit>h(?:ours|rs|r)?|d(?:ays)?|w(?:ks|eeks|k)?"
    r"|months|mo)(?![A-Za-z])",
    # 8-hourly, three-weekly
    rf"(?P<ly>{_N})[- ](?P<lyunit>hourly|weekly|monthly)\b",
    # at 6-month intervals
    rf"(?P<interval>{_N})[- ](?P<iunit>hour|day|week|month|year)(?:ly)?[- ]intervals\b",
)


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often, at ``[start, end)``: the schedule in words, and its ISO 8601 repeat."""

    start: int
    end: int
    schedule: str
    value: str


@cache
def _table() -> tuple[re.Pattern[str], dict[str, tuple[int, str]]]:
    words: dict[str, tuple[int, str]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "times\t")):
            times, period, spellings = line.split("\t")
            words.update(dict.fromkeys(spellings.split("|"), (int(times), period)))
    ordered = sorted(words, key=lambda word: (-len(word), word))
    listed = "|".join(re.escape(word) for word in ordered)
    grammar = "|".join(_PATTERNS)
    return re.compile(rf"(?i:(?<![\w-])(?:{grammar}|(?P<listed>{listed})(?![A-Za-z])))"), words


def describe(times: int, period: str) -> str:
    """Return a schedule in plain words.

    Examples
    --------
    >>> describe(3, "P1W"), describe(2, "P1D"), describe(1, "P3W"), describe(1, "PT8H")
    ('three times a week', 'twice daily', 'every 3 weeks', 'every 8 hours')
    """
    found = re.fullmatch(r"P(T?)(\d+)([HMDWY])", period)
    if found is None:
        raise ValueError(f"not a simple ISO 8601 period: {period}")
    clock, count, letter = found.groups()
    name = _EVERY_NAMES["TM" if clock and letter == "M" else letter]
    if int(count) > 1:
        return f"every {count} {name}s"
    if times == 1:
        return _ADVERBS.get(period, f"every {name}")
    counted = _COUNT_NAMES.get(times, f"{times} times ")
    return f"{counted}daily" if name == "day" else f"{counted}a {name}"


def _period(count: float | None, unit: str) -> str:
    unit = unit.lower()
    if unit.startswith("mi"):
        code, clock = "M", "T"
    else:
        code, clock = unit[0].upper(), "T" if unit.startswith("h") else ""
    period = f"P{clock}{count or 1:g}{code}"
    return "P1D" if period == "PT24H" else period


def _reading(found: re.Match[str], words: dict[str, tuple[int, str]]) -> tuple[int, str]:
    part = found.groupdict()
    if part["listed"]:
        return words[part["listed"].lower()]
    if part["count"]:
        return int(parse_words(part["count"]) or 1), _period(1, part["per"])
    for count, unit in (("every", "unit"), ("q", "qunit"), ("ly", "lyunit"), ("interval", "iunit")):
        if part[count]:
            return 1, _period(parse_words(part[count]), part[unit])
    raise ValueError(f"a pattern without its groups: {found.group()}")


def _frequency(found: re.Match[str], words: dict[str, tuple[int, str]]) -> Frequency:
    times, period = _reading(found, words)
    simple = "." not in period
    schedule = describe(times, period) if simple else found.group().lower()
    return Frequency(found.start(), found.end(), schedule, f"R{times}/{period}")


def frequency_at(text: str, position: int) -> Frequency | None:
    """Read the frequency that begins at a position, if one does.

    Examples
    --------
    >>> frequency_at("20 mg tid", 6).schedule
    'three times daily'
    >>> frequency_at("3 times a week", 0).value
    'R3/P1W'
    """
    pattern, words = _table()
    found = pattern.match(text, position)
    return _frequency(found, words) if found else None


@cache
def _firsts() -> frozenset[str]:
    listed = {word.split(" ")[0].split("-")[0].split(".")[0] for word in _table()[1]}
    return frozenset(listed | NUMBER_WORDS | {"every", "each", "q", "bi"})


def frequencies(text: str, words: Words | None = None) -> Iterator[Frequency]:
    """Yield the frequencies of a text, left to right; ``words`` are those of the text.

    Examples
    --------
    >>> [f.schedule for f in frequencies("every eight hours, then q3w; thrice weekly")]
    ['every 8 hours', 'every 3 weeks', 'three times a week']
    """
    pattern, listed = _table()
    for found in matches(pattern, text, words or words_of(text), _firsts()):
        yield _frequency(found, listed)
