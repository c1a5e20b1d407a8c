"""What all writing to a store is made of: statements over many rows, and letting go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.stores.rows import Row

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

ROWS_PER_STATEMENT = 5_000
"""Rows of one UNWIND: larger ones cost memory in the store and gain nothing measurable."""


def run_rows(
    transaction: ManagedTransaction, statement: str, rows: Iterable[Any], **fixed: Any
) -> list[Row]:
    """Run a statement that unwinds ``$rows``, in parts of a fair size; return what it returns.

    ``fixed`` are parameters that are the same for every part.
    """
    found: list[Row] = []
    listed = list(rows)
    for start in range(0, len(listed), ROWS_PER_STATEMENT):
        part = listed[start : start + ROWS_PER_STATEMENT]
        found.extend(dict(record) for record in transaction.run(statement, rows=part, **fixed))
    return found


def collect(transaction: ManagedTransaction, orphans: Mapping[str, Sequence[str]]) -> None:
    """Delete shared nodes that nothing points to, and then those above them in turn."""
    for label, ids in orphans.items():
        candidates = ids
        while candidates:
            unused = f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) WHERE NOT (n)<--()"
            found = run_rows(
                transaction,
                f"{unused} OPTIONAL MATCH (n)-->(m:{label}) "
                "RETURN n.id AS id, collect(DISTINCT m.id) AS above",
                candidates,
            )
            run_rows(transaction, f"{unused} DETACH DELETE n", [row["id"] for row in found])
            candidates = sorted({above for row in found for above in row["above"]})
