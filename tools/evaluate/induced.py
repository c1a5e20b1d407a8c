"""Drug-induced diseases on BC5CDR: are they adverse events of the right drug in the case?

The records that tell of a patient are read by the case stage as abstracts. A chemical-induced
disease of the record is found where an AdverseEvent of the disease is ATTRIBUTED_TO an Exposure of
the chemical, by words that BC5CDR marks or by its MeSH id. A tie between a marked disease and a
marked chemical that BC5CDR does not list is counted as wrong, though BC5CDR lists only the most
specific diseases of a record.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.cases import build_case
from kg.cases.model import CaseReport, Event
from kg.nlp import annotate, load_pipeline
from tools.evaluate.bc5cdr import Record, records
from tools.evaluate.parts import measured

_OF_A_PATIENT = re.compile(
    r"\b(?:\d+[\s-]*(?:year|yr|month|week|day)s?[\s-]*old"
    r"|case (?:report|of|is|was|in)\b|(?:an?|one|this|our|the) (?:[\w-]+ ){0,2}"
    r"(?:patient|man|woman|boy|girl|infant|child)\b"
    r"(?! (?:population|group|sample|serie|characteristic|stud)))",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(?:rats?|mice|rabbits?|dogs?|monkeys?|placebo|randomi[sz]ed|double-blind|volunteers"
    r"|\d+ (?:consecutive )?(?:patients|subjects|children|women|men)\b)",
    re.IGNORECASE,
)
Place = tuple[int, int]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Induced:
    """A record with the places of its ids, and the pairs of a chemical and what it induced."""

    record: Record
    places: dict[str, tuple[Place, ...]]
    pairs: frozenset[Pair]


def induced(data: Path) -> list[Induced]:
    """Return the records of a folder that tell of a patient, in order of their PMID."""
    places: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    pairs: dict[str, set[Pair]] = defaultdict(set)
    for path in sorted(data.glob("*.PubTator.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            columns = line.split("\t")
            if len(columns) == 4 and columns[1] == "CID":
                pairs[columns[0]].add((columns[2], columns[3]))
            elif len(columns) >= 6 and columns[1].isdigit():
                for name in columns[5].split("|"):
                    places[columns[0]][name].append((int(columns[1]), int(columns[2])))
    return [
        Induced(
            record,
            {name: tuple(found) for name, found in places[record.pmid].items()},
            frozenset(pairs[record.pmid]),
        )
        for record in records(data)
        if tells_of_a_patient(record.abstract)
    ]


def tells_of_a_patient(abstract: str) -> bool:
    """Whether an abstract is a case report's and no study's."""
    return bool(_OF_A_PATIENT.search(abstract)) and not _STUDY.search(abstract)


def case_of(item: Induced) -> CaseReport:
    """Return the case that title and abstract make."""
    return build_case(annotate(load_pipeline(), item.record.document()))


def figures(data: Path) -> Iterator[dict[str, Any]]:
    """Yield the recall of pairs and the precision of ties, over the records not trained on."""
    yield score(measured("bc5cdr", induced(data), lambda item: item.record.pmid))


def score(chosen: Iterable[Induced]) -> dict[str, Any]:
    """Return the figures of some records."""
    documents = wanted = found = right = made = 0
    for item in chosen:
        documents += 1
        case = case_of(item)
        ties = list(_ties(case))
        wanted += len(item.pairs)
        found += sum(any(is_of(item, tie, pair) for tie in ties) for pair in item.pairs)
        marked = [tie for tie in ties if all(_is_marked(item, event) for event in tie)]
        made += len(marked)
        right += sum(any(is_of(item, tie, pair) for pair in item.pairs) for tie in marked)
    return {
        "corpus": "bc5cdr",
        "figure": "diseases induced by their chemical",
        "documents": documents,
        "precision": round(right / made, 4) if made else None,
        "recall": round(found / wanted, 4) if wanted else None,
        "made": made,
        "wanted": wanted,
    }


def _ties(case: CaseReport) -> Iterator[tuple[Event, Event]]:
    by_id = {event.id: event for event in case.events}
    for relation in case.relations:
        if relation.type == "ATTRIBUTED_TO" and by_id[relation.source].polarity == "affirmed":
            yield by_id[relation.target], by_id[relation.source]


def is_of(item: Induced, tie: tuple[Event, Event], pair: Pair) -> bool:
    """Whether a tie (therapy, harm) is of a pair (chemical, disease)."""
    return all(_is(item, event, name) for event, name in zip(tie, pair, strict=True))


def _is(item: Induced, event: Event, name: str) -> bool:
    return event.concept == f"mesh:{name}" or _told(event, item.places.get(name, ()))


def _is_marked(item: Induced, event: Event) -> bool:
    return any(_told(event, places) for places in item.places.values())


def _told(event: Event, places: Iterable[Place]) -> bool:
    return any(e.start < end and start < e.end for e in event.evidence for start, end in places)
