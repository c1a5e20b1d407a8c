"""The terminology as loaded: names to concepts, classes, components."""

from __future__ import annotations

import pytest

from kg.terms import Terminology, load
from kg.terms.compiled import Compiled
from kg.terms.matching import Matcher
from kg.terms.normal import normal_form

CLASSES = (
    "interferon-alpha",
    "interferon-beta",
    "interferon-gamma",
    "interferon",
    "car-t cell therapy",
    "donor lymphocyte infusion",
    "cell therapy",
    "allogeneic transplantation",
    "autologous transplantation",
    "cord blood transplantation",
    "haematopoietic cell transplantation",
    "organ transplantation",
    "chemotherapy",
    "kinase inhibitor",
    "targeted therapy",
    "checkpoint inhibitor",
    "monoclonal antibody",
    "corticosteroid",
    "immunosuppressant",
    "radiotherapy",
    "surgery",
    "antiviral",
    "antibacterial",
    "antifungal",
    "transfusion",
    "anticoagulant",
    "hormone therapy",
)


@pytest.fixture(scope="module")
def terms() -> Terminology:
    return load()


def names_above(terms: Terminology, name: str) -> set[str]:
    (sense,) = terms.lookup(name)
    return {terms.concept(above).name for above in terms.ancestors(sense.concept)}


@pytest.mark.parametrize("name", CLASSES)
def test_the_classes_bear_exactly_these_names(terms: Terminology, name: str) -> None:
    assert name in {terms.concept(sense.concept).name for sense in terms.lookup(name)}


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("interferon-α-2b", {"interferon-alpha", "interferon"}),
        ("peginterferon alfa-2a", {"interferon-alpha", "interferon"}),
        ("tisagenlecleucel", {"car-t cell therapy", "cell therapy"}),
        ("anti-CD19 CAR-T cells", {"car-t cell therapy", "cell therapy"}),
        ("DLI", {"cell therapy"}),
        ("NK cell infusion", {"cell therapy"}),
        ("UCBT", {"allogeneic transplantation", "cell therapy"}),
        ("allo-HSCT", {"haematopoietic cell transplantation", "cell therapy"}),
        ("vincristine", {"chemotherapy"}),
        ("imatinib", {"kinase inhibitor", "targeted therapy"}),
        ("pembrolizumab", {"checkpoint inhibitor", "monoclonal antibody"}),
        ("rituximab", {"monoclonal antibody", "targeted therapy"}),
        ("prednisone", {"corticosteroid"}),
        ("tacrolimus", {"immunosuppressant"}),
        ("ganciclovir", {"antiviral"}),
        ("meropenem", {"antibacterial"}),
        ("voriconazole", {"antifungal"}),
        ("apixaban", {"anticoagulant"}),
        ("tamoxifen", {"hormone therapy"}),
        ("total body irradiation", {"radiotherapy"}),
        ("laparoscopic cholecystectomy", {"surgery"}),
        ("liver transplantation", {"organ transplantation", "surgery"}),
        ("packed red blood cells", {"transfusion"}),
    ],
)
def test_therapies_stand_under_their_classes(
    terms: Terminology, name: str, classes: set[str]
) -> None:
    assert classes <= names_above(terms, name)


@pytest.mark.parametrize("name", ["biopsy", "colonoscopy", "bone marrow aspiration", "CT scan"])
def test_diagnostic_procedures_are_markers(terms: Terminology, name: str) -> None:
    assert {terms.concept(sense.concept).kind for sense in terms.lookup(name)} == {"Marker"}


def test_a_cell_type_is_not_its_infusion(terms: Terminology) -> None:
    (cells,) = terms.lookup("NK cells")
    assert terms.concept(cells.concept).kind == "Marker"


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("MRD-negative CR", "mrd_negative"),
        ("complete remission", "complete_remission"),
        ("failed to induce remission", "no_response"),
        ("complete donor chimerism", "full_donor_chimerism"),
        ("neutrophil engraftment", "engraftment"),
        ("leukaemia relapse", "relapse"),
        ("no evidence of recurrence", "recurrence_free"),
    ],
)
def test_outcomes(terms: Terminology, name: str, outcome: str) -> None:
    assert {terms.outcome_type(sense.concept) for sense in terms.lookup(name)} == {outcome}


def test_short_symbols_fit_only_as_written(terms: Terminology) -> None:
    assert terms.lookup("WAS")
    assert not terms.lookup("was")
    assert terms.lookup("CR")
    assert not any(s.concept == "kg:complete-remission" for s in terms.lookup("cr"))


def test_a_regimen_of_two_diseases_has_two_senses(terms: Terminology) -> None:
    senses = terms.lookup("VIP")
    labels = [terms.concept(sense.concept).label for sense in senses]
    assert labels.count("regimen") == 2
    assert all(sense.ambiguous for sense in senses)


def test_components(terms: Terminology) -> None:
    (sense,) = terms.lookup("hyper-CVAD")
    names = {terms.concept(part).name for part in terms.components(sense.concept)}
    assert {"cyclophosphamide", "vincristine", "doxorubicin", "dexamethasone"} <= names


def test_keys_are_names_in_normal_form(terms: Terminology) -> None:
    keys = terms.concept("mesh:D016898").keys
    assert "interferon-alpha" in keys
    assert all(key == normal_form(key) for key in keys)


def test_units_of_a_marker(terms: Terminology) -> None:
    assert terms.units("mesh:D006454")[0] == "g/dL"


def test_is_a_has_no_cycle_and_no_loose_end(terms: Terminology) -> None:
    done: set[str] = set()
    for identifier in terms.ids():
        assert identifier not in terms.ancestors(identifier)
        done.add(identifier)
        assert all(parent in terms for parent in terms.concept(identifier).parents)
    assert len(done) > 50_000


def test_every_compiled_sense_leads_to_a_concept() -> None:
    compiled = Compiled()
    for key in list(compiled.keys)[::50]:
        for sense in compiled.senses(key):
            assert compiled.concept(sense.concept) is not None


def test_longest_name_from_word_to_word(terms: Terminology) -> None:
    text = "Anti-CD19 chimeric antigen receptor T-cell, allo-HSCT and 5mg of interferon−α."
    found = [text[m.start : m.end] for m in Matcher(terms).longest(text)]
    assert found[0] == "Anti-CD19 chimeric antigen receptor T-cell"
    assert found[1] == "allo-HSCT"
    assert found[-1] == "interferon−α"


def test_names_end_where_tokens_end(terms: Terminology) -> None:
    text = "fevers"
    assert Matcher(terms).longest(text, {6})
    assert not Matcher(terms).longest(text, {5})


@pytest.mark.parametrize(
    "text", ["the patient was well", "a 3-year-old boy", "he had it as a child", "no. 4 in the set"]
)
def test_common_words_are_no_symbols(terms: Terminology, text: str) -> None:
    found = [m for m in Matcher(terms).longest(text) if not all(s.ambiguous for s in m.senses)]
    assert not found
