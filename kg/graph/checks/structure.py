"""Whether a graph keeps to the schema, and hangs together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache

import networkx as nx

from kg.graph.checks.model import Check, Problem, View
from kg.graph.schema import (
    NODES,
    RELATIONSHIPS,
    key_label,
    node_properties,
    node_type,
    relationship_properties,
)
from kg.graph.shapes import Property, PropertyType
from kg.graph.types import Properties, Value

_ENDS = {kind.type: {(e.start, e.end) for e in kind.ends} for kind in RELATIONSHIPS}
_LABELS = {label for node in NODES for label in (node.label, *node.kinds)}
_PYTHON: dict[PropertyType, type] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": bool,
    "date": date,
    "strings": list,
}
_STANDINGS = ("HAD", "HAD_NOT", "CONSIDERED")


def labels(check: Check, view: View) -> Iterator[Problem]:
    """Find nodes whose labels the schema has not, and relationships of unknown type."""
    for node in view.nodes.values():
        if node.labels and not _labels_fit(node.labels):
            yield check.about_node(
                view, node.key, f"the labels {':'.join(node.labels)} are not of the schema"
            )
    for type, edges in view.by_type.items():
        if type not in _ENDS:
            for edge in edges:
                yield check.about_edge(edge, f"the relationship {type} is not of the schema")


def _labels_fit(labels: tuple[str, ...]) -> bool:
    if labels[0] not in _LABELS or key_label(labels[0]) != labels[0]:
        return False
    kinds = node_type(labels[0]).kinds
    return (len(labels) == 2 and labels[1] in kinds) if kinds else len(labels) == 1


def ends(check: Check, view: View) -> Iterator[Problem]:
    """Find relationships that join what they may not join."""
    labels = {node.key: node.labels for node in view.nodes.values()}
    for type, edges in view.by_type.items():
        if type not in _ENDS:
            continue
        joined = {(labels[edge.start], labels[edge.end]) for edge in edges}
        wrong = {(a, b) for a, b in joined if a and b and not _may_join(type, a, b)}
        for edge in edges if wrong else ():
            start, end = labels[edge.start], labels[edge.end]
            if (start, end) in wrong:
                yield check.about_edge(edge, f"{type} may not go from {start[-1]} to {end[-1]}")


@cache
def _may_join(type: str, start: tuple[str, ...], end: tuple[str, ...]) -> bool:
    return any((one, other) in _ENDS[type] for one in start for other in end)


def dangling(check: Check, view: View) -> Iterator[Problem]:
    """Find ends of relationships that are not there."""
    missing = {node.key for node in view.nodes.values() if not node.labels}
    if missing:
        for edges in view.by_type.values():
            for edge in edges:
                for end in {edge.start, edge.end} & missing:
                    yield check.about_edge(
                        edge, f"{edge.type} points to {end}, which is not in the graph"
                    )


def orphans(check: Check, view: View) -> Iterator[Problem]:
    """Find nodes that no path joins to the report, and events without a patient or a concept."""
    reports = view.by_label["Report"]
    if not reports:
        yield Problem(check.code, check.severity, "the graph has no Report")
        return
    for group in nx.weakly_connected_components(view.graph):
        for key in () if reports[0].key in group else sorted(group):
            yield check.about_node(
                view, key, f"{view.label(key)} {key} hangs on nothing of the report"
            )
    yield from _events_alone(check, view)


def _events_alone(check: Check, view: View) -> Iterator[Problem]:
    owned: dict[str, int] = {}
    for type in _STANDINGS:
        for edge in view.by_type[type]:
            owned[edge.end] = owned.get(edge.end, 0) + 1
    for event in view.by_label["Event"]:
        if owned.get(event.key, 0) != 1:
            count = owned.get(event.key, 0)
            yield check.about_node(
                view, event.key, f"{event.id} is of {count} patients, one is wanted"
            )
        if event.key not in view.concept_of:
            yield check.about_node(view, event.key, f"{event.id} is of no concept")


def properties(check: Check, view: View) -> Iterator[Problem]:
    """Find properties that are missing, unknown, or of another type than the schema says."""
    for node in view.nodes.values():
        known = _NODE_PROPERTIES.get(node.labels[0] if node.labels else "")
        if known is not None and not known.fit(node.properties):
            for wrong in known.misfits(node.properties):
                message = f"{node.labels[-1]} {node.id}: {wrong}"
                yield check.about_node(view, node.key, message)
    for type, edges in view.by_type.items():
        known = _EDGE_PROPERTIES.get(type)
        for edge in edges if known is not None else ():
            if known is not None and not known.fit(edge.properties):
                for wrong in known.misfits(edge.properties):
                    yield check.about_edge(edge, f"{type} from {edge.start}: {wrong}")


class _Declared:
    """The declared properties of a node or relationship type."""

    def __init__(self, properties: tuple[Property, ...]) -> None:
        self.types = {p.name: _PYTHON[p.type] for p in properties}
        self.words = {p.name: p.type for p in properties}
        self.required = frozenset(p.name for p in properties if p.required)
        self._fitting: set[tuple[object, ...]] = set()
        """Names and types of properties that were found to fit, none of them a list."""

    def fit(self, given: Properties) -> bool:
        """Tell whether all is as declared."""
        shape = (*given, *map(type, given.values()))
        if shape in self._fitting:
            return True
        fits = self.required <= given.keys() and all(self.fits(n, v) for n, v in given.items())
        if fits and list not in shape:
            self._fitting.add(shape)
        return fits

    def fits(self, name: str, value: Value) -> bool:
        """Tell whether one property is declared and of its type."""
        declared = self.types.get(name)
        of_type = type(value) is declared
        return of_type and (declared is not list or all(type(one) is str for one in value))  # type: ignore[union-attr]

    def misfits(self, given: Properties) -> Iterator[str]:
        """Yield what is not as declared, in words."""
        for name, value in given.items():
            if name not in self.types:
                yield f"{name} is not of the schema"
            elif not self.fits(name, value):
                yield f"{name} is {value!r}, a {self.words[name]} is wanted"
        for name in sorted(self.required - given.keys()):
            yield f"{name} is missing"


_NODE_PROPERTIES = {node.label: _Declared(node_properties(node)) for node in NODES}
_EDGE_PROPERTIES = {kind.type: _Declared(relationship_properties(kind)) for kind in RELATIONSHIPS}


def hierarchy_cycles(check: Check, view: View) -> Iterator[Problem]:
    """Find concepts that are, by going up, above themselves."""
    yield from _cycles(check, view, "IS_A", "is a kind of itself")


def part_cycles(check: Check, view: View) -> Iterator[Problem]:
    """Find exposures that are, by going up, parts of themselves."""
    yield from _cycles(check, view, "PART_OF", "is a part of itself")


def order_cycles(check: Check, view: View) -> Iterator[Problem]:
    """Find events that begin, by going along, before themselves."""
    yield from _cycles(check, view, "BEFORE", "begins before itself")


def _cycles(check: Check, view: View, type: str, says: str) -> Iterator[Problem]:
    pairs = [(edge.start, edge.end) for edge in view.by_type[type]]
    if _acyclic(pairs):
        return
    joined = nx.DiGraph(pairs)
    for group in nx.strongly_connected_components(joined):
        if len(group) > 1 or any(joined.has_edge(key, key) for key in group):
            first, *others = sorted(group)
            through = f", through {', '.join(view.name(key) for key in others)}" if others else ""
            yield check.about_node(view, first, f"{view.name(first)} {says}{through}")


def _acyclic(pairs: list[tuple[str, str]]) -> bool:
    """Tell whether nothing follows itself (Kahn 1962).

    The order of a long course is closed and so has many pairs: then each has more behind it than
    what it leads to, which is enough and quickly seen.
    """
    leads = Counter(start for start, _ in pairs)
    if all(leads[start] > leads.get(end, 0) for start, end in pairs):
        return True
    after: dict[str, list[str]] = defaultdict(list)
    waits: Counter[str] = Counter()
    for start, end in pairs:
        after[start].append(end)
        waits[end] += 1
    free = [start for start in after if start not in waits]
    done = 0
    while free:
        for end in after.get(free.pop(), ()):
            done += 1
            waits[end] -= 1
            if not waits[end]:
                free.append(end)
    return done == len(pairs)
