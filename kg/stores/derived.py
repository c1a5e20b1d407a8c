"""What is derived anew whenever a contributor comes or goes.

A publication's title, year and retraction, a report's retraction, and how well each entry of a
list agrees with what a bibliographic source says of the work it names. All are functions of what
the store holds, so that the order of coming and going changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from kg.graph.publications import (
    Contribution,
    Retraction,
    derive_publication,
    derive_retraction,
)
from kg.sources.agreement import Description, agreement
from kg.stores.rows import Row
from kg.stores.statements import run_rows

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

Rows = Mapping[str, list[Row]]
"""What contributors say, by the id of the publication."""

_WORK = "UNWIND $rows AS id MATCH (p:Publication {id: id})"
_REFERENCES = (
    f"{_WORK}<-[:TO]-(r:Reference) RETURN p.id AS work, r.id AS id, r.title AS title, "
    "r.year AS year, r.authors AS authors, r.text AS text"
)
_REPORTS = (
    f"{_WORK}<-[:PUBLISHED_AS]-(r:Report) RETURN p.id AS work, r.id AS id, r.title AS title, "
    "r.year AS year, r.retraction_stated AS retracted, r.retraction_stated_on AS retracted_on"
)
_RECORDS = (
    f"{_WORK}<-[:DESCRIBES_WORK]-(c:Record) WHERE c.status <> 'not_found' "
    "RETURN p.id AS work, c.id AS id, c.status AS status, c.title AS title, "
    "c.subtitle AS subtitle, c.year AS year, c.authors AS authors, "
    "c.retracted AS retracted, c.retracted_on AS retracted_on"
)
_NOTICES = (
    f"{_WORK}<-[:RETRACTS]-(r:Report) RETURN p.id AS work, true AS retracted, "
    "r.published AS retracted_on"
)


def derive_publications(transaction: ManagedTransaction, changed: Iterable[str]) -> None:
    """Derive what depends on the publications whose contributors changed."""
    # A retraction holds for all ids of a work, so those beside the changed ones are due as well.
    touched = set(changed)
    due = touched | _others(_same(transaction, touched))
    same = _same(transaction, due)
    around = due | _others(same)
    reports, records = (
        _by_work(transaction, _REPORTS, around),
        _by_work(transaction, _RECORDS, around),
    )
    notices = _by_work(transaction, _NOTICES, around)
    references = _by_work(transaction, _REFERENCES, due)
    told = {
        work: [
            Retraction(bool(one["retracted"]), one["retracted_on"])
            for one in (*reports[work], *_found(records[work]), *notices[work])
        ]
        for work in around
    }
    retractions = {
        work: derive_retraction(one for id in sorted({work, *same[work]}) for one in told[id])
        for work in due
    }
    _write_works(transaction, due, reports, records, references, retractions)
    _write_reports(transaction, reports, retractions)
    _write_agreements(transaction, due, references, records)


def _same(transaction: ManagedTransaction, works: Collection[str]) -> defaultdict[str, set[str]]:
    statement = f"{_WORK}-[:SAME_AS]-(q:Publication) RETURN DISTINCT p.id AS work, q.id AS other"
    same: defaultdict[str, set[str]] = defaultdict(set)
    for row in run_rows(transaction, statement, sorted(works)):
        same[row["work"]].add(row["other"])
    return same


def _others(same: Mapping[str, set[str]]) -> set[str]:
    return {other for others in same.values() for other in others}


def _by_work(
    transaction: ManagedTransaction, statement: str, works: Collection[str]
) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in run_rows(transaction, statement, sorted(works)):
        found[row["work"]].append(row)
    return found


def _found(records: Iterable[Row]) -> list[Row]:
    """Return the records that are of the work, not only like it."""
    return [record for record in records if record["status"] == "found"]


def _write_works(
    transaction: ManagedTransaction,
    due: Collection[str],
    reports: Rows,
    records: Rows,
    references: Rows,
    retractions: Mapping[str, Retraction],
) -> None:
    derived = []
    for work in sorted(due):
        facts = derive_publication(
            [
                *(Contribution("report", one["title"], one["year"]) for one in reports[work]),
                *(
                    Contribution("enrichment", one["title"], one["year"])
                    for one in _found(records[work])
                ),
                *(Contribution("reference", one["title"], one["year"]) for one in references[work]),
            ]
        )
        retraction = retractions[work]
        derived.append(
            {
                "id": work,
                "title": facts.title,
                "year": facts.year,
                "retracted": retraction.retracted or None,
                "retracted_on": retraction.on,
            }
        )
    run_rows(
        transaction,
        "UNWIND $rows AS row MATCH (p:Publication {id: row.id}) "
        "SET p.title = row.title, p.year = row.year, "
        "p.retracted = row.retracted, p.retracted_on = row.retracted_on",
        derived,
    )


def _write_reports(
    transaction: ManagedTransaction, reports: Rows, retractions: Mapping[str, Retraction]
) -> None:
    run_rows(
        transaction,
        "UNWIND $rows AS row MATCH (r:Report {id: row.id}) "
        "SET r.retracted = row.retracted, r.retracted_on = row.on",
        [
            {"id": report["id"], "retracted": retraction.retracted, "on": retraction.on}
            for work, retraction in sorted(retractions.items())
            for report in reports[work]
        ],
    )


def _write_agreements(
    transaction: ManagedTransaction, due: Collection[str], references: Rows, records: Rows
) -> None:
    enriched = sorted(work for work in due if records[work])
    run_rows(
        transaction,
        f"{_WORK}<-[:TO]-(:Reference)-[k:CHECKED_AGAINST]->(:Record) DELETE k",
        enriched,
    )
    run_rows(
        transaction,
        "UNWIND $rows AS row MATCH (r:Reference {id: row.reference}) "
        "MATCH (c:Record {id: row.record}) CREATE (r)-[k:CHECKED_AGAINST]->(c) "
        "SET k.score = row.score, k.agrees = row.agrees, k.owner = row.record",
        [
            {"reference": reference["id"], "record": record["id"], **_agreement(reference, record)}
            for work in enriched
            for reference in references[work]
            for record in records[work]
        ],
    )


def _agreement(reference: Row, record: Row) -> Row:
    result = agreement(
        Description(
            reference["title"], _first(reference["authors"]), reference["year"], reference["text"]
        ),
        Description(record["title"], _first(record["authors"]), record["year"]),
        record["subtitle"],
    )
    return {"score": result.score, "agrees": result.agrees}


def _first(authors: list[str] | None) -> str | None:
    return authors[0] if authors else None
