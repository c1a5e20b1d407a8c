"""Drugs, doses, ages and disorders on PHEE, exact span, as the whole pipeline delivers them.

PHEE marks the arguments of one adverse or therapeutic event and not every drug or disorder of a
sentence: recall is the figure to look at, and spans that PHEE does not mark are not errors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.documents.model import Document, Metadata, Section, sha256_of
from kg.nlp import annotate, load_pipeline
from tools.evaluate.parts import measured
from tools.evaluate.spans import Span, span_figures

KIND_OF = {
    "Drug": "Therapy",
    "Disorder": "Condition",
    "Dosage": "Dose",
    "Duration": "Time",
    "Freq": "Time",
    "Time_elapsed": "Time",
    "Age": "Patient",
    "Gender": "Patient",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A PHEE sentence with the spans of its events' arguments."""

    id: str
    text: str
    gold: frozenset[Span]


def sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a PHEE file (JSON lines)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        events = [event for group in row["annotations"] for event in group["events"]]
        spans = frozenset(span for event in events for span in _arguments(event))
        yield Sentence(row["id"], row["context"], spans)


def _arguments(event: dict[str, Any]) -> Iterator[Span]:
    for role in ("Subject", "Treatment"):
        argument = event.get(role) or {}
        for name, kind in KIND_OF.items():
            part = argument.get(name) if isinstance(argument, dict) else None
            if isinstance(part, dict):
                yield from _spans(part, kind)


def _spans(part: dict[str, Any], kind: str) -> Iterator[Span]:
    for texts, starts in zip(part["text"], part["start"], strict=True):
        for text, start in zip(texts, starts, strict=True):
            yield start, start + len(text), kind


def figures(data: Path) -> Iterator[dict[str, Any]]:
    """Yield recall (and precision, see above) over all arguments and of each kind."""
    path = data / "train.json" if data.is_dir() else data
    every = list(sentences(path))
    chosen = measured("phee", every, lambda sentence: sentence.id.partition("_")[0])
    yield from span_figures(
        (_pair(sentence) for sentence in chosen),
        corpus="phee",
        figure="arguments",
        sentences=len(chosen),
    )


def _pair(sentence: Sentence) -> tuple[set[Span], set[Span]]:
    digest = sha256_of(sentence.text)
    document = Document(
        id=f"pmid:{sentence.id}",
        source=sentence.id,
        format="abstract",
        sha256=digest,
        source_sha256=digest,
        text=sentence.text,
        meta=Metadata(),
        sections=(Section("abstract", None, 0, len(sentence.text)),),
    )
    annotation = annotate(load_pipeline(), document)
    kinds = set(KIND_OF.values())
    return set(sentence.gold), {
        (m.start, m.end, m.kind) for m in annotation.mentions if m.kind in kinds
    }
