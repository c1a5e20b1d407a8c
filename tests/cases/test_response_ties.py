"""Which therapies a response is tied to: by its sentence, or by the order of the telling."""

import pytest

from kg.cases import build_case
from tests.cases.markup import annotate

SURGERY = "Therapy:procedure given <surgery"


def tied(text, outcome):
    """Return the therapies that the responses of a type are tied to, with the basis."""
    case = build_case(annotate(text))
    names = {e.id: (e.name, e.outcome) for e in case.events}
    return {
        (names[r.target][0], r.basis)
        for r in case.relations
        if r.type == "RESPONSE_TO" and names[r.source][1] == outcome
    }


def test_what_follows_a_regimen_follows_its_drugs():
    text = (
        "She received [VIP|Therapy:regimen] ([vincristine|Therapy], [idarubicin|Therapy]). "
        "One month later she was in [partial remission|Outcome]."
    )
    assert tied(text, "partial_response") == {
        ("VIP", "inferred"),
        ("vincristine", "inferred"),
        ("idarubicin", "inferred"),
    }


def test_therapies_of_one_sentence_share_a_response():
    text = (
        "He was treated by [embolisation|Therapy] and later also had [sorafenib|Therapy]. "
        "There was [progression|Outcome]."
    )
    assert tied(text, "progression") == {("embolisation", "inferred"), ("sorafenib", "inferred")}


def test_a_therapy_of_another_sentence_does_not():
    text = (
        "He received [cisplatin|Therapy] first. He was switched to [sorafenib|Therapy]. "
        "There was [progression|Outcome]."
    )
    assert tied(text, "progression") == {("sorafenib", "inferred")}


@pytest.mark.parametrize(
    ("words", "outcome"),
    [("[no recurrence|Outcome]", "recurrence_free"), ("[alive|Outcome]", "alive")],
)
def test_freedom_from_disease_follows_the_operation_and_all_after_it(words, outcome):
    text = (
        "He received [docetaxel|Therapy]. He underwent [gastrectomy|" + SURGERY + "]. "
        "[S-1|Therapy] was given for a year. Two years later he was found " + words + "."
    )
    assert tied(text, outcome) == {("gastrectomy", "inferred"), ("S-1", "inferred")}


def test_a_relapse_begins_another_treatment():
    text = (
        "He underwent [gastrectomy|" + SURGERY + "]. He had a [relapse|Outcome]. "
        "[S-1|Therapy] was given. There was [no recurrence|Outcome] after that."
    )
    assert tied(text, "recurrence_free") == {("S-1", "inferred")}


def test_death_follows_the_treatment_over_a_setback():
    text = (
        "He underwent [gastrectomy|" + SURGERY + "] and had [S-1|Therapy]. "
        "There was [progression|Outcome]. He [died|Outcome] a month later."
    )
    assert tied(text, "death") == {("gastrectomy", "inferred"), ("S-1", "inferred")}


def test_the_operation_means_all_its_procedures():
    text = (
        "She underwent [pancreatectomy|" + SURGERY + "]. A [gastrectomy|" + SURGERY + "] was "
        "added. She [recovered|Outcome] well from [surgery|Therapy =gastrectomy]."
    )
    assert tied(text, "symptom_resolution") == {
        ("pancreatectomy", "stated"),
        ("gastrectomy", "stated"),
    }


def test_chemoradiotherapy_is_made_of_what_was_told_before():
    text = (
        "He received [cisplatin|Therapy <chemotherapy] and [radiotherapy|Therapy]. During "
        "[chemoradiotherapy|Therapy] he ate little. PET showed a [complete response|Outcome]."
    )
    assert tied(text, "complete_remission") == {
        ("cisplatin", "inferred"),
        ("radiotherapy", "inferred"),
        ("chemoradiotherapy", "inferred"),
    }


@pytest.mark.parametrize(
    "words",
    [
        "[Cisplatin|Therapy] [failed|Outcome =no_response] to stop the growth.",
        "[Cisplatin|Therapy] was not [effective|Outcome negated].",
    ],
)
def test_the_subject_of_a_failure_is_what_failed(words):
    text = "She received [docetaxel|Therapy]. " + words
    assert {name for name, _ in tied(text, "no_response")} == {"Cisplatin"}


def test_given_with_a_result():
    text = "Her pain was treated with [ibuprofen|Therapy] with only [partial relief|Outcome]."
    assert tied(text, "response_unspecified") == {("ibuprofen", "stated")}


def test_an_improvement_beside_a_setback_is_still_of_the_therapy():
    text = (
        "He received [cisplatin|Therapy]. CT showed [progression|Outcome] of the bone lesions "
        "with [partial response|Outcome] in the liver."
    )
    assert tied(text, "partial_response") == {("cisplatin", "inferred")}


@pytest.mark.parametrize(
    "words",
    [
        "[Prednisone|Therapy] was tapered off.",
        "After withdrawal of [prednisone|Therapy] he left.",
    ],
)
def test_what_was_ended_is_not_what_helped(words):
    text = f"He received [colchicine|Therapy]. {words} He was in [remission|Outcome]."
    assert {name for name, _ in tied(text, "complete_remission")} == {"colchicine"}


def test_what_was_still_to_come_is_not_what_helped():
    text = (
        "He received [captopril|Therapy]. Prior to [surgery|" + SURGERY + "] there was "
        "[improvement|Outcome] of his ejection fraction."
    )
    assert {name for name, _ in tied(text, "symptom_resolution")} == {"captopril"}


def test_a_general_name_means_the_last_therapy_of_that_name():
    text = (
        "He began [radiotherapy|Therapy:therapy_class]. A [craniotomy|" + SURGERY + "] was done. "
        "This [operation|Therapy =surgery] led to [complete remission|Outcome]. Later he had "
        "[embolisation|Therapy]. After the [operation|Therapy =surgery] he was in "
        "[partial remission|Outcome]."
    )
    assert tied(text, "partial_response") == {("craniotomy", "stated")}


def test_treated_with_and_gone():
    text = (
        "He underwent [bypass grafting|" + SURGERY + "]. Atrial fibrillation was treated with "
        "[amiodarone|Therapy] and soon [resolved|Outcome]."
    )
    assert tied(text, "symptom_resolution") == {("amiodarone", "stated")}


def test_the_setback_that_a_therapy_was_given_for_came_before_it():
    text = (
        "He was given [docetaxel|Therapy] to treat the [recurrence|Outcome =relapse]. He is "
        "[alive|Outcome] after four years."
    )
    assert tied(text, "alive") == {("docetaxel", "inferred")}


def test_an_improvement_after_a_progression_is_of_the_therapy_still():
    text = (
        "He received [cisplatin|Therapy]. CT showed [progression|Outcome] in the bones. Two months "
        "later there was [partial response|Outcome] in the liver."
    )
    assert tied(text, "partial_response") == {("cisplatin", "inferred")}


def test_a_therapy_whose_dose_was_raised_beside_another_shares_the_response():
    text = (
        "She took [prednisone|Therapy]. She was seen in May. [Methotrexate|Therapy] was added and "
        "the dose of [prednisone|Therapy] was raised. There was [progression|Outcome]."
    )
    assert {name.lower() for name, _ in tied(text, "progression")} == {"prednisone", "methotrexate"}


def test_what_only_dates_another_therapy_is_not_what_helped():
    text = (
        f"He had a [gastrectomy|{SURGERY}]. He was seen in May. After [gastrectomy|{SURGERY}] he "
        "received [cisplatin|Therapy]. There was [progression|Outcome]."
    )
    assert tied(text, "progression") == {("cisplatin", "inferred")}


def test_a_bare_name_of_an_operation_steps_back_behind_what_was_done():
    text = (
        f"He underwent [resection|{SURGERY}] and [gastrectomy|{SURGERY}]. He was [alive|Outcome]."
    )
    assert {name for name, _ in tied(text, "alive")} == {"gastrectomy"}


def test_what_a_recurrence_was_the_reason_of_did_not_precede_it():
    text = (
        f"He had a [lobectomy|{SURGERY}]. He was seen in May. He was seen in June. "
        f"He had a [hepatectomy|{SURGERY}] for [recurrence|Outcome =relapse]."
    )
    assert {name for name, _ in tied(text, "relapse")} == {"lobectomy"}


def test_what_a_patient_went_on_with_is_not_what_helped():
    text = (
        "She received [cytarabine|Therapy]. She achieved [remission|Outcome] and continued on "
        "[imatinib|Therapy]."
    )
    assert {name for name, _ in tied(text, "complete_remission")} == {"cytarabine"}


def test_chemotherapy_after_surgery_is_what_shrank_the_tumour():
    text = (
        f"She had received [cisplatin|Therapy] after the [gastrectomy|{SURGERY}], and had "
        "[remission|Outcome]."
    )
    assert {name for name, _ in tied(text, "complete_remission")} == {"cisplatin"}


def test_therapies_told_long_before_are_of_another_treatment():
    text = (
        "He received [penicillin|Therapy]. "
        + "He was seen in the clinic. " * 7
        + "He was given [cisplatin|Therapy] and [died|Outcome =death]."
    )
    assert {name for name, _ in tied(text, "death")} == {"cisplatin"}


def test_what_supports_is_what_helped_where_nothing_else_was_given():
    heparin = "[heparin|Therapy <anticoagulant]"
    text = f"He received {heparin} under [sedation|Therapy]. He was in [remission|Outcome]."
    assert tied(text, "complete_remission") == {("heparin", "inferred")}
    text = f"He had [cisplatin|Therapy]. He received {heparin}. He was in [remission|Outcome]."
    assert tied(text, "complete_remission") == {("cisplatin", "inferred")}


def test_a_dose_between_therapies_does_not_part_them():
    text = (
        "She was seen. [Prednisone|Therapy], at a dose of 1 mg/kg body weight (55 mg daily), and "
        "oral [furosemide|Therapy] resulted in [remission|Outcome]."
    )
    assert {name.lower() for name, _ in tied(text, "complete_remission")} == {
        "prednisone",
        "furosemide",
    }


def test_a_bare_second_operation_means_its_procedures():
    text = (
        f"He had a second [operation|{SURGERY} =surgery] for a [gastrectomy|{SURGERY}]. "
        f"He was in [remission|Outcome] after the [second surgery|{SURGERY} =surgery]."
    )
    assert {name for name, _ in tied(text, "complete_remission")} == {"gastrectomy"}
