"""Falls and rises of laboratory values that a therapy is said to have caused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import terms
from kg.cases.drafts import EventDraft
from kg.cases.events.base import draft
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import table
from kg.nlp.model import Mention

_STOP = r"(?!(?:to|from|by|was|were|with|but|after|before|no)\b)"
# Whole words with something between them: else one word could be cut in every way.
_WORDS = rf"(?:(?:\s*,\s*|\s+|(?=-)){_STOP}[\w\-]+(?![\w\-])){{0,7}}?\s*$"
_FELL = r"(?:decreas|drop|fall|fell|declin|reduc|low)\w*"
_ROSE = r"(?:increas|elevat|ris|rose|raised|high)\w*"
_BEFORE = re.compile(rf"\b(?:(?P<fell>{_FELL})|(?P<rose>{_ROSE})){_WORDS}", re.IGNORECASE)
_AFTER = re.compile(
    r"^\s*(?:levels?|counts?|values?|concentrations?|activity)?\s*(?:had|has|were|was|also|then|\w+ly|"
    rf"\s)*\b(?:(?P<fell>{_FELL})|(?P<rose>{_ROSE}))",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\s+(?:levels?|counts?|values?|concentrations?)\b", re.IGNORECASE)
_REACH = 60


@dataclass(frozen=True, slots=True)
class LabHarm:
    """A changed value: what the change is called, and its words (offsets of the document)."""

    condition: str
    start: int
    end: int


def lab_harm(passage: Passage, mention: Mention) -> LabHarm | None:
    """Return what the fall or rise told of a marker is called, or None where none is told."""
    changes = _conditions().get((mention.name or "").lower())
    if mention.kind != "Marker" or changes is None:
        return None
    here, there = mention.start - passage.start, mention.end - passage.start
    window = max(0, here - _REACH)
    before = _BEFORE.search(passage.text[window:here])
    after = _AFTER.match(passage.text[there : there + _REACH])
    found = before or after
    if found is None:
        return None
    condition = changes.get("fell" if found["fell"] else "rose")
    if condition is None:
        return None
    if before is not None:
        unit = _NOUN.match(passage.text[there : there + _REACH])
        end = mention.end + (unit.end() if unit is not None else 0)
        return LabHarm(condition, passage.start + window + before.start(), end)
    return LabHarm(condition, mention.start, mention.end + found.end())


def lab_harm_event(
    view: Passages, passage: Passage, index: int, owner: int, telling: Telling
) -> EventDraft | None:
    """Return the adverse event that the change of a marker is, where there is a name for it."""
    harm = lab_harm(passage, view.mentions[index])
    if harm is None:
        return None
    terminology = terms.load()
    senses = terminology.lookup(harm.condition)
    if not senses:
        return None
    concept = senses[0].concept
    event = draft(view, passage, index, "AdverseEvent", owner, telling)
    event.concept, event.name = concept, terminology.concept(concept).name
    event.ancestors = tuple(terminology.concept(a).name for a in terminology.ancestors(concept))
    event.kind, event.label = "Condition", terminology.concept(concept).label
    event.start, event.end = harm.start, harm.end
    event.text = view.text[harm.start : harm.end]
    event.evidence = [view.evidence(harm.start, harm.end, passage.index)]
    return event


@cache
def _conditions() -> dict[str, dict[str, str]]:
    """Return for each marker what its fall and its rise are called."""
    found: dict[str, dict[str, str]] = {}
    for marker, direction, condition in table("lab_harms.tsv"):
        found.setdefault(marker, {})[direction] = condition
    return found
