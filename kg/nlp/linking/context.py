"""What surrounds a mention, and how much it speaks for each of several concepts.

Four things speak for a sense, after Lesk: that the article names the concept elsewhere without
doubt; that the words of its full name stand in the section; the words that the terminology
keeps for it (``context``); and beside the mention, words that go with its kind (``kinds.tsv``).

References
----------
Lesk M. Automatic sense disambiguation using machine readable dictionaries. Proc SIGDOC 1986:24-26.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from spacy.tokens import Doc

from kg.nlp.carrier import Findings, MentionDraft, text_of
from kg.terms.model import Concept
from kg.terms.normal import match_key
from kg.terms.terminology import Terminology

_FILE = Path(__file__).with_name("kinds.tsv")
_NEAR = 160
"""Characters on each side of a mention in which a word speaks twice."""
_BESIDE = 45
"""Characters on each side of a mention in which words of a kind speak."""
_ELSEWHERE, _FULL_NAME, _HALF_NAME, _KIND, _SYMBOL = 3.0, 2.0, 1.0, 1.0, 0.5
_KIND_LIMIT = 2


class Surroundings:
    """The context of the mentions of one Doc.

    ``sure`` are the concepts that the article has named without doubt so far.
    """

    def __init__(self, doc: Doc, terminology: Terminology, sure: Collection[str] = ()) -> None:
        self.findings: Findings = doc._.findings
        self._text = text_of(doc)
        self._terms = terminology
        self._sure = sure

    def rank(self, mention: MentionDraft, candidates: Sequence[str]) -> list[tuple[float, str]]:
        """Return (support, concept) for each candidate, the best supported first.

        Candidates of equal support keep their order, which is that of the terminology.
        """
        if len(candidates) == 1 and candidates[0] in self._sure:
            return [(_ELSEWHERE, candidates[0])]
        beside = self._around(mention, _BESIDE)
        near = self._around(mention, _NEAR)
        surface = self._text[mention.start : mention.end]
        scored = [
            (self._support(self._terms.concept(c), surface, beside, near), c) for c in candidates
        ]
        return sorted(scored, key=lambda pair: -pair[0])

    def _around(self, mention: MentionDraft, width: int) -> str:
        left = self._text[max(0, mention.start - width) : mention.start]
        return f" {match_key(left)} | {match_key(self._text[mention.end :][:width])} "

    def _support(self, concept: Concept, surface: str, beside: str, near: str) -> float:
        support = _ELSEWHERE if concept.id in self._sure else 0.0
        support += self._cues(concept.id, near)
        support += self._named(concept, surface)
        support += _KIND * min(
            _KIND_LIMIT, sum(word in beside for word in _kind_words(concept.kind, concept.label))
        )
        if concept.label == "disease" and surface.isupper() and len(surface) > 2:
            support += _SYMBOL
        return support

    def _cues(self, concept: str, near: str) -> float:
        """Return what the curated words say: twice beside the mention, once in the section."""
        support = 0.0
        for cue in self._terms.context(concept):
            sign, word = (-1.0, cue[1:]) if cue.startswith("-") else (1.0, cue)
            key = f" {match_key(word)} "
            if key in near:
                support += 2 * sign
            elif key in self._section:
                support += sign
        return support

    def _named(self, concept: Concept, surface: str) -> float:
        """Return how far a full name of the concept stands in the section."""
        best = 0.0
        for key in concept.keys:
            words = key.replace("-", " ").split()
            if len(words) > 1 and key != match_key(surface):
                best = max(best, sum(word in self._words for word in words) / len(words))
        return _FULL_NAME if best == 1.0 else _HALF_NAME if best > 0.5 else 0.0

    @cached_property
    def _section(self) -> str:
        return f" {match_key(self._text)} "

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._section.split())


@lru_cache(maxsize=64)
def _kind_words(kind: str, label: str) -> tuple[str, ...]:
    """Return the words that speak for a kind and label, with blanks around."""
    table = _kinds()
    words = table.get((kind, label)) or table.get((kind, "*"), ())
    return tuple(f" {word} " for word in words)


@lru_cache(maxsize=1)
def _kinds() -> dict[tuple[str, str], tuple[str, ...]]:
    table = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, label, words = line.split("\t")
            table[kind, label] = tuple(words.split("|"))
    return table
