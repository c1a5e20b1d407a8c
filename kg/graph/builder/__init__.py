"""From an annotated report and its case to one graph.

Shared nodes (Concept, Publication, Trial) carry what their id and the terminology say and no
more; all else is owned by the report, so that it can be taken away again exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from kg.cases.model import CaseReport
from kg.graph.builder.claims import write_claims
from kg.graph.builder.concepts import Concepts, write_concepts
from kg.graph.builder.course import write_course
from kg.graph.builder.publications import (
    write_own_works,
    write_references,
)
from kg.graph.builder.sentences import (
    write_marks,
    write_mentions,
    write_sentences,
    write_title_mentions,
)
from kg.graph.builder.writer import GraphWriter
from kg.graph.types import Fields
from kg.licences import may_keep_text
from kg.memory import uncollected
from kg.nlp.model import Annotation
from kg.terms.model import ConceptKind

if TYPE_CHECKING:
    from kg.graph.types import Graph

__all__ = ["build"]

_KIND_OF_EVENT: dict[str, ConceptKind] = {
    "Exposure": "Therapy",
    "Finding": "Marker",
    "Response": "Outcome",
    "Diagnosis": "Condition",
    "AdverseEvent": "Condition",
}


@uncollected()
def build(
    annotation: Annotation,
    case: CaseReport,
    *,
    version: str,
    concepts: Concepts | None = None,
    keep_words: bool | None = None,
) -> Graph:
    """Return the graph of one report.

    Parameters
    ----------
    annotation
        The report with all that was found in it.
    case
        Who it describes, what happened to them, and what it claims.
    version
        The fingerprint of code, lexicon, rules, model and settings.
    concepts
        Where concepts are looked up; the project's terminology by default.
    keep_words
        Whether sentences and quotes may be kept; by the report's licence by default. Where they
        may not, a quote is replaced by its SHA-256 and other words are left out.

    Returns
    -------
    networkx.MultiDiGraph
        Graph attributes ``report`` (its id) and ``contradictions`` (of the case, for the checks);
        node attributes ``labels`` (a tuple, the key's label first) and ``properties``; edge
        attributes ``type`` and ``properties``. Dates are :class:`datetime.date`.

    Raises
    ------
    GraphError
        When two different things bear one id, or a date is none.
    """
    if concepts is None:
        from kg.terms import load

        concepts = load()
    keep = may_keep_text(case.report.licence) if keep_words is None else keep_words
    writer = GraphWriter(case.report.id, keep_words=keep)
    _write_report(writer, case, version, len(annotation.document.text))
    write_concepts(writer, _needed(annotation, case), concepts)
    write_own_works(writer, case.report)
    references = write_references(writer, annotation.document.references, case.citations)
    sentences = write_sentences(writer, annotation)
    write_course(writer, case, sentences)
    write_claims(writer, case.claims, sentences)
    write_mentions(writer, annotation, sentences, case.events)
    write_title_mentions(writer, annotation, references)
    write_marks(writer, annotation, sentences, references)
    writer.graph.graph["contradictions"] = case.contradictions
    return writer.graph


def _write_report(writer: GraphWriter, case: CaseReport, version: str, characters: int) -> None:
    report = case.report
    properties: Fields = {
        "title": report.title,
        "authors": report.authors,
        "journal": report.journal,
        "year": report.year,
        "published": report.published,
        "doi": report.doi.lower() if report.doi else None,
        "pmid": report.pmid,
        "pmcid": report.pmcid.upper() if report.pmcid else None,
        "article_type": report.article_type,
        "language": report.language,
        "licence": report.licence,
        "source_format": report.source_format,
        "sha256": report.sha256,
        "characters": characters,
        "source_sha256": report.source_sha256,
        "version": version,
        "text_kept": writer.keep_words,
        "retracted": report.retracted,
        "retracted_on": report.retracted_on,
        "retraction_stated": report.retracted,
        "retraction_stated_on": report.retracted_on,
        "care_items": report.care_items,
        "dropped": tuple(f"{reason}={case.dropped[reason]}" for reason in sorted(case.dropped)),
    }
    writer.node("Report", report.id, properties)


def _needed(annotation: Annotation, case: CaseReport) -> dict[str, ConceptKind]:
    """Return the ids of all concepts that the report points to, with the kind it takes them for."""
    kinds: frozenset[str] = frozenset(get_args(ConceptKind))
    mentions = (*annotation.mentions, *(mention for _, mention in annotation.reference_mentions))
    needed: dict[str, ConceptKind] = {}
    for claim in case.claims:
        needed.update(dict.fromkeys((*claim.subject, *claim.object), "Therapy"))
    for event in case.events:
        needed[event.concept] = _KIND_OF_EVENT[event.type]
    for mention in mentions:
        if mention.concept is not None and mention.kind in kinds:
            needed[mention.concept] = mention.kind  # type: ignore[assignment]  # narrowed above
    return needed
