"""Properties that several node and relationship types share."""

from __future__ import annotations

from kg.graph.shapes import Property, PropertyType


def optional(name: str, kind: PropertyType, doc: str) -> Property:
    """State a property that may be missing."""
    return Property(name, kind, doc)


def required(name: str, kind: PropertyType, doc: str) -> Property:
    """State a property that is always there."""
    return Property(name, kind, doc, required=True)


ASSERTION = (
    optional("polarity", "string", "affirmed or negated"),
    optional("certainty", "string", "certain or possible"),
    optional("experiencer", "string", "patient, donor, family or other"),
    optional("time", "string", "current, history or future"),
    optional(
        "realisation", "string", "of therapies: given, declined, considered, planned, not_given"
    ),
)
OF_PATIENT = tuple(p for p in ASSERTION if p.name != "experiencer")
SPAN = (
    required("start", "integer", "first code point in the report's text"),
    required("end", "integer", "code point after the last"),
)
STATED = (
    optional("sentence", "string", "id of the sentence that states it"),
    optional("start", "integer", "first code point of the words that state it"),
    optional("end", "integer", "code point after the last"),
    optional("quote", "string", "these words, or `sha256:` of them where the licence forbids text"),
)
BOUNDS = (
    optional("min_days", "integer", "fewest days from start to start"),
    optional(
        "max_days", "integer", "most days from start to start; null where the text sets no bound"
    ),
)
