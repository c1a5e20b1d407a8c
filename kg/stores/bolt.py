"""Connections: a store's address becomes a driver, and the driver's errors become ours."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.errors import StoreError, StoreRefusedError, UsageError

if TYPE_CHECKING:
    from neo4j import Driver

_REFUSALS = ("Neo.ClientError.Schema.", "Neo.ClientError.Statement.")
"""Codes of errors that lie in the statement or its rows, not in the store."""
_BOLT_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


@dataclass(frozen=True, slots=True)
class Connection:
    """An open driver, the database to use, and which engine answers."""

    driver: Driver
    database: str | None
    engine: Literal["arcadedb", "neo4j"]


@contextmanager
def connect(uri: str, *, create: bool = True) -> Iterator[Connection]:
    """Open the store at ``uri``: ``embedded:PATH``, ``bolt://…`` or ``neo4j://…``.

    A Neo4j is logged in to with ``NEO4J_USERNAME``, ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE``.

    Raises
    ------
    UsageError
        When the address is of no known kind.
    StoreError
        When nothing answers there, the login is refused, or ``create`` is false and there is no
        embedded store at the path.
    """
    scheme, _, rest = uri.partition(":")
    with ExitStack() as stack:
        if scheme == "embedded":
            if not rest:
                raise UsageError("the path is missing", where=uri, hint="write embedded:PATH")
            from kg.stores.embedded import serve

            point = stack.enter_context(serve(Path(rest), create=create))
            driver = _open(point.uri, point.username, point.password)
            stack.callback(driver.close)
            yield Connection(driver, point.database, "arcadedb")
        elif scheme in _BOLT_SCHEMES:
            username = os.environ.get("NEO4J_USERNAME", "neo4j")
            driver = _open(uri, username, os.environ.get("NEO4J_PASSWORD", ""))
            stack.callback(driver.close)
            _verify(driver, uri)
            yield Connection(driver, os.environ.get("NEO4J_DATABASE") or None, "neo4j")
        else:
            raise UsageError(
                "received an unknown kind of store",
                where=uri,
                hint="valid are embedded:PATH, bolt://HOST:PORT and neo4j://HOST:PORT",
            )


def _open(uri: str, username: str, password: str) -> Driver:
    from neo4j import GraphDatabase, NotificationMinimumSeverity
    from neo4j.exceptions import ConfigurationError

    try:
        return GraphDatabase.driver(
            uri,
            auth=(username, password),
            user_agent="kg",
            connection_timeout=10,
            max_transaction_retry_time=30,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
        )
    except (ConfigurationError, ValueError) as error:
        raise StoreError(f"the address is not usable ({error})", where=uri) from error


def _verify(driver: Driver, uri: str) -> None:
    with driver_errors(uri):
        driver.verify_connectivity()


@contextmanager
def driver_errors(where: str) -> Iterator[None]:
    """Turn the driver's errors into a :class:`StoreError` that says what to do next."""
    from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable

    try:
        yield
    except AuthError as error:
        raise StoreError(
            "the store refused the login",
            where=where,
            hint="set NEO4J_USERNAME and NEO4J_PASSWORD",
        ) from error
    except ServiceUnavailable as error:
        raise StoreError(
            "no store answers",
            where=where,
            hint="start it (make neo4j), or use the embedded one (--store embedded:PATH)",
        ) from error
    except (DriverError, Neo4jError) as error:
        message = getattr(error, "message", None) or str(error)
        if (getattr(error, "code", None) or "").startswith(_REFUSALS):
            raise StoreRefusedError(f"the store refused: {message}", where=where) from error
        raise StoreError(
            f"the store failed: {message}",
            where=where,
            hint="what was loaded before is still there; is the disk full?",
        ) from error
