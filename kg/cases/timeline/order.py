"""The order of a course: days between its events, BEFORE between the main ones, and places."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from kg.cases.model import Contradiction, Event, Relation
from kg.cases.timeline.course import Course
from kg.cases.timeline.model import CALENDAR, Point
from kg.cases.timeline.network import DAY, Constraint, Strength, days
from kg.cases.timeline.solver import Solution

CLOSED_UP_TO = 400
"""BEFORE holds between every two of so many main events; beyond, only within this many places.

The closure is quadratic; no report told by people comes near the limit.
"""
_BACK = 3
"""How many steps of the narrative an event told out of order may lie before its telling."""
_TYPES = frozenset({"Exposure", "Response", "Diagnosis", "AdverseEvent"})
_LEVELS: tuple[tuple[Strength, frozenset[Strength]], ...] = (
    ("dated", frozenset({"dated"})),
    ("stated", frozenset({"dated", "stated"})),
    ("narrated", frozenset({"dated", "stated", "narrated"})),
)


@dataclass(frozen=True)
class Distances:
    """Between the starts of some events: ``high[i, j]`` bounds start j less start i, in ticks.

    One table for each strength of evidence that may be used.
    """

    rank: dict[str, int]
    tables: dict[Strength, NDArray[np.float64]]

    def between(self, first: str, second: str) -> tuple[int | None, int | None]:
        """Return the least and greatest days from one start to the other."""
        table = self.tables["narrated"]
        i, j = self.rank[first], self.rank[second]
        return days(-float(table[j, i])), days(float(table[i, j]))


def distances(solution: Solution) -> Distances:
    """Solve for all pairs of the main events and of the ends of relations with bounds."""
    course = solution.course
    wanted = {event.id for event in course.events if is_main(event, course)}
    for relation in course.relations:
        if relation.type in ("RESPONSE_TO", "ATTRIBUTED_TO"):
            wanted |= {relation.source, relation.target}
    ordered = sorted(wanted, key=lambda event: (course.place[event].start, event))
    points = [solution.point(event) for event in ordered]
    tables = {
        strength: solution.network.distances_between(points, strengths)
        for strength, strengths in _LEVELS
    }
    return Distances({event: rank for rank, event in enumerate(ordered)}, tables)


def is_main(event: Event, course: Course) -> bool:
    """Tell whether an event takes part in BEFORE: of a main type, and told to have been.

    A therapy that was declined or planned has its place: that of the decision.
    """
    return event.type in _TYPES and (event.polarity == "affirmed" or event.type == "Exposure")


def places(solution: Solution) -> dict[str, int]:
    """Return each event's place in the course: by time, then by text; unplaced ones last.

    What was told out of order is placed beside what it was told with, as far as its bounds let it.
    The network is not to be used for bounds afterwards.
    """
    _draw_near(solution)
    schedule, course = solution.network.schedule, solution.course

    def key(event: Event) -> tuple[bool, int, int, str]:
        start = schedule[solution.point(event.id)]
        return (event.id not in solution.placed, start, course.place[event.id].start, event.id)

    return {event.id: place for place, event in enumerate(sorted(course.events, key=key), 1)}


def _draw_near(solution: Solution) -> None:
    steps = solution.narrative
    sentences = [step.sentence for step in steps]
    solution.network.set_ceilings(solution.index[CALENDAR])
    for event in sorted(solution.dropped):
        start = solution.point(event)
        told = bisect_left(sentences, solution.course.place[event].sentence)
        for step in reversed(steps[max(0, told - _BACK) : told]):
            before = solution.index[step.point]
            if solution.network.excludes(before, start):
                continue
            if not solution.network.add(Constraint(before, start, 0, None, "narrated")):
                break


def possible(
    relations: Iterable[Relation], found: Distances, solution: Solution
) -> tuple[list[Relation], list[Contradiction]]:
    """Part the relations that time allows from those that it does not.

    An inferred response that came before its exposure is left out; a stated one stays, without
    bounds. Both are reported, but for a state told to last: the exposure may have prolonged it.
    """
    kept: list[Relation] = []
    refused: list[Contradiction] = []
    for relation in with_bounds(relations, found):
        bounded = relation.type in ("RESPONSE_TO", "ATTRIBUTED_TO")
        if not bounded or relation.max_days is None or relation.max_days >= 0:
            kept.append(relation)
            continue
        if relation.basis == "stated":
            kept.append(msgspec.structs.replace(relation, min_days=None, max_days=None))
            if Point(relation.source, "end") in solution.index:
                continue
        refused.append(
            Contradiction(
                solution.course.patient,
                "cycle" if relation.basis == "stated" else "dropped",
                f"{relation.basis} {relation.type}: its source lies {-relation.max_days} days or "
                "more before its target",
                (relation.source, relation.target),
                relation.evidence,
            )
        )
    return kept, refused


def with_bounds(relations: Iterable[Relation], found: Distances) -> list[Relation]:
    """Fill the days of RESPONSE_TO and ATTRIBUTED_TO: from the exposure to what came of it."""
    out = []
    for relation in relations:
        known = relation.source in found.rank and relation.target in found.rank
        if relation.type in ("RESPONSE_TO", "ATTRIBUTED_TO") and known:
            low, high = found.between(relation.target, relation.source)
            relation = msgspec.structs.replace(relation, min_days=low, max_days=high)
        out.append(relation)
    return out


def before(solution: Solution, found: Distances) -> list[Relation]:
    """Return BEFORE between the main events, closed, each with the weakest basis it needs."""
    course = solution.course
    main = [
        event
        for event in found.rank
        if event in solution.placed and is_main(course.by_id[event], course)
    ]
    ranks = np.array([found.rank[event] for event in main], dtype=np.intp)
    # late[i, j]: the start of j less the start of i is at least so much; early: at most.
    tables = {name: table[np.ix_(ranks, ranks)] for name, table in found.tables.items()}
    early = tables["narrated"]
    late = -early.T
    places = np.arange(len(main))
    near = np.abs(places[:, None] - places[None, :]) <= CLOSED_UP_TO
    follows = (late >= 0) & ~((late == 0) & (early == 0)) & near
    basis = np.select([-tables[name].T >= 0 for name, _ in _LEVELS], [0, 1, 2], 2)
    rows, columns = np.nonzero(follows)
    least = np.round(late[rows, columns] / DAY).astype(np.int64).tolist()
    most = np.round(early[rows, columns] / DAY).tolist()
    levels = basis[rows, columns].tolist()
    return [
        Relation(
            "BEFORE",
            main[i],
            main[j],
            _LEVELS[k][0],
            None,
            low,
            None if math.isinf(high) else int(high),
        )
        for i, j, k, low, high in zip(
            rows.tolist(), columns.tolist(), levels, least, most, strict=True
        )
        if not course.is_within(main[i], main[j])
    ]
