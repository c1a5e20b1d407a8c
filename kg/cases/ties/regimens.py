"""Regimens and their parts: PART_OF, as this article makes them.

"VIP regimen (vincristine, idarubicin, and dexamethasone)", "conditioning included busulfan …",
and the doses that a course was given in ("0.2×10⁶/kg at day 0, 0.6×10⁶/kg at day 1 …").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from kg.cases.drafts import EventDraft, Link
from kg.cases.merging import phases
from kg.cases.passages import Passages

_LEADS = re.compile(
    r"^[\s-]*(?:(?:regimen|chemotherapy|protocol|therapy|treatment|pretreatment|prophylaxis|"
    r"combination|drugs?|agents?|infusion)\s*)*"
    r"(?:\(|\[|:|[-–]|,?\s*(?:with|using|including|includ(?:ed|es)|consist(?:ing|ed|s) of|"
    r"compris(?:ing|ed|es)(?: of)?|composed of|contain(?:ing|ed)|of|such as|based on|"
    r"involv(?:ing|ed)|"
    r"namely|i\.e\.|(?:was|were)(?:\s+\w+){1,3}\s+(?:with|by|using)|was|were)\b)"
    r"(?:[\s(:]+(?:an?|the|combinations?|intravenous|iv|oral|high-dose|low-dose|standard|daily|weekly|"
    r"\d+(?:\.\d+)?\s*\w+(?:/\w+)*|(?:\w+\s+)?(?:cycles?|courses?|doses?)|of))*\s*$",
    re.IGNORECASE,
)
_BREAKS = re.compile(
    r";|[.]\s|\bfollowed\b|\bthen\b|\bafter\b|\bbefore\b|\b(?:was|were|is|are|had|has)\b|"
    r"\breceived\b|\bunderwent\b|\bfor\s+(?!\d|an?\b|the\b|\w+\s+(?:days|weeks|cycles|doses|months))",
    re.IGNORECASE,
)
_AS = re.compile(r"^\s*(?:(?:was|were)\s+\w+\s+as|as)?\s*(?:an?\s+)?$", re.IGNORECASE)
_OWN_NAME = re.compile(r"^\s*(?:\(|,\s*(?:so[- ]called|known as)\s*)\s*$")
_PARTED = ("chemotherapy", "conditioning regimen", "lymphodepletion")
_HEADS = frozenset({"regimen", "therapy_class", "class"})
_REGIMEN = "kg:regimen-"
"""How the concepts of regimens begin: the model may take the name of one for a drug."""
_SINGLE = frozenset({"drug", "chemical", "substance"})
_OF_THEIR_OWN = frozenset({"therapy_class", "class", "procedure", "cell_therapy"})
_SUM_TOLERANCE = 0.02


def part_of(view: Passages, exposures: Sequence[EventDraft]) -> list[Link]:
    """Return the parts of the regimens among the exposures, and mark them as parts.

    A class that only heads its members ("chemotherapy with R-CHOP") is marked ``generic``, and
    its words become evidence of the first of them.
    """
    links: list[Link] = []
    for _, group in groupby(exposures, key=lambda e: e.sentence):
        here = sorted(group, key=lambda e: (e.start, -e.end))
        for position in range(len(here) - 1, -1, -1):
            head = here[position]
            if head.generic or not _heads(head):
                continue
            before = here[position - 1] if position else None
            if before is not None and _names_again(view, before, head):
                _step_back(head, [before])
                continue
            members = _members(view, head, here[position + 1 :])
            if not members:
                members = _members_before(view, head, here[:position])
            links.extend(_bind(head, members))
    return links


def _heads(head: EventDraft) -> bool:
    """Whether a therapy may have others as its parts; a single drug has none."""
    single = head.label in _SINGLE and not head.concept.startswith(_REGIMEN)
    return head.label in _HEADS or (head.is_a(*_PARTED) and not single)


def _names_again(view: Passages, before: EventDraft, head: EventDraft) -> bool:
    """Whether a class only says what the therapy before it is: "R-CHOP chemotherapy"."""
    if head.label == "regimen" or before.part or before.label in {"therapy_class", "class"}:
        return False
    between = view.text[before.end : head.start]
    return head.start >= before.end and bool(_AS.match(between))


def _members(view: Passages, head: EventDraft, following: Sequence[EventDraft]) -> list[EventDraft]:
    """Return the therapies that a head opens: in its brackets, or listed after its verb."""
    members: list[EventDraft] = []
    place = head.end
    bracket: int | None = None
    for other in following:
        if other.start < head.end or other.part:
            continue
        between = view.text[place : other.start]
        if not members:
            if not _LEADS.match(between):
                return []
            if re.search(r"[(\[][^)\]]*$", between):
                bracket = _closing(view, head)
        elif bracket is not None:
            if other.start > bracket:
                break
        elif ")" in between or _BREAKS.search(between):
            break
        members.append(other)
        place = other.end
    return members


def _closing(view: Passages, head: EventDraft) -> int:
    """Return where the bracket closes that opens after the head."""
    end = view.all[head.sentence].end
    depth = 0
    for place in range(head.end, end):
        letter = view.text[place]
        depth += letter in "(["
        if letter in ")]":
            depth -= 1
            if depth == 0:
                return place
    return end


def _members_before(
    view: Passages, head: EventDraft, preceding: Sequence[EventDraft]
) -> list[EventDraft]:
    """Return the drugs that a bracketed name sums up: "… and prednisolone (CHOP)"."""
    closes = re.match(r"(?:\s+(?:regimen|protocol|chemotherapy))?\s*\)", view.text[head.end :][:25])
    if head.label != "regimen" or not preceding or not closes:
        return []
    place = head.start
    members: list[EventDraft] = []
    for other in reversed(preceding):
        between = view.text[other.end : place]
        fits = _OWN_NAME.match(between) if not members else not _BREAKS.search(between)
        if other.part or not fits or len(between) > 40 or other.label in _HEADS:
            break
        members.insert(0, other)
        place = other.start
    return members if len(members) > 1 else []


def _bind(head: EventDraft, members: list[EventDraft]) -> list[Link]:
    members = [m for m in members if not m.part and m.realisation == head.realisation]
    if head.label != "regimen" and not head.is_a("conditioning regimen", "lymphodepletion"):
        # "Chemotherapy with radiotherapy" lists two therapies, not parts of one.
        members = [m for m in members if m.label not in _OF_THEIR_OWN]
    if not members:
        return []
    parted = head.label == "regimen" or (
        head.is_a(*_PARTED) and len(members) > 1 and all(m.label != "regimen" for m in members)
    )
    if not parted:
        return _step_back(head, members)
    head.composed = True
    for member in members:
        member.part = True
    return [
        Link("PART_OF", member, head, "stated", "component", list(member.evidence[:1]))
        for member in members
    ]


def _step_back(head: EventDraft, members: list[EventDraft]) -> list[Link]:
    """Let a class give way to its members where it says no more than they do."""
    name = "chemotherapy" if head.name in phases() else head.name
    inside = [m for m in members if name in m.ancestors or m.label == "regimen"]
    if inside:
        inside[0].anew = inside[0].anew or head.anew
        inside[0].evidence.extend(head.evidence)
        inside[0].mentions.extend(head.mentions)
        inside[0].also.add(head.name)
        head.generic = True
    return []


def dose_parts(view: Passages, exposure: EventDraft) -> tuple[list[EventDraft], list[Link]]:
    """Return the doses of a course told as total and parts, as exposures of their own.

    They must stand in one sentence after the total, in its unit, and either each have a time of
    its own or sum to it.
    """
    doses = exposure.doses
    if len(doses) < 3:
        return [], []
    total, rest = doses[0], doses[1:]
    passage = view.all[exposure.sentence]
    if any(d.unit != total.unit or d.per != total.per or d.value is None for d in rest):
        return [], []
    times = [
        next((t for t in view.times_in(passage) if 0 <= t.start - d.end <= 15), None) for d in rest
    ]
    sums = total.value is not None and abs(
        sum(d.value or 0.0 for d in rest) - total.value
    ) <= _SUM_TOLERANCE * max(total.value, 1e-9)
    if not sums and not all(times):
        return [], []
    parts = []
    for dose, time in zip(rest, times, strict=True):
        end = time.end if time is not None else dose.end
        evidence = view.evidence(dose.start, end, exposure.sentence)
        parts.append(
            replace(
                exposure,
                text=evidence.quote,
                start=dose.start,
                end=end,
                doses=[dose],
                evidence=[evidence],
                mentions=[],
                duration_days=None,
                part=True,
            )
        )
    exposure.doses = [total]
    return parts, [
        Link("PART_OF", part, exposure, "stated", "dose", list(part.evidence)) for part in parts
    ]
