"""The component ``kg_quantities``: quantities and doses into ``doc._.findings``.

Adds a Value mention for each measured value and a Dose mention for each dose, unless the mentions
were given from outside.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.carrier import DoseDraft, Findings, MentionDraft, QuantityDraft, text_of
from kg.nlp.model import MentionKind
from kg.nlp.quantities.amounts import amounts
from kg.nlp.quantities.doses import doses_of, find_dose_words
from kg.nlp.quantities.measures import quantities_of
from kg.nlp.quantities.numbers import Span, plain
from kg.nlp.quantities.results import find_results
from kg.nlp.quantities.units import dimension_of

_SCORE = 0.9
_SIZES = frozenset({"length", "area"})
_VOLUMES = frozenset({"mL", "cm3"})
"""Sizes are quantities, yet no laboratory values: they get no mention of their own."""


@Language.factory("kg_quantities")
def create_quantities(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component; it has no settings."""
    return annotate_quantities


def annotate_quantities(doc: Doc) -> Doc:
    """Find the quantities and doses of one section."""
    findings: Findings = doc._.findings
    text = plain(text_of(doc))
    markers, therapies = spans_of(findings, "Marker"), spans_of(findings, "Therapy")
    read = amounts(text, findings.skip, findings.superscripts)
    quantities = quantities_of(text, read, markers, therapies)
    doses = doses_of(text, read, markers, therapies)
    findings.quantities.extend(quantities)
    findings.doses.extend(doses)
    if not findings.given:
        values = [
            q for q in quantities if dimension_of(q.unit) not in _SIZES and q.unit not in _VOLUMES
        ]
        findings.mentions.extend(_mentions(values, "Value", "quantity"))
        findings.mentions.extend(
            MentionDraft(start, end, "Value", "result", "grammar", _SCORE)
            for start, end in find_results(text, markers)
        )
        findings.mentions.extend(_mentions(doses, "Dose", "dose"))
        findings.mentions.extend(
            MentionDraft(start, end, "Dose", "dose_words", "grammar", _SCORE)
            for start, end in find_dose_words(text)
            if not any(dose.start < end and start < dose.end for dose in doses)
        )
    return doc


def spans_of(findings: Findings, kind: MentionKind) -> list[Span]:
    """Return the spans of the mentions of one kind found so far, in order."""
    return sorted((m.start, m.end) for m in findings.mentions if m.kind == kind)


def _mentions(
    found: list[QuantityDraft] | list[DoseDraft], kind: MentionKind, label: str
) -> list[MentionDraft]:
    spans = sorted({(draft.start, draft.end) for draft in found})
    return [MentionDraft(start, end, kind, label, "grammar", _SCORE) for start, end in spans]
