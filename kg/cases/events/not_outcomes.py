"""Words of an outcome that tell none of the patient's: feared, of a test, of a donor."""

from __future__ import annotations

import re
from functools import cache

from kg.cases.events.conditions import is_symptom
from kg.cases.events.outcome_types import is_well
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import pattern_of, table
from kg.nlp.model import Mention

_ADJECTIVES = frozenset(
    {"progressive", "persistent", "stable", "effective", "successful", "well", "healthy", "good"}
)
_INTENT = re.compile(
    r"(?<!began)(?<!begun)(?<!started)(?<!continued)(?<!continue)(?<!continues)(?<!failed)"
    r"(?<!seemed)(?<!appeared)(?<!tended)(?<!not)\s+to\s+$",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:if|unless|whether|may|might|would|in\s+case\s+of|hop(?:ed|ing)\s+(?:to|for)|"
    r"aim(?:ed|ing)?\s+(?:to|at)|expected\s+to)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
"""What makes the outcome after it one that is only thought of: "if the tumour recurs"."""
_BARE = re.compile(
    r"(?:improve|resolve|relieve|alleviate|ameliorate|heal|cure|eradicate|reduce|stabili[sz]e|"
    r"normali[sz]e|clear|recover|survive)$",
    re.IGNORECASE,
)
"""A verb that "to" makes an aim: "milrinone was given to improve the output"."""
_CRITERIA = 4
"""Outcomes of so many kinds in one sentence are a list of criteria."""
WORSE = re.compile(r"\b(?:worse|aggravat|deteriorat|exacerbat)", re.IGNORECASE)


def no_outcome(view: Passages, passage: Passage, index: int, telling: Telling) -> str | None:
    """Return why the words are no outcome of the patient's, or None where they are one."""
    mention = view.mentions[index]
    possible = mention.certainty == "possible" and telling != "case"
    before = passage.text[: mention.start - passage.start]
    if mention.time == "future" or possible or _SUPPOSED.search(before):
        return "an outcome not reached"
    reasons = (
        ("an adjective, not an outcome", _describes(view, mention)),
        ("a return to normal, told as a finding", _is_result(view, passage, index)),
        ("a symptom that grew worse", _is_course_of_symptom(view, passage, index)),
        ("an aim, not an outcome", _is_aim(passage, mention)),
        ("criteria of response, not an outcome", _defines(view, passage)),
        ("words of an outcome that say another thing", _is_of_something_else(passage, mention)),
    )
    return next((reason for reason, holds in reasons if holds), None)


def _is_aim(passage: Passage, mention: Mention) -> bool:
    before = passage.text[: mention.start - passage.start]
    return bool(_BARE.match(mention.text) and _INTENT.search(before))


def _defines(view: Passages, passage: Passage) -> bool:
    """Whether a sentence lists what counts as a response, a progression and so on."""
    if passage.has("patient_noun", "pronoun"):
        return False
    listed = {
        view.mentions[i].concept
        for i in view.mentions_in[passage.index]
        if view.mentions[i].kind == "Outcome"
    }
    return len(listed) >= _CRITERIA


def _is_course_of_symptom(view: Passages, passage: Passage, index: int) -> bool:
    """Whether a complaint worsened in a sentence that names no therapy: no response to one."""
    mention = view.mentions[index]
    if not WORSE.search(mention.text):
        return False
    here = [view.mentions[i] for i in view.mentions_in[passage.index]]
    subject = any(
        m.kind == "Condition" and is_symptom(m) and 0 <= mention.start - m.end <= 30 for m in here
    )
    return subject and not any(m.kind == "Therapy" for m in here)


def _is_of_something_else(passage: Passage, mention: Mention) -> bool:
    """Whether the words are of a test, a specimen, a donor, a purpose or a trigger of pain."""
    words = mention.text.lower()
    if words == "well" and not is_well(passage, mention):
        return True
    before = passage.text[: mention.start - passage.start].lower()
    after = passage.text[mention.end - passage.start :].lower()
    return any(
        own.search(words) and ahead.search(before) and behind.match(after)
        for own, ahead, behind in _not_outcomes()
    )


@cache
def _not_outcomes() -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    rows = []
    for own, before, after in table("not_outcomes.tsv"):
        rows.append(
            (
                re.compile(rf"(?<!\w)(?:{pattern_of(own)})$"),
                re.compile(rf"(?<!\w)(?:{pattern_of(before)})[\W_]*$" if before else ""),
                re.compile(rf"[\W_]*(?:{pattern_of(after)})(?!\w)" if after else ""),
            )
        )
    return tuple(rows)


def _describes(view: Passages, mention: Mention) -> bool:
    """Whether the words only qualify what follows: "progressive weight loss"."""
    after = view.text[mention.end : mention.end + 2]
    if mention.text.lower() in _ADJECTIVES:
        return after[:1] in {" ", "-"} and after[1:].isalpha()
    # "No evidence of disease recurrence" is told by the recurrence.
    rest = view.text[mention.end : mention.end + 12].lower()
    return mention.text.lower().endswith("disease") and rest.startswith(
        (" recurrence", " relapse", " progression")
    )


def _is_result(view: Passages, passage: Passage, index: int) -> bool:
    """Whether it is a marker that "returned to normal": a finding states that already."""
    mention = view.mentions[index]
    if "normal" not in mention.text.lower():
        return False
    marked = (view.mentions[i] for i in view.mentions_in[passage.index])
    return any(m.kind == "Marker" and 0 <= mention.start - m.end <= 60 for m in marked)
