"""The order of the telling: which main therapies stand before a response, and with which others."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kg.cases.coreference import SETBACKS, Telling
from kg.cases.drafts import EventDraft
from kg.cases.model import OutcomeType
from kg.cases.passages import Passages
from kg.cases.ties.stated import GRAFT, are_joined, may_follow

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
_REASON = re.compile(
    r"\b(?:to\s+treat|treat\w*|therapy\s+for|for|because\s+of|due\s+to|owing\s+to|upon)\s+"
    r"(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""What makes a setback the reason of a therapy: "operated on for the recurrence"."""
_COMBINED = "chemoradiotherapy"
_COMBINES = ("chemotherapy", "radiotherapy")
_ONE_COMBINATION = 3
"""Sentences between a chemoradiotherapy and the drugs and doses of it."""


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
        self._starts = [e.start for e in self._main]
        responses = [e for e in telling.events if e.type == "Response"]
        self._setbacks = sorted(self._place(e) for e in responses if e.outcome in SETBACKS)
        self._relapses = sorted(self._place(e) for e in responses if e.outcome in _UNDOES)

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
        while place >= 0 and not self._may_precede(self._main[place], response):
            place -= 1
        if place < 0 or not self._led_to(self._main[place], response):
            return []
        if response.outcome in GRAFT:
            return [self._main[place]]
        if response.outcome in LASTING:
            return self._line(place, response)
        return self._together(place)

    def _may_precede(self, exposure: EventDraft, response: EventDraft) -> bool:
        """Whether a therapy told before a response can have led to it.

        Not what was still to come ("prior to surgery"), nor what is told as it ended.
        """
        passage = self._view.all[exposure.sentence]
        before = self._view.text[passage.start : exposure.start]
        if exposure.sentence == response.sentence and _YET_TO_COME.search(before):
            return False
        after = self._view.text[exposure.end : passage.end]
        if _ENDING.search(before) or _ENDED.match(after):
            return False
        return may_follow(response, exposure)

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
        line = [e for e in self._main[: place + 1] if e.start > begin and e.time == last.time]
        operations = [e for e in line if e.is_a(OPERATION)]
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

    def _together(self, place: int) -> list[EventDraft]:
        """Return a therapy with those told beside it: "surgery and radiotherapy"."""
        last = self._main[place]
        if last.is_a(_COMBINED):
            return self._combined(place)
        found = [last]
        for index in range(place, 0, -1):
            before, after = self._main[index - 1], self._main[index]
            if not self._beside(before, after):
                break
            found.append(before)
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

    def _beside(self, one: EventDraft, two: EventDraft) -> bool:
        if one.sentence != two.sentence:
            return are_joined(self._view.text[one.end : two.start])
        between = bisect_left(self._setbacks, two.start) - bisect_left(self._setbacks, one.start)
        return not between and one.time == two.time
