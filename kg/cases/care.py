"""How complete a report is: which items of the CARE guideline were found in it.

The 13 items with their sub-items are those of Gagnier et al. 2014 (the CARE guideline of 2013) and
Riley et al. 2017; ``care.tsv`` holds them with the rules that find them. An item found is no
judgement of how well it is met.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.cases.model import Event, Patient
from kg.errors import TermsError
from kg.nlp.model import Annotation
from kg.terms.tables import rows, split

_FILE = Path(__file__).with_name("care.tsv")


@dataclass(frozen=True, slots=True)
class Item:
    """One way in which an item of the guideline is found."""

    item: str
    asks_for: str
    rule: str
    argument: str
    sections: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Report:
    annotation: Annotation
    patients: Sequence[Patient]
    events: Sequence[Event]
    sections: Sequence[tuple[str, str]]
    """Kind and text of each section, the text in lower case: ignoring case is slow in ``re``."""


@cache
def items() -> tuple[Item, ...]:
    """Return the rows of ``care.tsv``.

    Raises
    ------
    TermsError
        When a row names an unknown rule.
    """
    found = []
    for item, asks_for, rule, argument, sections in rows(_FILE, 5):
        if rule not in _RULES:
            raise TermsError(
                f"an unknown rule {rule!r}", where=str(_FILE), hint=f"use one of {sorted(_RULES)}"
            )
        found.append(Item(item, asks_for, rule, argument, frozenset(split(sections))))
    return tuple(found)


def care_items(
    annotation: Annotation, patients: Sequence[Patient], events: Sequence[Event]
) -> tuple[str, ...]:
    """Return the items found in a report, in the order of the guideline.

    Examples
    --------
    >>> from kg.documents.model import Document, Metadata, Section
    >>> text = "A rash: a case report"
    >>> title = Section("title", None, 0, len(text))
    >>> document = Document("x", "x", "text", "", "", text, Metadata(), (title,))
    >>> care_items(Annotation(document), (), ())
    ('1',)
    """
    document = annotation.document
    sections = [(s.kind, document.text[s.start : s.end].lower()) for s in document.sections]
    report = _Report(annotation, patients, events, sections)
    found = [item.item for item in items() if _RULES[item.rule](item, report)]
    return tuple(dict.fromkeys(found))


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})(?!\w)")


def _words(item: Item, report: _Report) -> bool:
    pattern = _pattern(item.argument)
    return any(
        pattern.search(text) is not None
        for kind, text in report.sections
        if not item.sections or kind in item.sections
    )


def _keywords(item: Item, report: _Report) -> bool:
    return len(report.annotation.document.meta.keywords) >= int(item.argument)


def _section(item: Item, report: _Report) -> bool:
    return any(
        section.kind in item.sections and section.end > section.start
        for section in report.annotation.document.sections
    )


def _patient(item: Item, report: _Report) -> bool:
    return any(
        getattr(patient, field) is not None
        for patient in report.patients
        for field in split(item.argument)
    )


def _event(item: Item, report: _Report) -> bool:
    kind, _, field = item.argument.partition(":")
    name, _, value = field.partition("=")
    return any(
        event.type == kind and (not name or getattr(event, name) == value)
        for event in report.events
    )


def _mention(item: Item, report: _Report) -> bool:
    kinds = {
        mention.kind
        for mention in report.annotation.mentions
        if _kind_at(mention.start, report) in item.sections
    }
    return any(kinds.issuperset(choice.split("+")) for choice in split(item.argument))


def _quantity(item: Item, report: _Report) -> bool:
    return any(_kind_at(q.start, report) in item.sections for q in report.annotation.quantities)


def _dose(item: Item, report: _Report) -> bool:
    return any(event.doses for event in report.events)


def _time(item: Item, report: _Report) -> bool:
    types = split(item.argument)
    told = [
        time
        for time in report.annotation.times
        if time.type in types and _kind_at(time.start, report) in item.sections
    ]
    return len(told) >= 3


def _marks(item: Item, report: _Report) -> bool:
    cited = {
        number
        for mark in report.annotation.marks
        if _kind_at(mark.start, report) in item.sections
        for number in mark.references
    }
    return len(cited) >= int(item.argument)


def _kind_at(offset: int, report: _Report) -> str:
    sections = report.annotation.document.sections
    index = bisect_right(sections, offset, key=lambda section: section.start) - 1
    return sections[index].kind if index >= 0 else ""


_RULES: dict[str, Callable[[Item, _Report], bool]] = {
    "words": _words,
    "keywords": _keywords,
    "section": _section,
    "patient": _patient,
    "event": _event,
    "mention": _mention,
    "quantity": _quantity,
    "dose": _dose,
    "time": _time,
    "marks": _marks,
}
