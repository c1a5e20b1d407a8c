"""ATTRIBUTED_TO: the therapy behind an adverse event, as stated or by the kind of complication."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.cases.coreference import Telling
from kg.cases.drafts import EventDraft, Link
from kg.cases.events.conditions import (
    after_operation,
    attributed_to,
    complication_of,
    given_up_for,
    is_symptom,
)
from kg.cases.passages import Passages

_WHILE = re.compile(
    r"\b(?:during|after|following|post|while (?:on|receiving)|upon|since|under)\s+"
    r"(?:[\w\-/]+\s+){0,5}$",
    re.IGNORECASE,
)
_REACH = 6
_NEAR = 75


def attributed(view: Passages, telling: Telling) -> list[Link]:
    """Return the therapies behind the adverse events of one telling, present or absent.

    What only its class made an adverse event ("neutropenia") and no therapy stands behind is
    turned back into a finding or a diagnosis.
    """
    links: list[Link] = []
    exposures = [e for e in telling.events if e.given and not e.part]
    for event in telling.events:
        if event.type != "AdverseEvent":
            continue
        link = _stated(view, telling, event) or _inferred(view, event, exposures)
        if link is not None:
            links.append(link)
        elif not _called_adverse(view, event):
            symptom = is_symptom(view.mentions[event.mentions[0]])
            event.type = "Finding" if symptom else "Diagnosis"
    return links


def _called_adverse(view: Passages, event: EventDraft) -> bool:
    return any(
        view.passage_of(m).has("adverse") or attributed_to(view, view.passage_of(m), m) is not None
        for m in event.mentions
    ) or event.is_a("adverse event", "adverse reaction", "drug toxicity")


def _stated(view: Passages, telling: Telling, event: EventDraft) -> Link | None:
    """Return the tie that a sentence states: "due to", "-induced", "during interferon"."""
    for mention in event.mentions:
        passage = view.passage_of(mention)
        therapy = attributed_to(view, passage, mention)
        if therapy is None:
            therapy = _while(view, passage.start, mention)
        if therapy is None:
            therapy = given_up_for(view, passage, mention)
        exposure = telling.of_mention.get(therapy) if therapy is not None else None
        if therapy is not None and exposure is not None and exposure.type == "Exposure":
            start = min(view.mentions[mention].start, view.mentions[therapy].start)
            end = max(view.mentions[mention].end, view.mentions[therapy].end)
            evidence = [view.evidence(start, end, passage.index)]
            return Link("ATTRIBUTED_TO", event, exposure, "stated", None, evidence)
    return None


def _while(view: Passages, start: int, mention: int) -> int | None:
    """Return the therapy that the sentence says the event came under or after."""
    sentence = view.mentions[mention].sentence
    for index in view.mentions_in[sentence]:
        therapy = view.mentions[index]
        place = view.mentions[mention]
        gap = max(therapy.start - place.end, place.start - therapy.end)
        if (
            therapy.kind == "Therapy"
            and gap <= _NEAR
            and _WHILE.search(view.text[start : therapy.start])
        ):
            return index
    return None


def _inferred(view: Passages, event: EventDraft, exposures: Sequence[EventDraft]) -> Link | None:
    """Return the tie to the last therapy of the kind that such a complication belongs to."""
    before = [e for e in exposures if e.start < event.end]
    classes = next(
        (c for m in event.mentions if (c := complication_of(view.mentions[m])) is not None), None
    )
    if classes is not None:
        for name in classes:
            for exposure in reversed(before):
                if exposure.is_a(name):
                    return Link("ATTRIBUTED_TO", event, exposure, "inferred")
        return None
    if any(after_operation(view.passage_of(m), view.mentions[m]) for m in event.mentions):
        operations = [e for e in before if e.is_a("surgery", "organ transplantation")]
        return Link("ATTRIBUTED_TO", event, operations[-1], "inferred") if operations else None
    if not _called_adverse(view, event) or not before:
        return None
    last = before[-1]
    if event.sentence - max(e.sentence for e in last.evidence) > _REACH:
        return None
    return Link("ATTRIBUTED_TO", event, last, "inferred")
