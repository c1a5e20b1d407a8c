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


def _atom(name: str) -> Atom:
    return _by_name()[_key(name)]


def _name_pattern(name: str) -> str:
    pattern = re.escape(name).replace("\\ ", "[ ]")
    if len(name) >= _LONG:
        pattern = f"(?i:{pattern})"
    if name[-1].isalnum():
        pattern += r"(?![A-Za-zµμ])" if len(name) > 1 else r"(?![A-Za-z0-9µμ]|[-'][A-Z])"
    return pattern


def _alternatives(choice: list[Atom]) -> str:
    names = sorted({name for atom in choice for name in atom.names}, key=lambda n: (-len(n), n))
    return "|".join(_name_pattern(name) for name in names)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    below = _alternatives([atom for atom in atoms() if atom.per])
    head = re.compile(rf"[ ]?-?(?P<name>{_alternatives(list(atoms()))})")
    factor = r"(?:(?P<factor>10[\^*]\d|1[.,]73|24|12|8|6|100|1000|10)[ ]?)?"
    stroke = re.compile(rf"(?:[ ]?[/∕⁄][ ]?|[ ]per[ ]|[ ]in (?=1[.,]73)){factor}(?P<name>{below})")
    inverse = re.compile(
        rf"[ ·.⋅∙*]?(?P<name>{below})(?:\^?[-−–‐]1(?!\d)|⁻¹)".replace("(?![A-Za-zµμ])", "")
    )
    return head, stroke, inverse


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
    head_pattern, stroke_pattern, inverse_pattern = _patterns()
    head, end = None, position
    if found := head_pattern.match(text, position):
        head, end = _atom(found["name"]), found.end()
    below: list[tuple[str, Atom]] = []
    while len(below) < 3:
        under = stroke_pattern.match(text, end) or (
            inverse_pattern.match(text, end) if head else None
        )
        if under is None:
            break
        factor = under.groupdict().get("factor") or ""
        below.append((factor.replace(",", "."), _atom(under["name"])))
        end = under.end()
    if head is None and not below:
        return None
    start = position + len(text[position:end]) - len(text[position:end].lstrip(" -"))
    return Unit(start, end, head, tuple(below))
