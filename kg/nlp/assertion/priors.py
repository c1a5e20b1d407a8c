"""Whether a sentence tells of the patient: section and tense as priors.

A discussion says what interferon does, a case section what the patient got. A therapy counts as
given only in a sentence that tells of the patient: it names one ("the patient", "she"), or it
stands in a section that narrates and is not a general statement in the present tense.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from kg.errors import TermsError
from kg.nlp.carrier import Findings

NARRATING = frozenset({"case", "abstract", "results", "legend", "table", "title"})
"""Sections whose sentences are taken to tell of the patient unless they speak generally."""


@dataclass(frozen=True, slots=True)
class Priors:
    """Word lists (``priors.tsv``): finite verbs, persons, past and present auxiliaries."""

    verbs: frozenset[str]
    person: frozenset[str]
    past: frozenset[str]
    present: frozenset[str]

    def of_patient(self, doc: Doc, words: Sequence[str], start: int, end: int) -> bool:
        """Tell whether the sentence ``[start, end)`` tells of the report's patient."""
        findings: Findings = doc._.findings
        told = [words[at] for at in range(start, end)]
        if any(word in self.person for word in told):
            return True
        sections = findings.document.sections
        if findings.section < 0 or sections[findings.section].kind not in NARRATING:
            return False
        if any(word in self.past or word.endswith("ed") for word in told):
            return True
        return not any(word in self.present for word in told)


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
        return Priors(lists["verbs"], lists["person"], lists["past"], lists["present"])
    except KeyError as error:
        raise TermsError(
            f"the list {error.args[0]!r} is missing",
            where=path.name,
            hint="write the name, a tab and words joined by |",
        ) from error
