"""Attachment on MACCROBAT's MODIFY relations: value to test, dose to drug, site to finding.

The gold mentions are given to the pipeline, so that only attachment is measured. Beside it stands
the nearest head of the same line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.documents import read
from kg.nlp import annotate, load_pipeline
from kg.nlp.attachment.features import Scene, head_label
from kg.nlp.model import Annotation, Mention, MentionKind
from tools.evaluate.parts import measured

KINDS: dict[str, MentionKind] = {
    "Medication": "Therapy",
    "Therapeutic_procedure": "Therapy",
    "Disease_disorder": "Condition",
    "Sign_symptom": "Condition",
    "Diagnostic_procedure": "Marker",
    "Lab_value": "Value",
    "Dosage": "Dose",
    "Biological_structure": "Anatomy",
    "Date": "Time",
    "Duration": "Time",
    "Time": "Time",
    "Frequency": "Time",
}
ITEMS: dict[str, frozenset[str]] = {
    "value": frozenset({"Lab_value"}),
    "dose": frozenset({"Dosage"}),
    "site": frozenset({"Biological_structure"}),
    "grade": frozenset({"Severity"}),
}
HEADS: dict[str, frozenset[str]] = {
    "value": frozenset({"Diagnostic_procedure", "Sign_symptom", "Disease_disorder"}),
    "dose": frozenset({"Medication", "Therapeutic_procedure"}),
    "site": frozenset(
        {"Sign_symptom", "Disease_disorder", "Therapeutic_procedure", "Diagnostic_procedure"}
    ),
    "grade": frozenset({"Sign_symptom", "Disease_disorder"}),
}
SCORED: dict[str, frozenset[str]] = {
    "value": frozenset({"Diagnostic_procedure"}),
    "dose": frozenset({"Medication"}),
    "site": HEADS["site"],
}
"""The heads that the figures count, by relation."""

Pair = tuple[int, int, int, int]


@dataclass(slots=True)
class Brat:
    """A brat document: its text, its spans (label, start, end) and its MODIFY relations."""

    text: str
    spans: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    modify: set[tuple[str, str]] = field(default_factory=set)


def brat(path: Path) -> Brat:
    """Read a brat ``.ann`` file and the ``.txt`` beside it."""
    document = Brat(path.with_suffix(".txt").read_text(encoding="utf-8"))
    events: dict[str, str] = {}
    relations: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if line.startswith("T"):
            label, *offsets = re.split(r"[ ;]", columns[1])
            document.spans[columns[0]] = (label, int(offsets[0]), int(offsets[-1]))
        elif line.startswith("E"):
            events[columns[0]] = columns[1].split()[0].partition(":")[2]
        elif line.startswith("R") and columns[1].startswith("MODIFY"):
            _, first, second = columns[1].split()
            relations.append((first[5:], second[5:]))
    document.modify = {(events.get(a, a), events.get(b, b)) for a, b in relations}
    return document


def scenes(
    document: Brat, items: frozenset[str], heads: frozenset[str]
) -> Iterator[tuple[Scene, set[tuple[int, int]]]]:
    """Yield each line with its attributes and heads, and the pairs that MODIFY links."""
    start = 0
    for line in document.text.split("\n"):
        end = start + len(line)
        inside = sorted(
            (first, last, name, label)
            for name, (label, first, last) in document.spans.items()
            if start <= first and last <= end
        )
        own = [span for span in inside if span[3] in items]
        others = [span for span in inside if span[3] in heads]
        if own:
            scene = Scene(
                line,
                [(first - start, last - start) for first, last, _, _ in own],
                [(first - start, last - start) for first, last, _, _ in others],
                [head_label(KINDS[label], label) for *_, label in others],
            )
            yield (
                scene,
                {
                    (i, h)
                    for i, item in enumerate(own)
                    for h, head in enumerate(others)
                    if (item[2], head[2]) in document.modify
                },
            )
        start = end + 1


def figures(data: Path) -> Iterator[dict[str, Any]]:
    """Yield precision, recall and F1 of each relation, ours and the nearest head's."""
    paths = sorted(data.glob("*.ann"))
    part = measured("maccrobat", paths, lambda path: path.stem)
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in part:
        document = brat(path)
        annotation = _annotated(path, document)
        for relation, labels in SCORED.items():
            gold = _gold(document, ITEMS[relation], labels)
            heads = _spans(document, labels)
            for system, found in (
                ("kg", _found(annotation, relation)),
                ("nearest", _nearest(document, relation)),
            ):
                mine = {pair for pair in found if pair[2:] in heads}
                counts[relation, system].update(
                    tp=len(mine & gold), fp=len(mine - gold), fn=len(gold - mine)
                )
    for (relation, system), counted in counts.items():
        yield {
            "corpus": "maccrobat",
            "figure": f"attachment of {relation}",
            "system": system,
            "documents": len(part),
            **_score(counted),
        }


def _annotated(path: Path, document: Brat) -> Annotation:
    [plain] = read(path.with_suffix(".txt"), plain=True)
    given = [
        Mention(start, end, plain.text[start:end], KINDS[label], label, source="given")
        for label, start, end in sorted(document.spans.values(), key=lambda span: span[1:])
        if label in KINDS
    ]
    return annotate(load_pipeline(), plain, mentions=given)


def _spans(document: Brat, labels: frozenset[str]) -> set[tuple[int, int]]:
    return {(start, end) for label, start, end in document.spans.values() if label in labels}


def _gold(document: Brat, items: frozenset[str], heads: frozenset[str]) -> set[Pair]:
    spans = document.spans
    return {
        (*spans[a][1:], *spans[b][1:])
        for a, b in document.modify
        if a in spans and b in spans and spans[a][0] in items and spans[b][0] in heads
    }


def _found(annotation: Annotation, relation: str) -> set[Pair]:
    tied: Sequence[tuple[int, int, int | None]] = {
        "value": [(q.start, q.end, q.of) for q in annotation.quantities],
        "dose": [(d.start, d.end, d.drug) for d in annotation.doses],
        "site": [(s.start, s.end, s.of) for s in annotation.sites],
    }[relation]
    mentions = annotation.mentions
    return {(s, e, mentions[of].start, mentions[of].end) for s, e, of in tied if of is not None}


def _nearest(document: Brat, relation: str) -> set[Pair]:
    found: set[Pair] = set()
    start = 0
    for line in document.text.split("\n"):
        end = start + len(line)
        inside = [span for span in document.spans.values() if start <= span[1] and span[2] <= end]
        heads = [span[1:] for span in inside if span[0] in SCORED[relation]]
        for label, first, last in inside:
            if label in ITEMS[relation] and heads:
                near = min(heads, key=lambda h: (max(h[0] - last, first - h[1], 0), h))
                found.add((first, last, *near))
        start = end + 1
    return found


def _score(counts: Counter[str]) -> dict[str, Any]:
    tp, fp, fn = counts["tp"], counts["fp"], counts["fn"]
    return {
        "tp": tp,
        "fp": fp,
        "fn": fn,
        "precision": round(tp / (tp + fp), 4) if tp + fp else 0.0,
        "recall": round(tp / (tp + fn), 4) if tp + fn else 0.0,
        "f1": round(2 * tp / (2 * tp + fp + fn), 4) if tp else 0.0,
    }
