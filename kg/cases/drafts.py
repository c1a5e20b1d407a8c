"""Events and relations under construction, and the account of what is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg.cases.model import Basis, CaseDose, EventType, Evidence, OutcomeType, RelationType
from kg.cases.narration import Telling
from kg.nlp.model import Certainty, Polarity, Realisation, Tense


@dataclass(slots=True, eq=False)
class EventDraft:
    """An event under construction; fields as in :class:`kg.cases.model.Event`.

    ``mentions`` are the indices of the mentions that state it, ``start`` and ``end`` the place
    of the first, ``last`` that of the latest in its telling. ``refers_back`` says that it stands
    where known things are named ("after CAR-T infusion"), ``anew`` that the words make it another
    one ("second", "re-induction"), ``phased`` that they put it into a phase of its own ("adjuvant
    X"), ``told_given`` that a verb of giving stands by a therapy,
    ``continued`` that a state lasts ("maintained CR"), ``part`` and ``composed`` that a therapy
    is a part of another or consists of others, ``also`` further names that the telling calls it
    by ("lymphodepletion" for FC).
    """

    type: EventType
    concept: str
    name: str
    ancestors: tuple[str, ...]
    kind: str
    label: str
    text: str
    start: int
    end: int
    sentence: int
    patient: int
    telling: Telling
    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    time: Tense = "current"
    realisation: Realisation | None = None
    reason: str | None = None
    outcome: OutcomeType | None = None
    grade: str | None = None
    site: str | None = None
    specimen: str | None = None
    doses: list[CaseDose] = field(default_factory=list)
    value: float | None = None
    value_to: float | None = None
    value_text: str | None = None
    comparator: str | None = None
    unit: str | None = None
    size_mm: float | None = None
    duration_days: float | None = None
    last: int = 0
    evidence: list[Evidence] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    refers_back: bool = False
    anew: bool = False
    phased: bool = False
    continued: bool = False
    generic: bool = False
    told_given: bool = True
    part: bool = False
    composed: bool = False
    also: set[str] = field(default_factory=set)

    @property
    def given(self) -> bool:
        """Whether this is a therapy that the patient had."""
        return (
            self.type == "Exposure" and self.polarity == "affirmed" and self.realisation == "given"
        )

    def is_a(self, *names: str) -> bool:
        """Whether the concept bears one of the names or stands under it."""
        return self.name in names or any(name in self.ancestors for name in names)

    def absorb(self, other: EventDraft) -> None:
        """Take over what another telling of the same event adds."""
        self.evidence.extend(other.evidence)
        self.mentions.extend(other.mentions)
        if other.telling == self.telling:
            self.last = max(self.last, other.last)
        known = {(d.value, d.unit, d.per) for d in self.doses}
        self.doses.extend(d for d in other.doses if (d.value, d.unit, d.per) not in known)
        for name in (
            "grade",
            "site",
            "specimen",
            "size_mm",
            "duration_days",
            "value_text",
            "reason",
        ):
            if getattr(self, name) is None:
                setattr(self, name, getattr(other, name))
        if self.value is None:
            self.value, self.value_to = other.value, other.value_to
            self.comparator, self.unit = other.comparator, other.unit


@dataclass(slots=True, eq=False)
class Link:
    """A relation under construction, between two drafts of one patient."""

    type: RelationType
    source: EventDraft
    target: EventDraft
    basis: Basis | None = None
    role: str | None = None
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class Account:
    """What was left out, counted by reason (law 7)."""

    reasons: Counter[str] = field(default_factory=Counter)

    def drop(self, reason: str, count: int = 1) -> None:
        """Count something left out."""
        if count:
            self.reasons[reason] += count

    def counts(self) -> dict[str, int]:
        """Return the counts, sorted by reason."""
        return dict(sorted(self.reasons.items()))
