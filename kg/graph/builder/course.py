"""Patients, what they had, had not or were considered for, and how these hang together."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date

from kg.cases.model import CaseDose, CaseReport, Event, Evidence, Patient, Relation
from kg.errors import GraphError
from kg.graph.builder.writer import GraphWriter
from kg.graph.types import Fields

_NOT_DONE = frozenset({"declined", "not_given"})
_NOT_YET = frozenset({"considered", "planned"})
_STRENGTH = {"dated": 0, "stated": 1, "inferred": 2, "narrated": 3, None: 4}
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")


def write_course(writer: GraphWriter, case: CaseReport, sentences: tuple[str, ...]) -> None:
    """Write the patients, their events with doses and evidence, and the relations of events."""
    for patient in case.patients:
        _write_patient(writer, patient, sentences)
    for event in case.events:
        _write_event(writer, event, sentences)
    for patient in case.patients:
        if patient.day_zero is not None:
            writer.relationship("DAY_ZERO", patient.id, patient.day_zero)
    for relation in _strongest(case.relations):
        _write_relation(writer, relation, sentences)


def real_relationship(event: Event) -> str:
    """Return how an event stands to its patient: HAD, HAD_NOT or CONSIDERED.

    Examples
    --------
    >>> real_relationship(Event("e", "p", "Exposure", "c", "n", "t", realisation="declined"))
    'HAD_NOT'
    >>> real_relationship(Event("e", "p", "Diagnosis", "c", "n", "t", certainty="possible"))
    'CONSIDERED'
    """
    if event.polarity == "negated" or event.realisation in _NOT_DONE:
        return "HAD_NOT"
    unreal = event.certainty == "possible" or event.time == "future"
    if unreal or event.realisation in _NOT_YET:
        return "CONSIDERED"
    return "HAD"


def write_evidence(
    writer: GraphWriter, id: str, evidence: Iterable[Evidence], sentences: tuple[str, ...]
) -> None:
    """Write the words that state a node's fact."""
    for piece in evidence:
        properties: Fields = {
            "start": piece.start,
            "end": piece.end,
            "quote": writer.words(piece.quote),
            "method": piece.method,
            "score": float(piece.score),
        }
        writer.relationship("EVIDENCED_BY", id, sentences[piece.sentence], properties)


def stated_by(
    writer: GraphWriter, evidence: tuple[Evidence, ...], sentences: tuple[str, ...]
) -> dict[str, str | int | None]:
    """Return the properties of a relationship that say which words state it."""
    if not evidence:
        return {}
    first = min(evidence, key=lambda piece: (piece.start, piece.end))
    return {
        "sentence": sentences[first.sentence],
        "start": first.start,
        "end": first.end,
        "quote": writer.words(first.quote),
    }


def _write_patient(writer: GraphWriter, patient: Patient, sentences: tuple[str, ...]) -> None:
    age = patient.age_years
    properties: Fields = {
        "age_years": None if age is None else float(age),
        "age_text": writer.words_or_none(patient.age_text),
        "sex": patient.sex,
    }
    writer.node("Patient", patient.id, properties)
    writer.relationship("DESCRIBES", writer.report, patient.id)
    write_evidence(writer, patient.id, patient.evidence, sentences)
    for trial in patient.trials:
        writer.relationship("ENROLLED_IN", patient.id, writer.node("Trial", trial, {}))


def _write_event(writer: GraphWriter, event: Event, sentences: tuple[str, ...]) -> None:
    writer.node(event.type, event.id, _event_properties(writer, event))
    writer.relationship(real_relationship(event), event.patient, event.id)
    writer.relationship("OF", event.id, event.concept)
    write_evidence(writer, event.id, event.evidence, sentences)
    for dose in event.doses:
        writer.relationship("HAS_DOSE", event.id, _write_dose(writer, event, dose))


def _event_properties(writer: GraphWriter, event: Event) -> Fields:
    return {
        "name": event.name,
        "text": writer.words_or_none(event.text),
        "polarity": event.polarity,
        "certainty": event.certainty,
        "time": event.time,
        "realisation": event.realisation,
        "reason": event.reason,
        "outcome": event.outcome,
        "grade": event.grade,
        "site": event.site,
        "specimen": event.specimen,
        "value": _number(event.value),
        "value_to": _number(event.value_to),
        "value_text": event.value_text,
        "comparator": event.comparator,
        "unit": event.unit,
        "size_mm": _number(event.size_mm),
        "duration_days": _number(event.duration_days),
        "start_day_min": event.start_day_min,
        "start_day_max": event.start_day_max,
        "end_day_min": event.end_day_min,
        "end_day_max": event.end_day_max,
        "start_date_min": first_day(event.start_date_min),
        "start_date_max": last_day(event.start_date_max),
        "end_date_min": first_day(event.end_date_min),
        "end_date_max": last_day(event.end_date_max),
        "date_precision": event.date_precision,
        "seq": event.seq,
    }


def _write_dose(writer: GraphWriter, event: Event, dose: CaseDose) -> str:
    properties: Fields = {
        "value": _number(dose.value),
        "value_to": _number(dose.value_to),
        "unit": dose.unit,
        "per": dose.per,
        "of": dose.of,
        "route": dose.route,
        "schedule": dose.schedule,
        "text": writer.words_or_none(dose.text),
    }
    return writer.node("Dose", f"{event.id}-dose-{dose.start}-{dose.end}", properties)


def _write_relation(writer: GraphWriter, relation: Relation, sentences: tuple[str, ...]) -> None:
    properties = stated_by(writer, relation.evidence, sentences)
    if relation.type in ("PART_OF", "GIVEN_FOR"):
        properties["role"] = relation.role
    else:
        properties["basis"] = relation.basis
        properties["min_days"] = relation.min_days
        properties["max_days"] = relation.max_days
        if relation.role is not None:
            properties["role"] = relation.role
    writer.relationship(relation.type, relation.source, relation.target, properties)


def _strongest(relations: Iterable[Relation]) -> Iterable[Relation]:
    """Return the relations; of several of one kind between one pair, the strongest."""
    kept: dict[tuple[str, str, str, str | None], Relation] = {}
    for relation in relations:
        place = (relation.type, relation.source, relation.target, relation.role)
        other = kept.setdefault(place, relation)
        if other is not relation and _strength(relation) < _strength(other):
            kept[place] = relation
    return kept.values()


def _strength(relation: Relation) -> tuple[int, int, int]:
    """Return what relations are ordered by, the strongest first; earlier words win a tie."""
    first = min((piece.start for piece in relation.evidence), default=-1)
    return _STRENGTH[relation.basis], first, relation.min_days or 0


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def first_day(stated: str | None) -> date | None:
    """Return the first day of a date, which may be a month or a year.

    Raises
    ------
    GraphError
        When it is no ISO 8601 date.

    Examples
    --------
    >>> first_day("2017-05"), last_day("2017-05")
    (datetime.date(2017, 5, 1), datetime.date(2017, 5, 31))
    """
    return None if stated is None else _date(stated, last=False)


def last_day(stated: str | None) -> date | None:
    """Return the last day of a date, which may be a month or a year; see :func:`first_day`."""
    return None if stated is None else _date(stated, last=True)


def _date(stated: str, *, last: bool) -> date:
    match = _ISO_DATE.match(stated)
    try:
        if match is None:
            raise ValueError(stated)
        year = int(match[1])
        month = int(match[2] or (12 if last else 1))
        day = int(match[3] or (calendar.monthrange(year, month)[1] if last else 1))
        return date(year, month, day)
    except ValueError:
        raise GraphError(f"{stated!r} is no date of the form YYYY[-MM[-DD]]") from None
