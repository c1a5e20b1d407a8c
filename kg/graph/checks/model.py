"""What a check is, what it finds, and the view of a graph that it looks at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kg.cases.model import Contradiction
from kg.documents.model import Document
from kg.graph.types import Edge, Graph, Node, edges, nodes

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check found.

    Attributes
    ----------
    code
        Of the check.
    severity
        ``error``: a law is broken, the report is quarantined; ``warning``: the content is
        doubted, the problem is kept with the report; ``info``: good to know.
    message
        What is wrong, in one sentence.
    node
        Id of the node it is about, if it is about one.
    edge
        Start, type and end of the relationship it is about, if it is about one.
    quote
        The words it is about, as the graph holds them.
    sentence
        Id of the sentence they stand in.
    """

    code: str
    severity: Severity
    message: str
    node: str | None = None
    edge: tuple[str, str, str] | None = None
    quote: str | None = None
    sentence: str | None = None


class View:
    """A report's graph laid out for checking, with the document it came from.

    Each list is made once, so that a check costs no more than what it looks at.
    """

    def __init__(
        self,
        graph: Graph,
        document: Document,
        units: Callable[[str], tuple[str, ...]] = lambda concept: (),
    ) -> None:
        self.graph = graph
        self.document = document
        self.units = units
        """The UCUM units that a marker is measured in, by concept id."""
        self.contradictions: tuple[Contradiction, ...] = graph.graph.get("contradictions", ())

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """All nodes by key."""
        return {node.key: node for node in nodes(self.graph)}

    @cached_property
    def by_label(self) -> dict[str, list[Node]]:
        """Nodes by each of their labels."""
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes.values():
            for label in node.labels:
                found[label].append(node)
        return found

    @cached_property
    def by_type(self) -> dict[str, list[Edge]]:
        """Relationships by type."""
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in edges(self.graph):
            found[edge.type].append(edge)
        return found

    @cached_property
    def evidence(self) -> dict[str, list[Edge]]:
        """The EVIDENCED_BY of each node, by its key."""
        return self._from("EVIDENCED_BY")

    @cached_property
    def concept_of(self) -> dict[str, str]:
        """The concept of each event."""
        return {edge.start: edge.end for edge in self.by_type["OF"]}

    @cached_property
    def told_of(self) -> dict[str, list[tuple[str, Node]]]:
        """For each patient, how it stands to each event: (HAD, HAD_NOT or CONSIDERED; event)."""
        found: dict[str, list[tuple[str, Node]]] = defaultdict(list)
        for type in ("HAD", "HAD_NOT", "CONSIDERED"):
            for edge in self.by_type[type]:
                found[edge.start].append((type, self.nodes[edge.end]))
        return found

    def _from(self, type: str) -> dict[str, list[Edge]]:
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.by_type[type]:
            found[edge.start].append(edge)
        return found

    def label(self, key: str) -> str:
        """Return the finest label of a node, or what stands for one that is not there."""
        node = self.nodes.get(key)
        return node.labels[-1] if node is not None and node.labels else "nothing"

    def name(self, key: str) -> str:
        """Return what a reader calls a node: its name, else its id."""
        node = self.nodes[key]
        return node.text("name") or node.text("title") or node.id

    def at(self, key: str) -> tuple[str | None, str | None]:
        """Return the first words that state a node, and the id of their sentence."""
        pieces = self.evidence.get(key)
        if not pieces:
            return None, None
        first = min(pieces, key=lambda edge: edge.integer("start") or 0)
        return first.text("quote"), first.end


Finder = Callable[["Check", View], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: what it looks for, why that matters, and what to do about it.

    ``title`` says in one line what it finds, ``explanation`` what it means, ``remedy`` what to do.
    """

    code: str
    severity: Severity
    title: str
    explanation: str
    remedy: str
    finder: Finder

    def find(self, view: View) -> Iterator[Problem]:
        """Yield what the check finds in a report's graph."""
        return self.finder(self, view)

    def about_node(self, view: View, key: str, message: str) -> Problem:
        """Return a problem about a node, with the words that state it."""
        quote, sentence = view.at(key)
        return Problem(self.code, self.severity, message, key, None, quote, sentence)

    def about_edge(self, edge: Edge, message: str) -> Problem:
        """Return a problem about a relationship, with the words that state it."""
        place = (edge.start, edge.type, edge.end)
        sentence = edge.end if edge.type == "EVIDENCED_BY" else edge.text("sentence")
        quote = edge.text("quote")
        return Problem(self.code, self.severity, message, None, place, quote, sentence)
