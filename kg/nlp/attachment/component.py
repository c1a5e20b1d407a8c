"""The component ``kg_attachment``: value to marker, dose to drug, grade and site to what they
modify, time to its anchor. Works within a sentence, on whatever mentions there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.attachment.anchors import tie_anchors
from kg.nlp.attachment.beside import named_beside, outside_names
from kg.nlp.attachment.features import Scene, head_label
from kg.nlp.attachment.fits import fits
from kg.nlp.attachment.grades import find_grades
from kg.nlp.attachment.respectively import parallel
from kg.nlp.attachment.scoring import Relation, links
from kg.nlp.carrier import AttributeDraft, DoseDraft, Findings, MentionDraft, QuantityDraft, text_of
from kg.nlp.quantities.doses import dose_in
from kg.nlp.quantities.numbers import Span, plain

_MEASURED = frozenset({"Marker", "Condition"})
_GIVEN = frozenset({"Therapy"})
_LOCATED = frozenset({"Condition", "Therapy", "Marker"})
_GRAFT_SENTENCES = 3
"""Sentences after a cell therapy in which its cell dose may still be told."""
_GRADED = frozenset({"Condition"})


class _Spanned(Protocol):
    start: int
    end: int


Draft = TypeVar("Draft", bound=_Spanned)


_LAST_WORD = re.compile(r"[,;] (?:and |plus |then )?(?P<word>[a-zA-Z-]{6,}) \(?$")
_NO_NAMES = frozenset(
    [
        "increased",
        "reduced",
        "decreased",
        "tapered",
        "followed",
        "maintenance",
        "subsequently",
        "starting",
        "initially",
        "approximately",
        "another",
        "additional",
        "orally",
        "intravenously",
        "thereafter",
        "twice",
    ]
)


@dataclass(slots=True)
class Sentence:
    """The mentions of one sentence; ``start`` is where it begins in the Doc's text."""

    text: str
    start: int
    end: int
    mentions: list[MentionDraft]

    def words(self, mention: MentionDraft) -> str:
        """Return the text of one of its mentions."""
        return self.text[mention.start - self.start : mention.end - self.start]

    def of_kinds(self, kinds: frozenset[str]) -> list[MentionDraft]:
        """Return the mentions of some kinds, in order."""
        return [mention for mention in self.mentions if mention.kind in kinds]


@Language.factory("kg_attachment")
def create_attachment(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component; it has no settings."""
    return attach


def attach(doc: Doc) -> Doc:
    """Tie the attributes of one section to what they belong to."""
    findings: Findings = doc._.findings
    findings.grades.extend(find_grades(plain(text_of(doc))))
    findings.quantities = outside_names(findings)
    quantities, doses = _Queue(findings.quantities), _Queue(findings.doses)
    grades = _Queue(findings.grades)
    graft = _LastGraft()
    for sentence in _sentences(doc, findings):
        _attach_values(sentence, quantities.until(sentence.end), findings)
        here = doses.until(sentence.end)
        _attach_doses(sentence, here, findings)
        graft.attach(sentence, here)
        _attach_sites(sentence, findings)
        _attach_grades(sentence, grades.until(sentence.end), findings)
    findings.grades = [grade for grade in findings.grades if grade.of is not None]
    findings.times.sort(key=lambda time: (time.start, time.end))
    tie_anchors(plain(text_of(doc)), findings.times, findings.mentions)
    return doc


def _sentences(doc: Doc, findings: Findings) -> Iterator[Sentence]:
    mentions = sorted(findings.mentions, key=lambda m: (m.start, m.end))
    place = 0
    text = text_of(doc)
    for span in doc.sents:
        here: list[MentionDraft] = []
        while place < len(mentions) and mentions[place].start < span.end_char:
            here.append(mentions[place])
            place += 1
        yield Sentence(text[span.start_char : span.end_char], span.start_char, span.end_char, here)


class _Queue(Generic[Draft]):
    """Drafts handed out sentence by sentence, in order of the text."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = sorted(drafts, key=lambda draft: (draft.start, draft.end))
        self._place = 0

    def until(self, end: int) -> list[Draft]:
        """Return the next drafts that begin before ``end``."""
        first = self._place
        while self._place < len(self._drafts) and self._drafts[self._place].start < end:
            self._place += 1
        return self._drafts[first : self._place]


def heads_of(
    sentence: Sentence, items: Sequence[Span], heads: Sequence[MentionDraft], relation: Relation
) -> list[list[MentionDraft]]:
    """Return for each attribute of a sentence the heads that it belongs to, likeliest first."""
    if not items or not heads:
        return [[] for _ in items]
    begin = sentence.start
    scene = Scene(
        sentence.text,
        [(start - begin, end - begin) for start, end in items],
        [(head.start - begin, head.end - begin) for head in heads],
        [head_label(head.kind, head.label) for head in heads],
    )
    chosen: list[list[MentionDraft]] = [[] for _ in items]
    for link in links(scene, relation):
        chosen[link.item].append(heads[link.head])
    for item, place in parallel(scene).items():
        chosen[item] = [heads[place]]
    return chosen


def _attach_values(sentence: Sentence, quantities: list[QuantityDraft], findings: Findings) -> None:
    values = sentence.of_kinds(frozenset({"Value"}))
    items = _items(values, quantities, findings.given)
    spans = [(item.start, item.end) for item in items]
    heads = sentence.of_kinds(_MEASURED)
    for item, measured in zip(items, heads_of(sentence, spans, heads, "value"), strict=True):
        own = item.drafts
        if not own and (measured or findings.given):
            own = [QuantityDraft(item.start, item.end, None)]
            findings.quantities.extend(own)
        for quantity in own:
            if findings.given:
                quantity.start, quantity.end = item.start, item.end
            fitting = [head for head in measured if fits(sentence.words(head), quantity.unit)]
            if quantity.unit is not None and not any(h.kind == "Marker" for h in fitting):
                fitting = named_beside(sentence.text, sentence.start, heads, quantity) or fitting
            quantity.of = fitting[0] if fitting else None
            findings.quantities.extend(replace(quantity, of=other) for other in fitting[1:])


def _attach_doses(sentence: Sentence, doses: list[DoseDraft], findings: Findings) -> None:
    mentioned = [
        mention
        for mention in sentence.of_kinds(frozenset({"Dose"}))
        if findings.given or mention.label != "schedule"
    ]
    items = _items(mentioned, doses, findings.given)
    spans = [(item.start, item.end) for item in items]
    drugs = sentence.of_kinds(_GIVEN)
    for item, given in zip(items, heads_of(sentence, spans, drugs, "dose"), strict=True):
        own = item.drafts
        if not own and (given or findings.given):
            own = [_read_dose(sentence, item.start, item.end)]
            findings.doses.extend(own)
        given = [drug for drug in given if not _names_another(sentence, drug, item, spans)]
        for dose in own:
            if findings.given:
                dose.start, dose.end = item.start, item.end
            dose.drug = given[0] if given else None
            findings.doses.extend(replace(dose, drug=other) for other in given[1:])


class _LastGraft:
    """The cell therapy told in the last sentences, which cells per kilogram belong to.

    "She underwent a **cord blood transplantation**. … The dose of nucleated cells was 3.9×10⁷/kg."
    """

    def __init__(self) -> None:
        self._mention: MentionDraft | None = None
        self._age = 0

    def attach(self, sentence: Sentence, doses: Sequence[DoseDraft]) -> None:
        """Give the sentence's doses of cells without a drug to the graft; then remember its own."""
        self._age += 1
        if self._mention is not None and self._age <= _GRAFT_SENTENCES:
            for dose in doses:
                if dose.drug is None and dose.unit == "{cells}":
                    dose.drug = self._mention
        told = [m for m in sentence.of_kinds(_GIVEN) if m.label == "cell_therapy"]
        if told:
            self._mention, self._age = told[-1], 0


def _names_another(
    sentence: Sentence, drug: MentionDraft, item: _Item[DoseDraft], doses: Sequence[Span]
) -> bool:
    """Whether a word that no mention covers names the dose's drug: "A 5 mg, **unknownin** 2 mg".

    Only where the drug before has a dose of its own between.
    """
    if drug.end > item.start or not any(drug.end <= s < item.start for s, _ in doses):
        return False
    gap = sentence.text[drug.end - sentence.start : item.start - sentence.start]
    found = _LAST_WORD.search(gap)
    return found is not None and found["word"].lower() not in _NO_NAMES


def _read_dose(sentence: Sentence, start: int, end: int) -> DoseDraft:
    """Read a dose that another finder mentioned."""
    dose = dose_in(sentence.text, start - sentence.start, end - sentence.start)
    dose.start, dose.end = start, end
    return dose


@dataclass(slots=True)
class _Item(Generic[Draft]):
    """A stretch to be attached, with what the grammar read of it."""

    start: int
    end: int
    drafts: list[Draft]


def _items(
    mentions: Sequence[MentionDraft], drafts: Sequence[Draft], given: bool
) -> list[_Item[Draft]]:
    """Return the mentions with the drafts that they overlap, then the drafts without a mention.

    Where the mentions are given, drafts beside them count for nothing.
    """
    items = [_Item[Draft](mention.start, mention.end, []) for mention in mentions]
    of_span: dict[Span, _Item[Draft]] = {}
    for draft in drafts:
        owner = next((i for i in items if draft.start < i.end and i.start < draft.end), None)
        if owner is None and not given:
            span = (draft.start, draft.end)
            owner = of_span.setdefault(span, _Item[Draft](*span, []))
        if owner is not None:
            owner.drafts.append(draft)
    return sorted([*items, *of_span.values()], key=lambda item: (item.start, item.end))


def _attach_sites(sentence: Sentence, findings: Findings) -> None:
    sites = sentence.of_kinds(frozenset({"Anatomy"}))
    spans = [(site.start, site.end) for site in sites]
    heads = sentence.of_kinds(_LOCATED)
    for (start, end), located in zip(spans, heads_of(sentence, spans, heads, "site"), strict=True):
        findings.sites.extend(AttributeDraft(start, end, None, head) for head in located)
        if not located:
            findings.sites.append(AttributeDraft(start, end))


def _attach_grades(
    sentence: Sentence, grades: Sequence[AttributeDraft], findings: Findings
) -> None:
    known = [m for m in sentence.mentions if m.candidates or m.concept]
    grades = [
        grade
        for grade in grades
        if not any(m.start <= grade.start and grade.end <= m.end for m in known)
    ]
    spans = [(grade.start, grade.end) for grade in grades]
    heads = sentence.of_kinds(_GRADED)
    for grade, graded in zip(grades, heads_of(sentence, spans, heads, "grade"), strict=True):
        grade.of = graded[0] if graded else None
        findings.grades.extend(replace(grade, of=other) for other in graded[1:])
