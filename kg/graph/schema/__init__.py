"""The graph schema, stated once.

Constraints, CSV headers, the documentation table, the checks and the exports are all made from
``NODES`` and ``RELATIONSHIPS``; nothing else names a label with its properties.

Owned nodes carry the id of their report as ``report`` (:data:`OWNER_OF_NODES`), every
relationship the id of its contributor as ``owner`` (:data:`OWNER_OF_RELATIONSHIPS`), so that
removal is exact.
"""

from __future__ import annotations

from functools import cache

from kg.graph.schema.nodes import NODES
from kg.graph.schema.relationships import RELATIONSHIPS
from kg.graph.shapes import NodeType, Property, RelationshipType

__all__ = [
    "NODES",
    "OWNER_OF_NODES",
    "OWNER_OF_RELATIONSHIPS",
    "RELATIONSHIPS",
    "TERMINOLOGY",
    "key_label",
    "node_properties",
    "node_type",
    "relationship_properties",
    "relationship_type",
]

OWNER_OF_NODES = "report"
OWNER_OF_RELATIONSHIPS = "owner"
TERMINOLOGY = "terminology"
"""The owner of IS_A and HAS_COMPONENT."""


@cache
def _nodes_by_label() -> dict[str, NodeType]:
    return {label: node for node in NODES for label in (node.label, *node.kinds)}


@cache
def _relationships_by_type() -> dict[str, RelationshipType]:
    return {relationship.type: relationship for relationship in RELATIONSHIPS}


def node_type(label: str) -> NodeType:
    """Return the node type that bears a label, be it the key's or a kind's.

    Raises
    ------
    KeyError
        When the schema has no such label.

    Examples
    --------
    >>> node_type("Exposure").label
    'Event'
    """
    return _nodes_by_label()[label]


def relationship_type(name: str) -> RelationshipType:
    """Return the relationship type of a name.

    Raises
    ------
    KeyError
        When the schema has no such relationship.

    Examples
    --------
    >>> relationship_type("MENTIONS").identity
    ('start', 'end')
    """
    return _relationships_by_type()[name]


def key_label(label: str) -> str:
    """Return the label that bears the key of a node of this label.

    Examples
    --------
    >>> key_label("Therapy")
    'Concept'
    """
    return node_type(label).label


def node_properties(node: NodeType) -> tuple[Property, ...]:
    """Return all properties of a node type, the owner's included.

    Examples
    --------
    >>> [p.name for p in node_properties(node_type("Trial"))]
    ['id']
    """
    if node.owned != "report" or node.label == "Report":
        return node.properties
    owner = Property(OWNER_OF_NODES, "string", "id of the report that owns it", required=True)
    return (*node.properties, owner)


def relationship_properties(relationship: RelationshipType) -> tuple[Property, ...]:
    """Return all properties of a relationship type, the owner's included.

    Examples
    --------
    >>> [p.name for p in relationship_properties(relationship_type("TO"))]
    ['owner']
    """
    doc = "id of the report or Record that brought it, or `terminology`"
    owner = Property(OWNER_OF_RELATIONSHIPS, "string", doc, required=True)
    return (*relationship.properties, owner)
