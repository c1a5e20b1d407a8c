"""Dates, days, doses and measured values that cannot be, and units that do not fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kg.graph.checks.model import Check, Problem, View
from kg.graph.checks.units import dimension, limits
from kg.graph.types import Node

_PAIRS = (
    ("start_day_min", "start_day_max", "the earliest day of its start is after the latest"),
    ("end_day_min", "end_day_max", "the earliest day of its end is after the latest"),
    ("start_day_min", "end_day_max", "it ends before it starts"),
    ("start_date_min", "start_date_max", "the earliest date of its start is after the latest"),
    ("end_date_min", "end_date_max", "the earliest date of its end is after the latest"),
    ("start_date_min", "end_date_max", "it ends before it starts"),
)
_DATES = ("start_date_min", "start_date_max", "end_date_min", "end_date_max")
_EARLIEST = date(1880, 1, 1)
"""No patient of a report that this project reads was treated before."""


def intervals(check: Check, view: View) -> Iterator[Problem]:
    """Find events whose days or dates leave no time for them."""
    for event in view.by_label["Event"]:
        for low, high, says in _PAIRS:
            first, last = event.properties.get(low), event.properties.get(high)
            if first is not None and last is not None and first > last:  # type: ignore[operator]
                message = f"{view.name(event.key)}: {says} ({first}, {last})"
                yield check.about_node(view, event.key, message)


def dates(check: Check, view: View) -> Iterator[Problem]:
    """Find events dated after the article was published, or long before anyone could tell."""
    latest = _published(view)
    for event in view.by_label["Event"]:
        if event.text("time") == "future":
            continue
        for name in _DATES:
            on = event.properties.get(name)
            if isinstance(on, date) and not _EARLIEST <= on <= latest and name.startswith("start"):
                message = (
                    f"{view.name(event.key)} is dated {on}, published was {latest} at the latest"
                )
                yield check.about_node(view, event.key, message)
                break


def _published(view: View) -> date:
    """Return the last day on which the article may have been published."""
    for report in view.by_label["Report"]:
        published, year = report.text("published"), report.properties.get("year")
        if published and len(published) == 10:
            return date.fromisoformat(published)
        if published and published[:4].isdigit():
            return date(int(published[:4]), 12, 31)
        if isinstance(year, int):
            return date(year, 12, 31)
    return date.max


def doses(check: Check, view: View) -> Iterator[Problem]:
    """Find doses that are nothing, less than nothing, or more than anyone was ever given."""
    exposure = {edge.end: edge.start for edge in view.by_type["HAS_DOSE"]}
    for dose in view.by_label["Dose"]:
        unit = dose.text("unit")
        per = dose.text("per")
        wrong = _beyond("dose", f"{unit}/{per}" if unit and per else unit, dose)
        value = dose.number("value")
        if wrong is not None or (value is not None and value <= 0):
            key = exposure.get(dose.key, dose.key)
            said = dose.text("text") or wrong or f"{value:g}"
            message = f"{view.name(key)}: a dose of {said} cannot be"
            yield check.about_node(view, key, message)


def values(check: Check, view: View) -> Iterator[Problem]:
    """Find measured values that no living person has, and ranges that run backwards."""
    for finding in view.by_label["Finding"]:
        low, high = finding.number("value"), finding.number("value_to")
        wrong = _beyond("value", finding.text("unit"), finding)
        if wrong is None and low is not None and high is not None and low > high:
            wrong = f"{low:g} to {high:g}"
        if wrong is not None:
            message = f"{view.name(finding.key)}: a value of {wrong} cannot be"
            yield check.about_node(view, finding.key, message)


def _beyond(of: str, unit: str | None, node: Node) -> str | None:
    """Return the value that lies beyond the limits of its unit, written out."""
    limit = limits().get((of, unit or ""))
    for name in ("value", "value_to"):
        value = node.number(name)
        if limit is not None and value is not None and not limit.low <= value <= limit.high:
            return f"{value:g} {unit}"
    return None


def units(check: Check, view: View) -> Iterator[Problem]:
    """Find markers measured in a unit of another kind than those known for them."""
    for finding in view.by_label["Finding"]:
        unit = finding.text("unit")
        concept = view.concept_of.get(finding.key)
        if unit is None or concept is None or finding.number("value") is None:
            continue
        known = view.units(concept)
        kinds = {dimension(one) for one in known}
        kind = dimension(unit)
        if known and kind is not None and None not in kinds and kind not in kinds:
            message = f"{view.name(finding.key)} in {unit}; it is measured in {', '.join(known)}"
            yield check.about_node(view, finding.key, message)
