"""The reference page of predicates says what the table says."""

from __future__ import annotations

from pathlib import Path

from kg.cases.claims.grammar import predicates

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "predicates.md"


def test_every_predicate_is_documented_as_it_is_defined():
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    for predicate in predicates().values():
        term = f"`{predicate.relation_ontology}`" if predicate.relation_ontology else ""
        row = (
            f"| `{predicate.name}` | {predicate.sign or ''} | {predicate.definition} "
            f"| `{predicate.biolink}` | {term} |"
        )
        assert row in lines
