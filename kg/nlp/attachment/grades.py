"""Grades and stages: ``grade 2``, ``grade III-IV``, ``stage IVB``, ``Ann Arbor stage IE``.

A grade's Roman numeral becomes a digit ("grade III" is 3, as CTCAE counts); a stage keeps its
letters. Words of severity (``severities.tsv``) are grades too.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.nlp.carrier import AttributeDraft

TABLE = Path(__file__).with_name("severities.tsv")
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
_LEVEL = r"(?:[0-5](?:[a-c]\b)?|I{1,3}V?|IV|V)"
_GRADE = re.compile(
    rf"(?<![\w-])(?:(?i:grades?|gr\.|CTCAE|toxicity|WHO grade|overall grade)(?:[ -]"
    rf"|: )?(?:(?i:grade) )?"
    rf"(?P<grade>{_LEVEL}(?:(?: ?[-–/] ?| to | or ){_LEVEL})?)"
    r"|(?P<stage_name>(?i:(?:Ann[ -]Arbor |Lugano |FIGO |Binet |Rai |ISS |R-ISS |clinical "
    r"|pathologic(?:al)? |TNM )?stage)"
    r"|Ann[ -]Arbor|FIGO|NYHA (?:functional )?class|ECOG(?: performance status| PS)?)(?:[ -]|: "
    r"| of )?"
    r"(?P<stage>(?:I{1,3}V?|IV|V|[0-5])(?:[A-E]{1,2}\d?|[a-c])?(?:[-–](?:I{1,3}V?|IV"
    r"|V)[A-C]?)?))(?![\w/])"
)


@cache
def _severities() -> tuple[re.Pattern[str], dict[str, str]]:
    named: dict[str, str] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "grade\t")):
            grade, words = line.split("\t")
            named.update(dict.fromkeys(words.split("|"), grade))
    ordered = sorted(named, key=lambda word: (-len(word), word))
    return re.compile(rf"(?i:(?<![\w-])(?:{'|'.join(ordered)})(?![\w-]))"), named


def find_grades(text: str) -> list[AttributeDraft]:
    """Return the grades, stages and words of severity of a text, in order.

    Examples
    --------
    >>> [g.value for g in find_grades("grade 2 CRS, grade III-IV GVHD, Ann Arbor stage IE, severe")]
    ['2', '3-4', 'IE', 'severe']
    """
    found = [_grade(match) for match in _GRADE.finditer(text)]
    pattern, named = _severities()
    found.extend(
        AttributeDraft(*match.span(), named[match.group().lower()])
        for match in pattern.finditer(text)
    )
    found.sort(key=lambda draft: (draft.start, draft.end))
    return found


def _grade(match: re.Match[str]) -> AttributeDraft:
    if match["stage"]:
        return AttributeDraft(*match.span(), match["stage"])
    levels = re.split(r" ?[-–/] ?| to | or ", match["grade"])
    value = "-".join(_ROMAN.get(level, level) for level in levels)
    return AttributeDraft(*match.span(), value)
