"""Measured or given: whether an amount is a dose, from its unit, its neighbours and the mentions.

A unit decides where it can (mg/dL is measured, mg/m² is given); an amount of mass, volume or
units alone takes the side of the nearest marker or therapy, or of the words around it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from kg.nlp.quantities import contexts
from kg.nlp.quantities.amounts import Amount
from kg.nlp.quantities.numbers import Span
from kg.nlp.quantities.schedules import modifier_at

_GIVEN = frozenset({"radiation", "form"})
_BODY = frozenset({"kg", "m2"})
_EITHER = frozenset({"mass", "volume", "activity", "amount", "count"})
_PER_TIME = frozenset({"mass", "activity"})
_TIMES = frozenset({"d", "h", "min", "wk", "mo", "{dose}"})
_COUNTED = frozenset({"{pack}", "{dose}"})
_REACH = 60


def is_dose(
    text: str, amount: Amount, markers: Sequence[Span] = (), therapies: Sequence[Span] = ()
) -> bool:
    """Whether an amount was given and not measured.

    Examples
    --------
    >>> from kg.nlp.quantities.amounts import amounts
    >>> text = "Prednisone 40 mg daily; haemoglobin 40 g/L; 375 mg/m2; birth weight 2330 g"
    >>> [is_dose(text, a) for a in amounts(text)]
    [True, False, True, False]
    """
    unit = amount.unit
    if unit is None or amount.role != "single":
        return False
    head = unit.head.dimension if unit.head else ""
    below = [atom.code for _, atom in unit.below]
    if head in _GIVEN:
        return not (unit.head and unit.head.code in _COUNTED)
    if below and below[0] in _BODY:
        return _per_body(text, amount, head, below, markers, therapies)
    if below and unit.below[0][0] == "24":  # what is collected in 24 hours is measured
        return contexts.preceded("doses", text, amount.start)
    may_be = head in (_PER_TIME if below else _EITHER)
    if not may_be or (below and below[0] not in _TIMES):
        return False
    return _by_context(text, amount, head, markers, therapies)


def _per_body(
    text: str,
    amount: Amount,
    head: str,
    below: list[str],
    markers: Sequence[Span],
    therapies: Sequence[Span],
) -> bool:
    code = amount.unit.head.code if amount.unit and amount.unit.head else ""
    if code == "kg" or (head == "volume" and len(below) > 1):
        return False  # kg/m2 is a body mass index, mL/kg/h a diuresis
    if head == "volume" or (code == "g" and below[0] == "m2"):
        return _by_context(text, amount, head, markers, therapies)
    return head in ("", "mass", "activity", "count", "amount")


def _by_context(
    text: str, amount: Amount, head: str, markers: Sequence[Span], therapies: Sequence[Span]
) -> bool:
    if contexts.preceded("measured", text, amount.start):
        return False
    beside = modifier_at(text, amount.end)
    if contexts.preceded("doses", text, amount.start) or (
        beside is not None and beside.kind in ("schedule", "route")
    ):
        return True
    if head == "count":  # cells are counted, unless a word says that they were infused
        return False
    given, measured = _distance(amount, therapies), _distance(amount, markers)
    if given is None and measured is None:
        return head in ("mass", "activity") and _looks_given(text, amount)
    if measured is not None and (given is None or measured < given):
        return False
    return given is not None


def _looks_given(text: str, amount: Amount) -> bool:
    """The place of a dose: "drug 40 mg", "drug (40 mg", "40 mg of"."""
    if amount.unit and amount.unit.head and amount.unit.head.code in ("kg", "[lb_av]"):
        return False
    before = text[max(0, amount.start - 2) : amount.start]
    return contexts.followed("doses", text, amount.end) or (
        len(before) == 2
        and (before[0].islower() or before == " (")
        and not text[: amount.start]
        .rstrip(" (")
        .endswith((" of", " was", " is", " a", " by", "to"))
    )


def _distance(amount: Amount, spans: Sequence[Span]) -> int | None:
    """Characters between an amount and the nearest span, within reach."""
    nearest = None
    left = bisect_right(spans, (amount.start, amount.start)) - 1
    for place in (left, left + 1):
        if 0 <= place < len(spans):
            start, end = spans[place]
            gap = max(start - amount.end, amount.start - end, 0)
            if gap <= _REACH and (nearest is None or gap < nearest):
                nearest = gap
    return nearest
