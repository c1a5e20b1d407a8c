"""How well a work that a source describes agrees with the work that a list names.

Titles are compared word by word in plain letters (Ratcliff and Obershelp's matching, as
:mod:`difflib` has it); a first author or a year that differs takes from the score. Lists leave out
subtitles, so a title is compared with and without its subtitle.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

AGREES_FROM = 0.8
"""Score from which two descriptions are taken for one work."""

_AUTHOR_DIFFERS = 0.7
_YEAR_DIFFERS = 0.75
_YEARS_APART = 1  # online first, in print the year after
_SHORT_TITLE = 4
_WORDS = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"(?:\s+[A-Z]{1,3}\b[.-]?)+$")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,40}>")


class Description(NamedTuple):
    """What one side says of a work; ``text`` the whole entry, where its title was not made out."""

    title: str | None = None
    author: str | None = None
    year: int | None = None
    text: str | None = None


class Agreement(NamedTuple):
    """A score from 0 to 1, and whether the two are taken for one work."""

    score: float
    agrees: bool


def agreement(written: Description, told: Description, subtitle: str | None = None) -> Agreement:
    """Compare what a list writes with what a source tells.

    A title of fewer than four words ("Case report") is of many works: it needs an author and a
    year that agree.

    Examples
    --------
    >>> written = Description("Effects of interferon-α on T cells", "Young PA", 2018)
    >>> agreement(written, Description("Effects of Interferon-α on T Cells", "Young", 2019))
    Agreement(score=1.0, agrees=True)
    >>> agreement(written, Description("A rare tumour of the heart", "Young", 2018)).agrees
    False
    """
    score = _title_score(written, told.title, subtitle)
    author = _same_author(written.author, told.author)
    year = _same_year(written.year, told.year)
    score *= (_AUTHOR_DIFFERS if author is False else 1) * (_YEAR_DIFFERS if year is False else 1)
    sure = len(_words(told.title or "")) >= _SHORT_TITLE or bool(author and year)
    return Agreement(round(score, 3), score >= AGREES_FROM and sure)


def _title_score(written: Description, told: str | None, subtitle: str | None) -> float:
    if not told:
        return 0.0
    forms = [_words(told)]
    if subtitle:
        forms.append(_words(f"{told} {subtitle}"))
    if written.title:
        mine = _words(written.title)
        return max(SequenceMatcher(None, mine, form, autojunk=False).ratio() for form in forms)
    entry = _words(written.text or "")
    return max(_contained(form, entry) for form in forms[:1])


def _contained(title: Sequence[str], entry: Sequence[str]) -> float:
    """Return which part of a title's words stands in an entry, in order."""
    if not title:
        return 0.0
    blocks = SequenceMatcher(None, entry, title, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(title)


def _same_author(mine: str | None, theirs: str | None) -> bool | None:
    """Tell whether two names share a family name; None where one is unknown."""
    one, other = _family(mine or ""), _family(theirs or "")
    if not one or not other:
        return None
    return one <= other or other <= one


def _family(author: str) -> frozenset[str]:
    """Return the words of a family name: what stands before the comma or the initials."""
    name = _INITIALS.sub("", author.split(",")[0].strip())
    return frozenset(_words(name))


def _same_year(mine: int | None, theirs: int | None) -> bool | None:
    if mine is None or theirs is None:
        return None
    return abs(mine - theirs) <= _YEARS_APART


def _words(text: str) -> list[str]:
    split = unicodedata.normalize("NFKD", _MARKUP.sub("", text))
    plain = "".join(letter for letter in split if not unicodedata.combining(letter))
    return _WORDS.findall(plain.casefold())
