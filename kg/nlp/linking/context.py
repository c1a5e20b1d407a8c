"""What surrounds a mention, and how much it speaks for each of several concepts."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.nlp.carrier import Findings, MentionDraft, text_of
from kg.terms.normal import match_key
from kg.terms.terminology import Terminology

_NEAR = 160
"""Characters on each side of a mention that are its sentence's context."""


class Surroundings:
    """The context of the mentions of one Doc.

    The words and concepts that speak for a concept stand with it in the curated lexicon
    (``context``; with ``-`` those that speak against it). A word near the mention counts 2, one
    elsewhere in the section 1.
    """

    def __init__(self, doc: Doc, terminology: Terminology) -> None:
        self.findings: Findings = doc._.findings
        self._text = text_of(doc)
        self._terms = terminology
        self._key: str | None = None

    def rank(self, mention: MentionDraft, candidates: Sequence[str]) -> list[tuple[float, str]]:
        """Return (support, concept) for each candidate, the best supported first.

        Candidates of equal support keep their order, which is that of the terminology.
        """
        scored = [(self._support(mention, concept), concept) for concept in candidates]
        return sorted(scored, key=lambda pair: -pair[0])

    def _support(self, mention: MentionDraft, concept: str) -> float:
        cues = self._terms.context(concept)
        if not cues:
            return 0.0
        left = max(0, mention.start - _NEAR)
        around = self._text[left : mention.start] + " | " + self._text[mention.end :][:_NEAR]
        near = f" {match_key(around)} "
        far = self._section_key()
        support = 0.0
        for cue in cues:
            sign, word = (-1.0, cue[1:]) if cue.startswith("-") else (1.0, cue)
            key = f" {match_key(word)} "
            if key in near:
                support += 2 * sign
            elif key in far:
                support += sign
        return support

    def _section_key(self) -> str:
        if self._key is None:
            self._key = f" {match_key(self._text)} "
        return self._key
