"""The patients of a report, and which of them each sentence is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.cases.persons import (
    LABEL,
    SEXES,
    Person,
    Sex,
    introductions,
    label_number,
    label_of,
    labels_opening,
)

_NO_PATIENT = frozenset(
    {"review", "research", "correction", "retraction", "expression_of_concern", "editorial"}
)
_PERSONS = ("patient_noun", "pronoun", "opening", "female", "male")
_PRONOUN_SEX: dict[str, Sex] = {
    **dict.fromkeys(("she", "her", "herself"), "female"),
    **dict.fromkeys(("he", "his", "him", "himself"), "male"),
}
_ALL = re.compile(
    r"\b(?:both|all(?:\s+(?:the|our|of\s+the))?(?:\s+\w+)?|these\s+(?:two|three)?)\s*(?:patients|cases)\b",
    re.IGNORECASE,
)
_TRIAL = re.compile(
    r"\b(?:NCT\d{8}|ChiCTR[-\w]*?\d{8,10}|ISRCTN\d{8}|UMIN\d{9}|ACTRN\d{14}|DRKS\d{8}"
    r"|CTRI/\d{4}/\d+/\d+|JapicCTI-\d+|jRCTs?\d+|(?<=EudraCT\s)\d{4}-\d{6}-\d{2}"
    r"|\d{4}-\d{6}-\d{2})\b"
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The patients of a report, and for each sentence those it tells of (indices)."""

    persons: tuple[Person, ...]
    owners: tuple[tuple[int, ...], ...]


@dataclass(slots=True)
class _Scene:
    """One telling: its persons in order of appearance, and the owner of each sentence."""

    persons: list[Person] = field(default_factory=list)
    owner: dict[int, int] = field(default_factory=dict)


def find(view: Passages, told: Sequence[Telling | None]) -> Cast:
    """Return the patients of a report.

    Parameters
    ----------
    view
        The report, sentence by sentence.
    told
        The telling of each sentence, of :func:`kg.cases.narration.tellings`.

    Notes
    -----
    Reviews, studies, corrections and reports of animals yield no patient, unless they have a
    case section. A relative or donor is one only
    where the report tells their own case.
    """
    nobody = Cast((), tuple(() for _ in view.all))
    has_case = any(p.kind == "case" for p in view.all)
    if view.document.meta.article_type in _NO_PATIENT and not has_case:
        return nobody
    scenes = {name: _scene(view, told, name) for name in ("case", "abstract", "discussion")}
    main = next((s for s in scenes.values() if s.persons), None)
    if main is None:
        main = _unaged(view, told, has_case)
        if main is None:
            return nobody
        scenes["case"] = main
    for scene in scenes.values():
        if scene is not main:
            _join(main, scene)
    _complete_from_title(view, main.persons)
    owners = _owners(view, told, scenes, main)
    for index, person in enumerate(main.persons):
        _sex_from_pronouns(view, person, [s for s, who in enumerate(owners) if who == (index,)])
    _enrol(view, main.persons, owners)
    return Cast(tuple(main.persons), owners)


def _scene(view: Passages, told: Sequence[Telling | None], name: str) -> _Scene:
    """Return the persons of one telling, by numbered headings or else by introductions."""
    scene = _Scene()
    current: int | None = None
    section = -1
    for passage in view.all:
        if told[passage.index] != name:
            continue
        if passage.section != section:
            section = passage.section
            label = label_of(passage.heading)
            if label and name != "discussion":
                current = _labelled(scene, label)
        if name != "discussion":
            for label in labels_opening(passage):
                current = _labelled(scene, label)
        for person, introduced in introductions(view, passage):
            current = _place(scene, current, person, introduced)
        if current is not None:
            scene.owner[passage.index] = current
    _drop_empty(scene)
    return scene


def _labelled(scene: _Scene, label: str) -> int:
    for index, person in enumerate(scene.persons):
        if person.label == label:
            return index
    if len(scene.persons) == 1 and scene.persons[0].label is None and label == "1":
        scene.persons[0].label = label
        return 0
    scene.persons.append(Person(label=label))
    return len(scene.persons) - 1


def _place(scene: _Scene, current: int | None, person: Person, introduced: bool) -> int:
    """Return the index of the person in the scene, new or known."""
    if current is not None and _takes(scene.persons[current], person):
        return current
    for index, known in enumerate(scene.persons):
        if known.label is None and known.age_years is not None and known.fits(person):
            return index
    if current is not None and not introduced:
        return current
    labelled = current is not None and scene.persons[current].label is not None
    if labelled and current is not None:
        # A numbered case has one patient; a second person in it is somebody else.
        return current
    scene.persons.append(person)
    return len(scene.persons) - 1


def _takes(known: Person, person: Person) -> bool:
    """Fill what is unknown of a person from an introduction that fits, and tell whether it did."""
    if not known.fits(person):
        return False
    if known.age_years is None:
        known.age_years, known.age_text = person.age_years, person.age_text
    known.sex = known.sex or person.sex
    known.evidence.extend(person.evidence)
    return True


def _drop_empty(scene: _Scene) -> None:
    """Leave out numbered cases that no sentence tells."""
    told = set(scene.owner.values())
    keep = [index for index in range(len(scene.persons)) if index in told]
    scene.owner = {s: keep.index(p) for s, p in scene.owner.items()}
    scene.persons = [scene.persons[index] for index in keep]


def _unaged(view: Passages, told: Sequence[Telling | None], has_case: bool) -> _Scene | None:
    """Return a scene of one patient without an age, where the report tells of one at all."""
    passages = [p for p in view.all if told[p.index] is not None]
    named = [p for p in passages if p.has(*_PERSONS)]
    case_report = view.document.meta.article_type == "case_report"
    if not named or not (has_case or case_report or any(p.has("opening") for p in passages)):
        return None
    first = next(c for p in named for c in p.find(*_PERSONS))
    sentence = next(p for p in named if p.start <= first.start < p.end)
    if any(p.has("animal") for p in passages[:3]):
        return None
    person = Person(evidence=[view.evidence(first.start, first.end, sentence.index)])
    noun = sentence.find("female", "male")
    person.sex = SEXES[noun[0].name] if noun else None
    return _Scene([person], {p.index: 0 for p in passages})


def _join(main: _Scene, scene: _Scene) -> None:
    """Map the persons of a second telling onto those of the main one."""
    mapping: dict[int, int] = {}
    for index, person in enumerate(scene.persons):
        fitting = [n for n, known in enumerate(main.persons) if known.fits(person)]
        if not fitting and len(main.persons) == len(scene.persons):
            fitting = [index]
        if fitting and fitting[0] is not None:
            best = index if index in fitting else fitting[0]
            mapping[index] = best
            _takes(main.persons[best], person)
    scene.owner = {s: mapping[p] for s, p in scene.owner.items() if p in mapping}


def _complete_from_title(view: Passages, persons: Sequence[Person]) -> None:
    if len(persons) != 1 or persons[0].age_years is not None:
        return
    for passage in view.all:
        if passage.kind == "title":
            for person, _ in introductions(view, passage):
                _takes(persons[0], person)


def _owners(
    view: Passages,
    told: Sequence[Telling | None],
    scenes: dict[str, _Scene],
    main: _Scene,
) -> tuple[tuple[int, ...], ...]:
    """Return the owners of each sentence: none where several patients leave it open."""
    count = len(main.persons)
    labels = {p.label: index for index, p in enumerate(main.persons) if p.label}
    owners: list[tuple[int, ...]] = []
    for passage in view.all:
        telling = told[passage.index]
        if telling is None:
            owners.append(())
        elif count == 1:
            owners.append((0,))
        elif _ALL.search(passage.text):
            owners.append(tuple(range(count)))
        else:
            named = [labels[n] for n in _named(passage) if n in labels]
            known = scenes[telling].owner.get(passage.index)
            owners.append(tuple(sorted(set(named))) or (() if known is None else (known,)))
    return tuple(owners)


def _named(passage: Passage) -> Iterator[str]:
    for match in LABEL.finditer(passage.text):
        yield label_number(match)


def _sex_from_pronouns(view: Passages, person: Person, sentences: Iterable[int]) -> None:
    """Take the sex from most of the pronouns where no noun has told it."""
    if person.sex is not None:
        return
    cues = [
        (cue, index)
        for index in sentences
        for cue in view.all[index].find("pronoun", "female", "male")
        if cue.name in SEXES or cue.text.lower() in _PRONOUN_SEX
    ]
    votes = Counter(SEXES.get(c.name) or _PRONOUN_SEX[c.text.lower()] for c, _ in cues)
    if not votes or (len(votes) == 2 and len(set(votes.values())) == 1):
        return
    person.sex = votes.most_common(1)[0][0]
    for cue, index in cues:
        if (SEXES.get(cue.name) or _PRONOUN_SEX[cue.text.lower()]) == person.sex:
            person.evidence.append(view.evidence(cue.start, cue.end, index))
            return


def _enrol(view: Passages, persons: Sequence[Person], owners: Sequence[tuple[int, ...]]) -> None:
    """Note the trials whose registry ids stand in a patient's sentences."""
    for passage in view.all:
        for match in _TRIAL.finditer(passage.text) if owners[passage.index] else ():
            for index in owners[passage.index]:
                if match.group() not in persons[index].trials:
                    persons[index].trials.append(match.group())
