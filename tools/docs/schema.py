"""The page of the graph schema, from :mod:`kg.graph.schema`."""

from __future__ import annotations

from collections.abc import Iterable

from kg.graph.schema import (
    NODES,
    RELATIONSHIPS,
    node_properties,
    relationship_properties,
)
from kg.graph.shapes import NodeType, Property, RelationshipType
from tools.docs.markdown import notice, table

_OWNED = {
    "report": "owned by one report, and removed with it",
    "shared": "shared; stays as long as something owned points to it",
    "terminology": "owned by the terminology",
    "ledger": "of the ledger of ingesting",
    "enrichment": "brought by enriching, and removed with it",
}


def page() -> str:
    """Return the page."""
    parts = [
        "# Graph schema",
        notice("kg/graph/schema"),
        "Required properties are in bold. Dates are `Date`, lists are lists of string; what is "
        "not known is not there. `docs/explanation/graph.md` says why the graph is so.",
        "## Nodes",
        _overview(),
        *(_node(node) for node in NODES),
        "## Relationships",
        *(_relationship(kind) for kind in RELATIONSHIPS),
    ]
    return "\n\n".join(parts) + "\n"


def _overview() -> str:
    rows = ((f"[`{n.label}`](#{n.label.lower()})", n.doc, _OWNED[n.owned]) for n in NODES)
    return table(("node", "what it stands for", "owner"), rows)


def _node(node: NodeType) -> str:
    kinds = ""
    if node.kinds:
        listed = ", ".join(f"`{kind}`" for kind in node.kinds)
        kinds = f"\n\nEach bears one of the second labels {listed}; the key is of `{node.label}`."
    return f"### {node.label}\n\n{node.doc}{kinds}\n\n{_properties(node_properties(node))}"


def _relationship(kind: RelationshipType) -> str:
    ends = "\n".join(f"- `(:{e.start})-[:{kind.type}]->(:{e.end})`" for e in kind.ends)
    identity = ""
    if kind.identity:
        names = ", ".join(f"`{name}`" for name in kind.identity)
        identity = f"\n\nTold from another between the same two by {names}."
    properties = _properties(relationship_properties(kind))
    return f"### {kind.type}\n\n{kind.doc}\n\n{ends}{identity}\n\n{properties}"


def _properties(properties: Iterable[Property]) -> str:
    return table(
        ("property", "type", "meaning"),
        ((f"**{p.name}**" if p.required else p.name, p.type, p.doc) for p in properties),
    )
