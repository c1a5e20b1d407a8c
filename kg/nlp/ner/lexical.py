"""What open vocabularies say of words: the knowledge that the trained model reads as features.

Two memory-mapped tries, built by ``pipelines/train``: names with their semantic class (MeSH tree,
MONDO, DOID, ChEBI), for longest match in a sentence; and single words with the class of the names
they occur in and the class of the names they end. "-oma" words end names of neoplasms, "biopsy"
ends names of diagnostic procedures: so the model knows words it never saw in training.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import marisa_trie

NONE = 0
"""The class of what no vocabulary holds."""

_IGNORED = frozenset("-‐‑–—−,'’")
_LONGEST = 6
_SHORTEST_PLURAL = 5


def name_key(words: Sequence[str]) -> str:
    """Return the key of a name given as tokens: lower case, hyphens and commas left out.

    Examples
    --------
    >>> name_key(["Graft", "-", "versus", "-", "Host", "Disease"])
    'graft versus host disease'
    """
    return " ".join(word.lower() for word in words if word not in _IGNORED)


class LexicalClasses:
    """Semantic classes of names and words.

    Parameters
    ----------
    folder
        Holds ``names.marisa`` with ``names.classes`` (one byte a name, in the order of the trie)
        and ``words.marisa`` (word to two bytes).
    """

    def __init__(self, folder: Path) -> None:
        self._names = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
        self._name_classes = (folder / "names.classes").read_bytes()
        self._words = marisa_trie.BytesTrie().mmap(str(folder / "words.marisa"))

    def of_word(self, word: str) -> tuple[int, int]:
        """Return the class of the names that a word (lower case) occurs in, and of those it ends.

        A plural is looked up as its singular where it is not found itself.
        """
        found = self._words.get(word)
        if not found and word.endswith("s") and len(word) >= _SHORTEST_PLURAL:
            found = self._words.get(word[:-1])
        return (found[0][0], found[0][1]) if found else (NONE, NONE)

    def of_names(self, words: Sequence[str]) -> list[int]:
        """Return a tag for each token: 2 × class where a name begins, 2 × class + 1 inside it.

        Leftmost longest match; hyphens and commas inside a name do not count.
        """
        tags = [NONE] * len(words)
        places = [i for i, word in enumerate(words) if word not in _IGNORED]
        lower = [words[i].lower() for i in places]
        at = 0
        while at < len(places):
            length, name_class = self._longest(lower, at)
            if length:
                first, last = places[at], places[at + length - 1]
                tags[first : last + 1] = [2 * name_class + 1] * (last - first + 1)
                tags[first] = 2 * name_class
            at += max(length, 1)
        return tags

    def _longest(self, lower: list[str], at: int) -> tuple[int, int]:
        """Return how many words the longest name from ``at`` has, and its class."""
        window = " ".join(lower[at : at + _LONGEST])
        best = (0, NONE)
        for key in self._names.prefixes(window):
            if len(key) == len(window) or window[len(key)] == " ":
                best = (key.count(" ") + 1, self._name_classes[self._names[key]])
        return best if best[0] else self._singular(lower, at)

    def _singular(self, lower: list[str], at: int) -> tuple[int, int]:
        """As :meth:`_longest`, for a name of one or two words in the plural."""
        for count in (2, 1):
            words = lower[at : at + count]
            if len(words) == count and words[-1].endswith("s") and len(words[-1]) > 4:
                found = self._names.get(" ".join(words)[:-1])
                if found is not None:
                    return count, self._name_classes[found]
        return 0, NONE
