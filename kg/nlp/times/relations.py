"""Distances and durations: what a length of time is for, from the words beside it.

"20 months **after** UCBT" is a distance from an anchor, "**for** 19 months" a duration, "one week
**later**" a distance from what was told before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from kg.nlp.carrier import TimeDraft
from kg.nlp.model import Direction
from kg.nlp.times.periods import Period

ANCHORS = Path(__file__).with_name("anchors.tsv")
_BEHIND = re.compile(
    r"(?i:[ -](?P<word>later(?: on)?|after(?:wards?)?|thereafter|following|post|since|from now"
    r"|before(?:hand)?"
    r"|prior|earlier|ago|previously|preceding|old)(?![\w])(?P<to> to)?)"
)
_AHEAD = re.compile(
    r"(?i:\b(?P<word>after(?: the first| about| approximately| another| a further| only"
    r"| the following)?|within(?: the)?(?: first| next| following| past| last)?"
    r"|at(?: the)?(?: age of)?|by|until|in|about)[ ]$)"
)
_AHEAD_REACH = 28
_POSTOPERATIVE = re.compile(r"(?i:\bpost-?operative(?:ly)? $)")
_PAST = re.compile(
    r"(?i:\b(?:over (?:the )?)?(?P<word>past|last|previous|preceding|prior|recent|next|following"
    r"|first"
    r"|subsequent|ensuing|final|initial|additional|remaining)[ ]$)"
)
_FOLLOW_UP = re.compile(
    r"(?i:[ -](?:(?:of )?follow-? ?up|post-?(?:operative|transplant|treatment|infusion|op"
    r"|surgery)|check-?up|visit|time ?point|mark)\b)"
)
_OF_TEST = re.compile(
    r"(?i:[ -](?:urin|walk|holter|ambulatory|ecg|electrocardiogram|blood pressure|ph\b|recall"
    r"|fast|dexamethasone suppression|cortisol|postprandial|electroencephal|eeg|video))"
)
_LASTING = re.compile(r"(?i:\b(?:for|over|during|lasting|lasted)(?: the| a total of| about)? $)")
_OF = re.compile(r" of (?=[A-Za-z])")
_AFTER = frozenset(
    {
        "later",
        "later on",
        "after",
        "afterwards",
        "afterward",
        "thereafter",
        "following",
        "post",
        "since",
        "from now",
    }
)
_STANDALONE = frozenset(
    {
        "later",
        "later on",
        "afterwards",
        "afterward",
        "thereafter",
        "ago",
        "earlier",
        "previously",
        "beforehand",
    }
)
_LINK = re.compile(
    r"(?i: (?P<word>after|following|post|from|since|of|before|prior to|beyond|relative to)(?= ))"
)
_PHRASE = re.compile(
    r" (?:(?:the|his|her|their|this|that|a|an|our|its|initial"
    r"|first)\b ?)*(?P<phrase>(?!(?:which|what|he|she|they|it|being|was"
    r"|were)\b)[A-Za-z0-9][\w'’/+α-ωΑ-Ω−-]*"
    r"(?: (?!(?:was|were|is|are|had|has|have|and|with|the|he|she|they|who|which|that|in|on|at"
    r"|by|for|from|to|but|when"
    r"|while|until|showed|revealed|his|her|a|an|as|due|without|because|it|did|after|before|then"
    r"|or|our|patient|there|followed|including|despite|during"
    r"|respectively)\b)[\w'’/+α-ωΑ-Ω−-]+){0,5})"
)


@cache
def _anchors() -> tuple[re.Pattern[str], dict[str, str]]:
    named: dict[str, str] = {}
    for line in ANCHORS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "anchor\t")):
            anchor, words = line.split("\t")
            named.update({word.lower(): anchor for word in words.split("|")})
    ordered = sorted(named, key=lambda word: (-len(word), word))
    return re.compile(rf"(?i:(?:{'|'.join(map(re.escape, ordered))})(?![\w-]))"), named


def anchor_phrase(text: str, position: int) -> str | None:
    """Return what stands after "after" as an anchor: a named point, or the words themselves.

    Examples
    --------
    >>> anchor_phrase("20 months after UCBT and was", 15)
    'UCBT'
    >>> anchor_phrase("2 days after hospitalization.", 12)
    'admission'
    """
    found = _PHRASE.match(text, position)
    if found is None:
        return None
    phrase = re.sub(r"(?: of| on)$", "", found["phrase"].strip())
    pattern, named = _anchors()
    point = pattern.fullmatch(phrase)
    return named[point.group().lower()] if point else phrase


def anchor_span(text: str, position: int) -> tuple[int, int] | None:
    """Return where the words that name the anchor stand, after a day or distance.

    Examples
    --------
    >>> anchor_span("day 22 after the UCBT was", 6)
    (17, 21)
    """
    link = _LINK.match(text, position)
    found = _PHRASE.match(text, link.end() if link else position)
    return found.span("phrase") if found else None


def anchored(text: str, draft: TimeDraft) -> TimeDraft:
    """Complete a day or distance with the words after it: "day 22 **after the infusion**".

    Examples
    --------
    >>> anchored("day 22 after UCBT", TimeDraft(0, 6, "day", "P22D")).anchor_text
    'UCBT'
    """
    link = _LINK.match(text, draft.end)
    if link is None or draft.anchor_text is not None:
        return draft
    word = link["word"].lower()
    phrase = anchor_phrase(text, link.end())
    if phrase is None:
        return draft
    direction: Direction = "before" if word.startswith(("before", "prior")) else "after"
    if direction == "after" and draft.value and draft.value.startswith("-"):
        direction = "before"
    return replace(draft, anchor_text=phrase, direction=direction)


def relation_of(text: str, period: Period) -> TimeDraft | None:
    """Return a length of time as a distance or a duration; None where it names a test.

    Examples
    --------
    >>> from kg.nlp.times.periods import periods
    >>> def read(text):
    ...     time = relation_of(text, next(periods(text)))
    ...     return time.type, time.value, time.direction, time.anchor_text
    >>> read("20 months after UCBT"), read("one week later")
    (('distance', 'P20M', 'after', 'UCBT'), ('distance', 'P1W', 'after', None))
    >>> read("for 19 months"), read("after 42 days of interferon treatment")
    (('duration', 'P19M', None, None), ('distance', 'P42D', 'after', 'interferon treatment'))
    """
    if _OF_TEST.match(text, period.end):
        return None
    behind = _BEHIND.match(text, period.end)
    if behind and behind["word"].lower() != "old":
        return _behind(text, period, behind)
    if _POSTOPERATIVE.search(text[max(0, period.start - 16) : period.start]):
        draft = _draft(period, period.start, period.end, "distance", "after")
        return replace(draft, anchor_text="surgery")
    ahead = _AHEAD.search(text[max(0, period.start - _AHEAD_REACH) : period.start])
    if ahead:
        return _ahead(text, period, ahead)
    draft = _draft(period, period.start, period.end, "duration")
    if past := _PAST.search(text[max(0, period.start - _AHEAD_REACH) : period.start]):
        draft.start -= len(past.group())
    elif _FOLLOW_UP.match(text, period.end) and text[period.core : period.end].count("-"):
        return _draft(period, period.start, period.end, "distance", "after")
    return draft


def _behind(text: str, period: Period, behind: re.Match[str]) -> TimeDraft:
    word = behind["word"].lower()
    direction: Direction = "after" if word in _AFTER else "before"
    end = behind.end("word")
    if word == "preceding":
        end = period.end
    draft = _draft(period, _without_softener(period), end, "distance", direction)
    if _LASTING.search(text[max(0, period.start - 20) : period.start]) and word not in _STANDALONE:
        draft.type, draft.end = "duration", period.end
    if word not in _STANDALONE:
        draft.anchor_text = anchor_phrase(text, behind.end())
    return draft


def _without_softener(period: Period) -> int:
    """Where a distance begins: "approximately" is no part of it, "less than" is."""
    return period.core if period.bound is None else period.start


def _ahead(text: str, period: Period, ahead: re.Match[str]) -> TimeDraft:
    word = ahead["word"].lower()
    first = word.split(" ")[0]
    start = period.start - len(ahead.group())
    if first in ("at", "by", "until", "in", "about"):
        draft = _draft(period, period.start, period.end, "distance", "after")
    else:
        draft = _draft(period, start, period.end, "distance", "after")
    if first == "within":
        if word.endswith(("past", "last")):
            return replace(draft, type="duration", direction=None)
        draft.value, draft.value_to = "P0D", period.value_to or period.value
    link = _OF.match(text, period.end)
    if link and first in ("after", "within"):
        draft.anchor_text = anchor_phrase(text, link.end() - 1)
    return draft


def _draft(
    period: Period, start: int, end: int, kind: str, direction: Direction | None = None
) -> TimeDraft:
    return TimeDraft(
        start,
        end,
        "distance" if kind == "distance" else "duration",
        period.value,
        period.precision,
        value_to=period.value_to,
        direction=direction,
        approximate=period.approximate,
    )
