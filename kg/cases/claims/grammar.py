"""The triggers of claims: words that state a predicate, with the voice they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from kg.errors import TermsError
from kg.terms.tables import rows, split

Sign = Literal["increases", "decreases"] | None
Voice = Literal["active", "passive", "patients", "both", "participle", "naming", "named", "linking"]

_FOLDER = Path(__file__).parent
_KINDS = {
    "T": ("Therapy",),
    "M": ("Marker",),
    "O": ("Outcome", "Harm"),
    "G": ("Outcome",),
    "H": ("Harm",),
    "C": ("Condition",),
}
"""The letters of ``triggers.tsv``; an outcome that harms (:func:`cue` ``harm``) is a ``Harm``."""
_BE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|gets|got)(?:\s+\w+ly|\s+not|\s+also)*\s*$"
)
_BY = re.compile(r"\s+(?:\w+ly\s+)?(?:by|with|through)\b")
_FINITE = re.compile(
    r"\b(?:to|can|could|may|might|will|would|shall|should|must|not|do|does|did|also|help|helps)"
    r"(?:\s+\w+ly)?\s*$"
)
_NOUN_BEFORE = re.compile(
    r"\b(?:a|an|the|of|by|with|in|to|from|for|on|no|this|their|its|significant|marked|further|any"
    r"|higher|showed|shows|show|due|common|main|leading|major|possible)\s*$"
)
_ING = re.compile(r"\w{3}ing\s*$")
_TO = re.compile(r"\bto(?:\s+\w+ly)?\s*$")
_PLURAL = re.compile(r"\b(?!this|has|its|was)\w{3,}[^su\W]s\s*$", re.IGNORECASE)
_BESIDES = re.compile(r",\s*(?:(?:thereby|thus|hence|and|further)\s+)?(?:\w+ly\s+)?$")
_NOUN_AFTER = re.compile(r"\s+(?:in|of|for)\b")
_NOUNS = frozenset(
    {"increase", "decrease", "delay", "block", "trigger", "cause", "boost", "lower", "promote"}
)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate of the closed set, as ``predicates.tsv`` defines it."""

    name: str
    sign: Sign
    definition: str
    biolink: str
    relation_ontology: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of ``triggers.tsv``: words, voice, and the kinds of its subject and object."""

    predicate: Predicate
    kind: str
    words: str
    subject: frozenset[str]
    object: frozenset[str]
    aspect: str | None


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger found in a text, at ``[start, end)`` of it.

    ``otherwise`` are the shorter ones that it lies over, to be read where it has no arguments.
    """

    start: int
    end: int
    voice: Voice
    rules: tuple[Rule, ...]
    otherwise: tuple[Trigger, ...] = ()


@cache
def predicates() -> dict[str, Predicate]:
    """Return the closed set of predicates by name."""
    return {
        name: Predicate(name, cast(Sign, sign or None), definition, biolink, ontology or None)
        for name, sign, definition, biolink, ontology in rows(_FOLDER / "predicates.tsv", 5)
    }


@cache
def cue(name: str) -> re.Pattern[str]:
    """Return the pattern of a class of ``cues.tsv``: whole words, any case."""
    found = [words for kind, words in rows(_FOLDER / "cues.tsv", 2) if kind == name]
    found.sort(key=len, reverse=True)
    union = "|".join(found).replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{union})(?!\w)", re.IGNORECASE)


def _ends_with(name: str, words: str) -> bool:
    """Tell whether words end with a cue of a class."""
    tail = words[-60:].rstrip()
    return any(match.end() == len(tail) for match in cue(name).finditer(tail))


@dataclass(frozen=True, slots=True)
class _Words:
    """Rules with the same words; a text without any of the stems does not hold them."""

    pattern: re.Pattern[str]
    stems: tuple[str, ...]
    rules: tuple[Rule, ...]


@cache
def _rules() -> tuple[_Words, ...]:
    """Return the rules, those with the same words together, in order of the file."""
    grouped: dict[tuple[str, str, str], list[Rule]] = {}
    for name, kind, words, subject, target, aspect, stems in rows(_FOLDER / "triggers.tsv", 7):
        if name not in predicates() or kind not in ("verb", *get_args(Voice)):
            raise TermsError(
                f"an unknown predicate or kind: {name} {kind}", where=str(_FOLDER / "triggers.tsv")
            )
        rule = Rule(
            predicates()[name], kind, words, _kinds(subject), _kinds(target), aspect or None
        )
        grouped.setdefault((kind, words, stems), []).append(rule)
    out = []
    for (kind, words, stems), group in grouped.items():
        pattern = _forms(words) if kind == "verb" else words
        before = "" if words.startswith("-") else r"(?<![\w-])"
        whole = rf"{before}(?:{pattern})(?![\w-])".replace(" ", r"\s+")
        letters = (words.split()[0].rstrip("ey"),) if kind == "verb" else split(stems)
        out.append(_Words(re.compile(whole, re.IGNORECASE), letters, tuple(group)))
    return tuple(out)


@cache
def _by_stem() -> dict[str, tuple[int, ...]]:
    """Return the places of the rules of each stem among :func:`_rules`."""
    places: dict[str, list[int]] = {}
    for place, words in enumerate(_rules()):
        for stem in words.stems:
            places.setdefault(stem, []).append(place)
    return {stem: tuple(found) for stem, found in places.items()}


def _tried(lowered: str) -> Iterator[_Words]:
    """Yield the rules of which a text in lower case holds a stem, in order of the file."""
    places = {place for stem, found in _by_stem().items() if stem in lowered for place in found}
    rules = _rules()
    yield from (rules[place] for place in sorted(places))


def _kinds(letters: str) -> frozenset[str]:
    return frozenset(kind for letter in letters for kind in _KINDS[letter])


def _forms(verb: str) -> str:
    """Return a pattern of the finite and participle forms of a verb.

    Examples
    --------
    >>> [bool(re.fullmatch(_forms("amplify"), word)) for word in ("amplifies", "amplified")]
    [True, True]
    >>> bool(re.fullmatch(_forms("predispose to"), "predisposes to"))
    True
    """
    head, _, tail = verb.partition(" ")
    if head.endswith("e"):
        forms = rf"{head}(?:s|d)?|{head[:-1]}ing"
    elif head.endswith("y") and head[-2] not in "aeiou":
        forms = rf"{head[:-1]}(?:y|ies|ied|ying)"
    elif head.endswith(("s", "x", "ch", "sh")):
        forms = rf"{head}(?:es|ed|ing)?"
    else:
        forms = rf"{head}(?:s|ed|ing)?"
    return f"(?:{forms}) {tail}" if tail else forms


def triggers(text: str) -> list[Trigger]:
    """Return the triggers of a text, in order; where two overlap, the longer.

    Examples
    --------
    >>> [(t.voice, t.rules[0].predicate.name) for t in triggers("A is enhanced by B and reduces C")]
    [('passive', 'enhances'), ('active', 'reduces')]
    >>> triggers("a reduced dose of A")
    []
    """
    found: list[Trigger] = []
    for words in _tried(text.lower()):
        read = _verb if words.rules[0].kind == "verb" else _fixed
        for match in words.pattern.finditer(text):
            trigger = read(text, match, words.rules)
            if trigger is not None:
                found.append(trigger)
    found.sort(key=lambda trigger: (trigger.start - trigger.end, trigger.start))
    return sorted(_longest(found), key=lambda trigger: trigger.start)


def _longest(found: list[Trigger]) -> Iterator[Trigger]:
    """Yield of triggers, the longest first, those that no longer one lies over."""
    taken: list[list[Trigger]] = []
    for trigger in found:
        clash = [g for g in taken if trigger.start < g[0].end and g[0].start < trigger.end]
        if clash:
            clash[0].append(trigger)
        else:
            taken.append([trigger])
    for first, *rest in taken:
        yield replace(first, otherwise=tuple(rest))


def _fixed(text: str, match: re.Match[str], group: tuple[Rule, ...]) -> Trigger | None:
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    return Trigger(start, match.end(), cast(Voice, group[0].kind), group)


def _verb(text: str, match: re.Match[str], group: tuple[Rule, ...]) -> Trigger | None:
    """Tell the voice of a verb form; null where it is a noun, an adjective or has no agent."""
    start, end = match.span()
    head = match.group().split()[0].lower()
    before, after = text[:start], text[end:]
    if head.endswith("ing"):
        return Trigger(start, end, "participle", group) if _BESIDES.search(before) else None
    if head.endswith("ed"):
        by = _BY.match(after)
        if by is not None:
            return Trigger(start, end + by.end(), "passive", group)
        described = _BE.search(before) or _NOUN_BEFORE.search(before) or _ING.search(before)
        return None if described else Trigger(start, end, "active", group)
    finite = _is_finite(head, group[0].words.split()[0], before, after)
    return Trigger(start, end, "active", group) if finite else None


def _is_finite(head: str, base: str, before: str, after: str) -> bool:
    """Tell whether a form is a verb that states something: no noun, and no aim ("to reduce")."""
    to = _TO.search(before) is not None
    if to and not _ends_with("fact", before):
        return False
    noun = base in _NOUNS and (head == base or _NOUN_AFTER.match(after) is not None)
    if noun and not _FINITE.search(before) and not _PLURAL.search(before):
        return False
    return to or not _NOUN_BEFORE.search(before)
