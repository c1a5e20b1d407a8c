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
        "According to the scale, [cisplatin|Therapy] was the probable cause.",
        "The fever was suppressed by then, and [cisplatin|Therapy] was given.",
    ],
)
def test_what_the_patient_reacted_to_was_given(text):
    assert exposures(text) == ["cisplatin"]
