"""Claims against the gold of ``tests/gold/claims``: what articles say in general.

The gold was written from the text of introduction, discussion and conclusion before any output was
seen; its README tells how. A claim that ``kg`` makes there is right when a gold claim of the same
sentence has its predicate and shares words with it on both sides.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.cases.citations import citations_of
from kg.cases.claims import claims_of
from kg.cases.model import Claim
from kg.documents import read
from kg.nlp import annotate, load_pipeline
from kg.nlp.model import Annotation

GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold" / "claims"
HALVES = ("measure", "mend")
READ = frozenset({"introduction", "discussion", "conclusion"})
KINDS = frozenset({"Therapy", "Marker", "Outcome", "Condition"})
QUALITIES = ("polarity", "certainty", "own", "references")
Record = dict[str, Any]
Place = tuple[int, int]


def records(half: str) -> list[Record]:
    """Return the gold of one half, in the order of the ids; only ``mend`` may be looked into."""
    found = [json.loads(path.read_text("utf-8")) for path in sorted(GOLD.glob("*.json"))]
    return [record for record in found if record["half"] == half]


def reading(data: Path, gold: Record) -> Annotation:
    """Return the annotated article of a record.

    Raises
    ------
    ValueError
        When the text is not the one that was read.
    """
    (document,) = read(data / gold["set"] / f"{gold['id']}.xml")
    if document.sha256 != gold["sha256"]:
        raise ValueError(f"{gold['id']}: this is not the text that was read")
    return annotate(load_pipeline(), document)


def made(annotation: Annotation) -> list[Record]:
    """Return the claims of the sections that the gold speaks of, in the shape of the gold's."""
    citations = citations_of(annotation.document)
    number = {work.id: work.number for work in reversed(citations)}
    out = []
    for claim in claims_of(annotation, "r", citations):
        [evidence] = claim.evidence
        sentence = annotation.sentences[evidence.sentence]
        if annotation.document.sections[sentence.section].kind in READ:
            out.append(
                {
                    "at": [sentence.start, sentence.end],
                    "subject": _places(annotation, claim, claim.subject),
                    "predicates": [claim.predicate],
                    "object": _places(annotation, claim, claim.object),
                    "polarity": claim.polarity,
                    "certainty": claim.certainty,
                    "own": claim.own,
                    "references": sorted(number[work] for work in claim.cites),
                }
            )
    return out


def _places(annotation: Annotation, claim: Claim, concepts: Sequence[str]) -> list[Place]:
    """Return where a claim's sentence, or the two before it, names one of the concepts."""
    [evidence] = claim.evidence
    first = annotation.sentences[max(0, evidence.sentence - 2)].start
    last = annotation.sentences[evidence.sentence].end
    return [
        (m.start, m.end)
        for m in annotation.mentions
        if m.concept in concepts and first <= m.start < last
    ]


def agrees(claim: Record, gold: Record, *, predicate: bool = True) -> bool:
    """Tell whether a claim says what one of the gold says.

    Examples
    --------
    >>> gold = {"at": [0, 9], "subject": [[0, 1]], "predicates": ["causes"], "object": [[4, 5]]}
    >>> agrees(gold, {**gold, "predicates": ["predicts"]})
    False
    >>> agrees(gold, {**gold, "predicates": ["predicts"]}, predicate=False)
    True
    """
    return (
        tuple(claim["at"]) == tuple(gold["at"])
        and _share_words(claim["subject"], gold["subject"])
        and _share_words(claim["object"], gold["object"])
        and (not predicate or not set(gold["predicates"]).isdisjoint(claim["predicates"]))
    )


def _share_words(some: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def score(found: Sequence[Record], gold: Sequence[Record], counts: Counter[str]) -> None:
    """Add one article to the counts."""
    counts["made"] += len(found)
    counts["wanted"] += len(gold)
    counts["right"] += sum(any(agrees(c, g) for g in gold) for c in found)
    counts["linked right"] += sum(any(agrees(c, g, predicate=False) for g in gold) for c in found)
    counts["linked found"] += sum(any(agrees(c, g, predicate=False) for c in found) for g in gold)
    for one in gold:
        match = next((c for c in found if agrees(c, one)), None)
        if match is not None:
            counts["found"] += 1
            counts.update(q for q in QUALITIES if match[q] == one[q])


def sided(annotation: Annotation, gold: Record) -> bool:
    """Tell whether a mention stands on both sides of a gold claim, so that it could be found."""
    places = [(m.start, m.end) for m in annotation.mentions if m.kind in KINDS and m.concept]
    return _share_words(places, gold["subject"]) and _share_words(places, gold["object"])


def figures(data: Path) -> Iterator[Record]:
    """Yield precision and recall of claims, the share that mentions allow, and their qualities."""
    for half in HALVES:
        counts: Counter[str] = Counter()
        gold = records(half)
        for record in gold:
            annotation = reading(data, record)
            score(made(annotation), record["claims"], counts)
            counts["sided"] += sum(sided(annotation, claim) for claim in record["claims"])
        head = {"corpus": "claims", "half": half, "documents": len(gold)}
        yield {
            **head,
            "figure": "claims",
            "precision": _part(counts["right"], counts["made"]),
            "recall": _part(counts["found"], counts["wanted"]),
            "made": counts["made"],
            "wanted": counts["wanted"],
        }
        yield {
            **head,
            "figure": "claims, whatever the predicate",
            "precision": _part(counts["linked right"], counts["made"]),
            "recall": _part(counts["linked found"], counts["wanted"]),
        }
        yield {
            **head,
            "figure": "claims with a mention on both sides",
            "share": _part(counts["sided"], counts["wanted"]),
        }
        for quality in QUALITIES:
            share = _part(counts[quality], counts["found"])
            yield {**head, "figure": f"{quality}, of the claims found", "share": share}


def _part(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
