"""The core of a phrase: what it names without the words that only qualify it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kg.terms.model import ConceptKind
from kg.terms.normal import match_key
from kg.terms.tables import rows, split

_FILE = Path(__file__).with_name("modifiers.tsv")
_MOST = 3
"""So many words are taken off at most."""


def cores(key: str) -> Iterator[tuple[str, frozenset[ConceptKind]]]:
    """Yield the match key with modifiers taken off, the least shortened first.

    Each comes with the kinds of concept that it may name: "therapy" taken off "erlotinib therapy"
    leaves a therapy, and never a marker.

    Examples
    --------
    >>> [core for core, _ in cores("severe chronic headache")]
    ['chronic headache', 'headache']
    >>> list(cores("fever"))
    []
    """
    kinds: frozenset[ConceptKind] = frozenset({"Therapy", "Marker", "Outcome", "Condition"})
    waiting = [(key, kinds)]
    seen = {key}
    for _ in range(_MOST):
        shorter = []
        for held, allowed in waiting:
            for core, named in _steps(held):
                left = allowed & named
                if left and core not in seen:
                    seen.add(core)
                    shorter.append((core, left))
        yield from shorter
        waiting = shorter


def _steps(key: str) -> Iterator[tuple[str, frozenset[ConceptKind]]]:
    words = key.split(" ")
    for size in range(1, min(4, len(words))):
        first, last = " ".join(words[:size]), " ".join(words[-size:])
        if first in _table()["start"]:
            yield " ".join(words[size:]), _table()["start"][first]
        if last in _table()["end"]:
            yield " ".join(words[:-size]), _table()["end"][last]


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, frozenset[ConceptKind]]]:
    every: frozenset[ConceptKind] = frozenset({"Therapy", "Marker", "Condition"})
    single: dict[str, frozenset[ConceptKind]] = {
        "any": every,
        "Therapy": frozenset({"Therapy"}),
        "Marker": frozenset({"Marker"}),
        "Condition": frozenset({"Condition"}),
    }
    table: dict[str, dict[str, frozenset[ConceptKind]]] = {"start": {}, "end": {}}
    for kind, place, words in rows(_FILE, 3):
        for word in split(words):
            key = match_key(word)
            table[place][key] = table[place].get(key, frozenset()) | single[kind]
    return table
