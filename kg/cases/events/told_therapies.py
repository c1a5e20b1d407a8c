"""Therapies that no mention names: told by a verb, or by a substance that is read as a marker.

"The spleen was removed" and "she was operated on" are operations (``cues/told_therapies.tsv``);
"an infusion of glucose" is one although glucose is mostly measured
(``cues/given_substances.tsv``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg import terms
from kg.cases.drafts import EventDraft
from kg.cases.events.base import draft, draft_of_words, name_concept
from kg.cases.events.exposures import case_dose
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import pattern_of, table
from kg.errors import TermsError
from kg.nlp.model import Mention

_OPERATIONS = frozenset({"surgery", "embolization", "drainage"})
_NEAR = 3
"""How many sentences away the name of an operation makes its steps no further one."""
_BODY = "<body> "
_PASSIVE = (
    r"(?:\s+(?!not\b|no\b|to\b|could\b|should\b|will\b|would\b|never\b)[\w/\-]+){0,4}?"
    r"\s+(?:was|were|been)\s+(?:(?:\w+ly|then|also|later|thus|again|both|all)\s+){0,2}"
)
_UNREAL = re.compile(
    r"\b(?:not|never|no|if|until|unless|before|could|should|will|would|planned|declined|refused)"
    r"\s+(?:\w+\s+){0,3}$"
)
_GIVING = re.compile(
    r"\b(?:(?:infusions?|boluse?s?|supplement(?:s|ation|ed)?|transfusions?|administration|replacement"
    r"|injections?)\s+(?:of|with|using)|(?:treated|resuscitated|rehydrated|hydrated|rehydration"
    r"|supplemented|infused|transfused|corrected)\s+(?:with|using)"
    r"|(?:received|receiving|given|administered|started on))\s+"
    r"(?!.*\b(?:his|her|its|their|the|levels?|was|were|had|showed|revealed|for|but|which|until)\b)"
    r"[^.;:]{0,60}$",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"count|level|concentration|serum|plasma|value", re.IGNORECASE)
_GIVEN = re.compile(
    r"(?:\s+(?:supplement\w*|infusions?|transfusions?|replacement|concentrates?)\b"
    r"|(?:,?\s+(?:and\s+)?[\w\-]+){0,3}\s+(?:was|were)\s+(?:also\s+)?"
    r"(?:supplemented|infused|transfused|replaced|administered|given)\b)",
    re.IGNORECASE,
)


def told_therapies(
    view: Passages, passage: Passage, owner: int, telling: Telling
) -> Iterator[EventDraft]:
    """Yield the therapies that verbs of a sentence tell, where no mention names one there."""
    lowered = passage.text.lower()
    if len(lowered) != len(passage.text) or not _verbs().search(lowered):
        return
    taken = [view.mentions[i] for i in view.mentions_in[passage.index]]
    named = [(m.start, m.end) for m in taken if m.kind == "Therapy" and m.label != "act"]
    operated = _operated_on(view, passage)
    for therapy, pattern in _patterns():
        if operated and therapy in _OPERATIONS:
            continue
        for match in pattern.finditer(lowered):
            start, end = passage.start + match.start(), passage.start + match.end()
            told = any(s < end and start < e for s, e in named)
            if told or _UNREAL.search(lowered[: match.start()]):
                continue
            named.append((start, end))
            event = draft_of_words(view, passage, (start, end), "Exposure", owner, telling)
            name_concept(event, _concept(therapy))
            event.realisation = "given"
            yield event


def _operated_on(view: Passages, passage: Passage) -> bool:
    """Whether an operation is named near by: what was then removed is a part of its telling."""
    return any(
        mention.kind == "Therapy"
        and (mention.label == "procedure" or "surgery" in mention.ancestors)
        for near in view.all[max(0, passage.index - _NEAR) : passage.index + _NEAR + 1]
        for mention in (view.mentions[i] for i in view.mentions_in[near.index])
    )


def given_substance(
    view: Passages, passage: Passage, index: int, owner: int, telling: Telling
) -> list[EventDraft]:
    """Return the exposure to a substance that is mostly measured, where it was given."""
    mention = view.mentions[index]
    therapy = _substances().get((mention.name or "").lower())
    measured = mention.polarity == "negated" or any(
        q.unit and "%" not in q.unit for q in view.quantities_of.get(index, ())
    )
    if therapy is None or measured or not _is_given(view, passage, mention):
        return []
    event = draft(view, passage, index, "Exposure", owner, telling)
    name_concept(event, _concept(therapy))
    event.kind, event.realisation = "Therapy", "given"
    event.doses = [case_dose(dose) for dose in view.doses_of.get(index, [])]
    return [event]


def _is_given(view: Passages, passage: Passage, mention: Mention) -> bool:
    before = passage.text[: mention.start - passage.start]
    if _LEVEL.search(mention.text):
        return False
    return bool(_GIVING.search(before) or _GIVEN.match(view.text[mention.end : mention.end + 60]))


def _concept(therapy: str) -> str:
    found = [c for c in terms.load().lookup(therapy) if c.concept]
    if not found:
        raise TermsError(f"{therapy!r} is no therapy", where="cues/told_therapies.tsv")
    return found[0].concept


@cache
def _substances() -> dict[str, str]:
    return {row[0]: row[1] for row in table("given_substances.tsv")}


@cache
def _verbs() -> re.Pattern[str]:
    """Return a pattern of one of the verbs: most sentences have none and need no more."""
    cues = [cue for _, cue in table("told_therapies.tsv")]
    verbs = {
        v.split()[0] for cue in cues for v in re.findall(r"[a-z ]+ed\b|operating|operation", cue)
    }
    return re.compile(rf"\b(?:{'|'.join(sorted(verbs))})\b")


@cache
def _patterns() -> Sequence[tuple[str, re.Pattern[str]]]:
    body = "|".join(pattern_of(row[0]) for row in table("told_therapy_objects.tsv"))
    patterns = []
    for therapy, cue in table("told_therapies.tsv"):
        of_body = cue.startswith(_BODY)
        pattern = pattern_of(cue.removeprefix(_BODY))
        pattern = rf"(?:{body}){_PASSIVE}(?:{pattern})" if of_body else pattern
        patterns.append((therapy, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")))
    return tuple(patterns)
