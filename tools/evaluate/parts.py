"""Which documents may be measured: never those that were trained on.

A corpus is cut by document, once: about one in five is the development part, by the hash of its
id. ``trained_on.tsv`` lists the rest of what was at hand. Documents of another part of a corpus are
in neither, and are all measured.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")
_LIST = Path(__file__).with_name("trained_on.tsv")


def is_development(identifier: str) -> bool:
    """Tell whether a document is of the fixed development part (about one in five)."""
    return int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % 5 == 0


@cache
def trained_on(corpus: str) -> frozenset[str]:
    """Return the ids of a corpus's documents that were trained on."""
    rows = (line.split("\t") for line in _LIST.read_text(encoding="utf-8").splitlines())
    return frozenset(row[1] for row in rows if row[0] == corpus)


def measured(corpus: str, items: Iterable[Item], identifier: Callable[[Item], str]) -> list[Item]:
    """Return the items of documents that were not trained on."""
    trained = trained_on(corpus)
    return [item for item in items if identifier(item) not in trained]
