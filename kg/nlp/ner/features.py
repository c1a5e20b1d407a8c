"""The features of a token that the trained models read: word, affixes, shape, lexical classes."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.nlp.ner.lexical import LexicalClasses

BUCKETS = 8192
"""Rows of the table of hashed affixes."""
HASHED = 10
"""How many hashed features a token has."""
COLUMNS = HASHED + 4
"""Word row, hashed rows, class of the word, class as a head, tag of the name it stands in."""

_DIGIT = re.compile(r"\d")
_UPPER = re.compile(r"[A-Z]")
_LOWER = re.compile(r"[a-z]")
_RUN = re.compile(r"(.)\1+")


def form(word: str) -> str:
    """Return a word in lower case, every digit a 0.

    Examples
    --------
    >>> form("CD34")
    'cd00'
    """
    return _DIGIT.sub("0", word.lower())


def shape(word: str) -> str:
    """Return the shape of a word, runs of one kind of sign shortened.

    Examples
    --------
    >>> shape("Rituximab"), shape("CD34"), shape("10.5")
    ('Xx+', 'X+0+', '0+.0')
    """
    plain = _DIGIT.sub("0", _LOWER.sub("x", _UPPER.sub("X", word)))
    return _RUN.sub(r"\1+", plain)


def affixes(word: str) -> tuple[str, ...]:
    """Return the hashed features of a word as text: itself, shape, prefixes and suffixes."""
    low = form(word)
    return (
        f"w{low}",
        f"s{shape(word)}",
        *(f"p{size}{low[:size]}" for size in (2, 3, 4, 5)),
        *(f"x{size}{low[-size:]}" for size in (2, 3, 4, 5)),
    )


class Encoder:
    """Turn sentences into rows of integers, one row a token.

    Parameters
    ----------
    vocabulary
        Word form to row of the table of word vectors; 0 is the unknown word.
    classes
        What open vocabularies say of words.
    """

    def __init__(self, vocabulary: Mapping[str, int], classes: LexicalClasses) -> None:
        self._vocabulary = vocabulary
        self._classes = classes
        self.of_word = lru_cache(maxsize=65536)(self._encode_word)

    def __call__(self, words: Sequence[str]) -> NDArray[np.int32]:
        """Return tokens × :data:`COLUMNS`."""
        rows = np.empty((len(words), COLUMNS), dtype=np.int32)
        if words:
            rows[:, :-1] = [self.of_word(word) for word in words]
            rows[:, -1] = self._classes.of_names(words)
        return rows

    def _encode_word(self, word: str) -> tuple[int, ...]:
        hashed = (zlib.crc32(feature.encode()) % BUCKETS for feature in affixes(word))
        row = self._vocabulary.get(form(word), 0)
        return (row, *hashed, *self._classes.of_word(word.lower()))
