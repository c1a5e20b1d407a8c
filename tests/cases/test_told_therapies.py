"""Therapies that a verb tells, or a substance that is mostly measured."""

import pytest

from kg.cases import build_case
from tests.cases.markup import annotate


def given(text):
    case = build_case(annotate("A 40-year-old woman was admitted. " + text))
    return [e.name for e in case.events if e.type == "Exposure" and e.realisation == "given"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The spleen was then removed.", "surgery"),
        ("The hernia was successfully repaired with a mesh.", "surgery"),
        ("The fracture was reduced.", "surgery"),
        ("She was operated on at night.", "surgery"),
        ("She was taken to the operating theatre.", "surgery"),
        ("The aneurysm of the artery was coiled.", "embolization"),
        ("The abscess was drained.", "drainage"),
        ("She was dialysed three times a week.", "dialysis"),
    ],
)
def test_what_a_verb_tells_was_given(text, name):
    assert given(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The mass could not be removed.",
        "The mass was not removed.",
        "The tumour was reduced in size.",
        "The drain was removed.",
        "She asked that the mass be removed.",
    ],
)
def test_what_was_not_done_or_treats_nothing_is_no_therapy(text):
    assert given(text) == []


def test_a_step_of_an_operation_that_is_named_is_no_further_one():
    told = "She underwent [laparotomy|Therapy:procedure <surgery]. The appendix was removed."
    assert given(told) == ["laparotomy"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("She was treated with [bicarbonate|Marker =bicarbonate] at once.", "sodium bicarbonate"),
        ("[Folate|Marker =folate_level] was supplemented.", "folic acid"),
        ("She had an infusion of saline and [albumin|Marker =albumin].", "albumin infusion"),
    ],
)
def test_a_substance_beside_words_of_giving_was_given(text, name):
    assert given(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "She was given insulin and her [glucose|Marker =blood_glucose] fell.",
        "[Albumin|Marker =albumin] was low.",
        "She received iron until the [platelet count|Marker =platelet_count] rose.",
    ],
)
def test_a_substance_that_was_measured_was_not_given(text):
    assert given(text) == []


def test_care_that_supports_is_a_therapy_and_one_ruled_out_is_kept_as_not_given():
    assert given("She had [supportive care|Therapy] alone.") == ["supportive care"]
    assert given("She was no candidate for [dialysis|Therapy negated not_given].") == []
