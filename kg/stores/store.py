"""One store, embedded or Neo4j: open it, load graphs, keep the ledger, ask in Cypher."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.stores import enrichment, loader
from kg.stores.bolt import Connection, connect, driver_errors
from kg.stores.enrichment import Record
from kg.stores.rows import Batch, Row

if TYPE_CHECKING:
    from kg.graph.types import Graph


_PER_DELETE = 10_000
"""Nodes that one transaction of :meth:`Store.clear` deletes."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One entry of the ledger: bytes that were given, and what became of them.

    ``reports`` are the ids of the works read from them: one as a rule, many from a set of records.
    ``status`` is ``loaded``, ``superseded``, ``failed``, ``quarantined`` or ``set_aside``.
    """

    id: str
    name: str
    status: str
    version: str
    format: str | None = None
    reports: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class KnownReport:
    """What the store holds of one report, as far as ingesting must know it."""

    id: str
    doi: str | None
    pmid: str | None
    pmcid: str | None
    source_format: str
    source_sha256: str
    source_name: str | None
    characters: int


class Store:
    """A graph store; made by :func:`open_store`, usable while its block runs."""

    def __init__(self, uri: str, connection: Connection) -> None:
        self.uri = uri
        self.engine = connection.engine
        self._connection = connection

    def prepare(self) -> None:
        """Create constraints and indexes where they are missing."""
        with driver_errors(self.uri), self._session() as session:
            for statement in loader.constraints():
                session.run(statement).consume()

    def load(
        self,
        graphs: Iterable[Graph],
        *,
        sources: Iterable[SourceRecord] = (),
        gone: Sequence[str] = (),
        forgotten: Sequence[str] = (),
    ) -> None:
        """Write the graphs, in place of what their reports owned before, in one transaction.

        Parameters
        ----------
        graphs
            Checked graphs, one a report (:func:`kg.graph.build`).
        sources
            Ledger entries to write with them.
        gone
            Ids of reports that these graphs supersede, removed in the same transaction.
        forgotten
            Ids of sources whose ledger entries go.
        """
        batch = Batch()
        for graph in graphs:
            batch.add(graph)
        ledger = [_source_row(source) for source in sources]

        def work(transaction: Any) -> None:
            loader.write(transaction, batch, gone)
            loader.write_ledger(transaction, ledger, forgotten)

        with driver_errors(self.uri), self._session() as session:
            session.execute_write(work)

    def remove(self, reports: Sequence[str]) -> None:
        """Remove reports with all that they own; shared nodes stay while others need them."""
        self.load((), gone=reports)

    def enrich(self, records: Sequence[Record]) -> None:
        """Write what sources say of works, in place of what they said before, in one transaction.

        Records of works that no report is or cites are left out.
        """

        def work(transaction: Any) -> None:
            enrichment.write_records(transaction, records)

        with driver_errors(self.uri), self._session() as session:
            session.execute_write(work)

    def remove_enrichment(self, source: str) -> int:
        """Remove all that a source says, return how many records it had."""
        found = self.read(
            "MATCH (c:Record {source: $source}) RETURN c.id AS id", {"source": source}
        )
        ids = sorted(row["id"] for row in found)

        def work(transaction: Any, part: Sequence[str]) -> None:
            enrichment.remove_records(transaction, part)

        with driver_errors(self.uri), self._session() as session:
            for start in range(0, len(ids), _PER_DELETE):
                session.execute_write(work, ids[start : start + _PER_DELETE])
        return len(ids)

    def clear(self) -> None:
        """Delete all nodes and relationships; constraints and indexes stay."""
        with driver_errors(self.uri), self._session() as session:
            while True:
                deleted = session.run(
                    "MATCH (n) WITH n LIMIT $n DETACH DELETE n RETURN count(*) AS n", n=_PER_DELETE
                ).single()
                if not deleted or not deleted["n"]:
                    return

    def sources(self) -> dict[str, SourceRecord]:
        """Return the ledger, by source id."""
        rows = self.read(
            "MATCH (s:Source) RETURN s.id AS id, s.name AS name, s.status AS status, "
            "s.version AS version, s.format AS format, s.reports AS reports, s.reason AS reason"
        )
        return {
            row["id"]: SourceRecord(**{**row, "reports": tuple(row["reports"] or ())})
            for row in rows
        }

    def reports(self) -> list[KnownReport]:
        """Return the reports that the store holds, in the order of their ids."""
        rows = self.read(
            "MATCH (r:Report) OPTIONAL MATCH (r)-[:READ_FROM]->(s:Source) "
            "RETURN r.id AS id, r.doi AS doi, r.pmid AS pmid, r.pmcid AS pmcid, "
            "r.source_format AS source_format, r.source_sha256 AS source_sha256, "
            "s.name AS source_name, coalesce(r.characters, 0) AS characters ORDER BY id"
        )
        return [KnownReport(**row) for row in rows]

    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Run a reading statement and return its rows.

        The caller vouches that it only reads: ArcadeDB lets a write through a reading session.
        """

        def work(transaction: Any) -> list[Row]:
            return [dict(record) for record in transaction.run(cypher, dict(parameters or {}))]

        with driver_errors(self.uri), self._session() as session:
            rows: list[Row] = session.execute_read(work)
        return rows

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many nodes of each label and relationships of each type there are."""
        nodes = self.read("MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS n")
        relationships = self.read("MATCH ()-[r]->() RETURN type(r) AS label, count(*) AS n")
        return {
            "nodes": {row["label"]: row["n"] for row in sorted(nodes, key=_label)},
            "relationships": {row["label"]: row["n"] for row in sorted(relationships, key=_label)},
        }

    def _session(self) -> Any:
        return self._connection.driver.session(database=self._connection.database)


def _label(row: Row) -> str:
    return str(row["label"])


def _source_row(source: SourceRecord) -> Row:
    row = {name: getattr(source, name) for name in SourceRecord.__slots__}
    return {**row, "reports": list(source.reports)}


@contextmanager
def open_store(uri: str, *, create: bool = True) -> Iterator[Store]:
    """Open a store: ``embedded:PATH``, ``bolt://…`` or ``neo4j://…``.

    With ``create`` an embedded store is made where there is none, and constraints and indexes
    where they are missing; without it the store is only opened to be asked.

    Raises
    ------
    StoreError
        When it is down, refuses the login, or is held by another process.
    UsageError
        When the address is of no known kind.
    """
    with connect(uri, create=create) as connection:
        store = Store(uri, connection)
        if create:
            store.prepare()
        yield store
