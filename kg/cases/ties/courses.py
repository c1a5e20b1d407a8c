"""The order of the telling: which main therapies stand before a response, and with which others."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.cases.coreference import SETBACKS, Telling
from kg.cases.drafts import EventDraft
from kg.cases.model import OutcomeType
from kg.cases.passages import Passages
from kg.cases.ties.stated import GRAFT, GRAFTS, are_joined, may_follow

LASTING: frozenset[OutcomeType] = frozenset({"recurrence_free", "alive", "death"})
"""What becomes of a patient after a whole treatment, and not after its last step alone."""
_UNDOES: frozenset[OutcomeType] = frozenset({"relapse", "mrd_positive"})
"""After these a response without another therapy is of one that is not told; a progression is
one result of the therapy beside others.
"""
_REACH = 2000
"""Characters from the last word of a therapy within which a response is inferred to be of it."""
OPERATION = "surgery"
"""The class of what is done by an operation."""
_ONE_LINE = 5
"""Sentences before the last therapy in which those of one treatment of the disease are told."""
_ONE_OPERATION = 1
"""Sentences between two procedures that are told as one operation."""
_YET_TO_COME = re.compile(r"\b(?:prior to|before)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_ENDED = re.compile(
    r"^[^.;,]{0,40}\b(?:was|were|been|being)\s+(?:\w+ly\s+)?(?:taper\w*|discontinued|stopped|"
    r"withdrawn|withheld|ceased|interrupted)\b|"
    r"^\s+(?:therapy\s+|treatment\s+)?(?:discontinuation|withdrawal|cessation|interruption)\b",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"\b(?:taper\w*|discontinu\w+|withdraw\w*|stopp\w+|cessation|interrupt\w*|ceas\w+|reducing|"
    r"reduction|holding|withholding)\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"\b(?:after|following|since|post|before|until)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_YIELDED = re.compile(
    r"^\s+(?:specimens?|bed|scar|margins?|pieces?|site|findings)\b", re.IGNORECASE
)
_REASON = re.compile(
    r"\b(?:to\s+treat|treat\w*|therapy\s+for|for|because\s+of|due\s+to|owing\s+to|upon)\s+"
    r"(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""What makes a setback the reason of a therapy: "operated on for the recurrence"."""
_FOR_IT = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}(?:for|to\s+treat|because\s+of|due\s+to|owing\s+to)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
"""What makes a setback behind a therapy its reason: "hepatectomy for the recurrence"."""
_COMBINED = "chemoradiotherapy"
_COMBINES = ("chemotherapy", "radiotherapy")
_ONE_COMBINATION = 3
"""Sentences between a chemoradiotherapy and the drugs and doses of it."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A place where a therapy is told: when it began, and again when its dose was changed."""

    start: int
    end: int
    sentence: int
    exposure: EventDraft


class Course:
    """The main therapies of one patient as one telling gives them, and the setbacks among them.

    Parameters
    ----------
    view, telling
        The report, and the events of the patient in one telling of it.
    main
        Its therapies that do not only support, prepare or treat a complication.
    """

    def __init__(self, view: Passages, telling: Telling, main: Sequence[EventDraft]) -> None:
        self._view = view
        self._main = sorted(main, key=lambda e: e.start)
        self._told = sorted(
            (told for exposure in self._main for told in self._tellings(exposure)),
            key=lambda told: told.start,
        )
        self._starts = [t.start for t in self._told]
        responses = [e for e in telling.events if e.type == "Response"]
        self._setbacks = sorted(self._place(e) for e in responses if e.outcome in SETBACKS)
        self._relapses = sorted(self._place(e) for e in responses if e.outcome in _UNDOES)

    def _tellings(self, exposure: EventDraft) -> Iterator[_Told]:
        """Yield where a therapy begins, and where it is told to go on or to change.

        Not where it only dates another one ("following surgery she received") or names what it
        yielded ("the resected specimen").
        """
        yield _Told(exposure.start, exposure.end, exposure.sentence, exposure)
        for place in exposure.evidence:
            passage = self._view.all[place.sentence]
            before = self._view.text[passage.start : place.start]
            after = self._view.text[place.end : passage.end]
            dates = _DATES.search(before) or _YIELDED.match(after)
            if place.start > exposure.start and not dates:
                yield _Told(place.start, place.end, place.sentence, exposure)

    def _place(self, setback: EventDraft) -> int:
        """Return where a setback stands; before the therapies that were given for it."""
        sentence = self._view.all[setback.sentence].start
        if not _REASON.search(self._view.text[sentence : setback.start]):
            return setback.start
        # "Despite treatment of the recurrent tumour it recurred."
        again = [e.start for e in setback.evidence if e.start > setback.start]
        return min(again, default=sentence)

    def before(self, response: EventDraft) -> list[EventDraft]:
        """Return the therapies that a response is inferred to have followed.

        They are the last one with those told beside it; of a lasting outcome, all from the last
        operation on, or all where there was none.
        """
        place = bisect_left(self._starts, response.start) - 1
        while place >= 0 and not self._may_precede(self._told[place], response):
            place -= 1
        if place < 0 or not self._led_to(self._told[place].exposure, response):
            return []
        if response.outcome in GRAFT:
            return [self._told[place].exposure]
        if response.outcome in LASTING:
            begun = [e for e in self._main if e.start < response.start]
            return self._line(len(begun) - 1, response)
        return self._together(place)

    def _may_precede(self, told: _Told, response: EventDraft) -> bool:
        """Whether a therapy told before a response can have led to it.

        Not what was still to come ("prior to surgery"), nor what is told as it ended, nor what the
        setback was the reason of ("resected for a recurrence").
        """
        passage = self._view.all[told.sentence]
        before = self._view.text[passage.start : told.start]
        if told.sentence == response.sentence:
            between = self._view.text[told.end : response.start]
            once = all(e.start <= response.start for e in response.evidence)
            reason = once and response.outcome in SETBACKS and _FOR_IT.match(between)
            if reason or _YET_TO_COME.search(before):
                return False
        after = self._view.text[told.end : passage.end]
        if _ENDING.search(before) or _ENDED.match(after):
            return False
        return may_follow(response, told.exposure)

    def _led_to(self, last: EventDraft, response: EventDraft) -> bool:
        """Whether a response can be of the last therapy before it.

        It is near enough, not only a thing of the past, and the disease did not come back in
        between; a setback told in the response's own sentence is another side of the same result.
        """
        setback = response.outcome in SETBACKS
        if last.time == "history" and not setback and response.time != "history":
            return False
        if response.start - last.last > _REACH:
            return False
        if setback or response.outcome in GRAFT or response.outcome == "death":
            return True
        sentence = self._view.all[response.sentence].start
        return bisect_left(self._relapses, sentence) <= bisect_right(self._relapses, last.start)

    def _line(self, place: int, response: EventDraft) -> list[EventDraft]:
        """Return the therapies up to a place that belong to one treatment of the disease."""
        last = self._main[place]
        since = bisect_left(self._setbacks, last.start)
        if response.outcome == "death" and since:
            since -= 1  # The setback that no therapy stopped leads to it.
        begin = self._setbacks[since - 1] if since else -1
        line = [
            e
            for e in self._main[: place + 1]
            if e.start > begin and e.time == last.time and last.sentence - e.sentence <= _ONE_LINE
        ]
        operations = [e for e in line if e.is_a(OPERATION, *GRAFTS)]
        if operations:
            first = self.operation(operations[-1:])[0].sentence
            line = [e for e in line if e.sentence >= first]
        return line

    def operation(self, named: Sequence[EventDraft]) -> list[EventDraft]:
        """Return procedures with those told just before and beside them, as of one operation."""
        found = list(named)
        for procedure in reversed([e for e in self._main if e.is_a(OPERATION)]):
            gap = found[0].sentence - procedure.sentence
            if procedure not in found and 0 <= gap <= _ONE_OPERATION:
                found.insert(0, procedure)
        return sorted(found, key=lambda e: e.start)

    def combined(self, therapy: EventDraft) -> list[EventDraft]:
        """Return what a chemoradiotherapy is made of, as told shortly before it, with itself."""
        known = therapy.is_a(_COMBINED) and therapy in self._main
        return self._combined(self._main.index(therapy)) if known else [therapy]

    def _together(self, place: int) -> list[EventDraft]:
        """Return a therapy with those told beside it: "surgery and radiotherapy"."""
        last = self._told[place].exposure
        if last.is_a(_COMBINED):
            return self._combined(self._main.index(last))
        found = [last]
        for index in range(place, 0, -1):
            before, after = self._told[index - 1], self._told[index]
            if not self._beside(before, after):
                break
            if before.exposure not in found:
                found.append(before.exposure)
        if last.is_a(OPERATION):
            found += [e for e in self.operation([last]) if e not in found]
        return sorted(found, key=lambda e: e.start)

    def _combined(self, place: int) -> list[EventDraft]:
        """Return a chemoradiotherapy with the drugs and the radiotherapy that it is made of."""
        found = [self._main[place]]
        for before in reversed(self._main[:place]):
            near = found[-1].sentence - before.sentence <= _ONE_COMBINATION
            if not near or not before.is_a(*_COMBINES):
                break
            found.append(before)
        return found[::-1]

    def _beside(self, one: _Told, two: _Told) -> bool:
        if one.sentence != two.sentence:
            return are_joined(self._view.text[one.end : two.start])
        between = bisect_left(self._setbacks, two.start) - bisect_left(self._setbacks, one.start)
        return not between and one.exposure.time == two.exposure.time
