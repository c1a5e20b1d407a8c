"""The order in which a course is told: within a sentence by its words, between sentences by place.

Narrated order is the weakest evidence and enters the network last. It holds between the starts of
events that the narrative tells as they come; history, flashbacks and plans stand outside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from pathlib import Path

from kg.cases.model import Event
from kg.cases.timeline.course import Course, Telling
from kg.cases.timeline.model import Point, Statement
from kg.cases.timeline.reading import Layout, compiled, cue, ends_with, leads_to
from kg.terms.tables import rows, split

_FIRST = frozenset({"Diagnosis", "Finding"})
_TREATED = _FIRST | {"AdverseEvent"}
_CLASS = re.compile(r"\[[^\]]*\]")
_OF = re.compile(r"\s+(?:of|from|in)\s+(?:(?:the|his|her|all|both|an?)\s+)?(?:[\w-]+\s+)?", re.I)
_WAS = re.compile(r"[^,;.]{0,40}\b(?:was|were)\b")
_LIST = re.compile(r"[\s,/]*(?:and|or|as well as|plus|with)?\s*(?:[\w-]+\s+){0,2}", re.IGNORECASE)
_ENUMERATED = re.compile(r"[\s,/]*(?:and|or|as well as|plus|with)?\s*(?:[\w-]+\s+)?", re.IGNORECASE)
_LISTED_BY = re.compile(r"[\s,]*(?:and|or|but)\s+(?:[\w-]+\s+){0,2}", re.IGNORECASE)
_REASON = re.compile(
    r"\W*(?:since|because|as|given|due to|owing to|in view of|despite|although|considering)\b", re.I
)
_DEFINITE = re.compile(
    r"(?<!of )\b(?:the|this|his|her|their|its)\s+"
    r"(?:(?!(?:patient|child|boy|girl|infant|man|woman|mother|had|has|was|were|is|with|of|in|and|for"
    r"|to|by|from)\b)[\w-]+(?<!ed)\s+){0,2}$",
    re.I,
)
"""What stands before the name of something that the reader knows of: "the spinal cord …"."""
_BEFORE_ROLES = frozenset({"conditioning", "lymphodepletion", "bridging"})


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence of the narrative, or a part of one, and the events that begin with it.

    A sentence has a part for each turn that its telling takes: "relapsed, | and underwent surgery".
    """

    sentence: int
    tellings: tuple[Telling, ...]
    part: int = 0

    @property
    def point(self) -> Point:
        """The moment in the network that the narrative has reached."""
        return Point(f"sentence {self.sentence}.{self.part}")


def steps(
    course: Course, layout: Layout, looking_back: set[str]
) -> tuple[list[Step], list[Telling]]:
    """Return the narrative of a patient, each event in the sentence that states it; and flashbacks.

    A flashback stands in the narrative but looks back behind it: "she had received …".
    """
    found: dict[int, list[Telling]] = {}
    back: list[Telling] = []
    for event_id, place in course.place.items():
        event = course.by_id[event_id]
        if not layout.narrates(place.sentence) or event_id in looking_back:
            continue
        if event.time != "current" and not (event.time == "future" and is_ahead(event)):
            continue
        if _flashback(place, layout):
            back.append(place)
        else:
            found.setdefault(place.sentence, []).append(place)
    narrative = [
        Step(sentence, tuple(part), number)
        for sentence, told in sorted(found.items())
        for number, part in enumerate(_parts(told, course, layout))
    ]
    return narrative, back


def is_ahead(event: Event) -> bool:
    """Tell whether an event was only planned when it was told: it begins then or later, if ever."""
    return event.realisation in ("considered", "planned")


def _parts(told: list[Telling], course: Course, layout: Layout) -> list[list[Telling]]:
    """Part the events of a sentence where its telling moves on in time.

    What is told behind a word that turns the order round ("relapsed after surgery and radiation")
    goes to the part before, so that it is not held after what was told first.
    """
    parts: list[list[Telling]] = []
    home: list[Telling] = []
    last: Telling | None = None
    for telling in sorted(told, key=lambda place: (place.start, place.event)):
        between = "" if last is None else layout.text[last.end : telling.start]
        order = None if last is None else _order_between(last, telling, layout)
        if order == "second" or (last and _is_object(last, telling, between, course)):
            home = _part_behind(parts, course)
        elif (
            last is None or order == "first" or _moves_on(parts[-1], last, telling, course, layout)
        ):
            home = []
            parts.append(home)
        elif not _LIST.fullmatch(between):
            home = parts[-1]
        home.append(telling)
        last = telling
    return parts


def _is_object(last: Telling, telling: Telling, between: str, course: Course) -> bool:
    """Tell whether a condition is what an outcome or a therapy is of: "resection of the tumour"."""
    types = course.by_id[last.event].type, course.by_id[telling.event].type
    acted_on = types[0] in ("Response", "Exposure") and types[1] in _TREATED
    return acted_on and _OF.fullmatch(between) is not None


def is_known(place: Telling, course: Course, layout: Layout) -> bool:
    """Tell whether a disease is told as one that was there: "the tumour was resected".

    So is one that stands before the words of the presentation: "a man with gout presented with".
    """
    if course.by_id[place.event].type != "Diagnosis":
        return False
    if _DEFINITE.search(layout.before(place.start)):
        return True
    if place.sentence != layout.visit:
        return False
    _, end = layout.bounds(place.sentence)
    told = cue("presentation").search(layout.text, place.end, end)
    return told is not None and "," not in layout.text[place.end : told.start()]


def _part_behind(parts: list[list[Telling]], course: Course) -> list[Telling]:
    """Return the part for what came before the last one told, but not before a diagnosis."""
    if len(parts) > 1 and _types(parts[-2], course) <= _FIRST:
        parts.insert(-1, [])
    return parts[-2] if len(parts) > 1 else parts[-1]


def _types(part: list[Telling], course: Course) -> set[str]:
    return {course.by_id[told.event].type for told in part}


def _moves_on(
    part: list[Telling], last: Telling, telling: Telling, course: Course, layout: Layout
) -> bool:
    """Tell whether an event begins after those told just before it in its sentence.

    A new clause moves on ("and was given", "but died"); so do a therapy told after what it is for,
    and what came of a therapy told after it.
    """
    if telling.start < last.end:
        return False
    if _another_phase(part, telling, course, layout):
        return True
    turn = cue("moves_on").search(layout.text, last.end, telling.end)
    if turn is not None and turn.start() < telling.start:
        return True
    types, new = _types(part, course), course.by_id[telling.event]
    if new.type == "Exposure" and course.by_id[last.event].type == "Response":
        # "A was not effective, B was started": a clause of its own.
        comma = "," in layout.text[last.end : telling.start]
        return comma and _WAS.match(layout.text, telling.end) is not None
    if new.type == "Exposure":
        return new.realisation == "given" and types <= _TREATED
    return new.type == "Response" and not types.isdisjoint({"Exposure", "Diagnosis"})


def _another_phase(part: list[Telling], telling: Telling, course: Course, layout: Layout) -> bool:
    """Tell whether a therapy is of a later phase: "chemotherapy, surgery and adjuvant X"."""
    if course.by_id[telling.event].type != "Exposure":
        return False
    last = next((t for t in reversed(part) if course.by_id[t.event].type == "Exposure"), None)
    if last is None:
        return False
    here = _phase(telling, layout)
    return here != _phase(last, layout) and (
        here == "later_phase" or _phase(last, layout) == "earlier_phase"
    )


def _phase(telling: Telling, layout: Layout) -> str | None:
    words = layout.before(telling.start, 30)
    for name in ("earlier_phase", "later_phase"):
        if ends_with(cue(name), words) or cue(name).match(layout.text, telling.start, telling.end):
            return name
    return None


def _flashback(place: Telling, layout: Layout) -> bool:
    clauses = [start for start in layout.clauses(place.sentence) if start <= place.start]
    while len(clauses) > 1 and _LISTED_BY.fullmatch(layout.text, clauses[-1], place.start):
        clauses.pop()  # "had undergone nephrectomy, and splenectomy": a list, no clause
    found = cue("flashback").search(layout.text, clauses[-1], place.end)
    if found is None:
        return False
    if cue("presentation").search(layout.text, found.end(), place.start):
        return False  # "A man with a history of gout was admitted with pneumonia"
    # "Since she had a history of asthma, landiolol was used": the therapy is of now.
    reason = _REASON.match(layout.text, clauses[-1], found.start())
    return reason is None or "," not in layout.text[found.end() : place.start]


@cache
def _orders(place: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Return the cues of a place as one pattern, the longest first, and the order of each group."""
    table = rows(Path(__file__).with_name("order.tsv"), 3)
    here = [(words, order) for where, words, order in table if where == place]
    here.sort(key=lambda row: len(_CLASS.sub("x", row[0])), reverse=True)
    cues = "|".join(f"({compiled(words).pattern})" for words, _ in here)
    return re.compile(cues, re.IGNORECASE), tuple(order for _, order in here)


def stated_order(course: Course, layout: Layout) -> Iterator[Statement]:
    """Yield the orders that words between two events of a sentence state."""
    for sentence in course.sentences:
        for one, two in pairwise(_lists(course.tellings_in(sentence), course, layout)):
            order = _order_between(one[-1], two[0], layout)
            if order is None:
                continue
            for first, second in product(one, two):
                # Only where what the words place is stated, not where it is mentioned again.
                placed = second if order == "first" else first
                if first.event != second.event and _is_stated(placed, course):
                    early, late = (first, second) if order == "first" else (second, first)
                    yield _after(early.event, late.event, one[-1].end, two[0].start, sentence)


def _lists(told: list[Telling], course: Course, layout: Layout) -> list[list[Telling]]:
    """Return the events of a sentence by the lists they stand in, without what others are of."""
    lists: list[list[Telling]] = []
    for telling in told:
        last = lists[-1][-1] if lists else None
        between = "" if last is None else layout.text[last.end : telling.start]
        if last is not None and _is_object(last, telling, between, course):
            continue
        goes_on = (
            last is not None
            and telling.start >= last.end
            and course.by_id[telling.event].type == course.by_id[last.event].type
            and _ENUMERATED.fullmatch(between)
        )
        if not goes_on:
            lists.append([])
        lists[-1].append(telling)
    return lists


def _is_stated(telling: Telling, course: Course) -> bool:
    place = course.place[telling.event]
    return (place.start, place.end) == (telling.start, telling.end)


def _order_between(first: Telling, second: Telling, layout: Layout) -> str | None:
    between = layout.text[first.end : second.start]
    pattern, orders = _orders("between")
    found = list(pattern.finditer(between))
    if found:
        order = orders[(found[-1].lastindex or 1) - 1]
        # "Diagnosed after a consultation and treated with A": the telling has gone on.
        gone_on = order == "second" and cue("moves_on").search(between, found[-1].end())
        return None if gone_on else order
    if "," not in between:
        return None
    front = layout.before(first.start, 30)
    pattern, orders = _orders("front")
    ahead = next((m for m in pattern.finditer(front) if leads_to(m.end(), front)), None)
    return None if ahead is None else orders[(ahead.lastindex or 1) - 1]


def _after(early: str, late: str, start: int, end: int, sentence: int) -> Statement:
    return Statement(Point(early), Point(late), 0, None, "stated", start, end, sentence, after=True)


def related_order(course: Course) -> Iterator[tuple[Point, Point, bool]]:
    """Yield what relations say of order: (earlier, later, at least a day apart).

    A response or an adverse event follows its exposure; a component lies within its regimen; what
    conditions a transplant comes before it; what treats an event does not come before it.
    """
    for relation in course.relations:
        source, target = Point(relation.source), Point(relation.target)
        if relation.type in ("RESPONSE_TO", "ATTRIBUTED_TO"):
            yield target, source, False
        elif relation.type == "PART_OF":
            yield target, source, False
            yield Point(relation.source, "end"), Point(relation.target, "end"), False
        elif relation.type == "GIVEN_FOR" and relation.role in _BEFORE_ROLES:
            yield source, target, True
        elif relation.type == "GIVEN_FOR" and (relation.role or "").startswith("treat"):
            yield target, source, False


@cache
def _ended_by() -> dict[str, frozenset[str]]:
    table = rows(Path(__file__).with_name("states.tsv"), 2)
    return {outcome: frozenset(split(ends)) for outcome, ends in table}


def ends_of_states(course: Course, narrative: list[Step]) -> Iterator[tuple[str, str]]:
    """Yield (response, what ends it) where the narrative tells both, by ``states.tsv``.

    Each response with the next one told that ends it, so that a first remission ends with the
    first relapse.
    """
    running: dict[str, list[str]] = {}
    for step in narrative:
        for telling in step.tellings:
            event = course.by_id[telling.event]
            if event.type != "Response" or event.polarity != "affirmed" or not event.outcome:
                continue
            for outcome, ends in _ended_by().items():
                if event.outcome in ends:
                    yield from ((state, event.id) for state in running.pop(outcome, ()))
            if event.outcome in _ended_by():
                running.setdefault(event.outcome, []).append(event.id)
