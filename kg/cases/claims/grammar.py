"""The triggers of claims: words that state a predicate, with the voice they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from kg.errors import TermsError
from kg.terms.tables import rows, split

Sign = Literal["increases", "decreases"] | None
Voice = Literal["active", "passive", "patients", "both"]

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
    r"\b(?:to|can|could|may|might|will|would|shall|should|must|not|do|does|did|also|help|helps|\w+ly)"
    r"\s*$"
)
_NOUN_BEFORE = re.compile(
    r"\b(?:a|an|the|of|by|with|in|to|from|for|on|no|this|that|their|its|significant|marked|further|any"
    r"|higher|showed|shows|show|due|common|main|leading|major|possible)\s*$"
)
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
    """A trigger found in a text, at ``[start, end)`` of it."""

    start: int
    end: int
    voice: Voice
    rules: tuple[Rule, ...]


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
        forms = rf"{head}(?:s|d)?"
    elif head.endswith("y") and head[-2] not in "aeiou":
        forms = rf"{head[:-1]}(?:y|ies|ied)"
    elif head.endswith(("s", "x", "ch", "sh")):
        forms = rf"{head}(?:es|ed)?"
    else:
        forms = rf"{head}(?:s|ed)?"
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
    lowered = text.lower()
    for words in _rules():
        if not any(stem in lowered for stem in words.stems):
            continue
        read = _verb if words.rules[0].kind == "verb" else _fixed
        for match in words.pattern.finditer(text):
            trigger = read(text, match, words.rules)
            if trigger is not None:
                found.append(trigger)
    found.sort(key=lambda trigger: (trigger.start - trigger.end, trigger.start))
    return sorted(_longest(found), key=lambda trigger: trigger.start)


def _longest(found: list[Trigger]) -> Iterator[Trigger]:
    taken: list[Trigger] = []
    for trigger in found:
        clash = [t for t in taken if trigger.start < t.end and t.start < trigger.end]
        if not clash:
            taken.append(trigger)
            yield trigger


def _fixed(text: str, match: re.Match[str], group: tuple[Rule, ...]) -> Trigger | None:
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    return Trigger(start, match.end(), cast(Voice, group[0].kind), group)


def _verb(text: str, match: re.Match[str], group: tuple[Rule, ...]) -> Trigger | None:
    """Tell the voice of a verb form; null where it is a noun, an adjective or has no agent."""
    start, end = match.span()
    head = match.group().split()[0].lower()
    before, after = text[:start], text[end:]
    base = group[0].words.split()[0]
    if head.endswith("ed"):
        by = _BY.match(after)
        if by is not None:
            return Trigger(start, end + by.end(), "passive", group)
        if _BE.search(before) or _NOUN_BEFORE.search(before):
            return None
        return Trigger(start, end, "active", group)
    if base in _NOUNS and (head == base or _NOUN_AFTER.match(after)) and not _FINITE.search(before):
        return None
    if _NOUN_BEFORE.search(before) and not re.search(r"\bto\s*$", before):
        return None
    return Trigger(start, end, "active", group)
