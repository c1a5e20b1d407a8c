"""What is dropped at linking: sentences of our own, by kind of error."""

from __future__ import annotations

import pytest

from kg.documents import read
from kg.nlp import annotate, load_pipeline
from tools.evaluate.bc5cdr import Record


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def _found(nlp, text: str, kind: str) -> dict[str, str]:
    [document] = read(text.encode(), plain=True)
    return {m.text: m.label for m in annotate(nlp, document).mentions if m.kind == kind}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He developed rapidly progressive paraparesis.", "progressive"),
        ("An asymptomatic woman was referred because of a renal mass.", "asymptomatic"),
        ("She presented with worsening abdominal pain.", "worsening"),
        ("He was admitted for recurrent fever.", "recurrent"),
        ("Expression of programmed cell death-ligand 1 was 50%.", "death"),
        ("The drug was tolerated as well as placebo.", "well"),
        ("MRI showed a well-circumscribed renal mass.", "well"),
        ("Ultrasound of the deceased donor was normal.", "deceased"),
        ("She has four children alive.", "alive"),
        ("CT showed a persistent abscess of the liver.", "persistent"),
        ("Grossly it was a well circumscribed lesion.", "well"),
        ("She tolerated the procedure well.", "well"),
        ("The resection margins were free of tumour.", "free of tumour"),
        ("The pain was exacerbated by deep breathing.", "exacerbated"),
        ("His tendon reflexes had disappeared.", "disappeared"),
        ("She is the child of healthy parents.", "healthy"),
        ("The severity was mild (normalized score 3.1).", "normalized"),
        ("The antibiotic treatments were ceased.", "ceased"),
        ("All lymph nodes were free of tumour.", "free of tumour"),
        ("In response, a second drug was added.", "response"),
        ("Few drugs help in the relapsed setting.", "relapsed"),
    ],
)
def test_an_adjective_of_a_sign_is_no_outcome(nlp, text, word):
    assert word not in _found(nlp, text, "Outcome")


def test_a_recurrent_tumour_is_a_relapse(nlp):
    assert "recurrent" in _found(
        nlp, "After chemotherapy imaging showed recurrent lymphoma.", "Outcome"
    )


def test_drugs_joined_are_taken_one_by_one(nlp):
    text = "He received oxaliplatin-irinotecan therapy and rosuvastatin/ezetimibe."
    assert {"oxaliplatin", "irinotecan", "rosuvastatin", "ezetimibe"} <= set(
        _found(nlp, text, "Therapy")
    )


def test_leaving_the_hospital_is_no_discharge(nlp):
    assert "discharge" not in _found(nlp, "One year after discharge he was well.", "Condition")


def test_an_outcome_that_stands_alone_stays(nlp):
    assert "worsened" in _found(nlp, "Despite prednisone his symptoms worsened.", "Outcome")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The tumour contained abundant mucin and keratin.", "mucin"),
        ("The timeline of the case is shown in Figure 2.", "timeline"),
        ("The lesion was bright on proton density images.", "proton"),
    ],
)
def test_a_substance_nobody_took_is_no_therapy(nlp, text, word):
    assert word not in _found(nlp, text, "Therapy")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The tumour cells were estrogen-positive.", "estrogen"),
        ("It was a progesterone and estrogen receptor positive tumour.", "progesterone"),
        ("An octreotide scan was normal.", "octreotide"),
        ("An insulin-producing tumour of the pancreas was found.", "insulin"),
        ("He was seen in the department of surgery.", "surgery"),
        ("She was brought to the operation theatre.", "operation"),
        ("The trial compared it with placebo.", "placebo"),
        ("He was seen by the radiation oncology team.", "radiation"),
        ("Islet antibodies and anti-insulin were negative.", "insulin"),
        ("It was given for its antioxidant properties.", "antioxidant"),
        ("She was referred to the neurosurgery unit.", "neurosurgery"),
        ("Folic acid deficiency was excluded.", "folic acid"),
        ("Urine norepinephrine was 468 μg (normal range: 23-105).", "norepinephrine"),
        (
            "It was confirmed by immunohistochemistry using monoclonal antibodies.",
            "monoclonal antibodies",
        ),
        ("She had adenocarcinoma of stage IA and was observed.", "ia"),
        ("The timeline of the patient is shown in the figure.", "timeline"),
        ("Amylase and pancreatic enzymes were normal.", "pancreatic enzymes"),
    ],
)
def test_what_is_only_named_by_a_therapy_is_none(nlp, text, word):
    assert word not in {words.lower() for words in _found(nlp, text, "Therapy")}


def test_an_abstract_takes_classes_of_drugs_only_where_they_are_used(nlp):
    record = Record("1", "Sedation in dementia: an opinion", "The boy received sedation daily.")
    found = [m.start for m in annotate(nlp, record.document()).mentions if m.kind == "Therapy"]
    assert found == [record.document().text.index("sedation")]


def test_a_drug_before_its_class_or_salt_is_what_is_named(nlp):
    [document] = read(b"He received etoposide chemotherapy and caspofungin acetate.", plain=True)
    names = {m.name for m in annotate(nlp, document).mentions if m.kind == "Therapy"}
    assert names == {"etoposide", "caspofungin"}


def test_an_improvement_is_an_outcome_and_no_value(nlp):
    text = "Her condition improved rapidly after antibiotics."
    assert "improved" in _found(nlp, text, "Outcome")


def test_a_name_of_two_kinds_is_what_the_model_takes_it_for(nlp):
    text = "CT showed thickening of the wall and proximal intestinal dilation."
    assert "dilation" not in _found(nlp, text, "Therapy")


@pytest.mark.parametrize(
    "text",
    [
        "The patient remained well since the operation.",
        "She is well two years after surgery.",
        "After treatment his symptoms worsened on day 3.",
    ],
)
def test_outcomes_of_persons_stay(nlp, text):
    assert any(word.split()[-1] in ("well", "worsened") for word in _found(nlp, text, "Outcome"))


def test_mismatch_repair_proficient_is_not_deficient(nlp):
    [document] = read(b"The colon cancer was pMMR.", plain=True)
    assert "kg:pmmr" in {m.concept for m in annotate(nlp, document).mentions}


def test_a_test_that_uses_a_drug_is_no_regimen(nlp):
    text = "Nitroglycerin-mediated dilation (NMD) was measured, and NMD was reduced."
    assert "NMD" not in _found(nlp, text, "Therapy")


def test_a_procedure_named_by_its_site_keeps_it(nlp):
    [document] = read(b"He underwent mediastinal lymph node dissection.", plain=True)
    names = {m.name for m in annotate(nlp, document).mentions if m.kind == "Therapy"}
    assert any("node dissection" in name for name in names)


def test_no_evidence_of_disease_recurrence_is_no_relapse(nlp):
    text = "There has been no evidence of disease recurrence for six months."
    assert set(_found(nlp, text, "Outcome")) == {"no evidence of disease recurrence"}


def test_a_smaller_mass_is_no_reduction_of_a_fracture(nlp):
    assert not _found(nlp, "CT showed a reduction in lymph node metastases.", "Therapy")


def test_a_state_behind_its_town_and_a_number_of_a_figure_are_no_therapy(nlp):
    text = "She was stained (Biotech, Danvers, MA) as Fig.S1 and Fig. S1 show."
    assert not _found(nlp, text, "Therapy")


def test_a_brand_is_its_drug(nlp):
    [document] = read(b"He was treated with Seroquel\xc2\xae 300 mg and Pentasa.", plain=True)
    names = {m.name for m in annotate(nlp, document).mentions if m.kind == "Therapy"}
    assert names == {"quetiapine", "mesalazine"}


def test_an_examination_of_something_is_no_physical_examination(nlp):
    [document] = read(b"The examination of urines showed no cast.", plain=True)
    names = {m.name for m in annotate(nlp, document).mentions}
    assert "physical examination" not in names
