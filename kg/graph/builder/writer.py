"""Writing typed nodes and relationships into a NetworkX graph, by the schema."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import networkx as nx

from kg.errors import GraphError
from kg.graph.schema import (
    OWNER_OF_NODES,
    OWNER_OF_RELATIONSHIPS,
    TERMINOLOGY,
    node_type,
    relationship_type,
)
from kg.graph.types import EdgeKey, Fields, Properties, Value, node_key
from kg.licences import hashed

if TYPE_CHECKING:
    from kg.graph.types import Graph

_NONE: Fields = MappingProxyType({})
_LISTS = (tuple, list)


class GraphWriter:
    """Collects the nodes and relationships of one report.

    Parameters
    ----------
    report
        The report's id; the owner of what is written.
    keep_words
        Whether the licence allows to keep the article's words.

    Attributes
    ----------
    graph
        What has been written: graph attribute ``report``; node attributes ``labels`` and
        ``properties``, edge attributes ``type`` and ``properties``; an edge's key is its type
        and identity.
    """

    def __init__(self, report: str, *, keep_words: bool) -> None:
        self.report = report
        self.keep_words = keep_words
        self.graph: Graph = nx.MultiDiGraph(report=report)
        self._types: dict[str, tuple[str, bool, EdgeKey]] = {}

    def node(self, label: str, id: str, properties: Fields) -> str:
        """Write a node under a label (a kind brings its key's label along) and return its key.

        Raises
        ------
        GraphError
            When another node with this id says something else.
        """
        kind = node_type(label)
        labels = (kind.label,) if label == kind.label else (kind.label, label)
        written = _clean({kind.key: id, **properties})
        if kind.owned == "report" and kind.label != "Report":
            written[OWNER_OF_NODES] = self.report
        key = node_key(kind.label, id)
        if key in self.graph:
            known = self.graph.nodes[key]
            if known != {"labels": labels, "properties": written}:
                raise GraphError("two different things bear one id", where=f"{label} {id}")
            return key
        self.graph.add_node(key, labels=labels, properties=written)
        return key

    def relationship(self, type: str, start: str, end: str, properties: Fields = _NONE) -> None:
        """Write a relationship; of two with one identity the first stays."""
        owner, identified, key = self._of_type(type)
        written = _clean(properties)
        written[OWNER_OF_RELATIONSHIPS] = owner
        if identified:
            key = edge_key(type, written)
        if not self.graph.has_edge(start, end, key):
            self.graph.add_edge(start, end, key, type=type, properties=written)

    def _of_type(self, type: str) -> tuple[str, bool, EdgeKey]:
        """Return who owns relationships of a type, whether properties tell them apart, a key."""
        known = self._types.get(type)
        if known is None:
            kind = relationship_type(type)
            owner = TERMINOLOGY if kind.owned == "terminology" else self.report
            known = self._types[type] = (owner, bool(kind.identity), (type,))
        return known

    def words(self, text: str) -> str:
        """Return the article's words where they may be kept, else their hash."""
        return text if self.keep_words else hashed(text)

    def words_or_none(self, text: str | None) -> str | None:
        """Return the article's words where they may be kept, else nothing."""
        return text if self.keep_words else None


def edge_key(type: str, properties: Mapping[str, Value]) -> EdgeKey:
    """Return the key of an edge: its type and the values of its identity.

    Examples
    --------
    >>> edge_key("REFERS_TO", {"start": 3, "end": 6, "mark": "(1)", "owner": "doi:10.1/x"})
    ('REFERS_TO', 3, 6)
    """
    values = [properties[name] for name in relationship_type(type).identity]
    return (type, *(value for value in values if isinstance(value, str | int)))


def _clean(properties: Fields) -> Properties:
    """Drop what is unknown or empty; make lists of tuples."""
    return {
        name: list(value) if isinstance(value, _LISTS) else value
        for name, value in properties.items()
        if value is not None and (value or not isinstance(value, _LISTS))
    }
