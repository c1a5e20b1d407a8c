"""What the times of a report state about its events, as bounds between points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from kg.cases.timeline import intervals
from kg.cases.timeline.anchors import Anchor, Memory, anchor_of, established
from kg.cases.timeline.course import Course, Telling
from kg.cases.timeline.intervals import Interval
from kg.cases.timeline.model import BIRTH, CALENDAR, FOLLOW_UP, PRESENTATION, Point, Statement
from kg.cases.timeline.network import Strength
from kg.cases.timeline.reading import Layout, cue, ends_with, starts_with
from kg.cases.timeline.ties import Tie, is_point, ties
from kg.nlp.model import TimeExpression

_AT = re.compile(r"\bat", re.IGNORECASE)
_AT_THE_LAST = re.compile(
    r"\b(?:at|last|latest|final|(?:most )?recent)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)
_BY = re.compile(r"\b(?:by|until|till|before)", re.IGNORECASE)
_AFTER = re.compile(r"\bafter", re.IGNORECASE)
_NEAR_A_POINT = 3
"""Days either way that "at diagnosis" may be off."""


class Reader:
    """Reads the statements of one patient's course, sentence by sentence.

    ``counted`` tells afterwards how many "day n" counted from each event.
    """

    def __init__(self, course: Course, layout: Layout) -> None:
        self.course, self.layout = course, layout
        self.visit = layout.visit
        self._narrative, self._passage = Memory(), Memory()
        self._section = -1
        self.counted: Counter[str] = Counter()
        self.statements: list[Statement] = []
        self.memory = self._narrative
        self.context: Interval | None = None
        """The last date of the narrative, from which a date without a year is completed."""
        self.looking_back: set[str] = set()
        """Events that a time puts before the presentation; they stand outside the narrative."""

    def read(self) -> list[Statement]:
        """Return all statements, in order of the text."""
        for sentence in sorted(self.layout.timed.union(self.course.sentences)):
            self._enter(sentence)
            found = self._within(sentence)
            self._remember(sentence, found)
        self.statements.extend(self._of_age())
        return self.statements

    def _enter(self, sentence: int) -> None:
        """Take up the narrative, which a legend may interrupt, or begin another passage."""
        section = self.layout.section_of(sentence)
        if section != self._section:
            self._section, self._passage = section, Memory()
        narrates = self.layout.narrates(sentence)
        self.memory = self._narrative if narrates else self._passage

    def _within(self, sentence: int) -> list[Tie]:
        self._note_visit(sentence)
        found = ties(sentence, self.course, self.layout)
        self._note_day_zero(found)
        self._look_back(sentence, found)
        for tie in found:
            again = is_point(tie.time, self.layout) and self._told_again(tie.telling)
            for statement in self._of_tie(tie, sentence):
                weak = replace(statement, strength="narrated")
                self.statements.append(weak if again else statement)
        self.statements.extend(self._of_visit(sentence))
        self.statements.extend(self._of_last_visit(sentence))
        return found

    def _told_again(self, telling: Telling) -> bool:
        """Tell whether the narrative only comes back to an event that it stated before.

        The time of such a sentence may be of a second occurrence: it is weak evidence.
        """
        place = self.course.place[telling.event]
        narrated = self.layout.narrates(place.sentence) and self.layout.narrates(telling.sentence)
        return narrated and place.start != telling.start

    def _look_back(self, sentence: int, found: list[Tie]) -> None:
        """Let "four years ago" reach to all that its sentence tells without a time of its own.

        "A 3-week history of fever and cough" reaches to the other complaints only.
        """
        back = [tie for tie in found if self._looks_back(tie)]
        timed = {tie.telling.event for tie in found if tie not in back}
        self.looking_back |= {tie.telling.event for tie in back}
        for telling in self.course.tellings_in(sentence) if back else ():
            complaint = self.course.by_id[telling.event].type == "Finding"
            reached = complaint or any(tie.time.type == "distance" for tie in back)
            if reached and telling.event not in timed:
                self.looking_back.add(telling.event)

    def _note_visit(self, sentence: int) -> None:
        if sentence in self.layout.saying("presentation"):
            self.memory.admitted = True

    def _remember(self, sentence: int, found: list[Tie]) -> None:
        """Keep what the next sentences may count from."""
        if self.layout.narrates(sentence):
            for time in self.layout.times_in(sentence):
                date = self._date(time) if time.type == "date" else None
                self.context = date or self.context
        timed = [tie.telling for tie in found if is_point(tie.time, self.layout)]
        told = [t for t in self.course.tellings_in(sentence) if self._happened(t)]
        weighty = [t for t in told if self.course.by_id[t.event].type != "Finding"]
        for choice in (timed, weighty, told):
            if choice:
                self.memory.reference = Point(self.course.whole(choice[-1].event))
                break
        for telling in told:
            if self.course.is_procedure(telling.event):
                self.memory.day = Anchor(Point(self.course.whole(telling.event)))

    def _happened(self, telling: Telling) -> bool:
        event = self.course.by_id[telling.event]
        return event.polarity == "affirmed" and event.realisation in (None, "given")

    def _note_day_zero(self, found: list[Tie]) -> None:
        """Let "day 0" name the exposure that the following days count from."""
        for tie in found:
            event = self.course.by_id[tie.telling.event]
            if tie.time.type == "day" and tie.time.value == "P0D" and event.type == "Exposure":
                self.memory.day = Anchor(Point(self.course.whole(event.id)))
                break

    def _date(self, time: TimeExpression) -> Interval | None:
        value = intervals.complete(time.value or "", self.context)
        return None if value is None else intervals.date_interval(value)

    def _of_tie(self, tie: Tie, sentence: int) -> Iterator[Statement]:
        time, event = tie.time, tie.telling.event
        if time.type == "date":
            yield from self._dated(time, event, sentence)
        elif time.type == "day":
            yield from self._numbered(time, event, sentence)
        elif time.type == "point":
            yield from self._pointed(time, event, sentence)
        elif time.type == "age":
            yield from self._aged(time, event, sentence)
        elif is_point(time, self.layout) or self._looks_back(tie):
            yield from self._apart(tie, sentence)
        else:
            yield from self._lasting(time, event, sentence)

    def _state(
        self,
        time: TimeExpression,
        sentence: int,
        ends: tuple[Point, Point],
        bounds: Interval,
        strength: Strength = "stated",
        *,
        lasting: bool = False,
    ) -> Statement:
        return Statement(
            ends[0],
            ends[1],
            bounds.low,
            bounds.high,
            strength,
            time.start,
            time.end,
            sentence,
            time.precision,
            lasting,
            nominal_days=intervals.nominal_days(time.value or "") if lasting else None,
        )

    def _dated(self, time: TimeExpression, event: str, sentence: int) -> Iterator[Statement]:
        date = self._date(time)
        if date is None:
            return
        start, end = Point(event), Point(event, "end")
        if time.value_to:
            last = self._date(replace(time, value=time.value_to))
            yield self._state(time, sentence, (CALENDAR, start), date, "dated")
            if last is not None:
                yield self._state(time, sentence, (CALENDAR, end), last, "dated")
        elif time.direction == "until" or ends_with(cue("until"), self.layout.before(time.start)):
            yield self._state(time, sentence, (CALENDAR, end), date, "dated")
        elif time.direction == "before" or event in self.looking_back:
            # A complaint of a week was there on the day of the visit; it did not begin then.
            yield self._state(time, sentence, (CALENDAR, start), Interval(None, date.high), "dated")
        elif time.direction == "after":
            yield self._state(time, sentence, (CALENDAR, start), Interval(date.low, None), "dated")
        elif self._is_follow_up(sentence):
            yield self._state(time, sentence, (CALENDAR, FOLLOW_UP), date, "dated")
            yield self._state(time, sentence, (end, FOLLOW_UP), Interval(0, 0))
        else:
            yield self._state(time, sentence, (CALENDAR, start), date, "dated")

    def _aged(self, time: TimeExpression, event: str, sentence: int) -> Iterator[Statement]:
        """Place an event by how old the patient was."""
        bounds = _age_of(time)
        before = self.layout.before(time.start)
        if ends_with(_BY, before):
            bounds = Interval(None, bounds.high)
        elif ends_with(_AFTER, before):
            bounds = Interval(bounds.low, None)
        yield self._state(time, sentence, (BIRTH, Point(event)), bounds)

    def _numbered(self, time: TimeExpression, event: str, sentence: int) -> Iterator[Statement]:
        if cue("schedule").search(self.layout.after(time.end, 25)):
            return
        anchor = self._anchor(time, sentence)
        if anchor is None or anchor.point.name == event:
            return
        self.memory.day = anchor
        self.counted[anchor.point.name] += 1
        sides = [(time.value, Point(event))]
        if time.value_to:
            sides.append((time.value_to, Point(event, "end")))
        for value, point in sides:
            number = _signed_days(value)
            if number is not None:
                bounds = Interval(number - anchor.last, number - anchor.first)
                yield self._state(time, sentence, (anchor.point, point), bounds, "dated")

    def _anchor(self, time: TimeExpression, sentence: int) -> Anchor | None:
        named = anchor_of(time, sentence, self.course, self.layout, self.memory)
        if named is not None:
            return named
        for other in self.layout.times_in(sentence):
            # "on day 22 and day 37 after transplantation": the last one names it for all.
            if other.type == time.type and other.start > time.end:
                gap = self.layout.text[time.end : other.start]
                if re.fullmatch(r"[\s,]*(?:and|or|to|until|–|-)?\s*(?:on|at)?\s*", gap):
                    return self._anchor(other, sentence)
        return established(time, self.memory)

    def _pointed(self, time: TimeExpression, event: str, sentence: int) -> Iterator[Statement]:
        anchor = anchor_of(time, sentence, self.course, self.layout, self.memory)
        if anchor is None or anchor.point.name == event:
            return
        if anchor.point == FOLLOW_UP and not _AT_THE_LAST.search(self.layout.before(time.start)):
            return  # "on follow-up CT", "during follow-up": any of the course
        start, end = Point(event), Point(event, "end")
        there = anchor.point
        if time.direction in ("before", "until"):
            side = end if time.direction == "until" else start
            yield self._state(time, sentence, (side, there), Interval(0, None))
        elif time.direction in ("after", "since"):
            yield self._state(time, sentence, (there, start), Interval(0, None))
        elif time.direction == "during":
            yield self._state(time, sentence, (there, start), Interval(0, None))
            yield self._state(time, sentence, (start, Point(there.name, "end")), Interval(0, None))
        else:
            near = Interval(-_NEAR_A_POINT, _NEAR_A_POINT)
            yield self._state(time, sentence, (there, start), near)

    def _apart(self, tie: Tie, sentence: int) -> Iterator[Statement]:
        time, event = tie.time, tie.telling.event
        bounds = self._bounded(
            time, intervals.distance(time.value or "", time.value_to, approximate=time.approximate)
        )
        start = Point(event)
        if self._looks_back(tie):
            yield self._state(time, sentence, (start, PRESENTATION), bounds)
            return
        anchor, strength = self._counted_from(tie, sentence)
        if anchor is None or anchor.point.name == event:
            return
        if time.direction == "before":
            yield self._state(time, sentence, (start, anchor.point), bounds, strength)
            return
        if self._is_follow_up(sentence):
            yield self._state(time, sentence, (anchor.point, FOLLOW_UP), bounds, strength)
            yield self._state(time, sentence, (Point(event, "end"), FOLLOW_UP), Interval(0, 0))
            return
        yield self._state(time, sentence, (anchor.point, start), bounds, strength)

    def _counted_from(self, tie: Tie, sentence: int) -> tuple[Anchor | None, Strength]:
        """Return what a distance counts from, and how surely the text says so."""
        time = tie.time
        named = anchor_of(time, sentence, self.course, self.layout, self.memory)
        if named is not None:
            return named, "stated"
        before = self.layout.before(time.start)
        if ends_with(cue("within"), before):
            for told in reversed(self.course.tellings_in(sentence)):
                if told.end <= tie.telling.start and self._happened(told):
                    return Anchor(Point(self.course.whole(told.event))), "stated"
        if ends_with(_AT, before):
            # "At 6 months, MRI showed": the follow-up of the last therapy.
            last = self.course.nearest_before(
                lambda event: event.type == "Exposure", tie.telling.start
            )
            return (None if last is None else Anchor(Point(last))), "narrated"
        return established(time, self.memory), "stated"

    def _lasting(self, time: TimeExpression, event: str, sentence: int) -> Iterator[Statement]:
        bounds = self._bounded(
            time, intervals.duration(time.value or "", time.value_to, approximate=time.approximate)
        )
        start, end = Point(event), Point(event, "end")
        anchor = anchor_of(time, sentence, self.course, self.layout, self.memory)
        if anchor is not None and anchor.point.name == event:
            anchor = None
        if anchor is None:
            yield self._state(time, sentence, (start, end), bounds, lasting=True)
        else:
            yield self._state(time, sentence, (anchor.point, end), bounds, lasting=True)
        if self._is_follow_up(sentence):
            yield self._state(time, sentence, (end, FOLLOW_UP), Interval(0, 0))

    def _bounded(self, time: TimeExpression, bounds: Interval) -> Interval:
        before = self.layout.before(time.start)
        if ends_with(cue("within"), before) or cue("within").match(time.text):
            return Interval(0, bounds.high)
        if ends_with(cue("at_least"), before) or cue("at_least").match(time.text):
            return Interval(bounds.low, None)
        return bounds

    def _looks_back(self, tie: Tie) -> bool:
        """Tell whether a period reaches back from the presentation.

        "Four years ago"; "a 3-week history of"; how long a complaint had lasted when the patient
        came; and how long a condition of the history had.
        """
        time, event = tie.time, self.course.by_id[tie.telling.event]
        if time.type not in ("distance", "duration") or time.anchor is not None:
            return False
        if time.type == "duration" and event.type not in ("Exposure", "Response"):
            visit = tie.telling.sentence == self.visit
            if (visit or event.time == "history") and not is_point(time, self.layout):
                return True
        if event.time == "history" and time.direction == "before":
            return True
        return (
            ends_with(cue("back"), self.layout.before(time.start))
            or starts_with(cue("back"), self.layout.after(time.end))
            or ends_with(cue("back"), time.text)
        )

    def _is_follow_up(self, sentence: int) -> bool:
        return sentence in self.layout.saying("follow_up")

    def _of_visit(self, sentence: int) -> Iterator[Statement]:
        """Date the presentation by the date of the first sentence that tells it."""
        if sentence == self.visit:
            yield from self._of_point(PRESENTATION, sentence)

    def _of_last_visit(self, sentence: int) -> Iterator[Statement]:
        """Date the last follow-up where the narrative does."""
        if self.layout.narrates(sentence) and sentence in self.layout.saying("last_visit"):
            yield from self._of_point(FOLLOW_UP, sentence)

    def _of_age(self) -> Iterator[Statement]:
        """Tell how old the patient was at the presentation, where events are told by age."""
        told = [s for s in self.statements if s.source == BIRTH]
        if not told:
            return
        if self.visit is not None:
            for time in self.layout.times_in(self.visit):
                if time.type == "age" and is_point(time, self.layout) and not self._of_event(time):
                    yield self._state(time, self.visit, (BIRTH, PRESENTATION), _age_of(time))
                    return
        age = self.course.age_days
        if age is not None:
            first = told[0]
            yield replace(first, target=PRESENTATION, low=age.low, high=age.high)

    def _of_event(self, time: TimeExpression) -> bool:
        return any(s.source == BIRTH and s.start == time.start for s in self.statements)

    def _of_point(self, point: Point, sentence: int) -> Iterator[Statement]:
        """Date a named point by the one date of its sentence."""
        dates = [t for t in self.layout.times_in(sentence) if t.type == "date"]
        date = self._date(dates[0]) if len(dates) == 1 else None
        if date is not None:
            yield self._state(dates[0], sentence, (CALENDAR, point), date, "dated")


def _age_of(time: TimeExpression) -> Interval:
    return intervals.age(time.value or "", time.value_to, approximate=time.approximate)


def _signed_days(value: str | None) -> int | None:
    """Return the number of a "day n".

    Examples
    --------
    >>> _signed_days("P17D"), _signed_days("-P5D")
    (17, -5)
    """
    match = re.fullmatch(r"(-?)P(-?)(\d+)D", value or "")
    if match is None:
        return None
    number = int(match[3])
    return -number if match[1] or match[2] else number
