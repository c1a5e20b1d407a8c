"""Folding of spelling: British and American, singular and plural, one word at a time.

The rules are data (``spelling.tsv``). They are applied to the terminology's names and to the
text alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.terms.tables import rows

_FILE = Path(__file__).with_name("spelling.tsv")
_SYMBOL_PLURAL = re.compile(r"[A-Z]{2,}s")
_KEEPS_S = ("ss", "us", "is")


@dataclass(frozen=True, slots=True)
class _Rule:
    where: str
    old: str
    new: str
    shortest: int

    def apply(self, word: str) -> str:
        if len(word) < self.shortest:
            return word
        if self.where == "end":
            return word[: -len(self.old)] + self.new if word.endswith(self.old) else word
        if self.where == "start":
            return self.new + word[len(self.old) :] if word.startswith(self.old) else word
        return word.replace(self.old, self.new)


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    return tuple(_Rule(row[0], row[1], row[2], int(row[3])) for row in rows(_FILE, 4))


def fold_word(surface: str, normal: str) -> str:
    """Fold one word to the form shared by its spellings.

    Parameters
    ----------
    surface
        The word as written; a symbol in capitals is left alone, but for its plural ``s``.
    normal
        The same word in normal form.

    Examples
    --------
    >>> fold_word("leukaemias", "leukaemias"), fold_word("tumours", "tumours")
    ('leukemia', 'tumor')
    >>> fold_word("TKIs", "tkis"), fold_word("POEMS", "poems")
    ('tki', 'poems')
    """
    if surface.isupper() and len(surface) <= 5:
        return normal
    if _SYMBOL_PLURAL.fullmatch(surface):
        return normal[:-1]
    word = normal
    for rule in _rules():
        word = rule.apply(word)
    if len(word) >= 5 and word.endswith("s") and not word.endswith(_KEEPS_S):
        return word[:-1]
    return word
