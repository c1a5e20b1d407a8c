"""Negation on MACCROBAT's POLARITY attributes, on gold mentions.

The gold mentions are given to the pipeline, so that only assertion is measured. ``NEG`` and
``MAYBE_NEG`` count as negated. MACCROBAT negates also what has ended ("her pain resolved"), as
``Mention.polarity`` does. It also negates most therapies that were declined (in the training
part 13 of 17; none of 14 considered, 4 of 24 planned), which are affirmed and ``declined`` here.
Figures "negated or declined" count these as negated, the others take polarity alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.documents import read
from kg.documents.model import Document
from kg.nlp import annotate, load_pipeline
from kg.nlp.model import Mention, MentionKind
from tools.evaluate.parts import measured

KINDS: dict[str, MentionKind] = {
    "Medication": "Therapy",
    "Therapeutic_procedure": "Therapy",
    "Disease_disorder": "Condition",
    "Sign_symptom": "Condition",
    "Diagnostic_procedure": "Marker",
    "Outcome": "Outcome",
}
NEGATIVE = frozenset({"NEG", "MAYBE_NEG"})
OF_KIND = frozenset(f"negation of {kind}" for kind in KINDS.values()) | {
    "negated or declined of Therapy"
}
_OFFSETS = re.compile(r"[ ;]")


def gold(path: Path, text: str) -> Iterator[tuple[Mention, str | None]]:
    """Yield the gold mentions of a brat file with their POLARITY, None where there is none."""
    spans: dict[str, tuple[str, int, int]] = {}
    events: dict[str, str] = {}
    polarity: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if line.startswith("T"):
            label, *offsets = _OFFSETS.split(columns[1])
            spans[columns[0]] = (label, int(offsets[0]), int(offsets[-1]))
        elif line.startswith("E"):
            events[columns[0]] = columns[1].split()[0].partition(":")[2]
        elif line.startswith("A"):
            name, target, *value = columns[1].split()
            if name == "POLARITY" and value:
                polarity[target] = value[0]
    of_span = {events.get(target, target): value for target, value in polarity.items()}
    for identifier, (label, start, end) in spans.items():
        kind = KINDS.get(label)
        if kind is not None:
            mention = Mention(start, end, text[start:end], kind, label, source="given")
            yield mention, of_span.get(identifier)


def compare(
    path: Path,
) -> Iterator[tuple[Document, Mention, Mention, str | None]]:
    """Yield for each gold mention: document, gold mention, mention as asserted, gold polarity."""
    [document] = read(path.with_suffix(".txt"), plain=True)
    pairs = list(gold(path, document.text))
    given = annotate(load_pipeline(), document, mentions=[mention for mention, _ in pairs])
    asserted = {(m.start, m.end): m for m in given.mentions}
    for mention, polarity in pairs:
        found = asserted.get((mention.start, mention.end))
        if found is not None:
            yield document, mention, found, polarity


def figures(data: Path) -> Iterator[dict[str, Any]]:
    """Yield precision, recall and F1 of negation, on the development part where there is one."""
    paths = sorted(data.glob("*.ann"))
    part = measured("maccrobat", paths, lambda path: path.stem)
    counts: dict[str, Counter[str]] = {}
    for path in part:
        for _, mention, found, polarity in compare(path):
            truth, said = polarity in NEGATIVE, found.polarity == "negated"
            declined = said or found.realisation == "declined"
            for name, negated in (("negation", said), ("negated or declined", declined)):
                outcome = (
                    "tp" if truth and negated else "fp" if negated else "fn" if truth else "tn"
                )
                counts.setdefault(name, Counter())[outcome] += 1
                counts.setdefault(f"{name} of {mention.kind}", Counter())[outcome] += 1
    for name, count in sorted(counts.items()):
        if name in ("negation", "negated or declined") or name in OF_KIND:
            yield {"corpus": "maccrobat", "figure": name, "documents": len(part), **score(count)}


def score(counts: Counter[str]) -> dict[str, Any]:
    """Return the counts with precision, recall and F1."""
    tp, fp, fn = counts["tp"], counts["fp"], counts["fn"]
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    f1 = 2 * tp / (2 * tp + fp + fn) if tp else 0.0
    return {
        "tp": tp,
        "fp": fp,
        "fn": fn,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f1, 4),
    }
