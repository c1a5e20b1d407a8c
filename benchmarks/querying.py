"""``kg query``, cold and warm: a whole process beside starting the store alone, and one statement.

Cold is ``kg query link`` as a process on a store that holds the seed; its floor is a process that
opens the same store and asks ``RETURN 1``. Warm is the same query again on an open store.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from benchmarks.options import CORPUS, Options
from kg.ingest import ingest
from kg.stores import open_store
from kg.stores.queries import bind, load_query

SEED = CORPUS / "fonc.2022.1021786.txt"
ASKED = {"a": "interferon-alpha", "b": "cell therapy"}
RUNS = 5


def _process(*arguments: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "kg", *arguments], check=True, capture_output=True)
    return time.perf_counter() - started


def figures(_: Options) -> Iterator[dict[str, object]]:
    """Yield one row: medians in seconds and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        uri = f"embedded:{folder}/store"
        query = load_query("link")
        with open_store(uri) as store:
            ingest([SEED], store)
            parameters = bind(query, ASKED)
            warm = []
            for _ in range(RUNS * 4):
                started = time.perf_counter()
                store.read(query.text, parameters)
                warm.append(time.perf_counter() - started)
        pairs = [f"{key}={value}" for key, value in ASKED.items()]
        cold, floor = [], []
        for _ in range(RUNS):
            cold.append(_process("query", "link", *pairs, "--store", uri))
            floor.append(_process("cypher", "RETURN 1 AS one", "--store", uri))
    yield {
        "cold_s": round(statistics.median(cold), 2),
        "floor_s": round(statistics.median(floor), 2),
        "ratio": round(statistics.median(cold) / statistics.median(floor), 2),
        "warm_ms": round(1000 * statistics.median(warm[RUNS:]), 1),
    }
