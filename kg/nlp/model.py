"""What annotating yields: plain frozen values, all offsets into the document's text.

This is the face of ``kg annotate`` and the only thing the later stages see of the spaCy
pipeline. Indices named ``of``, ``drug`` and ``anchor`` point into ``Annotation.mentions``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.documents.model import Document, Mark

MentionKind = Literal[
    "Therapy",
    "Marker",
    "Outcome",
    "Condition",
    "Value",
    "Dose",
    "Time",
    "Patient",
    "Anatomy",
]
Polarity = Literal["affirmed", "negated"]
Certainty = Literal["certain", "possible"]
Experiencer = Literal["patient", "donor", "family", "other"]
Tense = Literal["current", "history", "future"]
Realisation = Literal["given", "declined", "considered", "planned", "not_given"]
TimeType = Literal["date", "day", "distance", "duration", "age", "frequency", "point"]
Precision = Literal["minute", "hour", "day", "week", "month", "quarter", "season", "year"]
Direction = Literal["after", "before", "at", "during", "since", "until"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; ``section`` is the index of its section in ``Document.sections``."""

    start: int
    end: int
    section: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names a concept, or a value, dose, time, person or body site.

    ``concept``, ``name`` and ``ancestors`` are of the four concept kinds only; ``realisation``
    of therapies only. ``cue`` is the text of the cue that decided the assertion (``cue_start``,
    ``cue_end`` its place), ``rule`` the name of the rule it came from. ``source`` says who found
    the mention (``article`` by its own definition, ``lexicon``, ``terminology``, ``model``,
    ``grammar``, ``pattern``, ``given``), ``reason`` why it was linked so, ``score`` between 0 and
    1. ``sentence`` is the index of its sentence. ``ended`` is true of what was there and is said
    to be there no longer ("her pain resolved", "warfarin was stopped"): such a mention is negated,
    yet was had or given.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    label: str
    concept: str | None = None
    name: str | None = None
    ancestors: tuple[str, ...] = ()
    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    experiencer: Experiencer = "patient"
    time: Tense = "current"
    realisation: Realisation | None = None
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    rule: str | None = None
    grounded: bool = True
    source: str = "lexicon"
    reason: str | None = None
    score: float = 1.0
    sentence: int = 0
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured value with its UCUM unit (``10*9/L``, ``mg/dL``, ``%``, ``mm[Hg]``).

    ``value_to`` closes a range, ``comparator`` is one of ``< <= > >= ~``. ``of`` is the mention
    that was measured. A qualitative result ("positive", "normal") has ``value`` null.
    """

    start: int
    end: int
    text: str
    value: float | None
    value_to: float | None = None
    comparator: str | None = None
    unit: str | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose: ``30 mg/m2 daily for 3 days`` is value 30, unit mg, per m2, schedule daily.

    ``of`` is what is counted where it is not the drug itself ("CD34+ cells"); ``drug`` the
    therapy mention that it belongs to; ``duration_days`` how long it was given.
    """

    start: int
    end: int
    text: str
    value: float | None
    unit: str | None
    per: str | None = None
    route: str | None = None
    schedule: str | None = None
    drug: int | None = None
    value_to: float | None = None
    of: str | None = None
    duration_days: float | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A date, day, distance, duration, age, frequency or named point.

    ``value`` is ISO 8601: a date as precise as stated (``2019-04-04``, ``2017-05``, ``2016``;
    ``--02-09`` without a year), a period (``P17D`` for "day 17", ``P5M``, ``P2Y``), or for a
    frequency a repeat (``R3/P1W``); ``value_to`` closes a range. ``precision`` is the unit that
    the text states. ``direction`` tells how a distance or day lies to its ``anchor`` (a mention)
    and ``anchor_text`` how the anchor is named where no mention names it ("admission",
    "diagnosis").
    """

    start: int
    end: int
    text: str
    type: TimeType
    value: str | None
    precision: Precision | None = None
    anchor: int | None = None
    value_to: str | None = None
    direction: Direction | None = None
    anchor_text: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Grade:
    """A severity grade or stage, tied to the condition it grades."""

    start: int
    end: int
    text: str
    value: str
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A body site, tied to the finding, condition or therapy it locates."""

    start: int
    end: int
    text: str
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """One document with all that was found in it, in order of the text."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    doses: tuple[Dose, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    grades: tuple[Grade, ...] = ()
    sites: tuple[Site, ...] = ()
    marks: tuple[Mark, ...] = ()
    reference_mentions: tuple[tuple[int, Mention], ...] = ()
    """Concepts named in cited titles: (reference number, mention with offsets into that title)."""
