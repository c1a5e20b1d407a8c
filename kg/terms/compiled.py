"""The compiled layer: what the open terminologies name, memory-mapped.

Written by ``pipelines/terms`` and opened in milliseconds. Four files: ``keys.marisa`` (match
keys), ``names.marisa`` (names in normal form), ``ids.marisa`` (CURIEs) and ``table.bin``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import marisa_trie

from kg.terms.model import Concept, Sense

FOLDER = Path(__file__).with_name("compiled")


class Compiled:
    """Read access to the compiled terminology; stub shape used by the facade."""

    keys: marisa_trie.Trie

    def ids(self) -> Iterator[str]:
        raise NotImplementedError

    def senses(self, key: str) -> tuple[Sense, ...]:
        raise NotImplementedError

    def concept(self, identifier: str) -> Concept | None:
        raise NotImplementedError

    def has(self, identifier: str) -> bool:
        raise NotImplementedError


def open_compiled() -> Compiled | None:
    """Open the compiled layer, or return None where it has not been built yet."""
    return None
