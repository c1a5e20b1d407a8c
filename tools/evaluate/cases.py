"""The case against the gold of ``tests/gold``: therapies, outcomes, adverse events and the rest.

The gold holds offsets and ids only (``tests/gold/README.md`` tells the format), a folder an
annotator; the texts come from the data folder. Each figure is pooled over the reports of one half
of the manifest, once for each annotator; last comes the agreement of each two of them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from tools.evaluate._agreement import as_case

GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold"
Record = dict[str, Any]

_RIGHT, _MADE, _WANTED = "right", "made", "wanted"


@dataclass
class Tally:
    """Right, made and wanted facts of each row of the table."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    rows_of: frozenset[str] | None = None
    """The rows that the gold of a report speaks of, where it does not of all."""

    def add(self, row: str, right: int, made: int, wanted: int) -> None:
        """Add the counts of one report to a row."""
        if self.rows_of is not None and row not in self.rows_of:
            return
        counter = self.counts.setdefault(row, Counter())
        counter.update({_RIGHT: right, _MADE: made, _WANTED: wanted})

    def rows(self) -> Iterator[Record]:
        """Yield precision and recall of each row; null where nothing was made or wanted."""
        for row, count in self.counts.items():
            yield {
                "figure": row,
                "precision": _share(count[_RIGHT], count[_MADE]),
                "recall": _share(count[_RIGHT], count[_WANTED]),
                "right": count[_RIGHT],
                "made": count[_MADE],
                "wanted": count[_WANTED],
            }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def manifest(half: str) -> list[tuple[str, str]]:
    """Return the (set, id) pairs of one half of the reserved set."""
    pairs = []
    for line in (GOLD / "manifest").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, identifier, marked = line.split("\t")
            if marked == half:
                pairs.append((name, identifier))
    return pairs


def figures(data: Path, half: str = "measure") -> Iterator[Record]:
    """Yield precision and recall of each row of the table over one half of the reserved set.

    Parameters
    ----------
    data
        The folder of third-party data that the texts are read from.
    half
        ``measure`` or ``mend``.
    """
    golds = {folder.name: _golds(folder) for folder in sorted(GOLD.glob("[A-Z]"))}
    tallies = {annotator: Tally() for annotator in golds}
    reserved = manifest(half)
    for name, identifier in reserved:
        if any(identifier in gold for gold in golds.values()):
            case = _case(data, name, identifier)
            for annotator, gold in golds.items():
                if identifier in gold:
                    score(case, gold[identifier], tallies[annotator])
    for annotator, tally in tallies.items():
        yield from ({"half": half, "annotator": annotator, **row} for row in tally.rows())
    for one, two in combinations(golds, 2):
        tally = Tally()
        for _, identifier in reserved:
            if identifier in golds[one] and identifier in golds[two]:
                score(as_case(golds[one][identifier]), golds[two][identifier], tally)
        yield from ({"half": half, "agreement": f"{one} {two}", **row} for row in tally.rows())


def _golds(folder: Path) -> dict[str, Record]:
    """Return the gold records of one annotator, by document."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}


def _case(data: Path, name: str, identifier: str) -> Record:
    """Return what kg makes of a document."""
    from kg import documents, nlp
    from kg.cases import build_case
    from kg.records import to_plain

    articles = name.startswith("jats")
    path = data / name / f"{identifier}{'.xml' if articles else '.txt'}"
    (document,) = documents.read(path, plain=not articles)
    case: Record = to_plain(build_case(nlp.annotate(nlp.load_pipeline(), document)))
    return case


def score(case: Record, gold: Record, tally: Tally) -> None:
    """Add one report to the tally.

    Parameters
    ----------
    case
        The output of ``kg case`` for the report.
    gold
        Its gold.
    """
    people = _people(case, gold)
    facts = gold.get("facts")
    tally = tally if facts is None else Tally(tally.counts, frozenset(facts))
    _score_people(case, gold, people, tally)
    found: dict[str, str] = {}
    found |= _score_therapies(case, gold, people, tally)
    found |= _score_outcomes(case, gold, people, found, tally)
    found |= _score_adverse(case, gold, people, found, tally)
    found |= _score_diagnoses(case, gold, people, tally)
    _score_markers(case, gold, people, tally)
    _score_order(case, gold, found, tally)


def _people(case: Record, gold: Record) -> dict[str, str]:
    """Return the gold patient of each patient of the case: by words that overlap, else in order."""
    pairs: dict[str, str] = {}
    left = list(gold["patients"])
    for patient in case["patients"]:
        spans = [[e["start"], e["end"]] for e in patient["evidence"]]
        match = next((g for g in left if _overlap(spans, g["spans"])), left[0] if left else None)
        if match is not None:
            left.remove(match)
            pairs[patient["id"]] = match["key"]
    return pairs


def _score_people(case: Record, gold: Record, people: dict[str, str], tally: Tally) -> None:
    wanted = {g["key"]: g for g in gold["patients"]}
    for row, name in (("age", "age_years"), ("sex", "sex")):
        made = [p for p in case["patients"] if p[name] is not None]
        right = sum(
            _equal(p[name], wanted[people[p["id"]]].get(name)) for p in made if p["id"] in people
        )
        tally.add(row, right, len(made), sum(g.get(name) is not None for g in gold["patients"]))


def _equal(one: Any, two: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(two, (int, float)):
        return abs(one - two) <= 0.05 * max(abs(two), 0.01)
    return bool(one == two)


def _overlap(spans: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> bool:
    return any(a < d and c < b for a, b in spans for c, d in others)


def _spans(event: Record) -> list[list[int]]:
    return [[e["start"], e["end"]] for e in event["evidence"]]


def _names(event: Record) -> set[str]:
    return {event["concept"], event["name"], *event["ancestors"]}


Fits = Callable[[Record, Record], bool]


def _pair(
    made: Sequence[Record], wanted: Sequence[Record], people: dict[str, str], fits: Fits
) -> tuple[dict[str, Record], int]:
    """Return the gold item of each event id, and how many events only repeat a matched one.

    An event and an item match when they are of one patient, ``fits`` allows it, and their words
    overlap or they name one concept. Overlapping pairs are taken first.
    """
    pairs: dict[str, Record] = {}
    taken: set[str] = set()
    for by_words in (True, False):
        for event in made:
            if event["id"] in pairs:
                continue
            for item in wanted:
                if item["key"] in taken or people.get(event["patient"]) != item["patient"]:
                    continue
                near = _overlap(_spans(event), item["spans"])
                named = bool(_names(event) & set(item.get("names", ())))
                if fits(event, item) and (near if by_words else named):
                    pairs[event["id"]] = item
                    taken.add(item["key"])
                    break
    repeats = sum(
        event["id"] not in pairs and any(_repeats(event, item, people, fits) for item in wanted)
        for event in made
    )
    return pairs, repeats


def _repeats(event: Record, item: Record, people: dict[str, str], fits: Fits) -> bool:
    same = people.get(event["patient"]) == item["patient"] and fits(event, item)
    return same and (
        _overlap(_spans(event), item["spans"]) or bool(_names(event) & set(item.get("names", ())))
    )


def _always(_event: Record, _item: Record) -> bool:
    return True


def _score_therapies(
    case: Record, gold: Record, people: dict[str, str], tally: Tally
) -> dict[str, str]:
    made = [e for e in case["events"] if e["type"] == "Exposure"]
    wanted = gold["therapies"]
    pairs, _ = _pair(made, wanted, people, _always)
    agree = sum(
        (next(e for e in made if e["id"] == i)["realisation"] == g["realisation"])
        for i, g in pairs.items()
    )
    tally.add("realisation", agree, len(pairs), len(pairs))
    had = [e for e in made if e["realisation"] == "given" and e["polarity"] == "affirmed"]
    given = [g for g in wanted if g["realisation"] == "given"]
    matched, repeats = _pair(had, given, people, _always)
    tally.add("therapies given", len(matched), len(had) - repeats, len(given))
    return {event: item["key"] for event, item in pairs.items()}


def _score_outcomes(
    case: Record, gold: Record, people: dict[str, str], found: dict[str, str], tally: Tally
) -> dict[str, str]:
    made = [e for e in case["events"] if e["type"] == "Response" and e["polarity"] == "affirmed"]
    wanted = gold["outcomes"]
    pairs, repeats = _pair(made, wanted, people, lambda e, g: bool(e["outcome"] == g["type"]))
    tally.add("outcomes", len(pairs), len(made) - repeats, len(wanted))
    _score_ties("outcome tied to therapy", "RESPONSE_TO", "after", case, pairs, found, tally)
    return {event: item["key"] for event, item in pairs.items()}


def _score_adverse(
    case: Record, gold: Record, people: dict[str, str], found: dict[str, str], tally: Tally
) -> dict[str, str]:
    made = [e for e in case["events"] if e["type"] == "AdverseEvent"]
    wanted = gold["adverse_events"]

    def fits(event: Record, item: Record) -> bool:
        return bool((event["polarity"] == "affirmed") == item["present"])

    pairs, repeats = _pair(made, wanted, people, fits)
    tally.add("adverse events", len(pairs), len(made) - repeats, len(wanted))
    _score_ties("adverse event attributed", "ATTRIBUTED_TO", "due_to", case, pairs, found, tally)
    return {event: item["key"] for event, item in pairs.items()}


def _score_ties(
    row: str,
    relation: str,
    name: str,
    case: Record,
    pairs: dict[str, Record],
    found: dict[str, str],
    tally: Tally,
) -> None:
    """Score the ties of matched events, of those whose text has a tie."""
    right = made = wanted = 0
    for event, item in pairs.items():
        tied = set(item.get(name) or ())
        if not tied:
            continue
        targets = {
            found.get(r["target"], r["target"])
            for r in case["relations"]
            if r["type"] == relation and r["source"] == event
        }
        right += len(targets & tied)
        made += len(targets)
        wanted += len(tied)
    tally.add(row, right, made, wanted)


def _score_diagnoses(
    case: Record, gold: Record, people: dict[str, str], tally: Tally
) -> dict[str, str]:
    made = [
        e
        for e in case["events"]
        if e["type"] == "Diagnosis" and e["polarity"] == "affirmed" and e["certainty"] == "certain"
    ]
    pairs, repeats = _pair(made, gold["diagnoses"], people, _always)
    tally.add("diagnoses", len(pairs), len(made) - repeats, len(gold["diagnoses"]))
    return {event: item["key"] for event, item in pairs.items()}


def _score_markers(case: Record, gold: Record, people: dict[str, str], tally: Tally) -> None:
    """Score findings of markers; findings that are symptoms are not in the gold and not counted."""

    def fits(event: Record, item: Record) -> bool:
        if event["polarity"] != item.get("polarity", "affirmed"):
            return False
        return item.get("value") is None or _equal(event["value"], item["value"])

    made = [
        e
        for e in case["events"]
        if e["type"] == "Finding" and (e["value"] is not None or e["value_text"] is not None)
    ]
    pairs, repeats = _pair(made, gold["markers"], people, fits)
    tally.add("markers", len(pairs), len(made) - repeats, len(gold["markers"]))


def _score_order(case: Record, gold: Record, found: dict[str, str], tally: Tally) -> None:
    before = {
        (found[r["source"]], found[r["target"]])
        for r in case["relations"]
        if r["type"] == "BEFORE" and r["source"] in found and r["target"] in found
    }
    wanted = {tuple(pair) for pair in gold["order"]}
    right = len(before & wanted)
    reversed_ = sum((two, one) in before for one, two in wanted)
    tally.add("order", right, right + reversed_, len(wanted))
