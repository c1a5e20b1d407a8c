"""Mentions on MACCROBAT, exact span and kind, as the whole pipeline delivers them.

The corpus's entity types are merged into the nine kinds; types of no kind are left out on both
sides. A discontinuous gold span counts from its first to its last character.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.documents import read
from kg.nlp import annotate, load_pipeline
from tools.evaluate.parts import measured
from tools.evaluate.spans import Span, span_figures

KIND_OF = {
    "Medication": "Therapy",
    "Therapeutic_procedure": "Therapy",
    "Disease_disorder": "Condition",
    "Sign_symptom": "Condition",
    "Diagnostic_procedure": "Marker",
    "Lab_value": "Value",
    "Dosage": "Dose",
    "Date": "Time",
    "Duration": "Time",
    "Time": "Time",
    "Frequency": "Time",
    "Age": "Patient",
    "Sex": "Patient",
    "Biological_structure": "Anatomy",
    "Outcome": "Outcome",
}


def gold_spans(path: Path, kind_of: dict[str, str] = KIND_OF) -> set[Span]:
    """Return the gold spans of a brat file whose type has a kind."""
    spans: set[Span] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("T"):
            label, *offsets = line.split("\t")[1].replace(";", " ").split()
            if label in kind_of:
                spans.add((int(offsets[0]), int(offsets[-1]), kind_of[label]))
    return spans


def part(data: Path) -> list[Path]:
    """Return the annotation files of the reports that were not trained on."""
    paths = sorted(data.glob("*.ann"))
    return measured("maccrobat", paths, lambda path: path.stem)


def figures(data: Path) -> Iterator[dict[str, Any]]:
    """Yield precision, recall and F1 over all kinds and of each."""
    paths = part(data)
    yield from span_figures(
        (_pair(path) for path in paths), corpus="maccrobat", figure="mentions", documents=len(paths)
    )


def _pair(path: Path) -> tuple[set[Span], set[Span]]:
    [document] = read(path.with_suffix(".txt"), plain=True)
    annotation = annotate(load_pipeline(), document)
    return gold_spans(path), {(m.start, m.end, m.kind) for m in annotation.mentions}
