"""Therapies that a sentence names without anybody having had them."""

import pytest

from kg.cases import build_case
from tests.cases.markup import annotate


def exposures(text):
    case = build_case(annotate("A 40-year-old woman was admitted. " + text))
    return [e.name for e in case.events if e.type == "Exposure"]


@pytest.mark.parametrize(
    "text",
    [
        "Immunohistochemistry with a specific [monoclonal antibody|Therapy] was positive.",
        "Staining using [rituximab|Therapy] was weak.",
        "Cortisol was not suppressed by 8-mg [dexamethasone|Therapy].",
        "A [dexamethasone|Therapy] suppression test was normal.",
        "She had a history of anaphylaxis to [penicillin|Therapy].",
        "She was allergic to [penicillin|Therapy].",
        "Doses were chosen according to the society of [chemotherapy|Therapy].",
    ],
)
def test_what_stains_tests_or_is_not_tolerated_is_not_given(text):
    assert exposures(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "She developed [anaphylaxis|Condition] to [cisplatin|Therapy].",
        "A [rash|Condition] arose from an allergic reaction to [cisplatin|Therapy].",
        "According to the scale, [cisplatin|Therapy] was the probable cause.",
        "The fever was suppressed by then, and [cisplatin|Therapy] was given.",
    ],
)
def test_what_the_patient_reacted_to_was_given(text):
    assert exposures(text) == ["cisplatin"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("She received [S-1|Therapy]. Adjuvant [S-1|Therapy] was given after surgery.", 2),
        (
            "She received adjuvant [S-1|Therapy]. She had a [relapse|Outcome:response]. She got a "
            "second course of [S-1|Therapy].",
            2,
        ),
        ("She received adjuvant [S-1|Therapy]. Adjuvant [S-1|Therapy] was given for a year.", 1),
        ("She received [S-1|Therapy]. After adjuvant [S-1|Therapy] she was well.", 1),
        ("She received [S-1|Therapy]. The adjuvant [S-1|Therapy] was well tolerated.", 1),
        ("She received [S-1|Therapy] with others, then [S-1|Therapy] monotherapy.", 2),
    ],
)
def test_a_phase_of_its_own_is_another_course(text, count):
    assert exposures(text) == ["S-1"] * count


def test_a_receptor_beside_a_drug_that_was_given_takes_nothing_from_it():
    told = "The tumour was positive for oestrogen and she was given [letrozole|Therapy]."
    assert exposures(told) == ["letrozole"]


def test_a_drug_before_the_name_of_its_regimen_in_brackets_stays():
    case = build_case(
        annotate(
            "A 40-year-old woman received [cytarabine|Therapy:drug <chemotherapy] and "
            "[idarubicin|Therapy:drug <chemotherapy] ([7+3|Therapy:regimen <chemotherapy])."
        )
    )
    names = {e.id: e.name for e in case.events}
    assert sorted(names.values()) == ["7+3", "cytarabine", "idarubicin"]
    parts = {(names[r.source], names[r.target]) for r in case.relations if r.type == "PART_OF"}
    assert parts == {("cytarabine", "7+3"), ("idarubicin", "7+3")}
