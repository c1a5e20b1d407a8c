"""Doses: how much, per what, by which route, how often, how long.

A dose begins at an amount that was given (:func:`kg.nlp.quantities.roles.is_dose`) and takes in
the schedule that stands directly beside it; route and duration are read on from there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.nlp.carrier import DoseDraft
from kg.nlp.quantities.amounts import Amount, amounts
from kg.nlp.quantities.numbers import WORD_PATTERN, Span, plain
from kg.nlp.quantities.roles import is_dose
from kg.nlp.quantities.schedules import Modifier, modifier_at, route_before

_BODY = {"kg": "kg", "m2": "m2"}
_SCHEDULES = {"d": "daily", "wk": "weekly", "mo": "monthly"}
_PER = {"d": "day", "wk": "week", "mo": "month", "h": "h", "min": "min", "{dose}": "dose"}
_TIMES = re.compile(r"(?P<count>\d{1,2}) ?[x×] ?$")
_OF_BEFORE = re.compile(
    r"(?i:doses? of (?P<list>[^.;()]{3,90}?)(?: infused| administered| given"
    r"| transfused)? (?:were|was|of))"
)
_OF_AFTER = re.compile(
    r" ?(?:of )?(?P<of>(?:total nucleated|mononuclear|nucleated|viable|CAR[- ]T|CD3[+⁺]"
    r"|CD34[+⁺]|NK|T) cells?|TNCs?)"
)
_LEVEL = re.compile(
    r"(?i:(?<![\w-])(?:(?:very |ultra-?)?(?:high|low|full|standard|reduced|intermediate|medium"
    r"|small|large"
    r"|moderate|half|double|single|initial|loading|maximum|minimal|prophylactic"
    r"|therapeutic)[- ]dose[sd]?)(?![\w-]))"
)
_COURSES = re.compile(
    rf"(?i:(?<![\w-])(?P<count>{WORD_PATTERN}|\d{{1,2}})(?:[ -]\d+-day)? (?:further |more "
    rf"|additional "
    r"|consecutive )?(?:cycles?|courses?)(?![\w-]))"
)
_NAME = re.compile(
    r" (?:of )?(?!(?:and|or|plus|then|followed|was|were|to|with|in|on|for)\b)[A-Za-z][\w+-]*"
)
_NAME_WORDS = 3
_MODIFIERS = 6
"""At most so many modifiers are read after an amount."""


@dataclass(slots=True)
class _Reading:
    """What the modifiers of one dose tell; ``end`` is where the dose's own words end."""

    end: int
    schedule: str | None = None
    route: str | None = None
    duration_days: float | None = None


def find_doses(
    text: str,
    skip: Sequence[Span] = (),
    superscripts: Sequence[Span] = (),
    markers: Sequence[Span] = (),
    therapies: Sequence[Span] = (),
) -> list[DoseDraft]:
    """Return the doses of a text, in order; parameters as for ``find_quantities``.

    Examples
    --------
    >>> text = "fludarabine 30 mg/m2 daily for 3 days, then 3 million IU, three times a week"
    >>> for d in find_doses(text):
    ...     print(d.value, d.unit, d.per, d.schedule, d.duration_days)
    30.0 mg m2 daily 3.0
    3000000.0 [IU] None three times a week None
    """
    text = plain(text)
    return doses_of(text, amounts(text, skip, superscripts), markers, therapies)


def doses_of(
    text: str,
    read: Sequence[Amount],
    markers: Sequence[Span] = (),
    therapies: Sequence[Span] = (),
) -> list[DoseDraft]:
    """Return the doses among amounts already read (see :func:`find_doses`)."""
    found = [_dose(text, a) for a in read if is_dose(text, a, markers, therapies)]
    _share_of(text, found)
    return found


def dose_in(text: str, start: int, end: int) -> DoseDraft:
    """Read one stretch as a dose, whoever found it; without an amount its schedule is read.

    Examples
    --------
    >>> dose_in("60 mg of prednisone twice daily", 20, 31).schedule
    'twice daily'
    """
    text = plain(text)
    for amount in amounts(text):
        if amount.unit is not None and amount.start < end and start < amount.end:
            return _dose(text, amount)
    modifier = modifier_at(text, start)
    draft = DoseDraft(start, end, None, None)
    if modifier is not None and modifier.kind == "schedule":
        draft.schedule = str(modifier.value)
    return draft


def _dose(text: str, amount: Amount) -> DoseDraft:
    unit = amount.unit
    below = [atom.code for _, atom in unit.below] if unit else []
    head = unit.head.code if unit and unit.head else "{cells}"
    body = next((_BODY[code] for code in below if code in _BODY), None)
    periods = [code for code in below if code not in _BODY]
    reading = _read_on(text, amount)
    per = body
    if periods and periods[0] in ("h", "min"):
        per = "/".join(filter(None, (body, periods[0])))
    elif periods and not body:
        per = _PER.get(periods[0])
    schedule = reading.schedule or (_period_schedule(unit, periods) if periods else None)
    start = amount.start
    if times := _TIMES.search(text, max(0, start - 5), start):
        start = times.start()
    route = reading.route
    if route is None and (named := route_before(text, start)):
        route = str(named.value)
    counted = _OF_AFTER.match(text, amount.number.end)
    return DoseDraft(
        start,
        reading.end,
        amount.value,
        head,
        per,
        route,
        schedule,
        value_to=amount.value_to,
        of=counted["of"] if counted and head == "{cells}" else None,
        duration_days=reading.duration_days,
    )


def _period_schedule(unit: object, periods: Sequence[str]) -> str | None:
    factor = next((f for f, atom in getattr(unit, "below", ()) if atom.code == periods[0]), "")
    if factor and periods[0] == "h":
        return "daily" if factor == "24" else f"every {factor} hours"
    return _SCHEDULES.get(periods[0])


def _read_on(text: str, amount: Amount) -> _Reading:
    """Read the modifiers after an amount; only schedules that touch it are its own words."""
    reading = _Reading(amount.end)
    position, adjacent = amount.end, True
    for _ in range(_MODIFIERS):
        modifier = modifier_at(text, position)
        if modifier is None and position == amount.end:
            modifier, adjacent = _after_name(text, position), False
        if modifier is None or text[position : modifier.start].count("("):
            break
        _take(reading, modifier, adjacent, text)
        adjacent = adjacent and modifier.kind == "schedule"
        position = modifier.end
    return reading


def _after_name(text: str, position: int) -> Modifier | None:
    """The schedule or route that follows the drug's name: "40 mg of **prednisone** daily"."""
    for _ in range(_NAME_WORDS):
        name = _NAME.match(text, position)
        if name is None:
            return None
        position = name.end()
        modifier = modifier_at(text, position)
        if modifier is not None and modifier.kind in ("schedule", "route", "duration"):
            return modifier
    return None


def _take(reading: _Reading, modifier: Modifier, adjacent: bool, text: str) -> None:
    value = modifier.value
    if modifier.kind == "schedule":
        reading.schedule = reading.schedule or str(value)
        if adjacent:
            reading.end = modifier.end
    elif modifier.kind == "days":
        days = re.sub(r"^(?i:on|from|at) ", "", str(value))
        reading.schedule = f"{reading.schedule} {days}" if reading.schedule else days
    elif modifier.kind == "route":
        reading.route = reading.route or str(value)
    elif modifier.kind == "duration" and isinstance(value, float):
        if reading.duration_days is None:
            reading.duration_days = value
    elif (
        modifier.kind == "count" and adjacent and "fraction" in text[modifier.start : modifier.end]
    ):
        reading.end = modifier.end


def _share_of(text: str, doses: Sequence[DoseDraft]) -> None:
    """ "Doses of A and B were X and Y, respectively": what each dose counts, in its order."""
    for found in _OF_BEFORE.finditer(text):
        named = [part.strip() for part in re.split(r",? and |, ", found["list"])]
        sharing = [d for d in doses if found.end() <= d.start <= found.end() + 80]
        stop = text.find(". ", found.end())
        sharing = [d for d in sharing if stop < 0 or d.end <= stop + 1]
        if len(sharing) == len(named) and sharing[0].start - found.end() <= 3:
            for dose, name in zip(sharing, named, strict=True):
                dose.of = dose.of or name


def find_dose_words(text: str) -> list[Span]:
    """Return the spans of doses told in words: "high-dose", "four cycles", "six courses".

    Examples
    --------
    >>> text = "high-dose methotrexate and four cycles of chemotherapy"
    >>> [text[start:end] for start, end in find_dose_words(text)]
    ['high-dose', 'four cycles']
    """
    return sorted(
        found.span() for pattern in (_LEVEL, _COURSES) for found in pattern.finditer(text)
    )
