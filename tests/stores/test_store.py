"""Laws of a store: twice is once, order is nothing, removal is exact. On every engine."""

from __future__ import annotations

from typing import Any

import pytest

from kg.errors import StoreRefusedError
from kg.stores import SourceRecord, Store
from tests.stores.graphs import report

ALPHA, BETA = "doi:10.1/alpha", "doi:10.1/beta"
CITED = "doi:10.9/cited"


def contents(store: Store) -> tuple[list[Any], list[Any]]:
    """All that a store holds, in an order of its own."""
    nodes = store.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties")
    relationships = store.read(
        "MATCH (a)-[r]->(b) RETURN labels(a) AS start_labels, a.id AS start, type(r) AS type, "
        "properties(r) AS properties, labels(b) AS end_labels, b.id AS end"
    )
    return (
        sorted((sorted(n["labels"]), sorted(n["properties"].items())) for n in nodes),
        sorted(
            (
                sorted(r["start_labels"]),
                r["start"],
                r["type"],
                sorted(r["end_labels"]),
                r["end"],
                sorted(r["properties"].items()),
            )
            for r in relationships
        ),
    )


def alpha(**changes: Any) -> Any:
    fields: dict[str, Any] = {
        "concepts": ["kg:interferon-alpha-2b", "kg:car-t"],
        "cited": {CITED: "On interferon", "doi:10.9/other": "On cells"},
        "same_as": (CITED, "pmid:1"),
    }
    return report(ALPHA, **{**fields, **changes})


def beta() -> Any:
    return report(BETA, concepts=["kg:interferon"], cited={CITED: "A home-made title"})


def test_what_is_loaded_is_there(store: Store) -> None:
    store.load([alpha()])
    rows = store.read(
        "MATCH (:Report {id: $id})-[:HAS_SENTENCE]->(:Sentence)-[m:MENTIONS]->(c:Therapy) "
        "RETURN m.start AS start, c.id AS concept, c.keys AS keys ORDER BY start",
        {"id": ALPHA},
    )
    assert rows == [
        {"start": 0, "concept": "kg:interferon-alpha-2b", "keys": ["interferon-alpha-2b"]},
        {"start": 1, "concept": "kg:car-t", "keys": ["car-t"]},
    ]


def test_loading_twice_changes_nothing(store: Store) -> None:
    store.load([alpha(), beta()])
    once = contents(store)
    store.load([alpha(), beta()])
    assert contents(store) == once


def test_order_of_loading_changes_nothing(store: Store) -> None:
    store.load([alpha()])
    store.load([beta()])
    forwards = contents(store)
    store.clear()
    store.load([beta(), alpha()])
    assert contents(store) == forwards


def test_removing_what_was_added_restores_what_was(store: Store) -> None:
    store.load([beta()])
    before = contents(store)
    store.load([alpha()])
    assert contents(store) != before
    store.remove([ALPHA])
    assert contents(store) == before


def test_removing_the_last_report_leaves_nothing(store: Store) -> None:
    store.load([alpha(), beta()])
    store.remove([ALPHA, BETA])
    assert contents(store) == ([], [])


def test_a_changed_report_equals_the_old_removed_and_the_new_added(store: Store) -> None:
    changed = {"concepts": ["kg:cell-therapy"], "cited": {"doi:10.9/new": "New"}, "same_as": None}
    store.load([alpha(**changed), beta()])
    fresh = contents(store)
    store.clear()
    store.load([alpha(), beta()])
    store.load([alpha(**changed)])
    assert contents(store) == fresh


def test_a_superseded_report_goes_with_the_one_that_replaces_it(store: Store) -> None:
    store.load([alpha()])
    store.load([beta()], gone=[ALPHA])
    assert [known.id for known in store.reports()] == [BETA]


@pytest.mark.parametrize("first", [0, 1])
def test_a_works_title_is_its_own_reports_else_the_commonest(store: Store, first: int) -> None:
    titles = ["On interferon", "On interferon", "Interferon, on"]
    graphs = [report(f"doi:10.2/{n}", cited={ALPHA: title}) for n, title in enumerate(titles)]
    store.load(graphs[first:])
    store.load(graphs[:first])

    def title() -> str:
        [row] = store.read("MATCH (p:Publication {id: $id}) RETURN p.title AS title", {"id": ALPHA})
        return str(row["title"])

    assert title() == "On interferon"
    store.load([alpha()])
    assert title() == f"Title of {ALPHA}"
    store.remove([ALPHA])
    assert title() == "On interferon"


def test_a_notice_in_the_store_marks_the_report_it_retracts(store: Store) -> None:
    notice = report(BETA, same_as=("pmid:1", CITED))
    work = "publication:pmid:1"
    notice.nodes[BETA]["properties"]["published"] = "2021-05-07"
    written = {"type": "RETRACTS", "properties": {"owner": BETA}}
    notice.add_edge(BETA, work, ("RETRACTS",), **written)
    store.load([report(CITED)])
    before = contents(store)
    store.load([notice])
    cypher = "MATCH (r:Report {id: $id}) RETURN r.retracted AS retracted, r.retracted_on AS on"
    assert store.read(cypher, {"id": CITED}) == [{"retracted": True, "on": "2021-05-07"}]
    store.remove([BETA])
    assert contents(store) == before


def test_what_fails_leaves_the_store_as_it_was(store: Store) -> None:
    store.load([beta()])
    before = contents(store)
    broken = alpha()
    broken.nodes[f"{ALPHA}#sentence-0-9"]["properties"]["id"] = f"{BETA}#sentence-0-9"
    with pytest.raises(StoreRefusedError):
        store.load([broken])
    assert contents(store) == before


def test_the_ledger_remembers_sources_and_ties_them_to_their_reports(store: Store) -> None:
    loaded = SourceRecord("sha256:a", "a.txt", "loaded", "1", reports=(ALPHA,))
    failed = SourceRecord("sha256:b", "b.txt", "failed", "1", reason="no text")
    store.load([alpha(sha256="a")], sources=[loaded, failed])
    assert store.sources() == {"sha256:a": loaded, "sha256:b": failed}
    [known] = store.reports()
    assert (known.id, known.source_name) == (ALPHA, "a.txt")
    store.load([], forgotten=["sha256:a"])
    assert set(store.sources()) == {"sha256:b"}


def test_clear_leaves_an_empty_store(store: Store) -> None:
    store.load([alpha(), beta()])
    store.clear()
    assert store.counts() == {"nodes": {}, "relationships": {}}
