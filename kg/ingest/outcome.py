"""What became of what was given: one outcome a document, one record a source, one summary a run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.stores import SourceRecord

Status = Literal["loaded", "unchanged", "superseded", "failed", "quarantined", "set_aside"]

_WORST_FIRST: tuple[Status, ...] = ("failed", "quarantined", "loaded", "superseded", "set_aside")
_SETTLED = frozenset({"loaded", "superseded", "set_aside"})
"""What need not be tried again while bytes and version stay."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document, or of a source that could not be read as one.

    ``detail`` is the traceback where a defect of ours was met; ``warnings`` counts the problems
    that the report was loaded with.
    """

    name: str
    source: str
    status: Status
    report: str | None = None
    reason: str | None = None
    detail: str | None = None
    warnings: int = 0
    words: int = 0


@dataclass(slots=True)
class Summary:
    """All outcomes of one run."""

    version: str
    outcomes: list[Outcome] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Return how many documents ended with each status."""
        return dict(sorted(Counter(outcome.status for outcome in self.outcomes).items()))

    def found_wanting(self) -> list[Outcome]:
        """Return the documents that failed or were quarantined."""
        return [one for one in self.outcomes if one.status in ("failed", "quarantined")]


class Ledger:
    """The store's memory of sources during one run: what is settled, and what is to be written.

    A source is written when all its documents have an outcome, so that an interrupted one is
    tried again.
    """

    def __init__(self, entries: Mapping[str, SourceRecord], version: str) -> None:
        self._entries = entries
        self._version = version
        self._expected: dict[str, int] = {}
        self._outcomes: defaultdict[str, list[Outcome]] = defaultdict(list)

    def settled(self, source: str) -> SourceRecord | None:
        """Return the entry of a source that is known with this version and need not be read."""
        entry = self._entries.get(_id(source))
        if entry is None or entry.version != self._version or entry.status not in _SETTLED:
            return None
        return entry

    def expect(self, source: str, documents: int) -> None:
        """Say how many outcomes the source will have."""
        self._expected[source] = documents

    def note(self, outcome: Outcome) -> None:
        """Keep an outcome for its source."""
        self._outcomes[outcome.source].append(outcome)

    def complete(self) -> list[SourceRecord]:
        """Return, once, the records of the sources that all outcomes are known of."""
        ready = [s for s, found in self._outcomes.items() if len(found) >= self._expected[s]]
        return [self._record(source, self._outcomes.pop(source)) for source in sorted(ready)]

    def superseded(self, source: str, name: str, report: str) -> SourceRecord:
        """Return the record of an earlier source whose form of a work has given way."""
        return SourceRecord(_id(source), name, "superseded", self._version, reports=(report,))

    def _record(self, source: str, outcomes: list[Outcome]) -> SourceRecord:
        worst = min(outcomes, key=lambda one: _WORST_FIRST.index(one.status))
        return SourceRecord(
            id=_id(source),
            name=worst.name,
            status=worst.status,
            version=self._version,
            reports=tuple(sorted({one.report for one in outcomes if one.report})),
            reason=worst.reason,
        )


def _id(source: str) -> str:
    return f"sha256:{source}"
