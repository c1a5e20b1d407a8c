"""The curated lexicon as it was last read, so that it need not be parsed at every start.

``compiled/lexicon.msgpack`` holds the entries and their senses beside a fingerprint of the files
they were read from. Where a file has changed since, the snapshot is passed over and the files are
read: a correction counts at once, a little slower, until ``python -m pipelines.terms.build
--lexicon`` writes it anew.
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from pathlib import Path

import msgspec

from kg.terms.lexicon import FOLDER as LEXICON
from kg.terms.lexicon import Entry, Name, read_lexicon
from kg.terms.model import ConceptKind, Sense
from kg.terms.normal import match_key, surface_form

PATH = Path(__file__).with_name("compiled") / "lexicon.msgpack"
_Strings = tuple[str, ...]
_EntryRow = tuple[
    str,
    str,
    ConceptKind,
    str,
    tuple[tuple[str, bool, bool], ...],
    _Strings,
    _Strings,
    str | None,
    _Strings,
    _Strings,
    _Strings,
]
_SenseRow = tuple[str, str, float, str | None, bool, bool]
_Rows = tuple[str, list[_EntryRow], list[_SenseRow]]
_CODE = ("lexicon.py", "normal.py", "spelling.py", "spelling.tsv", "snapshot.py", "model.py")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The curated lexicon, ready for use.

    ``senses`` holds the senses of each match key, the surest first.
    """

    fingerprint: str
    entries: tuple[Entry, ...]
    senses: dict[str, tuple[Sense, ...]]


def fingerprint(folder: Path = LEXICON) -> str:
    """Return a hash of the lexicon's files and of the code that reads them."""
    digest = hashlib.sha256()
    files = [*sorted(folder.glob("*.tsv")), *(Path(__file__).with_name(name) for name in _CODE)]
    for path in files:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def take(folder: Path = LEXICON) -> Snapshot:
    """Read the lexicon's files into a snapshot."""
    entries = read_lexicon(sorted(folder.glob("*.tsv")))
    return Snapshot(fingerprint(folder), entries, curated_senses(entries))


def save(snapshot: Snapshot, path: Path = PATH) -> None:
    """Write a snapshot as plain rows; the same lexicon gives the same bytes."""
    entries = [astuple(entry) for entry in snapshot.entries]
    senses = [astuple(sense) for listed in snapshot.senses.values() for sense in listed]
    path.write_bytes(msgspec.msgpack.encode((snapshot.fingerprint, entries, senses)))


def current(path: Path = PATH) -> Snapshot:
    """Return the stored snapshot, or a new one where the lexicon has changed since.

    Raises
    ------
    TermsError
        When a lexicon file is malformed.
    """
    now = fingerprint()
    stored = _read(path) if path.exists() else None
    return stored if stored is not None and stored.fingerprint == now else take()


def _read(path: Path) -> Snapshot | None:
    try:
        stored, entries, rows = msgspec.msgpack.decode(path.read_bytes(), type=_Rows)
    except msgspec.DecodeError:
        return None
    senses: dict[str, list[Sense]] = {}
    for row in rows:
        senses.setdefault(row[1], []).append(Sense(*row))
    return Snapshot(
        stored,
        tuple(_entry(row) for row in entries),
        {key: tuple(listed) for key, listed in senses.items()},
    )


def _entry(row: _EntryRow) -> Entry:
    names = tuple(Name(*spelled) for spelled in row[4])
    return Entry(
        row[0], row[1], row[2], row[3], names, row[5], row[6], row[7], row[8], row[9], row[10]
    )


def curated_senses(entries: tuple[Entry, ...]) -> dict[str, tuple[Sense, ...]]:
    """Return the senses of each match key of the entries, the surest first.

    A concept has one sense for a key, or one for each symbol that is matched as written.
    """
    table: dict[str, dict[tuple[str, str | None], Sense]] = {}
    for entry in entries:
        for rank, name in enumerate(entry.names):
            key = match_key(name.text)
            if not key:
                continue
            surface = surface_form(name.text) if name.exact else None
            sense = Sense(
                concept=entry.id,
                key=key,
                score=1.0 if rank == 0 else 0.95,
                surface=name.text if name.exact else None,
                case_sensitive=name.exact,
                ambiguous=name.ambiguous,
            )
            table.setdefault(key, {}).setdefault((entry.id, surface), sense)
    return {key: _ordered(senses) for key, senses in sorted(table.items())}


def _ordered(senses: dict[tuple[str, str | None], Sense]) -> tuple[Sense, ...]:
    needed = [s for (i, surface), s in senses.items() if surface is None or (i, None) not in senses]
    return tuple(sorted(needed, key=lambda s: (s.ambiguous, -s.score, s.concept, s.surface or "")))
