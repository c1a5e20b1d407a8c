"""Values that stand right behind their marker, and numbers that are a part of its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.nlp.attachment.fits import fits
from kg.nlp.carrier import Findings, MentionDraft, QuantityDraft

_BESIDE = re.compile(
    r"(?i:\s?(?:\([\w-]{1,8}\)\s?)?(?:levels?|counts?|values?|concentrations?)?\s?"
    r"(?:[,:=(]|of|was|were|is|at)?\s?)"
)


def named_beside(
    text: str, begin: int, heads: Sequence[MentionDraft], quantity: QuantityDraft
) -> list[MentionDraft]:
    """Return the marker that stands right before a value: "anaemia (**hemoglobin**, 6.2 g/dL)".

    ``text`` is the sentence's, which begins at ``begin``; ``heads`` are in order of the text.
    """
    before = [m for m in heads if m.kind == "Marker" and m.end <= quantity.start]
    if not before:
        return []
    marker = before[-1]
    name = text[marker.start - begin : marker.end - begin]
    gap = text[marker.end - begin : quantity.start - begin]
    return [marker] if _BESIDE.fullmatch(gap) and fits(name, quantity.unit) else []


def outside_names(findings: Findings) -> list[QuantityDraft]:
    """Return the quantities that are no part of a name that a pattern read: "CD **31**"."""
    names = [(m.start, m.end) for m in findings.mentions if m.source == "pattern"]
    if findings.given or not names:
        return findings.quantities
    return [
        quantity
        for quantity in findings.quantities
        if not any(start <= quantity.start and quantity.end <= end for start, end in names)
    ]
