"""One patient's events as the text tells them, and the lookups from words to events."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.cases.model import Event, Patient, Relation
from kg.cases.timeline.intervals import Interval
from kg.cases.timeline.reading import Layout
from kg.nlp.model import Mention

_PROCEDURES = frozenset(
    {
        "cell therapy",
        "haematopoietic cell transplantation",
        "organ transplantation",
        "surgery",
    }
)


def _age_in_days(patient: Patient) -> Interval | None:
    """Return the days of life that an age stands for: up to the next birthday, or a month."""
    if patient.age_years is None:
        return None
    unit = 365.25 if patient.age_years >= 1 else 30.4375
    low = math.floor(patient.age_years * 365.25)
    return Interval(low, math.ceil(low + unit))


@dataclass(frozen=True, slots=True)
class Telling:
    """One place where the text tells an event."""

    event: str
    start: int
    end: int
    sentence: int


class Course:
    """The events of one patient with their places in the text."""

    def __init__(
        self,
        patient: Patient,
        events: Sequence[Event],
        relations: Iterable[Relation],
        layout: Layout,
    ) -> None:
        self.patient = patient.id
        self.age_days = _age_in_days(patient)
        """How many days after birth the report meets the patient; null where it tells no age."""
        self.events = tuple(events)
        self.by_id = {event.id: event for event in events}
        self.relations = tuple(
            relation
            for relation in relations
            if relation.source in self.by_id and relation.target in self.by_id
        )
        self.tellings = sorted(
            (
                Telling(event.id, piece.start, piece.end, layout.sentence_at(piece.start))
                for event in events
                for piece in event.evidence
            ),
            key=lambda telling: (telling.start, telling.end, telling.event),
        )
        self._by_sentence: dict[int, list[Telling]] = defaultdict(list)
        for telling in self.tellings:
            self._by_sentence[telling.sentence].append(telling)
        self._whole = {
            relation.source: relation.target
            for relation in self.relations
            if relation.type == "PART_OF"
        }
        self.place = self._places(layout)
        self._countable = [
            (place.start, self.by_id[event])
            for event, place in sorted(self.place.items(), key=lambda item: item[1].start)
            if self.by_id[event].polarity == "affirmed"
            and self.by_id[event].realisation in (None, "given")
        ]

    def _places(self, layout: Layout) -> dict[str, Telling]:
        """Return where each event is told: its first piece of evidence that the narrative holds.

        The first piece of evidence is the one that states the event; others mention it again.
        """
        place: dict[str, Telling] = {}
        for event in self.events:
            told = [
                Telling(event.id, piece.start, piece.end, layout.sentence_at(piece.start))
                for piece in event.evidence
            ]
            narrated = (telling for telling in told if layout.narrates(telling.sentence))
            place[event.id] = next(narrated, told[0])
        return place

    @property
    def sentences(self) -> Sequence[int]:
        """The sentences that tell an event of the patient, in order of the text."""
        return list(self._by_sentence)

    def tellings_in(self, sentence: int) -> list[Telling]:
        """Return the tellings of a sentence, in order of the text."""
        return self._by_sentence.get(sentence, [])

    def is_within(self, one: str, two: str) -> bool:
        """Tell whether one of two events is a part of the other."""
        return self._whole.get(one) == two or self._whole.get(two) == one

    def whole(self, event: str) -> str:
        """Return the event that this one is a part of, or itself."""
        seen = {event}
        while event in self._whole and self._whole[event] not in seen:
            event = self._whole[event]
            seen.add(event)
        return event

    def is_procedure(self, event: str) -> bool:
        """Tell whether days are counted from such an exposure by custom."""
        found = self.by_id[event]
        if found.type != "Exposure" or found.realisation not in (None, "given"):
            return False
        if found.polarity != "affirmed":
            return False
        return bool(_PROCEDURES & {*found.ancestors, found.name})

    def named_by(self, mention: Mention, offset: int) -> str | None:
        """Return the event that a mention names, seen from an offset of the text.

        The event told by these very words; else the last one before the offset that is of the
        mention's concept, of a kind of it, or of a class of it, in this order; else the first.
        """
        for telling in self.tellings_in(mention.sentence):
            if telling.start < mention.end and mention.start < telling.end:
                event = self.by_id[telling.event]
                if event.concept == mention.concept or mention.kind == "Therapy":
                    return telling.event
        fits: tuple[Callable[[Event], bool], ...] = (
            lambda event: event.concept == mention.concept,
            lambda event: mention.name is not None and mention.name in event.ancestors,
            lambda event: event.name in mention.ancestors,
        )
        for fit in fits:
            found = self.nearest(fit, offset)
            if found is not None:
                return found
        return None

    def nearest(self, fit: Callable[[Event], bool], offset: int) -> str | None:
        """Return the last event before an offset that fits, else the first after it.

        Only what happened can be counted from.
        """
        found: str | None = None
        for start, event in self._countable:
            if start >= offset and found is not None:
                break
            if fit(event):
                found = event.id
                if start >= offset:
                    break
        return None if found is None else self.whole(found)

    def nearest_before(self, fit: Callable[[Event], bool], offset: int) -> str | None:
        """Return the last event told before an offset that happened and fits."""
        found = [event.id for start, event in self._countable if start < offset and fit(event)]
        return self.whole(found[-1]) if found else None
