"""What a physician would read out of a few sentences, with the pipeline's part given as mark-up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cases import build_case
from tests.cases.markup import annotate


def build(text, **kwargs):
    return build_case(annotate(text, **kwargs))


def told(text, *kinds, **kwargs):
    case = build(text, **kwargs)
    return [(e.name, e.realisation) for e in case.events if e.type in (kinds or ("Exposure",))]


def ties(case, kind):
    by_id = {e.id: e for e in case.events}
    return {
        (by_id[r.source].name, by_id[r.target].name, r.role or r.basis)
        for r in case.relations
        if r.type == kind
    }


class TestExposures:
    def test_named_again_is_one_event_with_two_pieces_of_evidence(self):
        case = build(
            "A 20-year-old man received [CAR-T cells|Therapy]. "
            "Fever arose after [CAR-T cells|Therapy]."
        )
        (event,) = case.events
        assert [e.quote for e in event.evidence] == ["CAR-T cells", "CAR-T cells"]

    def test_a_second_course_is_another_event(self):
        case = build(
            "She received [VILP|Therapy:regimen]. She had a [relapse|Outcome:response]. "
            "Re-induction with [VILP|Therapy:regimen] was given."
        )
        assert [e.name for e in case.events if e.type == "Exposure"] == ["VILP", "VILP"]

    def test_a_therapy_after_a_relapse_is_another_one(self):
        assert told(
            "She received [VIP|Therapy:regimen]. She had a [relapse|Outcome:response]. "
            "She was given [VIP|Therapy:regimen]."
        ) == [("VIP", "given"), ("VIP", "given")]

    def test_words_that_name_no_therapy_refer_back(self):
        case = build(
            "She received [VIP|Therapy:regimen]. After this [treatment|Therapy] she improved."
        )
        assert [e.name for e in case.events] == ["VIP"]
        assert case.dropped == {"refers to a therapy told elsewhere": 1}

    def test_considered_and_then_given_is_one(self):
        assert told(
            "[CAR-T|Therapy considered] was recommended for the patient. "
            "[CAR-T|Therapy given] was infused."
        ) == [("CAR-T", "given")]

    def test_declined_stays_beside_a_later_one(self):
        assert told(
            "The patient refused [allo-HSCT|Therapy declined]. Later she received "
            "[UCBT|Therapy <allo-HSCT]."
        ) == [("allo-HSCT", "declined"), ("UCBT", "given")]

    def test_general_statements_make_none(self):
        case = build(
            "## introduction\n[CAR-T|Therapy] is a promising treatment for patients with leukaemia."
            "\n## case\nA 20-year-old man received [VIP|Therapy]."
        )
        assert [e.name for e in case.events] == ["VIP"]
        assert case.dropped["general statement"] == 1

    def test_allergies_levels_and_susceptibilities_are_no_exposures(self):
        assert (
            told(
                "She was allergic to [penicillin|Therapy]. The [ciclosporin|Therapy] level fell. "
                "The isolate was susceptible to [vancomycin|Therapy]."
            )
            == []
        )

    def test_the_donor_receives_nothing_here(self):
        case = build("She was well. The donor received [G-CSF|Therapy donor].")
        assert case.events == ()
        assert case.dropped == {"of a donor": 1}

    def test_what_was_stopped_had_been_given(self):
        (event,) = build("In the patient [warfarin|Therapy ended] was stopped.").events
        assert (event.realisation, event.polarity) == ("given", "affirmed")


class TestRegimens:
    def test_drugs_in_brackets_are_parts(self):
        case = build(
            "She received [VIP|Therapy:regimen] ([vincristine|Therapy:drug], "
            "[idarubicin|Therapy:drug], and [dexamethasone|Therapy:drug])."
        )
        assert ties(case, "PART_OF") == {
            (drug, "VIP", "component") for drug in ("vincristine", "idarubicin", "dexamethasone")
        }

    def test_a_conditioning_with_doses_serves_the_transplant(self):
        case = build(
            "She underwent [UCBT|Therapy:cell_therapy <haematopoietic_cell_transplantation]. The "
            "[conditioning regimen|Therapy:therapy_class:kg:conditioning =conditioning_regimen "
            "<chemotherapy] included [busulfan|Therapy:drug <chemotherapy] at "
            "[3.2 mg/kg|Dose:3.2:mg:kg] for 4 days, and [fludarabine|Therapy:drug <chemotherapy] "
            "at [30 mg/m2|Dose:30:mg:m2]."
        )
        assert {s for s, _, _ in ties(case, "PART_OF")} == {"busulfan", "fludarabine"}
        assert ("conditioning regimen", "UCBT", "conditioning") in ties(case, "GIVEN_FOR")
        (busulfan,) = [e for e in case.events if e.name == "busulfan"]
        assert [(d.value, d.unit, d.per) for d in busulfan.doses] == [(3.2, "mg", "kg")]

    def test_a_class_gives_way_to_the_regimen_it_heads(self):
        case = build(
            "She received [induction chemotherapy|Therapy:therapy_class <chemotherapy] with "
            "[VIP|Therapy:regimen <chemotherapy]."
        )
        (event,) = case.events
        assert event.name == "VIP"
        assert {e.quote for e in event.evidence} == {"VIP", "induction chemotherapy"}

    def test_other_kinds_of_therapy_are_no_parts_of_chemotherapy(self):
        case = build(
            "She received [chemotherapy|Therapy:therapy_class] with "
            "[radiotherapy|Therapy:therapy_class] and [surgery|Therapy:therapy_class]."
        )
        assert case.relations == ()
        assert len(case.events) == 3

    def test_doses_on_days_that_sum_to_the_total(self):
        case = build(
            "[CAR-T cells|Therapy <cell_therapy] were infused into the patient at "
            "[2.0|Dose:2.0:10*6:kg] ([0.2|Dose:0.2:10*6:kg] at [day 0|Time:day:P0D], "
            "[0.6|Dose:0.6:10*6:kg] at [day 1|Time:day:P1D], [1.2|Dose:1.2:10*6:kg] at "
            "[day 2|Time:day:P2D])."
        )
        whole = next(e for e in case.events if e.text == "CAR-T cells")
        assert [d.value for d in whole.doses] == [2.0]
        parts = [e for e in case.events if e is not whole]
        assert [e.doses[0].value for e in parts] == [0.2, 0.6, 1.2]
        assert parts[0].evidence[0].quote == "0.2 at day 0"
        assert {r.role for r in case.relations if r.type == "PART_OF"} == {"dose"}

    def test_cell_doses_told_after_the_transplant(self):
        case = build(
            "She underwent [UCBT|Therapy <cell_therapy]. The doses of nucleated cells and CD34+ "
            "cells were [3.9|Dose:3.9:10*7:kg nucleated_cells] and "
            "[3.0|Dose:3.0:10*5:kg CD34+_cells]."
        )
        (event,) = case.events
        assert [d.of for d in event.doses] == ["nucleated cells", "CD34+ cells"]


class TestResponses:
    def test_stated_and_inferred_ties(self):
        case = build(
            "She received [VIP|Therapy]. She achieved [CR|Outcome:response]. After "
            "[UCBT|Therapy] she had [engraftment failure|Outcome:response]."
        )
        assert ties(case, "RESPONSE_TO") == {("CR", "VIP", "inferred")}

    def test_a_failed_induction_is_no_response(self):
        case = build("[VIP|Therapy] failed to induce [remission|Outcome:response negated] in her.")
        response = next(e for e in case.events if e.type == "Response")
        assert (response.outcome, response.polarity) == ("no_response", "affirmed")
        assert ties(case, "RESPONSE_TO") == {("no response", "VIP", "stated")}

    def test_mrd_negative_remission_is_two(self):
        case = build("The patient achieved [MRD-negative CR|Outcome:response].")
        assert sorted(e.outcome for e in case.events) == ["complete_remission", "mrd_negative"]
        assert len({e.id for e in case.events}) == 2

    def test_no_tie_over_a_relapse(self):
        case = build(
            "She received [VIP|Therapy]. She had a [relapse|Outcome:response]. "
            "She attained [CR|Outcome:response]."
        )
        assert ties(case, "RESPONSE_TO") == {("relapse", "VIP", "inferred")}

    def test_a_part_answers_for_its_regimen(self):
        case = build(
            "She received [VIP|Therapy:regimen] ([vincristine|Therapy], [idarubicin|Therapy]) "
            "and achieved [CR|Outcome:response]."
        )
        assert {t[1] for t in ties(case, "RESPONSE_TO")} == {"VIP", "vincristine", "idarubicin"}

    def test_both_of_two_joined_therapies(self):
        case = build(
            "The patient has maintained [CR|Outcome:response] for 41 months after "
            "[CAR-T cells|Therapy] followed by [interferon|Therapy]."
        )
        assert {t[1] for t in ties(case, "RESPONSE_TO")} == {"CAR-T cells", "interferon"}

    @pytest.mark.parametrize(
        ("outcome", "kind"),
        [("no relapse", "recurrence_free"), ("died", "death"), ("graft failure", "graft_failure")],
    )
    def test_outcome_types(self, outcome, kind):
        polarity = " negated" if outcome.startswith("no ") else ""
        case = build(f"The patient had [{outcome}|Outcome:response{polarity}].")
        assert [e.outcome for e in case.events] == [kind]


class TestConditions:
    def test_attributed_as_stated(self):
        case = build(
            "She developed [rash|Condition:symptom] due to [allopurinol|Therapy]. "
            "[Methotrexate|Therapy]-induced [mucositis|Condition:symptom] followed in her."
        )
        assert ties(case, "ATTRIBUTED_TO") == {
            ("rash", "allopurinol", "stated"),
            ("mucositis", "Methotrexate", "stated"),
        }

    def test_a_complication_of_its_kind_of_therapy(self):
        case = build(
            "She received [CAR-T|Therapy =CAR-T_cell_therapy <cell_therapy]. She was diagnosed "
            "with [grade 2|Grade:2] [cytokine release syndrome|Condition:adverse_event]. "
            "[Tocilizumab|Therapy] was used for [CRS|Condition:adverse_event "
            "=cytokine_release_syndrome]."
        )
        (event,) = [e for e in case.events if e.type == "AdverseEvent"]
        assert event.grade == "2"
        assert ties(case, "ATTRIBUTED_TO") == {
            ("cytokine release syndrome", "CAR-T cell therapy", "inferred")
        }
        assert ("Tocilizumab", "cytokine release syndrome", "treatment") in ties(case, "GIVEN_FOR")

    def test_absent_under_a_therapy(self):
        case = build(
            "She received [interferon|Therapy]. No [adverse reactions|Condition:adverse_event "
            "negated] were observed during [interferon|Therapy] treatment."
        )
        (event,) = [e for e in case.events if e.type == "AdverseEvent"]
        assert event.polarity == "negated"
        assert ties(case, "ATTRIBUTED_TO") == {("adverse reactions", "interferon", "stated")}

    def test_a_complication_within_days_of_an_operation(self):
        case = build(
            "He underwent [nephrectomy|Therapy <surgery]. On postoperative day 8, the patient "
            "developed an [abscess|Condition:disease]."
        )
        assert ties(case, "ATTRIBUTED_TO") == {("abscess", "nephrectomy", "inferred")}

    def test_a_therapy_given_up_for_what_arose(self):
        case = build(
            "She received [imatinib|Therapy]. She developed [rash|Condition:sign_symptom], leading "
            "to discontinuation of [imatinib|Therapy]."
        )
        assert ties(case, "ATTRIBUTED_TO") == {("rash", "imatinib", "stated")}

    def test_a_complication_without_its_therapy_is_none(self):
        case = build("A 50-year-old man had [neutropenia|Condition:disease] at presentation.")
        assert [e.type for e in case.events] == ["Diagnosis"]

    def test_disease_symptom_and_history(self):
        case = build(
            "A 50-year-old man with a history of [hypertension|Condition:disease history] had "
            "[fever|Condition:symptom] and was diagnosed with [lymphoma|Condition:disease]. "
            "There was no [rash|Condition:symptom negated]."
        )
        assert [(e.type, e.name, e.time, e.polarity) for e in case.events] == [
            ("Diagnosis", "hypertension", "history", "affirmed"),
            ("Finding", "fever", "current", "affirmed"),
            ("Diagnosis", "lymphoma", "current", "affirmed"),
            ("Finding", "rash", "current", "negated"),
        ]

    def test_differential_diagnoses_are_possible_ones(self):
        case = build(
            "In the patient the differential diagnosis included [lymphoma|Condition:disease] and "
            "[sarcoma|Condition:disease]. She was diagnosed with [sarcoma|Condition:disease]."
        )
        assert [(e.name, e.certainty) for e in case.events] == [
            ("lymphoma", "possible"),
            ("sarcoma", "certain"),
        ]

    def test_what_is_to_be_prevented_is_not_there(self):
        case = build("She received [ciclosporin|Therapy] as [GVHD|Condition] prophylaxis.")
        assert [e.name for e in case.events] == ["ciclosporin"]
        assert case.dropped == {"a condition feared": 1}

    def test_what_resolved_was_there_and_is_a_response(self):
        case = build("Her [fever|Condition:symptom ended] resolved.")
        assert [(e.type, e.polarity, e.outcome) for e in case.events] == [
            ("Finding", "affirmed", None),
            ("Response", "affirmed", "symptom_resolution"),
        ]


class TestFindings:
    def test_values(self):
        case = build("In the patient [IL-6|Marker:laboratory] was [363 pg/mL|Value:363:pg/mL].")
        (event,) = case.events
        assert (event.value, event.unit) == (363.0, "pg/mL")
        assert event.evidence[0].quote == "IL-6 was 363 pg/mL"

    def test_a_list_with_one_result(self):
        case = build(
            "The tumour cells of the patient were positive for [CD20|Marker] and [CD79a|Marker] "
            "and negative for [CD3|Marker] and [cytokeratin|Marker]."
        )
        assert [(e.name, e.value_text, e.polarity) for e in case.events] == [
            ("CD20", "positive", "affirmed"),
            ("CD79a", "positive", "affirmed"),
            ("CD3", "negative", "negated"),
            ("cytokeratin", "negative", "negated"),
        ]

    def test_expressing_looks_on(self):
        case = build("In her [blasts|Marker] expressing [CD34|Marker], [CD19|Marker] were seen.")
        assert [(e.name, e.value_text) for e in case.events] == [
            ("CD34", "positive"),
            ("CD19", "positive"),
        ]

    def test_a_normal_range_is_no_result(self):
        case = build("Her [CEA|Marker] was [48 U/ml|Value:48:U/mL] (normal range 0-37 U/ml).")
        assert [(e.value, e.value_text) for e in case.events] == [(48.0, None)]

    def test_a_drug_that_was_measured(self):
        case = build("Her [progesterone|Therapy:drug] was [5 nmol/L|Value:5:nmol/L].")
        assert [(e.type, e.value) for e in case.events] == [("Finding", 5.0)]

    def test_a_marker_without_a_result_is_counted(self):
        case = build("In the patient [CRP|Marker] was monitored.")
        assert case.events == ()
        assert case.dropped == {"a marker named without a result": 1}

    def test_a_pressure_is_two(self):
        case = build(
            "Her [blood pressure|Marker] dropped to [83|Value:83:mmHg]/[58 mmHg|Value:58:mmHg]."
        )
        assert [e.value for e in case.events] == [83.0, 58.0]

    def test_residual_disease_is_a_response_and_a_level(self):
        case = build("In her [MRD|Marker] levels were [0.05%|Value:0.05:%].")
        assert [(e.type, e.outcome, e.value) for e in case.events] == [
            ("Finding", None, 0.05),
            ("Response", "mrd_positive", 0.05),
        ]


class TestTellings:
    TEXT = """## abstract
    We report a 40-year-old woman with leukaemia. She received [chemotherapy|Therapy:therapy_class]
    and achieved [CR|Outcome:response].
    ## case
    A 40-year-old woman was given [VIP|Therapy:regimen <chemotherapy]. She achieved
    [CR|Outcome:response].
    ## discussion
    [VIP|Therapy:regimen <chemotherapy] is the standard in the literature. Our patient had
    [CR|Outcome:response] after [VIP|Therapy:regimen <chemotherapy].
    """

    def test_facts_told_thrice_are_one_event(self):
        case = build(self.TEXT)
        assert [e.name for e in case.events] == ["VIP", "CR"]
        assert len(case.events[0].evidence) == 3
        assert len(case.events[1].evidence) == 3

    def test_the_id_is_of_the_case_section(self):
        case = build(self.TEXT, report="doi:10.1/x")
        event = case.events[0]
        assert event.id == f"doi:10.1/x#exposure-{event.evidence[0].start}-{event.evidence[0].end}"
        assert event.evidence[0].quote == "VIP"

    def test_each_patient_has_their_own(self):
        case = build(
            "Case 1: A 25-year-old man received [VIP|Therapy]. Case 2: A 20-year-old woman "
            "received [FC|Therapy]. Both patients received [antibiotics|Therapy]."
        )
        first, second = (p.id for p in case.patients)
        assert [(e.name, e.patient) for e in case.events] == [
            ("VIP", first),
            ("antibiotics", first),
            ("FC", second),
            ("antibiotics", second),
        ]
        assert len({e.id for e in case.events}) == 4


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "She received [VIP|Therapy:regimen].",
                "She achieved [CR|Outcome:response].",
                "She had a [relapse|Outcome:response].",
                "She refused [HSCT|Therapy declined].",
                "[IL-6|Marker] was [3 pg/mL|Value:3:pg/mL] in her.",
                "No [GVHD|Condition:adverse_event negated] was seen in her.",
                "## discussion\nOur patient had [CR|Outcome:response] after [VIP|Therapy:regimen].",
                "Patients with leukaemia get [VIP|Therapy:regimen].",
            ]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_laws_of_a_case(sentences):
    text = "## case\nA 20-year-old woman was ill. " + "\n".join(sentences)
    case, again = build(text), build(text)
    assert case == again
    document = annotate(text).document.text
    ids = {e.id for e in case.events}
    assert len(ids) == len(case.events)
    for event in case.events:
        assert event.evidence
        assert all(document[e.start : e.end] == e.quote for e in event.evidence)
    for relation in case.relations:
        assert {relation.source, relation.target} <= ids
        assert relation.source != relation.target
