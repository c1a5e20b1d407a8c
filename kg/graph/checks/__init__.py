"""What is wrong with a report's graph, or doubtful, and where.

Each check is a small function from a graph to problems; ``checks.toml`` says of each what it
means and what to do. An error breaks a law: the report is quarantined. A warning doubts the
content: the problem is kept with the report (:func:`keep`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from kg.documents.model import Document
from kg.graph.checks import (
    contradictions,
    evidence,
    persons,
    references,
    structure,
    values,
)
from kg.graph.checks.keeping import keep
from kg.graph.checks.model import Check, Finder, Problem, Severity, View
from kg.graph.types import Graph
from kg.memory import uncollected

__all__ = ["CHECKS", "Check", "Problem", "Severity", "keep", "run"]

_FINDERS: dict[str, Finder] = {
    "schema-labels": structure.labels,
    "schema-ends": structure.ends,
    "schema-properties": structure.properties,
    "dangling": structure.dangling,
    "orphan": structure.orphans,
    "evidence-slice": evidence.slices,
    "evidence-outside": evidence.outside,
    "evidence-missing": evidence.missing,
    "concept-unknown": evidence.sources,
    "is-a-cycle": structure.hierarchy_cycles,
    "part-of-cycle": structure.part_cycles,
    "before-cycle": structure.order_cycles,
    "time-interval": values.intervals,
    "date-impossible": values.dates,
    "age-impossible": persons.ages,
    "dose-impossible": values.doses,
    "value-impossible": values.values,
    "unit-unfit": values.units,
    "patients-several": persons.several,
    "patient-none": persons.none,
    "report-retracted": persons.retracted,
    "reading-note": persons.reading,
    "citation-number": references.numbers,
    "reference-uncited": references.uncited,
    "reference-unresolved": references.unresolved,
    "response-conflict": contradictions.responses,
    "after-death": contradictions.after_death,
    "given-and-declined": contradictions.given_and_declined,
    "finding-conflict": contradictions.positive_and_negative,
    "timeline-contradiction": contradictions.times,
    "order-given-up": contradictions.times,
    "times-agree": contradictions.times,
}


def _load() -> tuple[Check, ...]:
    entries = tomllib.loads(Path(__file__).with_name("checks.toml").read_text(encoding="utf-8"))
    return tuple(Check(code=code, finder=_FINDERS[code], **entries[code]) for code in _FINDERS)


CHECKS: tuple[Check, ...] = _load()
"""All checks of one report's graph, in the order they are run."""


@uncollected()
def run(
    graph: Graph,
    document: Document,
    *,
    checks: Iterable[Check] = CHECKS,
    units: Callable[[str], tuple[str, ...]] | None = None,
) -> tuple[Problem, ...]:
    """Return what the checks find in the graph of a report, the checks in their order.

    Parameters
    ----------
    graph
        As :func:`kg.graph.build` returns it.
    document
        The document it came from; the quotes are compared with its text.
    checks
        Those to run.
    units
        The UCUM units that a marker is measured in, by concept id; those of the project's
        terminology by default.
    """
    view = View(graph, document, _terminology_units() if units is None else units)
    return tuple(problem for check in checks for problem in check.find(view))


@cache
def _terminology_units() -> Callable[[str], tuple[str, ...]]:
    from kg.terms import load

    return load().units
