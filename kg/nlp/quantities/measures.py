"""Quantities: what was measured, with UCUM units.

``find_quantities`` reads a text alone; where the spans of markers and therapies are known it uses
them to read numbers without a unit ("WBC 12,700") and to tell doses from measurements.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from kg.nlp.carrier import QuantityDraft
from kg.nlp.quantities import contexts
from kg.nlp.quantities.amounts import Amount, amounts
from kg.nlp.quantities.numbers import Span, plain
from kg.nlp.quantities.roles import is_dose

_TIME_UNITS = frozenset({"min", "h", "d", "wk", "mo", "a"})
"""Amounts of these alone are durations, read by :mod:`kg.nlp.times`."""
_ANGLE = frozenset({"deg", "[diop]"})
_DIMENSIONS = frozenset({2.0, 3.0, 4.0})


def find_quantities(
    text: str,
    skip: Sequence[Span] = (),
    superscripts: Sequence[Span] = (),
    markers: Sequence[Span] = (),
    therapies: Sequence[Span] = (),
) -> list[QuantityDraft]:
    """Return the measured values of a text, in order.

    Parameters
    ----------
    text
        The text of one section.
    skip
        Citation marks; no number in them is a value.
    superscripts
        Stretches that stood raised in the source.
    markers, therapies
        Spans of what may be measured or given, in order, where they are known.

    Examples
    --------
    >>> for q in find_quantities("WBC 102.52×109/L, pH 7.22, BP 83/58 mmHg, MRD<0.01%"):
    ...     print(q.comparator or "=", q.value, q.unit)
    = 102.52 10*9/L
    = 7.22 None
    = 83.0 mm[Hg]
    = 58.0 mm[Hg]
    < 0.01 %
    """
    text = plain(text)
    return quantities_of(text, amounts(text, skip, superscripts), markers, therapies)


def quantities_of(
    text: str,
    read: Sequence[Amount],
    markers: Sequence[Span] = (),
    therapies: Sequence[Span] = (),
) -> list[QuantityDraft]:
    """Return the quantities among amounts already read (see :func:`find_quantities`)."""
    found: list[QuantityDraft] = []
    last_end = -1
    for amount in read:
        if _in_reference_range(text, amount, last_end):
            continue
        if _is_measured(text, amount, markers) and not is_dose(text, amount, markers, therapies):
            found.append(_draft(amount))
            last_end = amount.end
    return found


def _is_measured(text: str, amount: Amount, markers: Sequence[Span]) -> bool:
    unit = amount.unit
    if amount.role == "score":
        return (
            contexts.preceded("scores", text, amount.start)
            or contexts.followed("scores", text, amount.end)
            or _follows_marker(text, amount.start, markers)
        )
    if unit is None:
        return _is_unitless_value(text, amount, markers)
    if unit.head is not None and not unit.below:
        return _is_measured_atom(text, amount, unit.head.code)
    return True


def _is_measured_atom(text: str, amount: Amount, code: str) -> bool:
    written = text[amount.number.end : amount.end]
    is_image = written == "D" and amount.value in _DIMENSIONS  # 3D
    if code in _TIME_UNITS or code == "{dose}" or is_image:
        return False
    if code == "%":
        return not contexts.is_solution(text, amount.end)
    if code == "s":
        return not (written == "s" and amount.value % 10 == 0)  # the 1990s, his 70s
    if code == "T":
        return not text[amount.end : amount.end + 5].lower().startswith((" mr", "-mr"))
    if code in ("V", "A", "D", "g", "m", "L", "W", "J") and amount.number.end == amount.end - 1:
        return code in ("g", "L", "m") or not contexts.is_label(text, amount.start)
    return not contexts.is_label(text, amount.start)


def _is_unitless_value(text: str, amount: Amount, markers: Sequence[Span]) -> bool:
    if amount.role == "upper" or amount.role == "lower":
        return True
    if contexts.is_label(text, amount.start):
        return False
    after = text[amount.end : amount.end + 12]
    if amount.number.exponent is None and not _ends_value(after):
        return False
    return contexts.has_unitless_name(text, amount.start) or _follows_marker(
        text, amount.start, markers
    )


def _ends_value(after: str) -> bool:
    """Whether a number without a unit may end here: not "3 patients", not "5-fold", not "4th"."""
    if not after or after[0] in ",;)]:\n(" or after[0] == ".":
        return True
    if after[0] in "-–/×x%°" or after[0].isalnum():
        return False
    word = after.strip().split(" ")[0].lower().strip(".,;)")
    return word in _MAY_FOLLOW or not word[:1].isalpha()


_MAY_FOLLOW = frozenset(
    [
        "and",
        "at",
        "on",
        "in",
        "with",
        "to",
        "by",
        "for",
        "from",
        "after",
        "before",
        "but",
        "while",
        "which",
        "without",
        "or",
        "then",
        "as",
        "during",
        "prior",
        "when",
        "(normal",
        "within",
        "over",
        "upon",
        "indicating",
        "suggesting",
        "was",
        "were",
    ]
)


def _follows_marker(text: str, start: int, markers: Sequence[Span]) -> bool:
    place = bisect_right(markers, (start, start)) - 1
    while place >= 0 and markers[place][1] > start:
        place -= 1
    return place >= 0 and contexts.is_value_gap(text[markers[place][1] : start])


def _in_reference_range(text: str, amount: Amount, last_end: int) -> bool:
    if contexts.is_reference_range(text, amount.start):
        return True
    gap = text[last_end : amount.start] if 0 <= last_end <= amount.start else None
    bracketed = gap is not None and gap.strip() in ("(", "[")
    return bracketed and (
        amount.value_to is not None or amount.comparator in ("<", "<=", ">", ">=")
    )


def _draft(amount: Amount) -> QuantityDraft:
    value, value_to, unit = in_unit(amount)
    return QuantityDraft(amount.start, amount.end, value, value_to, amount.comparator, unit)


def in_unit(amount: Amount) -> tuple[float, float | None, str | None]:
    """Return value, upper value and UCUM code, a power of ten of a count going to the unit.

    ``102.52×109/L`` is 102.52 of ``10*9/L``, as laboratories write it; any other number keeps its
    power: ``1.08×105 copies/µg`` is 108000.

    Examples
    --------
    >>> [in_unit(a) for a in amounts("57×109/L; 1.08×105 copies/μg.DNA; 4/6")]
    [(57.0, None, '10*9/L'), (108000.0, None, '{copies}/ug'), (4.0, None, '{of_6}')]
    """
    if amount.role == "score":
        return amount.value, None, f"{{of_{amount.out_of:g}}}"
    unit, exponent = amount.unit, amount.number.exponent
    if unit is None:
        return amount.value, amount.value_to, None
    counted = unit.head is None or unit.head.code == "{cells}"
    if exponent is None or not counted or not unit.dimension.endswith("/volume"):
        return amount.value, amount.value_to, unit.code
    code = unit.code if unit.head is None else unit.code.removeprefix(unit.head.code)
    scaled = float(f"{amount.number.mantissa!r}")
    high = None if amount.value_to is None else round(amount.value_to / 10.0**exponent, 9)
    return scaled, high, f"10*{exponent}{code}"
