"""Linking of therapies and markers on the gold of ``tests/gold/linking``.

Every mention of the gold counts, so that one not found is a miss. A mention is *right* when one of
the mentions that overlap it has a right id, or that of a class below it whose name stands there in
full ("modified radical mastectomy" where "mastectomy" is right), *wrong* when all that have an id
have another, and
*unlinked* when those that overlap it name no concept of a list.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.documents import read
from kg.nlp import annotate, load_pipeline
from kg.nlp.model import Mention
from kg.terms import load
from kg.terms.normal import match_key

GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold" / "linking"
KINDS = ("Therapy", "Marker", "Outcome", "Condition")
MEASURED = ("Therapy", "Marker")
NONE = "none"
BESIDE = 30
"""Characters on each side of a mention in which its name may go on ("biopsy of the liver")."""
FIGURES = ("right", "wrong", "unlinked", "missed")
Record = dict[str, Any]


def half_of(identifier: str) -> str:
    """Return the half of a report, by the hash of its id: only ``mend`` may be looked into.

    Examples
    --------
    >>> half_of("EN119739"), half_of("EN117499")
    ('measure', 'mend')
    """
    odd = int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % 2
    return "measure" if odd else "mend"


def verdict(gold: Record, mentions: Sequence[Mention], text: str = "") -> str:
    """Return what became of a mention of the gold: right, wrong, unlinked or missed.

    Parameters
    ----------
    gold
        Its ``start``, ``end`` and right ``ids``; ``none`` where it is right to leave it unlinked.
    mentions
        The mentions of its report.
    text
        The text of its report, in which the name of a more special concept may go on.

    Examples
    --------
    >>> found = Mention(0, 3, "ALT", "Marker", "laboratory", concept="mesh:D000410")
    >>> verdict({"start": 0, "end": 3, "ids": ["mesh:D000410"]}, [found])
    'right'
    >>> verdict({"start": 4, "end": 7, "ids": ["mesh:D001219"]}, [found])
    'missed'
    """
    over = [m for m in mentions if m.start < gold["end"] and gold["start"] < m.end]
    linked = {m.concept for m in over if m.concept and m.grounded}
    right = set(gold["ids"])
    said = " ".join([text[max(0, gold["start"] - BESIDE) : gold["end"] + BESIDE], *_texts(over)])
    if any(i in right or _is_special(i, right, said) for i in linked):
        return "right"
    if not linked and NONE in right:
        return "right"
    if linked:
        return "wrong"
    return "unlinked" if over else "missed"


def _texts(mentions: Sequence[Mention]) -> list[str]:
    return [mention.text for mention in mentions]


def _is_special(concept: str, right: set[str], said: str) -> bool:
    """Tell whether a concept stands below a right one and all words of its name are said."""
    terminology = load()
    if not right.intersection(terminology.ancestors(concept)):
        return False
    words = set(match_key(said).split())
    return any(words.issuperset(match_key(n).split()) for n in terminology.concept(concept).keys)


def records(half: str) -> list[Record]:
    """Return the gold of one half, in the order of the ids."""
    found = [json.loads(path.read_text("utf-8")) for path in sorted(GOLD.glob("*.json"))]
    return [record for record in found if half_of(record["id"]) == half]


def mentions_of(data: Path, gold: Record) -> tuple[str, list[Mention]]:
    """Return the text of a report of the gold, and the mentions of concepts that kg finds in it.

    Raises
    ------
    ValueError
        When the text is not the one that was marked.
    """
    (document,) = read(data / f"{gold['id']}.txt", plain=True)
    if document.sha256 != gold["sha256"]:
        raise ValueError(f"{gold['id']}: this is not the text that was marked")
    found = annotate(load_pipeline(), document).mentions
    return document.text, [mention for mention in found if mention.kind in KINDS]


def figures(data: Path) -> Iterator[Record]:
    """Yield the share of mentions right, wrong, unlinked and missed, for each half.

    ``beside`` counts the linked therapies and markers that overlap no mention of the gold.
    """
    for half in ("measure", "mend"):
        counts: dict[str, Counter[str]] = {kind: Counter() for kind in ("all", *MEASURED)}
        reports = records(half)
        for report in reports:
            text, mentions = mentions_of(data, report)
            for gold in report["mentions"]:
                result = verdict(gold, mentions, text)
                counts["all"][result] += 1
                counts[gold["kind"]][result] += 1
            for mention in beside(report, mentions):
                counts["all"]["beside"] += 1
                counts[mention.kind]["beside"] += 1
        for kind, count in counts.items():
            yield {
                "corpus": "linking",
                "half": half,
                "documents": len(reports),
                **_row(kind, count),
            }


def beside(report: Record, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the linked therapies and markers that overlap no mention of the gold."""
    gold = [(item["start"], item["end"]) for item in report["mentions"]]
    return [
        mention
        for mention in mentions
        if mention.kind in MEASURED
        and mention.grounded
        and not any(mention.start < end and start < mention.end for start, end in gold)
    ]


def _row(kind: str, count: Counter[str]) -> Record:
    whole = sum(count[name] for name in FIGURES)
    shares = {name: round(count[name] / whole, 4) if whole else None for name in FIGURES}
    return {"figure": f"linking of {kind}", "mentions": whole, **shares, "beside": count["beside"]}
