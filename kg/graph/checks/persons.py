"""Whether the persons and the article are what the report says they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.graph.checks.model import Check, Problem, View

_OLDEST = 122.5
"""Years; the longest confirmed human life (Robine and Allard, 1999)."""
_SEVERAL = re.compile(
    r"\b(?:case|patient|subject)\s*(?:no\.?\s*|number\s*|#\s*)?(?:[2-9]|II|III|IV|B|two|three)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|both|[2-9])\s+(?:\w+\s+){0,3}?"
    r"(?:patients|cases|siblings|brothers|sisters|twins|children|infants|women|men)\b"
    r"|\bcase series\b|\b(?:second|another|other|latter) (?:patient|case)\b"
    r"|\b(?:his|her|their|patient['’]s) (?:\w+ )?"
    r"(?:brother|sister|mother|father|son|daughter|twin)\b",
    re.IGNORECASE,
)
_SUBJECTS = ("case_report", "case_series")


def several(check: Check, view: View) -> Iterator[Problem]:
    """Find more than one patient where the text gives no sign of several."""
    patients = view.by_label["Patient"]
    if len(patients) > 1 and not _SEVERAL.search(view.document.text):
        message = f"{len(patients)} patients were read, the text has no sign of more than one"
        quote, sentence = view.at(patients[1].key)
        node = patients[1].key
        yield Problem(check.code, check.severity, message, node, None, quote, sentence)


def none(check: Check, view: View) -> Iterator[Problem]:
    """Find case reports in which no patient was found, and patients to whom nothing happened."""
    patients = view.by_label["Patient"]
    for report in view.by_label["Report"]:
        if not patients and report.text("article_type") in _SUBJECTS:
            yield check.about_node(view, report.key, "the case report describes no patient")
    for patient in patients:
        if not view.told_of.get(patient.key):
            yield check.about_node(view, patient.key, f"nothing is told of patient {patient.id}")


def ages(check: Check, view: View) -> Iterator[Problem]:
    """Find ages that no person has."""
    for patient in view.by_label["Patient"]:
        age = patient.number("age_years")
        if age is not None and not 0 <= age <= _OLDEST:
            yield check.about_node(view, patient.key, f"an age of {age:g} years cannot be")


def retracted(check: Check, view: View) -> Iterator[Problem]:
    """Find reports that were retracted."""
    for report in view.by_label["Report"]:
        if report.properties.get("retracted") is True:
            on = report.text("retracted_on")
            message = f"the report was retracted{f' on {on}' if on else ''}"
            yield check.about_node(view, report.key, message)


def reading(check: Check, view: View) -> Iterator[Problem]:
    """Pass on what the reader noted of the document."""
    for note in view.document.notes:
        yield Problem(check.code, check.severity, note)
