"""What the pipeline's components hand to one another on a spaCy Doc.

A Document is annotated as one Doc for each section that is read (references and boilerplate are
not). ``doc._.findings`` holds everything found so far; components add drafts to it, refine them,
and :mod:`kg.nlp.extract` freezes them into an :class:`kg.nlp.model.Annotation`. Draft offsets are
characters of the Doc; ``findings.offset`` is where the Doc begins in the document's text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.documents.model import Document
from kg.nlp.model import (
    Certainty,
    Direction,
    Experiencer,
    MentionKind,
    Polarity,
    Precision,
    Realisation,
    Tense,
    TimeType,
)


@dataclass(slots=True, eq=False)
class MentionDraft:
    """A mention under construction; fields as in :class:`kg.nlp.model.Mention`."""

    start: int
    end: int
    kind: MentionKind
    label: str
    source: str
    score: float = 1.0
    candidates: tuple[str, ...] = ()
    """Concept ids that the term may name; linking chooses among them."""
    concept: str | None = None
    grounded: bool = True
    reason: str | None = None
    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    experiencer: Experiencer = "patient"
    time: Tense = "current"
    realisation: Realisation | None = None
    cue: tuple[int, int] | None = None
    rule: str | None = None
    ended: bool = False


@dataclass(slots=True, eq=False)
class QuantityDraft:
    """A measured value; fields as in :class:`kg.nlp.model.Quantity`."""

    start: int
    end: int
    value: float | None
    value_to: float | None = None
    comparator: str | None = None
    unit: str | None = None
    of: MentionDraft | None = None


@dataclass(slots=True, eq=False)
class DoseDraft:
    """A dose; fields as in :class:`kg.nlp.model.Dose`."""

    start: int
    end: int
    value: float | None
    unit: str | None
    per: str | None = None
    route: str | None = None
    schedule: str | None = None
    drug: MentionDraft | None = None
    value_to: float | None = None
    of: str | None = None
    duration_days: float | None = None


@dataclass(slots=True, eq=False)
class TimeDraft:
    """A time expression; fields as in :class:`kg.nlp.model.TimeExpression`."""

    start: int
    end: int
    type: TimeType
    value: str | None
    precision: Precision | None = None
    anchor: MentionDraft | None = None
    value_to: str | None = None
    direction: Direction | None = None
    anchor_text: str | None = None
    approximate: bool = False


@dataclass(slots=True, eq=False)
class AttributeDraft:
    """A grade or a body site (``value`` is the grade; None for a site)."""

    start: int
    end: int
    value: str | None = None
    of: MentionDraft | None = None


@dataclass(slots=True)
class Findings:
    """Everything found in one section so far."""

    document: Document
    section: int
    """Index of the section in ``document.sections``."""
    offset: int
    abbreviations: dict[str, str] = field(default_factory=dict)
    """Short form to long form, as the whole article defines them; shared by its sections."""
    skip: tuple[tuple[int, int], ...] = ()
    """Citation marks, as characters of this Doc: no number in them is a value."""
    superscripts: tuple[tuple[int, int], ...] = ()
    """Stretches that stood as superscript, as characters of this Doc."""
    mentions: list[MentionDraft] = field(default_factory=list)
    quantities: list[QuantityDraft] = field(default_factory=list)
    doses: list[DoseDraft] = field(default_factory=list)
    times: list[TimeDraft] = field(default_factory=list)
    grades: list[AttributeDraft] = field(default_factory=list)
    sites: list[AttributeDraft] = field(default_factory=list)
    text: str = ""
    """The Doc's text: spaCy joins ``doc.text`` anew at each access."""
    given: bool = False
    """The mentions were given from outside: finders add none, the rest works on these."""


if not Doc.has_extension("findings"):
    Doc.set_extension("findings", default=None)


def in_abstract(findings: Findings) -> bool:
    """Tell whether a section is title or abstract, which speak of drugs in general first."""
    sections = findings.document.sections
    return findings.section >= 0 and sections[findings.section].kind in ("title", "abstract")


def text_of(doc: Doc) -> str:
    """Return the text of a Doc, from its findings where they hold it."""
    findings: Findings | None = doc._.findings
    return doc.text if findings is None else findings.text or doc.text
