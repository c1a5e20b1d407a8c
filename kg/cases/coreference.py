"""Within one telling: which mentions state one event, and which another one of its kind.

A telling runs through the course once, so a therapy named again is the same one unless the words
make it another ("second", "re-induction"), the disease came back in between, or the dates differ.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from kg.cases.drafts import Account, EventDraft
from kg.cases.events.organs import lie_apart
from kg.cases.model import EventType, OutcomeType
from kg.cases.passages import Passages

CONDITIONS: frozenset[EventType] = frozenset({"Diagnosis", "AdverseEvent", "Finding"})
_RANK: dict[EventType, int] = {"Finding": 0, "Diagnosis": 1, "AdverseEvent": 2}
SETBACKS: frozenset[OutcomeType] = frozenset({"relapse", "progression", "mrd_positive"})
_OF_SOMETHING: frozenset[OutcomeType] = frozenset(
    {"symptom_resolution", "response_unspecified", "engraftment", "other"}
)
"""Outcomes that say little without what they are of: fever that resolved is not pain that did."""
_OPEN = frozenset({"considered", "planned"})
_SPECIFYING_REACH = 1
_MEMORY = 30
"""How many events of a name are looked back on: a course names no therapy anew more often."""


class Telling:
    """The events of one patient as one telling gives them, while they are put together.

    Attributes
    ----------
    events
        The events kept, in order of the text.
    of_mention
        Mention index to the event it states or refers to.
    """

    def __init__(self, view: Passages, account: Account) -> None:
        self.view = view
        self.account = account
        self.events: list[EventDraft] = []
        self.of_mention: dict[int, EventDraft] = {}
        self._by_name: dict[str, list[EventDraft]] = defaultdict(list)
        self._by_outcome: dict[str, list[EventDraft]] = defaultdict(list)
        self._setbacks: list[int] = []
        self._therapies: list[int] = []
        self._given: list[EventDraft] = []

    def add(self, draft: EventDraft) -> EventDraft | None:
        """Take in a draft; return the event it became part of, or None where it states none."""
        if draft.type == "Exposure" and draft.generic:
            return self._refer(draft)
        known = self._known(draft)
        if known is None:
            self._keep(draft)
            return draft
        self._join(known, draft)
        return known

    def _refer(self, draft: EventDraft) -> EventDraft | None:
        """Resolve "this treatment" to the last therapy; keep a refusal, which names none."""
        if draft.realisation == "declined":
            self._keep(draft)
            return draft
        self.account.drop("refers to a therapy told elsewhere")
        given = self._given[-_MEMORY:]
        # "The adjuvant therapy" is the last one of that name, "this treatment" the last of all.
        alike = [e for e in given if e.is_a(draft.name)]
        last = next(reversed(alike or given), None)
        if last is not None:
            for mention in draft.mentions:
                self.of_mention[mention] = last
        return last

    def _keep(self, draft: EventDraft) -> None:
        self.events.append(draft)
        for mention in draft.mentions:
            # A mention of two responses (MRD-negative CR) stands for the first.
            self.of_mention.setdefault(mention, draft)
        self._index(draft)
        if draft.type == "Response" and draft.outcome in SETBACKS and draft.polarity == "affirmed":
            self._setbacks.append(draft.start)
        if draft.given and not draft.part:
            self._given.append(draft)
        if draft.given and not draft.refers_back:
            self._therapies.append(draft.start)

    def _index(self, draft: EventDraft) -> None:
        for name in {draft.concept, draft.name, *draft.ancestors, *draft.also}:
            self._by_name[name].append(draft)
        if draft.outcome is not None:
            self._by_outcome[draft.outcome].append(draft)

    def _join(self, known: EventDraft, draft: EventDraft) -> None:
        for mention in draft.mentions:
            self.of_mention[mention] = known
        if known.type == "Exposure" and known.realisation in _OPEN and draft.realisation == "given":
            realise(known, draft)
            self._given.append(known)
        known.absorb(draft)
        if known.type in CONDITIONS and draft.type in CONDITIONS:
            known.type = graver(known.type, draft.type)
            # "Lymphoma was suspected" is not made certain by "the tumour" told later.
            if draft.certainty == "certain" and draft.name not in known.ancestors:
                known.certainty = "certain"
        if known.name in draft.ancestors and known.type != "Response":
            specify(known, draft)
            self._index(known)

    def _known(self, draft: EventDraft) -> EventDraft | None:
        """Return the event that a draft tells again, the latest first."""
        for candidate in reversed(self._related(draft)):
            if candidate.part != draft.part or (
                draft.part and candidate.sentence != draft.sentence
            ):
                continue
            if self._same(candidate, draft):
                return candidate
        return None

    def _related(self, draft: EventDraft) -> list[EventDraft]:
        """Return the latest events of the same concept, of one above it or under it, in order."""
        found: dict[int, EventDraft] = {}
        for name in (draft.name, draft.concept):
            found.update((id(e), e) for e in self._by_name.get(name, ())[-_MEMORY:])
        if draft.type == "Response":
            alike = self._by_outcome.get(draft.outcome or "other", ())
            found.update((id(e), e) for e in alike[-_MEMORY:])
        else:
            for name in draft.ancestors:
                above = self._by_name.get(name, ())[-_MEMORY:]
                found.update((id(e), e) for e in above if e.name == name)
        return sorted(found.values(), key=lambda e: e.start)

    def _same(self, known: EventDraft, draft: EventDraft) -> bool:
        if draft.type == "Exposure":
            return known.type == "Exposure" and self._same_exposure(known, draft)
        if draft.type == "Response":
            return known.type == "Response" and self._same_response(known, draft)
        return known.type in CONDITIONS and self._same_condition(known, draft)

    def _same_exposure(self, known: EventDraft, draft: EventDraft) -> bool:
        if draft.realisation != "given":
            return known.realisation == draft.realisation or (
                draft.realisation in _OPEN and known.given and not draft.anew
            )
        relapsed = self._between(self._setbacks, known, draft)
        if known.realisation in _OPEN:
            return not relapsed
        if not known.given or not self._may_specify(known, draft):
            return False
        if draft.refers_back and (not draft.anew or known.anew):
            return True
        another = (draft.anew and not known.anew) or (draft.phased and not known.phased)
        return not another and not relapsed and self._same_course(known, draft)

    def _same_course(self, known: EventDraft, draft: EventDraft) -> bool:
        """Whether a therapy given as if for the first time may be one told before."""
        return not dates_differ(self.view, known, draft)

    def _may_specify(self, known: EventDraft, draft: EventDraft) -> bool:
        """Whether a drug may be what a class told before meant: only where it follows at once."""
        if draft.name == known.name or known.name not in draft.ancestors:
            return True
        near = draft.sentence - known.sentence <= _SPECIFYING_REACH
        return near and not known.refers_back and not known.composed

    def _same_response(self, known: EventDraft, draft: EventDraft) -> bool:
        if (known.outcome, known.polarity) != (draft.outcome, draft.polarity):
            return False
        if known.outcome in _OF_SOMETHING and known.text.lower() != draft.text.lower():
            return False
        if draft.refers_back and not draft.anew:
            return True
        undone = known.outcome not in SETBACKS and self._between(self._setbacks, known, draft)
        another = draft.anew and not known.anew
        if another or undone or self._between(self._therapies, known, draft):
            return False
        return not dates_differ(self.view, known, draft)

    def _same_condition(self, known: EventDraft, draft: EventDraft) -> bool:
        apart = lie_apart(known, draft) or self._arose_since(known, draft)
        if known.polarity != draft.polarity or draft.anew or apart:
            return False
        again = _measured(draft) and draft.sentence != known.sentence
        if _measured(known) != _measured(draft) or again:
            # A marker is measured again and again; only what one sentence says twice is one.
            return False
        values = (draft.value, draft.value_to, draft.value_text)
        if any(v is not None for v in values) and (
            (known.value, known.value_to, known.value_text) != values or known.unit != draft.unit
        ):
            return known.value is None and known.value_text is None and not _measured(draft)
        if known.name != draft.name and not _names_one_disease(known, draft):
            return False
        if draft.type == "Finding" and None not in (known.size_mm, draft.size_mm):
            return known.size_mm == draft.size_mm
        return not dates_differ(self.view, known, draft)

    def _arose_since(self, known: EventDraft, draft: EventDraft) -> bool:
        """Whether a harm of a therapy is told, and the known symptom was found before it."""
        harm = known.type == "Finding" and draft.type == "AdverseEvent"
        return harm and self._between(self._therapies, known, draft)

    def _between(self, places: Sequence[int], known: EventDraft, draft: EventDraft) -> bool:
        """Whether one of the places lies after the event's last evidence and before the draft."""
        return bisect_right(places, draft.start - 1) > bisect_right(places, known.last)


def _measured(draft: EventDraft) -> bool:
    return draft.type == "Finding" and draft.kind == "Marker"


def _names_one_disease(known: EventDraft, draft: EventDraft) -> bool:
    """Whether two names of conditions, one above the other, may be of one disease."""
    return known.type != "Finding" and draft.type != "Finding"


def graver(one: EventType, two: EventType) -> EventType:
    """Return what a condition is of which two places tell: an adverse event before a finding."""
    return max(one, two, key=_RANK.__getitem__)


def realise(known: EventDraft, given: EventDraft) -> None:
    """Make a considered or planned therapy the one that was then given."""
    known.realisation = "given"
    known.polarity, known.certainty, known.time = given.polarity, given.certainty, given.time
    known.start, known.end, known.sentence = given.start, given.end, given.sentence
    known.text = given.text
    known.evidence[:0] = given.evidence


def specify(known: EventDraft, draft: EventDraft) -> None:
    """Give an event the narrower concept that a later mention names."""
    known.concept, known.name = draft.concept, draft.name
    known.ancestors, known.label, known.text = draft.ancestors, draft.label, draft.text


def dates_differ(view: Passages, one: EventDraft, two: EventDraft) -> bool:
    """Whether both events stand with dates or days of their own that have nothing in common."""
    if one.sentence == two.sentence:
        return False
    first, second = _dates(view, one), _dates(view, two)
    return bool(first and second and first.isdisjoint(second))


def _dates(view: Passages, event: EventDraft) -> set[str]:
    times = view.times_in(view.all[event.sentence])
    return {t.value for t in times if t.type in {"date", "day"} and t.value is not None}
