"""Levels: a substance that was measured and that nobody took is no therapy."""

from __future__ import annotations

from collections.abc import Sequence

from kg import terms
from kg.nlp.carrier import Findings, MentionDraft
from kg.terms.normal import normal_form

NEXT = 14
"""Characters between a substance and its concentration: "testosterone was 3 ng/mL"."""
VOLUMES = ("/L", "/mL", "/dL")


def has_concentration(mention: MentionDraft, findings: Findings) -> bool:
    """Tell whether a substance is followed by its concentration: a level, and no use of it."""
    return mention.kind == "Therapy" and any(
        0 <= quantity.start - mention.end <= NEXT
        and quantity.unit is not None
        and quantity.unit.endswith(VOLUMES)
        for quantity in findings.quantities
    )


def make_marker(mention: MentionDraft, words: Sequence[str]) -> None:
    """Make a hormone whose level is told, and that nobody took, a marker."""
    name = " ".join(words)
    terminology = terms.load()
    known = (sense.concept for sense in terminology.lookup(name))
    markers = [concept for concept in known if terminology.concept(concept).kind == "Marker"]
    mention.kind, mention.label = "Marker", "laboratory"
    mention.grounded = bool(markers)
    mention.concept = markers[0] if markers else f"text:marker/{normal_form(name)}"
    mention.reason = "its level is told, and no use of it"
