"""The curated lexicon: data files that a physician can read and correct.

Each ``lexicon/*.tsv`` begins with ``#`` lines (what it is, source, licence; ``# defaults:`` gives
the values of columns the file leaves out), then a row with the names of its columns:

``id``
    A CURIE of an open vocabulary, or ``kg:…`` where none has the concept.
``name``
    The preferred name.
``kind``, ``label``
    Therapy, Marker, Outcome or Condition, and the finer class.
``synonyms``
    Other names, separated by ``|``. A mark at the end of a name tells how it is matched: ``!`` only
    as written, ``?`` only with support from the context, ``^`` whatever its case.
``parents``, ``components``
    Names or ids of the concepts above it, and of the therapies a regimen consists of.
``outcome``
    What an outcome is to the case: ``complete_remission``, ``relapse`` …
``context``
    Words or concepts that speak for this sense where a name is ambiguous; ``-word`` against it.
``unit``
    UCUM units in which a marker is measured, the usual one first.
``flags``
    ``only`` where names from the built terminology must not be added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from kg.errors import TermsError
from kg.terms.model import ConceptKind
from kg.terms.normal import normal_form
from kg.terms.tables import split

FOLDER = Path(__file__).with_name("lexicon")
COLUMNS = (
    "id",
    "name",
    "kind",
    "label",
    "synonyms",
    "parents",
    "components",
    "outcome",
    "context",
    "unit",
    "flags",
)
_MARKS = "!?^"
_LONGEST_SYMBOL = 10
_CURIE = re.compile(r"[a-z][a-z0-9]*:\S+")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a concept and how it may be matched."""

    text: str
    exact: bool = False
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the curated lexicon, its parents and components resolved to ids."""

    id: str
    name: str
    kind: ConceptKind
    label: str
    names: tuple[Name, ...]
    parents: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    outcome: str | None = None
    context: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def is_symbol(text: str) -> bool:
    """Tell whether a name is a short symbol, to be matched only as it is written.

    Examples
    --------
    >>> is_symbol("CR"), is_symbol("p53"), is_symbol("fever"), is_symbol("VILP")
    (True, False, False, True)
    """
    if len(text) > _LONGEST_SYMBOL:
        return False
    letters = [char for char in text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    return len(letters) <= 4 and capitals >= 1 and capitals * 2 >= len(letters)


def parse_name(cell: str) -> Name:
    """Read a name with its marks.

    Examples
    --------
    >>> parse_name("CR!?")
    Name(text='CR', exact=True, ambiguous=True)
    """
    text = cell.rstrip(_MARKS)
    marks = cell[len(text) :]
    exact = "!" in marks or (is_symbol(text) and "^" not in marks)
    return Name(text.strip(), exact=exact, ambiguous="?" in marks)


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    cells: dict[str, str]

    def error(self, what: str, hint: str) -> TermsError:
        return TermsError(what, where=self.where, hint=hint)


def _file_rows(path: Path) -> Iterator[_Row]:
    defaults: dict[str, str] = {}
    columns: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# defaults:"):
            defaults = dict(item.split("=", 1) for item in line.removeprefix("# defaults:").split())
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        where = f"{path}:{number}"
        if not columns:
            columns = cells
            unknown = sorted(set(columns) - set(COLUMNS))
            if unknown:
                raise TermsError(
                    f"unknown column {unknown[0]!r}",
                    where=where,
                    hint=f"columns are {', '.join(COLUMNS)}",
                )
            continue
        if len(cells) > len(columns):
            raise TermsError(
                f"a row has {len(cells)} columns, the table {len(columns)}",
                where=where,
                hint="separate columns by one tab",
            )
        yield _Row(where, {**defaults, **{k: v for k, v in zip(columns, cells, strict=False) if v}})


def _resolve(row: _Row, column: str, by_name: dict[str, str]) -> tuple[str, ...]:
    found = []
    for part in split(row.cells.get(column, "")):
        target = by_name.get(normal_form(part)) or (part if _CURIE.fullmatch(part) else None)
        if target is None:
            raise row.error(
                f"{column} names {part!r}, which is no concept of the lexicon",
                hint="give the preferred name of a row, or a CURIE",
            )
        found.append(target)
    return tuple(dict.fromkeys(found))


def _entry(row: _Row, by_name: dict[str, str]) -> Entry:
    cells = row.cells
    kind = cells.get("kind", "")
    if kind not in get_args(ConceptKind):
        raise row.error(f"unknown kind {kind!r}", f"kinds are {', '.join(get_args(ConceptKind))}")
    names = [parse_name(cells["name"]), *map(parse_name, split(cells.get("synonyms", "")))]
    return Entry(
        id=cells["id"],
        name=cells["name"].rstrip(_MARKS),
        kind=cast(ConceptKind, kind),
        label=cells.get("label", kind.lower()),
        names=tuple(dict.fromkeys(names)),
        parents=_resolve(row, "parents", by_name),
        components=_resolve(row, "components", by_name),
        outcome=cells.get("outcome"),
        context=split(cells.get("context", "")),
        units=split(cells.get("unit", "")),
        flags=split(cells.get("flags", "")),
    )


def read_lexicon(paths: Iterable[Path] | None = None) -> tuple[Entry, ...]:
    """Read the curated lexicon, in the order of file names and rows.

    Raises
    ------
    TermsError
        When a row lacks an id or name, an id stands twice, or a parent or component is unknown.
    """
    files = sorted(FOLDER.glob("*.tsv")) if paths is None else list(paths)
    table = [row for path in files for row in _file_rows(path)]
    by_name: dict[str, str] = {}
    seen: dict[str, str] = {}
    for row in table:
        if not row.cells.get("id") or not row.cells.get("name"):
            raise row.error("a row lacks its id or name", "fill both columns")
        identifier = row.cells["id"]
        if identifier in seen:
            raise row.error(f"{identifier} stands also at {seen[identifier]}", "join the two rows")
        seen[identifier] = row.where
        by_name.setdefault(normal_form(row.cells["name"].rstrip(_MARKS)), identifier)
    return tuple(_entry(row, by_name) for row in table)
