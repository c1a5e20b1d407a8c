"""Errors that a user can act on.

Every expected failure is a :class:`KgError`: it says what happened, where, and what to do
next. The command line prints it as one line and exits with its status; a traceback is shown
only under ``--debug``.
"""

from __future__ import annotations


class KgError(Exception):
    """An expected failure: bad input, a store that is down, a setting that is wrong.

    Parameters
    ----------
    what
        What happened, in one sentence without a final full stop.
    where
        The file, address or setting it happened at.
    hint
        What to do next.

    Examples
    --------
    >>> print(KgError("the file is empty", where="a.txt", hint="give a file with text"))
    a.txt: the file is empty; give a file with text
    """

    exit_status = 1

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.what = what
        self.where = where
        self.hint = hint
        line = what if where is None else f"{where}: {what}"
        super().__init__(line if hint is None else f"{line}; {hint}")


class UsageError(KgError):
    """The command was called with arguments that do not fit together."""

    exit_status = 2


class ReadError(KgError):
    """A source could not be read as a document; other documents are not touched by it."""


class SetAsideError(ReadError):
    """A readable source that is not for this graph (not English, for instance), with the reason."""


class SourceError(KgError):
    """A literature source on the network did not answer as it should."""


class TermsError(KgError):
    """The lexicon, a rule file or the compiled terminology is missing or malformed."""


class GraphError(KgError):
    """A report's facts do not make a graph: two facts with one id, a malformed line."""


class StoreError(KgError):
    """A graph store is down, refuses the login, is held by another process or is full."""


class StoreRefusedError(StoreError):
    """A store refused a statement or its rows; the same rows would be refused again."""


class QueryError(KgError):
    """A query is unknown, malformed, writes, or lacks a parameter."""
