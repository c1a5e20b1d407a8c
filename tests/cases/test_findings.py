"""Results in numbers and in words: of what they are, how they are told, and what is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.cases import build_case
from tests.cases.markup import annotate


def findings(text):
    case = build_case(annotate("A 40-year-old man was seen. " + text))
    return {
        e.name.lower(): (e.value, e.value_text, e.polarity)
        for e in case.events
        if e.type == "Finding" and (e.value is not None or e.value_text is not None)
    }


POSITIVE = (None, "positive", "affirmed")
NEGATIVE = (None, "negative", "negated")


class TestSizes:
    def test_a_length_is_the_size_of_a_tumour_and_no_value(self):
        case = build_case(
            annotate("A 40-year-old man had a [mass|Condition:sign] of [3 cm|Value:3:cm].")
        )
        (event,) = case.events
        assert (event.size_mm, event.value, event.unit) == (30.0, None, None)

    def test_two_sizes_are_two_masses(self):
        case = build_case(
            annotate(
                "A 40-year-old man had a [nodule|Condition:sign] of [3 cm|Value:3:cm] in one "
                "breast. A [nodule|Condition:sign] of [9 mm|Value:9:mm] lay in the other."
            )
        )
        assert [e.size_mm for e in case.events] == [30.0, 9.0]


class TestConditions:
    def test_a_number_beside_a_condition_is_of_what_was_measured(self):
        found = findings(
            "He had [hypokalaemia|Condition:disease] of [2.9 mmol/L|Value:2.9:mmol/L]."
        )
        assert found == {"potassium": (2.9, None, "affirmed")}

    def test_fever_keeps_its_degrees(self):
        found = findings("He had [fever|Condition:symptom] of [39 °C|Value:39:Cel].")
        assert found == {"fever": (39.0, None, "affirmed")}

    def test_an_adjective_is_no_value_of_a_lesion(self):
        assert findings("The [lesion|Condition:sign] was [hypoechoic|Value::].") == {}


class TestLists:
    def test_one_result_is_of_the_whole_list(self):
        found = findings(
            "The cells were positive for [CD20|Marker:antigen], [CD79a|Marker:antigen] and "
            "[BCL2|Marker:antigen]; negative for [CD3|Marker:antigen]."
        )
        assert found == {
            "cd20": POSITIVE,
            "cd79a": POSITIVE,
            "bcl2": POSITIVE,
            "cd3": NEGATIVE,
        }

    def test_a_word_for_markers_and_an_unknown_name_do_not_break_a_list(self):
        found = findings(
            "It was positive for [CD99|Marker:antigen], as well as the neuroendocrine markers, "
            "[CD56|Marker:antigen], Zyx-5, and [synaptophysin|Marker:antigen]."
        )
        assert found == dict.fromkeys(("cd99", "cd56", "synaptophysin"), POSITIVE)

    def test_the_evidence_holds_no_other_marker(self):
        case = build_case(
            annotate(
                "A 40-year-old man was seen. The cells were positive for [CD20|Marker:antigen] "
                "and [CD79a|Marker:antigen]."
            )
        )
        quotes = {e.name: [x.quote for x in e.evidence] for e in case.events}
        assert quotes == {
            "CD20": ["positive for CD20"],
            "CD79a": ["CD79a", "positive"],
        }

    def test_respectively_pairs_markers_and_numbers(self):
        found = findings(
            "[Haemoglobin|Marker:laboratory] and [platelets|Marker:laboratory] fell to "
            "[82 g/L|Value:82:g/L] and [102 G/L|Value:102:10*9/L], respectively."
        )
        assert found == {
            "haemoglobin": (82.0, None, "affirmed"),
            "platelets": (102.0, None, "affirmed"),
        }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Focal reactivity was seen with [EMA|Marker:antigen].", {"ema": POSITIVE}),
        (
            "Analysis revealed an [EGFR mutation|Marker:mutation].",
            {"egfr mutation": (None, "present", "affirmed")},
        ),
        ("He was tested for an [EGFR mutation|Marker:mutation].", {}),
        ("The [EGFR mutation|Marker:mutation] analysis was begun.", {}),
        ("Serum electrolytes ([Na|Marker:laboratory]+, K+) were sent.", {}),
        (
            "[CEA|Marker:tumour_marker] was abnormal.",
            {"cea": (None, "abnormal", "affirmed")},
        ),
        ("[Surgical margins|Marker:pathology] were negative.", {}),
        ("[Echocardiography|Marker:imaging] and an [ECG|Marker:imaging] were normal.", {}),
        ("[Cytology|Marker:pathology] was positive.", {"cytology": POSITIVE}),
    ],
)
def test_results_in_words(sentence, expected):
    assert findings(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "[CEA|Marker:tumour_marker] was [not significantly elevated|Value::].",
            (None, "not significantly elevated", "affirmed"),
        ),
        (
            "[CEA|Marker:tumour_marker] was [not detected|Value::].",
            (None, "not detected", "negated"),
        ),
        ("[CEA|Marker:tumour_marker] was [< 1,2 ng/mL|Value::].", (1.2, None, "affirmed")),
        ("[CEA|Marker:tumour_marker] was [warm|Value::].", None),
    ],
)
def test_results_that_were_read_as_such(sentence, expected):
    assert findings(sentence).get("cea") == expected


def test_a_number_that_is_part_of_a_name_is_no_value():
    assert findings("It was positive for [CK|Marker:antigen] [7|Value:7:].") == {
        "cytokeratin 7": POSITIVE
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Tests for [HIV|Condition:disease negated] and [hepatitis C|Condition:disease negated] "
            "were negative.",
            {"hiv": NEGATIVE, "hepatitis c": NEGATIVE},
        ),
        ("The PCR was positive for [CMV|Condition:disease].", {"cmv": POSITIVE}),
        ("He had no history of [hepatitis B|Condition:disease negated].", {}),
        ("He had [tuberculosis|Condition:disease] of the lung.", {}),
        ("The margins were negative for [carcinoma|Condition:disease negated].", {}),
    ],
)
def test_organisms_tested_for(sentence, expected):
    assert findings(sentence) == expected


def test_a_positive_test_leaves_the_infection():
    case = build_case(
        annotate("A 40-year-old man was seen. The PCR was positive for [CMV|Condition:disease].")
    )
    assert sorted(e.type for e in case.events) == ["Diagnosis", "Finding"]


TABLE = (
    "## case\nA 40-year-old man was seen.\n## table: Table 1\n"
    "Variable¦{head}. "
    "[Hemoglobin|Marker:laboratory] (g/dl)¦10.8¦12.0–15.5. "
    "[Platelets|Marker:laboratory] (×109/L)¦145¦130–400. "
    "[Ferritin|Marker:laboratory] (ng/ml)¦> 1,200¦30–300. "
    "Colour¦yellow¦. "
)


def case_of(text):
    annotation = annotate(text)
    document = annotation.document
    tabbed = replace(document, text=document.text.replace("¦", "\t"))
    return build_case(replace(annotation, document=tabbed))


def rows_of(text):
    return {
        e.name: (e.value, e.comparator, e.unit) for e in case_of(text).events if e.type == "Finding"
    }


class TestTables:
    def test_a_table_of_laboratory_results_is_read(self):
        assert rows_of(TABLE.format(head="Value¦Reference range")) == {
            "Hemoglobin": (10.8, None, "g/dL"),
            "Platelets": (145.0, None, "10*9/L"),
            "Ferritin": (1200.0, ">", "ng/mL"),
        }

    def test_two_columns_of_results_are_two_findings_each(self):
        text = TABLE.format(head="Day 1¦Day 9").replace("12.0–15.5.", "9.1.")
        values = [e.value for e in case_of(text).events if e.name == "Hemoglobin"]
        assert values == [10.8, 9.1]

    def test_a_table_of_patients_or_of_two_rows_is_left_alone(self):
        text = TABLE.format(head="Number of patients¦Reference range")
        assert rows_of(text) == {}
        assert rows_of(text.replace("Number of patients", "Value").split("[Ferritin")[0]) == {}


def test_a_denial_is_of_the_whole_list():
    annotation = annotate(
        "A 40-year-old man was seen. No variants were detected in [MLH1|Marker:gene negated], "
        "[MSH2|Marker:gene] and [MSH6|Marker:gene]."
    )
    start = annotation.document.text.index("No")
    first, *others = annotation.mentions
    denied = replace(first, cue="No", cue_start=start, cue_end=start + 2)
    case = build_case(replace(annotation, mentions=(denied, *others)))
    assert [(e.name, e.value_text, e.polarity) for e in case.events] == [
        ("MLH1", "negative", "negated"),
        ("MSH2", "negative", "negated"),
        ("MSH6", "negative", "negated"),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The [tumour size|Marker:measure] was [10|Value:10:cm] × [9 cm|Value:9:cm].",
            (10.0, None, "affirmed"),
        ),
        ("The [probe|Marker:measure] worked at [8 MHz|Value:8:MHz].", None),
    ],
)
def test_one_number_of_two_dimensions_and_none_of_a_device(sentence, expected):
    assert next(iter(findings(sentence).values()), None) == expected


def test_a_short_name_in_brackets_is_no_second_finding():
    case = build_case(
        annotate(
            "A 40-year-old man was seen. [Antigen|Marker:tumour_marker:kg:cea] "
            "([CEA|Marker:tumour_marker:kg:cea]) was normal ([1.2 ng/mL|Value:1.2:ng/mL])."
        )
    )
    assert [(e.text, e.value, e.value_text) for e in case.events] == [("Antigen", 1.2, None)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("[Gleason score|Marker:score] [3|Value:3:]+[4|Value:4:] was told.", 7.0),
        ("A [Gleason score|Marker:score] of [8|Value:8:] (4+4) was told.", 8.0),
        ("It was [Gleason|Marker:score] [6|Value:6:].", 6.0),
    ],
)
def test_a_gleason_score_is_the_sum(words, value):
    assert [found[0] for found in findings(words).values()] == [value]


def test_the_number_of_another_name_is_no_value():
    assert findings("[BCL2|Marker:antigen] and membrane protein [1|Value:1:] were sent.") == {}


def test_mitoses_are_counted_in_ten_fields():
    case = build_case(
        annotate(
            "A 40-year-old man was seen. The [mitotic count|Marker:score] was more than "
            "20 mitoses per [10|Value:10:] high power fields."
        )
    )
    (event,) = case.events
    assert (event.comparator, event.value, event.unit) == (">", 20.0, "/(10.[HPF])")


def test_a_height_is_not_in_kilograms():
    height = "mesh:D001827"
    found = findings(
        f"She weighed [47 kg|Value:47:kg], her [height|Marker:vital_sign:{height}] was "
        "[150 cm|Value:150:cm] or [47 kg|Value:47:kg]."
    )
    assert found == {"height": (150.0, None, "affirmed")}


def test_a_test_that_something_was_found_by_is_no_finding():
    assert findings("The transcript was [detected|Value::] by [PCR|Marker:genetic_test].") == {}


class TestListsAndTheirWords:
    def test_an_ellipsis_joins_a_second_list(self):
        found = findings(
            "[CEA|Marker:tumour_marker] was within normal limits, as were "
            "[AFP|Marker:tumour_marker] and [PSA|Marker:tumour_marker]."
        )
        assert {name: words for name, (_, words, _) in found.items()} == dict.fromkeys(
            ("cea", "afp", "psa"), "within normal limits"
        )

    def test_a_bracket_does_not_part_a_list_from_its_result(self):
        found = findings(
            "[WBC|Marker:laboratory], and [IgE|Marker:laboratory] ([39 IU/mL|Value:39:IU/mL], "
            "normal < 100) were raised."
        )
        assert found["wbc"] == (None, "raised", "affirmed")

    def test_a_stain_shows_what_it_lists(self):
        found = findings(
            "[Immunohistochemistry|Marker:pathology] revealed [CK20|Marker:antigen] and "
            "[CDX2|Marker:antigen], but not [CK7|Marker:antigen negated]."
        )
        assert found == {"ck20": POSITIVE, "cdx2": POSITIVE, "ck7": NEGATIVE}

    def test_a_word_bound_to_another_marker_or_noun_is_none(self):
        assert findings("[TMB|Marker:tumour_marker]-high, and [MYC|Marker:gene] was sought.") == {
            "tmb": (None, "high", "affirmed")
        }
        assert findings("High-resolution CT and [lavage|Marker:laboratory] were done.") == {}

    def test_the_own_result_outweighs_the_denial_of_another(self):
        text = "[Troponin|Marker:laboratory negated] was negative and [CRP|Marker:laboratory] was "
        found = findings(text + "[elevated|Value::].")
        assert found["crp"] == (None, "elevated", "affirmed")

    def test_members_speak_for_their_panel(self):
        found = findings(
            "[Autoimmune markers|Marker:immunology], including [ANA|Marker:immunology] and "
            "[ANCA|Marker:immunology], were negative."
        )
        assert found == {"ana": NEGATIVE, "anca": NEGATIVE}


class TestGenesAndStatuses:
    def test_genes_found_unchanged_are_wild_type(self):
        found = findings("[KRAS|Marker:gene] and [BRAF|Marker:gene] were wild type.")
        assert found["braf"] == (None, "wild type", "affirmed")

    def test_a_mutation_may_be_told_of_an_exon(self):
        found = findings("Sequencing revealed a mutation in exon 9 of [KIT|Marker:gene].")
        assert found == {"kit": POSITIVE}

    def test_a_karyotype_is_a_result(self):
        found = findings("Analysis showed [46,XX,del(5q)|Marker:karyotype].")
        assert found == {"46,xx,del(5q)": (None, "present", "affirmed")}


class TestOrganisms:
    @pytest.mark.parametrize(
        "sentence",
        [
            "Blood cultures grew [Escherichia coli|Condition:disease].",
            "[Escherichia coli|Condition:disease] was isolated from the wound.",
            "A swab was positive for [Escherichia coli|Condition:disease].",
        ],
    )
    def test_what_a_culture_grew_is_positive(self, sentence):
        assert findings(sentence) == {"escherichia coli": POSITIVE}

    def test_a_sterile_culture_is_negative(self):
        found = findings("The [blood culture|Marker:laboratory_test] showed no growth.")
        assert found == {"blood culture": (None, "negative", "negated")}


class TestNoMarkers:
    @pytest.mark.parametrize(
        "sentence",
        [
            "He received two units of [red cells|Marker:laboratory] [2 U|Value:2:U].",
            "[Cholesterol|Marker:laboratory] clefts were present.",
            "[Ultrasound|Marker:imaging] was negative for stones.",
            "Some recovery of [renal function|Marker:laboratory negated] did not occur.",
        ],
    )
    def test_what_is_no_result_of_a_marker(self, sentence):
        assert findings(sentence) == {}
