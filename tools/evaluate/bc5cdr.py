"""Chemicals and diseases on BC5CDR, exact span, as the whole pipeline delivers them.

A Condition mention counts as a Disease, and a Therapy mention as a Chemical unless its label says
that it is none (a procedure, a regimen, a transplantation). The records are titles and abstracts
and are read as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.documents.model import Document, Metadata, Section, sha256_of
from kg.nlp import annotate, load_pipeline
from tools.evaluate.parts import measured
from tools.evaluate.spans import Span, span_figures

KIND_TO_TYPE = {"Therapy": "Chemical", "Condition": "Disease"}
NO_CHEMICAL = frozenset(
    {
        "procedure",
        "regimen",
        "cell_therapy",
        "transplantation",
        "supportive",
        "radiotherapy",
        "therapy_class",
    }
)
"""Labels of therapies that are no substance."""
_TEXT = re.compile(r"(\d+)\|([ta])\|(.*)")


@dataclass(slots=True)
class Record:
    """A PubTator record: title and abstract, with the gold spans."""

    pmid: str
    title: str = ""
    abstract: str = ""
    gold: set[Span] = field(default_factory=set)

    def document(self) -> Document:
        """Return the record as the reader of abstracts would give it."""
        text = f"{self.title} {self.abstract}"
        cut = len(self.title)
        sections = (Section("title", None, 0, cut), Section("abstract", None, cut + 1, len(text)))
        digest = sha256_of(text)
        return Document(
            id=f"pmid:{self.pmid}",
            source=self.pmid,
            format="abstract",
            sha256=digest,
            source_sha256=digest,
            text=text,
            meta=Metadata(title=self.title, pmid=self.pmid),
            sections=sections,
        )


def records(data: Path) -> list[Record]:
    """Return the records of every PubTator file in a folder, in order of their PMID."""
    found: dict[str, Record] = {}
    for path in sorted(data.glob("*.PubTator.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            head = _TEXT.match(line)
            columns = line.split("\t")
            if head:
                record = found.setdefault(head[1], Record(head[1]))
                if head[2] == "t":
                    record.title = head[3]
                else:
                    record.abstract = head[3]
            elif len(columns) >= 6 and columns[1].isdigit():
                found[columns[0]].gold.add((int(columns[1]), int(columns[2]), columns[4]))
    return [found[pmid] for pmid in sorted(found)]


def part(data: Path) -> list[Record]:
    """Return the records that were not trained on."""
    every = records(data)
    return measured("bc5cdr", every, lambda record: record.pmid)


def figures(data: Path) -> Iterator[dict[str, Any]]:
    """Yield precision, recall and F1 of both types together and of each."""
    chosen = part(data)
    yield from span_figures(
        (_pair(record) for record in chosen),
        corpus="bc5cdr",
        figure="mentions",
        documents=len(chosen),
    )


def _pair(record: Record) -> tuple[set[Span], set[Span]]:
    annotation = annotate(load_pipeline(), record.document())
    found = {
        (m.start, m.end, KIND_TO_TYPE[m.kind])
        for m in annotation.mentions
        if m.kind in KIND_TO_TYPE and m.label not in NO_CHEMICAL
    }
    return record.gold, found
