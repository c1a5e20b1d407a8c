"""The CaseReport: who the report describes, what happened to them, and what it claims.

The face of ``kg case``. Ids derive from the report's id and offsets, never from a running
number: ``doi:10.3389/fonc.2022.1021786#exposure-4711-4731``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import msgspec

from kg.documents.model import RelatedWork
from kg.nlp.model import Certainty, Polarity, Realisation, Tense

EventType = Literal["Exposure", "Finding", "Response", "Diagnosis", "AdverseEvent"]
OutcomeType = Literal[
    "complete_remission",
    "partial_response",
    "response_unspecified",
    "stable_disease",
    "no_response",
    "progression",
    "relapse",
    "death",
    "alive",
    "mrd_negative",
    "mrd_positive",
    "molecular_response",
    "engraftment",
    "full_donor_chimerism",
    "graft_failure",
    "symptom_resolution",
    "recurrence_free",
    "other",
]
RelationType = Literal["PART_OF", "GIVEN_FOR", "RESPONSE_TO", "ATTRIBUTED_TO", "BEFORE"]
Basis = Literal["stated", "inferred", "dated", "narrated"]
Setting = Literal["clinical", "animal", "in_vitro"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that state a fact: ``document.text[start:end] == quote``, always.

    ``sentence`` is the index of the sentence in the annotation, ``method`` what read it
    (``rule``, ``model``, ``lexicon``), ``score`` between 0 and 1.
    """

    start: int
    end: int
    quote: str
    sentence: int
    method: str = "rule"
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Patient:
    """A person whose case the report tells. ``sex`` is ``female``, ``male`` or null."""

    id: str
    age_years: float | None = None
    age_text: str | None = None
    sex: Literal["female", "male"] | None = None
    evidence: tuple[Evidence, ...] = ()
    day_zero: str | None = None
    """The id of the event that the patient's days count from."""
    trials: tuple[str, ...] = ()
    """Registry ids of the trials the patient was enrolled in."""


@dataclass(frozen=True, slots=True)
class CaseDose:
    """A dose of an exposure; fields as in :class:`kg.nlp.model.Dose`."""

    text: str
    start: int
    end: int
    value: float | None = None
    value_to: float | None = None
    unit: str | None = None
    per: str | None = None
    of: str | None = None
    route: str | None = None
    schedule: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to, was measured in, or was decided about a patient.

    Days are integers from the patient's day zero, earliest and latest; dates are ISO 8601 and
    set only where the text fixes one. ``seq`` is the place in the order of the course.
    """

    id: str
    patient: str
    type: EventType
    concept: str
    name: str
    text: str
    ancestors: tuple[str, ...] = ()
    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    time: Tense = "current"
    realisation: Realisation | None = None
    reason: str | None = None
    outcome: OutcomeType | None = None
    grade: str | None = None
    site: str | None = None
    specimen: str | None = None
    doses: tuple[CaseDose, ...] = ()
    value: float | None = None
    value_to: float | None = None
    value_text: str | None = None
    comparator: str | None = None
    unit: str | None = None
    size_mm: float | None = None
    """The greatest dimension of a tumour, mass or lesion."""
    duration_days: float | None = None
    start_date_min: str | None = None
    start_date_max: str | None = None
    end_date_min: str | None = None
    end_date_max: str | None = None
    start_day_min: int | None = None
    start_day_max: int | None = None
    end_day_min: int | None = None
    end_day_max: int | None = None
    date_precision: str | None = None
    seq: int | None = None
    evidence: tuple[Evidence, ...] = ()


class Relation(msgspec.Struct, frozen=True, gc=False):
    """A relation between two events of one patient, from ``source`` to ``target``.

    ``min_days``, ``max_days`` bound the start-to-start distance of the pair. A long course has
    tens of thousands of them: they are made in C and are nothing that the collector follows.
    """

    type: RelationType
    source: str
    target: str
    basis: Basis | None = None
    role: str | None = None
    min_days: int | None = None
    max_days: int | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says in general: subjects, predicate, objects, and the works it cites.

    ``n``, ``rate`` (between 0 and 1) and ``follow_up_days`` are the results of the study that it
    tells of: how many people, the share of them that it holds for, how long they were followed.
    """

    id: str
    subject: tuple[str, ...]
    predicate: str
    object: tuple[str, ...]
    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    sign: Literal["increases", "decreases"] | None = None
    aspect: str | None = None
    setting: Setting | None = None
    own: bool = False
    n: int | None = None
    rate: float | None = None
    follow_up_days: float | None = None
    cites: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited work: the reference's number and the id of the publication it names."""

    number: int
    id: str
    title: str | None = None
    year: int | None = None
    doi: str | None = None
    pmid: str | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A negative cycle among the times of one patient, with the sentences on it.

    ``kind`` is ``cycle`` (times that cannot all hold), ``dropped`` (a narrated order that was
    given up for a stronger bound) or ``agrees`` (two statements compared that fit).
    """

    patient: str
    kind: Literal["cycle", "dropped", "agrees"]
    message: str
    events: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """The report as ingested; see the schema's ``Report`` node."""

    id: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    journal: str | None = None
    year: int | None = None
    published: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    article_type: str = "other"
    language: str | None = None
    licence: str | None = None
    source_format: str = "text"
    sha256: str = ""
    source_sha256: str = ""
    retracted: bool = False
    retracted_on: str | None = None
    care_items: tuple[str, ...] = ()
    related: tuple[RelatedWork, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseReport:
    """All that one report tells. ``dropped`` counts what was left out, by reason (law 7)."""

    report: ReportInfo
    patients: tuple[Patient, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    dropped: dict[str, int] = field(default_factory=dict)
