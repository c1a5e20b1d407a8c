"""Numbers and words of a result put into an event, and what they are the measure of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from kg import terms
from kg.cases.drafts import EventDraft
from kg.cases.events.base import take_value, widen
from kg.cases.passages import Passages
from kg.cases.vocabulary import pattern_of, table
from kg.nlp.model import Mention, Quantity
from kg.nlp.quantities.units import dimension_of
from kg.terms.normal import normal_form

NEGATIVE = re.compile(
    r"^(?:[-−–]|\(-\)|neg\b|negativ|not?[ -](?!light)|non|undetect|absent|absence|loss|lack|"
    r"without|nil\b|sterile)",
    re.IGNORECASE,
)
SIGNS = {"+": "positive", "++": "positive", "+++": "positive", "-": "negative", "−": "negative"}
_NOT_CHANGED = re.compile(
    r"^not?\s+(?:\w+\s+)?(?:elevat|increas|rais|high|suppress|decreas|reduc|low|abnormal)",
    re.IGNORECASE,
)
"""A level that was measured and had not changed: it was there."""
_RESULT_OF_ONE = re.compile(r"negativ|absent|undetect|not detected|non-?reactive", re.IGNORECASE)
_MEASURED = frozenset({"laboratory", "vital_sign", "tumour_marker"})
_NUMERAL = re.compile(r"[\s(~]*[<>≤≥=+−-]*\s*[\d+−-]")
_TIMES = re.compile(r"(?:[×x*]|\bby)\s*$")
_OF_NAMES = re.compile(
    r"\b(?:protein|type|factor|receptor|gene|virus|subunit|class|chromosome|exon|figure|fig\.?|table|"
    r"case|patient|interleukin|antigen)[\s-]$",
    re.IGNORECASE,
)
_GLEASON = re.compile(
    r"(?P<all>\d{1,2})?[^\d+.;]{0,12}(?P<one>[1-5])\s?\+\s?(?P<two>[1-5])|(?P<alone>\d{1,2})\b"
)
_MITOSES = re.compile(
    r"(?:(?P<more>>|more than|over)\s*|(?P<less><|less than|fewer than)\s*)?(?P<count>\d+)\s*"
    r"(?:mitos[ei]s|mitotic figures?)?\s*(?:/|per|in)\s*(?:10|ten)\s*(?:HPFs?|high[\s-]power)",
    re.IGNORECASE,
)
_NAME_GAP = re.compile(r"[\s-]*(?:\([\w-]{1,8}\))?[\s-]*")
_NAME_NUMBER = re.compile(r"\d{1,3}(?:[/.-]\d{1,2})?[A-Za-z]?")
_LIGHT = re.compile(r"light perception|hand mo|counting", re.IGNORECASE)
_MILLIMETRES = {"um": 0.001, "mm": 1.0, "cm": 10.0, "dm": 100.0, "m": 1000.0}
LENGTHS = frozenset({*_MILLIMETRES, "cm2", "mm2", "cm3"})
_OF_DEVICES = frozenset({"Hz", "kHz", "MHz", "deg"})
_CONDITION_UNITS = re.compile(r"^(?:Cel|\[degF\]|mm\[Hg\]|/min|.*/.*|.*mol.*)$")
"""Units that tell how strong a condition is: fever in degrees, proteinuria in grams a day."""
_GRADED = re.compile(r"^\(?(?:[1-4]?\+{1,4}|[1-4]\+)\)?$")
_STAGE = re.compile(r"\b[cpy]*T(?:is|[0-4x])\w*\s*N[0-3x]|\bstage\b", re.IGNORECASE)
_COMMA = re.compile(r"^\s*(<=|>=|[<>≤≥])?\s*(\d+),(\d{1,2})(?![\d,])\s*(\S.*)?$")
_COMPARED = {"≤": "<=", "≥": ">="}


def measured(view: Passages, base: EventDraft, quantity: Quantity) -> EventDraft:
    """Return a copy of a finding with a result in numbers or in words."""
    event = replace(base, mentions=list(base.mentions), evidence=list(base.evidence))
    take_value(event, quantity)
    if event.value_text is not None:
        _read_decimal_comma(event)
    if event.value_text is not None:
        event.value_text = SIGNS.get(event.value_text.strip("()"), event.value_text)
        if _NOT_CHANGED.match(event.value_text):
            event.polarity = "affirmed"
        elif NEGATIVE.match(event.value_text):
            event.polarity = "negated"
    if event.polarity == "negated" and _has_own_result(view, event, quantity):
        event.polarity = "affirmed"
    add_words(view, event, quantity.start, quantity.end)
    return event


def _has_own_result(view: Passages, event: EventDraft, quantity: Quantity) -> bool:
    """Whether a marker's own result tells it there: "A was negative and B was **elevated**".

    The denial is then the result of another marker of the sentence. A number in a laboratory's
    unit was measured, whatever is denied of it ("no rise of CRP (3 mg/L)").
    """
    if not event.mentions:
        return False
    mention = view.mentions[event.mentions[0]]
    if event.value is not None:
        return mention.label in _MEASURED
    start, end = mention.cue_start, mention.cue_end
    if start is None or end is None or NEGATIVE.match(event.value_text or ""):
        return False
    apart = end <= quantity.start or quantity.end <= start
    return apart and _RESULT_OF_ONE.search(mention.cue or "") is not None


def add_words(view: Passages, event: EventDraft, start: int, end: int) -> None:
    """Let the evidence hold the words of the result, but not the other markers of a list."""
    first = event.evidence[0]
    low, high = min(start, first.start), max(end, first.end)
    passage = view.all[event.sentence]
    if not passage.start <= start < end <= passage.end:
        return
    others = (view.mentions[i] for i in view.mentions_in[event.sentence] if i not in event.mentions)
    if any(m.kind == "Marker" and low < m.end and m.start < high for m in others):
        event.evidence.append(view.evidence(start, end, event.sentence, first.method, first.score))
    else:
        widen(view, event, [(start, end)])


def is_result(view: Passages, quantity: Quantity) -> bool:
    """Whether a quantity is a number or a word for a result, and not any other adjective."""
    if quantity.unit in _OF_DEVICES:
        return False
    if quantity.unit is None and _OF_NAMES.search(
        view.text, max(0, quantity.start - 14), quantity.start
    ):
        return False
    if quantity.value is not None or _NUMERAL.match(quantity.text):
        return True
    whole = not view.text[quantity.end : quantity.end + 1].isalpha()
    return whole and bool(
        _result_words().search(quantity.text.lower()) or _LIGHT.search(quantity.text)
    )


@cache
def _result_words() -> re.Pattern[str]:
    words = "|".join(pattern_of(row[0]) for row in table("result_words.tsv"))
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z])")


def fits_unit(event: EventDraft, quantity: Quantity) -> bool:
    """Whether a marker may be measured in the unit; a height is not in kilograms."""
    dimension = dimension_of(quantity.unit)
    if dimension is None:
        return True
    expected = {dimension_of(unit) for unit in _units_of(event.concept)}
    if dimension == "fraction" and "volume" in expected:
        return True  # a lung volume is told in per cent of the predicted one too
    return not expected or None in expected or dimension in expected


@lru_cache(maxsize=4096)
def _units_of(concept: str) -> tuple[str, ...]:
    terminology = terms.load()
    return tuple(terminology.units(concept)) if concept in terminology else ()


def is_of_name(mention: Mention, quantity: Quantity) -> bool:
    """Whether a number stands in the name itself: "forced expiratory volume in 1 s"."""
    if not (mention.start <= quantity.start and quantity.end <= mention.end):
        return False
    digits = re.findall(r"\d+", quantity.text)
    return bool(digits) and all(re.search(rf"\b{d}\b", mention.name or "") for d in digits)


def is_other_dimension(view: Passages, quantity: Quantity) -> bool:
    """Whether a length is a further dimension of one told before: "10 × 9 cm"."""
    before = view.text[max(0, quantity.start - 4) : quantity.start]
    return quantity.unit in LENGTHS and _TIMES.search(before) is not None


def is_in_other_unit(view: Passages, quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether a number says one told before in another unit: "99.7 °F (37.6 °C)"."""
    dimension = dimension_of(quantity.unit)
    return dimension is not None and any(
        other.end < quantity.start
        and view.text[other.end : quantity.start].strip() in {"(", "["}
        and other.unit != quantity.unit
        and dimension_of(other.unit) == dimension
        for other in others
    )


def number_of_name(view: Passages, mention: Mention, quantity: Quantity) -> str | None:
    """Return the name of a marker with the number that belongs to it: "CK (cytokeratin) 7"."""
    gap = view.text[mention.end : quantity.start]
    if quantity.start < mention.end or not _NAME_GAP.fullmatch(gap):
        return None
    number = re.sub(r"\s", "", quantity.text)
    if not _NAME_NUMBER.fullmatch(number):
        return None
    name = f"{mention.text} {number}"
    return name if terms.load().senses(normal_form(name)) else None


def _read_decimal_comma(event: EventDraft) -> None:
    """Read a number that is written with a decimal comma: "< 1,2 mIU/mL"."""
    found = _COMMA.match(event.value_text or "")
    if found is None:
        return
    comparator, whole, fraction, unit = found.groups()
    event.value, event.value_text = float(f"{whole}.{fraction}"), None
    event.comparator = _COMPARED.get(comparator, comparator)
    event.unit = event.unit or unit


def gleason_score(view: Passages, event: EventDraft, mention: Mention) -> EventDraft | None:
    """Read the sum of a Gleason score: "Gleason 7 (3+4)", "Gleason score 4+4", "Gleason 6"."""
    if "gleason" not in mention.text.lower():
        return None
    found = _GLEASON.search(view.text, mention.start, mention.end + 30)
    if found is None:
        return None
    parts = (found["one"], found["two"])
    event.value = float(found["alone"] or 0) or float(sum(int(p) for p in parts if p))
    widen(view, event, [found.span()])
    return event if 2 <= event.value <= 10 else None


def mitotic_count(view: Passages, event: EventDraft, mention: Mention) -> EventDraft | None:
    """Read mitoses counted in ten high-power fields: "more than 20 mitoses per 10 HPF"."""
    if "mito" not in mention.text.lower():
        return None
    found = _MITOSES.search(view.text, mention.start, mention.end + 60)
    if found is None:
        return None
    event.value, event.unit = float(found["count"]), "/(10.[HPF])"
    event.comparator = ">" if found["more"] else "<" if found["less"] else None
    widen(view, event, [found.span()])
    return event


def name_pressures(events: Sequence[EventDraft], between: str) -> None:
    """Name the two values of a blood pressure: systolic over diastolic."""
    if "pressure" not in events[0].name.lower() or between.strip() not in {"/", ""}:
        return
    for event, part in zip(events, ("systolic", "diastolic"), strict=True):
        name_by(event, f"{part} blood pressure")


def name_by(event: EventDraft, name: str) -> bool:
    """Give an event the concept that the terminology has under a name, if it has one."""
    terminology = terms.load()
    for sense in terminology.senses(normal_form(name)):
        concept = terminology.concept(sense.concept)
        event.concept, event.name, event.label = concept.id, concept.name, concept.label
        event.ancestors = tuple(
            terminology.concept(above).name for above in terminology.ancestors(concept.id)
        )
        return True
    return False


def measure_condition(
    view: Passages, event: EventDraft, quantities: Sequence[Quantity]
) -> list[EventDraft]:
    """Put a size, a strength or a stage into a condition; return what else was measured.

    A length is the size of the condition and no value of it. A number beside a condition that is
    named after a substance is the substance's ("hypokalaemia (2.9 mmol/L)"), and a finding.
    """
    if not quantities:
        return []
    first = quantities[0]
    widen(view, event, [(first.start, first.end)])
    if first.value is None:
        staged = event.type == "Diagnosis" and _STAGE.search(first.text)
        if staged or _GRADED.match(first.text):
            take_value(event, first)
        return []
    if first.unit in LENGTHS:
        sizes = [_MILLIMETRES.get(q.unit or "", 0.0) * (q.value or 0.0) for q in quantities]
        event.size_mm = round(max(sizes), 3) or None
        return []
    name = _analytes().get(event.name.lower()) or _analytes().get(event.text.lower())
    if name is None:
        if _CONDITION_UNITS.match(first.unit or ""):
            take_value(event, first)
        return []
    return _findings_of(view, event, name, quantities)


@cache
def _analytes() -> dict[str, str]:
    return {row[0]: row[1] for row in table("condition_analytes.tsv")}


def _findings_of(
    view: Passages, event: EventDraft, name: str, quantities: Sequence[Quantity]
) -> list[EventDraft]:
    base = replace(event, type="Finding", kind="Marker", grade=None, mentions=[])
    base.polarity = "affirmed"
    if not name_by(base, name):
        return []
    found = [measured(view, base, quantity) for quantity in quantities[:2]]
    if len(found) == 2:
        name_pressures(found, view.text[quantities[0].end : quantities[1].start])
    return found
