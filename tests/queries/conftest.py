from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kg.stores import Store
from kg.stores.queries import load_query
from tests.queries.library import graphs

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def ask(open_engine: Store) -> Iterator[Ask]:
    """Run a named query on the ten reports, with defaults for what is not given."""
    open_engine.clear()
    open_engine.load(graphs())

    def run(name: str, **given: Any) -> list[dict[str, Any]]:
        query = load_query(name)
        values = {p.name: p.default for p in query.parameters} | given
        rows = open_engine.read(query.text, values)
        for row in rows:
            assert list(row) == [column.name for column in query.columns]
        return rows

    yield run
    open_engine.clear()
