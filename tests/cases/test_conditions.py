"""What makes a condition the patient's diagnosis, and when two are one."""

import pytest

from kg.cases import build_case
from tests.cases.markup import annotate


def diagnoses(text):
    case = build_case(annotate("A 40-year-old woman was admitted. " + text))
    return [(e.name, e.polarity, e.certainty) for e in case.events if e.type == "Diagnosis"]


@pytest.mark.parametrize(
    "text",
    [
        "The possibility of pulmonary [metastasis|Condition] was considered.",
        "The clinical diagnosis was a [lymphoma|Condition].",
        "Cells grew in sheets as in a [lymphoma|Condition].",
        "It was hard to differentiate it from [metastasis|Condition].",
    ],
)
def test_what_was_only_thought_of_is_possible(text):
    ((_, polarity, certainty),) = diagnoses(text)
    assert (polarity, certainty) == ("affirmed", "possible")


@pytest.mark.parametrize(
    "text",
    [
        "There was no tumour recurrence or [metastasis|Condition].",
        "She is well without local disease or distant [metastasis|Condition].",
    ],
)
def test_what_is_denied_with_another_is_denied(text):
    ((_, polarity, _),) = diagnoses(text)
    assert polarity == "negated"


def test_or_after_a_clause_that_denies_nothing_of_it_denies_nothing():
    ((_, polarity, _),) = diagnoses("She had no fever and had [asthma|Condition] or so we thought.")
    assert polarity == "affirmed"


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("[liver|Site] [metastases|Condition =metastasis]", "[lung|Site]", 2),
        ("[liver|Site] [metastases|Condition =metastasis]", "[hepatic|Site]", 1),
        ("[metastases|Condition =metastasis]", "[lung|Site]", 1),
    ],
)
def test_deposits_in_two_organs_are_two(first, second, count):
    told = f"CT showed {first}. Later {second} [metastases|Condition =metastasis] were seen."
    assert len(diagnoses(told)) == count


def test_what_one_telling_suspects_and_another_knows_is_certain():
    case = build_case(
        annotate(
            "## abstract\nA 40-year-old woman had [lymphoma|Condition].\n"
            "## case\nA 40-year-old woman had suspected [lymphoma|Condition possible]."
        )
    )
    assert [e.certainty for e in case.events] == ["certain"]


def test_a_diagnosis_named_before_does_not_make_what_follows_it_one():
    case = build_case(
        annotate("She was diagnosed with [asthma|Condition] due to a [rash|Condition:symptom].")
    )
    assert [(e.name, e.type) for e in case.events] == [
        ("asthma", "Diagnosis"),
        ("rash", "Finding"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "She was tested for [influenza|Condition].",
        "Work-up of systemic [metastasis|Condition] took two days.",
        "She did not meet the criteria for a [mood disorder|Condition].",
        "The [influenza|Condition] swab was done.",
        "She took anti-[psychotic|Condition] medication.",
        "She was given pneumonia [infection|Condition] prophylaxis.",
        "The tumour was staged as [IIIC|Condition].",
    ],
)
def test_what_was_tested_feared_or_counted_is_nobodys(text):
    assert diagnoses(text) == []


def test_the_tumour_that_is_known_is_not_diagnosed_anew():
    told = "The histological diagnosis of the removed [tumor|Condition:sign =tumour] came."
    case = build_case(annotate("A 40-year-old woman came. " + told))
    assert [e.type for e in case.events] == ["Finding"]


def test_what_was_suspected_and_confirmed_is_certain():
    told = "She had suspected [myeloma|Condition possible], which was confirmed by biopsy."
    assert diagnoses(told) == [("myeloma", "affirmed", "certain")]


def test_what_it_was_taken_for_is_not_certain():
    told = "She was misdiagnosed with [pneumonia|Condition]."
    assert diagnoses(told) == [("pneumonia", "affirmed", "possible")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("He fell and had a [hip fracture|Condition:disease <fracture].", "Diagnosis"),
        ("CT showed a [subdural bleed|Condition <haematoma <bleeding].", "Diagnosis"),
        ("An [inguinal hernia|Condition =hernia] was seen.", "Diagnosis"),
        ("There was a [renal cyst|Condition =cyst].", "Diagnosis"),
        ("There was a [cyst|Condition =cyst].", "Finding"),
        ("She had [hyponatraemia|Condition:adverse_event =hyponatraemia].", "Diagnosis"),
        ("She was in the last weeks of [pregnancy|Condition =pregnancy].", "Finding"),
        (
            "Cultures grew [Staphylococcus aureus|Condition =staphylococcal_infections].",
            "Finding",
        ),
        (
            "She was infected with [Brucella suis|Condition =brucella_infection].",
            "Diagnosis",
        ),
    ],
)
def test_what_a_list_of_problems_has_is_a_diagnosis(text, kind):
    case = build_case(annotate("A 40-year-old woman was admitted. " + text))
    assert [e.type for e in case.events] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "She took her [heart failure|Condition] medications.",
        "She was moved to the [stroke|Condition] unit.",
        "The [brain|Condition =brain_disorder] was spared.",
    ],
)
def test_what_only_bears_the_name_of_a_condition_is_none(text):
    assert diagnoses(text) == []
