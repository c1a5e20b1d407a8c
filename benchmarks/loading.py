"""Nodes and relationships per second into each store, beside a bare driver loop with the same rows.

The floor writes the same rows with the same driver in as few statements, without ledger, removal
of old forms, shared nodes' clean-up and derived titles. One row a store: the embedded one, and
Neo4j where NEO4J_URI names one (it is emptied).
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator

import networkx as nx
from neo4j import ManagedTransaction

from benchmarks.options import CORPUS, Options
from kg.documents import read
from kg.graph.types import Graph
from kg.ingest.version import fingerprint
from kg.ingest.work import graph_of
from kg.stores import Store, open_store
from kg.stores.rows import Batch

SEED = CORPUS / "fonc.2022.1021786.txt"
REPORTS = 20
ROWS_PER_STATEMENT = 5_000


def reports() -> list[Graph]:
    """Return so many reports as large as the seed, each with ids of its own."""
    [document] = read(SEED)
    graph, _ = graph_of(document, fingerprint())
    return [_renamed(graph, document.id, f"doi:10.0/{number}") for number in range(REPORTS)]


def _renamed(graph: Graph, old: str, new: str) -> Graph:
    def rename(value: object) -> object:
        return new + value.removeprefix(old) if _of(value, old) else value  # type: ignore[union-attr]

    renamed: Graph = nx.MultiDiGraph(report=new)
    keys = {key: str(rename(key)) for key in graph}
    for key, data in graph.nodes(data=True):
        fields = {name: rename(value) for name, value in data["properties"].items()}
        renamed.add_node(keys[key], labels=data["labels"], properties=fields)
    for start, end, key, data in graph.edges(keys=True, data=True):
        fields = {name: rename(value) for name, value in data["properties"].items()}
        renamed.add_edge(keys[start], keys[end], key, type=data["type"], properties=fields)
    return renamed


def _of(value: object, report: str) -> bool:
    return isinstance(value, str) and value.startswith(report)


def bare(store: Store, graphs: list[Graph]) -> None:
    """Write the rows with plain CREATE and MATCH, and nothing else."""
    batch = Batch()
    for graph in graphs:
        batch.add(graph)
    rows = {**batch.owned, **{kind: list(found.values()) for kind, found in batch.shared.items()}}
    related = {place: list(found.values()) for place, found in batch.terminology.items()}

    def work(transaction: ManagedTransaction) -> None:
        for labels, created in rows.items():
            statement = f"UNWIND $rows AS row CREATE (n:{':'.join(labels)}) SET n = row"
            for part in _parts(created):
                transaction.run(statement, rows=part).consume()
        for (kind, start, end), created in {**batch.relationships, **related}.items():
            statement = (
                f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) "
                f"MATCH (b:{end} {{id: row.end}}) CREATE (a)-[r:{kind}]->(b) SET r = row.properties"
            )
            for part in _parts(created):
                transaction.run(statement, rows=part).consume()

    with store._session() as session:
        session.execute_write(work)


def _parts(rows: list[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    for start in range(0, len(rows), ROWS_PER_STATEMENT):
        yield rows[start : start + ROWS_PER_STATEMENT]


def figures(_: Options) -> Iterator[dict[str, object]]:
    """Yield one row for each store that is there."""
    graphs = reports()
    rows = sum(graph.number_of_nodes() + graph.number_of_edges() for graph in graphs)
    with tempfile.TemporaryDirectory() as folder:
        for uri in filter(None, (f"embedded:{folder}/store", os.environ.get("NEO4J_URI"))):
            with open_store(uri) as store:
                seconds: dict[str, float] = {}
                for name, write in (
                    ("warm-up", bare),
                    ("floor", bare),
                    ("kg", _load),
                    ("again", _load),
                ):
                    if name != "again":
                        store.clear()
                    started = time.perf_counter()
                    write(store, graphs)
                    seconds[name] = time.perf_counter() - started
            yield {
                "engine": store.engine,
                "rows": rows,
                "rows_per_second": round(rows / seconds["kg"]),
                "floor_rows_per_second": round(rows / seconds["floor"]),
                "ratio_to_floor": round(seconds["kg"] / seconds["floor"], 2),
                "reload_ratio_to_floor": round(seconds["again"] / seconds["floor"], 2),
            }


def _load(store: Store, graphs: list[Graph]) -> None:
    store.load(graphs)
