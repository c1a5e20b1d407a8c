"""Concept nodes: what is named, all that stands above it, and what a regimen consists of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, get_args

from kg.errors import TermsError
from kg.graph.builder.writer import GraphWriter
from kg.graph.types import Fields, nodes
from kg.terms.model import Concept, ConceptKind

_KINDS: dict[str, ConceptKind] = {kind.lower(): kind for kind in get_args(ConceptKind)}
_UNGROUNDED = "text:"


class Concepts(Protocol):
    """Where concepts are looked up; :class:`kg.terms.Terminology` is one."""

    def concept(self, identifier: str, /) -> Concept:
        """Return the concept of an id; raises KeyError where no list has it."""
        ...

    def __contains__(self, identifier: object, /) -> bool:
        """Tell whether a list has the id."""
        ...


def write_concepts(
    writer: GraphWriter, needed: Mapping[str, ConceptKind], concepts: Concepts
) -> None:
    """Write the needed concepts, closed over IS_A and HAS_COMPONENT.

    An id that no list has becomes a node without name and source, for the checks to find.

    Parameters
    ----------
    writer
        The graph under construction.
    needed
        Ids with the kind that the text takes them for.
    concepts
        The terminology.
    """
    waiting = sorted(needed, reverse=True)
    while waiting:
        id = waiting.pop()
        if id in writer.graph:
            continue
        if id not in concepts and not id.startswith(_UNGROUNDED):
            writer.node(needed[id], id, {"grounded": False})
            continue
        concept = ungrounded(id) if id.startswith(_UNGROUNDED) else concepts.concept(id)
        _write(writer, concept)
        waiting.extend(i for i in (*concept.parents, *concept.components) if i in concepts)
    _write_hierarchy(writer, concepts)


def _write(writer: GraphWriter, concept: Concept) -> None:
    properties: Fields = {
        "name": concept.name,
        "keys": concept.keys,
        "category": concept.label,
        "source": concept.source,
        "grounded": concept.grounded,
    }
    writer.node(concept.kind, concept.id, properties)


def _write_hierarchy(writer: GraphWriter, concepts: Concepts) -> None:
    written = [node.id for node in nodes(writer.graph) if node.labels[0] == "Concept"]
    for id in (i for i in written if i in concepts):
        concept = concepts.concept(id)
        for parent in (i for i in concept.parents if i in concepts):
            writer.relationship("IS_A", id, parent)
        for component in (i for i in concept.components if i in concepts):
            writer.relationship("HAS_COMPONENT", id, component)


def ungrounded(id: str) -> Concept:
    """Return the concept that an id of the form ``text:<kind>/<normal form>`` stands for.

    It carries what the id says and no more, so that two reports make the same node of it.

    Raises
    ------
    TermsError
        When the id has another form.

    Examples
    --------
    >>> ungrounded("text:therapy/snake oil").keys
    ('snake oil',)
    """
    kind, slash, name = id.removeprefix(_UNGROUNDED).partition("/")
    if not slash or not name or kind.lower() not in _KINDS:
        raise TermsError(
            "the id of an ungrounded concept is malformed",
            where=id,
            hint="write text:<kind>/<normal form>, the kind being one of " + ", ".join(_KINDS),
        )
    return Concept(
        id=id,
        name=name,
        kind=_KINDS[kind.lower()],
        label="ungrounded",
        keys=(name,),
        source="text",
        grounded=False,
    )
