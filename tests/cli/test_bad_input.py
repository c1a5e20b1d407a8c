"""Bad input: one clear line with what to do next, the right status, what was good still there."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Kg, Run

GOOD = "A 40-year-old man with lymphoma received rituximab. He achieved complete remission."


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD)
    return path


def one_line(run: Run) -> str:
    """The one line of complaint; a traceback or a second line is a failure."""
    lines = [line for line in run.err.splitlines() if line.startswith("kg: ")]
    assert len(lines) == 1, run.err
    assert "Traceback" not in run.err
    return lines[0]


def test_a_path_that_is_not_there(kg: Kg, tmp_path: Path) -> None:
    run = kg("read", tmp_path / "nowhere.txt")
    assert run.status == 1
    assert "nowhere.txt: no such file or folder; check the path" in one_line(run)


def test_an_empty_file(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    run = kg("read", tmp_path / "empty.txt")
    assert run.status == 1
    assert "empty" in one_line(run)


def test_a_binary_file(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)
    run = kg("read", tmp_path / "picture.txt")
    assert run.status == 1
    assert "picture.txt: " in one_line(run)


def test_latin_1_is_read_and_said_so(kg: Kg, tmp_path: Path) -> None:
    text = "A 70-year-old woman from Besançon was treated with interferon for the disease. " * 3
    (tmp_path / "old.txt").write_bytes(text.encode("latin-1"))
    run = kg("read", tmp_path / "old.txt", "--plain", "--format", "json")
    assert run.status == 0
    assert "Besançon" in run.out
    assert '"notes":[]' not in run.out


def test_a_text_without_references(kg: Kg, good: Path) -> None:
    run = kg("read", good, "--format", "json")
    assert run.status == 0
    assert '"references":[]' in run.out


def test_what_is_good_is_read_beside_what_is_not(kg: Kg, good: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    run = kg("read", tmp_path / "empty.txt", good, "--plain", "--format", "json")
    assert run.status == 3
    assert "rituximab" in run.out


def test_50_megabytes(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_text((GOOD + "\n\n") * (50_000_000 // len(GOOD)))
    run = kg("read", path, "--plain")
    assert run.status == 0 or "large.txt: " in one_line(run)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of this platform differ")
def test_an_unreadable_directory(tmp_path: Path, good: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0)
    run = as_nobody("read", str(good), str(locked), "--plain", "--format", "json")
    locked.chmod(0o700)
    assert run.status == 3
    assert "locked: the folder cannot be read (Permission denied); check its permissions" in (
        one_line(run)
    )
    assert "rituximab" in run.out


def test_a_store_that_is_down(kg: Kg, good: Path) -> None:
    run = kg("ingest", good, "--store", "bolt://127.0.0.1:9")
    assert run.status == 1
    assert "no store answers; start it (make neo4j)" in one_line(run)


@pytest.mark.neo4j
def test_a_wrong_password(
    kg: Kg, neo4j_uri: str, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "not-the-password")
    run = kg("ingest", good, "--store", neo4j_uri)
    assert run.status == 1
    assert "refused the login; set NEO4J_USERNAME and NEO4J_PASSWORD" in one_line(run)


def test_an_unknown_kind_of_store(kg: Kg, good: Path) -> None:
    run = kg("ingest", good, "--store", "postgres://here")
    assert run.status == 2
    assert "valid are embedded:PATH" in one_line(run)


def test_asking_where_there_is_no_store(kg: Kg, tmp_path: Path) -> None:
    run = kg("stats", "--store", f"embedded:{tmp_path / 'none'}")
    assert run.status == 1
    assert "there is no store; make one: kg ingest" in one_line(run)
    assert not (tmp_path / "none").exists()


def test_a_store_that_another_process_holds(kg: Kg, tmp_path: Path, good: Path) -> None:
    place = tmp_path / "store"
    script = (
        "import sys; from pathlib import Path; from filelock import FileLock\n"
        f"lock = FileLock({str(place / 'kg.lock')!r}); lock.acquire(); print('held', flush=True)\n"
        "sys.stdin.read()"
    )
    place.mkdir()
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        run = kg("ingest", good, "--store", f"embedded:{place}")
        holder.communicate()
    assert run.status == 1
    assert "in use by another process; wait until it has ended" in one_line(run)


def test_a_disk_that_fills_up_keeps_what_was_loaded(tmp_path: Path, good: Path) -> None:
    store = f"embedded:{tmp_path / 'store'}"
    assert in_a_process("ingest", str(good), "--plain", "--store", store).status == 0
    more = tmp_path / "more"
    more.mkdir()
    for number in range(40):
        (more / f"{number}.txt").write_text(f"Case {number}. " + (GOOD + " ") * 200)
    full = in_a_process("ingest", str(more), "--plain", "--store", store, file_size=3_000_000)
    assert full.status == 1
    assert "is the disk full?" in one_line(full)
    asked = in_a_process(
        "cypher", "MATCH (r:Report) RETURN count(r) AS n", "--store", store, "--format", "csv"
    )
    assert int(asked.out.split()[1]) >= 1


def test_standard_output_that_cannot_be_written(good: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this platform")
    with Path("/dev/full").open("w") as full:
        run = in_a_process("read", str(good), "--plain", "--format", "json", out=full)
    assert run.status == 1
    assert "No space left on device" in one_line(run)


def in_a_process(*arguments: str, file_size: int | None = None, out: object = None) -> Run:
    """Run ``kg`` as a program, under a limit on the size of files where one is given."""

    def limit() -> None:
        if file_size:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))

    done = subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        stdout=out or subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,
        check=False,
    )
    return Run(done.returncode, done.stdout or "", done.stderr)


def as_nobody(*arguments: str) -> Run:
    """Run ``kg`` without the right to read everything, which a superuser has."""
    if os.geteuid() != 0:
        return in_a_process(*arguments)
    script = (
        "import ctypes, sys\n"
        # PR_CAPBSET_DROP of CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH takes effect at exec
        "libc = ctypes.CDLL(None)\n"
        "[libc.prctl(24, capability, 0, 0, 0) for capability in (1, 2)]\n"
        "import os; os.execv(sys.executable, [sys.executable, '-m', 'kg', *sys.argv[1:]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False
    )
    return Run(done.returncode, done.stdout, done.stderr)
