"""The senses of symbols, chosen by what stands around them."""

import pytest

from kg import terms
from kg.documents import read
from kg.nlp import annotate, load_pipeline
from kg.nlp.linking.spelling import meant


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def names(nlp, text):
    [document] = read(text.encode(), plain=True)
    return {m.text: m.name for m in annotate(nlp, document).mentions if m.concept}


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("She achieved CR after induction for leukaemia.", "CR", "complete remission"),
        ("CT showed PR after two cycles of chemotherapy.", "PR", "partial response"),
        ("BP 120/80 mmHg, PR 88/min, temperature 37 °C.", "PR", "heart rate"),
        ("The breast cancer was ER and PR positive.", "PR", "progesterone receptor"),
        ("RA was treated with methotrexate.", "RA", "rheumatoid arthritis"),
        ("NK cells were CD16+ CD56+.", "CD16", "FCGR3A"),
    ],
)
def test_a_symbol_by_its_context(nlp, text, surface, name):
    assert names(nlp, text)[surface] in (name, surface)
    assert surface in names(nlp, text)


@pytest.mark.parametrize("text", ["The saturation was 90% on RA.", "The CR was filed."])
def test_without_support_a_symbol_stays_unread(nlp, text):
    [document] = read(text.encode(), plain=True)
    found = annotate(nlp, document).mentions
    assert not [m for m in found if m.text in ("RA", "CR") and m.grounded]


def test_the_article_says_what_a_short_form_means(nlp):
    found = names(nlp, "Total bilirubin (TB) was high. TB fell to 2.0 mg/dL.")
    assert found["TB"] == "bilirubin"


def test_a_regimen_is_told_by_its_drugs(nlp):
    [document] = read(b"He received XYZQ (melphalan and carmustine), then XYZQ again.", plain=True)
    regimens = [m for m in annotate(nlp, document).mentions if m.text == "XYZQ"]
    assert [(m.kind, m.concept, m.grounded) for m in regimens] == [
        ("Therapy", "text:therapy/xyzq", False)
    ] * 2


def test_a_level_is_no_use_of_the_substance(nlp):
    [document] = read(b"Testosterone was 3 ng/mL. He was given testosterone.", plain=True)
    mentions = annotate(nlp, document).mentions
    assert [m.start for m in mentions if m.realisation == "given"] == [39]


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("An anti-HIV test was negative.", "anti-HIV test", "HIV antibody"),
        (
            "Immunohistochemical evaluation was done.",
            "Immunohistochemical evaluation",
            "immunohistochemistry",
        ),
    ],
)
def test_the_whole_phrase_names_before_its_head(nlp, text, surface, name):
    assert names(nlp, text).get(surface, name) == name
    assert "diagnostic evaluation" not in names(nlp, text).values()
    assert "physical examination" not in names(nlp, text).values()


def test_an_obstetric_formula_is_no_gene(nlp):
    found = names(nlp, "A 31-year-old woman, G1P1, had a headache for two weeks.")
    assert "ADAR" not in found.values()


@pytest.mark.parametrize(
    ("word", "name"),
    [("doxorubicine", "doxorubicin"), ("laparatomy", "laparotomy"), ("vincristin", "vincristine")],
)
def test_a_word_one_letter_away_misspells_a_name(word, name):
    assert terms.load().concept(meant(word, "Therapy")).name == name


def test_a_misspelled_therapy_is_the_one_it_is_spelled_like(nlp):
    text = b"He was treated with cyclophosphamide 750 mg/m2 and doxorubicine 50 mg/m2."
    [document] = read(text, plain=True)
    found = {m.text: (m.name, m.reason) for m in annotate(nlp, document).mentions}
    assert found["doxorubicine"] == ("doxorubicin", "spelled like “doxorubicin”")


def test_a_short_or_unknown_word_is_left_as_it_is():
    assert meant("medications", "Therapy") is None
    assert meant("cita", "Therapy") is None


def test_accreditation_and_method_are_no_markers(nlp):
    text = "The slides were read in a CAP-accredited, CLIA-certified laboratory."
    assert not {"CAP", "CLIA"} & set(names(nlp, text))
