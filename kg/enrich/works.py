"""The works of a store that are due to be asked about, with what the reports say of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.sources.agreement import Description
from kg.stores import Store

SOURCES = ("pubmed", "crossref")
_PAGE = 50
Row = dict[str, Any]
_SCHEMES = ("doi", "pmid", "pmcid")

_HELD = (
    "MATCH (p:Publication)<-[:TO|PUBLISHED_AS]-() WHERE p.id > $after "
    "RETURN DISTINCT p.id AS id ORDER BY id LIMIT $page"
)
_RECORDS = (
    "UNWIND $ids AS id MATCH (p:Publication {id: id})<-[:DESCRIBES_WORK]-(c:Record) "
    "RETURN p.id AS work, c.source AS source, c.checked_on AS checked_on, "
    "CASE c.status WHEN 'found' THEN c.doi END AS doi"
)
_WRITTEN = (
    "UNWIND $ids AS id MATCH (p:Publication {id: id})<-[:TO]-(r:Reference) "
    "RETURN p.id AS work, r.id AS by, r.title AS title, r.year AS year, r.authors AS authors, "
    "r.text AS text, r.doi AS doi, r.pmid AS pmid, null AS pmcid",
    "UNWIND $ids AS id MATCH (p:Publication {id: id})<-[:PUBLISHED_AS]-(r:Report) "
    "RETURN p.id AS work, r.id AS by, r.title AS title, r.year AS year, r.authors AS authors, "
    "null AS text, r.doi AS doi, r.pmid AS pmid, r.pmcid AS pmcid",
)


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A work that reports are or cite.

    Attributes
    ----------
    id
        The publication's id.
    written
        How the reports describe it.
    doi, pmid, pmcid
        Its ids, by its own id or as the reports write them.
    due
        The sources to ask.
    told_doi
        The doi that a source told when it was asked before.
    """

    id: str
    written: Description
    doi: str | None
    pmid: str | None
    pmcid: str | None
    due: frozenset[str]
    told_doi: str | None = None


def due_works(store: Store, checked_before: str) -> Iterator[list[CitedWork]]:
    """Yield the works that some source was never asked about, or not since a day, page by page.

    Parameters
    ----------
    store
        An open store.
    checked_before
        A day, ISO 8601: what was asked before it is due again.

    Yields
    ------
    list of CitedWork
        In the order of their ids. What is written to the store meanwhile does not disturb it.
    """
    after = ""
    while True:
        rows = store.read(_HELD, {"after": after, "page": _PAGE})
        if not rows:
            return
        ids = [row["id"] for row in rows]
        after = ids[-1]
        records = _records(store, ids)
        due = {id: _due(records[id], checked_before) for id in ids}
        works = _described(store, [id for id in ids if due[id]])
        if works:
            yield [
                replace(work, due=due[work.id], told_doi=_commonest(_dois(records[work.id])))
                for work in works
            ]


def _records(store: Store, ids: Sequence[str]) -> defaultdict[str, list[Row]]:
    records: defaultdict[str, list[Row]] = defaultdict(list)
    for row in store.read(_RECORDS, {"ids": ids}):
        records[row["work"]].append(row)
    return records


def _due(records: Iterable[Row], checked_before: str) -> frozenset[str]:
    fresh = {row["source"] for row in records if row["checked_on"] >= checked_before}
    return frozenset(SOURCES) - fresh


def _dois(records: Iterable[Row]) -> Iterator[str | None]:
    return (row["doi"] for row in records)


def _described(store: Store, ids: Sequence[str]) -> list[CitedWork]:
    written: defaultdict[str, list[Row]] = defaultdict(list)
    for statement in _WRITTEN:
        for row in store.read(statement, {"ids": ids}):
            written[row["work"]].append(row)
    return [_work(id, sorted(written[id], key=_by)) for id in ids]


def _by(row: Row) -> str:
    return str(row["by"])


def _work(id: str, rows: Sequence[Row]) -> CitedWork:
    scheme, _, rest = id.partition(":")
    known = {name: _commonest(row[name] for row in rows) for name in _SCHEMES}
    if scheme in _SCHEMES:
        known[scheme] = rest
    title = _commonest(row["title"] for row in rows)
    # Author and year come from an entry with the chosen title, so that they are of one work.
    described = [row for row in rows if row["title"] == title] or list(rows)
    written = Description(
        title,
        next((row["authors"][0] for row in described if row["authors"]), None),
        next((row["year"] for row in described if row["year"] is not None), None),
        next((row["text"] for row in described if row["text"]), None),
    )
    return CitedWork(id, written, known["doi"], known["pmid"], known["pmcid"], frozenset(SOURCES))


def _commonest(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None
