"""The order of events on MACCROBAT's BEFORE, AFTER and OVERLAP, on gold mentions.

The gold mentions become events of one patient, and the timeline places them by the times that the
pipeline finds and by narrated order. A pair is BEFORE where the start of the one must come before
the start of the other by a date, by words or by another step of the narrative with a treatment or
an outcome in it; else it overlaps. Of an OVERLAP set its neighbours count, so that a long list of
findings does not outweigh the rest. Pairs with a time on one side are left out: a time is no event
here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from kg.cases.model import Event, EventType, Evidence, Patient
from kg.cases.timeline.course import Course
from kg.cases.timeline.reading import Layout
from kg.cases.timeline.solver import solve_course
from kg.documents import read
from kg.nlp import annotate, load_pipeline
from kg.nlp.model import Annotation, Mention
from tools.evaluate.parts import is_development
from tools.evaluate.polarity import KINDS, score

TYPES: dict[str, EventType] = {
    "Medication": "Exposure",
    "Therapeutic_procedure": "Exposure",
    "Disease_disorder": "Diagnosis",
    "Sign_symptom": "Finding",
    "Diagnostic_procedure": "Finding",
    "Clinical_event": "Finding",
    "Outcome": "Response",
}
_EVENTFUL = frozenset({"Exposure", "Response"})
Pair = tuple[str, str, str]
"""Two events and how the first lies to the second: BEFORE or OVERLAP."""


@dataclass(frozen=True)
class Gold:
    """The events of a brat file and the pairs that it orders."""

    spans: dict[str, tuple[str, int, int]]
    pairs: tuple[Pair, ...]


def gold(path: Path) -> Gold:
    """Read the events and their order from a brat ``.ann`` file."""
    texts: dict[str, tuple[str, int, int]] = {}
    events: dict[str, tuple[str, int, int]] = {}
    pairs: list[Pair] = []
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    for name, rest, *_ in rows:
        if name.startswith("T"):
            label, *offsets = rest.replace(";", " ").split()
            texts[name] = (label, int(offsets[0]), int(offsets[-1]))
    for name, rest, *_ in rows:
        if name.startswith("E"):
            span = texts.get(rest.split()[0].partition(":")[2])
            if span is not None and span[0] in TYPES:
                events[name] = span
    for name, rest, *_ in rows:
        kind, *ends = rest.split()
        if kind in ("BEFORE", "AFTER") and name.startswith("R"):
            first, second = (end.partition(":")[2] for end in ends[:2])
            pairs.append(
                (first, second, "BEFORE") if kind == "BEFORE" else (second, first, "BEFORE")
            )
        elif kind == "OVERLAP":
            pairs.extend((a, b, "OVERLAP") for a, b in pairwise(ends))
    known = (pair for pair in pairs if pair[0] in events and pair[1] in events)
    return Gold(events, tuple(dict.fromkeys(known)))


def found(annotation: Annotation, spans: dict[str, tuple[str, int, int]]) -> dict[Pair, str]:
    """Return how the timeline orders each two of the events, keyed without the label."""
    layout = Layout(annotation)
    text = annotation.document.text
    asserted = {(m.start, m.end): m for m in annotation.mentions}
    events = []
    for name, (label, start, end) in spans.items():
        mention = asserted.get((start, end))
        piece = Evidence(start, end, text[start:end], layout.sentence_at(start))
        events.append(
            Event(
                name,
                "p",
                TYPES[label],
                f"gold:{name}",
                text[start:end].lower(),
                text[start:end],
                time=mention.time if mention is not None else "current",
                evidence=(piece,),
            )
        )
    solution = solve_course(Course(Patient("p"), events, (), layout), layout)
    points = [solution.point(event.id) for event in events]
    network = solution.network
    everything = network.distances_between(points, frozenset({"dated", "stated", "narrated"}))
    out: dict[Pair, str] = {}
    for i, first in enumerate(events):
        for j, second in enumerate(events):
            told = bool({first.type, second.type} & _EVENTFUL)
            after = everything[j, i] <= 0 and everything[i, j] > 0
            before = after and (told or everything[j, i] < 0)
            out[first.id, second.id, ""] = "BEFORE" if before else "OVERLAP"
    return out


def figures(data: Path) -> Iterator[dict[str, Any]]:
    """Yield precision, recall and F1 of BEFORE and of OVERLAP, for each part of the corpus.

    ``direction`` is of the ordered pairs that the timeline orders too: whether the same way.
    """
    nlp = load_pipeline()
    counts: dict[tuple[str, str], Counter[str]] = {}
    for path in sorted(data.glob("*.ann")):
        truth = gold(path)
        [document] = read(path.with_suffix(".txt"), plain=True)
        mentions = [
            Mention(start, end, document.text[start:end], KINDS[label], label, source="given")
            for label, start, end in truth.spans.values()
            if label in KINDS
        ]
        order = found(annotate(nlp, document, mentions=mentions), truth.spans)
        part = "development" if is_development(path.stem) else "training"
        for first, second, label in truth.pairs:
            guess = _guess(order, first, second)
            if label == "BEFORE" and guess != "OVERLAP":
                directed = counts.setdefault((part, "direction"), Counter())
                directed["tp" if guess == label else "fp"] += 1
            for kind in (label, guess):
                tally = counts.setdefault((part, kind.replace("AFTER", "BEFORE")), Counter())
                if guess == label:
                    tally["tp"] += 1
                    break
                tally["fn" if kind == label else "fp"] += 1
    for (part, label), tally in sorted(counts.items()):
        figure = score(tally)
        if label == "direction":
            figure = {name: figure[name] for name in ("tp", "fp", "precision")}
        yield {"corpus": "order", "part": part, "label": label, **figure}


def _guess(order: dict[Pair, str], first: str, second: str) -> str:
    if order[first, second, ""] == "BEFORE":
        return "BEFORE"
    return "AFTER" if order[second, first, ""] == "BEFORE" else "OVERLAP"
