"""What a value and the test it may belong to look like: features of a pair in one sentence.

The words between the two decide most of it ("level **was** 3", "negative **for** CK20"), then
their order, what else stands between, and whether either has a nearer partner.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from kg.nlp.quantities.numbers import Span

_TOKEN = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*|[^\w\s]")
_OPENING = re.compile(r"[ ]?[(\[](?:[\w-]+ )?")
_CLOSING = frozenset(")],;")
_PROCEDURES = ("procedure", "surgery", "transplant", "radio", "class")
_PUNCTUATION = ",;:()[]=/"
_CONJUNCTIONS = frozenset(("and", "but", "or", "while", "with", "without", "which", "whereas"))
_VERBS = frozenset(("was", "were", "is", "are", "showed", "revealed", "had", "remained", "be"))
_NEAR = 4
_STEPS = (2, 4, 8, 15, 30, 60, 120)


@dataclass(frozen=True, slots=True)
class Pair:
    """An attribute (value, dose, site, grade) and a head it may belong to, as places in lists."""

    item: int
    head: int


@dataclass(frozen=True)
class Scene:
    """One sentence's attributes and heads, in order; offsets are of ``text``."""

    text: str
    items: Sequence[Span]
    heads: Sequence[Span]
    labels: Sequence[str]
    """The label of each head (``drug``, ``laboratory`` …), or empty strings."""

    @cached_property
    def shapes(self) -> list[str]:
        """Of each attribute, whether it holds a digit."""
        return [_shape(self.text[start:end]) for start, end in self.items]

    @cached_property
    def around_items(self) -> list[tuple[str, str]]:
        """What stands between each attribute and the heads nearest before and behind it."""
        return [_around(self.text, span, self.heads) for span in self.items]

    @cached_property
    def around_heads(self) -> list[tuple[str, str]]:
        """What stands between each head and the attributes nearest before and behind it."""
        return [_around(self.text, span, self.items) for span in self.heads]


def head_label(kind: str, label: str) -> str:
    """Return what the features call a head: its kind, a procedure told from a drug.

    Examples
    --------
    >>> head_label("Therapy", "drug"), head_label("Therapy", "Therapeutic_procedure")
    ('Therapy', 'Procedure')
    """
    procedure = kind == "Therapy" and any(word in label.lower() for word in _PROCEDURES)
    return "Procedure" if procedure else kind


def without_glosses(scene: Scene) -> tuple[Scene, list[int]]:
    """Leave out heads that only gloss the one before: the INH of "isoniazid (INH, 300 mg/d)".

    Returns the smaller scene and, for each of its heads, the place in the scene given.

    Examples
    --------
    >>> text = "isoniazid (INH, 300 mg/d)"
    >>> scene = Scene(text, [(16, 24)], [(0, 9), (11, 14)], ["Therapy", "Therapy"])
    >>> without_glosses(scene)[1]
    [0]
    """
    kept = [place for place in range(len(scene.heads)) if not _is_gloss(scene, place)]
    smaller = Scene(
        scene.text,
        scene.items,
        [scene.heads[place] for place in kept],
        [scene.labels[place] for place in kept],
    )
    return smaller, kept


def _is_gloss(scene: Scene, place: int) -> bool:
    if place == 0:
        return False
    start, end = scene.heads[place]
    gap = scene.text[scene.heads[place - 1][1] : start]
    if gap.isspace() and scene.text[start] in "([":
        return True
    return _OPENING.fullmatch(gap) is not None and scene.text[end : end + 1] in _CLOSING


def pairs(scene: Scene, reach: int) -> Iterator[Pair]:
    """Yield each attribute with the heads around it, ``reach`` on either side at most."""
    for item in range(len(scene.items)):
        middle = _place(scene, item)
        for head in range(max(0, middle - reach), min(len(scene.heads), middle + reach)):
            yield Pair(item, head)


def features(scene: Scene, pair: Pair) -> list[str]:
    """Return the features of a pair, as names.

    Examples
    --------
    >>> scene = Scene("WBC was 12", [(8, 10)], [(0, 3)], [""])
    >>> "gap=after was" in features(scene, Pair(0, 0))
    True
    """
    item, head = scene.items[pair.item], scene.heads[pair.head]
    after = item[0] >= head[1]
    side = "after" if after else "before" if item[1] <= head[0] else "within"
    left, right = (head[1], item[0]) if after else (item[1], head[0])
    gap = scene.text[left:right] if left <= right else ""
    masked = _masked(scene, left, right)
    words = _TOKEN.findall(masked.lower())
    value = scene.shapes[pair.item]
    between = masked.count("◆"), masked.count("●")
    return [
        f"side={side}",
        f"side={side} value={value}",
        *_gap_features(side, words, value),
        f"between={side} heads={min(between[0], 4)} items={min(between[1], 3)}",
        f"between={side} {value} heads={min(between[0], 2)} items={min(between[1], 2)}",
        f"distance={side} {bisect_left(_STEPS, len(gap))}",
        f"label={side} {scene.labels[pair.head]}",
        *_neighbours(scene, pair, side),
    ]


def _gap_features(side: str, words: list[str], value: str) -> Iterator[str]:
    if len(words) <= _NEAR:
        yield f"gap={side} {' '.join(words)}"
        yield f"gap={side} {value} {' '.join(words)}"
    yield f"first={side} {words[0] if words else ''}"
    yield f"last={side} {words[-1] if words else ''}"
    yield f"ends={side} {value} {words[0] if words else ''} {words[-1] if words else ''}"
    held = frozenset(words)
    for mark in _PUNCTUATION:
        if mark in held:
            yield f"has={side} {mark}"
    for word in sorted(_CONJUNCTIONS & held):
        yield f"has={side} {word}"
    yield f"brackets={side} {value} {_unmatched(words)}"
    verbs = sum(word in _VERBS for word in words)
    yield f"verbs={side} {min(verbs, 2)}"


def _unmatched(words: Sequence[str]) -> str:
    """Brackets that the words between close, then those that they open: ")(" at most."""
    depth = closed = 0
    for word in words:
        if word in "([":
            depth += 1
        elif word in ")]":
            closed, depth = (closed, depth - 1) if depth else (closed + 1, 0)
    return f"{')' * min(closed, 2)}{'(' * min(depth, 2)}"


def _masked(scene: Scene, left: int, right: int) -> str:
    """The text between, with other heads as ◆ and other attributes as ●."""
    if left >= right:
        return ""
    inside = [(s, e, "◆") for s, e in _inside(scene.heads, left, right)]
    inside += [(s, e, "●") for s, e in _inside(scene.items, left, right)]
    inside.sort()
    parts, position = [], left
    for start, end, mark in inside:
        if start >= position:
            parts.append(scene.text[position:start])
            parts.append(mark)
            position = end
    parts.append(scene.text[position:right])
    return "".join(parts)


def _inside(spans: Sequence[Span], left: int, right: int) -> Iterator[Span]:
    place = bisect_left(spans, (left, left))
    while place < len(spans) and spans[place][1] <= right:
        yield spans[place]
        place += 1


def _neighbours(scene: Scene, pair: Pair, side: str) -> Iterator[str]:
    """Whether a nearer head stands beside the attribute, a nearer attribute beside the head."""
    rank = max(-4, min(4, pair.head - _place(scene, pair.item)))
    before, behind = scene.around_items[pair.item]
    yield f"item: {side} head before={before} rank={rank}"
    yield f"item: {side} head behind={behind}"
    before, behind = scene.around_heads[pair.head]
    yield f"head: {side} item before={before}"
    yield f"head: {side} item behind={behind}"


def _place(scene: Scene, item: int) -> int:
    """Return how many heads begin before an attribute."""
    start, _ = scene.items[item]
    return bisect_left(scene.heads, start, key=itemgetter(0))


def _around(text: str, span: Span, others: Sequence[Span]) -> tuple[str, str]:
    """Return what stands between a span and its neighbours before and behind among others."""
    start, end = span
    left = bisect_right(others, (start, start)) - 1
    before = others[left] if left >= 0 and others[left][1] <= start else None
    right = bisect_left(others, (end, end))
    behind = others[right] if right < len(others) else None
    return _close(text, before, start, True), _close(text, behind, end, False)


def _close(text: str, span: Span | None, position: int, before: bool) -> str:
    """What stands between a span and a position, in short: nothing, a word or two, or far."""
    if span is None:
        return "none"
    gap = text[span[1] : position] if before else text[position : span[0]]
    words = _TOKEN.findall(gap.lower())
    return " ".join(words) if len(words) <= 2 else "far"


def _shape(text: str) -> str:
    return "number" if any(map(str.isdigit, text)) else "word"
