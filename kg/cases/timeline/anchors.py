"""What a "day n" or a distance counts from: the anchor that its passage names or established."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.cases.model import Event
from kg.cases.timeline.course import Course
from kg.cases.timeline.model import FOLLOW_UP, NAMED, PRESENTATION, Point
from kg.cases.timeline.reading import Layout, compiled, cue, starts_with
from kg.nlp.model import Mention, TimeExpression
from kg.terms.tables import rows, split

_REACH = 45
_LENGTH_OF = re.compile(r"\W*of\b", re.IGNORECASE)
"""What makes a time the length of a follow-up and not one counted from it: "10 months of"."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point that times count from; its own day is between ``first`` and ``last``."""

    point: Point
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class _Name:
    pattern: re.Pattern[str]
    target: str
    what: tuple[str, ...]
    first: int
    last: int


@cache
def _names() -> tuple[_Name, ...]:
    found = []
    for pattern, target, what, day in rows(Path(__file__).with_name("anchors.tsv"), 4):
        first, _, last = (day or "0").partition("-")
        found.append(_Name(compiled(pattern), target, split(what), int(first), int(last or first)))
    return tuple(found)


@dataclass(slots=True)
class Memory:
    """What a passage has established so far."""

    day: Anchor | None = None
    """What "day n" counts from."""
    reference: Point | None = None
    """The last thing told: what "two weeks later" counts from."""
    admitted: bool = False


def anchor_of(
    time: TimeExpression, sentence: int, course: Course, layout: Layout, memory: Memory
) -> Anchor | None:
    """Return the anchor that the time's own words name, or null where they name none."""
    mention = named_mention(time, sentence, layout)
    if mention is not None:
        event = course.named_by(mention, time.start)
        if event is not None:
            return Anchor(_side(time, event, layout), *_own_day(course.by_id[event]))
    return _by_name(time, course, layout)


def established(time: TimeExpression, memory: Memory) -> Anchor | None:
    """Return what a time counts from that names no anchor itself."""
    if time.anchor_text is not None:
        return None
    if time.type == "day":
        if memory.day is not None:
            return memory.day
        return Anchor(PRESENTATION, 0, 1) if memory.admitted else None
    return None if memory.reference is None else Anchor(memory.reference)


def _side(time: TimeExpression, event: str, layout: Layout) -> Point:
    words = layout.text[time.start : time.end] + layout.after(time.end, _REACH)
    ended = cue("completion").search(words)
    return Point(event, "end" if ended else "start")


def _own_day(event: Event) -> tuple[int, int]:
    """Return the number of the anchor's own day: chemotherapy begins on day 1."""
    return (1, 1) if "chemotherapy" in event.ancestors else (0, 0)


def named_mention(time: TimeExpression, sentence: int, layout: Layout) -> Mention | None:
    """Return the mention that the time is tied to, or that its next words name."""
    mentions = layout.annotation.mentions
    if time.anchor is not None:
        return mentions[time.anchor]
    words = layout.after(time.end, _REACH)
    if starts_with(cue("later"), words) and not re.match(r"\W*after\b", words):
        return None
    link = cue("after").match(words.lstrip()) or cue("before").match(words.lstrip())
    inside = re.search(r"(?:after|before|post|following|since|of)\W*$", time.text, re.IGNORECASE)
    if link is None and inside is None:
        return None
    _, end = layout.bounds(sentence)
    reach = min(end, time.end + _REACH)
    for mention in layout.mentions_in(time.end, reach):
        between = layout.text[time.end : mention.start]
        if cue("clause").search(between) or "," in between:
            return None
        if mention.kind in ("Therapy", "Outcome", "Condition"):
            return mention
    return None


def _by_name(time: TimeExpression, course: Course, layout: Layout) -> Anchor | None:
    """Look the words around the time up in ``anchors.tsv``."""
    following = layout.after(time.end, 35)
    near = (
        following
        if starts_with(cue("after"), following) or starts_with(cue("before"), following)
        else ""
    )
    near = re.split(r"[,;.(]", near)[0]
    before = re.split(r"[,;.()]", layout.before(time.start, 18))[-1] if time.type == "day" else ""
    words = " ".join((before, time.text, near, time.anchor_text or ""))
    for name in _names():
        if not name.pattern.search(words):
            continue
        if name.target in NAMED:
            if NAMED[name.target] == FOLLOW_UP and _LENGTH_OF.match(following):
                continue
            return Anchor(NAMED[name.target], name.first, name.last)
        event = course.nearest(lambda event, name=name: _fits(event, name), time.start)  # type: ignore[misc]
        if event is not None:
            return Anchor(_side(time, event, layout), name.first, name.last)
    return None


def _fits(event: Event, name: _Name) -> bool:
    if event.type != name.target:
        return False
    return not name.what or bool({event.name, event.outcome, *event.ancestors} & {*name.what})
