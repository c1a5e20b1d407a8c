"""What tests of several stages share: the shared data folder, the seed, and real stores."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.stores import Store, open_store

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "corpus" / "fonc.2022.1021786.txt"
SHARED = Path(os.environ.get("KG_SHARED_DATA", ROOT.parent / "shared" / "data"))
NEO4J_SETTINGS = ROOT / "tools" / "neo4j" / "target" / "env"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the shared data folder where it is absent."""
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason=f"no shared data at {SHARED}; set KG_SHARED_DATA to its place")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def seed() -> Path:
    return SEED


@pytest.fixture(scope="session")
def shared_data() -> Path:
    return SHARED


@pytest.fixture(scope="session")
def neo4j_uri() -> str:
    """The Neo4j of the environment, or the one that ``make neo4j`` started."""
    if "NEO4J_URI" not in os.environ and NEO4J_SETTINGS.is_file():
        os.environ.update(re.findall(r"export (\w+)=(.*)", NEO4J_SETTINGS.read_text()))
    uri = os.environ.get("NEO4J_URI")
    if uri:
        return uri
    how = "no Neo4j: run `make neo4j`, or set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD"
    if os.environ.get("KG_REQUIRE_NEO4J") == "1":
        pytest.fail(how)
    pytest.skip(how)


@pytest.fixture(
    scope="session", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)]
)
def open_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """An open store of each engine, for the whole session: starting one takes seconds."""
    if request.param == "neo4j":
        with open_store(request.getfixturevalue("neo4j_uri")) as store:
            yield store
    else:
        with open_store(f"embedded:{tmp_path_factory.mktemp('store')}") as store:
            yield store


@pytest.fixture
def store(open_engine: Store) -> Store:
    """An empty store; a test that takes it runs on the embedded one and on Neo4j."""
    open_engine.clear()
    return open_engine
