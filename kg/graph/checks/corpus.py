"""Checks of the whole corpus, on an index and not on any report's graph.

An :class:`Entry` holds what is needed of one report, so that thousands fit in memory. Reports are
compared within blocks that share an id, a title, or a patient's sex, age and diagnosis, never each
with each.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg.graph.checks.model import Problem, Severity
from kg.graph.types import Graph, Node, edges, node, nodes

_ENOUGH_SHARED = 0.5
"""Share of the therapies of two patients that must be the same to suspect one person."""
_FEWEST_THERAPIES = 2


@dataclass(frozen=True, slots=True)
class Person:
    """A patient as far as one may be recognised in two reports."""

    id: str
    sex: str | None
    age_years: float | None
    diagnoses: frozenset[str]
    therapies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as the index of the corpus holds it."""

    id: str
    title: str | None
    authors: frozenset[str]
    """All words of their names; order and initials differ from source to source."""
    article_type: str
    works: frozenset[str]
    """Ids of the work it is, its doi, pmid and pmcid among them."""
    preprint_of: frozenset[str]
    patients: tuple[Person, ...]


def entry(graph: Graph) -> Entry:
    """Return what the index holds of a report, from its graph."""
    report = node(graph, graph.graph["report"])
    works: set[str] = {report.id}
    later: set[str] = set()
    for edge in edges(graph):
        if edge.type == "SAME_AS" and node(graph, edge.start).id == report.id:
            works.add(node(graph, edge.end).id)
        elif edge.type == "IS_PREPRINT_OF":
            later.add(node(graph, edge.end).id)
    authors = report.properties.get("authors")
    return Entry(
        id=report.id,
        title=report.text("title"),
        authors=_words(authors if isinstance(authors, list) else ()),
        article_type=report.text("article_type") or "other",
        works=frozenset(works),
        preprint_of=frozenset(later),
        patients=tuple(_persons(graph)),
    )


def _persons(graph: Graph) -> Iterator[Person]:
    concept = {edge.start: edge.end for edge in edges(graph) if edge.type == "OF"}
    had: dict[str, list[Node]] = defaultdict(list)
    for edge in edges(graph):
        if edge.type == "HAD":
            had[edge.start].append(node(graph, edge.end))
    for patient in nodes(graph):
        if patient.labels == ("Patient",):
            of = {label: _concepts(had[patient.key], label, concept) for label in _SEEN}
            yield Person(
                patient.id,
                patient.text("sex"),
                patient.number("age_years"),
                of["Diagnosis"],
                of["Exposure"],
            )


_SEEN = ("Diagnosis", "Exposure")


def _concepts(events: list[Node], label: str, concept: dict[str, str]) -> frozenset[str]:
    return frozenset(concept[e.key] for e in events if label in e.labels and e.key in concept)


@dataclass(frozen=True, slots=True)
class CorpusCheck:
    """A check of the corpus; fields as in :class:`kg.graph.checks.Check`."""

    code: str
    severity: Severity
    title: str
    explanation: str
    remedy: str
    finder: Callable[[CorpusCheck, tuple[Entry, ...]], Iterator[Problem]]

    def find(self, entries: tuple[Entry, ...]) -> Iterator[Problem]:
        """Yield what the check finds among the reports of a corpus."""
        return self.finder(self, entries)

    def about(self, one: str, message: str) -> Problem:
        """Return a problem about a report or patient."""
        return Problem(self.code, self.severity, message, one)


def run(entries: Iterable[Entry]) -> tuple[Problem, ...]:
    """Return what the checks find among the reports of a corpus, in any order of theirs.

    Examples
    --------
    >>> run([])
    ()
    """
    ordered = tuple(sorted(entries, key=lambda one: one.id))
    return tuple(problem for check in CORPUS_CHECKS for problem in check.find(ordered))


def _one_work_twice(check: CorpusCheck, entries: tuple[Entry, ...]) -> Iterator[Problem]:
    by_work = _blocks(entries, lambda one: one.works)
    by_title = _blocks(entries, lambda one: _titles(one, preprints=False))
    for one, other in _pairs((*by_work, *by_title)):
        if one.works & other.works:
            shared = ", ".join(sorted(one.works & other.works))
            yield check.about(other.id, f"{one.id} and {other.id} are both {shared}")
        elif one.authors & other.authors or not (one.authors and other.authors):
            yield check.about(other.id, f"{one.id} and {other.id} have one title: {one.title}")


def _preprint_and_paper(check: CorpusCheck, entries: tuple[Entry, ...]) -> Iterator[Problem]:
    related = _blocks(entries, lambda one: one.works | one.preprint_of)
    by_title = _blocks(entries, lambda one: _titles(one, preprints=True))
    for one, other in _pairs((*related, *by_title)):
        early = next((e for e in (one, other) if e.article_type == "preprint"), None)
        stated = one.works & other.preprint_of or other.works & one.preprint_of
        if stated or (early and {one.article_type, other.article_type} != {"preprint"}):
            yield check.about(other.id, f"{one.id} and {other.id} are a preprint and its paper")


def _same_patient(check: CorpusCheck, entries: tuple[Entry, ...]) -> Iterator[Problem]:
    told: dict[tuple[str, float, str], list[tuple[Entry, Person]]] = defaultdict(list)
    for one in entries:
        for person in one.patients:
            if person.sex is not None and person.age_years is not None:
                for diagnosis in person.diagnoses:
                    told[person.sex, person.age_years, diagnosis].append((one, person))
    seen: set[tuple[str, str]] = set()
    for (sex, age, diagnosis), block in sorted(told.items()):
        for (one, first), (other, second) in combinations(block, 2):
            pair = first.id, second.id
            if one.id != other.id and pair not in seen and _alike(one, first, other, second):
                seen.add(pair)
                message = (
                    f"{first.id} and {second.id} may be one person: {sex}, {age:g} years, "
                    f"{diagnosis}, the same therapies and a common author"
                )
                yield check.about(second.id, message)


def _alike(one: Entry, first: Person, other: Entry, second: Person) -> bool:
    either, both = first.therapies | second.therapies, first.therapies & second.therapies
    enough = len(both) >= _FEWEST_THERAPIES and len(both) >= _ENOUGH_SHARED * len(either)
    return enough and bool(one.authors & other.authors)


def _blocks(
    entries: tuple[Entry, ...], keys: Callable[[Entry], Iterable[str]]
) -> Iterator[list[Entry]]:
    blocks: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        for key in keys(one):
            blocks[key].append(one)
    return (block for block in blocks.values() if len(block) > 1)


def _pairs(blocks: Iterable[list[Entry]]) -> Iterator[tuple[Entry, Entry]]:
    """Yield each pair of different reports that share a block, once, in order of their ids."""
    pairs = {(a.id, b.id): (a, b) for block in blocks for a, b in combinations(block, 2)}
    return (pairs[ids] for ids in sorted(pairs) if ids[0] != ids[1])


def _titles(one: Entry, *, preprints: bool) -> tuple[str, ...]:
    """Return the title in a form in which spellings meet; of a preprint only where wanted."""
    if one.title is None or (one.article_type == "preprint" and not preprints):
        return ()
    key = re.sub(r"\W+", " ", one.title.casefold()).strip()
    return (key,) if len(key.split()) >= 5 else ()


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in re.findall(r"\w{2,}", name.casefold()))


_FINDERS = {
    "work-twice": _one_work_twice,
    "preprint-and-paper": _preprint_and_paper,
    "same-patient": _same_patient,
}


def _load() -> tuple[CorpusCheck, ...]:
    path = Path(__file__).with_name("corpus.toml")
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(CorpusCheck(code=c, finder=_FINDERS[c], **entries[c]) for c in _FINDERS)


CORPUS_CHECKS: tuple[CorpusCheck, ...] = _load()
"""All checks of the whole corpus."""
