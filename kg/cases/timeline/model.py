"""What the timeline is made of: statements about time, and the solved course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.cases.model import Contradiction, Event, Patient, Relation
from kg.cases.timeline.network import Strength

Side = Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The solved course of every patient of a report.

    ``patients`` have their day zero, ``events`` their bounds and order, ``relations`` are those
    given, with the days between their ends filled in, and BEFORE between top-level events.
    """

    patients: tuple[Patient, ...]
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a patient's time: the start or end of an event, or a named point.

    Named points are ``calendar`` (the day before 1 January of the year 1, where ordinals begin),
    ``birth``,
    ``presentation``, ``discharge`` and ``follow_up`` (the last time the report tells of).
    """

    name: str
    side: Side = "start"


CALENDAR = Point("calendar")
BIRTH = Point("birth")
PRESENTATION = Point("presentation")
DISCHARGE = Point("discharge")
FOLLOW_UP = Point("follow_up")
NAMED = {point.name: point for point in (CALENDAR, BIRTH, PRESENTATION, DISCHARGE, FOLLOW_UP)}


@dataclass(frozen=True, slots=True)
class Statement:
    """What the words ``[start, end)`` say: ``low <= target - source <= high``, in days.

    ``lasting`` statements are durations; ``precision`` is the unit stated. A statement without
    bounds on both sides leaves one of them null. ``after`` marks an order without a length: the
    target comes after the source, if only within the day.
    """

    source: Point
    target: Point
    low: int | None
    high: int | None
    strength: Strength
    start: int
    end: int
    sentence: int
    precision: str | None = None
    lasting: bool = False
    after: bool = False
    nominal_days: float | None = None
