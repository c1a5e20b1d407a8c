"""The compiled layer: what the open vocabularies name, memory-mapped.

Written by ``pipelines/terms`` and opened in milliseconds. Four tries hold strings and number
them: CURIEs, match keys, names in normal form, and surfaces (preferred names, and symbols that
fit only as written). ``table.bin`` ties the numbers: sections of little-endian 32-bit words, for
each concept its kind, label, source, name, parents and names, for each key its senses.
"""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import marisa_trie

from kg.errors import TermsError
from kg.terms.model import Concept, ConceptKind, Sense

FOLDER = Path(__file__).with_name("compiled")
FILES = {
    "ids": "ids.marisa",
    "keys": "keys.marisa",
    "names": "names.marisa",
    "surfaces": "surfaces.marisa",
    "table": "table.bin",
}
MAGIC = b"kg-terms 1\n"
KINDS: tuple[ConceptKind, ...] = ("Therapy", "Marker", "Outcome", "Condition")
SOURCES = ("mesh", "mondo", "hgnc", "oncotree", "chebi")
SECTIONS = ("concepts", "parents_at", "parents", "names_at", "names", "senses_at", "senses")
CASE_SENSITIVE = 1
AMBIGUOUS = 2
_SYNONYM = 4
_HEADER = 1024
_HINT = "run python -m pipelines.terms.build"


class Compiled:
    """Read access to the compiled layer; see the module for the shape of its files."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.keys = _trie(folder / FILES["keys"])
        """Match keys."""
        self._ids = _trie(folder / FILES["ids"])
        self._names = _trie(folder / FILES["names"])
        self._surfaces = _trie(folder / FILES["surfaces"])
        self._labels, self._table = _open_table(folder / FILES["table"])

    def ids(self) -> Iterator[str]:
        """Yield the id of every concept."""
        concepts = self._table["concepts"]
        for index in range(len(self._ids)):
            if concepts[2 * index]:
                yield self._ids.restore_key(index)

    def has(self, identifier: str) -> bool:
        """Tell whether the layer has the concept."""
        index = self._ids.get(identifier)
        return index is not None and bool(self._table["concepts"][2 * index])

    def senses(self, key: str) -> tuple[Sense, ...]:
        """Return the senses of a match key, the surest first."""
        number = self.keys.get(key)
        if number is None:
            return ()
        starts, rows = self._table["senses_at"], self._table["senses"]
        return tuple(
            self._sense(key, rows[2 * at], rows[2 * at + 1])
            for at in range(starts[number], starts[number + 1])
        )

    def _sense(self, key: str, concept: int, word: int) -> Sense:
        exact = bool(word & CASE_SENSITIVE)
        return Sense(
            concept=self._ids.restore_key(concept),
            key=key,
            score=0.8 if word & _SYNONYM else 0.9,
            surface=self._surfaces.restore_key(word >> 3) if exact else None,
            case_sensitive=exact,
            ambiguous=bool(word & AMBIGUOUS),
        )

    def concept(self, identifier: str) -> Concept | None:
        """Return the concept of an id, or None."""
        index = self._ids.get(identifier)
        if index is None:
            return None
        table = self._table
        code, name = table["concepts"][2 * index], table["concepts"][2 * index + 1]
        if not code:
            return None
        return Concept(
            id=identifier,
            name=self._surfaces.restore_key(name),
            kind=KINDS[(code & 0xFF) - 1],
            label=self._labels[code >> 8 & 0xFF],
            keys=tuple(sorted(self._names.restore_key(n) for n in self._row("names", index))),
            parents=tuple(self._ids.restore_key(p) for p in self._row("parents", index)),
            source=SOURCES[code >> 16],
        )

    def _row(self, section: str, index: int) -> Any:
        starts = self._table[f"{section}_at"]
        return self._table[section][starts[index] : starts[index + 1]]


def _trie(path: Path) -> marisa_trie.Trie:
    try:
        return marisa_trie.Trie().mmap(str(path))
    except (OSError, RuntimeError) as error:
        raise TermsError(
            "the compiled terminology cannot be opened", where=str(path), hint=_HINT
        ) from error


def _open_table(path: Path) -> tuple[list[str], dict[str, Any]]:
    try:
        with path.open("rb") as handle:
            mapped = memoryview(mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        raise TermsError(
            "the compiled terminology cannot be opened", where=str(path), hint=_HINT
        ) from error
    if bytes(mapped[: len(MAGIC)]) != MAGIC or array("I").itemsize != 4:
        raise TermsError(
            "the compiled terminology is of another version", where=str(path), hint=_HINT
        )
    header = bytes(mapped[len(MAGIC) + 1 : _HEADER]).rstrip(b"\0").decode()
    words = mapped[_HEADER:].cast("I")
    table = {}
    at = len(SECTIONS)
    for name, size in zip(SECTIONS, words[: len(SECTIONS)], strict=True):
        table[name] = words[at : at + size]
        at += size
    return header.split("\n"), table


def open_compiled(folder: Path = FOLDER) -> Compiled:
    """Open the compiled layer.

    Raises
    ------
    TermsError
        When a file is missing or of another version.
    """
    return Compiled(folder)
