"""ATTRIBUTED_TO: the therapy behind an adverse event, as stated or by the kind of complication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from kg.cases.coreference import Telling
from kg.cases.drafts import EventDraft, Link
from kg.cases.events.blame import blamed_elsewhere
from kg.cases.events.called_harms import called_adverse
from kg.cases.events.conditions import (
    after_operation,
    given_up_for,
    is_finding,
)
from kg.cases.events.harms import ADVERSE_NAMES, complication_of, harms_of
from kg.cases.passages import Passages
from kg.cases.ties.courses import OPERATION, Course
from kg.cases.ties.responses import drugs_of, with_drugs
from kg.cases.vocabulary import table
from kg.nlp.model import Mention

_WHILE = re.compile(
    r"\b(?:during|after|following|post|while (?:on|receiving)|upon|since|under)\s+"
    r"(?:[\w\-/]+\s+){0,5}$",
    re.IGNORECASE,
)
_CYCLE = re.compile(r"\b(?:cycles?|courses?)\b", re.IGNORECASE)
_IN_CYCLES = ("chemotherapy", "targeted therapy", "immunotherapy", "hormone therapy")
_REACH = 6
_ROW = 80
_AHEAD = 2
_NEAR = 75


def attributed(view: Passages, telling: Telling, parts: Sequence[Link]) -> list[Link]:
    """Return the therapies behind the adverse events of one telling, present or absent.

    A harm of a regimen is one of its drugs too, one of an operation of all that was done in it.
    What only its class made an adverse event ("neutropenia") and no therapy stands behind is
    turned back into a finding or a diagnosis. "An adverse event" that names none is the one told
    beside it.
    """
    _refer_back(telling)
    links: list[Link] = []
    exposures = [e for e in telling.events if e.given and not e.part]
    course = Course(view, telling, [e for e in exposures if not e.is_a(*_supporting())])
    drugs = drugs_of(parts)
    for event in telling.events:
        if event.type != "AdverseEvent":
            continue
        ties = _stated(view, telling, event)
        if not ties:
            ties = _beside(view, telling, event) or _inferred(view, event, exposures)
        links.extend(_with_parts(ties, course, drugs))
        if not ties and not _called_adverse(view, event):
            symptom = is_finding(view.mentions[event.mentions[0]])
            event.type = "Finding" if symptom else "Diagnosis"
    return links


def _with_parts(
    ties: Sequence[Link], course: Course, drugs: Mapping[int, Sequence[EventDraft]]
) -> Iterator[Link]:
    """Yield ties, each with those to what its therapy was done with or consists of."""
    tied = {id(tie.target) for tie in ties}
    for tie in ties:
        yield tie
        whole = [tie.target]
        if tie.basis == "inferred":
            surgical = tie.target.is_a(OPERATION)
            whole = course.operation(whole) if surgical else course.combined(tie.target)
        for part in with_drugs(whole, drugs):
            if id(part) not in tied:
                tied.add(id(part))
                yield replace(tie, target=part)


def _refer_back(telling: Telling) -> None:
    """Make "the adverse reaction" one with the harm that the telling names near it."""
    named = [
        e
        for e in telling.events
        if e.type == "AdverseEvent" and e.polarity == "affirmed" and e.name not in ADVERSE_NAMES
    ]
    for event in [
        e for e in telling.events if e.type == "AdverseEvent" and e.name in ADVERSE_NAMES
    ]:
        near = [e for e in named if -_AHEAD <= event.sentence - e.sentence <= _REACH]
        if event.polarity == "affirmed" and near:
            known = min(near, key=lambda e: abs(event.sentence - e.sentence))
            known.absorb(event)
            for mention in event.mentions:
                telling.of_mention[mention] = known
            telling.events.remove(event)


def _called_adverse(view: Passages, event: EventDraft) -> bool:
    return any(
        called_adverse(view, view.passage_of(m), m)
        or bool(harms_of(view, view.passage_of(m), m))
        or "toxicit" in view.mentions[m].text.lower()
        for m in event.mentions
    ) or event.is_a(*ADVERSE_NAMES, "complication")


def _stated(view: Passages, telling: Telling, event: EventDraft) -> list[Link]:
    """Return the ties that a sentence states: "due to", "-induced", "during interferon"."""
    for mention in _named(view, event):
        passage = view.passage_of(mention)
        for harm in harms_of(view, passage, mention):
            exposures = _exposures(telling, harm.therapies)
            if exposures:
                evidence = view.evidence(harm.start, harm.end, harm.sentence)
                role = harm.kind if harm.kind in {"dechallenge", "rechallenge"} else None
                return [
                    Link("ATTRIBUTED_TO", event, e, "stated", role, [evidence]) for e in exposures
                ]
        near = _while(view, passage.start, mention) or given_up_for(view, passage, mention)
        exposures = _exposures(telling, [near] if near is not None else [])
        if near is not None and exposures:
            start = min(view.mentions[mention].start, view.mentions[near].start)
            end = max(view.mentions[mention].end, view.mentions[near].end)
            evidence = view.evidence(start, end, passage.index)
            return [Link("ATTRIBUTED_TO", event, exposures[0], "stated", None, [evidence])]
    return _blamed(view, telling, event)


def _blamed(view: Passages, telling: Telling, event: EventDraft) -> list[Link]:
    """Return the ties to what a title or a lesson blames, where the patient was given it."""
    links = []
    for mention in _named(view, event):
        for harm in blamed_elsewhere(view, view.passage_of(mention), mention):
            evidence = view.evidence(harm.start, harm.end, harm.sentence)
            for therapy in harm.therapies:
                exposure = _given_as(telling, view.mentions[therapy])
                if exposure is not None:
                    link = Link("ATTRIBUTED_TO", event, exposure, "stated", None, [evidence])
                    links.append(link)
        if links:
            break
    return links


def _given_as(telling: Telling, therapy: Mention) -> EventDraft | None:
    """Return the exposure of a therapy's concept, or of one under it."""
    given = [e for e in telling.events if e.given and not e.part]
    own = [e for e in given if e.concept == therapy.concept]
    under = [e for e in given if therapy.name is not None and e.is_a(therapy.name)]
    return next(iter(own or under), None)


def _named(view: Passages, event: EventDraft) -> list[int]:
    """Return the mentions that name the harm; "uneventful" and the like name none."""
    return [m for m in event.mentions if view.mentions[m].kind != "Outcome"]


def _exposures(telling: Telling, therapies: Iterable[int]) -> list[EventDraft]:
    """Return the exposures that some mentions are of, without a class told with its members."""
    found: dict[int, EventDraft] = {}
    for therapy in therapies:
        exposure = telling.of_mention.get(therapy)
        if exposure is not None and exposure.type == "Exposure":
            found[id(exposure)] = exposure
    return [
        e
        for e in found.values()
        if not any(e is not other and e.name in other.ancestors for other in found.values())
    ]


def _while(view: Passages, start: int, mention: int) -> int | None:
    """Return the therapy that the sentence says the event came under or after."""
    sentence = view.mentions[mention].sentence
    denied = view.mentions[mention].polarity == "negated"
    if denied and not view.passage_of(mention).has("adverse"):
        return None
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


def _beside(view: Passages, telling: Telling, event: EventDraft) -> list[Link]:
    """Return the tie of an absent harm to the therapy that its sentence names before it."""
    if _named(view, event):
        return []
    told = [i for i in view.mentions_in[event.sentence] if view.mentions[i].start < event.end]
    exposures = [e for e in _exposures(telling, told) if e.given]
    return [Link("ATTRIBUTED_TO", event, e, "inferred") for e in exposures[-1:]]


def _inferred(view: Passages, event: EventDraft, exposures: Sequence[EventDraft]) -> list[Link]:
    """Return the ties to the last therapy that such a harm may be of, and to what went with it."""
    before = [e for e in exposures if e.start < event.end]
    classes = next(
        (c for m in event.mentions if (c := complication_of(view.mentions[m])) is not None), None
    )
    if classes is not None:
        last = next((e for name in classes for e in reversed(before) if e.is_a(name)), None)
        if last is None and _called_adverse(view, event):
            last = _last_main(before)
    elif "complication" in (event.label, event.name) or any(
        after_operation(view, view.passage_of(m), view.mentions[m]) for m in event.mentions
    ):
        last = _last_main([e for e in before if e.is_a("surgery", "organ transplantation")])
    elif _called_adverse(view, event):
        in_cycles = [e for e in before if e.is_a(*_IN_CYCLES)] if _by_cycle(view, event) else []
        last = _last_main(in_cycles or before)
        if last and event.sentence - max(e.sentence for e in last.evidence) > _REACH:
            last = None
    else:
        last = None
    if last is None:
        return []
    return [Link("ATTRIBUTED_TO", event, e, "inferred") for e in [last, *_given_with(last, before)]]


def _last_main(exposures: Sequence[EventDraft]) -> EventDraft | None:
    """Return the last therapy, of those that do not merely support where there are any."""
    main = [e for e in exposures if not e.is_a(*_supporting())] or exposures
    return main[-1] if main else None


def _given_with(last: EventDraft, exposures: Iterable[EventDraft]) -> list[EventDraft]:
    """Return what was given in the same cycles as a therapy: the drugs told in its row."""
    if not last.is_a(*_IN_CYCLES):
        return []
    return [
        e
        for e in exposures
        if e is not last
        and e.is_a(*_IN_CYCLES)
        and e.sentence == last.sentence
        and abs(e.start - last.start) <= _ROW
    ]


def _by_cycle(view: Passages, event: EventDraft) -> bool:
    """Whether the harm is told by the cycle or course in which it arose."""
    harms = (h for m in event.mentions for h in harms_of(view, view.passage_of(m), m))
    return any(_CYCLE.search(view.text[harm.start : harm.end]) for harm in harms)


@cache
def _supporting() -> frozenset[str]:
    """Return the therapies that only accompany or support others: anaesthesia, vitamins."""
    return frozenset(row[0] for row in table("supporting_therapies.tsv"))
