"""Names one letter away from a listed one: "doxorubicine", "pirazinamide", "laparatomy".

Only for therapies that the model found and no list knows, in words so long that two names hardly
ever differ by one letter: a drug of its own would be in the lists by its own name.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from functools import lru_cache

from kg import terms
from kg.terms.normal import match_key

SHORTEST = 8
"""Letters of a word that may be taken for a misspelled name."""


@lru_cache(maxsize=4096)
def meant(word: str, kind: str) -> str | None:
    """Return the one curated concept of a kind that a word misspells.

    Examples
    --------
    >>> terms.load().concept(meant("doxorubicine", "Therapy")).name
    'doxorubicin'
    >>> meant("medications", "Therapy") is None
    True
    """
    key = match_key(word)
    if len(key) < SHORTEST or not key.isalpha():
        return None
    terminology = terms.load()
    near = {variant for variant in _one_letter_off(key) if variant in terminology.trie}
    named = {sense.concept for variant in near for sense in terminology.named(variant, variant)}
    of_kind = {concept for concept in named if terminology.concept(concept).kind == kind}
    return of_kind.pop() if len(of_kind) == 1 and of_kind == named else None


def _one_letter_off(word: str) -> Iterator[str]:
    """Yield the words with one letter more, less, another or exchanged; the first letter stays."""
    for at in range(1, len(word) + 1):
        before, behind = word[:at], word[at:]
        if behind:
            yield before + behind[1:]
        if len(behind) > 1:
            yield before + behind[1] + behind[0] + behind[2:]
        for letter in string.ascii_lowercase:
            yield before + letter + behind
            if behind:
                yield before + letter + behind[1:]
