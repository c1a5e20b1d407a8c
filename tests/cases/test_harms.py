"""What makes a condition an adverse event, and which therapy it is put down to."""

import pytest

from kg.cases import build_case
from kg.cases.events.harm_frames import Place, framed
from kg.cases.events.lab_harms import lab_harm
from kg.cases.passages import Passage
from kg.nlp.model import Mention
from tests.cases.markup import annotate


def harms(text):
    """Return the harms of a marked text: name, present or absent, and what is behind each."""
    case = build_case(annotate("A 40-year-old woman was admitted. " + text))
    names = {e.id: e.name for e in case.events}
    return {
        (
            e.name,
            e.polarity,
            tuple(
                names[r.target]
                for r in case.relations
                if r.type == "ATTRIBUTED_TO" and r.source == e.id
            ),
        )
        for e in case.events
        if e.type == "AdverseEvent"
    }


def kinds(text):
    case = build_case(annotate("A 40-year-old woman was admitted. " + text))
    return {e.name: e.type for e in case.events}


CAUSES = [
    "She had [gefitinib|Therapy]-induced [rash|Condition:symptom].",
    "The [rash|Condition:symptom] was thought to be secondary to oral [gefitinib|Therapy].",
    "She developed a [rash|Condition:symptom] three days after starting [gefitinib|Therapy].",
    "A [rash|Condition:symptom] appeared while she was taking [gefitinib|Therapy].",
    "During the second week of [gefitinib|Therapy], she experienced a [rash|Condition:symptom].",
    "[Gefitinib|Therapy:drug:kg:g =gefitinib] was stopped because of a [rash|Condition:symptom].",
    "The [rash|Condition:symptom] led to discontinuation of [gefitinib|Therapy].",
    "The [rash|Condition:symptom] resolved after withdrawal of [gefitinib|Therapy].",
    "The [rash|Condition:symptom] recurred upon rechallenge with [gefitinib|Therapy].",
    "The [rash|Condition:symptom] was considered an adverse effect of [gefitinib|Therapy].",
    "[Gefitinib|Therapy:drug:kg:g =gefitinib] was complicated by a [rash|Condition:symptom].",
]


@pytest.mark.parametrize("text", CAUSES)
def test_the_ways_in_which_a_harm_is_told(text):
    assert harms(text) == {("rash", "affirmed", ("gefitinib",))}


@pytest.mark.parametrize(
    "text",
    [
        "She received [steroids|Therapy] resulting in remission of the [nephritis|Condition].",
        "Her [nephritis|Condition] improved after [steroids|Therapy].",
        "She had [nephritis|Condition] treated with [steroids|Therapy].",
        "[Nephritis|Condition] due to [lupus|Condition] was treated with [steroids|Therapy].",
        "The [nephritis|Condition] persisted despite [steroids|Therapy].",
        "She has [asthma|Condition] since 1995 and is on [steroids|Therapy].",
        "[Relapse of cancer|Condition <neoplasm] appeared after [surgery|Therapy].",
        "She developed [headache|Condition:symptom] nine months after [surgery|Therapy].",
        "She reported [allergy|Condition] to [penicillin|Therapy].",
    ],
)
def test_what_only_stands_beside_a_therapy_is_no_harm_of_it(text):
    assert harms(text) == set()


def test_all_that_a_row_names_are_harms_of_every_therapy_of_its_row():
    assert harms(
        "She developed [fever|Condition:symptom], severe [rash|Condition:symptom] and "
        "[hepatitis|Condition] while receiving [cisplatin|Therapy] and [etoposide|Therapy]."
    ) == {(name, "affirmed", ("cisplatin", "etoposide")) for name in ("fever", "rash", "hepatitis")}


def test_a_name_that_speaks_of_toxicity_needs_no_word_between():
    assert harms("She had [ciclosporin|Therapy] [nephrotoxicity|Condition].") == {
        ("nephrotoxicity", "affirmed", ("ciclosporin",))
    }


def test_what_the_patient_had_before_stands_in_nobodys_way_and_is_no_harm():
    assert harms(
        "We saw [uveitis|Condition] in a woman with [lupus|Condition] receiving [gold|Therapy]."
    ) == {("uveitis", "affirmed", ("gold",))}


def test_what_the_patient_had_may_yet_have_been_caused():
    assert harms("She was a patient with [uveitis|Condition] due to [gold|Therapy].") == {
        ("uveitis", "affirmed", ("gold",))
    }


def test_what_was_stopped_before_it_began_is_no_cause():
    assert kinds("[Rash|Condition] was feared with [gefitinib|Therapy considered].") == {
        "Rash": "Diagnosis",
        "gefitinib": "Exposure",
    }


def test_an_adverse_reaction_that_names_none_is_the_one_told_beside_it():
    assert harms(
        "She received [heparin|Therapy]. She developed a [haematoma|Condition] after "
        "[heparin|Therapy]. We suspected an [adverse reaction|Condition] to [heparin|Therapy]."
    ) == {("haematoma", "affirmed", ("heparin",))}


def test_side_effects_that_are_not_named_are_put_down_to_their_therapy_too():
    assert harms(
        "She had [side effects|Condition =adverse_reaction] from [gefitinib|Therapy]."
    ) == {("adverse reaction", "affirmed", ("gefitinib",))}


def test_de_and_rechallenge_are_the_role_of_the_tie():
    case = build_case(
        annotate(
            "A 40-year-old woman took [gefitinib|Therapy]. The [rash|Condition:symptom] recurred "
            "upon reintroduction of [gefitinib|Therapy]."
        )
    )
    (tie,) = [r for r in case.relations if r.type == "ATTRIBUTED_TO"]
    assert (tie.basis, tie.role) == ("stated", "rechallenge")


class TestAbsent:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("The postoperative course was uneventful.", "complication"),
            ("After an uneventful recovery she went home.", "complication"),
            ("There were no surgical complications.", "complication"),
            ("The operation was well tolerated.", "adverse reaction"),
            ("She tolerated the treatment well.", "adverse reaction"),
            ("No serious toxicity was seen.", "adverse reaction"),
        ],
    )
    def test_a_course_without_harm_is_an_absent_adverse_event(self, text, name):
        told = "[Gastrectomy|Therapy:procedure =gastrectomy <surgery] was done. " + text
        assert harms(told) == {(name, "negated", ("gastrectomy",))}

    def test_complications_are_of_the_operation_and_not_of_what_accompanied_it(self):
        assert harms(
            "She underwent [gastrectomy|Therapy <surgery] and [anastomosis|Therapy <surgery]. "
            "Her postoperative course was uneventful."
        ) == {("complication", "negated", ("gastrectomy",))}

    @pytest.mark.parametrize(
        "text",
        [
            "The [drug|Therapy] was not well tolerated.",
            "Her past course was long.",
        ],
    )
    def test_a_poor_tolerance_is_none(self, text):
        assert harms("[Gastrectomy|Therapy <surgery] was done. " + text) == set()

    def test_before_any_therapy_there_is_none(self):
        assert harms("Her clinical course was uneventful.") == set()


class TestFrames:
    def test_offsets_are_those_of_the_sentence_though_places_are_one_letter(self):
        told = "After İstanbul she took gold, then gold-induced nephrotic syndrome arose."
        places = [
            Place("therapy", told.index("gold-"), told.index("gold-") + 4, (0,)),
            Place("harm", told.index("nephrotic"), told.index(" arose"), (1,)),
        ]
        for frame in framed(told, places):
            assert told[frame.start : frame.end] == frame.text
        assert any(f.text == "gold-induced nephrotic syndrome" for f in framed(told, places))

    def test_no_gap_leaps_over_another_harm_or_a_barrier(self):
        told = "rash, which improved, due to x"
        assert not list(framed(told, [Place("harm", 0, 4, (0,)), Place("therapy", 29, 30, (1,))]))


class TestToldInTheNextSentence:
    @pytest.mark.parametrize(
        "sequel",
        [
            "[Gefitinib|Therapy =gefitinib] was stopped.",
            "[Gefitinib|Therapy =gefitinib considered] was considered the cause.",
            "This was attributed to [gefitinib|Therapy].",
        ],
    )
    def test_the_therapy_of_the_sentence_before(self, sequel):
        told = "She took [gefitinib|Therapy]. She developed a [rash|Condition:symptom]. " + sequel
        assert harms(told) == {("rash", "affirmed", ("gefitinib",))}

    @pytest.mark.parametrize(
        "sequel",
        [
            "[Steroids|Therapy] were stopped after ten days.",
            "[Gefitinib|Therapy =gefitinib] was stopped due to [fever|Condition:symptom].",
            "[Gefitinib|Therapy =gefitinib] was continued.",
        ],
    )
    def test_what_was_given_for_it_or_stopped_for_another(self, sequel):
        told = "She took [gefitinib|Therapy]. She developed a [rash|Condition:symptom]. " + sequel
        assert "rash" not in {name for name, *_ in harms(told)}

    def test_what_the_patient_came_with_did_not_arise(self):
        told = "She took [gefitinib|Therapy]. She had [asthma|Condition]. "
        assert harms(told + "[Gefitinib|Therapy =gefitinib] was stopped.") == set()


class TestChangedValues:
    """A fall or rise of a value is a harm where a therapy is said to be behind it."""

    def test_a_fall_for_which_a_therapy_was_stopped_has_the_name_of_the_fall(self):
        told = (
            "[Gefitinib|Therapy:drug:kg:g =gefitinib] was stopped because of a decrease in "
            "[haemoglobin|Marker] levels and [platelet count|Marker]."
        )
        assert harms(told) == {
            ("anaemia", "affirmed", ("gefitinib",)),
            ("thrombocytopenia", "affirmed", ("gefitinib",)),
        }

    def test_a_rise_told_after_the_marker(self):
        told = (
            "She took [gefitinib|Therapy]. [Creatinine|Marker =creatinine] levels increased during "
            "[gefitinib|Therapy]."
        )
        assert ("acute kidney injury", "affirmed", ("gefitinib",)) in harms(told)

    def test_a_value_that_no_therapy_stands_behind_is_no_harm(self):
        told = "She took [gefitinib|Therapy]. There was a decrease in [haemoglobin|Marker] levels."
        assert harms(told) == set()

    def test_a_change_without_a_name_is_no_harm(self):
        told = "[Gefitinib|Therapy] was stopped because of a rise in [haemoglobin|Marker]."
        assert harms(told) == set()


def test_what_arose_in_a_cycle_is_of_what_is_given_in_cycles():
    assert harms(
        "She received [cisplatin|Therapy <chemotherapy] and [vitamin|Therapy]. After the third "
        "cycle she developed [tinnitus|Condition:symptom]."
    ) == {("tinnitus", "affirmed", ("cisplatin",))}


def test_what_was_given_in_one_row_shares_a_harm_that_names_none_of_it():
    assert harms(
        "She received [cisplatin|Therapy <chemotherapy] and [etoposide|Therapy <chemotherapy]. "
        "Side effects were [nausea|Condition:symptom]."
    ) == {("nausea", "affirmed", ("etoposide", "cisplatin"))}


def test_a_changed_value_is_read_in_time_however_its_words_end():
    """Words that could be cut in every way before a bracket kept the search for hours."""
    words = "reduced haemoglobin-concentration measured repeatedly-and-thoroughly again ("
    text = f"{words} platelets"
    mention = Mention(len(words) + 1, len(text), "platelets", "Marker", "test", name="platelets")
    assert lab_harm(Passage(0, 0, len(text), text, 0, "case", "", ()), mention) is None


def of_report(text):
    """Return the stated ties of a report of sections: harm and therapy."""
    case = build_case(annotate(text))
    names = {e.id: e.name for e in case.events}
    return {
        (names[r.source], names[r.target])
        for r in case.relations
        if r.type == "ATTRIBUTED_TO" and r.basis == "stated"
    }


TITLED = """## title: t
Seizures after [bupropion|Therapy]: [seizure|Condition:symptom] due to [bupropion|Therapy]
## case: Case
A 40-year-old woman took [bupropion|Therapy]. On day 3 a [{harm}|Condition:symptom{above}] was seen.
"""


class TestBlamedElsewhere:
    def test_a_title_settles_what_a_condition_of_the_case_is(self):
        assert of_report(TITLED.format(harm="seizure", above="")) == {("seizure", "bupropion")}

    def test_also_where_the_case_names_it_more_exactly(self):
        told = of_report(TITLED.format(harm="absence", above=" <seizure"))
        assert told == {("absence", "bupropion")}

    def test_not_of_another_condition(self):
        assert of_report(TITLED.format(harm="cough", above="")) == set()

    def test_a_lesson_of_the_case_settles_it_too(self):
        assert of_report(
            """## case: Case
            A 40-year-old woman took [gold|Therapy]. She had [dysphonia|Condition:symptom].
            ## discussion: Discussion
            To our knowledge, this is the first case of [gold|Therapy]-induced
            [dysphonia|Condition:symptom].
            """
        ) == {("dysphonia", "gold")}

    def test_a_case_of_others_does_not(self):
        assert (
            of_report(
                """## case: Case
                A 40-year-old woman took [gold|Therapy]. She had [dysphonia|Condition:symptom].
                ## discussion: Discussion
                Smith et al. reported [gold|Therapy]-induced [dysphonia|Condition:symptom].
                """
            )
            == set()
        )


@pytest.mark.parametrize(
    "text",
    [
        "Despite [antibiotics|Therapy], she developed [acidosis|Condition].",
        "Despite empirical [antibiotics|Therapy] leading to relief she developed "
        "[acidosis|Condition].",
        "She had [acidosis|Condition] for years when she was treated with [gold|Therapy].",
        "She had [peritonitis|Condition] as a result of a perforation, so we performed a "
        "[laparotomy|Therapy].",
        "Remission of the [psoriasis|Condition] after [gold|Therapy] lasted.",
        "Her [cirrhosis|Condition] was complicated by [ascites|Condition].",
        "She had been treated with [gold|Therapy]. The pregnancy was complicated by "
        "[acidosis|Condition].",
    ],
)
def test_what_a_therapy_did_not_help_or_came_of_a_disease_is_no_harm(text):
    assert harms(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "She had a [rash|Condition:symptom] after the oral administration of [gold|Therapy].",
        "On the 10th day of [gold|Therapy] treatment she exhibited a [rash|Condition:symptom].",
        "She took [gold|Therapy] for years, developed a [rash|Condition:symptom] and was admitted.",
        "A persistent [rash|Condition:symptom] precluded more of the [gold|Therapy].",
        "Cessation of [gold|Therapy] finally resolved the [rash|Condition:symptom].",
        "Her [rash|Condition:symptom] cleared after [gold|Therapy] withdrawal.",
        "She was treated with [gold|Therapy] because of [arthritis|Condition] and developed a "
        "[rash|Condition:symptom].",
    ],
)
def test_more_ways_in_which_a_harm_is_told(text):
    assert harms(text) == {("rash", "affirmed", ("gold",))}


def test_the_short_name_of_a_harm_and_of_a_therapy_stand_in_nobodys_way():
    assert harms(
        "She was given [sodium valproate|Therapy:drug:kg:v =valproate] "
        "([VPA|Therapy:drug:kg:v =valproate]) and developed the "
        "[syndrome|Condition:disease:kg:s =SIADH] ([SIADH|Condition:disease:kg:s =SIADH])."
    ) == {("SIADH", "affirmed", ("valproate",))}


def test_a_harm_of_the_treatment_that_led_to_less_of_it_is_of_the_last_therapy():
    assert harms(
        "She received [gold|Therapy]. The treatment was interrupted because of severe "
        "[nausea|Condition:symptom]."
    ) == {("nausea", "affirmed", ("gold",))}


def test_no_complication_is_of_all_that_was_done_in_one_operation():
    assert harms(
        "We did a [pancreatectomy|Therapy:procedure <surgery]. A "
        "[splenectomy|Therapy:procedure <surgery] was added. The postoperative course was "
        "uneventful."
    ) == {("complication", "negated", ("splenectomy", "pancreatectomy"))}


def test_a_harm_of_a_regimen_is_one_of_its_drugs():
    assert harms(
        "She received [FOLFOX|Therapy:regimen] ([oxaliplatin|Therapy], [fluorouracil|Therapy]) and "
        "developed [neuropathy|Condition:symptom] during [FOLFOX|Therapy:regimen]."
    ) == {("neuropathy", "affirmed", ("FOLFOX", "oxaliplatin", "fluorouracil"))}


def test_a_risk_of_complications_is_no_complication():
    assert (
        harms(
            "She had [surgery|Therapy]. No stent was chosen for the risk of complications in her "
            "[portal hypertension|Condition]."
        )
        == set()
    )


class TestAfterAnOperation:
    def test_what_operations_lead_to_needs_no_word_that_says_it_arose(self):
        assert harms(
            "We did a [colectomy|Therapy:procedure <surgery]. On postoperative day 3, CT showed an "
            "[abscess|Condition]."
        ) == {("abscess", "affirmed", ("colectomy",))}

    def test_it_may_be_told_in_the_sentence_after(self):
        assert harms(
            "We did a [colectomy|Therapy:procedure <surgery]. On postoperative day 3 she developed "
            "[fever|Condition:symptom]. CT revealed an [abscess|Condition]."
        ) == {(name, "affirmed", ("colectomy",)) for name in ("abscess", "fever")}

    def test_what_the_pathologist_sees_is_none(self):
        assert (
            harms(
                "We did a [colectomy|Therapy:procedure <surgery]. Postoperative histology showed "
                "[haemorrhage|Condition] in the tumour."
            )
            == set()
        )


def test_a_symptom_before_a_therapy_is_not_the_one_that_it_brought():
    case = build_case(
        annotate(
            "A 40-year-old woman had [fever|Condition:symptom]. She received [gold|Therapy]. "
            "During [gold|Therapy] she developed a [fever|Condition:symptom]."
        )
    )
    assert [e.type for e in case.events if e.name == "fever"] == ["Finding", "AdverseEvent"]


@pytest.mark.parametrize(
    "text",
    [
        "There were no intraoperative or postoperative complications.",
        "Complications were not observed.",
        "The procedure was completed without any problems.",
    ],
)
def test_more_ways_to_say_that_nothing_went_wrong(text):
    told = harms("We did a [colectomy|Therapy:procedure <surgery]. " + text)
    assert told == {("complication", "negated", ("colectomy",))}


def test_what_arose_during_the_therapy_is_of_the_last_one():
    assert harms(
        "She received [gold|Therapy]. She developed [nephritis|Condition] during the therapy."
    ) == {("nephritis", "affirmed", ("gold",))}
