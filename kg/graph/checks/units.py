"""What kind of quantity a UCUM unit measures, and which values it can have in a person."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_FACTOR = re.compile(r"^10[*^]-?\d+\.?|^\d+(?:\.\d+)?\.?")
_EXPONENT = re.compile(r"(?<=[A-Za-z\]])(-?\d)$")


def _rows(name: str) -> list[list[str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


@cache
def _atoms() -> dict[str, str]:
    return {row[0]: row[1] for row in _rows("units.tsv")}


@cache
def dimension(unit: str) -> str | None:
    """Return the kind of quantity a unit measures, or None where a part of it is unknown.

    Powers of ten, prefixes and annotations in braces are left out, so that what can be converted
    into one another has one dimension.

    Examples
    --------
    >>> dimension("10*9/L") == dimension("/uL")
    True
    >>> dimension("mg/dL"), dimension("mmol/L"), dimension("furlong")
    ('mass/volume', 'amount/volume', None)
    """
    parts = []
    for part in re.sub(r"\{[^}]*\}", "", unit).split("/"):
        atom = _FACTOR.sub("", part.strip())
        power = _EXPONENT.search(atom)
        kind = _atoms().get(atom[: power.start()] if power and atom not in _atoms() else atom)
        if atom and kind is None:
            return None
        parts.append((kind or "1") + (f"^{power[1]}" if power and atom not in _atoms() else ""))
    return "/".join(parts)


@dataclass(frozen=True, slots=True)
class Limit:
    """The least and most that a value in this unit can be; ``of`` is ``value`` or ``dose``."""

    of: str
    unit: str
    low: float
    high: float


@cache
def limits() -> dict[tuple[str, str], Limit]:
    """Return the limits by use and unit."""
    rows = (
        Limit(of, unit, float(low), float(high)) for of, unit, low, high, _ in _rows("limits.tsv")
    )
    return {(limit.of, limit.unit): limit for limit in rows}
