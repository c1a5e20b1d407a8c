"""Whether a graph keeps to the schema, and hangs together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

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

_NODE_PROPERTIES = {node.label: {p.name: p for p in node_properties(node)} for node in NODES}
_EDGE_PROPERTIES = {
    kind.type: {p.name: p for p in relationship_properties(kind)} for kind in RELATIONSHIPS
}
_ENDS = {kind.type: {(e.start, e.end) for e in kind.ends} for kind in RELATIONSHIPS}
_LABELS = {label for node in NODES for label in (node.label, *node.kinds)}
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
    for type, edges in view.by_type.items():
        allowed = _ENDS.get(type, set())
        for edge in edges:
            start, end = view.nodes[edge.start].labels, view.nodes[edge.end].labels
            fits = any((s, e) in allowed for s in start for e in end)
            if start and end and type in _ENDS and not fits:
                yield check.about_edge(edge, f"{type} may not go from {start[-1]} to {end[-1]}")


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
        if node.labels and node.labels[0] in _NODE_PROPERTIES:
            for wrong in _misfits(node.properties, _NODE_PROPERTIES[node.labels[0]]):
                yield check.about_node(view, node.key, f"{node.labels[-1]} {node.id}: {wrong}")
    for type, edges in view.by_type.items():
        known = _EDGE_PROPERTIES.get(type, {})
        for edge in edges if known else ():
            for wrong in _misfits(edge.properties, known):
                yield check.about_edge(edge, f"{type} from {edge.start}: {wrong}")


def _misfits(given: Properties, known: dict[str, Property]) -> Iterator[str]:
    for name, value in given.items():
        if name not in known:
            yield f"{name} is not of the schema"
        elif not _is(value, known[name].type):
            yield f"{name} is {value!r}, a {known[name].type} is wanted"
    for name, declared in known.items():
        if declared.required and name not in given:
            yield f"{name} is missing"


def _is(value: Value, type: PropertyType) -> bool:
    match type:
        case "string":
            return isinstance(value, str)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "float":
            return isinstance(value, float)
        case "boolean":
            return isinstance(value, bool)
        case "date":
            return isinstance(value, date)
        case "strings":
            return isinstance(value, list) and all(isinstance(one, str) for one in value)


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
    joined = nx.DiGraph((edge.start, edge.end) for edge in view.by_type[type])
    for group in nx.strongly_connected_components(joined):
        if len(group) > 1 or any(joined.has_edge(key, key) for key in group):
            first, *others = sorted(group)
            through = f", through {', '.join(view.name(key) for key in others)}" if others else ""
            yield check.about_node(view, first, f"{view.name(first)} {says}{through}")
