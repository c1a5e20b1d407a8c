"""The stored reading of the lexicon."""

from __future__ import annotations

from pathlib import Path

from kg.terms import snapshot


def test_what_is_stored_is_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.msgpack"
    taken = snapshot.take()
    snapshot.save(taken, path)
    first = path.read_bytes()
    assert snapshot.current(path) == taken
    snapshot.save(snapshot.current(path), path)
    assert path.read_bytes() == first


def test_a_broken_or_old_snapshot_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.msgpack"
    path.write_bytes(b"not a snapshot")
    assert snapshot.current(path).entries
    stale = snapshot.Snapshot("old", (), {})
    snapshot.save(stale, path)
    assert snapshot.current(path).entries


def test_the_committed_snapshot_is_current() -> None:
    assert snapshot._read(snapshot.PATH) is not None
    assert snapshot._read(snapshot.PATH).fingerprint == snapshot.fingerprint()
