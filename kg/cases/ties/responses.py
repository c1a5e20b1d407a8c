"""RESPONSE_TO: the therapy that a response followed, as stated or by the order of the telling."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kg.cases.coreference import SETBACKS, Telling
from kg.cases.drafts import EventDraft, Link
from kg.cases.events.conditions import is_growth
from kg.cases.events.exposures import is_generic_text
from kg.cases.model import OutcomeType
from kg.cases.passages import Passage, Passages
from kg.cases.ties.purposes import SUPPORT
from kg.cases.vocabulary import table

_GRAFT: frozenset[OutcomeType] = frozenset({"engraftment", "full_donor_chimerism", "graft_failure"})
_GRAFTS = ("cell therapy", "organ transplantation")
_STATED_ONLY: frozenset[OutcomeType] = frozenset({"death", "alive", "other"})
_TIE_AFTER = re.compile(
    r"\b(?:after|following|with|on|under|during|from|by|since|post|to)\b"
    r"(?:(?!\b(?:was|were|had|has|is|given|received|and|but|who|which)\b)[^,;.]){0,45}$",
    re.IGNORECASE,
)
_TIE_LEADS = re.compile(
    r"\b(?:induc\w+|led to|leading to|result\w+ in|achiev\w+|produc\w+|fail\w*|without|allow\w*|"
    r"yield\w*|followed by|restor\w+|attain\w+|obtain\w+|show\w*|respond\w*|reach\w+|had|"
    r"brought)\b",
    re.IGNORECASE,
)
_ANCHORED = re.compile(
    r"(?:\b(?:after|following|on|under|during|despite|since)|^with)\s+(?:[\w\-/]+\s+){0,6}$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"^[\s,/+]*(?:and|or|plus|with|followed by|combined with|then|in combination with)?"
    r"[\s,/+]*(?:the|an?|subsequent|additional)?\s*$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:days?|weeks?|months?|years?)\s+(?:after|following|post)\b", re.IGNORECASE
)
_ACHIEVED: frozenset[OutcomeType] = frozenset(
    {"complete_remission", "partial_response", "stable_disease", "response_unspecified"}
)
_BRACKETS = re.compile(r"\([^()]*\)")
_BREAK = re.compile(r";|\bbut\b|\bwhereas\b|\bhowever\b", re.IGNORECASE)
_TREATED = re.compile(
    r"\b(?:treated|managed|underwent|received|requir\w+|prevent\w*|reduce\w*)\b", re.I
)
_REACH = 2000
"""Characters from the last word of a therapy within which a response is inferred to be of it."""


def response_to(
    view: Passages, telling: Telling, parts: Sequence[Link], purposes: Sequence[Link]
) -> list[Link]:
    """Return the therapies that the responses of one telling followed.

    A sentence that joins the two states the tie; else the last main therapy before the response
    is inferred, unless the disease came back in between. Therapies that only prepare, prevent or
    treat a complication are not followed by the response of the disease. Death and survival are
    tied only where the text does it.
    """
    supporting = {id(link.source) for link in purposes if _serves_another(link)}
    support = [row[0] for row in table("supporting_therapies.tsv")]
    main = [
        e
        for e in telling.events
        if e.given and not e.part and id(e) not in supporting and not _supports(e, support)
    ]
    main.sort(key=lambda e: e.start)
    setbacks = sorted(
        e.start for e in telling.events if e.type == "Response" and e.outcome in SETBACKS
    )
    wholes = {id(link.source): link.target for link in parts}
    links: list[Link] = []
    for response in telling.events:
        if response.type != "Response" or response.polarity != "affirmed":
            continue
        stated = _stated(view, telling, response)
        if stated:
            for link in stated:
                link.target = wholes.get(id(link.target), link.target)
            links.extend(stated)
            continue
        exposure = _inferred(response, main, setbacks)
        if exposure is not None:
            together = (
                [exposure] if _is_of_graft(response) else _given_together(view, main, exposure)
            )
            links.extend(Link("RESPONSE_TO", response, e, "inferred") for e in together)
    return links


def _is_of_graft(response: EventDraft) -> bool:
    return response.outcome in _GRAFT


def _given_together(
    view: Passages, main: Sequence[EventDraft], last: EventDraft
) -> list[EventDraft]:
    """Return a therapy with those it is told to be given with: "melphalan and prednisolone"."""
    place = main.index(last)
    found = [last]
    for before, after in ((main[i - 1], main[i]) for i in range(place, 0, -1)):
        if not _joins(view.text[before.end : after.start]):
            break
        found.append(before)
    return found[::-1]


def _serves_another(link: Link) -> bool:
    """Whether a therapy prepares, prevents, or treats a complication and not the disease."""
    if link.role != "treatment":
        return link.role in SUPPORT
    symptom = (
        link.target.type == "Finding"
        and link.target.kind == "Condition"
        and not is_growth(link.target.name, link.target.ancestors)
    )
    return symptom or link.target.type == "AdverseEvent"


def _supports(exposure: EventDraft, names: Sequence[str]) -> bool:
    """Whether a therapy only examines, accompanies or supports."""
    own = {
        exposure.name.lower(),
        exposure.text.lower(),
        *(name.lower() for name in exposure.ancestors),
    }
    return not own.isdisjoint(names)


def _stated(view: Passages, telling: Telling, response: EventDraft) -> list[Link]:
    """Return the ties that one of the response's sentences states."""
    for mention in response.mentions:
        passage = view.passage_of(mention)
        found = _in_sentence(view, telling, response, passage, mention)
        if found:
            start = min([view.mentions[mention].start, *(start for start, _, _ in found)])
            end = max([view.mentions[mention].end, *(end for _, end, _ in found)])
            evidence = view.evidence(start, end, passage.index)
            unique = {id(exposure): exposure for _, _, exposure in found}
            return [
                Link("RESPONSE_TO", response, exposure, "stated", None, [evidence])
                for exposure in unique.values()
            ]
    return []


def _in_sentence(
    view: Passages, telling: Telling, response: EventDraft, passage: Passage, mention: int
) -> list[tuple[int, int, EventDraft]]:
    """Return the therapies of a sentence that the response is tied to, with their places."""
    place = view.mentions[mention]
    near = [
        (view.mentions[i].start, view.mentions[i].end, telling.of_mention[i])
        for i in view.mentions_in[passage.index]
        if view.mentions[i].kind == "Therapy" and i in telling.of_mention
    ]
    near = [t for t in near if t[2].given and _may_follow(response, t[2])]
    named = [t for t in near if not is_generic_text(view.text[t[0] : t[1]])]
    near = named or near
    after = [t for t in near if t[0] >= place.end]
    if after:
        between = view.text[place.end : after[0][0]]
        apart = bool(_BREAK.search(between) or _TREATED.search(between))
        if response.outcome in _ACHIEVED and _DATED.search(between):
            # "Chemotherapy was given, and the disease is stable 27 months after surgery."
            apart = apart or any(t[1] <= place.start and t[2] is not after[0][2] for t in near)
        if len(between) <= 80 and _TIE_AFTER.search(between) and not apart:
            return _joined(view, after)
    before = [t for t in near if t[1] <= place.start]
    if before:
        last = before[-1]
        between = view.text[last[1] : place.start]
        lead = view.text[passage.start : last[0]]
        if _BREAK.search(between):
            return []
        leads = _TIE_LEADS.search(between) if response.outcome not in _STATED_ONLY else None
        if leads or _ANCHORED.search(lead):
            return _joined_before(view, before)
    return []


def _joined(
    view: Passages, therapies: Sequence[tuple[int, int, EventDraft]]
) -> list[tuple[int, int, EventDraft]]:
    """Return the first therapy and those joined to it: "CAR-T cells followed by interferon"."""
    found = [therapies[0]]
    for therapy in therapies[1:]:
        if not _joins(view.text[found[-1][1] : therapy[0]]):
            break
        found.append(therapy)
    return found


def _joined_before(
    view: Passages, therapies: Sequence[tuple[int, int, EventDraft]]
) -> list[tuple[int, int, EventDraft]]:
    """Return the last therapy and those joined to it: "melphalan and prednisolone led to"."""
    found = [therapies[-1]]
    for therapy in reversed(therapies[:-1]):
        if not _joins(view.text[therapy[1] : found[-1][0]]):
            break
        found.append(therapy)
    return found[::-1]


def _joins(between: str) -> bool:
    """Whether words join two therapies, doses in brackets aside: "A (5 mg) and B"."""
    return bool(_JOINED.match(_BRACKETS.sub("", between)))


def _may_follow(response: EventDraft, exposure: EventDraft) -> bool:
    return response.outcome not in _GRAFT or exposure.is_a(*_GRAFTS)


def _inferred(
    response: EventDraft, main: Sequence[EventDraft], setbacks: Sequence[int]
) -> EventDraft | None:
    """Return the last main therapy before a response that it can have led to."""
    if response.outcome in _STATED_ONLY:
        return None
    here = bisect_left(main, response.start, key=lambda e: e.start)
    past = response.outcome not in SETBACKS and response.time != "history"
    last = next((e for e in reversed(main[:here]) if _may_follow(response, e)), None)
    if past and last is not None and last.time == "history":
        return None
    if last is None or response.start - last.last > _REACH:
        return None
    undone = bisect_left(setbacks, response.start) > bisect_right(setbacks, last.start)
    if undone and response.outcome not in SETBACKS and response.outcome not in _GRAFT:
        return None
    return last
