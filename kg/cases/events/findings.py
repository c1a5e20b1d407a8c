"""Findings: markers and laboratory values with their result, in numbers or in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg import terms
from kg.cases.drafts import Account, EventDraft
from kg.cases.events.base import draft, name_outcome, take_value, widen
from kg.cases.model import OutcomeType
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import Cue, table
from kg.nlp.model import Mention, Quantity
from kg.terms.normal import normal_form

_NEGATIVE = re.compile(
    r"^(?:[-−–]|\(-\)|neg\b|negativ|not?[ -]|non|undetect|absent|absence|loss|lack|without|nil\b)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^[\s,;/+()&\-−–:]*(?:and|or|as well as|but)?[\s,(]*$", re.IGNORECASE)
_MRD = re.compile(r"\b(?:MRD|(?:minimal|measurable) residual disease)\b", re.IGNORECASE)
_SPECIMENS = re.compile(
    r"\b(?:bone marrow|peripheral blood|serum|plasma|cerebrospinal fluid|CSF|urine|sputum|"
    r"bronchoalveolar lavage|stool|pleural fluid|ascitic fluid|ascites|synovial fluid|saliva|"
    r"biopsy|blood culture|blood)\b",
    re.IGNORECASE,
)
_TOWARDS = re.compile(r"\s+(?:for|in\s+the\s+(?:level|number|proportion))\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|not|is|are)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_SIGNS = {"+": "positive", "++": "positive", "+++": "positive", "-": "negative", "−": "negative"}
_SIGN_BEHIND = re.compile(r"(?:/[\w-]+){0,2}\s?\(?([+−]+|-(?=[\s,;.)]))\)?(?=[\s,;.)]|$)")
_MEANS = re.compile(r"\b(?:by|on|in|using|with|through|via|after)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)
_HAD_RESULT = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:of\s+\w+\s+)?(?:was|were|is|are|came\s+back|returned|remained|:)\s+"
    r"(?:\w+\s+){0,2}(?:positive|negative|normal|abnormal|unremarkable|reactive|non-reactive)",
    re.IGNORECASE,
)
_CONCENTRATION = re.compile(r"^[^/]*(?:mol|g|U|\[IU\]|\[iU\])/[munpd]?L$")
_LEVEL_REACH = 25
_UNREMARKABLE = re.compile(
    r"\b(?:normal|unremarkable|within normal|no abnormalit\w+|non-?contributory)\b", re.IGNORECASE
)
_ANALYTE = re.compile(
    r"anti|bod(?:y|ies)\b|\bIg|gene\b|protein|mutation|fusion|level|count|titer|titre|ratio|index|"
    r"receptor|cultur|PCR|DNA|RNA|enzyme|ase\b|hormone|factor|\w*[A-Z]\w*\d|\b[A-Z]{2,}\d*\b|"
    r"keratin|globulin|serolog|stain(?!ing$)",
)
"""What a name has that no vocabulary knows and that may yet be measured or stained for."""
_TESTS = frozenset(
    {"procedure_test", "imaging", "pathology", "endoscopy", "genetic_test", "examination"}
)
_PICTURES = frozenset({"imaging", "pathology", "endoscopy"})
_STAINING = re.compile(r"\bstain(?:s|ing)$", re.IGNORECASE)
_PARTS_BEFORE = re.compile(r"[;:,]|\b(?:but|whereas|while|although|however)\b", re.IGNORECASE)
_PARTS_AFTER = re.compile(
    r"[;:\d]|,\s+(?!which|was|were|and|both|all)|\b(?:but|whereas|while|although|however)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"[(\[]\s*(?:normal|reference|ref|n)\b(?:[\s:.,]|range|values?|levels?|limits?|upper|lower|of|is|"
    r"was|up|to|between|from|and|less|than|for|adults|women|men|[<>≤≥=\d–−-])*$",
    re.IGNORECASE,
)
_SIZES = re.compile(
    r"size|diameter|height|length|thickness|circumference|stature|depth|width|wheal|reaction|axis",
    re.IGNORECASE,
)
_LENGTHS = frozenset({"mm", "cm", "m", "cm2", "mm2", "cm3"})
_RANGE = re.compile(r"normal\s+(?:range|value|limit|level)", re.IGNORECASE)
_REACH = 45
_RESULTS = ("positive", "negative", "high", "low", "normal")


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
    quantities = [
        q for q in view.quantities_of.get(index, []) if not _is_reference(passage, q.start)
    ]
    base = draft(view, passage, index, "Finding", owner, telling)
    if any(mention.text in (dose.of or "") for dose in view.doses_in(passage)):
        account.drop("cells counted in a dose")
        return []
    reason = _no_finding(view, mention, quantities)
    if reason is not None:
        account.drop(reason)
        return []
    if any(q.unit in _LENGTHS for q in quantities) and not _SIZES.search(base.name):
        account.drop("a size seen in a test")
        return []
    base.specimen = _specimen(view, passage, mention)
    events = [_measured(view, base, quantity) for quantity in _numbers_first(quantities)]
    if len(events) == 2:
        _name_pressures(events, view.text[quantities[0].end : quantities[1].start])
    if not events:
        worded = _in_words(view, passage, index, base)
        if worded is None:
            account.drop("a marker named without a result")
            return []
        events = [worded]
    if _MRD.search(mention.text):
        return _residual_disease(events)
    return events


def _no_finding(view: Passages, mention: Mention, quantities: Sequence[Quantity]) -> str | None:
    """Return why a marker mention is no finding, or None where it may be one."""
    in_numbers = any(q.value is not None for q in quantities)
    tests = mention.label in _TESTS
    ungrounded = mention.source == "model" and not mention.grounded
    if mention.text.lower().rstrip("s") in _no_markers():
        return "a word for a test that names none"
    if not quantities and (tests or ungrounded) and not _tells_result(view, mention):
        return "a test named without a result"
    if tests and not in_numbers and _UNREMARKABLE.search(_around(view, mention)):
        return "an examination without a finding"
    if in_numbers and (mention.label in _PICTURES or _STAINING.search(mention.text)):
        return "a number seen in a test"
    if ungrounded and not in_numbers and not _ANALYTE.search(mention.text):
        return "a finding that no vocabulary has"
    return None


def _around(view: Passages, mention: Mention) -> str:
    return view.text[max(0, mention.start - 15) : mention.end + 45]


@cache
def _no_markers() -> frozenset[str]:
    return frozenset(row[0] for row in table("generic_markers.tsv"))


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
                return [_measured(view, base, quantity)]
    return []


def _tells_result(view: Passages, mention: Mention) -> bool:
    """Whether a test stands as what had the result: "PCR was negative", not "detected by PCR"."""
    means = _MEANS.search(view.text[max(0, mention.start - 25) : mention.start])
    return means is None and bool(_HAD_RESULT.match(view.text[mention.end : mention.end + 45]))


def _numbers_first(quantities: Sequence[Quantity]) -> list[Quantity]:
    """Leave a result in words out where numbers tell it: "dropped to 83/58 mmHg"."""
    numbers = [q for q in quantities if q.value is not None]
    return numbers or list(quantities)


def _measured(view: Passages, base: EventDraft, quantity: Quantity) -> EventDraft:
    event = replace(base, mentions=list(base.mentions), evidence=list(base.evidence))
    take_value(event, quantity)
    if event.value_text is not None:
        event.value_text = _SIGNS.get(event.value_text.strip("()"), event.value_text)
    if event.value_text is not None and _NEGATIVE.match(event.value_text):
        event.polarity = "negated"
    widen(view, event, [(quantity.start, quantity.end)])
    return event


def _name_pressures(events: list[EventDraft], between: str) -> None:
    """Name the two values of a blood pressure: systolic over diastolic."""
    if "pressure" not in events[0].name.lower() or between.strip() not in {"/", ""}:
        return
    terminology = terms.load()
    for event, part in zip(events, ("systolic", "diastolic"), strict=True):
        for sense in terminology.senses(normal_form(f"{part} blood pressure")):
            concept = terminology.concept(sense.concept)
            event.concept, event.name = concept.id, concept.name
            event.ancestors = tuple(
                terminology.concept(above).name for above in terminology.ancestors(concept.id)
            )
            break


def _in_words(view: Passages, passage: Passage, index: int, base: EventDraft) -> EventDraft | None:
    """Return the finding with a result told in words near the marker or its list, if any."""
    mention = view.mentions[index]
    if mention.cue and (mention.rule or "").startswith("pattern:"):
        base.value_text = _SIGNS.get(mention.cue, mention.cue.lower())
        return base
    sign = _SIGN_BEHIND.match(view.text[mention.end : mention.end + 30])
    if sign is not None:
        base.value_text = _SIGNS[sign.group(1)[0]]
        base.polarity = "affirmed" if base.value_text == "positive" else "negated"
        widen(view, base, [(mention.end, mention.end + sign.end(1))])
        return base
    if mention.polarity == "negated":
        base.value_text = "negative"
        if mention.cue_start is not None and mention.cue_end is not None:
            widen(view, base, [(mention.cue_start, mention.cue_end)])
        return base
    start, end = _list_around(view, passage, index)
    before = passage.before(start, *_RESULTS, reach=_REACH)
    after = passage.after(end, *_RESULTS, reach=_REACH)
    near = [
        cue
        for cue in (before, after)
        if cue is not None
        and _same_clause(view, cue.start, cue.end, start, end)
        and _looks_at(view, cue, start)
    ]
    if not near:
        return None
    cue = min(near, key=lambda c: min(abs(c.start - end), abs(start - c.end)))
    base.value_text = {"positive": "positive", "negative": "negative"}.get(
        cue.name, cue.text.lower()
    )
    if cue.name == "negative":
        base.polarity = "negated"
    widen(view, base, [(cue.start, cue.end)])
    return base


def _looks_at(view: Passages, cue: Cue, start: int) -> bool:
    """Whether a result word looks towards the marker: "expressing" and "positive for" look on."""
    word = cue.text.lower()
    forward = cue.start < start
    if _RANGE.match(view.text[cue.start : cue.end + 12]):
        return False
    if _TOWARDS.match(view.text[cue.end : cue.end + 30]):
        return forward
    if word in {"expressing", "express", "expresses", "lacking", "lacked", "lack of", "loss of"}:
        return forward
    if word == "expressed":
        passive = _PASSIVE.search(view.text[max(0, cue.start - 25) : cue.start])
        return forward != bool(passive)
    return True


def _same_clause(view: Passages, cue_start: int, cue_end: int, start: int, end: int) -> bool:
    """Whether nothing parts a result word from the marker or the list of markers it is near."""
    if cue_end <= start:
        return not _PARTS_BEFORE.search(view.text[cue_end:start])
    return not _PARTS_AFTER.search(view.text[end:cue_start])


def _list_around(view: Passages, passage: Passage, index: int) -> tuple[int, int]:
    """Return the extent of the list of markers that a marker stands in: "CD10, CD19 and CD20"."""
    markers = [i for i in view.mentions_in[passage.index] if view.mentions[i].kind == "Marker"]
    place = markers.index(index)
    first = last = place
    while first > 0 and _listed(view, markers[first - 1], markers[first]):
        first -= 1
    while last + 1 < len(markers) and _listed(view, markers[last], markers[last + 1]):
        last += 1
    return view.mentions[markers[first]].start, view.mentions[markers[last]].end


def _listed(view: Passages, one: int, two: int) -> bool:
    between = view.text[view.mentions[one].end : view.mentions[two].start]
    return bool(_LISTED.match(between))


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
    if below or event.polarity == "negated" or _NEGATIVE.match(word):
        return "mrd_negative"
    if word in {"normal", "low"} or (event.value is None and not word):
        return None
    return "mrd_positive"
