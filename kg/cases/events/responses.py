"""Responses: remission, relapse, engraftment, death and what else came of a course."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast, get_args

from kg import terms
from kg.cases.drafts import Account, EventDraft
from kg.cases.events.base import days_of, draft, duration_after, name_outcome, take_value, widen
from kg.cases.events.harms import is_growth
from kg.cases.events.not_outcomes import WORSE, no_outcome
from kg.cases.events.outcome_types import in_context, of_tumour_gone, outcome_type
from kg.cases.model import OutcomeType
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.nlp.model import Mention

_MRD_STATUS = re.compile(
    r"\b(?:MRD|m\w+ residual disease(?:\s*\(MRD\))?)(?!\w)[\s\-(]*"
    r"(negativ\w*|positiv\w*|undetectable)",
    re.IGNORECASE,
)
_NO_COMPLICATION = re.compile(r"\b(?:without|no)\s+(?:\w+\s+)?complications?\b", re.IGNORECASE)
_AS_BEFORE = frozenset({"well", "no symptoms", "asymptomatic", "symptom-free", "pain-free"})
_LINEAGES = re.compile(
    r"(\w+)\s+and\s+(\w+\s+(?:engraftment|recovery|reconstitution))$", re.IGNORECASE
)
_DATING = re.compile(
    r"\b(?:after|at(?:\s+the\s+time\s+of)?|since|until|before|prior\s+to|upon|following|despite|"
    r"in(?=\s+(?:his|her|the|first|second)))\s+(?:(?:the|her|his|this|first|initial)\s+)*$",
    re.IGNORECASE,
)


def response_events(
    view: Passages,
    passage: Passage,
    index: int,
    owner: int,
    telling: Telling,
    account: Account,
) -> list[EventDraft]:
    """Return the responses that an outcome mention states: two for "MRD-negative CR"."""
    mention = view.mentions[index]
    reason = no_outcome(view, passage, index, telling)
    if reason is not None:
        account.drop(reason)
        return []
    if _NO_COMPLICATION.search(mention.text) or _is_smooth_course(passage, mention):
        account.drop("a course without complications, told as an absent harm")
        return []
    event = draft(view, passage, index, "Response", owner, telling)
    known = terms.load().outcome_type(mention.concept) if mention.concept else None
    outcome = (
        cast(OutcomeType, known)
        if known in get_args(OutcomeType)
        else outcome_type(mention.text, mention.name, mention.ancestors)
    )
    if outcome == "symptom_resolution" and of_tumour_gone(passage, mention):
        outcome = "complete_remission"
        name_outcome(event, outcome)
    event.outcome, event.polarity = in_context(outcome, passage, mention)
    if event.outcome in {"no_response", "alive"} and event.polarity == "negated":
        account.drop("an outcome denied")
        return []
    if event.outcome != outcome:
        name_outcome(event, event.outcome)
    if event.outcome == "other" and telling != "case":
        account.drop("an outcome of no known type, retold")
        return []
    for quantity in view.quantities_of.get(index, []):
        take_value(event, quantity)
        widen(view, event, [(quantity.start, quantity.end)])
    event.continued = passage.before(mention.start, "continued", reach=40) is not None
    event.anew = _once_more(passage, mention)
    event.refers_back = _looks_back(passage, mention)
    duration = duration_after(view, passage, mention.start, mention.end)
    if duration is not None:
        event.duration_days = days_of(duration)
    return _split(view, event, mention)


def _is_smooth_course(passage: Passage, mention: Mention) -> bool:
    """Whether it is the course after an operation that was uneventful."""
    return "uneventful" in mention.text.lower() and passage.has("after_operation")


def told_once(events: Sequence[EventDraft]) -> list[EventDraft]:
    """Return events without the responses told twice: "regression of the inflammation".

    The condition that has gone and the word that says so are one response; a tumour's is named by
    the word, a symptom's by the symptom.
    """
    gone = [e for e in events if e.type == "Response" and e.kind == "Condition"]
    words = [e for e in events if e.type == "Response" and e.kind == "Outcome"]
    twice: set[int] = set()
    for event in gone:
        first = event.evidence[0]
        for word in words:
            if word.patient == event.patient and word.start < first.end and first.start < word.end:
                exact = word.outcome not in {"symptom_resolution", "response_unspecified"}
                growth = is_growth(event.name, event.ancestors)
                twice.add(id(event) if exact or growth else id(word))
    return [e for e in events if id(e) not in twice]


def asks_for_therapy(event: EventDraft) -> bool:
    """Whether a response is one to a therapy only: before any, it is how the patient was."""
    if event.type != "Response":
        return False
    as_before = event.outcome == "stable_disease" or event.text.lower() in _AS_BEFORE
    return as_before or grew_worse(event)


def grew_worse(event: EventDraft) -> bool:
    """Whether the words say no more than that something grew worse."""
    return event.type == "Response" and bool(WORSE.match(event.text))


def _once_more(passage: Passage, mention: Mention) -> bool:
    before = passage.before(mention.start, "once_more", reach=25)
    after = passage.after(mention.end, "once_more", reach=25)
    return before is not None or (after is not None and after.text.lower() != "another")


def _looks_back(passage: Passage, mention: Mention) -> bool:
    """Whether the response dates something else: "refused it at the time of the first CR"."""
    return bool(_DATING.search(passage.text[: mention.start - passage.start]))


def _split(view: Passages, event: EventDraft, mention: Mention) -> list[EventDraft]:
    """Return two responses where one mention states two.

    "MRD-negative CR" is a remission and its status; "neutrophil and platelet engraftment" one of
    each lineage.
    """
    lineages = _LINEAGES.match(mention.text)
    if lineages is not None:
        second = _cut(view, event, mention.start + lineages.start(2), mention.end)
        second.outcome = event.outcome
        return [event, second]
    match = _MRD_STATUS.search(mention.text)
    rest = mention.text[match.end() :].lstrip(" -,)‐‑–−") if match else ""
    if match is None or not rest or outcome_type(rest) == "other":
        return [event]
    status = "mrd_positive" if match.group(1).lower().startswith("pos") else "mrd_negative"
    first = _cut(view, event, mention.start + match.start(), mention.start + match.end())
    name_outcome(first, cast(OutcomeType, status))
    second = _cut(view, event, mention.end - len(rest), mention.end)
    name_outcome(second, outcome_type(rest))
    return [first, second]


def _cut(view: Passages, event: EventDraft, start: int, end: int) -> EventDraft:
    """Return a copy of an event that rests on a part of its words."""
    return replace(
        event,
        start=start,
        end=end,
        text=view.text[start:end],
        mentions=list(event.mentions),
        doses=[],
        evidence=[view.evidence(start, end, event.sentence)],
    )
