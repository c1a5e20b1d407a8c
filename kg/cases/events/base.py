"""What the drafting of every kind of event shares: evidence, grade, site, duration."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg import terms
from kg.cases.drafts import EventDraft
from kg.cases.model import EventType, OutcomeType
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import table
from kg.nlp.model import MentionKind, Quantity, TimeExpression

_METHODS = {"model": "model", "lexicon": "lexicon", "terminology": "lexicon"}
_PERIOD = re.compile(r"^P(?:(\d+(?:\.\d+)?)([YMWD]))$")
_DAYS = {"Y": 365.25, "M": 365.25 / 12, "W": 7.0, "D": 1.0}
_NUMBER = re.compile(r"^\d+(?:\.\d+)?$")
_COUNTED = re.compile(
    r"^(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s(?:\D*?/\s?(?:mm|m?m?3|[munµμ]?[Ll]|Mb|HPF|hpf)[³3]?|"
    r"\w*\s?(?:cells?|mutations|copies))$"
)
"""A number of things that no unit names: "120 white cells/µL", "5 mutations/Mb"."""
_GRADE = re.compile(r"\bgrade\s+(\d|I{1,3}|IV|V)\b", re.IGNORECASE)
_REACH = 100


def draft(
    view: Passages,
    passage: Passage,
    index: int,
    kind: EventType,
    owner: int,
    telling: Telling,
) -> EventDraft:
    """Return an event of a mention with its assertion, grade and site (``index`` is its own)."""
    mention = view.mentions[index]
    grades = view.grades_of.get(index, ())
    sites = view.sites_of.get(index, ())
    return EventDraft(
        type=kind,
        concept=mention.concept or f"text:{mention.kind.lower()}/{mention.text.lower()}",
        name=mention.name or mention.text,
        ancestors=mention.ancestors,
        kind=mention.kind,
        label=mention.label,
        text=mention.text,
        start=mention.start,
        end=mention.end,
        last=mention.start,
        sentence=passage.index,
        patient=owner,
        telling=telling,
        # What has ended was there: the mention is negated for now, the event had happened.
        polarity="affirmed" if mention.ended else mention.polarity,
        certainty=mention.certainty,
        time=mention.time,
        grade=grades[0].value if grades else _grade_within(mention.text),
        site=sites[0].text if sites else None,
        evidence=[
            view.evidence(
                mention.start,
                mention.end,
                passage.index,
                _METHODS.get(mention.source, "rule"),
                mention.score,
            )
        ],
        mentions=[index],
    )


_KINDS: dict[EventType, tuple[MentionKind, str]] = {
    "Response": ("Outcome", "response"),
    "AdverseEvent": ("Condition", "adverse_event"),
    "Exposure": ("Therapy", "procedure"),
}
"""What the words of an event would be as a mention: kind and label."""


def draft_of_words(
    view: Passages,
    passage: Passage,
    place: tuple[int, int],
    kind: EventType,
    owner: int,
    telling: Telling,
) -> EventDraft:
    """Return an event that words at a place tell, which are no mention; affirmed and certain."""
    start, end = place
    text = view.text[start:end]
    mention_kind, label = _KINDS[kind]
    return EventDraft(
        type=kind,
        concept=f"text:{mention_kind.lower()}/{text.lower()}",
        name=text,
        ancestors=(),
        kind=mention_kind,
        label=label,
        text=text,
        start=start,
        end=end,
        last=start,
        sentence=passage.index,
        patient=owner,
        telling=telling,
        evidence=[view.evidence(start, end, passage.index)],
    )


def _grade_within(text: str) -> str | None:
    """Return the grade that a mention bears in its own words: "grade 2 mucositis"."""
    match = _GRADE.search(text)
    return match.group(1) if match else None


def widen(view: Passages, event: EventDraft, parts: Iterable[tuple[int, int]]) -> None:
    """Make the first evidence cover the parts that stand near it in the same sentence."""
    first = event.evidence[0]
    start, end = first.start, first.end
    passage = view.all[event.sentence]
    for part_start, part_end in parts:
        inside = passage.start <= part_start and part_end <= passage.end
        if inside and max(part_end, end) - min(part_start, start) <= _REACH:
            start, end = min(start, part_start), max(end, part_end)
    event.evidence[0] = view.evidence(start, end, event.sentence, first.method, first.score)


@cache
def _outcome_concepts() -> dict[str, str]:
    return {row[0]: row[1] for row in table("outcome_concepts.tsv")}


def name_outcome(event: EventDraft, outcome: OutcomeType) -> None:
    """Give a response the outcome that was read into it, and that outcome's own concept."""
    event.outcome = outcome
    concept = _outcome_concepts().get(outcome)
    if concept is None or concept not in terms.load():
        return
    name_concept(event, concept)


def name_concept(event: EventDraft, concept: str) -> None:
    """Give an event a concept of the terminology: its name, label and ancestors."""
    terminology = terms.load()
    known = terminology.concept(concept)
    event.concept, event.name, event.label = concept, known.name, known.label
    event.ancestors = tuple(
        terminology.concept(above).name for above in terminology.ancestors(concept)
    )


def take_value(event: EventDraft, quantity: Quantity) -> None:
    """Put a measured value into an event; a result in words becomes its ``value_text``."""
    event.value, event.value_to = quantity.value, quantity.value_to
    event.comparator, event.unit = quantity.comparator, quantity.unit
    if quantity.value is None and _NUMBER.match(quantity.text):
        event.value = float(quantity.text)
    elif quantity.value is None and (counted := _COUNTED.match(quantity.text)):
        event.value = float(counted[1].replace(",", ""))
    elif quantity.value is None:
        grade = _grade_within(quantity.text)
        event.grade = event.grade or grade
        event.value_text = None if grade else quantity.text


def days_of(time: TimeExpression) -> float | None:
    """Return the length of a stated duration in days, or None where it states none.

    Examples
    --------
    >>> days_of(TimeExpression(0, 7, "2 weeks", "duration", "P2W"))
    14.0
    """
    match = _PERIOD.match(time.value or "")
    if match is None:
        return None
    return round(float(match.group(1)) * _DAYS[match.group(2)], 2)


def duration_after(view: Passages, passage: Passage, start: int, end: int) -> TimeExpression | None:
    """Return the duration ("for 2 years") that follows ``[start, end)``, no mention between."""
    stop = min(
        (
            view.mentions[i].start
            for i in view.mentions_in[passage.index]
            if view.mentions[i].start >= end
            and view.mentions[i].kind in {"Therapy", "Outcome", "Condition"}
        ),
        default=passage.end,
    )
    for time in view.times_in(passage):
        if time.type == "duration" and end <= time.start < stop and time.direction != "after":
            return time
    return None
