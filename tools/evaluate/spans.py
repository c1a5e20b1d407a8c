"""Exact-span scoring shared by the corpora: precision, recall and F1 with counts, per label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tools.evaluate.polarity import score

Span = tuple[int, int, str]
"""Start, end and label; right only when all three are."""


def span_figures(
    pairs: Iterable[tuple[set[Span], set[Span]]], **about: Any
) -> Iterator[dict[str, Any]]:
    """Yield one figure for all labels together, then one for each label of the gold.

    Parameters
    ----------
    pairs
        Gold and found spans of each document.
    about
        What stands first in each figure (corpus, system).

    Examples
    --------
    >>> pairs = [({(0, 5, "Dose"), (7, 9, "Time")}, {(0, 5, "Dose"), (6, 9, "Time")})]
    >>> [(f["label"], f["tp"], f["fp"], f["fn"]) for f in span_figures(pairs)]
    [('all', 1, 1, 1), ('Dose', 1, 0, 0), ('Time', 0, 1, 1)]
    """
    counts: dict[str, Counter[str]] = {"all": Counter()}
    for gold, found in pairs:
        for outcome, spans in (("tp", gold & found), ("fp", found - gold), ("fn", gold - found)):
            for _, _, label in spans:
                counts["all"][outcome] += 1
                counts.setdefault(label, Counter())[outcome] += 1
    yield {**about, "label": "all", **score(counts.pop("all"))}
    for label in sorted(counts):
        if counts[label]["tp"] + counts[label]["fn"]:
            yield {**about, "label": label, **score(counts[label])}
