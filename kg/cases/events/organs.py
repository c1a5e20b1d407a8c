"""Which organ a deposit of a tumour lies in, so that those of two organs are two events."""

from __future__ import annotations

import re
from functools import cache

from kg.cases.drafts import EventDraft
from kg.cases.vocabulary import pattern_of, table


def lie_apart(one: EventDraft, two: EventDraft) -> bool:
    """Whether both are deposits of a tumour and are told of different organs."""
    if not (one.is_a("metastasis") and two.is_a("metastasis")):
        return False
    first, second = _organs((one.site or "").lower()), _organs((two.site or "").lower())
    return bool(first and second and first.isdisjoint(second))


@cache
def _organs(words: str) -> frozenset[str]:
    return frozenset(organ for pattern, organ in _patterns() if pattern.search(words))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<!\w)(?:{pattern_of(word)})(?!\w)"), organ)
        for word, organ in table("organs.tsv")
    )
