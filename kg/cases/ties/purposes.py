"""GIVEN_FOR: what a therapy served, as its sentence says; roles, never classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.cases.coreference import CONDITIONS, Telling
from kg.cases.drafts import EventDraft, Link
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import Cue

_ROLES = {
    "role_conditioning": "conditioning",
    "role_lymphodepletion": "lymphodepletion",
    "role_bridging": "bridging",
    "role_maintenance": "maintenance",
    "role_prophylaxis": "prophylaxis",
}
_SERVED = {
    "conditioning": ("haematopoietic cell transplantation", "cell therapy"),
    "lymphodepletion": ("cell therapy",),
    "bridging": ("cell therapy", "haematopoietic cell transplantation", "organ transplantation"),
}
SUPPORT = frozenset({"conditioning", "lymphodepletion", "prophylaxis"})
"""Roles of therapies that do not themselves lead to a response of the disease."""
_REACH = 8
_GRAFT_REACTION = re.compile(
    r"\b[ac]?GVHD\b|graft[\s-]*(?:versus|vs\.?)[\s-]*host|rejection", re.IGNORECASE
)
_FOR = re.compile(
    r"\b(?:for|to (?:treat|control|manage|correct|relieve|prevent|reduce)|against)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"^[^.;]{0,60}?\b(?:treated|managed|controlled|treatment|resolved|improved|subsided|relieved|"
    r"corrected)\b[^.;]{0,25}\b(?:with|by|using|after|under)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_TREATED_FOR = re.compile(r"\b(?:treated|operated\s+on)\s+for\b[^.;,]{0,40}$", re.IGNORECASE)
_BY = re.compile(r"^[^.;]{0,40}?\b(?:by|with|using)\b[^.;]{0,60}$", re.IGNORECASE)
_GIVEN_BECAUSE = re.compile(
    r"^(?:given|because of|in view of|owing to|due to|for|to treat|to control|in light of|"
    r"considering|suspecting|on suspicion of)\b",
    re.IGNORECASE,
)


def given_for(view: Passages, telling: Telling) -> list[Link]:
    """Return the purposes of the exposures of one telling."""
    links: list[Link] = []
    exposures = [e for e in telling.events if e.type == "Exposure"]
    for exposure in exposures:
        passage = view.all[exposure.sentence]
        role = _role(view, passage, exposure)
        if role is not None:
            links.extend(_serve(view, telling, exposure, role, exposures))
        if role is None and exposure.realisation != "not_given":
            links.extend(_treats(view, telling, passage, exposure))
    return links


def _role(view: Passages, passage: Passage, exposure: EventDraft) -> tuple[str, Cue] | None:
    """Return the role that a word of the sentence gives the exposure, with the word."""
    if exposure.is_a("conditioning regimen", "lymphodepletion"):
        name = "lymphodepletion" if exposure.is_a("lymphodepletion") else "conditioning"
        return name, Cue(f"role_{name}", exposure.start, exposure.end, exposure.text)
    for cue in passage.find(*_ROLES):
        # The words may be the exposure's own ("lymphodepletion with FC" is one event), or stand
        # before or after it in its clause.
        gap = max(cue.start - exposure.end, exposure.start - cue.end)
        between = view.text[min(cue.end, exposure.end) : max(cue.start, exposure.start)]
        if gap <= (150 if cue.name == "role_conditioning" else 80) and not re.search(
            r"[.;]\s|\bthen\b|\bfollowed by\b|\bafter\b", between
        ):
            role = _ROLES[cue.name]
            if exposure.is_a(*_SERVED.get(role, ())) and role != "bridging":
                continue
            return role, cue
    return None


def _serve(
    view: Passages,
    telling: Telling,
    exposure: EventDraft,
    role: tuple[str, Cue],
    exposures: Sequence[EventDraft],
) -> Iterable[Link]:
    name, cue = role
    evidence = [view.evidence(cue.start, cue.end, exposure.sentence)]
    if name == "prophylaxis":
        served = _prevented(view, telling, exposure, exposures)
    elif name == "maintenance":
        served = _last(
            exposure, (e for e in exposures if e.given and not e.part and e.start < exposure.start)
        )
    else:
        served = _nearest(
            exposure,
            [e for e in exposures if e.is_a(*_SERVED[name]) and e is not exposure and not e.part],
            forward=name != "conditioning",
        )
    if served is not None and not (exposure.part and served.composed):
        yield Link("GIVEN_FOR", exposure, served, "stated", name, evidence)


def _last(exposure: EventDraft, events: Iterable[EventDraft]) -> EventDraft | None:
    found = [e for e in events if e is not exposure]
    return found[-1] if found else None


def _nearest(
    exposure: EventDraft, served: Sequence[EventDraft], *, forward: bool
) -> EventDraft | None:
    """Return the nearest event by sentences; at the same distance the one that follows or leads."""
    near = [e for e in served if abs(e.sentence - exposure.sentence) <= _REACH]

    def distance(event: EventDraft) -> tuple[int, int, bool]:
        gap = event.sentence - exposure.sentence
        behind = gap < 0 or (gap == 0 and event.start < exposure.start)
        given = 0 if event.given else 1
        return given, abs(gap) * 2 + (behind == forward), behind

    return min(near, key=distance) if near else None


def _prevented(
    view: Passages, telling: Telling, exposure: EventDraft, exposures: Sequence[EventDraft]
) -> EventDraft | None:
    """Return what a prophylaxis is for: the transplant for GVHD, else the condition named."""
    passage = view.all[exposure.sentence]
    if _GRAFT_REACTION.search(passage.text):
        grafts = [e for e in exposures if e.is_a("cell therapy", "organ transplantation")]
        return _nearest(exposure, grafts, forward=False)
    for index in view.mentions_in[passage.index]:
        mention = view.mentions[index]
        if mention.kind != "Condition":
            continue
        event = telling.of_mention.get(index)
        if event is not None and event.type in CONDITIONS:
            return event
    return None


def _treats(
    view: Passages, telling: Telling, passage: Passage, exposure: EventDraft
) -> Iterable[Link]:
    """Yield what the sentence says a therapy was given for: "tocilizumab was used for CRS"."""
    for index in view.mentions_in[passage.index]:
        target = telling.of_mention.get(index)
        mention = view.mentions[index]
        if target is None or target is exposure or target.type not in CONDITIONS:
            continue
        if mention.kind not in {"Condition", "Marker"}:
            continue
        place = exposure.evidence[0]
        if place.end <= mention.start:
            between = view.text[place.end : mention.start]
            stated = len(between) <= 90 and bool(_FOR.search(between))
        else:
            between = view.text[mention.end : place.start]
            before = view.text[passage.start : mention.start].lstrip()
            stated = bool(_TREATED.match(between) or _GIVEN_BECAUSE.match(before)) or (
                bool(_TREATED_FOR.search(before)) and bool(_BY.match(between))
            )
        if stated:
            yield Link(
                "GIVEN_FOR",
                exposure,
                target,
                "stated",
                "treatment",
                [view.evidence(*_extent(exposure, mention.start, mention.end), passage.index)],
            )
            return


def _extent(exposure: EventDraft, start: int, end: int) -> tuple[int, int]:
    return min(exposure.start, start), max(exposure.end, end)
