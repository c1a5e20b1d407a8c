"""Finding the terminology's names in a text: longest match, from word to word.

The match key of the text is built once; at each word the tries give every name that begins
there. Cost is linear in the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import accumulate

import marisa_trie

from kg.terms.model import Sense
from kg.terms.normal import Piece, pieces
from kg.terms.terminology import Terminology

LONGEST = 14
"""Names of more pieces than this are not looked for."""


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of text, ``[start, end)``, that is a name, with the senses that fit it."""

    start: int
    end: int
    senses: tuple[Sense, ...]


class Matcher:
    """Find names of a terminology in texts.

    Examples
    --------
    >>> from kg.terms import load
    >>> text = "She received anti-CD19 CAR-T cells, then interferon-α-2b."
    >>> [text[m.start : m.end] for m in Matcher(load()).longest(text)]
    ['anti-CD19 CAR-T cells', 'interferon-α-2b']
    """

    def __init__(self, terminology: Terminology) -> None:
        self._terms = terminology
        tries = (terminology.trie, terminology.built_trie)
        self._tries: tuple[marisa_trie.Trie, ...] = tuple(t for t in tries if t is not None)

    def longest(self, text: str, ends: Collection[int] | None = None) -> list[Match]:
        """Return the names found, leftmost and longest, none overlapping another.

        Parameters
        ----------
        text
            The text to search.
        ends
            Where a name may end (the ends of the tokens); anywhere when not given.
        """
        found: list[Match] = []
        free = 0
        for group in self._by_start(text, ends):
            if group[0].start >= free:
                found.append(group[0])
                free = group[0].end
        return found

    def every(self, text: str, ends: Collection[int] | None = None) -> list[Match]:
        """Return every name found, names within names too, in order of start, longest first."""
        return [match for group in self._by_start(text, ends) for match in group]

    def _by_start(self, text: str, ends: Collection[int] | None) -> Iterator[list[Match]]:
        cut = [piece for piece in pieces(text) if piece.key]
        whole = " ".join(piece.key for piece in cut)
        begins = [0, *accumulate(len(piece.key) + 1 for piece in cut)]
        for first in range(len(cut)):
            if _inside_word(cut, first):
                continue
            window = whole[begins[first] : begins[min(first + LONGEST, len(cut))] - 1]
            keys = self._keys(window)
            if keys:
                group = self._at(text, cut, first, keys, ends)
                if group:
                    yield group

    def _keys(self, window: str) -> list[str]:
        """Return the names that a match key begins with, whole words only, the longest first."""
        keys = {
            key
            for trie in self._tries
            for key in trie.prefixes(window)
            if window[len(key) : len(key) + 1] in ("", " ")
        }
        return sorted(keys, key=len, reverse=True)

    def _at(
        self,
        text: str,
        cut: list[Piece],
        first: int,
        keys: list[str],
        ends: Collection[int] | None,
    ) -> list[Match]:
        start = cut[first].start
        matches = []
        for key in keys:
            last = first + key.count(" ")
            end = cut[last].end
            if _inside_word(cut, last + 1) or (ends is not None and end not in ends):
                continue
            surface = text[start:end]
            senses = self._terms.named(key, surface)
            if senses:
                matches.append(Match(start, end, senses))
        return matches


def _inside_word(cut: list[Piece], index: int) -> bool:
    """Tell whether a piece continues the one before it without a joint ("cd" and "19")."""
    if not 0 < index < len(cut):
        return False
    piece, before = cut[index], cut[index - 1]
    return piece.start == before.end and piece.key[0].isalnum() and before.key[0].isalnum()
