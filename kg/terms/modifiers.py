"""The core of a phrase: what it names without the words that only qualify it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kg.terms.model import ConceptKind
from kg.terms.normal import match_key
from kg.terms.tables import rows, split

_FILE = Path(__file__).with_name("modifiers.tsv")
EVERY: frozenset[ConceptKind] = frozenset({"Therapy", "Marker", "Condition"})
"""The kinds that words of the row ``any`` go with."""
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
        for place, cut, core in (("start", first, words[size:]), ("end", last, words[:-size])):
            kinds = _table()[place].get(cut)
            left = " ".join(core)
            if kinds and (kinds == EVERY or left not in _table()["bare"]):
                yield left, kinds


def is_bare(phrase: str) -> bool:
    """Tell whether the last word of a phrase is too general to name the whole.

    Examples
    --------
    >>> is_bare("immunological examinations"), is_bare("repeated colonoscopy")
    (True, False)
    """
    last = match_key(phrase).rpartition(" ")[2]
    return last in _table()["bare"] or last in _table()["head"]


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, frozenset[ConceptKind]]]:
    single: dict[str, frozenset[ConceptKind]] = {
        "any": EVERY,
        "Therapy": frozenset({"Therapy"}),
        "Marker": frozenset({"Marker"}),
        "Condition": frozenset({"Condition"}),
    }
    table: dict[str, dict[str, frozenset[ConceptKind]]] = {
        "start": {},
        "end": {},
        "bare": {},
        "head": {},
    }
    for kind, place, words in rows(_FILE, 3):
        for word in split(words):
            key = match_key(word)
            table[place][key] = table[place].get(key, frozenset()) | single[kind]
    return table
