"""Whether a sentence tells of the patient: section and tense as priors.

A discussion says what interferon does, a case section what the patient got. Whether a therapy was
given, declined or planned is said only by a sentence that tells of the patient. In a section that
narrates (case, abstract, results) that is any sentence but a general statement in the present
tense; elsewhere it must name the patient or the case, and stand in the past.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from kg.errors import TermsError
from kg.nlp.assertion.cues import Cue
from kg.nlp.carrier import Findings, MentionDraft

NARRATING = frozenset({"case", "abstract", "results", "legend", "table", "title"})
"""Sections whose sentences are taken to tell of the patient unless they speak generally."""

_RANGE = re.compile(r"[^.;()]{1,25}\((?:normal|reference|ref\b)")
"""A value with its reference range: "norepinephrine 468 μg (normal range: 23-105)"."""
_IRREGULAR = frozenset({"given", "taken", "done", "put", "begun", "undertaken"})
_LISTS = (
    "verbs",
    "person",
    "told",
    "past",
    "present",
    "procedures",
    "results",
    "substances",
    "levels",
    "general",
)


@dataclass(frozen=True, slots=True)
class Priors:
    """The word lists of ``priors.tsv``."""

    verbs: frozenset[str]
    person: frozenset[str]
    told: frozenset[str]
    past: frozenset[str]
    present: frozenset[str]
    procedures: frozenset[str]
    results: frozenset[str]
    substances: frozenset[str]
    levels: frozenset[str]
    general: frozenset[str]

    def scope_kind(self, mention: MentionDraft, head: str) -> str:
        """Return the kind that rules know a mention by: a procedure among markers is a Test.

        ``head`` is its last word: "CD123 expression" is what a procedure finds. A given mention is
        what its giver says.
        """
        found = head in self.results and mention.source != "given"
        done = mention.label.lower() in self.procedures and not found
        return "Test" if mention.kind == "Marker" and done else mention.kind

    def is_level(
        self, mention: MentionDraft, cue: Cue | None, words: Sequence[str], text: str
    ) -> bool:
        """Tell whether a therapy found is a substance of the body whose level is told."""
        if mention.kind != "Therapy" or mention.source == "given":
            return False
        measured = cue is not None and cue.rule.category == "measured"
        measured = measured or _RANGE.match(text, mention.end) is not None
        return measured and " ".join(words) in self.levels

    def unsaid(self, mention: MentionDraft, cue: Cue | None) -> bool:
        """Tell whether a substance is taken as given with no word that says so."""
        return mention.realisation == "given" and mention.label in self.substances and cue is None

    def of_patient(self, doc: Doc, words: Sequence[str], start: int, end: int) -> bool:
        """Tell whether the sentence ``[start, end)`` tells of the report's patient."""
        findings: Findings = doc._.findings
        named = any(words[at] in self.person for at in range(start, end))
        past = any(words[at] in self.past for at in range(start, end))
        if narrates(findings):
            past = past or self._perfect(words, start, end)
            return named or past or not any(w in self.present for w in words[start:end])
        sentence = f" {' '.join(words[start:end])} "
        named = named or any(f" {phrase} " in sentence for phrase in self.told)
        return named and (past or _participle(words, start, end))

    def _perfect(self, words: Sequence[str], start: int, end: int) -> bool:
        """Tell whether the perfect tells what was done: "chemotherapy has been given"."""
        return any(
            words[at] == "has" and words[at + 1] == "been" and self._told(*words[at + 2 : at + 4])
            for at in range(start, end - 3)
        )

    def _told(self, word: str, following: str) -> bool:
        """Tell whether the word behind "has been" says what was done, and not what is known."""
        if word == "no":
            return following not in self.general
        return (word.endswith("ed") or word in _IRREGULAR) and word not in self.general


def narrates(findings: Findings) -> bool:
    """Tell whether a section is of those that tell of the patient."""
    sections = findings.document.sections
    return findings.section >= 0 and sections[findings.section].kind in NARRATING


def _participle(words: Sequence[str], start: int, end: int) -> bool:
    """Tell whether a word in -ed stands alone, not as the end of a compound ("cell-derived")."""
    return any(
        words[at].endswith("ed") and words[at - 1 if at > start else at] != "-"
        for at in range(start, end)
    )


def load_priors(path: Path) -> Priors:
    """Read the word lists.

    Raises
    ------
    TermsError
        When a list is missing.
    """
    lists: dict[str, frozenset[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, words = line.partition("\t")
            lists[name] = frozenset(words.split("|"))
    try:
        return Priors(**{name: lists[name] for name in _LISTS})
    except KeyError as error:
        raise TermsError(
            f"the list {error.args[0]!r} is missing",
            where=path.name,
            hint="write the name, a tab and words joined by |",
        ) from error
