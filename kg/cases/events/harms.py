"""Harms of therapies: which therapy the words put behind a condition, and how they say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from weakref import WeakKeyDictionary

from kg.cases.events.exposures import realisation_of
from kg.cases.events.harm_frames import FrameKind, Place, PlaceKind, framed
from kg.cases.events.lab_harms import lab_harm
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import pattern_of, table
from kg.nlp.model import Mention

ADVERSE_NAMES = frozenset({"adverse event", "adverse reaction", "drug toxicity"})
_NO_HARMS = frozenset({"neoplasm", "tumour", "cancer", "metastasis", "mass", "lesion", "pregnancy"})
"""What arises after a therapy and is not its doing: the disease itself, and a pregnancy."""
_GROWTH = re.compile(
    r"(?:leuka?emia|lymphoma|carcinoma|sarcoma|myeloma|melanoma|blastoma|metastas[ie]s)$",
    re.IGNORECASE,
)
_OF_THERAPY = re.compile(r"\b(?:secondary|(?:therapy|treatment|radiation)[\s-]\w+)", re.IGNORECASE)
_ENDINGS = re.compile(r"^(?:\w+\s+)?(?:withdrawal|discontinuation|cessation)$", re.IGNORECASE)
_ALLERGY = re.compile(r"^(?:\w+\s+)?allerg(?:y|ies|ic)$", re.IGNORECASE)
_FAR = re.compile(
    r"\b(?:months?|years?|decades?)\W+(?:after|following|post|later)\b", re.IGNORECASE
)
_GOING_ON = re.compile(
    r"\b(?:start|initiat|begin|began|commenc|introduc|while|during|on|receiving|taking|under|since"
    r"|radio|irradiat|radiation|transplant)",
    re.IGNORECASE,
)
_PERSONS = (
    r"(?:patients?|wom[ae]n|m[ae]n|child(?:ren)?|boys?|girls?|infants?|adults?|adolescents?|males?"
    r"|females?|individuals?)"
)
_HAS = re.compile(
    rf"\b(?:{_PERSONS}\s+(?:with|suffering from)"
    r"|for(?:\s+the)?(?:\s+(?:treatment|management|control)\s+of)?|history of"
    r"|(?:treatment|management|remission|resolution|improvement|regression|disappearance|relief"
    r"|control|cure|response|healing|recovery|clearance)\s+(?:of|in|from)(?:\s+the)?"
    r"|(?:treat\w+|receiv\w+|prescribed|given|taking|started)\b[^.;:,]{1,60}\bbecause\s+of)"
    r"\s+(?:(?!and\b|the\b)[\w\-]+\s+){0,3}$",
    re.IGNORECASE,
)
_DESPITE = re.compile(
    r"\b(?:despite|in spite of|notwithstanding|regardless of|refractory to|resistant to)\b"
    r"[^,;.]*$",
    re.IGNORECASE,
)
_PERSON = re.compile(rf"\s+{_PERSONS}\b", re.IGNORECASE)
_NEAR = 80
_STRENGTH: tuple[FrameKind, ...] = ("cause", "rechallenge", "dechallenge", "stop", "time", "called")


@dataclass(frozen=True, slots=True)
class Harm:
    """What is said of a condition as a harm: how, by which therapies, and where."""

    kind: FrameKind
    therapies: tuple[int, ...]
    start: int
    end: int
    sentence: int


_KNOWN: WeakKeyDictionary[Passages, dict[int, dict[int, tuple[Harm, ...]]]] = WeakKeyDictionary()
"""What was read of each sentence, while its annotation is at work."""


def harms_of(view: Passages, passage: Passage, index: int) -> tuple[Harm, ...]:
    """Return what the sentence says of a condition mention as a harm, the surest first."""
    sentences = _KNOWN.setdefault(view, {})
    if passage.index not in sentences:
        sentences[passage.index] = _read(view, passage)
    return sentences[passage.index].get(index, ())


def _read(view: Passages, passage: Passage) -> dict[int, tuple[Harm, ...]]:
    found: dict[int, list[Harm]] = {}
    called = {i for i in view.mentions_in[passage.index] if _is_called(view.mentions[i])}
    had = {i for i in view.mentions_in[passage.index] if had_before(passage, view.mentions[i])}
    for places in _layouts(view, passage, had, called):
        for frame in framed(passage.text, places):
            far = _FAR.search(frame.text) and not _GOING_ON.search(frame.text)
            if (frame.kind == "time" and far) or _in_spite(view, passage, frame.therapies):
                continue
            start, end = passage.start + frame.start, passage.start + frame.end
            harm = Harm(frame.kind, frame.therapies, start, end, passage.index)
            for index in frame.harms:
                there = frame.kind == "cause" or _was_there(view.mentions[index])
                if there and not (frame.kind == "time" and index in had):
                    found.setdefault(index, []).append(harm)
    for index, harm in _told_after(view, passage, had):
        found.setdefault(index, []).append(harm)
    return {
        index: tuple(sorted(dict.fromkeys(harms), key=lambda harm: _STRENGTH.index(harm.kind)))
        for index, harms in found.items()
    }


def _in_spite(view: Passages, passage: Passage, therapies: tuple[int, ...]) -> bool:
    """Whether the therapies are what did not help: "despite antibiotics, she worsened"."""
    if not therapies:
        return False
    return bool(_DESPITE.search(passage.text[: view.mentions[therapies[0]].start - passage.start]))


def _told_after(view: Passages, passage: Passage, had: set[int]) -> Iterator[tuple[int, Harm]]:
    """Yield the harms that the next sentence puts down: "She had a rash. Gold was stopped."

    A condition of its own would be what the next sentence speaks of.
    """
    if passage.index + 1 >= len(view.all):
        return
    sequel = view.all[passage.index + 1]
    if sequel.section != passage.section:
        return
    # A therapy "considered the cause" reads like one that was only considered.
    places = list(_places(view, sequel, set(), named=True))
    if any(place.kind != "therapy" for place in places):
        return
    frames = list(framed(sequel.text, places, "harm_sequels.tsv"))
    if not frames:
        return
    for place in _places(view, passage, set()):
        (index,) = place.mentions
        mention = view.mentions[index]
        if place.kind not in {"harm", "toxic"} or index in had or not _was_there(mention):
            continue
        arose = passage.before(mention.start, "arose", reach=_NEAR) is not None
        for frame in frames:
            if frame.kind == "cause" or (arose and _under_way(view, passage, frame.therapies)):
                start, end = sequel.start + frame.start, sequel.start + frame.end
                yield index, Harm(frame.kind, frame.therapies, start, end, sequel.index)


def _under_way(view: Passages, passage: Passage, therapies: tuple[int, ...]) -> bool:
    """Whether one of some therapies was told before a sentence: not what was given for it."""
    concepts = {view.mentions[i].concept for i in therapies}
    for mention in view.mentions:
        if mention.start >= passage.start:
            return False
        if mention.kind == "Therapy" and mention.concept in concepts:
            return True
    return False


def _layouts(
    view: Passages, passage: Passage, had: set[int], called: set[int]
) -> Iterator[list[Place]]:
    """Yield the ways to read a sentence.

    What the patient had before may have been caused ("a patient with hepatitis due to"), or only
    stands in the way of what was; words that call something a harm may name all that is told.
    """
    plain = list(_places(view, passage, called))
    yield [p for p in plain if p.mentions[0] not in called]
    if had:
        yield [
            replace(p, kind="disease") if p.mentions[0] in had else p
            for p in plain
            if p.mentions[0] not in called
        ]
    if called:
        yield [p for p in plain if p.kind == "therapy" or p.mentions[0] in called]


def _is_called(mention: Mention) -> bool:
    """Whether the words call something a harm and name none: "side effects", "toxicity"."""
    return mention.kind == "Condition" and mention.name in ADVERSE_NAMES


def _was_there(mention: Mention) -> bool:
    return mention.polarity == "affirmed" or mention.ended


def _places(
    view: Passages, passage: Passage, called: set[int], named: bool = False
) -> Iterator[Place]:
    """Yield what of a sentence is a harm, a therapy, or another disease.

    A therapy must have been given, unless ``named`` is true and any that is named will do.
    """
    last = passage.start
    for index in view.mentions_in[passage.index]:
        mention = view.mentions[index]
        changed = lab_harm(passage, mention)
        kind = "harm" if changed is not None else _kind_of(mention, named)
        if index in called:
            kind = "toxic"
        start, end = (changed or mention).start, (changed or mention).end
        if changed is not None and start < last <= mention.start:
            start = mention.start
        if kind is None or start < last or end > passage.end:
            continue
        last = end
        yield Place(kind, start - passage.start, end - passage.start, (index,))


def had_before(passage: Passage, mention: Mention) -> bool:
    """Whether a condition is one that the patient or the therapy had: "treated for epilepsy"."""
    if mention.kind != "Condition":
        return False
    before = passage.text[: mention.start - passage.start]
    after = passage.text[mention.end - passage.start :]
    return bool(_HAS.search(before) or _PERSON.match(after))


def _kind_of(mention: Mention, named: bool) -> PlaceKind | None:
    if mention.experiencer != "patient":
        return None
    if mention.kind == "Therapy":
        names = {(mention.name or "").lower(), mention.text.lower()}
        ends = not names.isdisjoint(_not_given()) or names_ending(mention.text)
        told = named or realisation_of(mention) == "given"
        return "therapy" if told and not ends else None
    if mention.kind != "Condition" or _names_none(mention):
        return None
    if is_no_harm(mention):
        return "disease"
    return "toxic" if _toxic().search(f"{mention.name} {mention.text}".lower()) else "harm"


def _names_none(mention: Mention) -> bool:
    """Whether the words name no harm: "side effects", "withdrawal", "allergic to penicillin"."""
    text = mention.text
    return bool(mention.name in ADVERSE_NAMES or names_ending(text) or _ALLERGY.match(text))


def names_ending(text: str) -> bool:
    """Whether words name the end of a therapy and no condition: "lithium withdrawal"."""
    return _ENDINGS.match(text) is not None


@cache
def _not_given() -> frozenset[str]:
    return frozenset(row[0] for row in table("not_therapies.tsv"))


@cache
def _toxic() -> re.Pattern[str]:
    return re.compile("|".join(pattern_of(row[0]) for row in table("toxic_words.tsv")))


def is_no_harm(mention: Mention) -> bool:
    """Whether a condition is the disease itself and no harm, unless its name says so."""
    growth = is_growth(mention.name or "", mention.ancestors)
    return growth and not _OF_THERAPY.search(mention.text)


def is_growth(name: str, above: Iterable[str]) -> bool:
    """Whether a condition is a tumour or its deposits (or a pregnancy), and no symptom or harm."""
    classed = not {name.lower(), *(parent.lower() for parent in above)}.isdisjoint(_NO_HARMS)
    return classed or _GROWTH.search(name) is not None


def complication_of(mention: Mention) -> tuple[str, ...] | None:
    """Return the classes of therapy that a complication belongs to, nearest first, if it is one."""
    for name in (mention.name or "", mention.text):
        lowered = name.lower()
        for pattern, classes in _complications():
            if pattern.search(lowered):
                return classes
    return None


@cache
def _complications() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple(
        (re.compile(rf"(?<!\w)(?:{pattern_of(cue.lower())})(?!\w)"), tuple(classes.split("|")))
        for cue, classes in table("complications.tsv")
    )
