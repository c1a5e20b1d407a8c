"""From the words of a heading to the kind of section it opens.

The rules are data, in ``headings.tsv`` beside this file.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.documents.model import ArticleType, SectionKind

_RULES = Path(__file__).with_name("headings.tsv")
_NUMBERING = re.compile(
    r"^(?:(?:section\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,4}|[A-H])[.)\s│|:]+\s*|[•▪■*]\s*)(?=\S)",
    re.IGNORECASE,
)
_LINKS = re.compile(r"(?:[ \t\u00a0]{2,}(?:up|down|top|go to:?))+\s*\Z", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f]+")
_HYPHENS = re.compile(r"[\u2010-\u2015\u2212]")
_APOSTROPHES = re.compile(r"[\u2018\u2019\u00b4`]")

#: A heading under one of these keeps to it, unless the heading says one of the allowed kinds.
_INHERITANCE: dict[SectionKind, frozenset[SectionKind]] = {
    "abstract": frozenset({"boilerplate", "references"}),
    "boilerplate": frozenset({"references"}),
    "references": frozenset({"boilerplate"}),
    "case": frozenset({"boilerplate", "references", "discussion", "conclusion", "legend", "table"}),
}
_NO_PATIENT_TYPES = frozenset(
    {"review", "research", "editorial", "correction", "retraction", "expression_of_concern"}
)
_CASE_TYPES = frozenset({"case_report", "case_series"})


def _to_regex(words: str) -> str:
    """Turn the notation of the rule file into a regular expression."""

    def one(word: str) -> str:
        if word.startswith("~"):
            return r"(?:[^\s:]+ ){0,3}" + one(word[1:])
        return re.sub(r"\\\((\w+)\\\)", r"(?:\1)?", re.escape(word)).replace(r"\*", ".*")

    words_ = (word.split("/") for word in words.split(" "))
    return " ".join(
        one(choices[0]) if len(choices) == 1 else f"(?:{'|'.join(map(one, choices))})"
        for choices in words_
    )


@cache
def _rules() -> tuple[re.Pattern[str], tuple[str, ...]]:
    kinds: list[str] = []
    patterns: list[str] = []
    for line in _RULES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, words = line.split("\t")
            kinds.append(kind)
            patterns.append(f"({_to_regex(words)})")
    return re.compile("|".join(patterns)), tuple(kinds)


def normal_heading(heading: str) -> str:
    """Return the heading in lower case, without number, final colon and odd characters.

    Examples
    --------
    >>> normal_heading("2.1. Authors’ Contributions:")
    "authors' contributions"
    """
    text = _SPACES.sub(" ", clean_heading(heading))
    text = _HYPHENS.sub("-", _APOSTROPHES.sub("'", text))
    return _NUMBERING.sub("", text).rstrip(" .:").lower()


def clean_heading(heading: str) -> str:
    """Return a heading as it is read, without the links that some pages put beside it.

    Examples
    --------
    >>> clean_heading("Patient and observation    Up    Down")
    'Patient and observation'
    """
    return _LINKS.sub("", heading).strip()


@cache
def heading_kind(heading: str, article_type: ArticleType = "other") -> SectionKind | None:
    """Return the kind that a heading's words tell, or None where they tell none.

    Parameters
    ----------
    heading
        The heading as it stands.
    article_type
        The article's; "Treatment" tells a patient's case in a case report, not in a review.

    Examples
    --------
    >>> heading_kind("2. Case Description")
    'case'
    >>> heading_kind("Treatment", "case_report"), heading_kind("Treatment", "review")
    ('case', None)
    >>> heading_kind("Declaration of Competing Interest")
    'boilerplate'
    >>> heading_kind("Immunophenotype of the blasts") is None
    True
    """
    pattern, kinds = _rules()
    found = pattern.fullmatch(normal_heading(heading))
    if found is None:
        return None
    kind = kinds[(found.lastindex or 1) - 1]
    if kind.endswith("?"):
        return None if article_type in _NO_PATIENT_TYPES else "case"
    return kind  # type: ignore[return-value]


def nested_kind(
    heading: str | None, parent: SectionKind, article_type: ArticleType = "other"
) -> SectionKind:
    """Return the kind of a section inside another: its own where that is allowed, else inherited.

    Examples
    --------
    >>> nested_kind("Results", "abstract"), nested_kind("Case 2", "methods")
    ('abstract', 'case')
    """
    own = heading_kind(heading, article_type) if heading else None
    if own is None:
        return parent
    allowed = _INHERITANCE.get(parent)
    return own if allowed is None or own in allowed else parent


def unnamed_kind(seen: tuple[SectionKind, ...], article_type: ArticleType) -> SectionKind:
    """Return the kind of a top section whose heading, if any, tells none.

    A case report without further headings tells its case first and discusses it then; other
    articles argue (a review's own headings) or go on with what stood before.

    Examples
    --------
    >>> unnamed_kind(("introduction",), "case_report"), unnamed_kind((), "review")
    ('case', 'discussion')
    """
    last = seen[-1] if seen else None
    if article_type in _CASE_TYPES and "discussion" not in seen and "conclusion" not in seen:
        return "case"
    if last in ("methods", "results"):
        return last
    return "discussion"
