"""What a sentence only refers to: "it", "this disease", "the drug" stand for what came before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.cases.claims.grammar import cue
from kg.cases.claims.phrases import joins
from kg.nlp.model import Mention

_FRONTED = re.compile(r"(?:\w[\w ]{0,40},\s+)?")
_KINDS = {
    "refers to therapy": ("Therapy",),
    "refers to condition": ("Condition",),
    "refers to marker": ("Marker",),
}


def stand_ins(
    text: str, start: int, end: int, before: Sequence[Mention], taken: Sequence[Mention]
) -> list[Mention]:
    """Return mentions for the words of a sentence that refer to one of the sentence before.

    Parameters
    ----------
    text
        The document's text; ``[start, end)`` is the sentence.
    before
        The mentions of the sentence before it.
    taken
        Its own mentions; words that they cover refer to nothing.
    """
    out: list[Mention] = []
    for first, last, kinds, many in _referring(text, start, end):
        if any(m.start < last and first < m.end for m in taken):
            continue
        group = _group(text, [m for m in before if not kinds or m.kind in kinds])
        for mention in group if many else group[:1]:
            out.append(replace(mention, start=first, end=last, text=text[first:last]))
    return out


def _referring(text: str, start: int, end: int) -> Iterator[tuple[int, int, tuple[str, ...], bool]]:
    """Yield where words refer back, to which kinds (none: any), and whether to several."""
    fronted = _FRONTED.match(text, start, end)
    head = cue("pronoun").match(text, fronted.end() if fronted else start, end)
    if head is not None:
        yield *head.span(), (), head.group().lower() == "they"
    for name, kinds in _KINDS.items():
        for match in cue(name).finditer(text, start, end):
            if head is None or head.start() != match.start():
                yield *match.span(), kinds, match.group().lower().startswith(("these", "such"))


def _group(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the first mention and those it stands side by side with, each concept once."""
    out = list(mentions[:1])
    for mention in mentions[1:]:
        if not joins(text[out[-1].end : mention.start]):
            break
        out.append(mention)
    return list({mention.concept: mention for mention in out}.values())
