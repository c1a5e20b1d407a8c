"""The patient as the text names them: age and sex.

Vocabulary of sex words in ``persons.tsv``. A sex word counts where it stands near an age ("an
18-year-old Han **female**", "a **woman** aged 31") or beside "patient"; a "male karyotype" or a
"female donor" tells nothing of the patient.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from kg.nlp.carrier import TimeDraft

TABLE = Path(__file__).with_name("persons.tsv")
_REACH = 60
_NO_PERSON = re.compile(
    r"(?i: (?:donors?|karyotype|sex|gender|relatives?|genitalia|genotype|partner|breast|pattern"
    r"|pseudo))"
)
_BESIDE_PATIENT = re.compile(r"(?i:[ ]patient\b)")
_BREAK = re.compile(r"[.;?!]\s+[A-Z]|\n")


@dataclass(frozen=True, slots=True)
class SexWord:
    """A word at ``[start, end)`` that tells the sex of the patient."""

    start: int
    end: int
    sex: Literal["female", "male"]


@cache
def _words() -> tuple[re.Pattern[str], dict[str, Literal["female", "male"]]]:
    named: dict[str, Literal["female", "male"]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "sex\t")):
            sex, words = line.split("\t")
            named.update(dict.fromkeys(words.split("|"), "female" if sex == "female" else "male"))
    ordered = sorted(named, key=lambda word: (-len(word), word))
    return re.compile(rf"(?i:(?<![\w-])(?:{'|'.join(ordered)})(?![\w-]))"), named


def find_sexes(text: str, ages: Sequence[TimeDraft]) -> list[SexWord]:
    """Return the words that tell a patient's sex, near the ages given.

    Examples
    --------
    >>> from kg.nlp.times.expressions import read_times
    >>> text = "A 60-year-old Caucasian woman received a graft from a male donor."
    >>> [w.sex for w in find_sexes(text, read_times(text).ages)]
    ['female']
    """
    pattern, named = _words()
    found: list[SexWord] = []
    for match in pattern.finditer(text):
        if _NO_PERSON.match(text, match.end()):
            continue
        if _BESIDE_PATIENT.match(text, match.end()) or _near_age(text, match, ages):
            found.append(SexWord(*match.span(), named[match.group().lower()]))
    return found


def _near_age(text: str, match: re.Match[str], ages: Sequence[TimeDraft]) -> bool:
    for age in ages:
        if match.start() >= age.end:
            gap = text[age.end : match.start()] if match.start() - age.end <= _REACH else None
        else:
            gap = text[match.end() : age.start] if 0 <= age.start - match.end() <= 24 else None
        if gap is not None and _BREAK.search(gap) is None:
            return True
    return False
