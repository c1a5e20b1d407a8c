"""Quantities: sentences with the values a reader would underline."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp.quantities.amounts import amounts
from kg.nlp.quantities.measures import find_quantities
from kg.nlp.quantities.numbers import numbers, parse_digits, plain
from kg.nlp.quantities.results import find_results
from kg.nlp.quantities.units import atoms, unit_at

Reading = tuple[str, float | None, float | None, str | None, str | None]


def read(text: str) -> list[Reading]:
    """Text, value, upper value, comparator and unit of each quantity."""
    return [
        (text[q.start : q.end], q.value, q.value_to, q.comparator, q.unit)
        for q in find_quantities(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("platelets of 57×109/L", ("57×109/L", 57.0, None, None, "10*9/L")),
        ("platelets of 57 x 10^9/L", ("57 x 10^9/L", 57.0, None, None, "10*9/L")),
        ("platelets of 57*109/L", ("57*109/L", 57.0, None, None, "10*9/L")),
        ("WBC 4.2 × 10⁹/L", ("4.2 × 10⁹/L", 4.2, None, None, "10*9/L")),
        ("neutrophils of 0.5 x 10(9)/L", ("0.5 x 10(9)/L", 0.5, None, None, "10*9/L")),
        ("WBC 12,700/µL", ("12,700/µL", 12700.0, None, None, "/uL")),
        ("WBC 3.1×103 cells/μL", ("3.1×103 cells/μL", 3.1, None, None, "10*3/uL")),
        ("creatinine 0,69 mmol/L", ("0,69 mmol/L", 0.69, None, None, "mmol/L")),
        ("Hb of 11.6 grams per deciliter", ("11.6 grams per deciliter", 11.6, None, None, "g/dL")),
        ("Hb 7.8\u2005g/dL", ("7.8\u2005g/dL", 7.8, None, None, "g/dL")),
        ("a load of 1.08×105 copies/mL", ("1.08×105 copies/mL", 1.08e5, None, None, "{copies}/mL")),
        ("a refraction of 3.25D", ("3.25D", 3.25, None, None, "[diop]")),
        ("MRD <0.01%", ("<0.01%", 0.01, None, "<", "%")),
        ("EF of less than 30%", ("less than 30%", 30.0, None, "<", "%")),
        ("about 40% of cells", ("40%", 40.0, None, "~", "%")),
        ("EF of 65–70%", ("65–70%", 65.0, 70.0, None, "%")),
        (
            "pressures between 15 and 45 cm H2O",
            ("between 15 and 45 cm H2O", 15.0, 45.0, None, "cm[H2O]"),
        ),
        ("a base excess of −5.1 mmol/l", ("−5.1 mmol/l", -5.1, None, None, "mmol/L")),
        ("eGFR 60 mL/min/1.73 m2", ("60 mL/min/1.73 m2", 60.0, None, None, "mL/min/{1.73_m2}")),
        ("metanephrine 259 μg/24 h", ("259 μg/24 h", 259.0, None, None, "ug/(24.h)")),
        ("a trough of 1.5 μg ml−1", ("1.5 μg ml−1", 1.5, None, None, "ug/mL")),
        ("arterial pH of 7.22,", ("7.22", 7.22, None, None, None)),
        ("GCS 15/15", ("15/15", 15.0, None, None, "{of_15}")),
        ("temperature 38.4 °C", ("38.4 °C", 38.4, None, None, "Cel")),
    ],
)
def test_one_quantity(text: str, expected: Reading) -> None:
    assert read(text) == [expected]


def test_a_blood_pressure_is_two_quantities() -> None:
    assert [(v, unit) for _, v, _, _, unit in read("dropped to 83/58 mmHg")] == [
        (83.0, "mm[Hg]"),
        (58.0, "mm[Hg]"),
    ]


def test_a_change_is_two_quantities_of_one_unit() -> None:
    assert [(v, unit) for _, v, _, _, unit in read("decreased from 19 to 8 mmHg")] == [
        (19.0, "mm[Hg]"),
        (8.0, "mm[Hg]"),
    ]


def test_the_sides_of_a_mass() -> None:
    assert [(v, unit) for _, v, _, _, unit in read("a 3 × 4.5 cm mass")] == [
        (3.0, "cm"),
        (4.5, "cm"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "CD34+ and CD19+ blasts with IL-6 and HLA-DR",
        "as shown in Figure 2 and Table 3",
        "reported before [17] and by others",
        "on January 31, 2016, at 10:30",
        "for 3 days and 2 weeks",
        "in the 1990s and in his 70s",
        "a 3D CT scan and 2D echocardiography",
        "three patients and 12 controls",
        "hydration with 0.9% saline",
        "prednisone 40 mg daily",
        "(normal range, 3.5–9.5 mmol/L)",
        "reference value: 64-187 μg/dL",
        "(normal range, 0 37 U/ml)",
        "t(8;21) and 46,XX",
    ],
)
def test_no_quantity(text: str) -> None:
    assert read(text) == []


def test_a_reference_range_in_brackets_is_no_finding() -> None:
    assert [v for _, v, *_ in read("vitamin D 30.4 ng/mL (20–50 ng/mL)")] == [30.4]


def test_a_normal_value_in_brackets_is_a_finding() -> None:
    assert [v for _, v, *_ in read("lactate was normal (1.3 mmol/L)")] == [1.3]


def test_citation_marks_are_skipped() -> None:
    text = "a rate of 41 (5%)"
    assert find_quantities(text, skip=[(13, 17)]) == []


def test_known_superscripts_make_a_power() -> None:
    text = "106 copies/mL"
    [plain_value] = find_quantities(text)
    [raised] = find_quantities(text, superscripts=[(2, 3)])
    assert (plain_value.value, raised.value) == (106.0, 1e6)


def test_a_number_beside_a_marker_is_its_value() -> None:
    text = "Ferritin was 5120 and rising"
    assert find_quantities(text) == []
    [found] = find_quantities(text, markers=[(0, 8)])
    assert found.value == 5120.0


@pytest.mark.parametrize(
    ("text", "markers", "expected"),
    [
        ("CRP was slightly elevated", [(0, 3)], ["slightly elevated"]),
        ("normal liver function tests", [(7, 27)], ["normal"]),
        ("cells negative for CD20", [(19, 23)], ["negative"]),
        ("ferritin level was within normal limits", [(0, 8)], ["within normal limits"]),
        ("CD3 (+), CD20 (-)", [(0, 3), (9, 13)], ["+", "-"]),
        ("a normal day after CRP", [(19, 22)], []),
    ],
)
def test_results_in_words(text: str, markers: list[tuple[int, int]], expected: list[str]) -> None:
    assert [text[start:end] for start, end in find_results(text, markers)] == expected


def test_unit_codes_are_ucum() -> None:
    ucumvert = pytest.importorskip("ucumvert", reason="the UCUM oracle ucumvert is not installed")
    parser = ucumvert.get_ucum_parser()
    for atom in atoms():
        parser.parse(atom.code)


def test_every_name_of_a_unit_is_read_as_it() -> None:
    seen: set[str] = set()
    for atom in atoms():
        for name in atom.names:
            unit = unit_at(f"5 {plain(name)}", 1)
            assert unit is not None and unit.head is not None, name
            assert unit.end == len(f"5 {name}"), name
            assert name not in seen, f"{name} stands twice"
            seen.add(name)


@given(st.floats(min_value=0.001, max_value=99999, allow_nan=False))
def test_a_number_is_read_back(value: float) -> None:
    written = f"{value:.3f}"
    assert parse_digits(written) == pytest.approx(float(written))


@pytest.mark.parametrize(
    "piece", ["1 ", "×10 ", "not ", "very ", "3–", "12,", "normal range ", "("]
)
def test_long_runs_are_read(piece: str) -> None:
    text = piece * (6_000 // len(piece))
    assert find_quantities(text) is not None
    assert find_results(text, [(n, n + 1) for n in range(0, len(text), 50)]) is not None


_ALPHABET = st.sampled_from([*list("0123456789.,-–×/ ()[]%<>~^*+=:;'"), "mg", "/L", " day ", "±"])


@settings(max_examples=150, deadline=2000)
@given(st.lists(_ALPHABET, max_size=60).map("".join))
def test_amounts_lie_in_the_text_and_in_order(text: str) -> None:
    found = amounts(text)
    assert all(0 <= a.start < a.end <= len(text) for a in found)
    starts = [n.start for n in numbers(text)]
    assert starts == sorted(starts)
    for quantity in find_quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
