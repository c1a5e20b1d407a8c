"""Outcomes told by what became of the tumour, and courses without complications."""

import pytest

from kg.cases import build_case
from tests.cases.markup import annotate


def build(text):
    return build_case(annotate(text))


def responses(text):
    return [e.outcome for e in build(text).events if e.type == "Response"]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("The mass decreased in size.", "partial_response"),
        ("CT showed a 50% reduction in the tumour mass.", "partial_response"),
        ("The lesions were no longer visible.", "complete_remission"),
        ("The specimen showed no residual carcinoma.", "complete_remission"),
        ("The nodules remained stable.", "stable_disease"),
        ("The tumour had enlarged.", "progression"),
        ("New lung metastases appeared.", "progression"),
    ],
)
def test_growth_and_shrinkage_after_a_therapy_are_outcomes(words, outcome):
    assert responses(f"A 50-year-old woman received [cisplatin|Therapy]. {words}") == [outcome]


def test_each_tumour_has_its_own_verb():
    text = "He received [cisplatin|Therapy]. Two lesions remained stable, but one lesion enlarged."
    assert sorted(responses(text)) == ["progression", "stable_disease"]


def test_before_any_therapy_growth_is_the_disease_and_no_outcome():
    assert responses("A 50-year-old woman had a mass that increased in size.") == []


def test_what_is_denied_or_feared_is_no_outcome():
    start = "A 50-year-old woman received [cisplatin|Therapy]."
    assert responses(f"{start} There were no new metastases.") == []
    assert responses(f"{start} The mass had not decreased in size.") == []


def test_those_given_together_share_a_response_that_follows():
    case = build(
        "He was given [melphalan|Therapy] and [prednisolone|Therapy]. "
        "Three months later he was in [partial remission|Outcome]."
    )
    names = {e.id: e.name for e in case.events}
    tied = {names[r.target] for r in case.relations if r.type == "RESPONSE_TO"}
    assert tied == {"melphalan", "prednisolone"}
