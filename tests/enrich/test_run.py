"""Enriching a store: what the sources say arrives, changes nothing twice, goes without trace."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kg.enrich import Summary, enrich
from kg.sources.settings import Settings
from kg.stores import Store
from tests.cli.running import Kg
from tests.enrich.conftest import Bibliography, retraction
from tests.sources.server import Answer
from tests.stores.graphs import report
from tests.stores.test_store import contents

ALPHA, BETA = "doi:10.1001/alpha", "doi:10.1001/beta"
CITED = "doi:10.1009/cited"
NAMED = "ref:lee/2000/abc"
TITLE = "Interferon after cell therapy in relapsed leukaemia"
RETRACTED = {
    "updated-by": [
        {
            "type": "Retraction",
            "DOI": "10.1009/notice",
            "source": "retraction-watch",
            "updated": {"date-parts": [[2021, 5, 7]]},
        }
    ]
}


def run(store: Store, settings: Settings, day: int = 1, **options: Any) -> Summary:
    return enrich(store, settings, now=lambda: datetime(2026, 1, day, tzinfo=UTC), **options)


def one(store: Store, cypher: str, **parameters: Any) -> dict[str, Any]:
    [row] = store.read(cypher, parameters)
    return row


def work(store: Store, id: str) -> dict[str, Any]:
    return one(
        store,
        "MATCH (p:Publication {id: $id}) RETURN p.title AS title, p.year AS year, "
        "p.retracted AS retracted, p.retracted_on AS retracted_on",
        id=id,
    )


def retracted(store: Store, id: str) -> tuple[bool, str | None]:
    row = one(
        store,
        "MATCH (r:Report {id: $id}) RETURN r.retracted AS retracted, r.retracted_on AS on",
        id=id,
    )
    return row["retracted"], row["on"]


def test_a_cited_works_title_is_the_sources(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    bibliography.crossref("10.1009/cited", TITLE, 2001)
    store.load([report(ALPHA, cited={CITED: TITLE.upper()})])
    summary = run(store, settings)
    assert work(store, CITED)["title"] == TITLE
    assert work(store, CITED)["year"] == 2001
    assert summary.counts == {"completed": 1, "not_found": 1}
    assert work(store, ALPHA)["title"] == f"Title of {ALPHA}"


def test_what_was_asked_is_not_asked_again_until_it_is_old(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    bibliography.crossref("10.1009/cited", TITLE)
    store.load([report(ALPHA, cited={CITED: TITLE})])
    assert run(store, settings).asked == 2
    once = contents(store)
    asked = len(bibliography.source.asked)
    assert run(store, settings, day=20).asked == 0
    assert len(bibliography.source.asked) == asked
    assert contents(store) == once
    assert run(store, settings, day=20, older_than=5).asked == 2


def test_a_limited_run_goes_on_where_it_was(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    store.load([report(ALPHA, cited={f"doi:10.1009/{n}": TITLE for n in range(4)})])
    assert [run(store, settings, limit=2).asked for _ in range(4)] == [2, 2, 1, 0]


def test_a_retraction_reaches_the_report_and_survives_its_coming_again(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    bibliography.crossref("10.1001/alpha", f"Title of {ALPHA}", **RETRACTED)
    store.load([report(ALPHA)])
    assert retracted(store, ALPHA) == (False, None)
    before = contents(store)
    assert run(store, settings).counts["retracted"] == 1
    assert retracted(store, ALPHA) == (True, "2021-05-07")
    enriched = contents(store)
    store.load([report(ALPHA)])
    assert contents(store) == enriched
    store.load([report(ALPHA, sha256="b")])
    assert retracted(store, ALPHA) == (True, "2021-05-07")
    store.load([report(ALPHA)])
    store.remove_enrichment("crossref")
    store.remove_enrichment("pubmed")
    assert contents(store) == before


def test_a_notice_is_a_work_of_its_own(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    bibliography.crossref("10.1009/cited", TITLE, **RETRACTED)
    store.load([report(ALPHA, cited={CITED: TITLE})])
    run(store, settings)
    row = one(
        store,
        "MATCH (:Publication {id: $id})-[u:UPDATED_BY]->(n:Publication) "
        "RETURN u.kind AS kind, u.on AS on, u.told_by AS by, u.owner AS owner, n.id AS notice",
        id=CITED,
    )
    assert row == {
        "kind": "retraction",
        "on": "2021-05-07",
        "by": "retraction-watch",
        "owner": f"crossref:{CITED}",
        "notice": "doi:10.1009/notice",
    }
    assert work(store, CITED)["retracted"] is True


def test_pubmed_tells_of_a_retraction_by_the_other_id(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    bibliography.pubmed("7", TITLE, "10.1001/alpha", comments=retraction("8", "2022 Mar 4"))
    store.load([report(ALPHA), report(BETA, cited={"pmid:7": TITLE})])
    run(store, settings)
    assert retracted(store, ALPHA) == (True, "2022-03-04")
    store.remove([BETA])
    assert retracted(store, ALPHA) == (True, "2022-03-04")


def test_a_doi_and_a_pmid_that_a_source_joins_are_one_work(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    bibliography.pubmed("7", TITLE, "10.1009/cited")
    store.load([report(ALPHA, cited={"pmid:7": TITLE}), report(BETA, cited={CITED: TITLE})])
    run(store, settings)
    row = one(
        store,
        "MATCH (:Publication {id: 'pmid:7'})-[s:SAME_AS]->(p:Publication) "
        "RETURN p.id AS id, s.owner AS owner",
    )
    assert row == {"id": CITED, "owner": "pubmed:pmid:7"}


def test_a_doi_is_found_for_a_work_without_one(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    bibliography.crossref("10.1009/cited", TITLE)
    bibliography.crossref("10.1009/else", "A rare tumour of the heart")
    bibliography.pubmed("7", TITLE, "10.1009/cited")
    store.load([report(ALPHA, cited={NAMED: TITLE})])
    assert run(store, settings).counts["doi_found"] == 1
    rows = store.read(
        "MATCH (:Publication {id: $id})-[s:SAME_AS]->(p:Publication) "
        "RETURN p.id AS id, s.score AS score ORDER BY id, s.owner",
        {"id": NAMED},
    )
    assert rows == [
        {"id": CITED, "score": 1.0},
        {"id": CITED, "score": 1.0},
        {"id": "pmid:7", "score": 1.0},
    ]
    row = one(store, "MATCH (r:Reference) RETURN r.doi AS doi, r.title AS title")
    assert row == {"doi": None, "title": TITLE}


def test_what_is_only_like_it_is_kept_apart(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    like = "Interferon before cell therapy in refractory lymphoma"
    bibliography.crossref("10.1009/like", like, **RETRACTED)
    store.load([report(ALPHA, cited={NAMED: TITLE})])
    assert run(store, settings).counts["disagrees"] == 1
    row = one(
        store,
        "MATCH (p:Publication {id: $id})-[m:MAY_BE]->(q:Publication) "
        "RETURN q.id AS id, m.score < 0.8 AS low, p.title AS title, p.retracted AS retracted",
        id=NAMED,
    )
    assert row == {"id": "doi:10.1009/like", "low": True, "title": TITLE, "retracted": None}
    assert store.read("MATCH (:Publication)-[s:SAME_AS]->() RETURN s") == []


def test_an_entry_with_the_doi_of_another_work_is_flagged(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    bibliography.crossref("10.1009/cited", TITLE)
    store.load([report(ALPHA, cited={CITED: "Carcinoma of the thyroid in childhood"})])
    store.load([report(BETA, cited={CITED: TITLE})])
    run(store, settings)
    later = report("doi:10.1001/later", cited={CITED: "On something quite different again"})
    store.load([later])
    rows = store.read(
        "MATCH (r:Reference)-[c:CHECKED_AGAINST]->(:Record) "
        "RETURN r.report AS report, c.agrees AS agrees ORDER BY report"
    )
    assert [(row["report"], row["agrees"]) for row in rows] == [
        (ALPHA, False),
        (BETA, True),
        ("doi:10.1001/later", False),
    ]


def test_a_preprint_leads_to_its_paper(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    relation = {
        "is-preprint-of": [{"id-type": "doi", "id": "10.1009/Paper", "asserted-by": "subject"}]
    }
    bibliography.crossref("10.1009/cited", TITLE, relation=relation)
    store.load([report(ALPHA, cited={CITED: TITLE})])
    run(store, settings)
    row = one(store, "MATCH (:Publication)-[:IS_PREPRINT_OF]->(p) RETURN p.id AS id")
    assert row["id"] == "doi:10.1009/paper"


@pytest.fixture
def well_known(bibliography: Bibliography) -> Bibliography:
    """Sources that know something of every work below."""
    bibliography.crossref("10.1009/cited", TITLE, 2001, **RETRACTED)
    bibliography.crossref("10.1001/alpha", "Alpha")
    bibliography.pubmed("7", TITLE, "10.1009/cited", comments=retraction("8", "2021 May"))
    return bibliography


def first() -> Any:
    return report(ALPHA, cited={CITED: TITLE, "pmid:7": TITLE})


def second() -> Any:
    return report(BETA, cited={CITED: "A home-made title", NAMED: TITLE})


@pytest.mark.usefixtures("well_known")
def test_order_of_enriching_and_loading_changes_nothing(store: Store, settings: Settings) -> None:
    store.load([first(), second()])
    run(store, settings)
    forwards = contents(store)
    store.clear()
    store.load([second()])
    run(store, settings)
    store.load([first()])
    run(store, settings)
    assert contents(store) == forwards


@pytest.mark.usefixtures("well_known")
def test_removing_a_report_takes_what_was_said_of_its_works_alone(
    store: Store, settings: Settings
) -> None:
    store.load([second()])
    run(store, settings)
    before = contents(store)
    store.load([first()])
    run(store, settings)
    store.remove([ALPHA])
    assert contents(store) == before
    store.remove([BETA])
    assert contents(store) == ([], [])


@pytest.mark.usefixtures("well_known")
def test_removing_a_source_leaves_what_the_other_says(store: Store, settings: Settings) -> None:
    store.load([first(), second()])
    before = contents(store)
    run(store, settings)
    store.remove_enrichment("crossref")
    owners = store.read("MATCH (c:Record) RETURN DISTINCT c.source AS source")
    assert owners == [{"source": "pubmed"}]
    assert work(store, CITED)["retracted_on"] == "2021-05"
    store.remove_enrichment("pubmed")
    assert contents(store) == before


def test_a_source_that_fails_costs_its_own_part_and_stays_due(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    bibliography.crossref("10.1009/cited", TITLE)
    good = bibliography.source.routes["/eutils/esearch.fcgi"]
    bibliography.source.answer("/eutils/esearch.fcgi", Answer("<html>busy</html>"))
    store.load([report(ALPHA, cited={CITED: TITLE})])
    counts = run(store, settings).counts
    assert (counts["completed"], counts["failed"]) == (1, 2)
    bibliography.source.routes["/eutils/esearch.fcgi"] = good
    counts = run(store, settings).counts
    assert (counts["failed"], counts["not_found"]) == (0, 2)


def test_a_source_that_keeps_failing_is_left_alone(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    works = {f"doi:10.1009/{n}": TITLE for n in range(9)}
    for id in (ALPHA, *works):
        path = f"/crossref/works/{id.removeprefix('doi:')}"
        bibliography.source.answer(path, Answer(status=500))
    store.load([report(ALPHA, cited=works)])
    assert run(store, settings).counts["failed"] == 10
    asked = [path for path, _ in bibliography.source.asked if path.startswith("/crossref/")]
    assert len(asked) == 5


def test_a_wrong_pmid_in_a_list_is_not_believed(
    store: Store, settings: Settings, bibliography: Bibliography
) -> None:
    bibliography.pubmed("7", "Another work", "10.1009/another", types="<PublicationType>Retracted "
                        "Publication</PublicationType>")  # fmt: skip
    bibliography.pubmed("9", TITLE, "10.1009/cited")
    graph = report(ALPHA, cited={CITED: TITLE})
    graph.nodes[f"{ALPHA}#reference-1"]["properties"]["pmid"] = "7"
    store.load([graph])
    run(store, settings)
    row = one(store, "MATCH (c:Record {id: $id}) RETURN c.pmid AS pmid", id=f"pubmed:{CITED}")
    assert row["pmid"] == "9"
    assert work(store, CITED)["retracted"] is None


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Kg:
    return Kg(monkeypatch, capfd)


def test_cli(
    tmp_path: Path, settings: Settings, bibliography: Bibliography, kg: Kg,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from kg.stores import open_store

    for name in ("crossref", "eutils", "cache", "contact"):
        monkeypatch.setenv(f"KG_{name.upper()}", str(getattr(settings, name)))
    bibliography.crossref("10.1001/alpha", f"Title of {ALPHA}", **RETRACTED)
    uri = f"embedded:{tmp_path / 'store'}"
    assert kg("enrich", "--store", uri).status == 1
    with open_store(uri) as store:
        store.load([report(ALPHA)])
    dry = kg("enrich", "--store", uri, "--dry-run")
    assert (dry.status, dry.out) == (0, f"{ALPHA}  crossref, pubmed\n")
    assert bibliography.source.asked == []
    told = kg("enrich", "--store", uri)
    assert told.status == 0
    assert f"{ALPHA} is retracted" in told.err
    again = kg("enrich", "--store", uri)
    assert (again.status, "nothing to do" in again.err) == (0, True)
    assert (
        "1 records of crossref removed" in kg("enrich", "--store", uri, "--remove", "crossref").err
    )
    monkeypatch.setenv("KG_RETRIES", "1")
    bibliography.source.answer("/crossref/works/10.1001/alpha", Answer(status=500))
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "other"))
    failed = kg("enrich", "--store", uri)
    assert failed.status == 1
    assert "500" in failed.err
