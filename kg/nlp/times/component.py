"""The component ``kg_times``: time expressions, ages and sex into ``doc._.findings``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.carrier import Findings, MentionDraft, TimeDraft, text_of
from kg.nlp.model import MentionKind
from kg.nlp.quantities.component import spans_of
from kg.nlp.quantities.numbers import Span, plain
from kg.nlp.times.expressions import read_times
from kg.nlp.times.persons import find_sexes

_SCORE = 0.9
_NEAR = 48
"""Characters between a dose and the schedule that still belongs to it."""
_BESIDE = 12
"""Characters between a therapy and its schedule."""


@Language.factory("kg_times")
def create_times(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component; it has no settings."""
    return annotate_times


def annotate_times(doc: Doc) -> Doc:
    """Find the time expressions and the patient's age and sex of one section."""
    findings: Findings = doc._.findings
    text = plain(text_of(doc))
    read = read_times(text, findings.skip)
    findings.times.extend(read.times)
    if findings.given:
        return doc
    of_person = {id(draft) for draft in read.ages}
    for draft in read.times:
        if id(draft) in of_person:
            findings.mentions.append(_mention(draft.start, draft.end, "Patient", "age"))
        elif not _is_unmentioned(draft) and not _within_dose(draft, findings):
            findings.mentions.append(_of_time(text, draft, findings))
    for word in find_sexes(text, read.ages):
        findings.mentions.append(_mention(word.start, word.end, "Patient", word.sex))
    return doc


def _is_unmentioned(draft: TimeDraft) -> bool:
    """Points ("on admission") and minutes that something took are kept without a mention."""
    return (draft.type == "point" and draft.value is None) or (
        draft.type == "duration" and draft.precision == "minute"
    )


def _of_time(text: str, draft: TimeDraft, findings: Findings) -> MentionDraft:
    """A Time mention; how often a dose was given, a little after it, is of the dose's kind."""
    start, end = draft.start, draft.end
    if draft.type == "frequency" and (
        _near(text, start, end, [(dose.start, dose.end) for dose in findings.doses], _NEAR)
        or _near(text, start, end, spans_of(findings, "Therapy"), _BESIDE)
    ):
        return _mention(start, end, "Dose", "schedule")
    return _mention(start, end, "Time", draft.type)


def _near(text: str, start: int, end: int, spans: Sequence[Span], reach: int) -> bool:
    """Whether one of the spans ends shortly before the stretch, or begins right after it."""
    return any(
        (0 <= start - last <= reach and "." not in text[last:start]) or 0 <= first - end <= _BESIDE
        for first, last in spans
    )


def _mention(start: int, end: int, kind: MentionKind, label: str) -> MentionDraft:
    return MentionDraft(start, end, kind, label, "grammar", _SCORE)


def _within_dose(draft: TimeDraft, findings: Findings) -> bool:
    """A schedule that belongs to a dose is a part of the dose's mention, not one of its own."""
    return any(dose.start <= draft.start and draft.end <= dose.end for dose in findings.doses)
