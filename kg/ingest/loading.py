"""Built graphs into the store, in batches, each report with its ledger entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from kg.errors import StoreRefusedError
from kg.ingest.outcome import Ledger, Outcome
from kg.ingest.plan import Candidate, Work
from kg.ingest.work import Built
from kg.stores import KnownReport, SourceRecord, Store

BATCH_ROWS = 20_000
"""Nodes and relationships of one transaction."""


class Loading:
    """Collects built reports and writes them in transactions of a fair size.

    Attributes
    ----------
    stale
        Reports of files that were changed since, by the hash of the new bytes: they go when the
        new form is loaded, and stay while it cannot be.
    """

    def __init__(self, store: Store, ledger: Ledger, note: Callable[[Outcome], None]) -> None:
        self.stale: defaultdict[str, list[KnownReport]] = defaultdict(list)
        self._store = store
        self._ledger = ledger
        self._note = note
        self._pending: list[tuple[Work, Built]] = []
        self._rows = 0

    def add(self, work: Work, built: Built) -> list[Work]:
        """Take a built report; return works whose chosen form the store refused, without it."""
        if built.graph is None:
            return [work[1:]]
        self._pending.append((work, built))
        self._rows += built.graph.number_of_nodes() + built.graph.number_of_edges()
        return self.flush() if self._rows >= BATCH_ROWS else []

    def flush(self) -> list[Work]:
        """Write what waits; return works whose chosen form the store refused, without it."""
        pending, self._pending, self._rows = self._pending, [], 0
        if not pending:
            return []
        try:
            self._write(pending)
        except StoreRefusedError:
            return [left for one in pending for left in self._write_alone(one)]
        return []

    def _write_alone(self, one: tuple[Work, Built]) -> list[Work]:
        work, built = one
        try:
            self._write([one])
        except StoreRefusedError as error:
            chosen = work[0]
            self._note(
                Outcome(chosen.name, chosen.source, "failed", built.report, reason=error.what)
            )
            return [work[1:]]
        return []

    def _write(self, pending: Sequence[tuple[Work, Built]]) -> None:
        loaded = {built.report for _, built in pending}
        gone = {other.work for work, _ in pending for other in work[1:] if other.index is None} | {
            report.id for work, _ in pending for report in self.stale[work[0].source]
        }
        self._store.load(
            [built.graph for _, built in pending if built.graph is not None],
            gone=sorted(gone - loaded),
            forgotten=sorted(self._forgotten(pending)),
            sources=self._replaced(pending),
        )
        for work, built in pending:
            chosen = work[0]
            self._note(
                Outcome(
                    chosen.name,
                    chosen.source,
                    "loaded",
                    built.report,
                    warnings=sum(problem.severity == "warning" for problem in built.problems),
                    words=built.words,
                )
            )
            self.give_way(chosen, work[1:])
        self._store.load((), sources=self._ledger.complete())

    def give_way(self, chosen: Candidate, others: Iterable[Candidate]) -> None:
        """Note the given forms of a work that a fuller one stands for."""
        for other in others:
            if other.index is not None:
                reason = f"a fuller form is loaded: {chosen.name}"
                self._note(
                    Outcome(other.name, other.source, "superseded", chosen.work, reason=reason)
                )

    def _forgotten(self, pending: Iterable[tuple[Work, Built]]) -> set[str]:
        """Return the sources whose bytes are no longer there: their files were changed."""
        return {
            f"sha256:{report.source_sha256}"
            for work, _ in pending
            for report in self.stale[work[0].source]
        }

    def _replaced(self, pending: Iterable[tuple[Work, Built]]) -> list[SourceRecord]:
        """Return the ledger entries of the forms in the store that give way to fuller ones."""
        return [
            self._ledger.superseded(other.source, other.name, work[0].work)
            for work, _ in pending
            for other in work[1:]
            if other.index is None and other.source != work[0].source
        ]
