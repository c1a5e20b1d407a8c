import pytest

from kg.cases.ages import ages


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("An 18-year-old female was admitted", [18.0]),
        ("a 57 year old man", [57.0]),
        ("A forty-five-year-old woman", [45.0]),
        ("a 6-month-old infant", [0.5]),
        ("a patient aged 63 years", [63.0]),
        ("a 34 yo female", [34.0]),
        ("a male (45 years, 70 kg)", [45.0]),
        ("a boy, 12 years of age", [12.0]),
        ("A 52 year's old men", [52.0]),
        ("A 24-years Japanese female patient", [24.0]),
        ("An 83 years Welsh lady", [83.0]),
        ("A fourty two year old lady", [42.0]),
        ("a 3-day-old neonate", [0.008]),
    ],
)
def test_reads_ages(text, years):
    assert [age.years for age in ages(text)] == years


@pytest.mark.parametrize(
    "text",
    [
        "She had smoked since the age of 24 years",
        "He was diagnosed at 12 years of age",
        "2 years later the tumour recurred",
        "for the last 3 years",
        "a 250-year-old building",
    ],
)
def test_leaves_what_is_no_present_age(text):
    assert list(ages(text)) == []


def test_places_point_into_the_document():
    (age,) = ages("a 40-year-old man", 100)
    assert (age.start, age.end, age.text) == (102, 113, "40-year-old")
