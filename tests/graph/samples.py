"""Hand-made reports: say a sentence, then say what it tells.

``Article`` makes the annotation and the case together, with true offsets, so that a test reads
like the report it is about.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.cases.model import (
    CaseReport,
    Citation,
    Claim,
    Contradiction,
    Event,
    Evidence,
    Patient,
    Relation,
    ReportInfo,
)
from kg.documents.model import Document, Mark, Metadata, Reference, Section, sha256_of
from kg.graph import build
from kg.graph.types import Graph
from kg.nlp.model import Annotation, Mention, Sentence
from kg.terms.model import Concept


class Terms(dict[str, Concept]):
    """A small terminology: a dict of concepts that answers as the real one does."""

    def concept(self, identifier: str) -> Concept:
        return self[identifier]


def therapy(id: str, *keys: str, parents: tuple[str, ...] = (), **fields: Any) -> Concept:
    name = id.removeprefix("kg:").replace("_", " ")
    kind = fields.pop("kind", "Therapy")
    label = fields.pop("label", "drug")
    return Concept(id, name, kind, label, tuple(sorted({name, *keys})), parents, **fields)


def _terms(*concepts: Concept) -> Terms:
    return Terms({concept.id: concept for concept in concepts})


TERMS = _terms(
    therapy("kg:interferon", "ifn"),
    therapy("kg:interferon-alpha", "ifn-alpha", parents=("kg:interferon",)),
    therapy("kg:interferon-alpha-2b", parents=("kg:interferon-alpha",)),
    therapy("kg:cell_therapy"),
    therapy("kg:engineered_cells", parents=("kg:cell_therapy",)),
    therapy("kg:antigen_directed", parents=("kg:cell_therapy",)),
    # a diamond: two ways up from CAR-T to cell therapy
    therapy("kg:car-t", parents=("kg:antigen_directed", "kg:engineered_cells")),
    therapy("kg:dli", "donor lymphocyte infusion", parents=("kg:cell_therapy",)),
    therapy("kg:hsct", parents=("kg:cell_therapy",)),
    therapy("kg:cord_blood", "ucbt", parents=("kg:hsct",)),
    therapy("kg:allo-hsct", parents=("kg:hsct",)),
    therapy("kg:chemotherapy"),
    therapy("kg:busulfan", parents=("kg:chemotherapy",)),
    therapy("kg:vincristine", parents=("kg:chemotherapy",)),
    therapy("kg:dexamethasone"),
    therapy("kg:vip", parents=("kg:chemotherapy",), components=("kg:vincristine",)),
    therapy("kg:tocilizumab"),
    therapy("kg:remission", kind="Outcome", label="response"),
    therapy("kg:relapse", kind="Outcome", label="response"),
    therapy("kg:cd20", kind="Marker", label="antigen"),
    therapy("kg:platelets", kind="Marker", label="laboratory"),
    therapy("kg:leukaemia", kind="Condition", label="disease"),
    therapy("kg:gvhd", kind="Condition", label="adverse_event"),
)

_KIND = {
    "Exposure": "Therapy",
    "Finding": "Marker",
    "Response": "Outcome",
    "Diagnosis": "Condition",
    "AdverseEvent": "Condition",
}


class Article:
    """A report under construction; ``say`` first, then point at words of the last sentence."""

    def __init__(
        self, id: str = "doi:10.1/a", licence: str | None = "CC BY 4.0", **meta: Any
    ) -> None:
        self.id = id
        self.licence = licence
        self.meta: dict[str, Any] = {"title": f"A report {id}", "article_type": "case_report"}
        self.meta.update(meta)
        self.text = ""
        self.sections: list[Section] = []
        self.sentences: list[Sentence] = []
        self.mentions: list[Mention] = []
        self.titles: list[tuple[int, Mention]] = []
        self.marks: list[Mark] = []
        self.references: list[Reference] = []
        self.citations: list[Citation] = []
        self.patients: list[Patient] = []
        self.events: list[Event] = []
        self.relations: list[Relation] = []
        self.claims: list[Claim] = []
        self.contradictions: list[Contradiction] = []

    def patient(self, name: str = "patient", **fields: Any) -> str:
        """Add a person; the first is the patient of later events."""
        id = f"{self.id}#{name}"
        self.patients.append(Patient(id, **fields))
        return id

    def say(self, text: str, section: Any = "case") -> Article:
        """Add a sentence."""
        if self.text:
            self.text += " "
        start, end = len(self.text), len(self.text) + len(text)
        self.text += text
        if self.sections and self.sections[-1].kind == section:
            self.sections[-1] = replace(self.sections[-1], end=end)
        else:
            self.sections.append(Section(section, None, start, end))
        self.sentences.append(Sentence(start, end, len(self.sections) - 1))
        return self

    def span(self, words: str) -> tuple[int, int]:
        start = self.text.index(words, self.sentences[-1].start)
        return start, start + len(words)

    def evidence(self, words: str) -> Evidence:
        start, end = self.span(words)
        return Evidence(start, end, words, len(self.sentences) - 1)

    def mention(self, words: str, concept: str, kind: Any = "Therapy", **fields: Any) -> None:
        """Mark words of the last sentence as naming a concept."""
        start, end = self.span(words)
        sentence = len(self.sentences) - 1
        self.mentions.append(
            Mention(start, end, words, kind, "x", concept, sentence=sentence, **fields)
        )

    def event(self, type: Any, words: str, concept: str, **fields: Any) -> str:
        """Add an event of the first patient that the words of the last sentence state."""
        if not self.patients:
            self.patient()
        evidence = self.evidence(words)
        id = f"{self.id}#{type.lower()}-{evidence.start}-{evidence.end}"
        values: dict[str, Any] = {"patient": self.patients[0].id, "seq": len(self.events) + 1}
        values.update(fields)
        values.setdefault("name", TERMS[concept].name if concept in TERMS else concept)
        self.events.append(
            Event(id=id, type=type, concept=concept, text=words, evidence=(evidence,), **values)
        )
        given = {k: v for k, v in fields.items() if k in ("polarity", "certainty", "realisation")}
        self.mention(words, concept, _KIND[type], **given)
        return id

    def again(self, id: str, words: str) -> None:
        """Tell an event once more: further evidence in the last sentence."""
        index = next(i for i, event in enumerate(self.events) if event.id == id)
        event = self.events[index]
        told = (*event.evidence, self.evidence(words))
        self.events[index] = replace(event, evidence=told)
        self.mention(words, event.concept, _KIND[event.type])

    def relate(self, type: Any, source: str, target: str, **fields: Any) -> None:
        self.relations.append(Relation(type, source, target, **fields))

    def in_order(self, *events: str, days: int | None = None) -> None:
        """Write BEFORE, closed, from each event to all that follow."""
        for i, first in enumerate(events):
            for n, second in enumerate(events[i + 1 :], start=1):
                low = 0 if days is None else days * n
                high = None if days is None else days * n
                self.relate("BEFORE", first, second, basis="stated", min_days=low, max_days=high)

    def claim(self, words: str, subject: str, predicate: str, object: str, **fields: Any) -> None:
        evidence = self.evidence(words)
        id = f"{self.id}#claim-{evidence.start}-{evidence.end}"
        self.claims.append(
            Claim(id, (subject,), predicate, (object,), evidence=(evidence,), **fields)
        )

    def reference(self, number: int, title: str, doi: str | None, **names: str) -> None:
        """Add an entry of the list; ``names`` maps a concept (without ``kg:``) to its words."""
        self.references.append(Reference(number, f"{number}. {title}.", title=title, doi=doi))
        if doi is not None:
            self.citations.append(Citation(number, f"doi:{doi}", title, doi=doi))
        for concept, words in names.items():
            start = title.index(words)
            found = Mention(start, start + len(words), words, "Therapy", "x", f"kg:{concept}")
            self.titles.append((number, found))

    def mark(self, words: str, *numbers: int) -> None:
        """Mark words of the last sentence as a citation mark."""
        start, end = self.span(words)
        self.marks.append(Mark(start, end, words, numbers))

    def annotation(self) -> Annotation:
        meta = Metadata(doi=self.id.removeprefix("doi:"), licence=self.licence, **self.meta)
        return Annotation(
            document=Document(
                id=self.id,
                source="sample.txt",
                format="text",
                sha256=sha256_of(self.text),
                source_sha256=sha256_of(self.text.encode()),
                text=self.text,
                meta=meta,
                sections=tuple(self.sections),
                references=tuple(self.references),
                marks=tuple(self.marks),
            ),
            sentences=tuple(self.sentences),
            mentions=tuple(self.mentions),
            marks=tuple(self.marks),
            reference_mentions=tuple(self.titles),
        )

    def case(self) -> CaseReport:
        document = self.annotation().document
        return CaseReport(
            report=ReportInfo(
                id=self.id,
                title=document.meta.title,
                authors=document.meta.authors,
                doi=document.meta.doi,
                article_type=document.meta.article_type,
                licence=self.licence,
                sha256=document.sha256,
                source_sha256=document.source_sha256,
            ),
            patients=tuple(self.patients),
            events=tuple(self.events),
            relations=tuple(self.relations),
            claims=tuple(self.claims),
            citations=tuple(self.citations),
            contradictions=tuple(self.contradictions),
        )

    def graph(self, **settings: Any) -> Graph:
        return build(self.annotation(), self.case(), version="v1", concepts=TERMS, **settings)
