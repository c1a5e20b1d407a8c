"""Fetching works: the fullest form that may be kept, resumable, nothing half."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg.sources.fetch import Fetcher
from kg.sources.identifiers import Identifiers, doi
from kg.sources.manifest import Fetched, Manifest
from kg.sources.settings import Settings
from tests.sources.server import Answer, Source

JATS = "<article><front/></article>"
RECORD = "<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>"
EMPTY = "<PubmedArticleSet></PubmedArticleSet>"
BY, NC = "CC BY", "CC BY-NC"
WORK = Identifiers("10.1234/x", "7", "PMC1")


def listing(*keys: str) -> Answer:
    inner = "".join(f"<Contents><Key>{key}</Key></Contents>" for key in keys)
    return Answer(f'<ListBucketResult xmlns="http://s3/">{inner}</ListBucketResult>')


@pytest.fixture(autouse=True)
def answers(source: Source) -> Iterator[None]:
    """One work, in all sources, under a licence that allows to keep it."""
    converted = {"requested-id": "10.1234/x", "pmcid": "PMC1", "pmid": 7, "doi": "10.1234/X"}
    source.answer("/idconv/", Answer(json.dumps({"records": [converted]})))
    source.answer("/bucket/", listing("metadata/PMC1.2.json", "metadata/PMC1.10.json"))
    bucket(source, BY)
    source.answer("/bucket/PMC1.10/PMC1.10.xml", Answer(JATS))
    source.answer("/eutils/efetch.fcgi", Answer(RECORD))
    result = {"doi": "10.1234/x", "pmid": "7", "pmcid": "PMC1"}
    source.answer("/europepmc/search", Answer(json.dumps({"resultList": {"result": [result]}})))
    yield


def bucket(source: Source, licence: str) -> None:
    told = {
        "license_code": licence,
        "pmid": 7,
        "doi": "10.1234/x",
        "xml_url": "s3://pmc-oa-opendata/PMC1.10/PMC1.10.xml",
    }
    source.answer("/bucket/metadata/PMC1.10.json", Answer(json.dumps(told)))


def fetcher(settings: Settings, out: Path, licence: str | None = BY) -> Fetcher:
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    return Fetcher(settings, out, lambda _data: licence, now=lambda: moment)


def test_the_latest_version_in_the_bucket_is_taken(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "out"
    [entry] = fetcher(settings, out).fetch([doi("10.1234/x")])
    assert (entry.id, entry.status, entry.licence) == ("doi:10.1234/x", "full_text", BY)
    assert entry.when == "2026-01-02T00:00:00+00:00"
    assert (out / "PMC1.xml").read_text() == JATS


def test_a_second_fetch_asks_for_nothing(
    settings: Settings, source: Source, tmp_path: Path
) -> None:
    list(fetcher(settings, tmp_path).fetch([doi("10.1234/x")]))
    asked = len(source.asked)
    assert list(fetcher(settings, tmp_path).fetch([doi("10.1234/x")])) == []
    assert len(source.asked) == asked


def test_a_file_that_was_removed_is_fetched_again(settings: Settings, tmp_path: Path) -> None:
    list(fetcher(settings, tmp_path).fetch([WORK]))
    (tmp_path / "PMC1.xml").unlink()
    [entry] = fetcher(settings, tmp_path).fetch([WORK])
    assert entry.status == "full_text"


def test_europe_pmc_where_the_bucket_has_nothing(
    settings: Settings, source: Source, tmp_path: Path
) -> None:
    source.answer("/bucket/", listing())
    source.answer("/europepmc/PMC1/fullTextXML", Answer(JATS))
    [entry] = fetcher(settings, tmp_path).fetch([WORK])
    assert entry.status == "full_text"
    assert entry.url is not None
    assert "/europepmc/" in entry.url


@pytest.mark.parametrize("licence", [NC, None, "all rights reserved"])
def test_what_may_not_be_kept_is_not(
    settings: Settings, source: Source, tmp_path: Path, licence: str | None
) -> None:
    bucket(source, licence or "")
    source.answer("/europepmc/PMC1/fullTextXML", Answer(JATS))
    [entry] = fetcher(settings, tmp_path, licence).fetch([WORK])
    assert (entry.status, entry.file) == ("record", "pmid_7.xml")
    assert not (tmp_path / "PMC1.xml").exists()


def test_a_work_outside_pmc_is_found_by_europe_pmc(
    settings: Settings, source: Source, tmp_path: Path
) -> None:
    source.answer("/idconv/", Answer(json.dumps({"records": [{"status": "error"}]})))
    result = {"doi": "10.1234/x", "pmid": "7"}
    source.answer("/europepmc/search", Answer(json.dumps({"resultList": {"result": [result]}})))
    [entry] = fetcher(settings, tmp_path).fetch([doi("10.1234/x")])
    assert (entry.status, entry.file) == ("record", "pmid_7.xml")


def test_an_empty_set_is_not_found(settings: Settings, source: Source, tmp_path: Path) -> None:
    source.answer("/bucket/", listing())
    source.answer("/eutils/efetch.fcgi", Answer(EMPTY))
    [entry] = fetcher(settings, tmp_path).fetch([WORK])
    assert (entry.status, entry.file) == ("not_found", None)
    assert "PubMed has no such record" in (entry.reason or "")


def test_what_fails_is_a_line_and_stops_nothing_else(
    settings: Settings, source: Source, tmp_path: Path
) -> None:
    source.answer("/bucket/PMC1.10/PMC1.10.xml", Answer("<html>busy</html>"))
    source.answer("/europepmc/search", Answer('{"resultList": {"result": []}}'))
    other = Identifiers("10.1234/y", "8", None)
    first, second = fetcher(settings, tmp_path).fetch([WORK, other])
    assert (first.status, first.file) == ("failed", None)
    assert "a web page, not XML" in (first.reason or "")
    assert second.status == "record"
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_search_goes_through_its_pages(settings: Settings, source: Source) -> None:
    def page(parameters: dict[str, str]) -> Answer:
        following = {"*": "b", "b": "c", "c": "c"}[parameters["cursorMark"]]
        results = [] if parameters["cursorMark"] == "c" else [{"pmid": following}]
        told = {"nextCursorMark": following, "resultList": {"result": results}}
        return Answer(json.dumps(told))

    source.answer("/europepmc/search", page)
    found = fetcher(settings, Path("unused")).search("leukaemia", None)
    assert [one.pmid for one in found] == ["b", "c"]
    assert {parameters["query"] for _, parameters in source.asked} == {"leukaemia"}


def test_a_manifest_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("x")
    Manifest(tmp_path).add(Fetched("doi:10.1/a", "full_text", file="a.xml"))
    with (tmp_path / "fetched.jsonl").open("a") as file:
        file.write('{"id": "doi:10.1/b", "sta')
    manifest = Manifest(tmp_path)
    assert manifest.has("doi:10.1/a")
    assert not manifest.has("doi:10.1/b")
    manifest.add(Fetched("doi:10.1/c", "not_found"))
    assert (tmp_path / "fetched.jsonl").read_text().count("\n") == 3
