"""A document that takes too long is given up alone."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kg.errors import KgError


class TookTooLongError(KgError):
    """A document was given up because it took longer than the set time."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raise :class:`TookTooLongError` in the block when it runs longer than ``seconds``.

    It rests on an interval timer, so it acts in the main thread of a process, where documents
    are worked on; elsewhere, and where the platform has none, the block runs without a limit.

    Examples
    --------
    >>> with time_limit(0.05):
    ...     while True: pass
    Traceback (most recent call last):
    ...
    kg.ingest.limits.TookTooLongError: took longer than 0.05 s; raise --timeout
    """
    main = threading.current_thread() is threading.main_thread()
    if seconds is None or not main or not hasattr(signal, "setitimer"):
        yield
        return

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TookTooLongError(f"took longer than {seconds:g} s", hint="raise --timeout")

    previous = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
