"""The therapies that a sentence itself joins a response to: "achieved CR after two cycles of"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.cases.coreference import Telling
from kg.cases.drafts import EventDraft
from kg.cases.events.exposures import is_generic_text
from kg.cases.model import Evidence, OutcomeType
from kg.cases.passages import Passage, Passages

GRAFT: frozenset[OutcomeType] = frozenset({"engraftment", "full_donor_chimerism", "graft_failure"})
"""Outcomes that only a graft can have."""
GRAFTS = ("cell therapy", "organ transplantation")
_DATED_ONLY: frozenset[OutcomeType] = frozenset({"death", "alive", "other"})
"""Outcomes that words such as "had" before them do not tie to a therapy named before."""
_TIE_AFTER = re.compile(
    r"\b(?:after|following|with|on|under|during|from|by|since|post|to)\b"
    r"(?:(?!\b(?:was|were|had|has|is|given|received|and|but|who|which)\b)[^,;.]){0,45}$",
    re.IGNORECASE,
)
_TIE_LEADS = re.compile(
    r"\b(?:induc\w+|led to|leading to|result\w+ in|achiev\w+|produc\w+|fail\w*|without|allow\w*|"
    r"yield\w*|followed by|restor\w+|attain\w+|obtain\w+|show\w*|respond\w*|reach\w+|had|"
    r"brought)\b|^[\s)]*with\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_TREATED_WITH = re.compile(
    r"\b(?:treat\w*|manag\w*|therapy|controlled)\s+(?:\w+\s+)?(?:with|by)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
_AND = re.compile(
    r"^\s*(?:\([^()]*\)\s*)?,?\s*(?:and|which|then)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)
"""What may stand between in "was treated with X and quickly resolved"."""
_ANCHORED = re.compile(
    r"(?:\b(?:after|following|on|under|during|despite|since)|^with)\s+(?:[\w\-/]+\s+){0,6}$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"^(?:\s+(?:injections?|infusions?|tablets?|therapy|treatment|chemotherapy|cream))?"
    r"[\s,/+]*(?:and|or|plus|with|followed by|combined with|then|in combination with)?"
    r"[\s,/+]*(?:the|an?|subsequent|additional|adjuvant|further)?\s*"
    r"(?:(?:[\w-]+\s+)?(?:courses?|cycles?|doses?|lines?|sessions?)\s+of\s+)?$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^[^.;]{0,60}$", re.DOTALL)
_CONNECTED = re.compile(r",|/|\+|\b(?:and|or|plus|with|followed\s+by)\b", re.IGNORECASE)
_PARTED = re.compile(
    r"\b(?:was|were|is|are|has|had|have|been|being|did|underwent|received|remain\w*|after|before|"
    r"because|due|since|for\s+(?:the|his|her)|who|which|that|but|despite|without|until|when|while|"
    r"show\w*|reveal\w*|of\s+(?:the|his|her)|to)\b",
    re.IGNORECASE,
)
"""What parts two therapies that a comma or an "and" stands between."""
_DATED = re.compile(
    r"\b(?:days?|weeks?|months?|years?)\s+(?:after|following|post)\b", re.IGNORECASE
)
_ACHIEVED: frozenset[OutcomeType] = frozenset(
    {"complete_remission", "partial_response", "stable_disease", "response_unspecified"}
)
_BRACKETS = re.compile(r"\([^()]*\)")
_WENT_ON = re.compile(
    r"\b(?:and|then)\s+(?:\w+\s+)?(?:continu\w+|switched|maintained|kept|remain\w+|start\w+)\b",
    re.I,
)
"""What makes a therapy behind a response the next one: "achieved CR and continued on"."""
_RECEIVED_AFTER = re.compile(r"^\s*(?:after|following)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_BREAK = re.compile(r";|\bbut\b|\bwhereas\b|\bhowever\b", re.IGNORECASE)
_OF_IT: frozenset[OutcomeType] = frozenset({"no_response", "response_unspecified"})
_VERBAL = re.compile(
    r"^[\s)]*(?:(?:therapy|treatment|regimen|protocol)\s+)?"
    r"(?:(?:was|were|is|are|had|has|have|been|also|again|not|initially|proved|seemed|both|all|"
    r"to|be|did)\s+)*$",
    re.IGNORECASE,
)
"""What may stand between a therapy and the words that say how it worked: "VIP was effective"."""
_TREATED = re.compile(
    r"\b(?:treated|managed|underwent|received|requir\w+|prevent\w*|reduce\w*)\b", re.I
)
_OPERATION = re.compile(
    r"(?:(?:the|this|these|first|second|third|last|initial|primary)\s+)*(?:"
    r"surger(?:y|ies)|operations?|procedures?|"
    r"(?:surgical|operative) (?:treatment|intervention|procedure|resection|removal)s?)",
    re.IGNORECASE,
)
_Named = tuple[int, int, EventDraft]
"""A therapy with the place where a sentence names it."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The therapies that a sentence ties a response to, and the words that do it.

    ``operation`` says that a therapy is named only as "the surgery", which all the procedures of
    one operation are; ``dated`` that the words say how long after it something was.
    """

    therapies: tuple[EventDraft, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    operation: bool = False
    dated: bool = False


def stated_therapies(view: Passages, telling: Telling, response: EventDraft) -> Stated:
    """Return the therapies that one of the response's sentences ties it to."""
    for start, end, sentence in _places(view, response):
        found = _in_sentence(view, telling, response, view.all[sentence], (start, end))
        if found:
            first = min([start, *(place for place, _, _ in found)])
            last = max([end, *(place for _, place, _ in found)])
            unique = {id(exposure): exposure for _, _, exposure in found}
            evidence = view.evidence(first, last, sentence)
            return Stated(
                tuple(unique.values()),
                (evidence,),
                any(_OPERATION.fullmatch(view.text[a:b]) for a, b, _ in found),
                bool(_DATED.search(evidence.quote)),
            )
    return Stated()


def may_follow(response: EventDraft, exposure: EventDraft) -> bool:
    """Whether a response can be of a therapy: engraftment is of a graft alone."""
    return response.outcome not in GRAFT or exposure.is_a(*GRAFTS)


def are_joined(between: str) -> bool:
    """Whether words join two therapies, doses in brackets aside: "A (5 mg) and B"."""
    plain = _BRACKETS.sub("", between)
    if _JOINED.match(plain):
        return True
    listed = _LISTED.match(plain) and _CONNECTED.search(plain)
    return bool(listed and not _PARTED.search(plain))


def _places(view: Passages, response: EventDraft) -> list[tuple[int, int, int]]:
    """Return where a response is told: by mentions, or by words that the rules read."""
    told = [
        (view.mentions[i].start, view.mentions[i].end, view.mentions[i].sentence)
        for i in response.mentions
    ]
    return told or [(e.start, e.end, e.sentence) for e in response.evidence]


def _in_sentence(
    view: Passages,
    telling: Telling,
    response: EventDraft,
    passage: Passage,
    place: tuple[int, int],
) -> list[_Named]:
    """Return the therapies of a sentence that the response is tied to, with their places."""
    near = [
        (view.mentions[i].start, view.mentions[i].end, telling.of_mention[i])
        for i in view.mentions_in[passage.index]
        if view.mentions[i].kind == "Therapy" and i in telling.of_mention
    ]
    near = [t for t in near if t[2].given and may_follow(response, t[2])]
    named = [t for t in near if not is_generic_text(view.text[t[0] : t[1]])]
    near = named or near
    return _named_after(view, response, near, place) or _named_before(
        view, response, near, (passage.start, place[0])
    )


def _named_after(
    view: Passages, response: EventDraft, near: Sequence[_Named], place: tuple[int, int]
) -> list[_Named]:
    """Return the therapies that the words after a response tie it to: "CR after VIP"."""
    start, end = place
    after = [t for t in near if t[0] >= end]
    if not after:
        return []
    between = view.text[end : after[0][0]]
    apart = any(p.search(between) for p in (_BREAK, _TREATED, _WENT_ON))
    if response.outcome in _ACHIEVED and _DATED.search(between):
        # "Chemotherapy was given, and the disease is stable 27 months after surgery."
        apart = apart or any(t[1] <= start and t[2] is not after[0][2] for t in near)
    if apart or len(between) > 80 or not _TIE_AFTER.search(between):
        return []
    return _run(view, after)


def _named_before(
    view: Passages, response: EventDraft, near: Sequence[_Named], reach: tuple[int, int]
) -> list[_Named]:
    """Return the therapies before a response that the words tie it to: "VIP induced a CR"."""
    sentence, start = reach
    before = [t for t in near if t[1] <= start]
    if not before:
        return []
    last = before[-1]
    between = view.text[last[1] : start]
    if len(before) > 1 and _RECEIVED_AFTER.match(view.text[before[-2][1] : last[0]]):
        before = before[:-1]  # "She had chemotherapy after surgery, and the lesions shrank."
    if _BREAK.search(between):
        return []
    leads = response.outcome not in _DATED_ONLY and bool(_TIE_LEADS.search(between))
    leads = leads or (response.outcome in _OF_IT and bool(_VERBAL.match(between)))
    lead = view.text[sentence : last[0]]
    leads = leads or bool(_TREATED_WITH.search(lead) and _AND.match(between))
    if leads or _ANCHORED.search(lead):
        return _run(view, before[::-1])[::-1]
    return []


def _run(view: Passages, therapies: Sequence[_Named]) -> list[_Named]:
    """Return the first therapy and those joined to it: "CAR-T cells followed by interferon"."""
    found = [therapies[0]]
    for therapy in therapies[1:]:
        one, two = sorted((found[-1], therapy), key=lambda t: t[0])
        if not are_joined(view.text[one[1] : two[0]]):
            break
        found.append(therapy)
    return found
