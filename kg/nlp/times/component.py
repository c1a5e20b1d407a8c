"""The component ``kg_times``: time expressions, ages and sex into ``doc._.findings``."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.carrier import Findings, MentionDraft, TimeDraft
from kg.nlp.times.expressions import read_times
from kg.nlp.times.persons import find_sexes

_SCORE = 0.9


@Language.factory("kg_times")
def create_times(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component; it has no settings."""
    return annotate_times


def annotate_times(doc: Doc) -> Doc:
    """Find the time expressions and the patient's age and sex of one section."""
    findings: Findings = doc._.findings
    text = doc.text
    read = read_times(text, findings.skip)
    findings.times.extend(read.times)
    if findings.given:
        return doc
    of_person = {id(draft) for draft in read.ages}
    for draft in read.times:
        if id(draft) in of_person:
            findings.mentions.append(_mention(draft.start, draft.end, "Patient", "age"))
        elif not _within_dose(draft, findings):
            findings.mentions.append(_mention(draft.start, draft.end, "Time", draft.type))
    for word in find_sexes(text, read.ages):
        findings.mentions.append(_mention(word.start, word.end, "Patient", word.sex))
    return doc


def _mention(start: int, end: int, kind: str, label: str) -> MentionDraft:
    return MentionDraft(
        start, end, "Patient" if kind == "Patient" else "Time", label, "grammar", _SCORE
    )


def _within_dose(draft: TimeDraft, findings: Findings) -> bool:
    """A schedule that belongs to a dose is a part of the dose's mention, not one of its own."""
    return any(dose.start <= draft.start and draft.end <= dose.end for dose in findings.doses)
