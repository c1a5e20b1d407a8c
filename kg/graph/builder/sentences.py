"""Sentences, the concepts they mention, and the citation marks in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from kg.cases.model import Event
from kg.documents.model import Mark
from kg.graph.builder.writer import GraphWriter
from kg.graph.types import Fields
from kg.nlp.model import Annotation, Mention, Sentence


def sentence_id(report: str, sentence: Sentence) -> str:
    """Return the id of a sentence of a report.

    Examples
    --------
    >>> sentence_id("doi:10.1/x", Sentence(10, 42, section=0))
    'doi:10.1/x#sentence-10-42'
    """
    return f"{report}#sentence-{sentence.start}-{sentence.end}"


def write_sentences(writer: GraphWriter, annotation: Annotation) -> tuple[str, ...]:
    """Write every sentence that was read; return their ids in order."""
    document = annotation.document
    ids = tuple(sentence_id(writer.report, sentence) for sentence in annotation.sentences)
    for id, sentence in zip(ids, annotation.sentences, strict=True):
        properties: Fields = {
            "section": document.sections[sentence.section].kind,
            "start": sentence.start,
            "end": sentence.end,
            "text": writer.words_or_none(document.text[sentence.start : sentence.end]),
        }
        writer.node("Sentence", id, properties)
        writer.relationship("HAS_SENTENCE", writer.report, id)
    return ids


def write_mentions(
    writer: GraphWriter,
    annotation: Annotation,
    sentences: tuple[str, ...],
    events: tuple[Event, ...],
) -> None:
    """Write one MENTIONS for each span that names a concept."""
    owners = _patients_by_span(events)
    for mention in annotation.mentions:
        if mention.concept is not None:
            patient = owners.get((mention.concept, mention.start, mention.end))
            properties = _mention(writer, mention, patient)
            writer.relationship(
                "MENTIONS", sentences[mention.sentence], mention.concept, properties
            )


def write_title_mentions(
    writer: GraphWriter, annotation: Annotation, references: Mapping[int, str]
) -> None:
    """Write the concepts that the titles of cited works name; offsets are into the title."""
    for number, mention in annotation.reference_mentions:
        if mention.concept is not None and number in references:
            properties: Fields = {"start": mention.start, "end": mention.end, "text": mention.text}
            writer.relationship("MENTIONS", references[number], mention.concept, properties)


def write_marks(
    writer: GraphWriter,
    annotation: Annotation,
    sentences: tuple[str, ...],
    references: Mapping[int, str],
) -> None:
    """Write which entries of the list each sentence refers to."""
    starts = [sentence.start for sentence in annotation.sentences]
    for mark in annotation.marks:
        index = sentence_of_mark(annotation, mark, starts)
        if index is None:
            continue
        properties: Fields = {"start": mark.start, "end": mark.end, "mark": mark.text}
        for number in mark.references:
            if number in references:
                writer.relationship("REFERS_TO", sentences[index], references[number], properties)


def sentence_of_mark(annotation: Annotation, mark: Mark, starts: list[int]) -> int | None:
    """Return the index of the sentence a citation mark belongs to, or None.

    A mark after the full stop ("… in vitro.⁵") belongs to the sentence before it, as long as
    both stand in one section.
    """
    index = bisect_right(starts, mark.start) - 1
    if index < 0:
        return None
    section = annotation.document.sections[annotation.sentences[index].section]
    return index if section.start <= mark.start < section.end else None


def _patients_by_span(events: tuple[Event, ...]) -> dict[tuple[str, int, int], str]:
    """Return whose mention it is, for the words that an event is read from."""
    return {
        (event.concept, evidence.start, evidence.end): event.patient
        for event in events
        for evidence in event.evidence
    }


def _mention(writer: GraphWriter, mention: Mention, patient: str | None) -> Fields:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": writer.words_or_none(mention.text),
        "patient": patient,
        "polarity": mention.polarity,
        "certainty": mention.certainty,
        "experiencer": mention.experiencer,
        "time": mention.time,
        "realisation": mention.realisation,
    }
