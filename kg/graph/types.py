"""The graph stage's view of NetworkX: typed nodes and relationships."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

Graph: TypeAlias = "nx.MultiDiGraph[str]"
Value: TypeAlias = "str | int | float | bool | date | list[str]"
Properties: TypeAlias = "dict[str, Value]"
Fields: TypeAlias = "Mapping[str, Value | tuple[str, ...] | None]"
"""Properties before they are written: what is unknown is still there as None."""
EdgeKey: TypeAlias = "tuple[str | int, ...]"


class Node(NamedTuple):
    """A node; ``key`` is NetworkX's, ``labels`` begin with the one that bears the id."""

    key: str
    labels: tuple[str, ...]
    properties: Properties

    @property
    def id(self) -> str:
        """The property that identifies it under its label."""
        return str(self.properties.get("id", self.key))

    def text(self, name: str) -> str | None:
        """Return a property that is a string, or None."""
        value = self.properties.get(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> float | None:
        """Return a property that is a number, or None."""
        value = self.properties.get(name)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return value if is_number else None  # type: ignore[return-value]  # checked above


class Edge(NamedTuple):
    """A relationship; ``key`` is its type and identity."""

    start: str
    end: str
    key: EdgeKey
    type: str
    properties: Properties

    def text(self, name: str) -> str | None:
        """Return a property that is a string, or None."""
        value = self.properties.get(name)
        return value if isinstance(value, str) else None

    def integer(self, name: str) -> int | None:
        """Return a property that is an integer, or None."""
        value = self.properties.get(name)
        return value if isinstance(value, int) else None


def nodes(graph: Graph) -> Iterator[Node]:
    """Yield the nodes in the order they were added; a dangling end has neither label nor property.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("NCT01", labels=("Trial",), properties={"id": "NCT01"})
    >>> next(nodes(graph)).labels
    ('Trial',)
    """
    for key, data in graph.nodes.items():
        yield Node(key, data.get("labels", ()), data.get("properties", {}))


def node(graph: Graph, key: str) -> Node:
    """Return one node.

    Raises
    ------
    KeyError
        When the graph has none of this key.
    """
    data = graph.nodes[key]
    return Node(key, data.get("labels", ()), data.get("properties", {}))


def node_key(label: str, id: str) -> str:
    """Return the key of a node in a graph: its id, told apart where a work is also the report.

    Examples
    --------
    >>> node_key("Report", "doi:10.1/x"), node_key("Publication", "doi:10.1/x")
    ('doi:10.1/x', 'publication:doi:10.1/x')
    """
    return f"publication:{id}" if label == "Publication" else id


def edges(graph: Graph) -> Iterator[Edge]:
    """Yield the relationships in the order they were added, by their start."""
    for start, neighbours in graph.adjacency():
        for end, keyed in neighbours.items():
            for key, data in keyed.items():
                yield Edge(start, end, key, data["type"], data["properties"])  # type: ignore[arg-type]  # the key is ours
