"""Enriching a store: ask about the works that are due, write what the sources say, go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from kg.enrich.ask import Asker
from kg.enrich.works import CitedWork, due_works
from kg.sources.settings import Settings
from kg.stores import Record, Store

State = Literal[
    "completed", "doi_found", "disagrees", "retracted", "corrected", "not_found", "failed"
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one work; it can be several things, completed and retracted among them.

    Attributes
    ----------
    work
        The publication's id.
    states
        What became of it.
    doi
        The doi that was found where the reports give none.
    reason
        Why a source could not be asked.
    """

    work: str
    states: tuple[State, ...]
    doi: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Summary:
    """How often each thing became of a work."""

    asked: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.asked += 1
        self.counts.update(outcome.states)


def due(
    store: Store, today: date, older_than: int, limit: int | None = None
) -> Iterator[CitedWork]:
    """Yield the works that a run would ask about."""
    for part in _due_parts(store, today, older_than, limit):
        yield from part


def enrich(
    store: Store,
    settings: Settings,
    *,
    older_than: int = 30,
    limit: int | None = None,
    on_outcome: Callable[[Outcome], None] = lambda _outcome: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Summary:
    """Ask PubMed and Crossref about the works that a store's reports are or cite.

    What is asked is written page by page: a run that was stopped goes on where it was.

    Parameters
    ----------
    store
        An open store.
    settings
        Of the sources.
    older_than
        Days after which a work is asked about again.
    limit
        Most works to ask about.
    on_outcome
        Called with each work when what is said of it has been written.
    now
        The clock; its day is kept with each record.

    Returns
    -------
    Summary
        What became of the works. What a source does wrong is counted there and stops nothing.

    Raises
    ------
    StoreError
        When the store fails; what was written before stays.
    """
    today = now().date()
    asker = Asker(settings, today.isoformat())
    summary = Summary()
    for works in _due_parts(store, today, older_than, limit):
        asker.failures.clear()
        records = asker.ask(works)
        store.enrich(records)
        for outcome in _outcomes(store, works, records, dict(asker.failures)):
            summary.add(outcome)
            on_outcome(outcome)
    return summary


def _due_parts(
    store: Store, today: date, older_than: int, limit: int | None
) -> Iterator[list[CitedWork]]:
    left = limit
    before = (today - timedelta(days=older_than)).isoformat()
    for works in due_works(store, before):
        part = works if left is None else works[:left]
        yield part
        if left is not None:
            left -= len(part)
            if left <= 0:
                return


def _outcomes(
    store: Store, works: Sequence[CitedWork], records: Sequence[Record], failed: dict[str, str]
) -> Iterator[Outcome]:
    by_work: dict[str, list[Record]] = {work.id: [] for work in works}
    for record in records:
        by_work[record.work].append(record)
    disagreeing = _disagreeing(store, [work.id for work in works])
    for work in works:
        told = by_work[work.id]
        found = [record for record in told if record.status == "found"]
        doi = None if work.doi else next((one.told.doi for one in found if one.told.doi), None)
        kinds = {
            link.properties["kind"] for one in found for link in one.links if _notice(link.type)
        }
        states: dict[State, bool] = {
            "completed": bool(found),
            "doi_found": doi is not None,
            "disagrees": work.id in disagreeing,
            "retracted": any(record.told.retracted for record in found),
            "corrected": "correction" in kinds,
            "not_found": bool(told) and all(one.status == "not_found" for one in told),
            "failed": work.id in failed,
        }
        yield Outcome(
            work.id,
            tuple(state for state, is_so in states.items() if is_so),
            doi,
            failed.get(work.id),
        )


def _notice(type: str) -> bool:
    return type == "UPDATED_BY"


def _disagreeing(store: Store, works: Sequence[str]) -> set[str]:
    """Return the works of which a source says something else than an entry of a list."""
    rows = store.read(
        "UNWIND $ids AS id MATCH (p:Publication {id: id})<-[:TO]-(:Reference)"
        "-[:CHECKED_AGAINST {agrees: false}]->(:Record) RETURN DISTINCT p.id AS id",
        {"ids": list(works)},
    )
    return {row["id"] for row in rows}
