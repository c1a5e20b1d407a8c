"""Enumerations of genes: ``gene rearrangements, such as ETV6, KMT2A, and CSFF1R``.

In a list of genes every item is a gene, also one that is misspelt or whose symbol has other
senses; and where the list is one of rearrangements or mutations, every item is the alteration of
that gene and not the gene.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.nlp.patterns.genetics import change_of

_SYMBOL = r"[A-Z][A-Z0-9]{1,8}(?:[-‐-―−][A-Z0-9]{1,3})?"
_JOINT = r"(?:\s?,\s(?:and\s|or\s)?|\s(?:and|or)\s|\s?/\s?)"
_RUN = re.compile(rf"(?<![\w-]){_SYMBOL}(?:{_JOINT}{_SYMBOL}(?![\w])){{1,}}(?![\w])")
_ITEM = re.compile(rf"(?<![\w]){_SYMBOL}(?![\w])")
_CHANGES = (
    r"(?:mutations?|rearrangements?|fusions?|amplifications?|deletions?|translocations?|"
    r"alterations?|variants?)"
)
_BEFORE = re.compile(
    rf"\b(?P<what>{_CHANGES}),?\s(?:such\sas|including|included|like|in|of|involving|for|namely|"
    r"e\.g\.,?|i\.e\.,?|involved|were|was)?\s?[(:]?(?:the\s)?$"
)
_AFTER = re.compile(rf"\s(?:gene\s|fusion\s)?(?P<what>{_CHANGES})\b")
_KNOWN = 2
_ALL = 3
"""Items of a list; two genes that are both known are one where a change stands beside them."""


@dataclass(frozen=True, slots=True)
class ListedGene:
    """An item of a list of genes; ``change`` is what the list says of each of them."""

    start: int
    end: int
    symbol: str
    change: str | None


def listed_genes(text: str, is_gene: Callable[[str], bool]) -> Iterator[ListedGene]:
    """Yield the items of the lists of three genes or more, of which at least half are known.

    Examples
    --------
    >>> text = "no gene rearrangements, such as ETV6, KMT2A, and CSFF1R."
    >>> [(g.symbol, g.change) for g in listed_genes(text, {"ETV6", "KMT2A"}.__contains__)]
    [('ETV6', 'rearrangement'), ('KMT2A', 'rearrangement'), ('CSFF1R', 'rearrangement')]
    """
    for run in _RUN.finditer(text):
        items = list(_ITEM.finditer(text, run.start(), run.end()))
        known = sum(is_gene(item.group()) for item in items)
        if known < _KNOWN or known * 2 < len(items):
            continue
        change = _change(text, run.start(), run.end())
        if len(items) < _ALL and change is None:
            continue
        for item in items:
            yield ListedGene(item.start(), item.end(), item.group(), change)


def _change(text: str, start: int, end: int) -> str | None:
    before = _BEFORE.search(text, max(0, start - 60), start)
    after = _AFTER.match(text, end)
    match = before or after
    return change_of(match["what"]) if match else None
