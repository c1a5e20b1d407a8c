"""Deaths and diseases of relatives are not the patient's."""

from kg.cases import build_case
from tests.cases.markup import annotate


def told(text):
    return [(e.type, e.name) for e in build_case(annotate(text)).events]


def test_the_death_of_a_relative_is_not_the_patients():
    assert told("A 40-year-old woman was admitted. Her mother too [died|Outcome].") == []


def test_the_disease_of_a_relative_is_not_the_patients():
    start = "A 40-year-old woman was admitted."
    assert told(f"{start} Her sister had [colon cancer|Condition:disease].") == []


def test_the_patient_named_after_the_relative_is_meant():
    text = "A 40-year-old woman was admitted. After her mother left, the patient [died|Outcome]."
    assert [kind for kind, _ in told(text)] == ["Response"]
