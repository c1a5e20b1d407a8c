"""Harms said to be absent without naming one: "the course was uneventful", "well tolerated"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg import terms
from kg.cases.drafts import EventDraft
from kg.cases.events.base import draft_of_words, name_concept
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import pattern_of, table
from kg.errors import TermsError

OF_OPERATION = "complication"
_CONCEPTS = {OF_OPERATION: "complication", "adverse event": "adverse reaction"}
"""What the terminology calls the absent events of the table."""
_DENIED = re.compile(r"\b(?:not|never|poorly|hardly|if)\s+(?:\w+\s+)?$")
_HINTS = (
    *("event", "toler", "complic", "morbid", "sequel", "toxic", "advers", "side", "smooth"),
    *("incident", "problem", "difficult"),
)


def told_harms(
    view: Passages,
    passage: Passage,
    owner: int,
    telling: Telling,
    known: Sequence[EventDraft],
) -> Iterator[EventDraft]:
    """Yield the absent adverse events that a sentence tells.

    Parameters
    ----------
    view, passage, owner, telling
        The sentence and whom it tells of; the patient had a therapy before.
    known
        What the mentions of the sentence state already: nothing is told twice.
    """
    lowered = passage.text.lower()
    if len(lowered) != len(passage.text) or not any(hint in lowered for hint in _HINTS):
        return
    taken = [(e.start, e.end) for e in known if e.type == "AdverseEvent"]
    for name, pattern in _patterns():
        for match in pattern.finditer(lowered):
            start, end = passage.start + match.start(), passage.start + match.end()
            if _DENIED.search(lowered[: match.start()]):
                continue
            if not any(s < end and start < e for s, e in taken):
                taken.append((start, end))
                yield _absent(view, passage, (start, end), owner, telling, name)


def _absent(
    view: Passages,
    passage: Passage,
    place: tuple[int, int],
    owner: int,
    telling: Telling,
    name: str,
) -> EventDraft:
    event = draft_of_words(view, passage, place, "AdverseEvent", owner, telling)
    name_concept(event, terms.load().lookup(name)[0].concept)
    event.label = "complication" if name == _CONCEPTS[OF_OPERATION] else "adverse_event"
    event.polarity = "negated"
    return event


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = []
    for name, cue in table("harms_absent.tsv"):
        if name not in _CONCEPTS:
            raise TermsError(f"{name!r} is no absent harm", where="cues/harms_absent.tsv")
        compiled = re.compile(rf"(?<!\w)(?:{pattern_of(cue)})(?!\w)")
        patterns.append((_CONCEPTS[name], compiled))
    return tuple(patterns)
