"""Statements told twice: a distance or duration beside what the dates and the narrative leave."""

from __future__ import annotations

from kg.cases.model import Contradiction
from kg.cases.timeline.model import Statement
from kg.cases.timeline.network import days
from kg.cases.timeline.solver import Solution, evidence_of

_MOST = 100
"""At most so many statements are compared for one patient."""


def agreements(solution: Solution) -> list[Contradiction]:
    """Compare distances and durations with the bounds that dates and narrated order leave.

    Returns a ``agrees`` entry for each statement of at least a week that the dates bound on both
    sides; those that disagree were refused by the network and are reported as cycles.
    """
    stated = [
        statement
        for statement in solution.statements
        if statement.strength == "stated"
        and not statement.after
        and statement.precision in ("week", "month", "year")
        and statement.low is not None
        and statement.high is not None
    ][:_MOST]
    if not stated:
        return []
    numbers = sorted({solution.index[p] for s in stated for p in (s.source, s.target)})
    rank = {number: place for place, number in enumerate(numbers)}
    table = solution.network.distances_between(numbers, frozenset({"dated", "narrated"}))
    out = []
    for statement in stated:
        i = rank[solution.index[statement.source]]
        j = rank[solution.index[statement.target]]
        low, high = days(-float(table[j, i])), days(float(table[i, j]))
        if low is not None and high is not None and _overlap(statement, low, high):
            out.append(_agrees(solution, statement, low, high))
    return out


def _overlap(statement: Statement, low: int, high: int) -> bool:
    assert statement.low is not None and statement.high is not None
    return statement.low <= high and low <= statement.high


def _agrees(solution: Solution, statement: Statement, low: int, high: int) -> Contradiction:
    words = " ".join(solution.layout.text[statement.start : statement.end].split())
    events = tuple(
        dict.fromkeys(
            point.name
            for point in (statement.source, statement.target)
            if point.name in solution.course.by_id
        )
    )
    names = " and ".join(solution.course.by_id[event].name for event in events)
    return Contradiction(
        solution.course.patient,
        "agrees",
        f'"{words}" ({names}: {statement.low} to {statement.high} days, to the '
        f"{statement.precision}) agrees with the dates, which leave {low} to {high} days",
        events,
        tuple(evidence_of(solution, (statement,))),
    )
