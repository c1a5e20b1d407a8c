"""The time of a case: when each event was, how surely, and in what order.

For each patient a simple temporal problem (Dechter, Meiri, Pearl 1991) is read from dates, day
numbers, distances, durations and order, and solved; see ``docs/explanation/time.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.cases.model import Contradiction, Event, Patient, Relation
from kg.cases.timeline.bounds import with_times
from kg.cases.timeline.compare import agreements
from kg.cases.timeline.course import Course
from kg.cases.timeline.dayzero import day_zero
from kg.cases.timeline.model import Timeline
from kg.cases.timeline.order import before, distances, possible
from kg.cases.timeline.reading import Layout
from kg.cases.timeline.solver import solve_course
from kg.memory import uncollected
from kg.nlp.model import Annotation

__all__ = ["Timeline", "solve"]


@uncollected()
def solve(
    annotation: Annotation,
    patients: Sequence[Patient],
    events: Sequence[Event],
    relations: Sequence[Relation],
) -> Timeline:
    """Place the events of a report in time.

    Parameters
    ----------
    annotation
        The annotated document; its ``times`` and ``sentences`` give the times, the offsets of the
        events' evidence where each event is told.
    patients, events, relations
        As extracted. Events of a patient that is not among ``patients`` stay as they are.

    Returns
    -------
    Timeline
        The same patients and events in the same order, completed; the given relations by source,
        less those that time refuses, then BEFORE; and what contradicts or was compared.
    """
    layout = Layout(annotation)
    solved: dict[str, Event] = {}
    filled: dict[str, list[Relation]] = {}
    ordered: list[Relation] = []
    contradictions: list[Contradiction] = []
    zeros: dict[str, str | None] = {}
    for patient in patients:
        own = [event for event in events if event.patient == patient.id and event.evidence]
        course = Course(patient, own, relations, layout)
        solution = solve_course(course, layout)
        zero = zeros[patient.id] = day_zero(solution)
        found = distances(solution)
        kept, refused = possible(course.relations, found, solution)
        for relation in kept:
            filled.setdefault(relation.source, []).append(relation)
        ordered += before(solution, found)
        contradictions += [*solution.contradictions, *refused, *agreements(solution)]
        solved |= {event.id: event for event in with_times(solution, zero)}
    sources = dict.fromkeys(relation.source for relation in relations)
    alone = [r for r in relations if r.source not in solved or r.target not in solved]
    given = [relation for source in sources for relation in filled.get(source, ())]
    return Timeline(
        tuple(replace(p, day_zero=p.day_zero or zeros[p.id]) for p in patients),
        tuple(solved.get(event.id, event) for event in events),
        (*given, *alone, *ordered),
        tuple(contradictions),
    )
