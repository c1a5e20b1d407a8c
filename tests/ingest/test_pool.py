"""One process that dies or hangs takes nothing else with it."""

from __future__ import annotations

import os
import signal
import time

import pytest

from kg.ingest.pool import Lost, Pool


def work(task: int) -> int:
    if task == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    if task == 99:
        time.sleep(600)
    return task * 2


@pytest.mark.parametrize("workers", [1, 2])
def test_every_task_has_its_result(workers: int) -> None:
    assert sorted(Pool(work, workers).run(range(10))) == [(n, n * 2) for n in range(10)]


def test_a_task_that_kills_its_process_is_lost_alone() -> None:
    results = dict(Pool(work, 2).run(range(20)))
    assert results.pop(13) == Lost("its process died or hung")
    assert results == {n: n * 2 for n in range(20) if n != 13}


def test_a_task_that_hangs_is_lost_alone() -> None:
    results = dict(Pool(work, 2, patience=3).run([1, 99, 2]))
    assert results == {1: 2, 2: 4, 99: Lost("its process died or hung")}
