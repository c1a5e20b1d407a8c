"""Findings: markers and laboratory values with their result, in numbers or in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.cases.drafts import Account, EventDraft
from kg.cases.events.base import draft, name_outcome, widen
from kg.cases.events.marker_lists import abbreviates, paired
from kg.cases.events.measures import (
    LENGTHS,
    NEGATIVE,
    fits_unit,
    gleason_score,
    is_in_other_unit,
    is_of_name,
    is_other_dimension,
    is_result,
    measured,
    mitotic_count,
    name_by,
    name_pressures,
    number_of_name,
)
from kg.cases.events.no_findings import is_test_result, no_finding
from kg.cases.events.worded import in_words
from kg.cases.model import OutcomeType
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.nlp.model import Mention, Quantity

_MRD = re.compile(r"\b(?:MRD|(?:minimal|measurable) residual disease)\b", re.IGNORECASE)
_SPECIMENS = re.compile(
    r"\b(?:bone marrow|peripheral blood|serum|plasma|cerebrospinal fluid|CSF|urine|sputum|"
    r"bronchoalveolar lavage|stool|pleural fluid|ascitic fluid|ascites|synovial fluid|saliva|"
    r"biopsy|blood culture|blood)\b",
    re.IGNORECASE,
)
_CONCENTRATION = re.compile(r"^[^/]*(?:mol|g|U|\[IU\]|\[iU\])/[munpd]?L$")
_LEVEL_REACH = 25
_REFERENCE = re.compile(
    r"[(\[]\s*(?:normal|reference|ref|n)\b(?:[\s:.,]|range|values?|levels?|limits?|upper|lower|of|is|"
    r"was|up|to|between|from|and|less|than|for|adults|women|men|[<>≤≥=\d–−-])*$",
    re.IGNORECASE,
)
_SIZES = re.compile(
    r"size|diameter|height|length|thickness|circumference|stature|depth|width|wheal|reaction|axis|index",
    re.IGNORECASE,
)


def finding_events(
    view: Passages,
    passage: Passage,
    index: int,
    owner: int,
    telling: Telling,
    account: Account,
) -> list[EventDraft]:
    """Return the findings that a marker mention states, one for each value.

    A marker without any result is no finding ("cytokine levels were monitored"). The status of
    minimal residual disease is a Response, and where a level is stated a Finding beside it.
    """
    mention = view.mentions[index]
    base = draft(view, passage, index, "Finding", owner, telling)
    quantities = [q for q in _results(view, passage, index) if fits_unit(base, q)]
    named = _name_with_number(view, mention, base, quantities)
    known = named or mention.grounded or mention.source != "model"
    quantities = paired(view, passage, index) or quantities
    reason = no_finding(view, passage, index, quantities, known)
    if reason is None and not _SIZES.search(base.name):
        sized = any(q.unit in LENGTHS for q in quantities)
        reason = "a size seen in a test" if sized else None
    if reason is not None:
        account.drop(reason)
        return []
    base.specimen = _specimen(view, passage, mention)
    scored = gleason_score(view, base, mention) or mitotic_count(view, base, mention)
    if scored is not None:
        return [scored]
    events = [measured(view, base, quantity) for quantity in _numbers_first(quantities)]
    if len(events) == 2:
        name_pressures(events, view.text[quantities[0].end : quantities[1].start])
    if not any(e.value is not None for e in events):
        events = [e for e in events if is_test_result(mention, e)]
    if not events:
        worded = in_words(view, passage, index, base)
        if worded is None or not is_test_result(mention, worded):
            account.drop("a marker named without a result")
            return []
        events = [worded]
    if _MRD.search(mention.text):
        return _residual_disease(events)
    return events


def _results(view: Passages, passage: Passage, index: int) -> list[Quantity]:
    """Return the quantities that are a result of a marker, or of its short name in brackets."""
    mention = view.mentions[index]
    quantities = list(view.quantities_of.get(index, []))
    if abbreviates(view, passage, index + 1):
        quantities += view.quantities_of.get(index + 1, [])
    return [
        q
        for q in quantities
        if not _is_reference(passage, q.start)
        and is_result(view, q)
        and not _is_nearer(view, passage, mention, q)
        and not is_of_name(mention, q)
        and not is_other_dimension(view, q)
        and not is_in_other_unit(view, q, quantities)
    ]


def _is_nearer(view: Passages, passage: Passage, mention: Mention, number: Quantity) -> bool:
    """Whether a number is of another marker between: "ESR and **CRP** 30" tells one value."""
    if number.value is None or number.start < mention.end:
        return False
    return any(
        mention.end <= view.mentions[i].start and view.mentions[i].end <= number.start
        for i in view.mentions_in[passage.index]
        if any(q.start == number.start for q in view.quantities_of.get(i, ()))
        and view.mentions[i].concept != mention.concept
    )


def _name_with_number(
    view: Passages, mention: Mention, base: EventDraft, quantities: list[Quantity]
) -> bool:
    """Give a finding the name that a number belongs to ("cytokeratin 7"), and take the number."""
    for quantity in quantities:
        name = number_of_name(view, mention, quantity)
        if name is not None:
            quantities.remove(quantity)
            widen(view, base, [(quantity.start, quantity.end)])
            return name_by(base, name)
    return False


def _is_reference(passage: Passage, place: int) -> bool:
    """Whether a number belongs to the normal range that the article gives beside the value."""
    before = passage.text[: place - passage.start]
    return bool(_REFERENCE.search(before[-60:]))


def level_events(
    view: Passages, passage: Passage, index: int, owner: int, telling: Telling
) -> list[EventDraft]:
    """Return the finding of a substance measured and not given: "progesterone 5 nmol/L"."""
    mention = view.mentions[index]
    for quantity in view.quantities_in(passage):
        near = 0 <= quantity.start - mention.end <= _LEVEL_REACH
        if near and _CONCENTRATION.search(quantity.unit or ""):
            between = view.text[mention.end : quantity.start]
            if not any(c.isdigit() for c in between) and ";" not in between:
                base = draft(view, passage, index, "Finding", owner, telling)
                return [measured(view, base, quantity)]
    return []


def _numbers_first(quantities: Sequence[Quantity]) -> list[Quantity]:
    """Leave a result in words out where numbers tell it: "dropped to 83/58 mmHg"."""
    numbers = [q for q in quantities if q.value is not None]
    return numbers or list(quantities)


def _specimen(view: Passages, passage: Passage, mention: Mention) -> str | None:
    """Return the specimen that is named nearest to the marker in its sentence."""
    place = mention.start - passage.start
    found = list(_SPECIMENS.finditer(passage.text))
    if not found:
        return None
    nearest = min(found, key=lambda m: abs(m.start() - place))
    return nearest.group().lower()


def _residual_disease(events: list[EventDraft]) -> list[EventDraft]:
    """Turn the status of minimal residual disease into a Response; keep a stated level."""
    out: list[EventDraft] = []
    for event in events:
        below = event.comparator in {"<", "<="} or event.value == 0
        if event.value is not None and not below:
            event.polarity = "affirmed"
            out.append(event)
        outcome = _residual_status(event, below)
        if outcome is not None:
            status = replace(event, type="Response", value_text=None, polarity="affirmed")
            status.mentions, status.evidence = list(event.mentions), list(event.evidence)
            name_outcome(status, outcome)
            out.append(status)
    return out


def _residual_status(event: EventDraft, below: bool) -> OutcomeType | None:
    word = (event.value_text or "").lower()
    if event.value is not None and not below:
        return "mrd_positive"
    if below or event.polarity == "negated" or NEGATIVE.match(word):
        return "mrd_negative"
    if word in {"normal", "low"} or (event.value is None and not word):
        return None
    return "mrd_positive"
