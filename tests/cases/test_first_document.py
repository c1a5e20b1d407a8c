"""The course of the first document, read by the whole pipeline."""

import pytest

from kg import documents, nlp
from kg.cases import build_case

SEED = "corpus/fonc.2022.1021786.txt"


@pytest.fixture(scope="module")
def document():
    (document,) = documents.read(SEED)
    return document


@pytest.fixture(scope="module")
def case(document):
    return build_case(nlp.annotate(nlp.load_pipeline(), document))


def events(case, kind, **fields):
    return [
        e
        for e in case.events
        if e.type == kind and all(getattr(e, name) == value for name, value in fields.items())
    ]


def followed(case, outcome):
    """Names of the therapies that the responses of one type followed."""
    by_id = {e.id: e for e in case.events}
    return {
        by_id[r.target].name
        for r in case.relations
        if r.type == "RESPONSE_TO" and by_id[r.source].outcome == outcome
    }


def test_the_patient(case):
    (patient,) = case.patients
    assert (patient.age_years, patient.sex) == (18.0, "female")
    assert patient.trials == ("ChiCTR1800016315",)


def test_the_therapies_in_order(case):
    parts = {r.source for r in case.relations if r.type == "PART_OF"}
    had = [e for e in events(case, "Exposure", realisation="given") if e.id not in parts]
    names = [e.name for e in sorted(had, key=lambda e: e.evidence[0].start)]
    wanted = [
        "VIP (leukaemia)",
        "VILP (leukaemia)",
        "hyper-CVAD",
        "VILP (leukaemia)",
        "cord blood transplantation",
        "VIP (leukaemia)",
        "FC",
        "anti-CD19 CAR-T cell therapy",
        "tocilizumab",
        "interferon-alpha-2b",
    ]
    assert [name for name in names if name in wanted] == wanted


def test_declined_and_not_given(case):
    assert [e.name for e in events(case, "Exposure", realisation="declined")] == [
        "allogeneic transplantation"
    ]
    assert "second transplantation" in [
        e.name for e in events(case, "Exposure", realisation="not_given")
    ]


def test_regimens_and_what_they_served(case):
    by_id = {e.id: e for e in case.events}
    parts = {(by_id[r.source].name, by_id[r.target].name) for r in case.relations if r.role}
    assert ("vincristine", "VIP (leukaemia)") in parts
    assert ("asparaginase", "VILP (leukaemia)") in parts
    served = {(by_id[r.source].name, r.role, by_id[r.target].name) for r in case.relations}
    assert ("busulfan", "conditioning", "cord blood transplantation") in served
    assert ("FC", "lymphodepletion", "anti-CD19 CAR-T cell therapy") in served
    assert ("tocilizumab", "treatment", "cytokine release syndrome") in served
    assert ("ciclosporin", "prophylaxis", "cord blood transplantation") in served


def test_doses(case):
    cells = [e for e in events(case, "Exposure") if e.name == "anti-CD19 CAR-T cell therapy"]
    values = [round(d.value / 1e6, 3) if d.value > 1e3 else d.value for e in cells for d in e.doses]
    assert sorted(values) == [0.2, 0.6, 1.2, 2.0]
    (graft,) = [e for e in events(case, "Exposure") if e.name == "cord blood transplantation"]
    assert len(graft.doses) == 2
    assert {d.of for d in graft.doses} >= {"CD34+ cells"}


def test_responses_follow_their_therapies(case):
    assert followed(case, "complete_remission") >= {
        "VIP (leukaemia)",
        "VILP (leukaemia)",
        "cord blood transplantation",
        "anti-CD19 CAR-T cell therapy",
        "interferon-alpha-2b",
    }
    assert followed(case, "no_response") == {"VIP (leukaemia)"}
    assert followed(case, "engraftment") == {"cord blood transplantation"}
    assert followed(case, "mrd_negative") == {
        "anti-CD19 CAR-T cell therapy",
        "interferon-alpha-2b",
    }
    assert len(events(case, "Response", outcome="engraftment")) == 2
    assert len(events(case, "Response", outcome="relapse")) == 2


def test_what_was_absent(case):
    absent = {e.name for e in case.events if e.polarity == "negated"}
    assert absent >= {"ETV6", "JAK2", "graft-versus-host disease", "CD20", "CD123"}
    assert any(name.startswith("KMT2A") for name in absent)
    assert absent >= {"adverse reaction"}


def test_findings(case):
    values = {(e.name, e.value, e.unit) for e in events(case, "Finding")}
    assert ("interleukin-6", 363.0, "pg/mL") in values
    assert ("minimal residual disease", 0.05, "%") in values
    assert {v for name, v, _ in values if name == "blast count"} >= {90.0, 41.0, 21.0, 32.0}
    pressures = {e.value for e in events(case, "Finding") if "blood pressure" in e.name}
    assert pressures == {83.0, 58.0}


def test_diagnoses_and_complications(case):
    diagnoses = {e.name for e in events(case, "Diagnosis")}
    assert diagnoses >= {"B-cell acute lymphoblastic leukaemia", "donor cell-derived leukaemia"}
    (syndrome,) = [e for e in events(case, "AdverseEvent") if e.name == "cytokine release syndrome"]
    assert syndrome.polarity == "affirmed"


def test_every_event_has_its_words(case, document):
    for event in case.events:
        assert event.evidence
        assert all(document.text[e.start : e.end] == e.quote for e in event.evidence)


def test_nothing_from_the_back_of_the_article(case, document):
    read = [s for s in document.sections if s.kind not in {"references", "boilerplate"}]
    for event in case.events:
        for evidence in event.evidence:
            assert any(s.start <= evidence.start < s.end for s in read)
