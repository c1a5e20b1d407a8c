"""Whether a unit fits the test it would belong to; vocabulary in ``fits.tsv``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.nlp.quantities.units import unit_at

TABLE = Path(__file__).with_name("fits.tsv")


@cache
def _demands() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    rows = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "dimensions\t")):
            dimensions, words = line.split("\t")
            choice = "|".join(map(re.escape, words.split("|")))
            pattern = re.compile(rf"(?i:(?<![\w-])(?:{choice})(?![\w-]))")
            rows.append((pattern, frozenset(dimensions.split("|"))))
    return tuple(rows)


@cache
def dimension(code: str) -> str | None:
    """Return what a UCUM code as this package writes it measures: ``g/dL`` is mass/volume.

    Examples
    --------
    >>> dimension("g/dL"), dimension("10*9/L"), dimension("{beats}/min")
    ('mass/volume', '/volume', 'count/time')
    """
    plain = re.sub(r"^10\*\d+", "", code)
    plain = {"Cel": "°C", "[degF]": "°F", "mm[Hg]": "mmHg"}.get(plain, plain)
    unit = unit_at(re.sub(r"[{}\[\]]", "", plain), 0)
    return unit.dimension if unit else None


def fits(test: str, code: str | None) -> bool:
    """Whether a value in a unit may belong to a test of this name.

    Examples
    --------
    >>> fits("blood pressure", "{beats}/min"), fits("heart rate", "{beats}/min"), fits("ESR", "s")
    (False, True, True)
    """
    if code is None:
        return True
    measured = dimension(code)
    demands = [allowed for pattern, allowed in _demands() if pattern.search(test)]
    return measured is None or not demands or any(measured in allowed for allowed in demands)
