"""The persons that a sentence brings in: numbered cases, ages with their nouns, who is whose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from kg.cases.ages import ages
from kg.cases.model import Evidence
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import Cue

Sex = Literal["female", "male"]
SEXES: dict[str, Sex] = {"female": "female", "male": "male"}
_RELATIVE_SEX: dict[str, Sex] = {
    "mother": "female",
    "sister": "female",
    "aunt": "female",
    "grandmother": "female",
    "daughter": "female",
    "wife": "female",
    "niece": "female",
    "father": "male",
    "brother": "male",
    "uncle": "male",
    "grandfather": "male",
    "son": "male",
    "husband": "male",
    "nephew": "male",
}
_ORDINALS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "fifth": "5",
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "a": "1",
    "b": "2",
    "c": "3",
    "d": "4",
}
_NUMBER = r"(?:\d{1,2}|one|two|three|four|five|I{1,3}|IV|V|[ABCD])"
LABEL = re.compile(
    rf"\b(?:case|patient)(?:\s+(?:presentation|report|description))?\s*(?:no\.?\s*|number\s+|#\s*)?"
    rf"(?P<number>{_NUMBER})\b(?!\s*(?:of|years?|months?|days?|weeks?|cases|patients|[%/.,]\d))"
    rf"|\b(?P<ordinal>first|second|third|fourth|fifth)\s+(?:case|patient)\b",
    re.IGNORECASE,
)
_POSSESSED = re.compile(
    r"\b(?:her|his|their|patient['’]s|from\s+(?:a|an|the)|recipient['’]s)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:donors?|mother|father|brother|sister|sibling|son|daughter)\s*(?:was|is|,|aged|:|\()"
    r"[\s\w,-]{0,20}$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:an?|another|one|two)\s+(?:[\w-]+,?\s+){0,6}$", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Person:
    """A patient under construction."""

    label: str | None = None
    age_years: float | None = None
    age_text: str | None = None
    sex: Sex | None = None
    evidence: list[Evidence] = field(default_factory=list)
    trials: list[str] = field(default_factory=list)

    def fits(self, other: Person) -> bool:
        """Whether two tellings may be of one person: no age, sex or label speaks against it."""
        return (
            _agree(self.label, other.label)
            and _agree(self.sex, other.sex)
            and _agree(self.age_years, other.age_years)
        )


def _agree(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def label_of(text: str) -> str | None:
    """Return the number of the case that a heading names, if any.

    Examples
    --------
    >>> label_of("Case report No. 2"), label_of("Second patient"), label_of("Discussion")
    ('2', '2', None)
    """
    match = LABEL.search(text)
    return label_number(match) if match else None


def label_number(match: re.Match[str]) -> str:
    """Return the number of a case from a match of ``LABEL``: "II" and "second" are 2."""
    raw = (match.group("number") or match.group("ordinal")).lower()
    return _ORDINALS.get(raw, raw.lstrip("0") or "0")


def labels_opening(passage: Passage) -> Iterator[str]:
    """Yield the labels that begin a new case: "Case 2:" or "Patient 1 was a 45-year-old …"."""
    for match in LABEL.finditer(passage.text):
        before = passage.text[: match.start()].rstrip()
        after = passage.text[match.end() : match.end() + 40]
        opens = re.match(
            r"\s*(?:[:.\-–(,]|(?:was|is)?\s*(?:an?\b|the\b|this\b|our\b|\d))", after, re.I
        )
        if (not before or before[-1] in ".:;)") and (opens or not after.strip()):
            yield label_number(match)


def introductions(view: Passages, passage: Passage) -> Iterator[tuple[Person, bool]]:
    """Yield the persons a sentence gives an age, and whether it brings them in ("a", "an")."""
    for age in ages(passage.text, passage.start):
        left = passage.text[: age.start - passage.start]
        noun = _noun(passage, age.start, age.end)
        if noun is None and not _ARTICLE.search(left) and not passage.has("patient_noun"):
            continue
        if noun is not None and _somebody_else(noun, left):
            continue
        end = noun.end if noun and age.end <= noun.start <= age.end + 60 else age.end
        start = noun.start if noun and noun.end <= age.start else age.start
        yield (
            Person(
                age_years=age.years,
                age_text=age.text,
                sex=_sex(passage, noun, age.end),
                evidence=[view.evidence(start, end, passage.index)],
            ),
            bool(_ARTICLE.search(left)),
        )


def _noun(passage: Passage, start: int, end: int) -> Cue | None:
    """Return the noun that the age is of: the nearest after it, else before it."""
    beast = passage.after(end, "animal", reach=25)
    if beast is not None:
        return beast
    kinds = ("relative", "female", "male", "neuter")
    return passage.after(end, *kinds, reach=60) or passage.before(start, *kinds, reach=45)


def _somebody_else(noun: Cue, left: str) -> bool:
    if noun.name == "animal" or "donor" in noun.text.lower() or _OTHER_SUBJECT.search(left):
        return True
    return noun.name == "relative" and bool(_POSSESSED.search(left))


def _sex(passage: Passage, noun: Cue | None, end: int) -> Sex | None:
    if noun is not None and noun.name in SEXES:
        return SEXES[noun.name]
    if noun is not None and noun.name == "relative":
        return _RELATIVE_SEX.get(noun.text.lower())
    near = passage.after(end, "female", "male", reach=60) or passage.before(
        end, "female", "male", reach=60
    )
    return SEXES[near.name] if near else None
