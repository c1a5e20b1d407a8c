"""The annotation seen sentence by sentence, with the cues that this stage reads by."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from kg.cases.model import Evidence
from kg.cases.vocabulary import Cue, cue_set
from kg.documents.model import SectionKind
from kg.nlp.model import (
    Annotation,
    Dose,
    Grade,
    Mention,
    Quantity,
    Site,
    TimeExpression,
)


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Item = TypeVar("Item", bound=_Placed)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence: its place, its section, and the cues in it (offsets of the document)."""

    index: int
    start: int
    end: int
    text: str
    section: int
    kind: SectionKind
    heading: str
    cues: tuple[Cue, ...] = field(repr=False)

    def has(self, *names: str) -> bool:
        """Whether a cue of one of the classes stands in the sentence."""
        return any(cue.name in names for cue in self.cues)

    def find(self, *names: str) -> list[Cue]:
        """Return the cues of the classes, in order."""
        return [cue for cue in self.cues if cue.name in names]

    def before(self, place: int, *names: str, reach: int = 60) -> Cue | None:
        """Return the nearest cue of the classes that ends at most ``reach`` before a place."""
        near = [c for c in self.find(*names) if place - reach <= c.end <= place]
        return near[-1] if near else None

    def after(self, place: int, *names: str, reach: int = 60) -> Cue | None:
        """Return the nearest cue of the classes that begins at most ``reach`` after a place."""
        near = [c for c in self.find(*names) if place <= c.start <= place + reach]
        return near[0] if near else None


def _group(items: Iterable[Item], key: str) -> dict[int, list[Item]]:
    grouped: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        owner = getattr(item, key)
        if owner is not None:
            grouped[owner].append(item)
    return grouped


class Passages:
    """An annotation indexed for this stage.

    Parameters
    ----------
    annotation
        The annotated document.

    Attributes
    ----------
    all
        A :class:`Passage` for each sentence.
    mentions
        The annotation's mentions; ``mentions_in[s]`` holds the indices of those in sentence s.
    """

    def __init__(self, annotation: Annotation) -> None:
        document = annotation.document
        self.annotation = annotation
        self.document = document
        self.text = document.text
        self.mentions: Sequence[Mention] = annotation.mentions
        cues = cue_set()
        self.all = tuple(
            Passage(
                index,
                sentence.start,
                sentence.end,
                document.text[sentence.start : sentence.end],
                sentence.section,
                document.sections[sentence.section].kind,
                document.sections[sentence.section].title or "",
                cues.find(document.text[sentence.start : sentence.end], sentence.start),
            )
            for index, sentence in enumerate(annotation.sentences)
        )
        self.mentions_in: dict[int, list[int]] = defaultdict(list)
        for index, mention in enumerate(annotation.mentions):
            self.mentions_in[mention.sentence].append(index)
        self.quantities_of: dict[int, list[Quantity]] = _group(annotation.quantities, "of")
        self.doses_of: dict[int, list[Dose]] = _group(annotation.doses, "drug")
        self.grades_of: dict[int, list[Grade]] = _group(annotation.grades, "of")
        self.sites_of: dict[int, list[Site]] = _group(annotation.sites, "of")
        self._places = {
            name: [item.start for item in getattr(annotation, name)]
            for name in ("times", "quantities", "doses")
        }

    def times_in(self, passage: Passage) -> Sequence[TimeExpression]:
        """Return the time expressions of a sentence."""
        return self._slice(self.annotation.times, "times", passage)

    def quantities_in(self, passage: Passage) -> Sequence[Quantity]:
        """Return the quantities of a sentence."""
        return self._slice(self.annotation.quantities, "quantities", passage)

    def doses_in(self, passage: Passage) -> Sequence[Dose]:
        """Return the doses of a sentence."""
        return self._slice(self.annotation.doses, "doses", passage)

    def _slice(self, items: Sequence[Item], name: str, passage: Passage) -> Sequence[Item]:
        places = self._places[name]
        return items[bisect_left(places, passage.start) : bisect_right(places, passage.end - 1)]

    def passage_of(self, mention: int) -> Passage:
        """Return the sentence that a mention stands in."""
        return self.all[self.mentions[mention].sentence]

    def evidence(
        self, start: int, end: int, sentence: int, method: str = "rule", score: float = 1.0
    ) -> Evidence:
        """Return the evidence for the words ``[start, end)`` of the document."""
        return Evidence(start, end, self.text[start:end], sentence, method, score)
