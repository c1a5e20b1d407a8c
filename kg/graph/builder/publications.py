"""The works that a report is, cites, corrects, retracts or precedes."""

from __future__ import annotations

from collections.abc import Iterable

from kg.cases.model import Citation, ReportInfo
from kg.documents.model import Reference, RelatedWork
from kg.graph.builder.writer import GraphWriter
from kg.graph.types import Fields

_SCHEMES = ("doi", "pmid", "pmcid")
_RELATED = {"corrects": "CORRECTS", "retracts": "RETRACTS", "preprint_of": "IS_PREPRINT_OF"}


def write_publication(writer: GraphWriter, id: str) -> str:
    """Write the node of a work, with what its id says and no more; return its key."""
    scheme, _, rest = id.partition(":")
    return writer.node("Publication", id, {scheme: rest} if scheme in _SCHEMES else {})


def write_own_works(writer: GraphWriter, report: ReportInfo) -> None:
    """Write the work that the report is, and those it corrects, retracts or precedes."""
    own = write_publication(writer, report.id)
    writer.relationship("PUBLISHED_AS", report.id, own)
    _same(writer, own, _ids(report.doi, report.pmid, report.pmcid))
    for work in report.related:
        _write_related(writer, report.id, work)


def _write_related(writer: GraphWriter, report: str, work: RelatedWork) -> None:
    ids = _ids(work.doi, work.pmid, work.pmcid)
    if ids:
        target = write_publication(writer, ids[0])
        writer.relationship(_RELATED[work.type], report, target)
        _same(writer, target, ids)


def write_references(
    writer: GraphWriter, references: Iterable[Reference], citations: Iterable[Citation]
) -> dict[int, str]:
    """Write the entries of the list with the works they name; return their ids by number."""
    works = {citation.number: citation for citation in citations}
    ids: dict[int, str] = {}
    for reference in references:
        citation = works.get(reference.number)
        ids[reference.number] = _write_reference(writer, reference, citation)
    return ids


def _write_reference(writer: GraphWriter, reference: Reference, citation: Citation | None) -> str:
    id = f"{writer.report}#reference-{reference.number}"
    doi = reference.doi or (citation.doi if citation else None)
    pmid = reference.pmid or (citation.pmid if citation else None)
    properties: Fields = {
        "number": reference.number,
        "text": reference.text,
        "authors": reference.authors,
        "title": reference.title or (citation.title if citation else None),
        "year": reference.year or (citation.year if citation else None),
        "journal": reference.journal,
        "volume": reference.volume,
        "pages": reference.pages,
        "doi": doi.lower() if doi else None,
        "pmid": pmid,
        "confidence": float(reference.confidence),
    }
    writer.node("Reference", id, properties)
    writer.relationship("HAS_REFERENCE", writer.report, id)
    if citation is not None:
        work = write_publication(writer, citation.id)
        writer.relationship("TO", id, work)
        _same(writer, work, _ids(doi, pmid, None))
    return id


def _ids(doi: str | None, pmid: str | None, pmcid: str | None) -> tuple[str, ...]:
    """Return the ids of a work, the one that identifies it first."""
    given = (
        ("doi", doi.lower() if doi else None),
        ("pmid", pmid),
        ("pmcid", pmcid.upper() if pmcid else None),
    )
    return tuple(f"{scheme}:{value}" for scheme, value in given if value)


def _same(writer: GraphWriter, work: str, ids: Iterable[str]) -> None:
    """Write that further ids name the same work, as this report says."""
    for other in (write_publication(writer, id) for id in ids):
        if other != work:
            writer.relationship("SAME_AS", work, other)
