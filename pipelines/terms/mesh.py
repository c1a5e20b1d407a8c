"""MeSH: descriptors by their place in the tree, and supplementary drugs and diseases."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from kg.terms.lexicon import is_symbol
from kg.terms.model import ConceptKind
from kg.terms.tables import rows
from pipelines.terms.model import Term
from pipelines.terms.names import clean, is_plain_chemical
from pipelines.terms.sources import Resources

_TREES = Path(__file__).with_name("mesh_trees.tsv")
_DIAGNOSTIC = ("scopy", "scopies", "graphy", "metry", "biopsy", "test", "tests", "imaging")
_TREATING = ("ectomy", "ostomy", "plasty", "otomy", "therapy", "transplantation", "surgery")
_DRUG = ("drug", "chemical")
_STRUCTURE = ("D01", "D02", "D03", "D04", "D05", "D08", "D09", "D10", "D12.125", "D12.644", "D13")
"""Parts of the tree that order substances by their chemistry: no classes of medicine."""


class Trees:
    """Kind and label of a descriptor, from its tree numbers."""

    def __init__(self) -> None:
        self._rules = {row[0]: (row[1], row[2]) for row in rows(_TREES, 3)}

    def of(self, name: str, numbers: list[str]) -> tuple[ConceptKind, str] | None:
        """Return the kind and label that most of the tree numbers give; None to leave it out."""
        found = [rule for number in numbers if (rule := self._longest(number)) is not None]
        found = [rule for rule in found if rule[0] != "-"]
        if not found:
            return None
        lower = name.lower()
        if ("Marker", "procedure_test") in found and lower.endswith(_DIAGNOSTIC):
            kind, label = "Marker", "procedure_test"
        elif ("Therapy", "procedure") in found and lower.endswith(_TREATING):
            kind, label = "Therapy", "procedure"
        else:
            kind, label = min(found, key=lambda rule: (-found.count(rule), found.index(rule)))
        return cast(ConceptKind, kind), label

    def _longest(self, number: str) -> tuple[str, str] | None:
        while number:
            if number in self._rules:
                return self._rules[number]
            number = number.rpartition(".")[0] or (number[:1] if len(number) > 1 else "")
        return None


def descriptors(resources: Resources) -> dict[str, Term]:
    """Return the descriptors of the parts of the tree that ``mesh_trees.tsv`` takes."""
    trees = Trees()
    terms: dict[str, Term] = {}
    by_number: dict[str, str] = {}
    numbers: dict[str, list[str]] = {}
    for row in resources.rows("mesh_id_label_mappings.tsv"):
        identifier, heading, synonyms, tree = f"mesh:{row[0]}", row[1], row[2], row[3].split("|")
        rule = trees.of(heading, tree)
        if rule is None:
            continue
        name = clean(heading)
        names = [cleaned for part in synonyms.split("|") if (cleaned := clean(part))]
        if name is None and not names:
            continue
        term = Term(identifier, name or names[0], *rule, "mesh")
        _add(term, ([name] if name else []) + names)
        terms[identifier] = term
        numbers[identifier] = tree
        by_number.update((number, identifier) for number in tree)
    for identifier, term in terms.items():
        medical = (n for n in numbers[identifier] if not n.startswith(_STRUCTURE))
        above = (by_number.get(number.rpartition(".")[0]) for number in medical)
        parents = (p for p in above if p and p != identifier and terms[p].kind == term.kind)
        term.parents = list(dict.fromkeys(parents))
    return terms


def _add(term: Term, names: list[str]) -> None:
    for name in names:
        (term.weak if is_symbol(name) and len(name) < 4 else term.names).append(name)


def supplementary(resources: Resources, known: dict[str, Term]) -> dict[str, Term]:
    """Return the supplementary concepts mapped to a drug or disease, under plain names only."""
    terms: dict[str, Term] = {}
    for row in resources.rows("mesh_supp_id_label_mappings.tsv"):
        above = [f"mesh:{part}" for part in row[3].split(",") if f"mesh:{part}" in known]
        if not above or len(row[0]) < 7:
            continue
        first = known[above[0]]
        if first.kind == "Condition":
            label = "disease"
        elif first.kind == "Therapy" and first.label in _DRUG:
            label = "chemical"
        else:
            continue
        chemical = label == "chemical"
        candidates = [row[1], *row[2].split("|")]
        if chemical and not is_plain_chemical(row[1]):
            continue
        names = [cleaned for name in candidates if (cleaned := clean(name))]
        if chemical:
            names = [name for name in names if is_plain_chemical(name)]
        if not names or (chemical and not _is_drug_like(names[0])):
            continue
        above = [p for p in above if not chemical or known[p].label != "chemical"]
        above = [p for p in above if known[p].kind == first.kind]
        term = Term(f"mesh:{row[0]}", names[0], first.kind, label, "mesh", parents=above)
        _add(term, names)
        terms[term.id] = term
    return terms


def _is_drug_like(name: str) -> bool:
    """Tell whether a name is one word of letters: a drug rather than a compound described."""
    return name.isalpha() and len(name) >= 5
