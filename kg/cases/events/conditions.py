"""Conditions: what was diagnosed, what arose under a therapy, and what was merely found."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.cases.drafts import Account, EventDraft
from kg.cases.events.base import draft, name_outcome, widen
from kg.cases.events.blame import blamed_elsewhere
from kg.cases.events.called_harms import called_adverse
from kg.cases.events.harms import ADVERSE_NAMES, complication_of, harms_of, is_no_harm
from kg.cases.events.measures import measure_condition
from kg.cases.events.no_conditions import no_condition
from kg.cases.model import EventType
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import pattern_of, table
from kg.nlp.model import Mention, Quantity

_SYMPTOM_LABELS = frozenset({"symptom", "sign", "sign_symptom", "finding", "pathologic_process"})
_ADVERSE_LABELS = frozenset({"adverse_event", "toxicity", "complication"})
_LISTED = re.compile(
    r"^\s*,?\s*(?:and|or)?\s*(?:\(?grade\s+[\dIV]+\)?)?\s*(?:an?\s+)?$", re.IGNORECASE
)
_NEW_CLAUSE = re.compile(r"[;.]|\b(?:but|whereas|and then)\b")
_KNOWN = re.compile(r"\b(?:the|this|these)\s+(?:\w+\s+)?$", re.IGNORECASE)
_NEITHER = re.compile(
    r"\b(?:no|without|nor|neither|free (?:of|from)|absence of|lack of|denied|denies)"
    r"(?:\s+(?!and\b|but\b|who\b|which\b)[\w/\-]+){1,6}?,?\s+(?:or|nor)\s+(?:[\w\-]+\s+){0,2}$",
    re.IGNORECASE,
)
_NEAR = 60
_PATHOLOGISTS = (
    "consistent with",
    "compatible with",
    "in keeping with",
    "in line with",
    "in favour of",
    "in favor of",
    "indicative of",
    "diagnostic of",
)
_TISSUE = re.compile(
    r"\b(?:biops|histo|patholog|immunohisto|cytolog|autops|specimen)\w*", re.IGNORECASE
)
_SPECIES = re.compile(r"^[A-Z](?:[a-z]+|\.) ?[a-z]{3,}$")
_INFECTED = ("infection", "infections", "infectious disease")
_VALUE_REACH = 30
_PARTS_VALUE = re.compile(
    r"[,;.]\s|\b(?:stage|grade|on|leaving|into|with|and|after)\b", re.IGNORECASE
)


def condition_events(
    view: Passages,
    passage: Passage,
    index: int,
    owner: int,
    telling: Telling,
    account: Account,
) -> list[EventDraft]:
    """Return the event that a condition mention states, and its resolution where it is told."""
    mention = view.mentions[index]
    reason = no_condition(view, passage, index)
    if reason is not None:
        account.drop(reason)
        return []
    if _no_complication(mention):
        return [draft(view, passage, index, "AdverseEvent", owner, telling)]
    if is_generic(mention) or _type_by_class(mention.name or "", mention.ancestors) == "None":
        account.drop("a word for the disease that names none")
        return []
    kind = condition_type(view, passage, index)
    event = draft(view, passage, index, kind, owner, telling)
    if event.polarity == "affirmed" and _denied_with(passage, mention):
        event.polarity = "negated"
    if event.is_a("metastasis") and event.site is not None:
        event.site = ", ".join(dict.fromkeys(site.text for site in view.sites_of[index]))
    if event.certainty == "certain" and _only_thought_of(passage, mention):
        event.certainty = "possible"
    elif event.certainty == "possible" and _made_sure(passage, mention):
        event.certainty = "certain"
    quantities = [q for q in view.quantities_of.get(index, []) if _measures(view, mention, q)]
    events = [event, *measure_condition(view, event, quantities)]
    if mention.ended:
        events.append(_resolution(view, passage, index, owner, telling))
    return events


def _only_thought_of(passage: Passage, mention: Mention) -> bool:
    """Whether it was only weighed: a differential, a likeness, a provisional diagnosis."""
    reaches = {"differential": 250, "provisional": 40, "supposed": 25, "likened": 15}
    return any(
        passage.before(mention.start, name, reach=reach) is not None
        for name, reach in reaches.items()
    )


def _denied_with(passage: Passage, mention: Mention) -> bool:
    """Whether it is denied with another: "no recurrence or metastasis", "negativity for EBV"."""
    before = passage.text[: mention.start - passage.start]
    return (bool(_NEITHER.search(before)) and not mention.ended) or passage.before(
        mention.start, "denied", reach=6
    ) is not None


def _made_sure(passage: Passage, mention: Mention) -> bool:
    """Whether what was suspected is said to be so: by tissue, or "which was confirmed"."""
    after = passage.after(mention.end, "confirmed", reach=4)
    return after is not None or _shown_by_tissue(passage, mention)


def _shown_by_tissue(passage: Passage, mention: Mention) -> bool:
    """Whether pathologists say it in their way: "histology was consistent with lymphoma"."""
    cue = (mention.cue or "").lower()
    before = passage.text[: mention.start - passage.start]
    alike = before.rstrip().lower().endswith("features of")
    return cue.startswith(_PATHOLOGISTS) and bool(_TISSUE.search(before)) and not alike


def _no_complication(mention: Mention) -> bool:
    """Whether complications are denied as such: "without any complications"."""
    return mention.polarity == "negated" and mention.text.lower().endswith(
        ("complication", "complications")
    )


def _measures(view: Passages, mention: Mention, quantity: Quantity) -> bool:
    """Whether a quantity near a condition is its own, and no stage, count or size of another."""
    start, end = quantity.start, quantity.end
    if max(start - mention.end, mention.start - end) > _VALUE_REACH:
        return False
    if quantity.value is not None and quantity.unit is None:
        return False
    between = view.text[min(end, mention.end) : max(start, mention.start)]
    return not _PARTS_VALUE.search(between)


def condition_type(view: Passages, passage: Passage, index: int) -> EventType:
    """Return what a condition is to the patient, by its class and the words around it.

    A stated therapy as the cause makes it an AdverseEvent; so does its own class ("cytokine
    release syndrome"). A disease is a Diagnosis, a symptom or sign a Finding unless it was
    diagnosed.
    """
    mention = view.mentions[index]
    if _is_adverse(view, passage, index):
        return "AdverseEvent"
    found = is_finding(mention) or _is_organism(mention)
    if found and not _diagnosed(view, passage, mention):
        return "Finding"
    return "Diagnosis"


def _is_adverse(view: Passages, passage: Passage, index: int) -> bool:
    """Whether the words, or the kind of the condition, make it a harm of a therapy."""
    mention = view.mentions[index]
    return (
        called_adverse(view, passage, index, reach=30)
        or mention.text.lower().startswith("adverse")
        or mention.label in _ADVERSE_LABELS
        or _graded(view, passage, index)
        or not ADVERSE_NAMES.isdisjoint((mention.name, *mention.ancestors))
        or complication_of(mention) is not None
        or bool(harms_of(view, passage, index))
        or bool(blamed_elsewhere(view, passage, index))
        or after_operation(view, passage, mention)
        or given_up_for(view, passage, index) is not None
    )


def _graded(view: Passages, passage: Passage, index: int) -> bool:
    """Whether a symptom is graded as toxicities are, or told in a list of such."""
    here = [i for i in view.mentions_in[passage.index] if view.mentions[i].kind == "Condition"]
    symptoms = [
        i for i in here if is_symptom(view.mentions[i]) and not is_no_harm(view.mentions[i])
    ]
    if index not in symptoms:
        return False
    first = last = symptoms.index(index)
    while first > 0 and _listed(view, symptoms[first - 1], symptoms[first]):
        first -= 1
    while last + 1 < len(symptoms) and _listed(view, symptoms[last], symptoms[last + 1]):
        last += 1
    return any(view.grades_of.get(i) for i in symptoms[first : last + 1])


def _listed(view: Passages, one: int, two: int) -> bool:
    between = view.text[view.mentions[one].end : view.mentions[two].start]
    return bool(_LISTED.match(between))


def is_symptom(mention: Mention) -> bool:
    """Whether the condition is told as symptoms and signs are, rather than as a disease."""
    return _type_of(mention) != "Diagnosis"


def is_finding(mention: Mention) -> bool:
    """Whether the condition is only found, and no diagnosis by itself."""
    return _type_of(mention) == "Finding"


def _type_of(mention: Mention) -> str:
    """Return the type of the table for a condition, else what its label says."""
    name = (mention.name or mention.text).lower()
    if " " in mention.text and (name, "named") in _condition_types():
        return _condition_types()[name, "named"]
    kind = _type_by_class(name, mention.ancestors)
    return kind or ("Finding" if mention.label in _SYMPTOM_LABELS else "Diagnosis")


def _is_organism(mention: Mention) -> bool:
    """Whether only the species is named, as what a culture grew, and no infection with it."""
    return bool(_SPECIES.match(mention.text)) and (mention.name or "").lower().endswith(_INFECTED)


@lru_cache(maxsize=4096)
def _type_by_class(name: str, above: tuple[str, ...]) -> str | None:
    """Return what the table of types says of a condition: of itself, its class, its ending."""
    types = _condition_types()
    kind = types.get((name.lower(), "itself"))
    for candidate in (name, *above):
        kind = kind or types.get((candidate.lower(), "under"))
    for (ending, scope), found in types.items():
        if kind is None and scope == "ending" and name.lower().endswith(ending):
            kind = found
    return kind


@cache
def _condition_types() -> dict[tuple[str, str], str]:
    return {(row[0], row[1]): row[2] for row in table("condition_types.tsv")}


def _diagnosed(view: Passages, passage: Passage, mention: Mention) -> bool:
    """Whether the words before it say that it was diagnosed, and not "the tumour" that is known."""
    cue = passage.before(mention.start, "diagnosis", reach=25)
    between_words = view.text[cue.end : mention.start] if cue is not None else ""
    known = is_no_harm(mention) and _KNOWN.search(between_words)
    if cue is None or known or _NEW_CLAUSE.search(between_words):
        return False
    between = [view.mentions[i] for i in view.mentions_in[passage.index]]
    return not any(
        other.kind == "Condition" and cue.end <= other.start and other.end <= mention.start
        for other in between
    )


def is_generic(mention: Mention) -> bool:
    """Whether the words name no condition of their own: "the disease", "symptoms"."""
    words = {row[0] for row in table("generic_conditions.tsv")}
    text = re.sub(r"^(?:the|this|these|her|his|our|a|an)\s+", "", mention.text.lower())
    return text in words


def after_operation(view: Passages, passage: Passage, mention: Mention) -> bool:
    """Whether the condition arose within days of an operation: "on postoperative day 8".

    What operations are known to lead to needs no word that says it arose, and may be told in the
    sentence after: "on day 7 she developed fever. CT showed an abscess".
    """
    if mention.polarity != "affirmed" or mention.certainty != "certain" or is_no_harm(mention):
        return False
    if passage.find("postoperative") and passage.before(mention.start, "arose", reach=_NEAR):
        return True
    if _TISSUE.search(passage.text) or not _operation_harm().search(mention.text.lower()):
        return False
    return bool(passage.find("postoperative")) or _follows_operation(view, passage)


def _follows_operation(view: Passages, passage: Passage) -> bool:
    """Whether the sentence before tells what arose within days of an operation."""
    last = view.all[passage.index - 1] if passage.index else passage
    same = last.section == passage.section and not view.times_in(passage)
    return same and bool(last.find("postoperative")) and bool(last.find("arose"))


@cache
def _operation_harm() -> re.Pattern[str]:
    cues = "|".join(pattern_of(row[0]) for row in table("operation_harms.tsv"))
    return re.compile(rf"(?<!\w)(?:{cues})(?!\w)")


def given_up_for(view: Passages, passage: Passage, index: int) -> int | None:
    """Return the therapy that the sentence says was given up, the condition being there."""
    condition = view.mentions[index]
    if condition.polarity != "affirmed" or is_no_harm(condition) or not passage.has("given_up"):
        return None
    for i in view.mentions_in[passage.index]:
        therapy = view.mentions[i]
        if therapy.kind != "Therapy" or therapy.experiencer != "patient":
            continue
        near = passage.before(therapy.start, "given_up", reach=25) or passage.after(
            therapy.end, "given_up", reach=25
        )
        if (
            near is not None
            and max(therapy.start - condition.end, condition.start - near.end) <= 80
        ):
            return i
    return None


def _resolution(
    view: Passages, passage: Passage, index: int, owner: int, telling: Telling
) -> EventDraft:
    """Return the Response that a condition has gone."""
    event = draft(view, passage, index, "Response", owner, telling)
    mention = view.mentions[index]
    name_outcome(event, "symptom_resolution")
    if mention.cue_start is not None and mention.cue_end is not None:
        widen(view, event, [(mention.cue_start, mention.cue_end)])
    return event
