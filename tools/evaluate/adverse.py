"""Adverse events on PHEE: is the effect an AdverseEvent of the case, and of the right drug?

Each sentence is put into a case after "The patient was seen." and read by the case stage. An
effect is found where an affirmed AdverseEvent shares words with it; it is attributed where that
event is tied to a therapy that shares words with a drug of the same event in PHEE. PHEE marks the
effects of one event and not every harm of a sentence, so a made event beside them is not surely
wrong; one in a sentence that tells only of a wanted effect is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.cases import build_case
from kg.cases.model import CaseReport, Event
from kg.documents.model import Document, Metadata, Section, sha256_of
from kg.nlp import annotate, load_pipeline
from tools.evaluate.parts import is_development

OPENING = "The patient was seen. "
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Harm:
    """An effect that PHEE marks, and the places of the drugs that it marks with it."""

    effect: Place
    drugs: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A PHEE sentence: its harms, and whether it tells only of wanted effects."""

    id: str
    text: str
    harms: tuple[Harm, ...]
    wanted_only: bool


def sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a PHEE file (JSON lines)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        events = [event for group in row["annotations"] for event in group["events"]]
        harms = tuple(
            Harm(effect, drugs)
            for event in events
            if event["event_type"] == "Adverse_event"
            and (drugs := frozenset(_places((event.get("Treatment") or {}).get("Drug"))))
            for effect in _places(event.get("Effect"))
        )
        wanted_only = {e["event_type"] for e in events} == {"Potential_therapeutic_event"}
        yield Sentence(row["id"], row["context"], harms, wanted_only)


def _places(part: dict[str, Any] | None) -> Iterator[Place]:
    if not part:
        return
    for texts, starts in zip(part["text"], part["start"], strict=True):
        for text, start in zip(texts, starts, strict=True):
            yield start + len(OPENING), start + len(OPENING) + len(text)


def case_of(sentence: Sentence) -> CaseReport:
    """Return the case that the sentence makes by itself."""
    text = OPENING + sentence.text
    digest = sha256_of(text)
    document = Document(
        id=f"pmid:{sentence.id}",
        source=sentence.id,
        format="text",
        sha256=digest,
        source_sha256=digest,
        text=text,
        meta=Metadata(article_type="case_report"),
        sections=(Section("case", None, 0, len(text)),),
    )
    return build_case(annotate(load_pipeline(), document))


def figures(data: Path) -> Iterator[dict[str, Any]]:
    """Yield the recall of effects, the share attributed, and events made of wanted effects."""
    path = data / "train.json" if data.is_dir() else data
    chosen = [s for s in sentences(path) if is_development(s.id.partition("_")[0])]
    yield from score(chosen)


def score(chosen: Iterable[Sentence]) -> Iterator[dict[str, Any]]:
    """Yield the figures of some sentences."""
    wanted = found = attributed = tied = wrongly = made = beside = harmless = 0
    for sentence in chosen:
        case = case_of(sentence)
        events = [e for e in case.events if e.type == "AdverseEvent" and e.polarity == "affirmed"]
        if sentence.wanted_only:
            harmless += 1
            wrongly += bool(events)
        if not sentence.harms:
            continue
        made += len(events)
        beside += sum(not any(_told(e, [h.effect]) for h in sentence.harms) for e in events)
        for harm in sentence.harms:
            wanted += 1
            own = [e for e in events if _told(e, [harm.effect])]
            found += bool(own)
            causes = [c for e in own for c in _causes(case, e)]
            tied += bool(causes)
            attributed += any(_told(c, harm.drugs) for c in causes)
    yield {"corpus": "phee", "figure": "effects found", "recall": _share(found, wanted)}
    yield {
        "corpus": "phee",
        "figure": "effects found, of their drug",
        "recall": _share(attributed, wanted),
    }
    yield {
        "corpus": "phee",
        "figure": "of the right drug, of those tied",
        "precision": _share(attributed, tied),
    }
    yield {
        "corpus": "phee",
        "figure": "events that share words with an effect",
        "precision": _share(made - beside, made),
    }
    yield {
        "corpus": "phee",
        "figure": "sentences of wanted effects only, with an event",
        "share": _share(wrongly, harmless),
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _told(event: Event, places: Iterable[Place]) -> bool:
    return any(e.start < end and start < e.end for e in event.evidence for start, end in places)


def _causes(case: CaseReport, event: Event) -> list[Event]:
    by_id = {e.id: e for e in case.events}
    return [
        by_id[r.target]
        for r in case.relations
        if r.type == "ATTRIBUTED_TO" and r.source == event.id
    ]
