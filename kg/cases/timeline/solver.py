"""Solving the times of one patient: statements and order in, bounds and contradictions out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.cases.model import Contradiction, Evidence
from kg.cases.timeline.course import Course, Telling
from kg.cases.timeline.intervals import date_interval
from kg.cases.timeline.model import CALENDAR, FOLLOW_UP, NAMED, PRESENTATION, Point, Statement
from kg.cases.timeline.narrative import (
    Step,
    ends_of_states,
    is_ahead,
    is_known,
    related_order,
    stated_order,
    steps,
)
from kg.cases.timeline.network import DAY, SLACK, TICK, Constraint, Network, Strength
from kg.cases.timeline.reading import Layout
from kg.cases.timeline.statements import Reader


@dataclass
class Solution:
    """The network of one patient with everything that was put into it."""

    course: Course
    layout: Layout
    network: Network
    index: dict[Point, int]
    statements: list[Statement]
    narrative: list[Step]
    states: list[tuple[str, str]]
    """Responses that last, each with what ends it."""
    counted: dict[str, int]
    contradictions: list[Contradiction] = field(default_factory=list)
    placed: set[str] = field(default_factory=set)
    """Events that anything but their own length bounds."""
    dropped: set[str] = field(default_factory=set)
    """Events told out of order."""

    def point(self, event: str, side: str = "start") -> int:
        """Return the number of an event's start or end in the network.

        An end that nothing speaks of is no point of its own: the start stands for it.
        """
        start = self.index[Point(event)]
        return start if side == "start" else self.index.get(Point(event, "end"), start)


def solve_course(course: Course, layout: Layout) -> Solution:
    """Read and solve one patient's course.

    Dates and day numbers enter first, then distances, durations and stated order, then what
    relations imply, then narrated order and the times of what is told again; of each kind what the
    narrative states before what is said elsewhere, in order of the text.
    """
    reader = Reader(course, layout)
    statements = [*reader.read(), *stated_order(course, layout)]
    narrative, back = steps(course, layout, reader.looking_back)
    solution = _empty(course, layout, statements, narrative, dict(reader.counted))
    _frame(solution)
    _enter_all(solution, "dated")
    _enter_all(solution, "stated")
    _enter_relations(solution)
    _enter_death(solution)
    solution.network.set_ceilings(solution.index[CALENDAR])
    _enter_narrative(solution)
    _enter_past(solution, reader.looking_back, back)
    _enter_all(solution, "narrated")
    _enter_publication(solution)
    return solution


def _enter_publication(solution: Solution) -> None:
    """Bound the follow-up by the day of publication, where the times told run past it.

    What is told had happened; "a year later" is vague, the day of publication is not. A course
    whose times stay before it gets no bound that its text does not give.
    """
    published = solution.layout.annotation.document.meta.published
    interval = date_interval(published) if published else None
    if interval is None or interval.high is None:
        return
    latest = interval.high * DAY + SLACK
    calendar, follow_up = solution.index[CALENDAR], solution.index[FOLLOW_UP]
    _, high = solution.network.bounds_from(calendar)
    if any(latest < bound < math.inf for bound in high):
        solution.network.add(Constraint(calendar, follow_up, None, latest, "dated"))


def _enter_all(solution: Solution, strength: Strength) -> None:
    for told in (True, False):
        for number, statement in enumerate(solution.statements):
            narrates = solution.layout.narrates(statement.sentence)
            if statement.strength == strength and narrates is told:
                _enter(solution, number, statement)


def _empty(
    course: Course,
    layout: Layout,
    statements: list[Statement],
    narrative: list[Step],
    counted: dict[str, int],
) -> Solution:
    states = list(ends_of_states(course, narrative))
    ends = [point for s in statements for point in (s.source, s.target) if point.side == "end"]
    ends += [Point(state, "end") for state, _ in states]
    points: list[Point] = list(NAMED.values())
    points += [Point(event.id) for event in course.events]
    points += dict.fromkeys(point for point in ends if point.name in course.by_id)
    points += [step.point for step in narrative]
    index = {point: number for number, point in enumerate(points)}
    network = Network(len(index))
    return Solution(course, layout, network, index, statements, narrative, states, counted)


def _frame(solution: Solution) -> None:
    """No event ends before it starts, and none ends after the last follow-up."""
    follow_up = solution.index[FOLLOW_UP]
    for event in solution.course.events:
        end = solution.point(event.id, "end")
        if end != solution.point(event.id):
            solution.network.add(Constraint(solution.point(event.id), end, 0, None, "dated"))
        if event.time != "future" and not is_ahead(event):
            solution.network.add(Constraint(end, follow_up, 0, None, "dated"))


def _enter(solution: Solution, number: int, statement: Statement) -> None:
    low = None if statement.low is None else statement.low * DAY - SLACK
    if statement.after:
        low = TICK
    constraint = Constraint(
        solution.index[statement.source],
        solution.index[statement.target],
        low,
        None if statement.high is None else statement.high * DAY + SLACK,
        statement.strength,
        number,
    )
    conflict = solution.network.add(constraint)
    if not conflict:
        ends = (statement.source, statement.target)
        if not statement.lasting or ends[0].name != ends[1].name:
            solution.placed.update(point.name for point in ends)
        return
    numbers = [item.statement for item in conflict if item.statement is not None]
    cycle = [solution.statements[item] for item in numbers]
    kind: Literal["cycle", "dropped"] = "dropped" if statement.strength == "narrated" else "cycle"
    solution.contradictions.append(_contradiction(solution, kind, cycle))


def _contradiction(
    solution: Solution, kind: Literal["cycle", "dropped"], cycle: Sequence[Statement]
) -> Contradiction:
    message = {
        "cycle": "these times cannot all hold, the first was left out: ",
        "dropped": "the first of these was given up for the others, which are stronger: ",
    }[kind]
    return Contradiction(
        solution.course.patient,
        kind,
        message + _said(solution, cycle),
        tuple(dict.fromkeys(_events_of(solution, cycle))),
        tuple(evidence_of(solution, cycle)),
    )


def _events_of(solution: Solution, cycle: Iterable[Statement]) -> Iterable[str]:
    for statement in cycle:
        for point in (statement.source, statement.target):
            if point.name in solution.course.by_id:
                yield point.name


def evidence_of(solution: Solution, cycle: Iterable[Statement]) -> Iterable[Evidence]:
    """Yield the words of statements, each once."""
    seen = set()
    for statement in cycle:
        span = (statement.start, statement.end)
        if span not in seen:
            seen.add(span)
            quote = solution.layout.text[statement.start : statement.end]
            yield Evidence(*span, quote, statement.sentence)


def _enter_relations(solution: Solution) -> None:
    for early, late, apart in related_order(solution.course):
        if early not in solution.index or late not in solution.index:
            continue
        ends = solution.index[early], solution.index[late]
        least = DAY - SLACK if apart else TICK
        if not solution.network.add(Constraint(*ends, least, None, "stated")):
            solution.placed.update((early.name, late.name))


def _enter_death(solution: Solution) -> None:
    """Let nothing begin after the patient's death, wherever it is told."""
    for event in solution.course.events:
        if event.outcome == "death" and event.polarity == "affirmed" and event.time != "future":
            ends = solution.point(event.id), solution.index[FOLLOW_UP]
            if not solution.network.add(Constraint(*ends, None, 0, "narrated")):
                solution.placed.add(event.id)


def _enter_narrative(solution: Solution) -> None:
    """Add narrated order, in text order; count what a stronger bound refuses."""
    network, index = solution.network, solution.index
    visit = solution.layout.visit
    visited = False
    before: Step | None = None
    for step in solution.narrative:
        here = index[step.point]
        if before is not None:
            last = index[before.point]
            network.add(Constraint(last, here, 0, None, "narrated"))
            for telling in before.tellings:
                event = solution.course.by_id[telling.event]
                if is_ahead(event) or event.outcome == "death":
                    continue
                _narrate(solution, solution.point(telling.event), here, telling)
        if not visited and step.sentence >= (visit or 0):
            most = 0 if step.sentence == visit else None
            network.add(Constraint(index[PRESENTATION], here, 0, most, "narrated"))
            visited = True
        for telling in step.tellings:
            if is_known(telling, solution.course, solution.layout):
                solution.placed.add(telling.event)
            else:
                _narrate(solution, here, solution.point(telling.event), telling)
        before = step
    for state, ending in solution.states:
        ends = solution.point(state, "end"), solution.point(ending)
        network.add(Constraint(*ends, 0, None, "narrated"))


def _enter_past(solution: Solution, looking_back: set[str], back: list[Telling]) -> None:
    """Put history before the presentation, and a flashback before what is told next."""
    network, index = solution.network, solution.index
    for event in solution.course.events:
        if event.time == "history" or event.id in looking_back:
            ends = solution.point(event.id), index[PRESENTATION]
            network.add(Constraint(*ends, TICK, None, "narrated"))
            solution.placed.add(event.id)
    for telling in back:
        later = next((s for s in solution.narrative if s.sentence >= telling.sentence), None)
        if later is not None and telling.event not in looking_back:
            here = index[later.point]
            _narrate(solution, solution.point(telling.event), here, telling)


def _narrate(solution: Solution, early: int, late: int, telling: Telling) -> None:
    conflict = solution.network.add(Constraint(early, late, 0, None, "narrated"))
    solution.placed.add(telling.event)
    if not conflict:
        return
    solution.dropped.add(telling.event)
    cycle = [solution.statements[c.statement] for c in conflict if c.statement is not None]
    quote = solution.layout.text[telling.start : telling.end]
    told = Evidence(telling.start, telling.end, quote, telling.sentence)
    solution.contradictions.append(
        Contradiction(
            solution.course.patient,
            "dropped",
            f'the place of "{quote}" in the narrative was given up for {_said(solution, cycle)}',
            tuple(dict.fromkeys((telling.event, *_events_of(solution, cycle)))),
            (told, *evidence_of(solution, cycle)),
        )
    )


def _said(solution: Solution, cycle: Iterable[Statement]) -> str:
    text = solution.layout.text
    said = ('"' + " ".join(text[s.start : s.end].split()) + '"' for s in cycle)
    return "; ".join(dict.fromkeys(said)) or "what its relations to other events imply"
