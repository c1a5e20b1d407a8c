"""A graph as JSON Lines: one node or relationship a line, sorted, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.errors import GraphError
from kg.graph.builder.writer import edge_key
from kg.graph.schema import (
    node_properties,
    node_type,
    relationship_properties,
    relationship_type,
)
from kg.graph.types import Properties, Value, edges, node, node_key, nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.graph.shapes import Property
    from kg.graph.types import Graph


def lines(graph: Graph) -> Iterator[str]:
    """Yield the nodes by id, then the relationships by label, ends and identity.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("NCT01", labels=("Trial",), properties={"id": "NCT01"})
    >>> list(lines(graph))
    ['{"type":"node","id":"NCT01","labels":["Trial"],"properties":{"id":"NCT01"}}']
    """
    for found in sorted(nodes(graph), key=lambda n: (n.id, n.labels)):
        yield _dump(
            {
                "type": "node",
                "id": found.id,
                "labels": list(found.labels),
                "properties": _ordered(found.properties),
            }
        )
    for edge in sorted(edges(graph), key=lambda e: (e.type, e.start, e.end, e.key)):
        yield _dump(
            {
                "type": "relationship",
                "label": edge.type,
                "start": node(graph, edge.start).id,
                "end": node(graph, edge.end).id,
                "properties": _ordered(edge.properties),
            }
        )


def read(rows: Iterable[str]) -> Graph:
    """Return the graph that these lines were written from; ``read(lines(graph))`` is the graph.

    Raises
    ------
    GraphError
        When a line is no JSON object of the two shapes, or names what the schema has not.
    """
    graph: Graph = nx.MultiDiGraph()
    for number, row in enumerate(rows, start=1):
        if row.strip():
            try:
                _read_row(graph, json.loads(row))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise GraphError(
                    f"no node or relationship of the schema ({error!r})",
                    where=f"line {number}",
                    hint="give what `kg graph --format jsonl` wrote",
                ) from error
    reports = [found.id for found in nodes(graph) if found.labels[0] == "Report"]
    if len(reports) == 1:
        graph.graph["report"] = reports[0]
    return graph


def _read_row(graph: Graph, row: dict[str, Any]) -> None:
    if row["type"] == "node":
        known = node_properties(node_type(row["labels"][0]))
        properties = _typed(row["properties"], known)
        place = node_key(row["labels"][0], row["id"])
        graph.add_node(place, labels=tuple(row["labels"]), properties=properties)
    elif row["type"] == "relationship":
        kind = relationship_type(row["label"])
        properties = _typed(row["properties"], relationship_properties(kind))
        start = node_key(kind.ends[0].start, row["start"])
        end = node_key(kind.ends[0].end, row["end"])
        key = edge_key(kind.type, properties)
        graph.add_edge(start, end, key, type=kind.type, properties=properties)
    else:
        raise ValueError(row["type"])


def _typed(properties: dict[str, Any], known: Sequence[Property]) -> Properties:
    dates = {p.name for p in known if p.type == "date"}
    floats = {p.name for p in known if p.type == "float"}
    return {name: _value(name, value, dates, floats) for name, value in properties.items()}


def _value(name: str, value: Any, dates: set[str], floats: set[str]) -> Value:
    if name in dates:
        return date.fromisoformat(value)
    if name in floats:
        return float(value)
    plain: Value = value
    return plain


def _ordered(properties: Properties) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in sorted(properties.items())
    }


def _dump(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
