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

_EPITHET = (
    r"(?!\w*(?:itis|osis|emia|oma|pathy|pneumonia)\b)[a-z]{2,}(?:us|is|i|ae?|um|es|ans|ens)|virus|"
    r"species|complex|dna|rna|bacillus"
)
_RESULTS = frozenset({"positive", "negative"})
_TOLD = re.compile(r"positiv|negativ|undetect|not detect|non-?\s?reactive", re.IGNORECASE)
_TEST = re.compile(
    r"\b(?:test|serolog|immunoassay|PCR|polymerase|culture|smear|swab|stain|antibod|antigen|screen|"
    r"hybridi[sz]|ELISA|viral load|DNA\b|RNA\b|IgM\b|IgG\b)",
    re.IGNORECASE,
)


_GREW = re.compile(
    r"\b(?:grew|grow(?:n|ing|th\s+of)|yield\w*(?:\s+(?:a\s+)?(?:\w+\s+)?growth\s+of)?|"
    r"isolat\w+(?:\s+of)?|(?:cultur|PCR|sequenc|smear|swab|assay|stain|serolog)\w*\b[^.;]{0,50}?\b"
    r"(?:reveal|show|identif|demonstrat|confirm|detect|positive\s+for)\w*)\s+"
    r"(?:(?!no\b|not\b|neg)[\w-]+[\s,]+){0,6}$",
    re.IGNORECASE,
)
_WAS_FOUND = re.compile(
    r"(?:\s+(?:species|spp\.?|complex|DNA|RNA))?(?:[\s,]+(?:and|or)?\s*[A-Z]?[\w.]+){0,6}?\s+"
    r"(?:was|were)\s+(?:\w+ly\s+|also\s+)?(?P<how>isolated|cultured|grown|detected|identified)\b"
)
_OF_TEST = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:(?:was|were|is|test\w*|result\w*|for)\s+){0,3}"
    r"(?:positive\s+for|negative\s+for|grew|grown|yielded|(?:showed|with)?\s*growth\s+of|for)\s+"
    r"(?:\w+[\s-]){0,3}$",
    re.IGNORECASE,
)


def names_organism(text: str) -> bool:
    """Whether words name an organism that is tested for: "Mycoplasma pneumoniae"."""
    return _organism().fullmatch(text.lower()) is not None


def tests_for_organism(view: Passages, passage: Passage, mention: Mention) -> bool:
    """Whether a test is told with the organism that it found or sought, which is the finding."""
    return any(
        mention.end <= other.start <= mention.end + 60
        and names_organism(other.text)
        and _OF_TEST.fullmatch(view.text[mention.end : other.start])
        for other in (view.mentions[i] for i in view.mentions_in[passage.index])
    )


def tested_organism(
    view: Passages, passage: Passage, index: int, owner: int, telling: Telling
) -> list[EventDraft]:
    """Return the finding that an organism was tested for, where the sentence tells the result."""
    mention = view.mentions[index]
    if not names_organism(mention.text):
        return []
    if mention.polarity == "affirmed" and _is_grown(passage, mention):
        event = draft(view, passage, index, "Finding", owner, telling)
        event.kind, event.value_text = "Marker", "positive"
        return [event]
    if not _is_tested(passage, mention):
        return []
    told = in_words(view, passage, index, draft(view, passage, index, "Finding", owner, telling))
    if told is None or told.value_text not in _RESULTS:
        return []
    told.polarity = "affirmed" if told.value_text == "positive" else "negated"
    told.kind = "Marker"
    return [told]


def _is_grown(passage: Passage, mention: Mention) -> bool:
    """Whether a culture grew an organism, or a test found it."""
    before = passage.text[: mention.start - passage.start]
    if _GREW.search(before[-140:]):
        return True
    found = _WAS_FOUND.match(passage.text, mention.end - passage.start)
    if found is None:
        return False
    return found["how"] in {"isolated", "cultured", "grown"} or bool(_TEST.search(passage.text))


def _is_tested(passage: Passage, mention: Mention) -> bool:
    """Whether a test had the result; "no history of hepatitis B" is none."""
    if mention.polarity == "negated" and not _TOLD.search(mention.cue or ""):
        return bool(_TEST.search(passage.text) and _TOLD.search(passage.text))
    return bool(_TOLD.search(passage.text))


@cache
def _organism() -> re.Pattern[str]:
    words = "|".join(pattern_of(row[0]) for row in table("organisms.tsv"))
    return re.compile(
        rf"(?:[\w-]+\s){{0,3}}(?:{words})(?:[\s-](?:infections?|[\w-]{{1,3}}|{_EPITHET})){{0,2}}"
    )
