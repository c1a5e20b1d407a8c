"""The cues of assertion: reading ``cues.tsv`` and finding the cues of a sentence.

A cue is a short sequence of words. In the file, words that may stand for one another are joined
by ``|``, an optional word ends in ``?``, ``_`` joins the words of one alternative, and ``{name}``
stands for a list defined on a ``macro`` line, so that one line covers "was not seen" and "were
never detected". ``...`` stands for some words of the same clause. The words of a cue are tokenised
as the text is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from kg.errors import TermsError

Category = Literal[
    "negated",
    "ended",
    "possible",
    "sure",
    "history",
    "future",
    "risk",
    "family",
    "donor",
    "other",
    "given",
    "declined",
    "considered",
    "planned",
    "not_given",
    "measured",
    "pseudo",
    "stop",
    "denial",
    "doubt",
]
"""What a cue says; ``pseudo`` nothing, ``stop`` ends scopes, the last two of whole statements."""

AXES: dict[str, tuple[Category, ...]] = {
    "polarity": ("negated", "ended"),
    "realisation": ("given", "declined", "considered", "planned", "not_given", "measured"),
    "certainty": ("possible", "risk", "sure"),
    "experiencer": ("family", "donor", "other"),
    "time": ("history", "future"),
}
"""The categories of each axis, the axes in the order in which their cue is kept on a mention."""

SILENCE = "pseudo"
HUSH = "hush"
"""The axis of a pseudo cue that silences for mentions of some kinds only."""
AXIS_OF: dict[Category, str] = {
    **{category: axis for axis, categories in AXES.items() for category in categories},
    "pseudo": SILENCE,
    "stop": "stop",
    "denial": "denial",
    "doubt": "doubt",
}

CueDirection = Literal["forward", "backward", "both", "none"]

GAP = "..."
LONGEST_GAP = 10
"""How many words the sign of a gap may stand for."""
_CLAUSE_ENDS = frozenset({".", ";", ":", "but"})

_TABLE = str.maketrans(
    {"’": "'", "‘": "'", **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-")}
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of ``cues.tsv``.

    Attributes
    ----------
    name
        Category and line, such as ``negated (cues.tsv:103)``; printed by ``--explain``.
    category, direction
        What the cue says of which side.
    reach
        The greatest distance in tokens, or 0 for as far as the clause goes.
    item
        The scope also ends at "and" and at commas: a singular verb has one subject.
    kinds
        The mention kinds that it can apply to (for a ``stop``, that it stops for); empty for all.
    """

    name: str
    category: Category
    direction: CueDirection
    reach: int = 0
    item: bool = False
    kinds: frozenset[str] = frozenset()

    @property
    def axis(self) -> str:
        """What the rule decides about."""
        return HUSH if self.category == SILENCE and self.kinds else AXIS_OF[self.category]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue found in a sentence: ``[start, end)`` are indices of tokens."""

    start: int
    end: int
    rule: Rule

    def hushes(self, other: Cue, kind: str) -> bool:
        """Tell whether this only looks like a cue, and another cue in it says nothing of a kind."""
        within = self.start <= other.start and other.end <= self.end
        return (
            within
            and kind in self.rule.kinds
            and self.rule.direction in ("none", other.rule.direction)
        )


Element = tuple[dict[str, tuple[tuple[str, ...], ...]], bool]
"""One place of a cue: the words it may be, by their first, and whether it may be left out; a gap
has no words."""


Line = tuple[tuple[Element, ...], Rule, frozenset[str] | None]
"""A cue, its rule, and its possible second words; None where it may be one word long."""


class Cues:
    """All cues of a file, found by their first word; the longest at a place is taken.

    Several lines may match the same words: each says something of its own ("was not given" is
    of what was denied and of what was not done).
    """

    def __init__(self, patterns: Iterable[tuple[tuple[Element, ...], Rule]]) -> None:
        self._by_first: dict[str, list[Line]] = {}
        for elements, rule in patterns:
            for first, second in _beginnings(elements).items():
                self._by_first.setdefault(first, []).append((elements, rule, second))

    def find(self, words: Sequence[str], start: int, end: int) -> Iterator[Cue]:
        """Yield the cues among ``words[start:end]``, in order of their start.

        Of each axis and direction the longest cue at a place is taken and none overlaps another.
        What looks like a cue and is none silences its direction, or with ``none`` them all; where
        it does so for some kinds only, it is yielded too.
        """
        free: dict[tuple[str, str], int] = {}
        for at in range(start, end):
            lines = self._by_first.get(words[at])
            if lines is None:
                continue
            longest = self._longest_at(lines, words, at, end)
            for track, (until, rules) in longest.items():
                axis, direction = track
                masks = ((SILENCE, "none"), (SILENCE, direction))
                begun = max(free.get(track, 0), *(free.get(mask, 0) for mask in masks))
                masked = max(longest.get(mask, (0, []))[0] for mask in masks)
                if axis != SILENCE and at >= begun and until > masked:
                    free[track] = until
                    yield from (Cue(at, until, rule) for rule in rules)
            for track, (until, _) in longest.items():
                if track[0] == SILENCE:
                    free[track] = max(free.get(track, 0), until)

    def _longest_at(
        self, lines: Iterable[Line], words: Sequence[str], at: int, end: int
    ) -> dict[tuple[str, str], tuple[int, list[Rule]]]:
        """Return for each axis and direction where its longest cue ends, and the rules of it."""
        longest: dict[tuple[str, str], tuple[int, list[Rule]]] = {}
        following = words[at + 1] if at + 1 < end else ""
        for elements, rule, second in lines:
            if second is not None and following not in second:
                continue
            until = _longest(elements, 0, words, at, end)
            track = (rule.axis, rule.direction)
            held = longest.get(track, (at, []))
            if until > held[0]:
                longest[track] = (until, [rule])
            elif until == held[0] > at:
                held[1].append(rule)
        return longest


def _beginnings(elements: Sequence[Element]) -> dict[str, frozenset[str] | None]:
    """Return each word that a cue may begin with, with the words that may come second.

    None stands for a first word that may be the whole cue.
    """
    found: dict[str, set[str] | None] = {}
    for place, (options, optional) in enumerate(elements):
        after = _beginnings(elements[place + 1 :])
        may_end = all(skip for _, skip in elements[place + 1 :])
        may_end = may_end or any(not words for words, _ in elements[place + 1 :])
        for first, rests in options.items():
            second: set[str] | None = set()
            for rest in rests:
                if rest:
                    second = None if second is None else second | {rest[0]}
                elif may_end:
                    second = None
                else:
                    second = None if second is None else second | set(after)
            held = found.get(first, set())
            found[first] = None if second is None or held is None else held | second
        if not optional:
            break
    return {first: None if s is None else frozenset(s) for first, s in found.items()}


def _longest(
    elements: Sequence[Element], place: int, words: Sequence[str], at: int, end: int
) -> int:
    """Return where the longest match of the elements from ``place`` on ends, or -1."""
    if place == len(elements):
        return at
    options, optional = elements[place]
    best = _longest(elements, place + 1, words, at, end) if optional else -1
    if not options:
        return max(best, _behind_gap(elements, place, words, at, end))
    if at < end:
        for rest in options.get(words[at], ()):
            after = at + 1 + len(rest)
            if after <= end and (not rest or tuple(words[at + 1 : after]) == rest):
                best = max(best, _longest(elements, place + 1, words, after, end))
    return best


def _behind_gap(
    elements: Sequence[Element], place: int, words: Sequence[str], at: int, end: int
) -> int:
    """Return where the longest match ends of which some words of one clause are left open."""
    best = -1
    for after in range(at + 1, min(at + LONGEST_GAP, end) + 1):
        if words[after - 1] in _CLAUSE_ENDS:
            break
        best = max(best, _longest(elements, place + 1, words, after, end))
    return best


def fold(word: str) -> str:
    """Return a word as cues are compared: lower case, one kind of hyphen and apostrophe.

    Examples
    --------
    >>> fold("Didn’t")
    "didn't"
    """
    return word.lower().translate(_TABLE)


def fold_words(text: str, places: Iterable[Sequence[int]]) -> list[str]:
    """Return the folded words of a text, given where each begins and how long it is.

    Examples
    --------
    >>> fold_words("No fever", [(0, 2), (3, 5)])
    ['no', 'fever']
    """
    folded = fold(text)
    if len(folded) != len(text):  # a few capitals have a longer lower case
        return [fold(text[start : start + size]) for start, size in places]
    return [folded[start : start + size] for start, size in places]


def load_cues(path: Path, tokenize: Callable[[str], Iterable[str]]) -> tuple[Cues, Cues]:
    """Return the cues in a file, and apart from them what ends scopes.

    The two are looked for apart since "and no" both ends a scope and begins one.

    Parameters
    ----------
    path
        A tab-separated file: category, direction, scope, kinds, cue; see its header.
    tokenize
        Cuts a cue into the tokens that the text is cut into.

    Raises
    ------
    TermsError
        When a line has the wrong number of columns, an unknown category or an unknown macro.
    """
    lines = list(_read(path, tokenize))
    return (
        Cues(line for line in lines if line[1].category != "stop"),
        Cues(line for line in lines if line[1].category == "stop"),
    )


def _read(
    path: Path, tokenize: Callable[[str], Iterable[str]]
) -> Iterator[tuple[tuple[Element, ...], Rule]]:
    macros: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{path.name}, line {number}"
        columns = line.split("\t")
        if columns[0] == "macro":
            macros[columns[1]] = columns[2]
        elif len(columns) != 5:
            raise TermsError(
                f"a line of {len(columns)} columns",
                where=where,
                hint="write category, direction, scope, kinds and cue, separated by tabs",
            )
        else:
            cue = _with_macros(columns[4], macros, where)
            yield (
                tuple(_element(part, tokenize) for part in cue.split()),
                _rule(columns, where, number),
            )


def _rule(columns: Sequence[str], where: str, number: int) -> Rule:
    category, direction, scope, kinds, _ = columns
    if category not in get_args(Category) or direction not in get_args(CueDirection):
        raise TermsError(
            f"category {category!r} with direction {direction!r}",
            where=where,
            hint=f"categories are {', '.join(get_args(Category))}",
        )
    return Rule(
        name=f"{category} (cues.tsv:{number})",
        category=cast(Category, category),
        direction=cast(CueDirection, direction),
        reach=int(scope) if scope.isdigit() else 0,
        item=scope == "item",
        kinds=frozenset() if kinds == "*" else frozenset(kinds.split("|")),
    )


def _with_macros(cue: str, macros: dict[str, str], where: str) -> str:
    """Return the cue with the lists that it names written out."""

    def body(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in macros:
            raise TermsError(f"unknown macro {name!r}", where=where, hint="define it above")
        return macros[name]

    return re.sub(r"\{(\w+)\}", body, cue)


def _element(part: str, tokenize: Callable[[str], Iterable[str]]) -> Element:
    """Return one place of a cue from its notation, such as ``was|has_been?``."""
    if part == GAP:
        return {}, True
    optional = part.endswith("?") and len(part) > 1
    options: dict[str, list[tuple[str, ...]]] = {}
    for alternative in (part[:-1] if optional else part).split("|"):
        words = [fold(token) for token in tokenize(alternative.replace("_", " ")) if token.strip()]
        options.setdefault(words[0], []).append(tuple(words[1:]))
    return {first: tuple(rest) for first, rest in options.items()}, optional
