"""Regimens that an article spells out: ``VIP (vincristine, idarubicin, and dexamethasone)``.

The letters need not fit the drugs (a P may hide dexamethasone), so these are told by their
content: a short form, then brackets with two therapies or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg import terms
from kg.nlp.abbreviations.definitions import is_short_form
from kg.terms.matching import Matcher

_SPELLED_OUT = re.compile(
    r"(?<![\w-])(?P<short>[A-Z][\w\-+/]{1,14})"
    r"(?:\s(?:regimen|protocol|chemotherapy|therapy|scheme|combination))?"
    r"\s?\((?P<drugs>[^()]{8,240})\)"
)


_PURPOSES = ("-mediated", "-induced", "-dependent", "-related", "-associated", "-enhanced")
"""What follows a substance that is the means of a test or the cause of something, no therapy."""


def regimen_definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield (short form, drugs as written) for each regimen spelled out in brackets.

    Examples
    --------
    >>> dict(regimen_definitions("VIP regimen (vincristine, idarubicin, and dexamethasone)"))
    {'VIP': 'vincristine, idarubicin, and dexamethasone'}
    """
    for match in _SPELLED_OUT.finditer(text):
        short = match["short"]
        if is_short_form(short) and len(therapies_in(match["drugs"])) >= 2:
            yield short, match["drugs"]


@lru_cache(maxsize=1024)
def therapies_in(text: str) -> tuple[str, ...]:
    """Return the concept ids of the therapies named in a list, in order, each once.

    A substance that only names a means ("nitroglycerin-mediated dilation") is none of them.

    Examples
    --------
    >>> len(therapies_in("cyclophosphamide and dexamethasone"))
    2
    """
    terminology = terms.load()
    found: dict[str, None] = {}
    for match in _matcher().longest(text):
        concept = terminology.concept(match.senses[0].concept)
        measured = text[match.end :].lower().startswith(_PURPOSES)
        if concept.kind == "Therapy" and not measured:
            found[concept.id] = None
    return tuple(found)


@lru_cache(maxsize=1)
def _matcher() -> Matcher:
    return Matcher(terms.load())
