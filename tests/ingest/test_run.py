"""Ingesting whole files: laws 3, 6 and 7 with the real stages and a real store."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ingest import Options, Summary, ingest
from kg.stores import Store
from tests.stores.test_store import contents

PAGE = """{title}

Abstract

We report a patient who was treated with {drug} for lymphoma and achieved complete remission.

Case report

A 40-year-old man with diffuse large B-cell lymphoma received {drug}. {more}
He achieved complete remission after 3 months.

Citation: Doe J, Roe R (2020) {title}. J Case Rep. 1:{number}. doi: 10.1234/jcr.{number}
"""


def write(folder: Path, name: str, number: int, drug: str = "rituximab", more: str = "") -> Path:
    path = folder / name
    text = PAGE.format(title=f"Lymphoma treated with {drug}", drug=drug, more=more, number=number)
    path.write_text(text)
    return path


def run(store: Store, *paths: Path, **options: object) -> Summary:
    return ingest(paths, store, Options(workers=1, **options))  # type: ignore[arg-type]


def test_the_seed_is_loaded_once_and_then_unchanged(store: Store, seed: Path) -> None:
    assert run(store, seed).counts() == {"loaded": 1}
    once = contents(store)
    assert run(store, seed).counts() == {"unchanged": 1}
    assert contents(store) == once


def test_order_of_files_changes_nothing(store: Store, tmp_path: Path) -> None:
    files = [write(tmp_path, f"{n}.txt", n) for n in range(3)]
    for path in files:
        run(store, path)
    forwards = contents(store)
    store.clear()
    for path in reversed(files):
        run(store, path)
    assert contents(store) == forwards


@pytest.mark.parametrize("fuller_first", [True, False])
def test_the_fuller_of_two_copies_stays(store: Store, tmp_path: Path, fuller_first: bool) -> None:
    short = write(tmp_path, "short.txt", 1)
    long = write(tmp_path, "long.txt", 1, more="He had no fever. " * 20)
    for path in (long, short) if fuller_first else (short, long):
        run(store, path)
    [report] = store.reports()
    assert report.source_name == str(long)
    statuses = {source.name: source.status for source in store.sources().values()}
    assert statuses == {str(long): "loaded", str(short): "superseded"}
    assert run(store, tmp_path).counts() == {"unchanged": 2}


def test_a_changed_file_replaces_what_it_gave(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", 1)
    write(tmp_path, "a.txt", 1, drug="imatinib")
    run(store, path)
    fresh = contents(store)
    store.clear()
    write(tmp_path, "a.txt", 1)
    run(store, path)
    assert contents(store) != fresh
    write(tmp_path, "a.txt", 1, drug="imatinib")
    assert run(store, path).counts() == {"loaded": 1}
    assert contents(store) == fresh


def test_a_file_that_becomes_another_work_leaves_nothing_of_the_old(
    store: Store, tmp_path: Path
) -> None:
    path = write(tmp_path, "a.txt", 1)
    run(store, path)
    write(tmp_path, "a.txt", 2)
    run(store, path)
    assert [report.id for report in store.reports()] == ["doi:10.1234/jcr.2"]
    assert len(store.sources()) == 1


def test_a_changed_file_that_cannot_be_read_leaves_what_was_good(
    store: Store, tmp_path: Path
) -> None:
    path = write(tmp_path, "a.txt", 1)
    run(store, path)
    path.write_bytes(b"")
    assert run(store, path).counts() == {"failed": 1}
    assert [report.id for report in store.reports()] == ["doi:10.1234/jcr.1"]


def test_what_fails_is_listed_and_stops_nothing_else(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "good.txt", 1)
    (tmp_path / "empty.txt").touch()
    summary = run(store, tmp_path, tmp_path / "nowhere")
    assert summary.counts() == {"failed": 2, "loaded": 1}
    reasons = {Path(one.name).name: one.reason for one in summary.found_wanting()}
    assert reasons["nowhere"] == "no such file or folder"
    assert reasons["empty.txt"]
    again = run(store, tmp_path)
    assert again.counts() == {"failed": 1, "unchanged": 1}


def test_a_document_that_takes_too_long_is_given_up_alone(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", 1)
    summary = run(store, tmp_path, timeout=0.001)
    assert [one.reason for one in summary.found_wanting()] == ["took longer than 0.001 s"]
    assert run(store, tmp_path).counts() == {"loaded": 1}


def test_a_new_version_makes_reports_due_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "a.txt", 1)
    run(store, path)
    monkeypatch.setattr("kg.ingest.run.fingerprint", lambda: "another")
    assert run(store, path).counts() == {"loaded": 1}
    [row] = store.read("MATCH (r:Report) RETURN r.version AS version")
    assert row == {"version": "another"}
