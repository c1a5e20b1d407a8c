"""The type of an outcome: by its name, and by what the words beside it make of it."""

from __future__ import annotations

import re
from functools import cache
from typing import cast, get_args

from kg.cases.events.told_outcomes import tumour_words
from kg.cases.model import OutcomeType
from kg.cases.passages import Passage
from kg.cases.vocabulary import pattern_of, table
from kg.errors import TermsError
from kg.nlp.model import Mention, Polarity

_DENIED: dict[OutcomeType, OutcomeType] = {
    "complete_remission": "no_response",
    "partial_response": "no_response",
    "response_unspecified": "no_response",
    "molecular_response": "no_response",
    "engraftment": "graft_failure",
    "relapse": "recurrence_free",
    "progression": "stable_disease",
}
"""What a denied outcome says in the affirmative: a failed induction is no response."""
_HARDLY = re.compile(
    r"\b(?:insufficiently|minimally|barely|hardly|not|never|nor|without)\s+$", re.IGNORECASE
)
_ABSENT = re.compile(
    r"\b(?:no|without|any)\s+(?:evidence|signs?|features?|indication)\s+of\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_GONE = re.compile(r"\b(?:complete|total)\b|disappear", re.IGNORECASE)
_OF_TUMOUR = re.compile(
    r"^\s+of\s+(?:[\w-]+\s+){0,4}?(?:tumou?rs?|mass(?:es)?|lesions?|metasta\w+|carcinoma|lymphoma|"
    r"nodules?)\b",
    re.IGNORECASE,
)
_EXTENT = re.compile(
    r"\b(partial|incomplete|complete|full|total)(?:ly)?\s+(?:[\w-]+\s+(?:and\s+)?){0,3}$",
    re.IGNORECASE,
)
_STATE = re.compile(r"^(?:remissions?|responses?|responded)$", re.IGNORECASE)
_SHRINKAGE = re.compile(r"\bregress", re.IGNORECASE)
_LIVED = re.compile(r"(?:surviv(?:es?|ed)|alive|still alive)$", re.IGNORECASE)
_BEING = re.compile(
    r"\b(?:is|was|been|remain\w*|feels?|felt|keeps|kept|doing|does|did)\s+(?:very\s+|quite\s+)?$",
    re.IGNORECASE,
)
_NEXT_CLAUSE = re.compile(
    r";|\b(?:and|but|while)\s+(?:[\w-]+\s+){0,3}(?:was|were|had|has|have|is|are|did|no)\b|"
    r"\band\s+(?:he|she|it|they|there|the)\b",
    re.IGNORECASE,
)
_WENT = (
    "regression",
    "resolution",
    "disappear",
    "resolved",
    "improve",
    "relie",
    "cessation",
    "excluding",
)
"""Cues by which a condition has gone; beside an outcome they tell of another one."""
_OBJECT_REACH = 50
"""Characters after "regression" in which the words stand that it is of."""


@cache
def outcome_type(text: str, name: str | None = None, above: tuple[str, ...] = ()) -> OutcomeType:
    """Return the type of a response, from its words, its concept's name and those above it.

    Examples
    --------
    >>> outcome_type("second CR", "complete remission")
    'complete_remission'
    >>> outcome_type("neutrophil engraftment")
    'engraftment'
    """
    for candidate in (name, *above, text):
        lowered = (candidate or "").lower()
        for kind, pattern in _types():
            if pattern.search(lowered):
                return kind
    return "other"


def of_tumour_gone(passage: Passage, mention: Mention) -> bool:
    """Whether what has gone completely is the tumour: "complete resolution of the mass"."""
    rest = passage.text[mention.end - passage.start :]
    return bool(_GONE.search(mention.text)) and bool(_OF_TUMOUR.match(rest))


def in_context(
    outcome: OutcomeType, passage: Passage, mention: Mention
) -> tuple[OutcomeType, Polarity]:
    """Return the outcome that the words before a mention leave of it."""
    outcome = "alive" if is_well(passage, mention) else _to_extent(outcome, passage, mention)
    before = passage.text[: mention.start - passage.start]
    if outcome == "relapse" and _ABSENT.search(before):
        return "recurrence_free", "affirmed"
    if outcome in _DENIED and _HARDLY.search(before):
        return _DENIED[outcome], "affirmed"
    return _as_stated(outcome, passage, mention)


def is_well(passage: Passage, mention: Mention) -> bool:
    """Whether "well" says how the patient is: "she has been well", not "tolerated well"."""
    before = passage.text[: mention.start - passage.start]
    return mention.text.lower() == "well" and bool(_BEING.search(before))


def _as_stated(
    outcome: OutcomeType, passage: Passage, mention: Mention
) -> tuple[OutcomeType, Polarity]:
    """Return the outcome that a mention states, denials turned into what they mean.

    "Negative" is said of a test and denies no remission: "MRD-negative CR".
    """
    inside = mention.cue_start is not None and mention.start <= mention.cue_start < mention.end
    cue = (mention.cue or "").lower()
    of_a_test = cue.startswith(("negativ", "undetect")) and outcome != "relapse"
    of_another = cue.startswith(_WENT) or _is_of_next_clause(passage, mention)
    if mention.polarity == "affirmed" or inside or of_a_test or of_another:
        return outcome, "affirmed"
    if outcome in _DENIED:
        return _DENIED[outcome], "affirmed"
    denied = mention.cue_start is not None and mention.cue_start < mention.start
    if outcome == "alive" and _LIVED.match(mention.text):
        # "Alive and free of tumour" denies the tumour.
        return ("death" if denied else "alive"), "affirmed"
    return outcome, "negated"


def _is_of_next_clause(passage: Passage, mention: Mention) -> bool:
    """Whether the denial belongs to a clause after: "her mood improved and she was not sad"."""
    if mention.cue_start is None or mention.cue_start < mention.end:
        return False
    between = passage.text[mention.end - passage.start : mention.cue_start - passage.start]
    return bool(_NEXT_CLAUSE.search(between))


def _to_extent(outcome: OutcomeType, passage: Passage, mention: Mention) -> OutcomeType:
    """Return an outcome as complete or partial where the words before it say so."""
    before = passage.text[: mention.start - passage.start]
    if _STATE.match(mention.text) and (extent := _EXTENT.search(before)):
        partial = extent.group(1).lower() in {"partial", "incomplete"}
        return "partial_response" if partial else "complete_remission"
    if _SHRINKAGE.search(mention.text) and not _tells_of_tumour(passage, mention):
        return "symptom_resolution" if _GONE.search(mention.text) else "response_unspecified"
    return outcome


def _tells_of_tumour(passage: Passage, mention: Mention) -> bool:
    """Whether a regression is a tumour's: by what it is told to be of, else by its sentence."""
    after = passage.text[mention.end - passage.start :]
    told = mention.text + after[:_OBJECT_REACH] if after.startswith(" of ") else passage.text
    return bool(tumour_words().search(told.lower()))


@cache
def _types() -> tuple[tuple[OutcomeType, re.Pattern[str]], ...]:
    known = get_args(OutcomeType)
    rows = table("outcome_types.tsv")
    for kind, _ in rows:
        if kind not in known:
            raise TermsError(f"{kind!r} is no outcome type", where="cues/outcome_types.tsv")
    return tuple(
        (cast(OutcomeType, kind), re.compile(rf"(?<!\w)(?:{pattern_of(cue)})(?!\w)"))
        for kind, cue in rows
    )
