"""What names a condition that nobody has: a stage, a test, a thing feared or looked for."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.cases.events.harms import ADVERSE_NAMES, names_ending
from kg.cases.passages import Passage, Passages
from kg.nlp.model import Mention

_STAGE = re.compile(r"^(?:stage\s+)?(?:I{1,3}V?|IV)[ABC]?\d?$")
_BEARER = re.compile(
    r"\s+(?:medications?|drugs?|pills|tablets|clinics?|units?|cent(?:er|re)s?|wards?|services?"
    r"|registr\w+|guidelines?|teams?|specialists?|societ(?:y|ies)|foundation)\b",
    re.IGNORECASE,
)
_UNSPECIFIC = (" disorder", " disease")
_AGAINST = re.compile(r"\banti[-‐‑–]$", re.IGNORECASE)


def no_condition(view: Passages, passage: Passage, index: int) -> str | None:
    """Return why a mention is no condition of the patient's, or None where it may be one."""
    mention = view.mentions[index]
    for reason, test in _REASONS.items():
        if test(view, passage, mention):
            return reason
    return None


def _is_grade(view: Passages, _passage: Passage, mention: Mention) -> bool:
    graded = any(g.start < mention.end and mention.start < g.end for g in view.annotation.grades)
    return graded or _STAGE.match(mention.text) is not None


def _told_one_by_one(view: Passages, passage: Passage, mention: Mention) -> bool:
    """Whether "adverse events" only heads those that the sentence names after it."""
    if mention.name not in ADVERSE_NAMES or mention.polarity != "affirmed":
        return False
    return any(
        other.kind == "Condition" and other.start > mention.end and other.name != mention.name
        for other in (view.mentions[i] for i in view.mentions_in[passage.index])
    )


def _is_ending(_view: Passages, _passage: Passage, mention: Mention) -> bool:
    return names_ending(mention.text)


def _is_feared(_view: Passages, passage: Passage, mention: Mention) -> bool:
    prevented = passage.after(mention.end, "prevented", reach=2)
    return mention.time == "future" or prevented is not None


def _is_looked_for(_view: Passages, passage: Passage, mention: Mention) -> bool:
    """Whether it was tested for, or names a test: "testing for influenza", "influenza swabs"."""
    sought = passage.before(mention.start, "looked_for", reach=12)
    tested = passage.after(mention.end, "tested", reach=2)
    return sought is not None or tested is not None


def _is_against(view: Passages, _passage: Passage, mention: Mention) -> bool:
    """Whether a drug's class is meant: "anti-psychotic"."""
    return _AGAINST.search(view.text[max(0, mention.start - 6) : mention.start]) is not None


def _is_normal(view: Passages, _passage: Passage, mention: Mention) -> bool:
    before = view.text[max(0, mention.start - 7) : mention.start]
    return not mention.grounded and before.lower() == "normal "


def _is_of_drug_or_place(view: Passages, _passage: Passage, mention: Mention) -> bool:
    """Whether a drug or a place bears its name: "heart failure medications", "stroke unit"."""
    return _BEARER.match(view.text[mention.end : mention.end + 30]) is not None


def _is_cut(_view: Passages, _passage: Passage, mention: Mention) -> bool:
    """Whether the words are but an organ or an adjective: "brain" of "the brain disease"."""
    name, text = (mention.name or "").lower(), mention.text.lower()
    return name.endswith(_UNSPECIFIC) and name.startswith(text) and not text.endswith(_UNSPECIFIC)


_REASONS: dict[str, Callable[[Passages, Passage, Mention], bool]] = {
    "a grade, not a condition": _is_grade,
    "adverse events told one by one": _told_one_by_one,
    "the end of a therapy, not a condition": _is_ending,
    "a condition feared": _is_feared,
    "a condition looked for": _is_looked_for,
    "what a drug is against": _is_against,
    "a normal state, not a condition": _is_normal,
    "an organ, not a condition": _is_cut,
    "the name of a drug or a place, not a condition": _is_of_drug_or_place,
}
