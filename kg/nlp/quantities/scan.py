"""Trying a grammar only where one of its first words stands, which keeps the reading fast."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[A-Za-z]+|\d+")

Words = Sequence[tuple[int, str]]
"""The words and digits of a text with their starts, in lower case."""


def words_of(text: str) -> Words:
    """Return the words of a text, for :func:`matches`.

    Examples
    --------
    >>> words_of("On day 22")
    [(0, 'on'), (3, 'day'), (7, '22')]
    """
    return [(found.start(), found.group().lower()) for found in _WORD.finditer(text)]


def matches(
    pattern: re.Pattern[str], text: str, words: Words, firsts: frozenset[str], digits: bool = True
) -> Iterator[re.Match[str]]:
    """Yield what ``pattern.finditer`` would, trying only at words in ``firsts`` and at digits.

    Examples
    --------
    >>> text = "day 3 and Day 4"
    >>> found = matches(re.compile(r"(?i:day) (\\d)"), text, words_of(text), frozenset({"day"}))
    >>> [match[1] for match in found]
    ['3', '4']
    """
    end = 0
    for start, word in words:
        if start < end or not (word in firsts or (digits and word[0] <= "9")):
            continue
        if found := pattern.match(text, start):
            end = found.end()
            yield found
