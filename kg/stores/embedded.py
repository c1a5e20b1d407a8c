"""The embedded store: ArcadeDB in this process, spoken to over Bolt like a Neo4j.

The server listens on a free loopback port with a password made anew for each run, so nothing
outside this machine reaches it and no other user of it can log in. One process at a time opens a
store; a second one is told so. This is the one module that knows ArcadeDB.
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import StoreError

DATABASE = "kg"
_HEAP = os.environ.get("KG_EMBEDDED_HEAP", "2g")
_JVM_ARGUMENTS = (
    f"-Djava.util.logging.config.file={Path(__file__).with_name('embedded-logging.properties')}",
    f"-XX:ErrorFile={tempfile.gettempdir()}/kg-jvm-crash-%p.log",
    "-XX:+UseSerialGC",
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a running store answers, and as whom to log in."""

    uri: str
    username: str
    password: str
    database: str


@contextmanager
def serve(path: Path, *, create: bool = True) -> Iterator[Endpoint]:
    """Run the store in ``path`` while the block runs.

    Raises
    ------
    StoreError
        When the store is held by another process, cannot be written, is not there and not to
        be created, or the wheel has no ArcadeDB for this platform.
    """
    from filelock import FileLock, Timeout

    if not create and not (path / "databases").is_dir():
        raise StoreError(
            "there is no store", where=str(path), hint="make one: kg ingest PATH… --store …"
        )
    _make_folder(path)
    lock = FileLock(path / "kg.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreError(
            "the store is in use by another process",
            where=str(path),
            hint="wait until it has ended, or use a Neo4j (--store bolt://…) to work in parallel",
        ) from None
    try:
        server, endpoint = _start(path)
        try:
            yield endpoint
        finally:
            server.stop()
    finally:
        lock.release()


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / ".writable"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise StoreError(
            f"the store's folder cannot be written ({error.strerror})",
            where=str(path),
            hint="give another place with --store embedded:PATH, or make room",
        ) from error


def _start(path: Path) -> tuple[Any, Endpoint]:
    arcadedb = _engine()
    password = secrets.token_urlsafe(24)
    # The engine keeps its users on disk; without the file it takes this run's password.
    (path / "config" / "server-users.jsonl").unlink(missing_ok=True)
    port = _free_port()
    settings = {
        "mode": "development",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt.host": "127.0.0.1",
        "bolt.port": port,
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": "0",
    }
    with _standard_error_to(path / "engine.log"):
        try:
            arcadedb.jvm.start_jvm(heap_size=_HEAP, jvm_args=_JVM_ARGUMENTS)
            server = arcadedb.create_server(str(path), root_password=password, config=settings)
            server.start()
            if not (path / "databases" / DATABASE).exists():
                server.create_database(DATABASE)
        except arcadedb.ArcadeDBError as error:
            raise StoreError(
                f"the embedded store did not start ({_first_line(error)})",
                where=str(path),
                hint=f"see {path / 'engine.log'}; is the disk full?",
            ) from error
    return server, Endpoint(f"bolt://127.0.0.1:{port}", "root", password, DATABASE)


def _engine() -> Any:
    try:
        import arcadedb_embedded
        import arcadedb_embedded.jvm
    except ImportError as error:
        raise StoreError(
            f"the embedded store is not available on this platform ({sys.platform})",
            hint="use a Neo4j: docker compose up -d neo4j, then --store bolt://localhost:7687",
        ) from error
    return arcadedb_embedded


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300]


@contextmanager
def _standard_error_to(log: Path) -> Iterator[None]:
    """Send what the JVM writes at its start to a file: standard error is for messages to people."""
    sys.stderr.flush()
    saved = os.dup(2)
    try:
        with log.open("wb") as file:
            os.dup2(file.fileno(), 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
