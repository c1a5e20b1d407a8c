"""Work spread over processes, where one that dies takes nothing else with it."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_IN_FLIGHT = 4
"""Tasks handed out ahead for each worker: enough to keep it busy, few enough to fit in memory."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A task whose process died or hung, so that it has no result."""

    reason: str


@dataclass(frozen=True, slots=True)
class Pool(Generic[Task, Result]):
    """Applies ``work`` to tasks in ``workers`` processes, or in this one when ``workers`` is 1.

    Attributes
    ----------
    work
        A module-level function of one task; it must not raise for a bad document.
    workers
        Number of processes.
    patience
        Seconds without any result after which the processes are taken for hung; None waits.
    """

    work: Callable[[Task], Result]
    workers: int
    patience: float | None = None

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Lost]]:
        """Yield each task with its result, as they come.

        When a process dies, the tasks under way are tried again one by one, each in a process of
        its own, so that only the one that kills its process is lost.
        """
        if self.workers == 1:
            for task in tasks:
                yield task, self.work(task)
            return
        left = iter(tasks)
        while True:
            suspects: list[Task] = []
            yield from self._run_until_broken(left, self.workers, suspects)
            if not suspects:
                return
            for suspect in suspects:
                lost: list[Task] = []
                yield from self._run_until_broken(iter([suspect]), 1, lost)
                for task in lost:
                    yield task, Lost("its process died or hung")

    def _run_until_broken(
        self, tasks: Iterator[Task], workers: int, suspects: list[Task]
    ) -> Iterator[tuple[Task, Result | Lost]]:
        # Spawned, not forked: a fork would copy the threads of an embedded store half alive.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(workers, mp_context=context)
        under_way: dict[Future[Result], Task] = {}
        queue = deque(islice(tasks, workers * _IN_FLIGHT))
        try:
            while queue or under_way:
                while queue:
                    task = queue.popleft()
                    under_way[pool.submit(self.work, task)] = task
                done, _ = wait(under_way, timeout=self.patience, return_when=FIRST_COMPLETED)
                if not done:
                    _kill(pool)
                    suspects.extend(under_way.values())
                    return
                for future in done:
                    yield under_way[future], future.result()
                    del under_way[future]
                    queue.extend(islice(tasks, 1))
        except BrokenProcessPool:
            suspects.extend([*under_way.values(), *queue])
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _kill(pool: ProcessPoolExecutor) -> None:
    for process in list((pool._processes or {}).values()):
        process.kill()
