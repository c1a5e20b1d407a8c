"""Graphs become rows: what one batch writes, grouped by the statement that writes it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.graph import schema
from kg.graph.types import edges, node, nodes

if TYPE_CHECKING:
    from kg.graph.types import Edge, Graph, Node

Row: TypeAlias = dict[str, Any]
Labels: TypeAlias = tuple[str, ...]
Place: TypeAlias = tuple[str, str, str]
"""A relationship's type and the labels that bear the keys of its two ends."""


@dataclass(slots=True)
class Batch:
    """The rows of several reports, ready to be written in one transaction.

    Owned rows are written anew with each batch; shared nodes and the terminology's relationships
    may be there already, and are kept once however many reports bring them.
    """

    reports: list[str] = field(default_factory=list)
    owned: dict[Labels, list[Row]] = field(default_factory=lambda: defaultdict(list))
    shared: dict[Labels, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    relationships: dict[Place, list[Row]] = field(default_factory=lambda: defaultdict(list))
    terminology: dict[Place, dict[tuple[str, str], Row]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    size: int = 0

    def add(self, graph: Graph) -> None:
        """Add the nodes and relationships of one report's graph."""
        for one in nodes(graph):
            self._add_node(one)
        for edge in edges(graph):
            self._add_relationship(graph, edge)
        self.size += graph.number_of_nodes() + graph.number_of_edges()

    def _add_node(self, one: Node) -> None:
        if schema.node_type(one.labels[0]).owned == "report":
            self.owned[one.labels].append(one.properties)
        else:
            self.shared[one.labels][one.id] = one.properties
        if one.labels[0] == "Report":
            self.reports.append(one.id)

    def _add_relationship(self, graph: Graph, edge: Edge) -> None:
        start, end = node(graph, edge.start), node(graph, edge.end)
        place = (edge.type, schema.key_label(start.labels[0]), schema.key_label(end.labels[0]))
        row = {"start": start.id, "end": end.id, "properties": edge.properties}
        if schema.relationship_type(edge.type).owned == "terminology":
            self.terminology[place][(edge.start, edge.end)] = row
        else:
            self.relationships[place].append(row)
