"""Doses: amount, what they are per, route, schedule and duration."""

from __future__ import annotations

import pytest

from kg.nlp.quantities.doses import find_dose_words, find_doses

Reading = tuple[str, float | None, str | None, str | None, str | None, str | None, float | None]


def read(text: str) -> list[Reading]:
    """Text, value, unit, per, route, schedule and duration of each dose."""
    return [
        (text[d.start : d.end], d.value, d.unit, d.per, d.route, d.schedule, d.duration_days)
        for d in find_doses(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "fludarabine 30 mg/m2 daily for 3 days",
            ("30 mg/m2 daily", 30.0, "mg", "m2", None, "daily", 3.0),
        ),
        (
            "intravenous busulfan at 3.2 mg/kg/d for 4 days",
            ("3.2 mg/kg/d", 3.2, "mg", "kg", "intravenous", "daily", 4.0),
        ),
        (
            "hydrocortisone 100 mg every 8 hours",
            ("100 mg every 8 hours", 100.0, "mg", None, None, "every 8 hours", None),
        ),
        (
            "acyclovir 800 mg 5 times daily for 14 days",
            ("800 mg 5 times daily", 800.0, "mg", None, None, "5 times daily", 14.0),
        ),
        (
            "methylprednisolone (1 g intravenously once daily for 3 days)",
            ("1 g", 1.0, "g", None, "intravenous", "daily", 3.0),
        ),
        (
            "received 3 million IU of peginterferon, three times a week",
            ("3 million IU", 3e6, "[IU]", None, None, "three times a week", None),
        ),
        (
            "norepinephrine 0.4 µg/kg/min",
            ("0.4 µg/kg/min", 0.4, "ug", "kg/min", None, None, None),
        ),
        ("ibrutinib 420 mg/day", ("420 mg/day", 420.0, "mg", "day", None, "daily", None)),
        (
            "radiotherapy of 66 Gy in 28 fractions",
            ("66 Gy in 28 fractions", 66.0, "Gy", None, None, None, None),
        ),
        (
            "etoposide 50 mg orally, bid",
            ("50 mg", 50.0, "mg", None, "oral", "twice daily", None),
        ),
        (
            "rituximab 375 mg/m2 on days 1 and 8",
            ("375 mg/m2", 375.0, "mg", "m2", None, "days 1 and 8", None),
        ),
        (
            "CAR-T cells were infused at 2.0×106/kg",
            ("2.0×106/kg", 2e6, "{cells}", "kg", None, None, None),
        ),
    ],
)
def test_one_dose(text: str, expected: Reading) -> None:
    assert read(text) == [expected]


def test_a_list_of_drugs() -> None:
    text = "rituximab 375 mg/m2, cyclophosphamide 750 mg/m2, vincristine 1.4 mg/m2"
    assert [value for _, value, *_ in read(text)] == [375.0, 750.0, 1.4]


def test_a_range() -> None:
    [dose] = find_doses("warfarin 2.5–3.75 mg per day")
    assert (dose.value, dose.value_to, dose.per) == (2.5, 3.75, "day")


def test_what_is_counted_respectively() -> None:
    text = "The doses of total nucleated cells and CD34+ cells were 3.9×107/kg and 3.0×105/kg."
    assert [(d.value, d.of) for d in find_doses(text)] == [
        (3.9e7, "total nucleated cells"),
        (3.0e5, "CD34+ cells"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "haemoglobin 10.1 g/dL",
        "birth weight 2330 g",
        "she lost 8 kg in 3 months",
        "blood loss of 500 mL",
        "proteinuria of 3.5 g/day",
        "BMI 24.4 kg/m2",
        "urine output 0.5 mL/kg/h",
        "for 2 doses",
    ],
)
def test_no_dose(text: str) -> None:
    assert read(text) == []


def test_the_nearer_mention_decides() -> None:
    text = "imatinib 400 mg and 24-hour cortisol 400 µg"
    doses = find_doses(text, markers=[(20, 36)], therapies=[(0, 8)])
    assert [text[d.start : d.end] for d in doses] == ["400 mg"]


def test_doses_in_words() -> None:
    text = "high-dose cytarabine, low dose aspirin and six courses of chemotherapy"
    assert [text[s:e] for s, e in find_dose_words(text)] == ["high-dose", "low dose", "six courses"]
