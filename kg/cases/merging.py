"""Across tellings: what abstract and discussion tell again becomes evidence of the case's events.

The first telling that has events (case, else abstract, else discussion) is the base; the others
are laid beside it in order of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from kg.cases.coreference import CONDITIONS, graver, realise, specify
from kg.cases.drafts import Account, EventDraft, Link
from kg.cases.events.organs import lie_apart
from kg.cases.vocabulary import table

_OPEN = frozenset({"considered", "planned"})


def merge(
    base: list[EventDraft],
    links: list[Link],
    retold: Sequence[EventDraft],
    retold_links: Sequence[Link],
    account: Account,
) -> None:
    """Lay a second telling beside the first; ``base`` and ``links`` are completed in place.

    Parameters
    ----------
    base, links
        The events and relations known so far, of one patient.
    retold, retold_links
        The events and relations of another telling of the same course.
    account
        Where what is left out is counted.
    """
    index = _Index(base)
    ties = _ties(links)
    retold_ties = _ties(retold_links)
    stated = {id(k.source) for k in retold_links if k.basis == "stated"}
    same: dict[int, EventDraft] = {}
    last = -1
    for draft in sorted(retold, key=lambda e: e.type == "Response"):
        tied = {id(same.get(id(t), t)) for t in retold_ties.get(id(draft), ())}
        known = _match(index.related(draft), draft, tied, ties, last, id(draft) in stated)
        if known is None:
            if draft.telling == "discussion" and not draft.told_given:
                account.drop("a therapy only argued about")
                continue
            base.append(draft)
            index.add(draft)
            continue
        same[id(draft)] = known
        if draft.type == "Exposure":
            last = max(last, known.start)
        _take(known, draft)
    present = {(link.type, id(link.source), id(link.target)) for link in links}
    kept = {id(event) for event in base}
    for link in retold_links:
        source = same.get(id(link.source), link.source)
        target = same.get(id(link.target), link.target)
        key = (link.type, id(source), id(target))
        if not {id(source), id(target)} <= kept:
            continue
        if source is target or key in present or _second_tie(links, link, source):
            continue
        present.add(key)
        links.append(Link(link.type, source, target, link.basis, link.role, link.evidence))


def _second_tie(links: Iterable[Link], link: Link, source: EventDraft) -> bool:
    """Whether an inferred tie would stand beside one that the event has already."""
    if link.basis != "inferred":
        return False
    return any(known.type == link.type and known.source is source for known in links)


class _Index:
    """Events by the names of their concepts and of those above them."""

    def __init__(self, events: Iterable[EventDraft]) -> None:
        self._by_name: dict[str, list[EventDraft]] = defaultdict(list)
        self._by_outcome: dict[str, list[EventDraft]] = defaultdict(list)
        for event in events:
            self.add(event)

    def add(self, event: EventDraft) -> None:
        for name in {event.concept, event.name, *event.ancestors, *event.also}:
            self._by_name[name].append(event)
        if event.outcome is not None:
            self._by_outcome[event.outcome].append(event)

    def related(self, draft: EventDraft) -> list[EventDraft]:
        """Return the events that may be the draft's, those of its very concept first."""
        if draft.outcome is not None:
            return self._by_outcome[draft.outcome]
        exact = [e for e in self._by_name[draft.concept] if e.concept == draft.concept]
        wider = [e for e in self._by_name[draft.name] if e not in exact]
        if draft.name in phases():
            wider += (e for e in self._by_name["chemotherapy"] if e not in exact and _leads(e))
        above = [
            e
            for name in draft.ancestors
            for e in self._by_name[name]
            if e.name == name and e not in exact
        ]
        return [*exact, *wider, *above]


def _leads(event: EventDraft) -> bool:
    """Whether a chemotherapy is one that a phase may mean: no part, no preparation."""
    return not event.part and not event.is_a("conditioning regimen", "lymphodepletion")


def _ties(links: Iterable[Link]) -> dict[int, list[EventDraft]]:
    ties: dict[int, list[EventDraft]] = defaultdict(list)
    for link in links:
        if link.type == "RESPONSE_TO":
            ties[id(link.source)].append(link.target)
    return ties


def _match(
    candidates: Sequence[EventDraft],
    draft: EventDraft,
    tied: set[int],
    ties: dict[int, list[EventDraft]],
    last: int,
    stated: bool,
) -> EventDraft | None:
    if draft.type == "Response":
        return _match_response(candidates, draft, tied, ties, stated)
    fitting = [c for c in candidates if _fits(c, draft)]
    if not fitting:
        return None
    if draft.type != "Exposure":
        return fitting[0]
    fitting = [c for c in fitting if c.name == draft.name or (c.part == draft.part and _leads(c))]
    if not fitting:
        return None
    if draft.name not in phases():
        fitting = [c for c in fitting if c.concept == draft.concept] or fitting
    return next((c for c in fitting if c.start >= last), fitting[0])


@cache
def phases() -> frozenset[str]:
    """Return the names of phases of chemotherapy, which any regimen may fill."""
    return frozenset(row[0] for row in table("phases.tsv"))


def _fits(known: EventDraft, draft: EventDraft) -> bool:
    if known.polarity != draft.polarity or known.patient != draft.patient:
        return False
    if draft.type == "Exposure":
        return known.type == "Exposure" and _one_realisation(known, draft)
    if known.type not in CONDITIONS or lie_apart(known, draft):
        return False
    if draft.value is not None or draft.value_text is not None:
        return known.value in {draft.value, None} and (
            draft.value is not None or known.value_text in {draft.value_text, None}
        )
    return known.concept == draft.concept or (known.type != "Finding" and draft.type != "Finding")


def _one_realisation(known: EventDraft, draft: EventDraft) -> bool:
    if known.realisation == draft.realisation:
        return True
    return {known.realisation, draft.realisation} <= _OPEN | {"given"}


def _match_response(
    candidates: Sequence[EventDraft],
    draft: EventDraft,
    tied: set[int],
    ties: dict[int, list[EventDraft]],
    stated: bool,
) -> EventDraft | None:
    """Return the response of the same type that followed the same therapy, if any.

    Where only the order of the telling ties the draft to its therapy, it is the last of its type.
    """
    fitting = [c for c in candidates if c.type == "Response" and c.polarity == draft.polarity]
    # Reaching a state and staying in it are two facts: "achieved CR", "has maintained CR".
    alike = [c for c in fitting if c.continued == draft.continued]
    fitting = alike if alike or draft.telling == "abstract" else fitting
    if not fitting:
        return None
    for candidate in fitting:
        if tied & {id(t) for t in ties.get(id(candidate), ())}:
            return candidate
    untied = [c for c in fitting if not ties.get(id(c))]
    if untied:
        return untied[-1]
    return None if tied and draft.telling == "abstract" and stated else fitting[-1]


def _take(known: EventDraft, draft: EventDraft) -> None:
    if known.type == "Exposure" and known.realisation in _OPEN and draft.realisation == "given":
        realise(known, draft)
    if known.type in CONDITIONS:
        known.type = graver(known.type, draft.type)
    if known.type in CONDITIONS and draft.certainty == "certain":
        # "Lymphoma was suspected" is not made certain by "the tumour" of another telling.
        known.certainty = "certain" if draft.name not in known.ancestors else known.certainty
    narrower = known.name in draft.ancestors and known.type != "Response"
    known.absorb(draft)
    if narrower:
        specify(known, draft)
