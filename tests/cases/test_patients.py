from kg.cases import narration, patients
from kg.cases.passages import Passages
from tests.cases.markup import annotate


def cast_of(text, **kwargs):
    view = Passages(annotate(text, **kwargs))
    return patients.find(view, narration.tellings(view.all))


def people(text, **kwargs):
    return [(p.age_years, p.sex) for p in cast_of(text, **kwargs).persons]


def test_one_patient_with_age_and_sex():
    assert people("An 18-year-old female was admitted with fever.") == [(18.0, "female")]


def test_sex_from_pronouns_where_no_noun_tells_it():
    text = "A 4-month-old infant was admitted. He had fever. His mother brought him."
    assert people(text) == [(0.333, "male")]


def test_relatives_and_donors_are_no_patients():
    text = (
        "A 45-year-old woman received a graft from her 40-year-old brother. "
        "Her 70-year-old mother had died of leukaemia. The donor was a 30-year-old man."
    )
    assert people(text) == [(45.0, "female")]


def test_numbered_cases():
    text = """## case
    Case 1: A 25-year-old man had pain. He underwent surgery. Case 2: A 20-year-old woman had
    fever. She recovered.
    """
    cast = cast_of(text)
    assert [(p.age_years, p.sex) for p in cast.persons] == [(25.0, "male"), (20.0, "female")]
    assert cast.owners[-1] == (1,)


def test_cases_in_sections_of_their_own():
    text = """## case: Case 1
    A 25-year-old man had pain.
    ## case: Case 2
    A 20-year-old woman had fever. The patient recovered.
    """
    cast = cast_of(text)
    assert len(cast.persons) == 2
    assert cast.owners == ((0,), (1,), (1,))


def test_two_introductions_without_numbers():
    text = (
        "A 48-year-old man presented with pain. He recovered. "
        "A 30-year-old woman presented with fever. She died."
    )
    cast = cast_of(text)
    assert len(cast.persons) == 2
    assert cast.owners == ((0,), (0,), (1,), (1,))


def test_one_patient_in_abstract_and_case():
    text = """## abstract
    We report a 61-year-old man with lymphoma. The patient died.
    ## case
    A 61-year-old man presented with fever. He received drugs.
    ## discussion
    Lymphoma is a rare disease. Our patient, a 61-year-old man, had it.
    """
    assert people(text) == [(61.0, "male")]


def test_both_patients_own_a_common_sentence():
    text = (
        "Case 1: A 25-year-old man had pain. Case 2: A 20-year-old woman had fever. "
        "Both patients received antibiotics."
    )
    assert cast_of(text).owners[-1] == (0, 1)


def test_reviews_and_animals_have_no_patient():
    assert people("## discussion\nPatients with lymphoma are old.", article_type="review") == []
    assert people("A 5-year-old male dog was presented with vomiting.") == []


def test_a_patient_without_an_age():
    assert people("The patient was admitted with fever. She recovered.") == [(None, "female")]


def test_trials_of_the_patient():
    cast = cast_of("A 20-year-old man was enrolled in a trial (NCT01234567).")
    assert cast.persons[0].trials == ["NCT01234567"]


def test_studies_have_no_patient_without_a_case():
    text = "## methods\nSixty patients were enrolled. A 60-year-old man was one of them."
    assert people(text, article_type="research") == []


def test_a_case_announced_without_age():
    text = "## abstract\nWe report a case of nocardiosis in an immunocompetent patient."
    assert people(text, article_type="preprint") == [(None, None)]
