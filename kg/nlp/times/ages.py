"""Ages of persons and of pregnancies: ``18-year-old``, ``aged 31``, ``in her 70s``, ``36+2 weeks``.

The value is an ISO 8601 duration since birth, or since the beginning of gestation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.nlp.carrier import TimeDraft
from kg.nlp.model import Precision
from kg.nlp.quantities.numbers import NUMBER_WORDS, WORD_PATTERN, parse_words
from kg.nlp.quantities.scan import Words, matches, words_of
from kg.nlp.times.periods import iso_period

_N = rf"(?:\d{{1,3}}(?:[.,]\d)?|{WORD_PATTERN}|an?)"
_DASH = r"[ \-–—−]{0,2}"
_UNIT = r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|minutes?)"
_FORMS = (
    # 18-year-old, 27 years old, 2-and-a-half-year-old, 6 y/o, 57yo
    rf"(?P<n1>{_N})(?P<half>{_DASH}and{_DASH}a{_DASH}half)?{_DASH}(?:(?P<u1>{_UNIT})(?:'s?"
    rf"|’s?)?(?:,? (?:and )?(?P<n1b>\d+)[ -](?P<u1b>months?|weeks?|days?))?{_DASH}(?:of{_DASH})?old"
    r"|(?P<y1>y/o|yo|y\.o\.|y\.o|y-o|yr-?old|yrs-?old))",
    # 46 years of age
    rf"(?P<n2>{_N})[ -](?P<u2>{_UNIT})(?:'s?|’s?)? of age",
    # aged 31 years, age of 20 years, age: 57, ages 5
    rf"(?:aged|ages?)(?:[:,=]? |, | of | at | was )(?P<about>about |approximately "
    rf"|around )?(?P<n3>\d{{1,3}}(?:\.\d)?|{WORD_PATTERN})(?:[ -](?P<u3>{_UNIT}))?(?! ?(?:mg|%"
    rf"|/|patients|subjects|cases|to\b|[-–]))",
    # in her early 70s, in his seventies
    r"(?P<decade>(?:early|mid|late)?[ -]?(?P<n4>[1-9]0s|twenties|thirties|forties|fifties"
    r"|sixties|seventies|eighties|nineties))",
    # 36+2 weeks of gestation, 38 weeks' gestation, gestational age of 38 weeks
    r"(?P<g1>\d{1,2})(?:(?:\+| ?[+] ?|[ -])(?P<gd>[0-6])(?:/7)?)? ?(?:gestational weeks?"
    r"|(?:weeks?|wks?)(?:(?:,? and|,)? (?P<gd2>\d) days?)?(?:['’]s?"
    r"|s['’])? (?:of )?(?:gestation(?:al age)?|amenorrho?ea|pregnancy|pregnant))",
    r"(?:gestational age(?: of| was| at)?"
    r"|gestation of) (?P<g2>\d{1,2})(?:\+(?P<gd3>[0-6]))?(?: ?weeks?)?(?: and (?P<gd4>\d) days?)?",
)
_AGE = re.compile(r"(?i:(?<![\w.,/])(?:" + "|".join(_FORMS) + r")(?![A-Za-z]))")
_FIRSTS = (
    NUMBER_WORDS
    | frozenset(["age", "aged", "ages", "gestational", "gestation", "early", "mid", "late"])
    | frozenset(
        [
            "twenties",
            "thirties",
            "forties",
            "fifties",
            "sixties",
            "seventies",
            "eighties",
            "nineties",
        ]
    )
)
_EVENT = re.compile(
    r"(?i:(?:\bat|since|from|until|till|by|before|after|diagnosed)(?: the| an?| about| around)? ?)$"
)
_OWNED = re.compile(r"(?i:\b(?:his|her|their) )$")
_TENS = dict(
    zip(
        [
            "twenties",
            "thirties",
            "forties",
            "fifties",
            "sixties",
            "seventies",
            "eighties",
            "nineties",
        ],
        range(20, 100, 10),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Age:
    """An age; ``of_person`` where it tells how old somebody is, not when something happened."""

    time: TimeDraft
    of_person: bool


def find_ages(text: str, words: Words | None = None) -> Iterator[Age]:
    """Yield the ages of a text, left to right.

    Examples
    --------
    >>> for age in find_ages("An 18-year-old woman, ill since age 7 years; a man in his 70s"):
    ...     print(age.time.value, age.time.value_to, age.of_person)
    P18Y None True
    P7Y None False
    P70Y P79Y True
    """
    for found in matches(_AGE, text, words or words_of(text), _FIRSTS):
        if age := _age(text, found):
            yield age


def _age(text: str, found: re.Match[str]) -> Age | None:
    start, end = found.span()
    if found["g1"] or found["g2"]:
        return Age(_gestational(found), False)
    if found["decade"]:
        return _decade(text, found)
    event = _EVENT.search(text[max(0, start - 24) : start]) is not None
    if found["n3"]:
        number, unit, old = parse_words(found["n3"]), found["u3"] or "years", False
    elif found["n2"]:
        number, unit, old = parse_words(found["n2"]), found["u2"], False
    else:
        number, unit, old = parse_words(found["n1"]), found["u1"] or "years", True
    if number is None or (found["n3"] and found["u3"] is None and number > 110):
        return None
    value, precision = iso_period(number + (0.5 if found["half"] else 0), unit)
    if found["n1b"]:
        smaller, precision = iso_period(float(found["n1b"]), found["u1b"])
        value += smaller[1:]
    time = _draft(start, end, value, precision)
    time.approximate = bool(found["about"])
    return Age(time, old or not event)


def _decade(text: str, found: re.Match[str]) -> Age | None:
    """ "In her early 70s" is an age; "in the 1970s" and "the 80s" are not."""
    if _OWNED.search(text[max(0, found.start() - 6) : found.start()]) is None:
        return None
    word = found["n4"].lower()
    first = int(word[:2]) if word[0].isdigit() else _TENS[word]
    start = found.start() + len(found.group()) - len(found.group().lstrip(" -"))
    time = _draft(start, found.end(), f"P{first}Y", "year")
    time.value_to, time.approximate = f"P{first + 9}Y", True
    event = re.search(
        r"(?i:since|from|until|in) (?:his|her|their) $", text[max(0, start - 16) : start]
    )
    since = event is not None and not event.group().lower().startswith("in")
    return Age(time, not since)


def _gestational(found: re.Match[str]) -> TimeDraft:
    weeks = found["g1"] or found["g2"]
    days = found["gd"] or found["gd2"] or found["gd3"] or found["gd4"]
    value = f"P{int(weeks)}W" + (f"{days}D" if days and int(days) else "")
    draft = _draft(found.start(), found.end(), value, "day" if days else "week")
    draft.anchor_text, draft.direction = "gestation", "after"
    return draft


def _draft(start: int, end: int, value: str, precision: Precision) -> TimeDraft:
    return TimeDraft(start, end, "age", value, precision)
