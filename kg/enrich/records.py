"""What a source answers becomes a record to store."""

from __future__ import annotations

from collections.abc import Iterator

from kg.enrich.works import CitedWork
from kg.sources.agreement import Agreement
from kg.sources.works import SourceWork
from kg.stores import Link, Record


def found(
    source: str, asked: CitedWork, told: SourceWork, today: str, match: Agreement | None = None
) -> Record:
    """Return the record of an answer.

    Parameters
    ----------
    source
        Who answered: ``crossref`` or ``pubmed``.
    asked
        The work that was asked about.
    told
        The answer.
    today
        The day of the answer, ISO 8601.
    match
        How well the answer agrees with the work, where it was searched for by title; None where
        it was asked for by an id. What does not agree is kept as doubtful: it says nothing of the
        work but which one it may be.
    """
    sure = match is None or match.agrees
    return Record(
        source=source,
        work=asked.id,
        status="found" if sure else "doubtful",
        checked_on=today,
        told=told,
        score=None if match is None else match.score,
        links=tuple(_links(told, match)) if sure else tuple(_may_be(told, match)),
    )


def not_found(source: str, asked: CitedWork, today: str) -> Record:
    """Return the record of an answer that there is no such work; it is not asked again soon."""
    return Record(source, asked.id, "not_found", today)


def _ids(told: SourceWork) -> Iterator[str]:
    for scheme, value in (("doi", told.doi), ("pmid", told.pmid), ("pmcid", told.pmcid)):
        if value:
            yield f"{scheme}:{value}"


def _links(told: SourceWork, match: Agreement | None) -> Iterator[Link]:
    for id in _ids(told):
        yield Link("SAME_AS", id, {"score": None if match is None else match.score})
    for update in told.updates:
        notice = f"doi:{update.doi}" if update.doi else f"pmid:{update.pmid}"
        if update.doi or update.pmid:
            properties = {"kind": update.kind, "on": update.on, "told_by": update.told_by}
            yield Link("UPDATED_BY", notice, properties)
    for id in told.preprint_of:
        yield Link("IS_PREPRINT_OF", id)


def _may_be(told: SourceWork, match: Agreement | None) -> Iterator[Link]:
    if match is not None and told.doi:
        yield Link("MAY_BE", f"doi:{told.doi}", {"score": match.score})
