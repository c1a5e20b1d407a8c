"""Organisms that were tested for: "HIV and EBV were negative" tells tests, and no diseases."""

from __future__ import annotations

import re
from functools import cache

from kg.cases.drafts import EventDraft
from kg.cases.events.base import draft
from kg.cases.events.worded import in_words
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import pattern_of, table
from kg.nlp.model import Mention

_RESULTS = frozenset({"positive", "negative"})
_TOLD = re.compile(r"positiv|negativ|undetect|not detect|non-?\s?reactive", re.IGNORECASE)
_TEST = re.compile(
    r"\b(?:test|serolog|immunoassay|PCR|polymerase|culture|smear|swab|stain|antibod|antigen|screen|"
    r"hybridi[sz]|ELISA|viral load|DNA\b|RNA\b|IgM\b|IgG\b)",
    re.IGNORECASE,
)


def tested_organism(
    view: Passages, passage: Passage, index: int, owner: int, telling: Telling
) -> list[EventDraft]:
    """Return the finding that an organism was tested for, where the sentence tells the result."""
    mention = view.mentions[index]
    if not _organism().fullmatch(mention.text.lower()) or not _is_tested(passage, mention):
        return []
    event = in_words(view, passage, index, draft(view, passage, index, "Finding", owner, telling))
    if event is None or event.value_text not in _RESULTS:
        return []
    event.polarity = "affirmed" if event.value_text == "positive" else "negated"
    event.kind = "Marker"
    return [event]


def _is_tested(passage: Passage, mention: Mention) -> bool:
    """Whether a test had the result; "no history of hepatitis B" is none."""
    if mention.polarity == "negated" and not _TOLD.search(mention.cue or ""):
        return bool(_TEST.search(passage.text) and _TOLD.search(passage.text))
    return bool(_TOLD.search(passage.text))


@cache
def _organism() -> re.Pattern[str]:
    words = "|".join(pattern_of(row[0]) for row in table("organisms.tsv"))
    return re.compile(rf"(?:[\w-]+\s){{0,3}}(?:{words})(?:[\s-](?:infections?|[\w-]{{1,3}}))?")
