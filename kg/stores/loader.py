"""The loader: graphs into a store, the same statements on ArcadeDB and Neo4j.

A report is replaced whole: what it owned goes, what it owns now comes, in one transaction. So
loading twice changes nothing, a changed report leaves nothing of its old form behind, and what
fails leaves the store as it was. Shared nodes are merged by their key and go when nothing points
to them any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.graph import schema
from kg.graph.shapes import Ends, NodeType
from kg.stores import enrichment
from kg.stores.derived import derive_publications
from kg.stores.rows import Batch, Row
from kg.stores.statements import collect, run_rows

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

_OWNED = tuple(node for node in schema.NODES if node.owned == "report")
_SHARED = tuple(node for node in schema.NODES if node.owned == "shared")


def constraints() -> list[str]:
    """Return the statements that every store needs before its first row; they can be repeated."""
    unique = [
        f"CREATE CONSTRAINT kg_{node.label.lower()}_{node.key} IF NOT EXISTS "
        f"FOR (n:{node.label}) REQUIRE n.{node.key} IS UNIQUE"
        for node in schema.NODES
    ]
    owners = [
        f"CREATE INDEX kg_{node.label.lower()}_{schema.OWNER_OF_NODES} IF NOT EXISTS "
        f"FOR (n:{node.label}) ON (n.{schema.OWNER_OF_NODES})"
        for node in _OWNED
        if node.label != "Report"
    ]
    return unique + owners


def write(transaction: ManagedTransaction, batch: Batch, gone: Sequence[str] = ()) -> None:
    """Write a batch in place of what its reports, and those ``gone``, owned before."""
    orphans = remove(transaction, [*batch.reports, *gone])
    for labels, rows in sorted(batch.owned.items()):
        names = ":".join(labels)
        run_rows(transaction, f"UNWIND $rows AS row CREATE (n:{names}) SET n = row", rows)
    for labels, shared in sorted(batch.shared.items()):
        key = schema.node_type(labels[0]).key
        names = ":".join(labels)
        merge = f"UNWIND $rows AS row MERGE (n:{names} {{{key}: row.{key}}}) SET n += row"
        run_rows(transaction, merge, shared.values())
    for place, merged in sorted(batch.terminology.items()):
        run_rows(transaction, _relate("MERGE", *place), merged.values())
    for place, related in sorted(batch.relationships.items()):
        run_rows(transaction, _relate("CREATE", *place), related)
    left = orphans.get("Publication", [])
    orphans["Publication"] = sorted({*left, *enrichment.prune(transaction, left)})
    collect(transaction, orphans)
    cited = [row["id"] for row in batch.shared.get(("Publication",), {}).values()]
    derive_publications(transaction, {*cited, *orphans["Publication"]})


def _relate(verb: str, relationship: str, start: str, end: str) -> str:
    properties = "" if verb == "MERGE" else " SET r = row.properties"
    merged = " ON CREATE SET r = row.properties" if verb == "MERGE" else ""
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
        f"{verb} (a)-[r:{relationship}]->(b){properties}{merged}"
    )


def remove(transaction: ManagedTransaction, reports: Sequence[str]) -> dict[str, list[str]]:
    """Delete all that the reports own; return the shared nodes that they pointed to, by label."""
    known = run_rows(
        transaction, "UNWIND $rows AS id MATCH (n:Report {id: id}) RETURN n.id AS id", reports
    )
    ids = [row["id"] for row in known]
    if not ids:
        return {}
    pointed_to = {
        shared.label: {
            row["id"] for owned in _OWNED for row in _pointed_to(transaction, owned, shared, ids)
        }
        for shared in _SHARED
    }
    for shared in _SHARED:
        near = sorted(pointed_to[shared.label])
        pointed_to[shared.label] |= _unrelate(transaction, shared, near, ids)
    for owned in _OWNED:
        run_rows(transaction, f"{_of_reports(owned)} DETACH DELETE n", ids)
    return {label: sorted(found) for label, found in pointed_to.items()}


def _unrelate(
    transaction: ManagedTransaction, shared: NodeType, near: Sequence[str], owners: Sequence[str]
) -> set[str]:
    """Delete what the owners say between shared nodes, the near ones first; return the far ones."""
    far: set[str] = set()
    for relationship in schema.RELATIONSHIPS:
        ends = Ends(shared.label, shared.label)
        if relationship.owned == "report" and ends in relationship.ends:
            found = (
                f"UNWIND $rows AS id MATCH (n:{shared.label} {{id: id}})"
                f"-[r:{relationship.type}]->(m:{shared.label}) WHERE r.owner IN $owners"
            )
            said = run_rows(transaction, f"{found} RETURN m.id AS id", near, owners=owners)
            far.update(row["id"] for row in said)
            run_rows(transaction, f"{found} DELETE r", near, owners=owners)
    return far


def _of_reports(node: NodeType) -> str:
    owner = node.key if node.label == "Report" else schema.OWNER_OF_NODES
    return f"UNWIND $rows AS id MATCH (n:{node.label} {{{owner}: id}})"


def _pointed_to(
    transaction: ManagedTransaction, owned: NodeType, shared: NodeType, ids: Sequence[str]
) -> list[Row]:
    if not _may_point(owned, shared):
        return []
    statement = f"{_of_reports(owned)} MATCH (n)-->(m:{shared.label}) RETURN DISTINCT m.id AS id"
    return run_rows(transaction, statement, ids)


def _may_point(owned: NodeType, shared: NodeType) -> bool:
    return any(
        schema.key_label(ends.start) == owned.label and schema.key_label(ends.end) == shared.label
        for relationship in schema.RELATIONSHIPS
        for ends in relationship.ends
    )


def write_ledger(
    transaction: ManagedTransaction, sources: Sequence[Row], forgotten: Sequence[str] = ()
) -> None:
    """Write what became of sources, and tie each report to the bytes it was read from."""
    run_rows(transaction, "UNWIND $rows AS id MATCH (s:Source {id: id}) DETACH DELETE s", forgotten)
    run_rows(
        transaction,
        "UNWIND $rows AS row MERGE (s:Source {id: row.id}) SET s += row",
        sources,
    )
    run_rows(
        transaction,
        "UNWIND $rows AS row MATCH (s:Source {id: row.source}) MATCH (r:Report {id: row.report}) "
        "WHERE 'sha256:' + r.source_sha256 = s.id "
        "MERGE (r)-[t:READ_FROM]->(s) ON CREATE SET t.owner = row.report",
        [
            {"source": source["id"], "report": report}
            for source in sources
            for report in source["reports"]
        ],
    )
