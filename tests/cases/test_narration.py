from kg.cases.narration import tellings
from kg.cases.passages import Passages
from tests.cases.markup import annotate


def told(text):
    return tellings(Passages(annotate(text)).all)


def test_a_case_section_tells_except_where_it_speaks_of_the_literature():
    assert told(
        "A 40-year-old man was admitted. CAR-T cell therapy is a promising treatment. "
        "Biopsy showed lymphoma."
    ) == ("case", None, "case")


def test_an_abstract_tells_from_the_patient_to_the_lesson():
    assert told(
        "## abstract\nRelapse is a common cause of death. We report a case of leukaemia. "
        "Chemotherapy failed. The patient died. Our results suggest that interferon is effective."
    ) == (None, "abstract", "abstract", "abstract", None)


def test_a_discussion_tells_only_of_the_named_patient():
    assert told(
        "## discussion\nSmith et al. reported a patient with lymphoma. "
        "Our patient achieved remission. She then received interferon. "
        "Patients with relapse usually die."
    ) == (None, "discussion", "discussion", None)


def test_the_patient_of_a_cited_work_is_not_ours():
    assert told(
        "## discussion\nSmith et al. reported a patient with endocarditis. The patient died. "
        "Our patient survived. The patient went home."
    ) == (None, None, "discussion", "discussion")


def test_an_abstract_brings_the_patient_in_without_an_age_too():
    assert told(
        "## abstract\nRelapse is a common cause of death. A young patient treated with gold for "
        "arthritis developed fever. The fever subsided."
    ) == (None, "abstract", "abstract")
    assert told("## abstract\nGold is used widely. A case is presented of nephritis.") == (
        None,
        "abstract",
    )
