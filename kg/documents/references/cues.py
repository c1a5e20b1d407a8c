"""The words that journals' names are made of, read from ``journal_words.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("journal_words.tsv")


@dataclass(frozen=True, slots=True)
class Cues:
    """Words of journals' names, lower case: shortened ("clin"), whole, and small ones ("of")."""

    abbreviations: frozenset[str]
    words: frozenset[str]
    small: frozenset[str]


@cache
def cues() -> Cues:
    """Return the words, read once."""
    kinds: dict[str, set[str]] = {"short": set(), "whole": set(), "small": set()}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, words = line.split("\t")
            kinds[kind].update(words.split())
    return Cues(*(frozenset(kinds[kind]) for kind in ("short", "whole", "small")))
