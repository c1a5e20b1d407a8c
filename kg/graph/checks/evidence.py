"""Whether every fact stands on words of the text, and every concept on a source."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.checks.model import Check, Problem, View
from kg.graph.types import Node
from kg.licences import HASH_PREFIX, hashed

_SPANS = {
    "EVIDENCED_BY": "quote",
    "MENTIONS": "text",
    "REFERS_TO": "mark",
    "BEFORE": "quote",
    "PART_OF": "quote",
    "GIVEN_FOR": "quote",
    "RESPONSE_TO": "quote",
    "ATTRIBUTED_TO": "quote",
    "CITES": "quote",
}


def slices(check: Check, view: View) -> Iterator[Problem]:
    """Find words that do not stand where they are said to stand."""
    for type, name in _SPANS.items():
        for edge in [edge for edge in view.by_type[type] if edge.properties.get(name)]:
            words, start, end = edge.text(name), edge.integer("start"), edge.integer("end")
            if start is not None and end is not None and words is not None:
                there = _text(view, edge.start)[start:end]
                if words != (hashed(there) if words.startswith(HASH_PREFIX) else there):
                    message = f"{type} of {edge.start} quotes {words!r}, the text has {there!r}"
                    yield check.about_edge(edge, message)
    for sentence in view.by_label["Sentence"]:
        span, said = _span(sentence), sentence.text("text")
        if span is not None and said not in (None, view.document.text[slice(*span)]):
            yield check.about_node(
                view, sentence.key, f"{sentence.id} is not its slice of the text"
            )


def _text(view: View, key: str) -> str:
    """Return the text that a node's offsets are into: of an entry of the list, its title."""
    node = view.nodes[key]
    return (node.text("title") or "") if node.labels == ("Reference",) else view.document.text


def _span(node: Node) -> tuple[int, int] | None:
    start, end = node.properties.get("start"), node.properties.get("end")
    return (start, end) if isinstance(start, int) and isinstance(end, int) else None


def outside(check: Check, view: View) -> Iterator[Problem]:
    """Find evidence that does not lie within the sentence it names."""
    for edge in view.by_type["EVIDENCED_BY"]:
        sentence = _span(view.nodes[edge.end])
        start, end = edge.integer("start"), edge.integer("end")
        if sentence is None or start is None or end is None:
            continue
        if not sentence[0] <= start < end <= sentence[1]:
            yield check.about_edge(edge, f"the words {start}-{end} are not in {edge.end}")


def missing(check: Check, view: View) -> Iterator[Problem]:
    """Find events and claims that no words state."""
    for node in (*view.by_label["Event"], *view.by_label["Claim"]):
        if node.key not in view.evidence:
            yield check.about_node(view, node.key, f"no words state {node.labels[-1]} {node.id}")


def sources(check: Check, view: View) -> Iterator[Problem]:
    """Find concepts that no list has and that are not marked as ungrounded."""
    for concept in view.by_label["Concept"]:
        if concept.text("source") is None:
            yield check.about_node(view, concept.key, f"no list has the concept {concept.id}")
