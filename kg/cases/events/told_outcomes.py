"""Outcomes told by what became of a tumour, a marker or a state: "the mass shrank"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from kg.cases.drafts import EventDraft
from kg.cases.events.base import draft_of_words, name_outcome
from kg.cases.model import OutcomeType
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import pattern_of, table
from kg.errors import TermsError

_PLACES = {
    "<tumour>": "tumour_words.tsv",
    "<marker>": "activity_markers.tsv",
    "<state>": "state_words.tsv",
}
"""What a cue may name by its class, and the file of the words."""
_MASKS = {"Condition": "§", "Marker": "¶"}
_MASKED = {
    "<condition>": "(?<!§)§+",
    "<measure>": r"(?<!¶)¶+(?:\s+(?:levels?|values?|counts?|concentrations?|titers?|titres?))?",
}
"""What a cue may name by the kind of its mention, in a text where mentions are masked."""
_LATELY = 3
"""Sentences within which a therapy stands that a complaint grew worse or persisted under."""
_NOT_BETTER: frozenset[OutcomeType] = frozenset({"progression", "no_response", "stable_disease"})
"""What a complaint does before any therapy as well."""
_OF_PATIENT = ("<condition>", "<measure>", "<state>")
_SUBJECT_GAP = (
    r"(?:\s+(?!(?:but|which|that|while|whereas|showed|revealed|no|not)\b)[\w/%.'’+\-]+){0,10}?\s+"
)
"""Words between a subject and its verb: "the mass in the left upper lobe had" shrunk."""
_MASKED_GAP = (
    r"(?:\s+(?!(?:but|which|that|while|whereas|showed|revealed|no|not|and|or|nor|because|due|led|"
    r"leading|to|with|without|after|despite|when|until|before)\b)[\w/%.'’+\-]+){0,6}?\s+"
)
"""The same after a mention: a complaint is often told beside another thing that changed."""
_INEXACT: frozenset[OutcomeType | None] = frozenset(
    {"symptom_resolution", "response_unspecified", "other"}
)
"""Types of a mention that words told of a tumour or a disease make exact."""
_DECISIVE: frozenset[OutcomeType] = frozenset({"graft_failure", "relapse"})
"""Types that words told decide against the mention's own: "she lost the remission"."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A cue: its type and pattern, and the stems that it can have.

    ``denies`` says that it denies by itself, ``masked`` that it is of a text where mentions are
    masked, ``lately`` that it tells of a therapy only where one was given shortly before.
    """

    outcome: OutcomeType
    pattern: re.Pattern[str]
    denies: bool
    masked: bool
    lately: bool
    stems: frozenset[str]


_UNREAL = re.compile(
    r"(?:(?<!found )(?<!noted )(?<!seen )(?<!shown )(?<!began )(?<!continued )(?<!started )\bto|"
    r"\b(?:no|non|not|without|never|if|may|might|could|would|should|expected|risk of|caused by|"
    r"possibility of|prevent\w*|avoid\w*|history of|prior to|before|infiltrative|invasive|"
    r"expansive|exophytic|papillary))\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"\s+(?:until|when|tolerated|known|nourished|developed|oriented|aware|enough|before)\b|"
    r"\s+(?:\w+\s+){0,2}?(?:(?:had|has|have|was|were|is|could|did)\s+not|cannot|failed)\b",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"(?<=enlarged)\s+(?!(?:and|in|to|on|by|from|after|at|again|despite|during|with|over)\b)[a-z]"
)
"""What makes "enlarged" describe the next word: "a lesion with enlarged lymph nodes"."""
_UNTOLD = re.compile(r"\b(?:no|not|without|nor|none|neither)\b", re.IGNORECASE)


def told_outcomes(
    view: Passages,
    passage: Passage,
    owner: int,
    telling: Telling,
    known: Sequence[EventDraft],
) -> Iterator[EventDraft]:
    """Yield the responses that a sentence tells by how a tumour, a marker or a state changed.

    Parameters
    ----------
    view, passage, owner, telling
        The sentence and whom it tells of; the patient had a therapy before.
    known
        What the mentions of the sentence state already: it is told once, and made exact.
    """
    taken = [(e.start, e.end, e) for e in known if e.type == "Response"]
    lowered = passage.text.lower()
    if len(lowered) != len(passage.text):
        return
    stems = set(_stems().findall(lowered))
    masked = _mask(view, passage, lowered)
    for told in _patterns():
        if told.stems.isdisjoint(stems) or (told.lately and not treated_lately(view, passage)):
            continue
        outcome, words = told.outcome, masked if told.masked else lowered
        for match in _matches(told.pattern, words):
            start, end = passage.start + match.start(), passage.start + match.end()
            if _is_denied(words, match, told.denies):
                continue
            same = [e for s, t, e in taken if s < end and start < t]
            if not same:
                event = _response(view, passage, (start, end), owner, telling, outcome)
                taken.append((start, end, event))
                yield event
            for event in same:
                exact = event.outcome not in _INEXACT and outcome not in _DECISIVE
                if not exact and event.mentions and event.polarity == "affirmed":
                    name_outcome(event, outcome)


def treated_lately(view: Passages, passage: Passage) -> bool:
    """Whether a therapy is told as given in a sentence or shortly before it."""
    return any(
        view.mentions[i].kind == "Therapy" and view.mentions[i].realisation == "given"
        for index in range(max(0, passage.index - _LATELY), passage.index + 1)
        for i in view.mentions_in[index]
    )


def _mask(view: Passages, passage: Passage, lowered: str) -> str:
    """Return a sentence with its conditions and markers masked, letter by letter."""
    letters = list(lowered)
    for index in view.mentions_in[passage.index]:
        mention = view.mentions[index]
        mask = _MASKS.get(mention.kind)
        if mask is not None:
            start, end = mention.start - passage.start, mention.end - passage.start
            letters[start:end] = mask * (end - start)
    return "".join(letters)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches from every start: the nearest tumour to a verb is its subject."""
    place = 0
    found: list[re.Match[str]] = []
    while (match := pattern.search(text, place)) is not None:
        found.append(match)
        place = match.start() + 1
    nearest = {match.end(): match for match in found}
    yield from nearest.values()


def _is_denied(text: str, match: re.Match[str], denies: bool) -> bool:
    """Whether the words are denied or only hoped for, by more than their cue itself denies."""
    if _UNREAL.search(text[: match.start()]) or _UNDONE.match(text, match.end()):
        return True
    if _ADJECTIVE.match(text, match.end()):
        return True
    return not denies and bool(_UNTOLD.search(match.group()))


def _response(
    view: Passages,
    passage: Passage,
    place: tuple[int, int],
    owner: int,
    telling: Telling,
    outcome: OutcomeType,
) -> EventDraft:
    event = draft_of_words(view, passage, place, "Response", owner, telling)
    name_outcome(event, outcome)
    return event


@cache
def tumour_words() -> re.Pattern[str]:
    """Return the pattern of the words for a tumour and its deposits, in lower-case text."""
    return re.compile(rf"(?<!\w)(?:{_union('tumour_words.tsv')})(?!\w)")


@cache
def _stems() -> re.Pattern[str]:
    """Return the pattern of the stems of which a cue and a sentence that it fits share one."""
    union = "|".join(row[0] for row in table("told_outcome_stems.tsv"))
    return re.compile(rf"(?<![^\W_])(?:{union})")


def _union(name: str) -> str:
    """Return the alternatives of a file; "(motor)? function" is two, so that no gap is left."""
    words = []
    for (word,) in table(name):
        if optional := re.match(r"(\([^)]*\))\? (.*)", word):
            words += [f"{optional.group(1)} {optional.group(2)}", optional.group(2)]
        else:
            words.append(word)
    return "|".join(pattern_of(word) for word in words)


@cache
def _patterns() -> tuple[_Told, ...]:
    known = get_args(OutcomeType)
    patterns = []
    for kind, cue in table("told_outcomes.tsv"):
        if kind not in known:
            raise TermsError(f"{kind!r} is no outcome type", where="cues/told_outcomes.tsv")
        masked = any(place in cue for place in _MASKED)
        gap = _MASKED_GAP if masked else _SUBJECT_GAP
        pattern = gap.join(pattern_of(part) for part in cue.split(" ~ "))
        for place, name in _PLACES.items():
            if place in pattern:
                pattern = pattern.replace(place, f"(?:{_union(name)})")
        stems = frozenset(_stems().findall(cue))
        if not stems:
            raise TermsError(f"no stem in {cue!r}", where="cues/told_outcome_stems.tsv")
        for place, words in _MASKED.items():
            pattern = pattern.replace(place, words)
        outcome = cast(OutcomeType, kind)
        patterns.append(
            _Told(
                outcome,
                re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"),
                bool(_UNTOLD.search(cue)),
                masked,
                outcome in _NOT_BETTER and any(place in cue for place in _OF_PATIENT),
                stems,
            )
        )
    return tuple(patterns)
