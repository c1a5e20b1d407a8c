"""The interface of a reader, and how the readers are found.

A reader is an object with ``name``, ``sniff`` and ``read``, named by an entry point of the group
``kg.readers``; another package can add its own. The one that claims the bytes the most surely reads
them; at equal claims the first name in order of characters.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable

from kg.documents.model import Document

GROUP = "kg.readers"
HEAD = 4096
"""How many bytes of a source a reader sees when it is asked whether it can read it."""


@runtime_checkable
class Reader(Protocol):
    """Reads one format."""

    name: str

    def sniff(self, head: bytes) -> float:
        """Tell from the first bytes how surely this is the reader's format, 0 to 1."""

    def read(self, data: bytes, source: str) -> list[Document]:
        """Read all documents in the bytes.

        Raises
        ------
        ReadError
            When the bytes are not what they seemed, or are broken.
        """


@cache
def readers() -> tuple[Reader, ...]:
    """Return the readers that are installed, in the order of their names."""
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return tuple(point.load() for point in found)


def reader_for(head: bytes) -> Reader | None:
    """Return the reader that claims the bytes the most surely, or None."""
    claims = [(reader.sniff(head), reader) for reader in readers()]
    sure, best = max(claims, key=lambda claim: claim[0], default=(0.0, None))
    return best if sure > 0 else None
