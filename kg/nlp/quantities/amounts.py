"""Amounts: a number with its comparator, range and unit, whatever it may mean.

Quantities and doses are read from the same amounts (:func:`amounts`); what an amount is, a
measurement or a dose, is decided by :mod:`kg.nlp.quantities.measures` and
:mod:`kg.nlp.quantities.doses` from its unit and its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.nlp.quantities.numbers import Number, Span, numbers, plain
from kg.nlp.quantities.units import Unit, unit_at

COMPARATORS = Path(__file__).with_name("comparators.tsv")

_TO = re.compile(r"[ ]?(?:[-‐‑–—−~∼]|to|and)[ ]?(?=\.?\d)")
_TIMES = re.compile(r"[ ]?(?:[×xX*∗✕]|by)[ ]?(?=\.?\d)")
_PLUS_MINUS = re.compile(r"[ ]?(?:±|\+/[-−–])[ ]?\d+(?:[.,]\d+)?")
_PAIR = re.compile(r"[ ]?[/∕][ ]?(?P<second>\d{1,3}(?:[.,]\d+)?)(?![\d/])")
_FROM = re.compile(r"(?i:\bfrom)(?: [a-z]+){0,2} $")
_WIDEST = 32
"""Characters between the two numbers of a range at most, its first unit among them."""
_BETWEEN = re.compile(r"(?i:\bbetween) $")


@dataclass(frozen=True, slots=True)
class Amount:
    """``value`` to ``value_to`` of a ``unit`` at ``[start, end)``; ``number`` as it was written.

    ``role`` is ``single``, ``upper`` and ``lower`` (of a pair such as 83/58 mmHg) or ``score``
    (``15/15``, with ``out_of`` the second number).
    """

    start: int
    end: int
    number: Number
    value: float
    unit: Unit | None
    value_to: float | None = None
    comparator: str | None = None
    role: str = "single"
    out_of: float | None = None


@cache
def _comparators() -> tuple[re.Pattern[str], dict[str, str]]:
    signs: dict[str, str] = {}
    for line in COMPARATORS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "sign\t")):
            sign, words = line.split("\t")
            signs.update(dict.fromkeys(words.split("|"), sign))
    ordered = sorted(signs, key=lambda word: (-len(word), word))
    choice = "|".join((r"\b" if w[0].isalpha() else "") + re.escape(w) for w in ordered)
    return re.compile(rf"(?P<word>(?i:{choice})) ?$"), signs


def comparator_before(text: str, start: int) -> tuple[int, str | None]:
    """Return where an amount at ``start`` begins with its comparator, and the comparator's sign.

    A softening word ("about") is no part of the amount.

    Examples
    --------
    >>> comparator_before("MRD <0.01%", 5), comparator_before("up to 40 mg", 6)
    ((4, '<'), (0, '<='))
    >>> comparator_before("about 2%", 6), comparator_before("was 2%", 4)
    ((6, '~'), (4, None))
    """
    pattern, signs = _comparators()
    floor = max(0, start - 18)
    found = pattern.search(text[floor:start])
    if found is None:
        return start, None
    word = found["word"].lower()
    sign = signs[word]
    softened = sign == "~" and word[0].isalpha()
    return start if softened else floor + found.start("word"), sign


def amounts(
    text: str, skip: Sequence[Span] = (), superscripts: Sequence[Span] = ()
) -> list[Amount]:
    """Return the amounts of a text in order, those without a unit among them.

    Examples
    --------
    >>> [(a.value, a.value_to, a.unit and a.unit.code) for a in amounts("83/58 mmHg; 15-20 mg/dL")]
    [(83.0, None, 'mm[Hg]'), (58.0, None, 'mm[Hg]'), (15.0, 20.0, 'mg/dL')]
    """
    text = plain(text)
    found: list[Amount] = []
    pending = list(numbers(text, skip, superscripts))
    place = 0
    while place < len(pending):
        first = pending[place]
        following = pending[place + 1] if place + 1 < len(pending) else None
        read = (
            _pair(text, first)
            or (following and _range(text, first, following))
            or (following and _dimensions(text, pending[place : place + 3]))
            or [_single(text, first)]
        )
        found.extend(read)
        place += 1
        while place < len(pending) and pending[place].start < read[-1].end:
            place += 1
    return found


def _single(text: str, number: Number) -> Amount:
    end = number.end
    if spread := _PLUS_MINUS.match(text, end):
        end = spread.end()
    unit = unit_at(text, end)
    start, comparator = comparator_before(text, number.start)
    return Amount(start, unit.end if unit else end, number, number.value, unit, None, comparator)


def _range(text: str, first: Number, second: Number) -> list[Amount] | None:
    if second.start - first.end > _WIDEST:
        return None
    unit = unit_at(text, first.end)
    joined = _TO.match(text, unit.end if unit else first.end)
    if joined is None or not 0 <= second.start - joined.end() <= 1:
        return None
    last = _single(text, second)
    word = joined.group().strip()
    between = _BETWEEN.search(text, max(0, first.start - 9), first.start)
    if (word == "and" and not between) or (unit and last.unit is None):
        return None
    if word == "to" and _FROM.search(text[max(0, first.start - 30) : first.start]):
        one = _single(text, first)
        return [one if one.unit else replace(one, unit=last.unit), last]
    high = abs(last.value) if word in "-‐‑–—−" else last.value
    low = replace(first, exponent=second.exponent if first.exponent is None else first.exponent)
    if high < low.value:
        return None
    start, comparator = comparator_before(text, between.start() if between else first.start)
    start = min(start, between.start()) if between else start
    return [Amount(start, last.end, low, low.value, last.unit or unit, high, comparator)]


def _pair(text: str, first: Number) -> list[Amount] | None:
    """Blood pressures and scores: ``83/58 mmHg``, ``4/6``."""
    found = _PAIR.match(text, first.end)
    if found is None or first.exponent is not None:
        return None
    second = float(found["second"].replace(",", "."))
    unit = unit_at(text, found.end())
    end = unit.end if unit else found.end()
    start, comparator = comparator_before(text, first.start)
    if unit and unit.dimension != "pressure":
        return None
    pressure = unit is not None or (first.value > second >= 20 and first.value >= 60)
    number = Number(found.start("second"), found.end(), second)
    if pressure:
        return [
            Amount(start, end, first, first.value, unit, None, comparator, "upper"),
            Amount(start, end, number, second, unit, None, comparator, "lower"),
        ]
    return [Amount(start, end, first, first.value, None, None, comparator, "score", second)]


def _dimensions(text: str, sides: Sequence[Number]) -> list[Amount] | None:
    """``3 × 4 × 2 cm``: each side is an amount of the one unit."""
    if len(sides) < 2 or sides[1].start - sides[0].end > _WIDEST:
        return None
    measured: list[Number] = [sides[0]]
    end = sides[0].end
    for side in sides[1:]:
        unit = unit_at(text, end)
        cross = _TIMES.match(text, unit.end if unit else end)
        if cross is None or cross.end() != side.start:
            break
        measured.append(side)
        end = side.end
    unit = unit_at(text, end)
    if len(measured) < 2 or unit is None or unit.dimension != "length":
        return None
    start, comparator = comparator_before(text, sides[0].start)
    spans = [(n.start, n.end) for n in measured]
    spans[0], spans[-1] = (start, spans[0][1]), (spans[-1][0], unit.end)
    return [
        Amount(s, e, n, n.value, unit, None, comparator, "side")
        for n, (s, e) in zip(measured, spans, strict=True)
    ]
