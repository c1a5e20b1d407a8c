"""Facts of one patient that cannot hold together at one time."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

from kg.graph.checks.model import Check, Problem, View
from kg.graph.types import Node, Value

_CONFLICTS = Path(__file__).with_name("conflicts.tsv")
_KINDS = {"cycle": "timeline-contradiction", "dropped": "order-given-up", "agrees": "times-agree"}

Moment: TypeAlias = "tuple[str, Value]"


@cache
def _conflicts() -> frozenset[frozenset[str]]:
    with _CONFLICTS.open(encoding="utf-8", newline="") as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t")
        return frozenset(frozenset(row) for row in list(rows)[1:])


def _moment(event: Node) -> Moment | None:
    """Return the one day on which an event starts, where it is known to the day."""
    for kind in ("day", "date"):
        low, high = (
            event.properties.get(f"start_{kind}_min"),
            event.properties.get(f"start_{kind}_max"),
        )
        if low is not None and low == high:
            return kind, low
    return None


def responses(check: Check, view: View) -> Iterator[Problem]:
    """Find outcomes of one day that exclude one another."""
    for told in view.told_of.values():
        by_moment: dict[Moment, list[Node]] = defaultdict(list)
        for standing, event in told:
            moment = _moment(event)
            if standing == "HAD" and event.text("outcome") and moment is not None:
                by_moment[moment].append(event)
        for moment, events in by_moment.items():
            yield from _excluding(check, view, moment, events)


def _excluding(check: Check, view: View, moment: Moment, events: list[Node]) -> Iterator[Problem]:
    first_of = {event.text("outcome"): event for event in reversed(events)}
    for one, other in combinations(sorted(o for o in first_of if o is not None), 2):
        if frozenset((one, other)) in _conflicts():
            message = f"{one} and {other} are both told of {moment[0]} {moment[1]}"
            yield check.about_node(view, first_of[other].key, message)


def after_death(check: Check, view: View) -> Iterator[Problem]:
    """Find what is told to have begun after the patient's death."""
    for told in view.told_of.values():
        had = [event for standing, event in told if standing == "HAD"]
        deaths = [e.number("start_day_max") for e in had if e.text("outcome") == "death"]
        known = [day for day in deaths if day is not None]
        for event in had if known else ():
            day = event.number("start_day_min")
            if day is not None and day > min(known) and event.text("time") != "future":
                message = (
                    f"{view.name(event.key)} begins on day {day:g}, death was on day {min(known):g}"
                )
                yield check.about_node(view, event.key, message)


def given_and_declined(check: Check, view: View) -> Iterator[Problem]:
    """Find exposures that are told as had and as not had at one time."""
    yield from _both(check, view, "Exposure", "is told as given and as not given")


def positive_and_negative(check: Check, view: View) -> Iterator[Problem]:
    """Find findings that are told as present and as absent at one time."""
    yield from _both(check, view, "Finding", "is told as positive and as negative")


def _both(check: Check, view: View, label: str, says: str) -> Iterator[Problem]:
    for told in view.told_of.values():
        had: dict[tuple[str, str, object], Node] = {}
        for standing, event in told:
            if standing == "HAD" and label in event.labels:
                had.update((place, event) for place in _places(view, event))
        for standing, event in told:
            if standing != "HAD_NOT" or label not in event.labels:
                continue
            both = next((had[place] for place in _places(view, event) if place in had), None)
            if both is not None and _comparable(event, both):
                message = f"{view.name(event.key)} {says} at one time (also {both.id})"
                yield check.about_node(view, event.key, message)


def _places(view: View, event: Node) -> list[tuple[str, str, object]]:
    """Return concept and time of an event: its day, and the words that state it."""
    concept = view.concept_of.get(event.key, event.key)
    places: list[tuple[str, str, object]] = [
        (concept, "words", edge.key) for edge in view.evidence.get(event.key, ())
    ]
    moment = _moment(event)
    return places if moment is None else [*places, (concept, "time", moment)]


def _comparable(one: Node, other: Node) -> bool:
    """Tell whether two events are of the same specimen and site, as far as these are told."""
    return all(
        one.text(name) in (None, other.text(name)) or other.text(name) is None
        for name in ("specimen", "site")
    )


def times(check: Check, view: View) -> Iterator[Problem]:
    """Pass on what solving the times of each patient found, of the kind this check is for."""
    for found in view.contradictions:
        if _KINDS[found.kind] == check.code:
            evidence = found.evidence[0] if found.evidence else None
            node = found.events[0] if found.events else found.patient
            _, sentence = view.at(node)
            quote = evidence.quote if evidence else None
            yield Problem(check.code, check.severity, found.message, node, None, quote, sentence)
