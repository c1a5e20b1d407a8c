"""Which times of a sentence belong to which of its events.

No parser is at hand, so position and clause decide. A time that stands before the first event of
its clause ("On February 9, she received …") governs what follows; one that stands after an event
governs the events before it back to the previous time. An exposure and what came of it do not
share a time ("received induction on February 9 and achieved CR"); findings told together do. Two
times with nothing but a bracket or a comma between them ("April 4, 2019 (day 17)") are of one
event.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.cases.timeline.anchors import named_mention
from kg.cases.timeline.course import Course, Telling
from kg.cases.timeline.reading import Layout, cue, ends_with, starts_with
from kg.nlp.model import Mention, TimeExpression

_TOGETHER = re.compile(r"[\s,(\[]*")
_COURSE = re.compile(r"[\s-]*(?:course|history|period|trial|cycle|regimen|stay|of)\b", re.I)
_LEADING = re.compile(r"\b(?:after|following|before|prior to|due to|despite|given)", re.I)
_REASON = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:for|due to|because of|secondary to)\s+(?:[\w-]+\s+){0,4}$", re.I
)
_BRACKETS = re.compile(r"\([^()]*\)")
_FRONTED = re.compile(r"[\s,]*(?:after|following|despite)\b[^;]{0,120}", re.I)
"""What opens a sentence with what had been before: "Despite entecavir, the tumour recurred"."""
_AFTER = re.compile(r"\bafter", re.I)
_AT_AGE = re.compile(
    r"\b(?:at|since|from|by|until|till|before|after|around|when (?:s?he|they) (?:was|were))"
    r"\s+(?:the |an? |about |approximately |around )*$",
    re.I,
)
"""What makes an age the time of an event, and not how old somebody is."""
_FROM = re.compile(
    r"\b(?:after|before|prior to|following|from|since|of)\s+(?:(?:the|his|her|this|initial)\s+)*$",
    re.I,
)
_BREATH = 40
_POINTS = frozenset({"date", "day", "distance", "point"})


@dataclass(frozen=True, slots=True)
class Tie:
    """A time and the event it belongs to."""

    time: TimeExpression
    telling: Telling


@dataclass(frozen=True, slots=True)
class _Group:
    times: tuple[TimeExpression, ...]
    anchors: tuple[Mention, ...]

    @property
    def start(self) -> int:
        return self.times[0].start

    @property
    def end(self) -> int:
        return self.times[-1].end

    def is_anchored_to(self, telling: Telling) -> bool:
        return any(a.start < telling.end and telling.start < a.end for a in self.anchors)

    def is_behind(self, telling: Telling, layout: Layout) -> bool:
        """Tell whether an event is only why the anchor was: "7 years after surgery for cancer"."""
        return any(
            a.end <= telling.start and _REASON.match(layout.text[a.end : telling.start])
            for a in self.anchors
        )


def ties(sentence: int, course: Course, layout: Layout) -> list[Tie]:
    """Return the ties of one sentence, in order of its times."""
    tellings = course.tellings_in(sentence)
    times = [time for time in layout.times_in(sentence) if time.value or time.type == "point"]
    if not tellings or not times:
        return []
    points = [
        time
        for n, time in enumerate(times)
        if is_point(time, layout) and not (n and _counts_from(times[n - 1], time, layout))
    ]
    found = _Sentence(sentence, course, layout, tellings, points).ties()
    for time in times:
        if time.type == "duration" and time not in points:
            found.extend(_lasting(time, times, tellings, layout))
    return sorted(found, key=lambda tie: (tie.time.start, tie.telling.start, tie.telling.event))


def _counts_from(time: TimeExpression, other: TimeExpression, layout: Layout) -> bool:
    """Tell whether the later of two times is what the first counts from: "a week after day 3"."""
    if time.type not in ("distance", "duration") or other.type not in ("day", "point"):
        return False
    return _FROM.search(layout.text[max(time.start, other.start - 20) : other.start]) is not None


def is_point(time: TimeExpression, layout: Layout) -> bool:
    """Tell whether a time says when, and not how long.

    "After 42 days of interferon" is told as a duration and says when.
    """
    if starts_with(cue("interval"), layout.after(time.end)):
        return False
    if time.type in _POINTS:
        return True
    if time.type == "age":
        return time.anchor_text is None and _AT_AGE.search(layout.before(time.start)) is not None
    if time.type != "duration":
        return False
    before = layout.before(time.start)
    if starts_with(cue("later"), layout.after(time.end)):
        return True
    return ends_with(cue("within"), before) or ends_with(_AFTER, before)


class _Sentence:
    """The point-like times of one sentence and how they share out among its events."""

    def __init__(
        self,
        sentence: int,
        course: Course,
        layout: Layout,
        tellings: Sequence[Telling],
        points: Sequence[TimeExpression],
    ) -> None:
        self.sentence, self.course, self.layout = sentence, course, layout
        self.groups = [self._group(times) for times in self._adjacent(points)]
        anchored = {
            telling
            for telling in tellings
            for group in self.groups
            if group.is_anchored_to(telling) or group.is_behind(telling, layout)
        }
        self.tellings = [telling for telling in tellings if telling not in anchored] or [
            telling
            for telling in tellings
            if not any(group.is_anchored_to(telling) for group in self.groups)
        ]
        self.clauses = layout.clauses(sentence)

    def _adjacent(self, points: Sequence[TimeExpression]) -> list[list[TimeExpression]]:
        runs: list[list[TimeExpression]] = []
        for time in points:
            gap = self.layout.text[runs[-1][-1].end : time.start] if runs else "x"
            if runs and runs[-1][-1].type != time.type and _TOGETHER.fullmatch(gap):
                runs[-1].append(time)
            else:
                runs.append([time])
        return runs

    def _group(self, times: list[TimeExpression]) -> _Group:
        found = (named_mention(time, self.sentence, self.layout) for time in times)
        return _Group(tuple(times), tuple(mention for mention in found if mention is not None))

    def ties(self) -> list[Tie]:
        """Share the groups out among the events."""
        if not self.groups:
            return []
        _, end = self.layout.bounds(self.sentence)
        if cue("respectively").search(self.layout.text, self.groups[-1].end, end):
            paired = self._paired()
            if paired:
                return paired
        return [
            Tie(time, telling)
            for telling in self.tellings
            for group in self._governing(telling)
            for time in group.times
        ]

    def _paired(self) -> list[Tie]:
        wanted = len(self.groups)
        before = [told for told in self.tellings if told.end <= self.groups[0].start]
        if wanted < 2 or len(before) < wanted:
            return []
        pairs = zip(self.groups, before[-wanted:], strict=True)
        return [Tie(time, telling) for group, telling in pairs for time in group.times]

    def _clause(self, offset: int) -> int:
        return bisect_right(self.clauses, offset) - 1

    def _governing(self, telling: Telling) -> list[_Group]:
        clause = self._clause(telling.start)
        own = [group for group in self.groups if self._clause(group.start) == clause]
        inside = [g for g in own if telling.start <= g.start and g.end <= telling.end]
        if inside:
            return inside
        left = next((g for g in reversed(own) if g.end <= telling.start), None)
        right = next((g for g in own if g.start >= telling.end), None)
        fronted = left is not None and self._is_fronted(left)
        if left is not None and not (fronted and self._shares(left, telling, ahead=True)):
            left = None if fronted or not self._trails(left, telling) else left
        if right is not None and not self._shares(right, telling, ahead=False):
            right = None
        if left is None and right is None:
            return self._inherited(telling, clause)
        if left is None or right is None:
            return [group for group in (left, right) if group is not None]
        if left.times[0].type != right.times[0].type:
            return [left, right]
        return [right if self._touches(telling, right) or not fronted else left]

    def _is_fronted(self, group: _Group) -> bool:
        """Tell whether no event of its clause stands before a time."""
        clause = self._clause(group.start)
        return not any(
            self._clause(told.start) == clause and told.end <= group.start for told in self.tellings
        )

    def _shares(self, group: _Group, telling: Telling, *, ahead: bool) -> bool:
        """Tell whether an event shares a time with the event that stands nearest to it."""
        clause = self._clause(group.start)
        same = [told for told in self.tellings if self._clause(told.start) == clause]
        if ahead:
            near = next((told for told in same if told.start >= group.end), telling)
        else:
            near = next((told for told in reversed(same) if told.end <= group.start), telling)
        if near.event == telling.event:
            return True
        if not ahead and not self._listed(telling, near, group):
            return False
        first, second = self._type(near), self._type(telling)
        if ahead:
            return (first, second) != ("Exposure", "Response")
        if second == "Diagnosis" and first == "Response":
            return False  # "diagnosed with A, she died 8 months later"
        return (first == "Exposure") == (second == "Exposure")

    def _listed(self, telling: Telling, near: Telling, group: _Group) -> bool:
        """Tell whether an event is told in one breath with the one nearest to a time behind."""
        if ends_with(_LEADING, self.layout.before(telling.start, 30)):
            return False
        start = self.clauses[self._clause(telling.start)]
        if _FRONTED.fullmatch(self.layout.text[start : telling.start]):
            return False
        behind = _BRACKETS.sub("", self.layout.text[telling.end : group.start])
        if len(behind.strip()) <= _BREATH // 2:
            return True
        chain = [told for told in self.tellings if telling.start <= told.start <= near.start]
        gaps = (self.layout.text[a.end : b.start] for a, b in pairwise(chain))
        return all(len(gap) <= _BREATH and not re.search(r"[();]", gap) for gap in gaps)

    def _trails(self, group: _Group, telling: Telling) -> bool:
        """Tell whether a finding told after a time still belongs to it: "on day 7 with fever"."""
        between = self.layout.text[group.end : telling.start]
        if group.times[0].type == "age":
            return False  # "diagnosed at the age of 49 presented with tremor"
        return self._type(telling) not in ("Exposure", "Response") and "," not in between

    def _touches(self, telling: Telling, group: _Group) -> bool:
        between = self.layout.text[telling.end : group.start]
        told = any(telling.end <= other.start < group.start for other in self.tellings)
        return not told and "," not in between

    def _type(self, telling: Telling) -> str:
        return self.course.by_id[telling.event].type

    def _inherited(self, telling: Telling, clause: int) -> list[_Group]:
        """Let the time that opens the sentence reach into its later clauses."""
        first = self.groups[0]
        if clause == 0 or self._clause(first.start) != 0 or not self._is_fronted(first):
            return []
        start = self.clauses[clause]
        if _ORDERED.match(self.layout.text, start):
            return []
        exposures = any(
            self._type(told) == "Exposure" and told.end <= telling.start for told in self.tellings
        )
        return [] if exposures and self._type(telling) == "Response" else [first]


_ORDERED = re.compile(r"[\s,]*(?:and )?(?:followed by|then|subsequently|thereafter|after)", re.I)


def _lasting(
    time: TimeExpression,
    times: Sequence[TimeExpression],
    tellings: Sequence[Telling],
    layout: Layout,
) -> list[Tie]:
    """Tie a duration to the event that it follows, or whose course it begins.

    An event that another duration follows has its own: the second is of something not told here.
    """
    before, after = layout.before(time.start), layout.after(time.end)
    if starts_with(cue("interval"), after):
        return []
    looks_ahead = _COURSE.match(after) is not None
    if not looks_ahead and not ends_with(cue("lasting"), before) and time.direction is None:
        return []
    behind = [told for told in tellings if told.end <= time.start]
    ahead = [told for told in tellings if told.start >= time.end]
    around = [told for told in tellings if told.start <= time.start and time.end <= told.end]
    if looks_ahead and ahead:
        return [Tie(time, ahead[0])]
    taken = behind and any(
        other.type == "duration" and behind[-1].end <= other.start < time.start for other in times
    )
    chosen = around[:1] or ([] if taken else behind[-1:] or ahead[:1])
    return [Tie(time, telling) for telling in chosen]
