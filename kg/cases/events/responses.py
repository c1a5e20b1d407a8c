"""Responses: remission, relapse, engraftment, death and what else came of a course."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import cast, get_args

from kg import terms
from kg.cases.drafts import Account, EventDraft
from kg.cases.events.base import days_of, draft, duration_after, name_outcome, take_value, widen
from kg.cases.events.conditions import is_symptom
from kg.cases.model import OutcomeType
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
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
}
"""What a denied outcome says in the affirmative: a failed induction is no response."""
_MRD_STATUS = re.compile(
    r"\b(?:MRD|m\w+ residual disease(?:\s*\(MRD\))?)(?!\w)[\s\-(]*"
    r"(negativ\w*|positiv\w*|undetectable)",
    re.IGNORECASE,
)
_ADJECTIVES = frozenset(
    {"progressive", "persistent", "stable", "effective", "successful", "well", "healthy", "good"}
)
_HARDLY = re.compile(
    r"\b(?:insufficiently|minimally|barely|hardly|not|never|nor)\s+$", re.IGNORECASE
)
_ABSENT = re.compile(
    r"\b(?:no|without|any)\s+(?:evidence|signs?|features?|indication)\s+of\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_NO_COMPLICATION = re.compile(r"\b(?:without|no)\s+(?:\w+\s+)?complications?\b", re.IGNORECASE)
_UNCOMPLICATED = "mesh:D011183"
"""Postoperative Complications (MeSH), denied by an uneventful course."""
_WORSE = re.compile(r"\b(?:worsen|aggravat|deteriorat|exacerbat)", re.IGNORECASE)
_GONE = re.compile(r"\b(?:complete|total)\b|disappear", re.IGNORECASE)
_OF_TUMOUR = re.compile(
    r"^\s+of\s+(?:[\w-]+\s+){0,4}?(?:tumou?rs?|mass(?:es)?|lesions?|metasta\w+|carcinoma|lymphoma|"
    r"nodules?)\b",
    re.IGNORECASE,
)
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
    reason = _no_outcome(view, passage, index, telling)
    if reason is not None:
        account.drop(reason)
        return []
    if _NO_COMPLICATION.search(mention.text) or _is_smooth_course(passage, mention):
        return [_uncomplicated(draft(view, passage, index, "AdverseEvent", owner, telling))]
    event = draft(view, passage, index, "Response", owner, telling)
    known = terms.load().outcome_type(mention.concept) if mention.concept else None
    outcome = (
        cast(OutcomeType, known)
        if known in get_args(OutcomeType)
        else outcome_type(mention.text, mention.name, mention.ancestors)
    )
    if outcome == "symptom_resolution" and _of_tumour(passage, mention):
        outcome = "complete_remission"
        name_outcome(event, outcome)
    event.outcome, event.polarity = _in_context(outcome, passage, mention)
    if event.outcome == "no_response" and event.polarity == "negated":
        account.drop("a failure denied")
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


def as_stated(outcome: OutcomeType, mention: Mention) -> tuple[OutcomeType, Polarity]:
    """Return the outcome that a mention states, denials turned into what they mean.

    "Negative" is said of a test and denies no remission: "MRD-negative CR".
    """
    inside = mention.cue_start is not None and mention.start <= mention.cue_start < mention.end
    of_a_test = (mention.cue or "").lower().startswith(("negativ", "undetect"))
    if mention.polarity == "affirmed" or inside or of_a_test:
        return outcome, "affirmed"
    if outcome in _DENIED:
        return _DENIED[outcome], "affirmed"
    return outcome, "negated"


def _is_smooth_course(passage: Passage, mention: Mention) -> bool:
    """Whether it is the course after an operation that was uneventful."""
    return "uneventful" in mention.text.lower() and passage.has("after_operation")


def _uncomplicated(event: EventDraft) -> EventDraft:
    """Turn the words into the denial of complications that they are."""
    concept = terms.load().concept(_UNCOMPLICATED)
    event.concept, event.name, event.label = concept.id, concept.name, concept.label
    event.kind, event.polarity = "Condition", "negated"
    event.ancestors = tuple(
        terms.load().concept(above).name for above in terms.load().ancestors(concept.id)
    )
    return event


def _of_tumour(passage: Passage, mention: Mention) -> bool:
    """Whether what has gone completely is the tumour: "complete resolution of the mass"."""
    rest = passage.text[mention.end - passage.start :]
    return bool(_GONE.search(mention.text)) and bool(_OF_TUMOUR.match(rest))


def _no_outcome(view: Passages, passage: Passage, index: int, telling: Telling) -> str | None:
    """Return why the words are no outcome of the patient's, or None where they are one."""
    mention = view.mentions[index]
    if mention.time == "future" or (mention.certainty == "possible" and telling != "case"):
        return "an outcome not reached"
    if _describes(view, mention):
        return "an adjective, not an outcome"
    if _is_result(view, passage, index):
        return "a return to normal, told as a finding"
    if _is_course_of_symptom(view, passage, index):
        return "a symptom that grew worse"
    return None


def _is_course_of_symptom(view: Passages, passage: Passage, index: int) -> bool:
    """Whether a complaint worsened in a sentence that names no therapy: no response to one."""
    mention = view.mentions[index]
    if not _WORSE.search(mention.text):
        return False
    here = [view.mentions[i] for i in view.mentions_in[passage.index]]
    subject = any(
        m.kind == "Condition" and is_symptom(m) and 0 <= mention.start - m.end <= 30 for m in here
    )
    return subject and not any(m.kind == "Therapy" for m in here)


def _in_context(
    outcome: OutcomeType, passage: Passage, mention: Mention
) -> tuple[OutcomeType, Polarity]:
    """Return the outcome that the words before a mention leave of it."""
    before = passage.text[: mention.start - passage.start]
    if outcome == "relapse" and _ABSENT.search(before):
        return "recurrence_free", "affirmed"
    if outcome in _DENIED and _HARDLY.search(before):
        return _DENIED[outcome], "affirmed"
    return as_stated(outcome, mention)


def _once_more(passage: Passage, mention: Mention) -> bool:
    before = passage.before(mention.start, "once_more", reach=25)
    after = passage.after(mention.end, "once_more", reach=25)
    return before is not None or (after is not None and after.text.lower() != "another")


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
