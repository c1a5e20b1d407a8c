import pytest

from kg.graph import schema
from kg.graph.shapes import NodeType, RelationshipType


def test_labels_and_types_are_stated_once() -> None:
    labels = [label for node in schema.NODES for label in (node.label, *node.kinds)]
    types = [relationship.type for relationship in schema.RELATIONSHIPS]
    assert len(labels) == len(set(labels))
    assert len(types) == len(set(types))


@pytest.mark.parametrize("relationship", schema.RELATIONSHIPS, ids=lambda r: r.type)
def test_ends_are_labels_of_the_schema(relationship: RelationshipType) -> None:
    for ends in relationship.ends:
        assert schema.node_type(ends.start)
        assert schema.node_type(ends.end)


@pytest.mark.parametrize("relationship", schema.RELATIONSHIPS, ids=lambda r: r.type)
def test_an_identity_is_of_required_properties(relationship: RelationshipType) -> None:
    required = {p.name for p in schema.relationship_properties(relationship) if p.required}
    assert set(relationship.identity) <= required


@pytest.mark.parametrize("node", schema.NODES, ids=lambda n: n.label)
def test_the_key_is_required_and_no_property_stands_twice(node: NodeType) -> None:
    properties = schema.node_properties(node)
    assert node.key in {p.name for p in properties if p.required}
    assert len({p.name for p in properties}) == len(properties)


def test_what_a_report_owns_names_it() -> None:
    for node in schema.NODES:
        names = {p.name for p in schema.node_properties(node)}
        owned = node.owned == "report" and node.label != "Report"
        assert (schema.OWNER_OF_NODES in names) is owned
