"""What bibliographic sources say of works, in and out of a store.

A record replaces whatever its source said of the same work before. It owns what it says, by its
id, and stays as long as a report is or cites the work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from kg.graph import schema
from kg.graph.types import Value
from kg.sources.works import Bibliography
from kg.stores.derived import derive_publications
from kg.stores.rows import Row
from kg.stores.statements import collect, run_rows

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

LinkType = Literal["SAME_AS", "MAY_BE", "UPDATED_BY", "IS_PREPRINT_OF"]
_LINKS: tuple[LinkType, ...] = ("SAME_AS", "MAY_BE", "UPDATED_BY", "IS_PREPRINT_OF")
_RECORD = "UNWIND $rows AS id MATCH (c:Record {id: id})"
_SCHEMES = ("doi", "pmid", "pmcid")


@dataclass(frozen=True, slots=True)
class Link:
    """What a record says of its work and another, named by its publication id."""

    type: LinkType
    to: str
    properties: Mapping[str, Value | None] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Record:
    """What a source says of a work; ``work`` is the publication's id, the rest as in the schema."""

    source: str
    work: str
    status: Literal["found", "doubtful", "not_found"]
    checked_on: str
    told: Bibliography = field(default_factory=Bibliography)
    score: float | None = None
    links: tuple[Link, ...] = ()

    @property
    def id(self) -> str:
        """The record's id: one source says one thing of one work.

        Examples
        --------
        >>> Record("crossref", "doi:10.1/x", "found", "2026-01-02").id
        'crossref:doi:10.1/x'
        """
        return f"{self.source}:{self.work}"


def write_records(transaction: ManagedTransaction, records: Sequence[Record]) -> None:
    """Write records of works that are in the store, in place of their sources' earlier ones."""
    held = _held(transaction, {record.work for record in records})
    kept = [record for record in records if record.work in held]
    left = _delete(transaction, [record.id for record in kept])
    run_rows(transaction, "UNWIND $rows AS row CREATE (c:Record) SET c = row", map(_row, kept))
    run_rows(
        transaction,
        "UNWIND $rows AS row MATCH (c:Record {id: row.id}) MATCH (p:Publication {id: row.work}) "
        "CREATE (c)-[r:DESCRIBES_WORK]->(p) SET r.owner = row.id",
        [{"id": record.id, "work": record.work} for record in kept],
    )
    linked = _write_links(transaction, kept)
    collect(transaction, {"Publication": sorted(left)})
    derive_publications(transaction, left | linked | {record.work for record in kept})


def remove_records(transaction: ManagedTransaction, ids: Sequence[str]) -> None:
    """Remove records with all that they say."""
    left = _delete(transaction, ids)
    collect(transaction, {"Publication": sorted(left)})
    derive_publications(transaction, left)


def prune(transaction: ManagedTransaction, works: Sequence[str]) -> set[str]:
    """Delete the records of works that no report is or cites; return the works they spoke of."""
    unheld = sorted(set(works) - _held(transaction, works))
    found = run_rows(
        transaction,
        "UNWIND $rows AS id MATCH (p:Publication {id: id})<-[:DESCRIBES_WORK]-(c:Record) "
        "RETURN c.id AS id",
        unheld,
    )
    return _delete(transaction, [row["id"] for row in found])


def _held(transaction: ManagedTransaction, works: Collection[str]) -> set[str]:
    """Return which of the works a report is or cites."""
    rows = run_rows(
        transaction,
        "UNWIND $rows AS id MATCH (p:Publication {id: id})<-[:TO|PUBLISHED_AS]-() "
        "RETURN DISTINCT p.id AS id",
        sorted(works),
    )
    return {row["id"] for row in rows}


def _delete(transaction: ManagedTransaction, ids: Sequence[str]) -> set[str]:
    """Delete records; return the works that they spoke of."""
    left = {
        row["id"]
        for row in run_rows(
            transaction, f"{_RECORD}-[:DESCRIBES_WORK]->(p:Publication) RETURN p.id AS id", ids
        )
    }
    for type in _LINKS:
        said = f"{_RECORD}-[:DESCRIBES_WORK]->(:Publication)-[r:{type} {{owner: id}}]->(q)"
        left |= {row["id"] for row in run_rows(transaction, f"{said} RETURN q.id AS id", ids)}
        run_rows(transaction, f"{said} DELETE r", ids)
    run_rows(transaction, f"{_RECORD} DETACH DELETE c", ids)
    return left


def _write_links(transaction: ManagedTransaction, records: Iterable[Record]) -> set[str]:
    works: dict[str, Row] = {}
    rows: dict[str, dict[tuple[object, ...], Row]] = defaultdict(dict)
    for record in records:
        for link in record.links:
            if link.to == record.work:
                continue
            works[link.to] = _work_row(link.to)
            said = {name: value for name, value in link.properties.items() if value is not None}
            said[schema.OWNER_OF_RELATIONSHIPS] = record.id
            identity = [said.get(name) for name in schema.relationship_type(link.type).identity]
            row = {"start": record.work, "end": link.to, "properties": said}
            rows[link.type].setdefault((record.id, link.to, *identity), row)
    run_rows(
        transaction,
        "UNWIND $rows AS row MERGE (p:Publication {id: row.id}) ON CREATE SET p += row",
        works.values(),
    )
    for type, linked in sorted(rows.items()):
        run_rows(
            transaction,
            "UNWIND $rows AS row MATCH (a:Publication {id: row.start}) "
            f"MATCH (b:Publication {{id: row.end}}) CREATE (a)-[r:{type}]->(b) "
            "SET r = row.properties",
            linked.values(),
        )
    return set(works)


def _work_row(id: str) -> Row:
    scheme, _, rest = id.partition(":")
    return {"id": id, scheme: rest} if scheme in _SCHEMES else {"id": id}


def _row(record: Record) -> Row:
    values = {name: getattr(record, name) for name in ("source", "status", "checked_on", "score")}
    values |= {one.name: getattr(record.told, one.name) for one in fields(Bibliography)}
    row = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value is not None and value != ()
    }
    return {"id": record.id, **row}
