"""Why a marker that is named is no finding: no result, a test of others, a thing given or seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.cases.drafts import EventDraft
from kg.cases.events.marker_lists import abbreviates, is_listed, names_none
from kg.cases.events.serology import names_organism, tests_for_organism
from kg.cases.events.worded import sign_behind
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import table
from kg.nlp.model import Mention, Quantity

_MEANS = re.compile(
    r"\b(?:by|on|in|using|with|through|via|after)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)
_HAD_RESULT = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:(?:of|on|in|from)\s+(?:\w+\s+){1,3})?(?:was|were|is|are|came\s+back|returned|remained|:)\s+"
    r"(?:\w+\s+){0,2}(?:positive|negative|normal|abnormal|unremarkable|reactive|non-reactive)",
    re.IGNORECASE,
)
_UNREMARKABLE = re.compile(
    r"\b(?:normal|unremarkable|within normal|no abnormalit\w+|non-?contributory)\b", re.IGNORECASE
)
_ANALYTE = re.compile(
    r"anti|bod(?:y|ies)\b|\bIg|gene\b|protein|mutation|fusion|level|count|titer|titre|ratio|index|"
    r"receptor|cultur|PCR|DNA|RNA|enzyme|ase\b|hormone|factor|\w*[A-Z]\w*\d|\b[A-Z]{2,}\d*\b|"
    r"keratin|globulin|serolog|stain(?!ing$)|markers?$",
)
"""What a name has that no vocabulary knows and that may yet be measured or stained for."""
_LEVEL_OF = re.compile(r"(?:\s(?:and|or)\s[\w-]+(?:\s[A-Z])?)?\s(?:levels?|concentrations?)\b")
_TESTS = frozenset(
    {"procedure_test", "imaging", "pathology", "endoscopy", "genetic_test", "examination"}
)
_CULTURE = re.compile(r"\b(?:cultures?|swabs?|smears?|PCR)$", re.IGNORECASE)
_SEEKING = _TESTS | {"laboratory_test", "immunology"}
_PICTURES = frozenset({"imaging", "pathology", "endoscopy"})
_LOOKED_AT = _PICTURES | {"examination"}
_STAINED_FOR = re.compile(r"\b(?:stain\w*|smears?|cultures?|test|cytology)\b", re.IGNORECASE)
_BLOOD_GIVEN = re.compile(r"\b(?:units?|bags?|transfus\w+)\s+(?:of\s+)?(?:\w+\s+)?$", re.IGNORECASE)
_MATTER = re.compile(
    r"[\s-]*(?:clefts?|crystals?|deposits?|granuloma\w*|derangements?|disturbances?|imbalances?|"
    r"supplement\w*|replacement|infusions?|transfusions?)\b",
    re.IGNORECASE,
)
_OF_MEMBERS = re.compile(
    r"\b(?:work-?up|markers?|panels?|profiles?|examinations?|investigations?|stud(?:y|ies)|screens?|"
    r"screening|tests?|parameters?|assays?|analys[ei]s|urinalysis|subsets?)$",
    re.IGNORECASE,
)
_MEMBERS_FOLLOW = re.compile(
    r"[\s,(]*(?:including|such\s+as|namely|:|consisting\s+of|show\w*|reveal\w*|demonstrat\w*|"
    r"disclos\w*|indicat\w*)\s+(?:\w+\s+){0,4}$",
    re.IGNORECASE,
)
_AIM = re.compile(r"\btarget(?:s|ed|ing)?\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_STAINED = frozenset({"antigen", "tumour_marker"})
_STAINING = re.compile(r"\bstain(?:s|ing)$", re.IGNORECASE)


def no_finding(
    view: Passages, passage: Passage, index: int, quantities: Sequence[Quantity], known: bool
) -> str | None:
    """Return why a marker mention is no finding, or None where it may be one."""
    return next(_reasons(view, passage, index, quantities, known), None)


def _reasons(
    view: Passages, passage: Passage, index: int, quantities: Sequence[Quantity], known: bool
) -> Iterator[str]:
    """Yield why a marker mention is no finding."""
    mention = view.mentions[index]
    if abbreviates(view, passage, index):
        yield "the short name beside the long one"
    if any(mention.text in (dose.of or "") for dose in view.doses_in(passage)):
        yield "cells counted in a dose"
    if mention.text.lower().rstrip("s") in _no_markers() or names_none(mention):
        yield "a word for a test that names none"
    before = view.text[max(passage.start, mention.start - 30) : mention.start]
    if mention.label == "laboratory" and _BLOOD_GIVEN.search(before):
        yield "blood that was given"
    if _MATTER.match(view.text, mention.end):
        yield "a matter seen and not measured"
    if _AIM.search(before):
        yield "a value aimed at"
    if _has_members(view, passage, index):
        yield "a class told with its members"
    yield from _reasons_of_result(view, passage, index, quantities, known)


def _has_members(view: Passages, passage: Passage, index: int) -> bool:
    """Whether the markers of a panel follow it: "a workup including ANA"."""
    mention = view.mentions[index]
    if not _OF_MEMBERS.search(mention.text):
        return False
    behind = [
        m
        for m in (view.mentions[i] for i in view.mentions_in[passage.index])
        if m.kind == "Marker" and m.start >= mention.end
    ]
    return bool(behind) and bool(
        _MEMBERS_FOLLOW.fullmatch(view.text[mention.end : behind[0].start])
    )


def _reasons_of_result(
    view: Passages, passage: Passage, index: int, quantities: Sequence[Quantity], known: bool
) -> Iterator[str]:
    """Yield why what stands beside a marker is no result of it."""
    mention = view.mentions[index]
    in_numbers = any(q.value is not None for q in quantities)
    tests = mention.label in _TESTS
    ungrounded = not (known or sign_behind(view, mention) or is_listed(view, passage, index))
    if not quantities and (tests or ungrounded) and not _tells_result(view, mention):
        yield "a test named without a result"
    if tests and not in_numbers and _is_means(view, mention):
        yield "a test that found something else"
    if mention.label in _SEEKING and (
        tests_for_organism(view, passage, mention)
        or (_CULTURE.search(mention.text) and _is_means(view, mention))
    ):
        yield "a test that found something else"
    looked_at = tests or mention.label == "physiological_test"
    if looked_at and not in_numbers and _UNREMARKABLE.search(_around(view, mention)):
        yield "an examination without a finding"
    if mention.label in _LOOKED_AT and not in_numbers and not _STAINED_FOR.search(mention.text):
        yield "what was looked at and not measured"
    staining = _STAINING.search(mention.text) and mention.label not in _STAINED
    if in_numbers and (mention.label in _PICTURES or staining):
        yield "a number seen in a test"
    named = (
        _ANALYTE.search(mention.text)
        or _LEVEL_OF.match(view.text, mention.end)
        or names_organism(mention.text)
    ) and "nerve" not in mention.text
    if ungrounded and not in_numbers and not named:
        yield "a finding that no vocabulary has"


def is_test_result(mention: Mention, event: EventDraft) -> bool:
    """Whether the words are a result; a test that names no marker is positive or negative."""
    return mention.label not in _TESTS or event.value_text in {"positive", "negative"}


def _around(view: Passages, mention: Mention) -> str:
    return view.text[max(0, mention.start - 15) : mention.end + 45]


@cache
def _no_markers() -> frozenset[str]:
    return frozenset(row[0] for row in table("generic_markers.tsv"))


def _is_means(view: Passages, mention: Mention) -> bool:
    """Whether a test is what something was found by: "detected by PCR"."""
    return _MEANS.search(view.text[max(0, mention.start - 25) : mention.start]) is not None


def _tells_result(view: Passages, mention: Mention) -> bool:
    """Whether a test stands as what had the result: "PCR was negative", not "detected by PCR"."""
    return not _is_means(view, mention) and bool(
        _HAD_RESULT.match(view.text[mention.end : mention.end + 45])
    )
