"""The words around mentions: asides, examples, lists, and what turns a mention."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.cases.claims.grammar import cue
from kg.nlp.model import Mention

CLAIMED = ("Therapy", "Marker", "Outcome", "Condition")
"""The kinds of mentions that can be a side of a claim."""
PREPOSITION = re.compile(
    r"(?<![\w-])(?:of|in|to|with|for|by|on|from|after|during|between|among|against|following|without|via"
    r"|under|at|like|before|through|within|including|such|per|into)(?![\w-])",
    re.IGNORECASE,
)
PLAIN = re.compile(r"\s*(?:[\w%≥>±./'’-]+\s+){0,4}$")
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_CLOSING = re.compile(r"^\s*[)\]]+")
_PAST = re.compile(r"[)\]]*(?:\s*(?:\([^()]*\)|\[[^\[\]]*\]))*\s*")
_EXAMPLES = re.compile(
    r"(?:\s+[\w'’-]+)?\s*[,(]?\s*(?:such\s+as|including|like|e\.g\.),?\s*(?=$)", re.IGNORECASE
)
_MODIFYING = re.compile(
    r"[-‐‑–](?:based|targeted|targeting|directed|positive|negative|mutant|driven|mediated|specific"
    r"|expressing|type|like)\s+"
)
_DESCRIBES = re.compile(r"[-‐‑–]\w+(?:ing|ed|like|specific)\b")
_DASHES = " -‐‑–"


def kind_of(mention: Mention) -> str:
    """Return the kind of a mention as rules know it: an outcome that harms is a ``Harm``."""
    harmful = mention.kind == "Outcome" and cue("harm").fullmatch(mention.name or mention.text)
    return "Harm" if harmful else mention.kind


def bare(words: str) -> str:
    """Return words without asides in brackets: marks of citations, short forms, figures.

    Examples
    --------
    >>> bare(" (1, 4), which is ")
    ', which is '
    >>> bare(") (AE) and ")
    ' and '
    """
    return _ASIDE.sub("", _CLOSING.sub("", words))


def past_aside(text: str, start: int) -> int:
    """Return where the words go on behind brackets that close or stand at ``start``.

    Examples
    --------
    >>> past_aside("sepsis) (3) is", 6)
    12
    """
    match = _PAST.match(text, start)
    return match.end() if match is not None else start


def without_examples(gap: str) -> str:
    """Return the words before a mention without the class that it is an example of.

    Examples
    --------
    >>> without_examples(" severe symptoms such as ")
    ' severe '
    """
    match = _EXAMPLES.search(gap)
    return gap if match is None else gap[: match.start()] + " "


def joins(between: str) -> bool:
    """Tell whether the words between two mentions put them side by side.

    Examples
    --------
    >>> joins(" (5), severe "), joins(" as well as "), joins(" reduces ")
    (True, True, False)
    """
    words = bare(between).strip()
    if words in ("(", "["):
        return True
    while (match := cue("modifier").search(words)) is not None and match.end() == len(words):
        words = words[: match.start()].rstrip()
    return cue("join").fullmatch(words) is not None


def ends_phrase(tail: str) -> bool:
    """Tell whether the words between a mention and its verb leave the mention the head."""
    rest = bare(tail).lstrip()
    return not rest or not rest[0].isalnum() or cue("head").match(rest) is not None


def heads_of_compounds(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out mentions that only describe the next one: MSS in "MSS colorectal cancer"."""
    out = list(mentions[-1:])
    for mention, following in zip(mentions[-2::-1], mentions[:0:-1], strict=True):
        between = text[mention.end : following.start]
        if between.strip(_DASHES) and not _MODIFYING.fullmatch(between):
            out.append(mention)
    return out[::-1]


def outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out mentions that lie within a longer one."""
    out: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not out or mention.end > out[-1].end:
            out.append(mention)
    return out


def turned(text: str, start: int, end: int, mention: Mention) -> bool:
    """Tell whether the words beside a mention turn it into something else: "TIGIT blockade".

    Words before ``start`` or, behind the mention, after ``end`` are not looked at.
    """
    before = text[max(start, mention.start - 25) : mention.start].rstrip(_DASHES)
    if any(match.end() == len(before) for match in cue("turned").finditer(before)):
        return True
    if _DESCRIBES.match(text, mention.end, end):
        return True
    after = text[mention.end : min(end, mention.end + 25)].lstrip(_DASHES)
    if cue("turns").match(after):
        return True
    return mention.kind == "Therapy" and cue("treated").match(after) is not None
