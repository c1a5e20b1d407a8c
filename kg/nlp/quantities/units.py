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
    return {_key(plain(name)): atom for atom in atoms() for name in atom.names}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Return the lengths of the names that begin with a character, the longest first."""
    lengths: dict[str, set[int]] = {}
    for name in _by_name():
        lengths.setdefault(name[0].lower(), set()).add(len(name))
    return {first: tuple(sorted(known, reverse=True)) for first, known in lengths.items()}


def _key(name: str) -> str:
    return name.lower() if len(name) >= _LONG else name


def _name_at(text: str, position: int, inverse: bool) -> tuple[Atom, int] | None:
    """Read the longest name of a unit at a position, and where it ends.

    An inverse one ("kg−1") must have its exponent, any other end where a word ends.
    """
    for length in _lengths().get(text[position].lower(), ()):
        end = position + length
        if end > len(text):
            continue
        atom = _by_name().get(_key(text[position:end]))
        if atom is None:
            continue
        if inverse:
            if exponent := _EXPONENT.match(text, end):
                return atom, exponent.end()
        elif _ends(text, position, end):
            return atom, end
    return None


def _ends(text: str, start: int, end: int) -> bool:
    following = text[end : end + 1]
    if not following or not text[end - 1].isalnum():
        return True
    if following.isalpha() and (following.isascii() or following == "µ"):
        return False
    if end - start > 1:
        return True
    joined = following in "-'" and text[end + 1 : end + 2].isupper()
    return not (following.isdigit() or joined)


_EXPONENT = re.compile(r"\^?[-−–]1(?!\d)|⁻¹")
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
    found = _name_at(text, lead.end(), inverse)
    if found is None or (per and not found[0].per):
        return None
    factor = lead.groupdict().get("factor") or ""
    return factor.replace(",", "."), *found


def unit_at(text: str, position: int) -> Unit | None:
    """Read the unit that begins at a position, if one does.

    A hyphen or one space may stand between the number and its unit. The text is as
    :func:`kg.nlp.quantities.numbers.plain` gives it.

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
