"""What the report claims in general, of which concepts, and on which works it rests."""

from __future__ import annotations

from collections.abc import Iterable

from kg.cases.model import Claim
from kg.graph.builder.course import stated_by, write_evidence
from kg.graph.builder.publications import write_publication
from kg.graph.builder.writer import GraphWriter
from kg.graph.types import Fields


def write_claims(writer: GraphWriter, claims: Iterable[Claim], sentences: tuple[str, ...]) -> None:
    """Write the claims with subjects, objects, cited works and evidence."""
    for claim in claims:
        _write_claim(writer, claim, sentences)


def _write_claim(writer: GraphWriter, claim: Claim, sentences: tuple[str, ...]) -> None:
    properties: Fields = {
        "predicate": claim.predicate,
        "sign": claim.sign,
        "aspect": claim.aspect,
        "setting": claim.setting,
        "own": claim.own,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "n": claim.n,
        "rate": claim.rate,
        "follow_up_days": claim.follow_up_days,
    }
    writer.node("Claim", claim.id, properties)
    writer.relationship("STATES", writer.report, claim.id)
    for subject in claim.subject:
        writer.relationship("SUBJECT", claim.id, subject)
    for object_ in claim.object:
        writer.relationship("OBJECT", claim.id, object_)
    stated = stated_by(writer, claim.evidence, sentences)
    for work in claim.cites:
        writer.relationship("CITES", claim.id, write_publication(writer, work), stated)
    write_evidence(writer, claim.id, claim.evidence, sentences)
