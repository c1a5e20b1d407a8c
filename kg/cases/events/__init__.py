"""Drafting events from mentions: one module for each kind of event."""

from __future__ import annotations

from collections.abc import Sequence

from kg.cases.drafts import Account, EventDraft
from kg.cases.events.conditions import condition_events
from kg.cases.events.exposures import exposure_events
from kg.cases.events.findings import finding_events, level_events
from kg.cases.events.harms import harms_of
from kg.cases.events.lab_harms import lab_harm_event
from kg.cases.events.relatives import is_of_relative
from kg.cases.events.responses import asks_for_therapy, grew_worse, response_events, told_once
from kg.cases.events.serology import tested_organism
from kg.cases.events.tables import laboratory_rows, row_findings
from kg.cases.events.told_harms import told_harms
from kg.cases.events.told_outcomes import told_outcomes, treated_lately
from kg.cases.events.told_therapies import given_substance, told_therapies
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.cases.patients import Cast

_DRAFTERS = {
    "Therapy": exposure_events,
    "Marker": finding_events,
    "Outcome": response_events,
    "Condition": condition_events,
}
_NOT_THE_PATIENT = {"donor": "of a donor", "family": "of a relative", "other": "of somebody else"}


def draft_events(
    view: Passages, told: Sequence[Telling | None], cast: Cast, account: Account
) -> list[EventDraft]:
    """Return the events that the mentions of the telling sentences state, in order of the text.

    Parameters
    ----------
    view, told, cast
        The report, the telling of each sentence, and whom each sentence is about.
    account
        Where every mention that becomes no event is counted with its reason.
    """
    drafts: list[EventDraft] = []
    treated: set[int] = set()
    rows = laboratory_rows(view) if len(cast.persons) == 1 else {}
    for passage in view.all:
        if passage.index in rows:
            drafts.extend(row_findings(view, passage, 0, rows[passage.index]))
            continue
        mentions = [i for i in view.mentions_in[passage.index] if _names_concept(view, i)]
        reason = _left_out(passage, told[passage.index], cast)
        if reason is not None:
            account.drop(reason, len(mentions))
            continue
        telling = told[passage.index]
        assert telling is not None
        owners = cast.owners[passage.index]
        here: list[EventDraft] = []
        for index in mentions:
            mention = view.mentions[index]
            other = _NOT_THE_PATIENT.get(mention.experiencer)
            if other is not None:
                account.drop(other)
                continue
            if is_of_relative(passage, mention):
                account.drop(_NOT_THE_PATIENT["family"])
                continue
            for owner in owners:
                here.extend(_drafts(view, passage, index, owner, telling, account))
        for owner in owners:
            here.extend(told_therapies(view, passage, owner, telling))
        treated.update(e.patient for e in here if e.given)
        lately = treated_lately(view, passage)
        here = [
            e
            for e in told_once(here)
            if not asks_for_therapy(e) or (e.patient in treated and (lately or not grew_worse(e)))
        ]
        for owner in treated.intersection(owners):
            own = [e for e in here if e.patient == owner]
            here.extend(told_outcomes(view, passage, owner, telling, own))
            here.extend(told_harms(view, passage, owner, telling, own))
        drafts.extend(sorted(here, key=lambda e: e.start))
    return drafts


def _drafts(
    view: Passages, passage: Passage, index: int, owner: int, telling: Telling, account: Account
) -> list[EventDraft]:
    kind = view.mentions[index].kind
    if kind == "Therapy":
        levels = level_events(view, passage, index, owner, telling)
        if levels:
            return levels
    if kind == "Marker":
        given = given_substance(view, passage, index, owner, telling)
        if given:
            return given
    if kind == "Condition":
        tested = tested_organism(view, passage, index, owner, telling)
        if any(event.polarity == "negated" for event in tested):
            return tested
        told = _DRAFTERS[kind](view, passage, index, owner, telling, account)
        # What a test found is one finding, with its result.
        return [*tested, *(e for e in told if not (tested and e.type == "Finding"))]
    drafts = _DRAFTERS[kind](view, passage, index, owner, telling, account)
    if kind == "Marker" and harms_of(view, passage, index):
        changed = lab_harm_event(view, passage, index, owner, telling)
        drafts.extend([changed] if changed is not None else [])
    return drafts


def _names_concept(view: Passages, index: int) -> bool:
    return view.mentions[index].kind in _DRAFTERS


def _left_out(passage: Passage, telling: Telling | None, cast: Cast) -> str | None:
    """Return why no mention of a sentence becomes an event, or None where they do."""
    if passage.kind in {"legend", "table", "title"}:
        return f"in a {passage.kind}"
    if not cast.persons:
        return "no patient in the report"
    if telling is None:
        return "general statement"
    if not cast.owners[passage.index]:
        return "patient unclear"
    return None
