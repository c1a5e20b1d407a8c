"""Outcomes told by what became of the tumour: "the mass shrank", "no residual carcinoma"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import cast, get_args

from kg.cases.drafts import EventDraft
from kg.cases.events.base import name_outcome
from kg.cases.model import OutcomeType
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import pattern_of, table
from kg.errors import TermsError

_TUMOUR = "<tumour>"
_UNREAL = re.compile(
    r"\b(?:no|not|without|never|if|may|might|could|would|should|expected|to)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"(?<=enlarged)\s+(?!(?:and|in|to|on|by|from|after|at|again|despite|during|with|over)\b)[a-z]"
)
"""What makes "enlarged" describe the next word: "a lesion with enlarged lymph nodes"."""
_DENIES = ("no ", "not ")
_UNTOLD = re.compile(r"\b(?:no|not|without|nor)\b", re.IGNORECASE)


def told_outcomes(
    view: Passages,
    passage: Passage,
    owner: int,
    telling: Telling,
    known: Sequence[EventDraft],
) -> Iterator[EventDraft]:
    """Yield the responses that a sentence tells by the growth or shrinkage of a tumour.

    Parameters
    ----------
    view, passage, owner, telling
        The sentence and whom it tells of; the patient had a therapy before.
    known
        What the mentions of the sentence state already: nothing is told twice.
    """
    taken = [(e.start, e.end) for e in known if e.type == "Response"]
    lowered = passage.text.lower()
    if len(lowered) != len(passage.text) or not _words().search(lowered):
        return
    for outcome, pattern in _patterns():
        for match in _matches(pattern, lowered):
            start, end = passage.start + match.start(), passage.start + match.end()
            if any(s < end and start < e for s, e in taken) or _is_denied(lowered, match):
                continue
            taken.append((start, end))
            yield _response(view, passage, (start, end), owner, telling, outcome)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches from every start: the nearest tumour to a verb is its subject."""
    place = 0
    found: list[re.Match[str]] = []
    while (match := pattern.search(text, place)) is not None:
        found.append(match)
        place = match.start() + 1
    nearest = {match.end(): match for match in found}
    yield from nearest.values()


def _is_denied(text: str, match: re.Match[str]) -> bool:
    """Whether the words are denied or only hoped for, by more than they say themselves."""
    if _UNREAL.search(text[: match.start()]) or _ADJECTIVE.match(text, match.end()):
        return True
    words = match.group()
    denials = _UNTOLD.findall(words)
    return bool(denials) and not (
        words.startswith(_DENIES) or re.search(r"\bno[t]?\b \w+$|no longer", words)
    )


def _response(
    view: Passages,
    passage: Passage,
    place: tuple[int, int],
    owner: int,
    telling: Telling,
    outcome: OutcomeType,
) -> EventDraft:
    start, end = place
    event = EventDraft(
        type="Response",
        concept=f"text:outcome/{view.text[start:end].lower()}",
        name=view.text[start:end],
        ancestors=(),
        kind="Outcome",
        label="response",
        text=view.text[start:end],
        start=start,
        end=end,
        last=start,
        sentence=passage.index,
        patient=owner,
        telling=telling,
        outcome=outcome,
        evidence=[view.evidence(start, end, passage.index)],
    )
    name_outcome(event, outcome)
    return event


@cache
def _words() -> re.Pattern[str]:
    union = "|".join(pattern_of(row[0]) for row in table("tumour_words.tsv"))
    return re.compile(rf"(?<!\w)(?:{union}|disease|malignancy|cancer|sarcoma)(?!\w)")


@cache
def _patterns() -> tuple[tuple[OutcomeType, re.Pattern[str]], ...]:
    words = "(" + "|".join(row[0] for row in table("tumour_words.tsv")) + ")"
    known = get_args(OutcomeType)
    patterns = []
    for kind, cue in table("told_outcomes.tsv"):
        if kind not in known:
            raise TermsError(f"{kind!r} is no outcome type", where="cues/told_outcomes.tsv")
        pattern = pattern_of(cue.replace(_TUMOUR, words))
        patterns.append((cast(OutcomeType, kind), re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")))
    return tuple(patterns)
