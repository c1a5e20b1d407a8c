"""What a claim's sentence says of it: held or denied, sure or possible, whose, in what setting."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.cases.claims.grammar import cue
from kg.cases.model import Setting
from kg.nlp.model import Certainty, Polarity

_REACH = 45
_NEGATIVELY = re.compile(r"\b(?:negatively|never)\s")


@dataclass(frozen=True, slots=True)
class Qualities:
    """Polarity, certainty, setting and ownership of a claim."""

    polarity: Polarity
    certainty: Certainty
    setting: Setting | None
    own: bool


def claims_nothing(sentence: str, kind: str = "discussion") -> bool:
    """Tell whether a sentence tells the course of a patient, or asks, and so claims nothing.

    Examples
    --------
    >>> claims_nothing("The patient achieved remission after CAR-T cells.")
    True
    >>> claims_nothing("Our case suggests that CAR-T cells are effective.")
    False
    >>> claims_nothing("Whether interferon can reduce relapse is unknown.")
    True
    """
    if cue("question").search(sentence):
        return True
    if kind == "title" or cue("own").search(sentence):
        return False
    return bool(cue("patient").search(sentence) or cue("others").search(sentence))


def qualities(sentence: str, trigger: tuple[int, int], cited: bool, kind: str) -> Qualities:
    """Return the qualities of a claim.

    Parameters
    ----------
    sentence
        Its text.
    trigger
        Where the trigger stands in it.
    cited
        Whether the claim cites a work; then it is not the report's own.
    kind
        The kind of its section.
    """
    own = not cited and (kind == "title" or cue("own").search(sentence) is not None)
    return Qualities(
        _polarity(sentence, trigger), _certainty(sentence), _setting(sentence, own), own
    )


def _polarity(sentence: str, trigger: tuple[int, int]) -> Polarity:
    start, end = trigger
    if _NEGATIVELY.search(sentence, start, end):
        return "negated"
    before = re.split(r"[,;:]|\bbut\b|\bthat\b|\bwhich\b", sentence[max(0, start - _REACH) : start])
    return "negated" if cue("negation").search(before[-1]) else "affirmed"


def _certainty(sentence: str) -> Certainty:
    return "possible" if cue("possible").search(sentence) else "certain"


def _setting(sentence: str, own: bool) -> Setting | None:
    settings: tuple[Setting, ...] = ("in_vitro", "animal", "clinical")
    for setting in settings:
        if cue(setting).search(sentence):
            return setting
    return "clinical" if own else None
