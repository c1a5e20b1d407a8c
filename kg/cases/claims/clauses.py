"""Where the clause of a verb begins, what heads it, and what is named side by side there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.cases.claims.grammar import cue
from kg.cases.claims.phrases import PREPOSITION, bare, joins, past_aside, without_examples
from kg.nlp.model import Mention

_FRONTED = re.compile(r"[^,;]{0,120},\s+(?=\S)")
_NEW_SUBJECT = re.compile(r"(?:it|they|this|these|there|we|such|patients)\b", re.IGNORECASE)
_REST_OF_NAME = re.compile(r"^(?:-\S+)?\s*(?:infections?\s)?")
_LONGEST_HEAD = 6


def clause_start(text: str, start: int, begin: int, mentions: Sequence[Mention]) -> int:
    """Return where the clause begins that a verb at ``begin`` stands in.

    Parameters
    ----------
    text
        The document's text; the sentence begins at ``start``.
    mentions
        The mentions of the sentence; a comma between two of a list ends no phrase.
    """
    before = text[start:begin]
    for match in cue("boundary").finditer(before):
        if match.end() < len(before):
            start = begin - len(before) + match.end()
    fronted = _FRONTED.match(text, start, begin)
    while fronted is not None and not _lists(text, start, fronted.end(), begin, mentions):
        start = fronted.end()
        fronted = _FRONTED.match(text, start, begin)
    return start


def _lists(text: str, start: int, comma: int, begin: int, mentions: Sequence[Mention]) -> bool:
    """Tell whether a comma stands in a list of subjects: "A, B and C reduce"."""
    inside = [m for m in mentions if start <= m.start and m.end <= comma]
    behind = [m for m in mentions if comma <= m.start and m.end <= begin]
    if not inside or cue("fronting").match(text, past_aside(text, start)):
        return False
    if not behind:
        return _NEW_SUBJECT.match(text, comma, begin) is None
    return bare(text[inside[-1].end : behind[0].start]).strip() == ","


def heads(text: str, zone: int, mention: Mention) -> bool:
    """Tell whether a mention is the head of the phrase that begins at ``zone``."""
    before = without_examples(text[zone : mention.start])
    if cue("population").search(before):
        return False
    rest = cue("light").sub(" ", before)
    return not PREPOSITION.search(rest) and len(rest.split()) <= _LONGEST_HEAD


def bare_head(text: str, zone: int, mention: Mention) -> bool:
    """Tell whether only articles and adjectives stand between ``zone`` and a mention."""
    before = without_examples(text[zone : mention.start])
    rest = cue("modifier").sub(" ", cue("light").sub(" ", before)).strip()
    return not rest or (rest.endswith("-") and " " not in rest)


def joined_to(text: str, found: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the first mention and those joined to it by "and", "followed by" and the like."""
    out = [found[0]]
    for mention in found[1:]:
        beside = mention.start < out[-1].end
        if not beside and not joins(text[out[-1].end : mention.start]):
            break
        out.append(mention)
    unique = {mention.concept: mention for mention in reversed(out)}
    return tuple(mention for mention in out if unique[mention.concept] is mention)


def without_next(text: str, joined: tuple[Mention, ...], stop: int) -> tuple[Mention, ...]:
    """Return a list without a last one that a verb follows: "reduces B and C may increase"."""
    rest = _REST_OF_NAME.sub("", text[joined[-1].end : stop].lstrip())
    if len(joined) > 1 and cue("verb").match(bare(rest).lstrip()):
        return joined[:-1]
    return joined
