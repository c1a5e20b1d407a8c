"""Lists told in parallel: "neutrophils and platelets recovered on **day 22 and day 37,
respectively**".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.nlp.attachment.features import Scene
from kg.nlp.quantities.numbers import Span

_WORD = re.compile(r"(?i:\brespectively\b)")
_JOINT = re.compile(
    r"(?i:[ ]?(?:,|;|and|or|/|, and|, or|and the|, and the|and an?|to|versus|vs\.?)[ ]?"
    r"(?:(?:the|his|her|on|at|of|in|from|a|an)[ ])*)"
)
_LOOSE = 30


def parallel(scene: Scene) -> dict[int, int]:
    """Return the head of each attribute that "respectively" assigns, by place.

    The attributes are the coordinated ones nearest to the word; the heads the coordinated ones
    before them, as many.

    Examples
    --------
    >>> text = "ALT and AST were 40 and 60 U/L, respectively"
    >>> parallel(Scene(text, [(17, 19), (24, 30)], [(0, 3), (8, 11)], ["", ""]))
    {0: 0, 1: 1}
    """
    assigned: dict[int, int] = {}
    for word in _WORD.finditer(scene.text):
        items = _group(scene.text, scene.items, word.start())
        if len(items) < 2:
            continue
        first = scene.items[items[0]][0]
        heads = _group(scene.text, scene.heads, first, len(items), loose=True)
        if len(heads) == len(items):
            assigned.update(zip(items, heads, strict=True))
    return assigned


def _group(
    text: str, spans: Sequence[Span], before: int, size: int | None = None, loose: bool = False
) -> list[int]:
    """Return the places of the last run of coordinated spans that ends before a position."""
    places = [place for place, span in enumerate(spans) if span[1] <= before]
    if not places:
        return []
    run = [places[-1]]
    for place in reversed(places[:-1]):
        gap = text[spans[place][1] : spans[run[0]][0]]
        joined = _JOINT.fullmatch(gap) is not None
        if not joined and not (loose and _is_loose(gap)):
            break
        run.insert(0, place)
        if size is not None and len(run) == size:
            break
    return run


def _is_loose(gap: str) -> bool:
    """A gap between heads may hold a word or two: "serum ALT **level and** AST"."""
    return len(gap) <= _LOOSE and not any(mark in gap for mark in ".;:")
