"""Every quantity and dose of the first document, as a reader finds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.nlp.quantities.doses import find_doses
from kg.nlp.quantities.measures import find_quantities

SEED = Path(__file__).parents[2] / "corpus" / "fonc.2022.1021786.txt"


@pytest.fixture(scope="module")
def case() -> str:
    text = SEED.read_text(encoding="utf-8")
    return text[text.index("Case description") : text.index("FIGURE")]


def test_quantities(case: str) -> None:
    found = [
        (case[q.start : q.end].replace("\u2009", " "), q.value, q.comparator, q.unit)
        for q in find_quantities(case)
    ]
    assert found == [
        ("102.52×109/L", 102.52, None, "10*9/L"),
        ("6.9 g/dL", 6.9, None, "g/dL"),
        ("57×109/L", 57.0, None, "10*9/L"),
        ("90%", 90.0, None, "%"),
        ("41%", 41.0, None, "%"),
        ("4/6", 4.0, None, "{of_6}"),
        ("21%", 21.0, None, "%"),
        ("32%", 32.0, None, "%"),
        ("38°C", 38.0, None, "Cel"),
        ("39°C", 39.0, None, "Cel"),
        ("83/58 mmHg", 83.0, None, "mm[Hg]"),
        ("83/58 mmHg", 58.0, None, "mm[Hg]"),
        ("363 pg/mL", 363.0, None, "pg/mL"),
        ("1.08×105 copies/μg.DNA", 108000.0, None, "{copies}/ug"),
        ("<0.01%", 0.01, "<", "%"),
        ("0.05%", 0.05, None, "%"),
    ]


def test_doses(case: str) -> None:
    found = [(d.value, d.unit, d.per, d.schedule, d.duration_days, d.of) for d in find_doses(case)]
    assert found == [
        (3.9e7, "{cells}", "kg", None, None, "total nucleated cells"),
        (3.0e5, "{cells}", "kg", None, None, "CD34+ cells"),
        (3.2, "mg", "kg", "daily", 4.0, None),
        (60.0, "mg", "kg", "daily", 2.0, None),
        (30.0, "mg", "m2", "daily", 4.0, None),
        (30.0, "mg", "m2", "daily", 3.0, None),
        (300.0, "mg", "m2", "daily", 3.0, None),
        (2.0e6, "{cells}", "kg", None, 3.0, None),
        (0.2e6, "{cells}", "kg", "day 0", None, None),
        (0.6e6, "{cells}", "kg", "day 1", None, None),
        (1.2e6, "{cells}", "kg", "day 2", None, None),
        (8.0, "mg", "kg", None, None, None),
        (3e6, "[IU]", None, "three times a week", None, None),
    ]
