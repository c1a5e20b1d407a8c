"""Which sentences tell of the report's own patients, and which speak in general.

A case section tells the case unless a sentence speaks of the literature; an abstract tells it
from the sentence that brings the patient in to the lesson drawn; introduction, discussion and
conclusion tell only where they name the patient. Titles and legends state nothing of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from kg.cases.passages import Passage
from kg.documents.model import SectionKind

Telling = Literal["case", "abstract", "discussion"]
"""A stretch in which the course is told once, from its beginning."""

_CASE: frozenset[SectionKind] = frozenset({"case", "methods", "results"})
_ARGUING: frozenset[SectionKind] = frozenset({"introduction", "discussion", "conclusion"})
_GENERAL_HEADINGS = ("background", "introduction", "objective", "aim", "purpose", "importance")
_LESSON_INLINE = re.compile(
    r"^(?:conclusions?|discussion|lessons?|interpretation|learning points?)\s*[:.–-]", re.IGNORECASE
)
_TREATS = re.compile(
    r"\b(?:treat(?:ment|ed)|therapy|administ\w+|infus\w+|started)\b", re.IGNORECASE
)
"""What makes a sentence on consent or approval one of the course: "treatment was approved"."""
_PRONOUN_REACH = 3
_OWN = ("our ", "this ", "these ", "the present", "present ", "the current", "both ")
_LESSON_HEADINGS = ("conclusion", "discussion", "lesson", "significance", "relevance")


def tellings(passages: Sequence[Passage]) -> tuple[Telling | None, ...]:
    """Return for each sentence the telling it belongs to, or None where it tells no case.

    Parameters
    ----------
    passages
        The sentences of one document, in order.
    """
    has_case = any(p.kind == "case" for p in passages)
    told: list[Telling | None] = []
    section, announced = -1, False
    for passage in passages:
        telling = _telling(passage, _lately(passages, told, passage), has_case)
        if passage.section != section:
            section, announced = passage.section, False
        announced = announced or _is_own(passage) or passage.has("opening")
        of_others = _of_others(passages, passage) or (
            passage.kind == "introduction" and not announced
        )
        if telling == "discussion" and of_others:
            telling = None
        told.append(telling)
    return tuple(told)


def _lately(
    passages: Sequence[Passage], told: Sequence[Telling | None], passage: Passage
) -> Telling | None:
    """Return the telling that a sentence continues: of the one before it, or in an argument of
    one shortly before it with nobody else's case in between.
    """
    reach = _PRONOUN_REACH if passage.kind in _ARGUING else 1
    for back in range(1, reach + 1):
        index = passage.index - back
        if index < 0 or passages[index].section != passage.section:
            return None
        if told[index] is not None:
            return told[index]
        if passages[index].has("others_case", "others_hint"):
            return None
    return None


def _of_others(passages: Sequence[Passage], passage: Passage) -> bool:
    """Whether "the patient" of an argument is one of a work cited just before."""
    for back in range(_PRONOUN_REACH + 1):
        index = passage.index - back
        if index < 0 or passages[index].section != passage.section:
            return False
        if _is_own(passages[index]):
            return False
        if passages[index].has("others_case", "others_hint"):
            return True
    return False


def _is_own(passage: Passage) -> bool:
    """Whether the sentence names the patient as the report's own: "our patient", "this case"."""
    return any(cue.text.lower().startswith(_OWN) for cue in passage.find("patient_noun"))


def _telling(passage: Passage, before: Telling | None, has_case: bool) -> Telling | None:
    if _is_formal(passage):
        return None
    if passage.kind == "case" or (passage.kind in _CASE and not has_case):
        return "case" if _told_in_case(passage) else None
    if passage.kind in _CASE:
        return "case" if passage.has("patient_noun") and _told_in_case(passage) else None
    if passage.kind == "abstract":
        return "abstract" if _told_in_abstract(passage, before is not None) else None
    if passage.kind in _ARGUING:
        return "discussion" if _told_in_argument(passage, before is not None) else None
    return None


def _is_formal(passage: Passage) -> bool:
    """Whether the sentence tells of consent or approval and of nothing in the course."""
    if not passage.has("not_narrated") or passage.has("patient_noun", "pronoun"):
        return False
    return passage.kind != "case" or not _TREATS.search(passage.text)


def names_patient(passage: Passage) -> bool:
    """Whether the sentence names the patient by a noun, as "the patient" or "our case"."""
    return passage.has("patient_noun")


def _told_in_case(passage: Passage) -> bool:
    if _LESSON_INLINE.match(passage.text):
        return False
    if passage.has("patient_noun", "pronoun", "opening"):
        return True
    return not passage.has("others_case", "general", "lesson")


def _told_in_abstract(passage: Passage, telling: bool) -> bool:
    heading = passage.heading.lower()
    if _LESSON_INLINE.match(passage.text):
        return False
    if heading.startswith(_LESSON_HEADINGS):
        return passage.has("patient_noun") and not passage.has("lesson", "general")
    if passage.has("patient_noun", "opening") and not passage.has("others_case"):
        return True
    speaks_of_others = passage.has(
        "lesson", "others_case", "others_hint", "general", "general_hint"
    )
    if speaks_of_others or heading.startswith(_GENERAL_HEADINGS):
        return False
    return telling or "case" in heading or "patient" in heading


def _told_in_argument(passage: Passage, telling: bool) -> bool:
    if passage.has("others_case", "others_hint", "general", "general_hint", "lesson"):
        return False
    if passage.has("patient_noun"):
        return True
    if passage.has("opening"):
        return passage.kind == "introduction"
    return telling and passage.has("pronoun")
