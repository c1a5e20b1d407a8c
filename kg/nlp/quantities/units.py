"""Units as written, to UCUM: ``g/dl`` → ``g/dL``, ``per cubic millimetre`` → ``/mm3``.

The atoms are a table, ``units.tsv``; a unit is an atom over others. UCUM is the Unified Code for
Units of Measure (https://ucum.org).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import TermsError
from kg.nlp.quantities.numbers import plain

TABLE = Path(__file__).with_name("units.tsv")
_LONG = 4
"""Names at least this long are words, and matched in any case."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One row of the table: a UCUM code, what it measures, whether it may stand under a stroke."""

    code: str
    dimension: str
    per: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit at ``[start, end)`` of a text.

    ``head`` is the atom over the stroke (None in ``/mm3``); ``below`` the atoms under it, each
    with the factor written before it (``100`` of ``/100 mL``) or an empty string.
    """

    start: int
    end: int
    head: Atom | None
    below: tuple[tuple[str, Atom], ...] = ()

    @property
    def code(self) -> str:
        """The UCUM code, such as ``mg/dL``, ``/mm3`` or ``ug/(24.h)``."""
        code = self.head.code if self.head else ""
        for factor, atom in self.below:
            code += "/" + _under(factor, atom.code)
        return code

    @property
    def dimension(self) -> str:
        """``mass``, ``mass/volume``, ``/time``: what the unit measures."""
        above = self.head.dimension if self.head else ""
        return above + "".join(f"/{atom.dimension}" for _, atom in self.below)


def _under(factor: str, code: str) -> str:
    if not factor:
        return code
    if (factor, code) == ("1.73", "m2"):
        return "{1.73_m2}"
    return f"({factor.replace('^', '*')}.{code})"


@cache
def atoms() -> tuple[Atom, ...]:
    """Return the table of atoms.

    Raises
    ------
    TermsError
        When a row does not have its four columns.

    Examples
    --------
    >>> [atom.code for atom in atoms() if "mcg" in atom.names]
    ['ug']
    """
    rows = []
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith(("#", "code\t")):
            continue
        cells = line.split("\t")
        if len(cells) != 4:
            raise TermsError(
                f"line {number} has {len(cells)} columns, not 4",
                where=str(TABLE),
                hint="separate code, dimension, per and names by tabs",
            )
        code, dimension, per, names = cells
        rows.append(Atom(code, dimension, per == "yes", tuple(names.split("|"))))
    return tuple(rows)


@cache
def _by_code() -> dict[str, str]:
    return {atom.code: atom.dimension for atom in atoms()}


def dimension_of(code: str | None) -> str | None:
    """Return what a UCUM code of one atom measures; None for composed and unknown codes.

    Examples
    --------
    >>> dimension_of("cm"), dimension_of("mg/dL")
    ('length', None)
    """
    return _by_code().get(code) if code else None


@cache
def _by_name() -> dict[str, Atom]:
    named: dict[str, Atom] = {}
    for atom in atoms():
        for name in atom.names:
            named[_key(name)] = atom
    return named


def _key(name: str) -> str:
    name = " ".join(plain(name).split())
    return name.lower() if len(name) >= _LONG else name


@cache
def _atom(name: str) -> Atom:
    return _by_name()[_key(name)]


def _name_pattern(name: str) -> str:
    pattern = re.escape(name).replace("\\ ", "[ ]")
    if len(name) >= _LONG:
        pattern = f"(?i:{pattern})"
    if name[-1].isalnum():
        pattern += r"(?![A-Za-zµμ])" if len(name) > 1 else r"(?![A-Za-z0-9µμ]|[-'][A-Z])"
    return pattern


@cache
def _names(per: bool, inverse: bool) -> dict[str, re.Pattern[str]]:
    """Return the names of units as patterns, by the character that they begin with."""
    by_first: dict[str, list[str]] = {}
    for name in sorted({n for a in atoms() if a.per or not per for n in a.names}):
        for first in {name[0].lower(), name[0].upper()} if len(name) >= _LONG else {name[0]}:
            by_first.setdefault(first, []).append(name)
    end = r"(?:\^?[-−–]1(?!\d)|⁻¹)" if inverse else ""
    patterns: dict[str, re.Pattern[str]] = {}
    for first, names in by_first.items():
        names.sort(key=lambda name: (-len(name), name))
        choice = "|".join(re.escape(n) if inverse else _name_pattern(n) for n in names)
        patterns[first] = re.compile(f"(?P<name>{choice}){end}")
    return patterns


_GAP = re.compile(r"[ ]?-?")
_STROKE = re.compile(
    r"(?:[ ]?[/∕⁄][ ]?|[ ]per[ ]|[ ]in (?=1[.,]73))"
    r"(?:(?P<factor>10[\^*]\d|1[.,]73|24|12|8|6|100|1000|10)[ ]?)?"
)
_TIMES = re.compile(r"[ ·.⋅∙*]?")


def _read(
    text: str, lead: re.Match[str] | None, per: bool = True, inverse: bool = False
) -> tuple[str, Atom, int] | None:
    """Read one atom after its lead-in: the factor before it, the atom, where it ends."""
    if lead is None or lead.end() >= len(text):
        return None
    pattern = _names(per, inverse).get(text[lead.end()])
    found = pattern.match(text, lead.end()) if pattern else None
    if found is None:
        return None
    factor = lead.groupdict().get("factor") or ""
    return factor.replace(",", "."), _atom(found["name"]), found.end()


def unit_at(text: str, position: int) -> Unit | None:
    """Read the unit that begins at a position, if one does.

    A hyphen or one space may stand between the number and its unit.

    Examples
    --------
    >>> unit_at("6.9 g/dL", 3).code, unit_at("12,700/µL", 6).code
    ('g/dL', '/uL')
    >>> unit_at("3.2 mg kg−1 d−1", 3).code, unit_at("60 mL/min/1.73 m2", 2).code
    ('mg/kg/d', 'mL/min/{1.73_m2}')
    >>> unit_at("3 patients", 1) is None
    True
    """
    head, end = None, position
    if first := _read(text, _GAP.match(text, position), per=False):
        _, head, end = first
    below: list[tuple[str, Atom]] = []
    while len(below) < 3:
        under = _read(text, _STROKE.match(text, end))
        if under is None and head is not None:
            under = _read(text, _TIMES.match(text, end), inverse=True)
        if under is None:
            break
        below.append(under[:2])
        end = under[2]
    if head is None and not below:
        return None
    start = position + len(text[position:end]) - len(text[position:end].lstrip(" -"))
    return Unit(start, end, head, tuple(below))
