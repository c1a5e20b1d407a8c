"""The solved bounds, written back to the events as days and dates."""

from __future__ import annotations

from dataclasses import replace

from kg.cases.model import Event
from kg.cases.timeline.intervals import iso
from kg.cases.timeline.model import CALENDAR, Statement
from kg.cases.timeline.network import days
from kg.cases.timeline.order import places
from kg.cases.timeline.solver import Solution

_FINEST = ("minute", "hour", "day", "week", "month", "quarter", "season", "year")
_LAST_DAY = 3652059
"""The ordinal of the last day of the year 9999."""


def with_times(solution: Solution, zero: str | None) -> list[Event]:
    """Return the events with their bounds from day zero, their dates, duration and place.

    A bound that the text leaves open is null. Ends are given only where a statement bounds them:
    that everything ends by the last follow-up says nothing of an event. The network is not to be
    used for bounds afterwards.
    """
    origin = solution.index[CALENDAR]
    dated_low, dated_high = solution.network.bounds_from(origin)
    if zero is None:
        low = high = [float("inf")] * len(dated_low)
    else:
        low, high = solution.network.bounds_from(solution.point(zero))
    precision, lasting, ended = _stated(solution.statements)
    where = places(solution)
    out = []
    for event in solution.course.events:
        start, end = solution.point(event.id), solution.point(event.id, "end")
        ends = event.id in ended
        stated = lasting.get(event.id)
        out.append(
            replace(
                event,
                start_day_min=days(low[start]),
                start_day_max=days(high[start]),
                end_day_min=days(low[end]) if ends else None,
                end_day_max=days(high[end]) if ends else None,
                start_date_min=_date(dated_low[start]),
                start_date_max=_date(dated_high[start]),
                end_date_min=_date(dated_low[end]) if ends else None,
                end_date_max=_date(dated_high[end]) if ends else None,
                date_precision=precision.get(event.id, _fixed(dated_low[start], dated_high[start])),
                duration_days=stated if stated is not None else event.duration_days,
                seq=where[event.id],
            )
        )
    return out


def _date(ticks: float) -> str | None:
    ordinal = days(ticks)
    return None if ordinal is None or not 0 < ordinal <= _LAST_DAY else iso(ordinal)


def _fixed(low: float, high: float) -> str | None:
    """Return the precision of a date that only other events fix."""
    return "day" if _date(low) is not None and _date(low) == _date(high) else None


def _stated(
    statements: list[Statement],
) -> tuple[dict[str, str], dict[str, float], set[str]]:
    """Return the finest precision, the duration and whether the end is bounded, by event."""
    precision: dict[str, str] = {}
    lasting: dict[str, float] = {}
    ended: set[str] = set()
    for statement in statements:
        target = statement.target
        if target.side == "end":
            ended.add(target.name)
        if statement.source.side == "end":
            ended.add(statement.source.name)
        if statement.lasting and statement.nominal_days is not None:
            if statement.source.name == target.name:
                lasting.setdefault(target.name, statement.nominal_days)
        elif statement.precision in _FINEST and target.side == "start":
            best = precision.get(target.name, "year")
            precision[target.name] = min(best, statement.precision, key=_FINEST.index)
    return precision, lasting, ended
