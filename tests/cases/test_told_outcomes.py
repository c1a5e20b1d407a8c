"""Outcomes told by what became of the tumour, and courses without complications."""

from dataclasses import replace

import pytest

from kg.cases import build_case
from tests.cases.markup import annotate


def build(text):
    return build_case(annotate(text))


def responses(text):
    return [e.outcome for e in build(text).events if e.type == "Response"]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("The mass decreased in size.", "partial_response"),
        ("CT showed a 50% reduction in the tumour mass.", "partial_response"),
        ("The lesions were no longer visible.", "complete_remission"),
        ("The specimen showed no residual carcinoma.", "complete_remission"),
        ("The nodules remained stable.", "stable_disease"),
        ("The tumour had enlarged.", "progression"),
        ("New lung metastases appeared.", "progression"),
        ("The mass in the upper lobe of the left lung had shrunk.", "partial_response"),
        ("CT showed regression or disappearance of the nodules.", "partial_response"),
        ("Liver metastases were newly detected.", "progression"),
        ("He soon developed distant metastases.", "progression"),
        ("There was no progression of the metastases.", "stable_disease"),
        ("The serum CEA level gradually fell.", "response_unspecified"),
        ("All liver enzymes returned to normal.", "response_unspecified"),
        ("Her general condition gradually improved.", "response_unspecified"),
        ("His visual acuity had deteriorated.", "progression"),
        ("There was no effect.", "no_response"),
        ("Neither drug was effective.", "no_response"),
        ("The haematoma was absorbed.", "symptom_resolution"),
        ("The fracture had united.", "symptom_resolution"),
        ("The patient was well without complaints.", "alive"),
        ("The disease continued to progress.", "progression"),
        ("CT did not show significant changes.", "stable_disease"),
        ("There was no further bleeding.", "recurrence_free"),
        ("She was discharged without complaints.", "symptom_resolution"),
        ("The mass did not change in size.", "stable_disease"),
        ("Serum calcium normalised.", "response_unspecified"),
        ("The fistula closed spontaneously.", "symptom_resolution"),
        ("Healing of the bone took long; bone healing was achieved in May.", "symptom_resolution"),
        ("She was free of seizures for a year.", "recurrence_free"),
        ("The pain returned after two weeks.", "relapse"),
        ("He died by suicide.", "death"),
        ("The disease responded poorly.", "no_response"),
        ("New lesions appeared.", "progression"),
        ("His symptoms did not resolve.", "no_response"),
        ("BCR-ABL transcripts became undetectable.", "molecular_response"),
        ("PET showed no residual FDG uptake.", "complete_remission"),
        ("She regained full strength.", "symptom_resolution"),
        ("He was found to have remained asymptomatic.", "symptom_resolution"),
        ("His blood pressure turned normal.", "response_unspecified"),
        ("He returned to his normal daily activities.", "symptom_resolution"),
        ("He remains completely asymptomatic.", "symptom_resolution"),
        ("She is now able to walk unaided.", "response_unspecified"),
        ("The abscess had decreased in size.", "response_unspecified"),
        ("His renal function remained stable.", "stable_disease"),
        ("Sputum cultures became negative.", "response_unspecified"),
        ("The fever was well controlled.", "response_unspecified"),
        ("The allograft was lost.", "graft_failure"),
        ("She was discharged home in good general condition.", "response_unspecified"),
        ("Her [nausea|Condition] gradually settled.", "symptom_resolution"),
        ("She no longer had any [cramps|Condition].", "symptom_resolution"),
        ("She has been free of [cramps|Condition] since.", "symptom_resolution"),
        ("He made a remarkable recovery.", "symptom_resolution"),
        ("Her [nausea|Condition] markedly diminished.", "response_unspecified"),
        ("She had some relief.", "response_unspecified"),
        ("The [lactate|Marker] level returned to normal.", "response_unspecified"),
        ("Sinus rhythm was restored.", "response_unspecified"),
        ("His [nausea|Condition] then worsened.", "progression"),
        ("Despite these measures he became drowsy.", "progression"),
        ("The [cough|Condition] persisted.", "no_response"),
        ("The stone could not be retrieved.", "no_response"),
        ("The [cough|Condition] reappeared.", "relapse"),
        ("The [seizures|Condition] still occurred.", "no_response"),
        ("The [lactate|Marker] level remained elevated.", "no_response"),
        (
            "The functional results were judged good: a good functional result.",
            "response_unspecified",
        ),
        ("She continues to do very well.", "alive"),
        ("Years later a bone metastasis was found.", "progression"),
        ("It was a metastatic lesion from the former cancer.", "relapse"),
        ("Complete excision of the cyst was achieved.", "other"),
    ],
)
def test_what_changes_after_a_therapy_is_an_outcome(words, outcome):
    assert responses(f"A 50-year-old woman received [cisplatin|Therapy]. {words}") == [outcome]


def test_each_tumour_has_its_own_verb():
    text = "He received [cisplatin|Therapy]. Two lesions remained stable, but one lesion enlarged."
    assert sorted(responses(text)) == ["progression", "stable_disease"]


def test_before_any_therapy_growth_is_the_disease_and_no_outcome():
    assert responses("A 50-year-old woman had a mass that increased in size.") == []


def test_what_is_denied_or_feared_is_no_outcome():
    start = "A 50-year-old woman received [cisplatin|Therapy]."
    assert responses(f"{start} There were no new metastases.") == []
    assert responses(f"{start} The mass had not decreased in size.") == []


def test_those_given_together_share_a_response_that_follows():
    case = build(
        "He was given [melphalan|Therapy] and [prednisolone|Therapy]. "
        "Three months later he was in [partial remission|Outcome]."
    )
    names = {e.id: e.name for e in case.events}
    tied = {names[r.target] for r in case.relations if r.type == "RESPONSE_TO"}
    assert tied == {"melphalan", "prednisolone"}


@pytest.mark.parametrize(
    "words",
    [
        "It was given to prevent growth of the tumour.",
        "The haemoglobin level gradually fell.",
        "The CEA level might normalise.",
        "The tumour was seen in the liver.",
        "Normalisation of the PSA level had not been reached.",
        "Histology showed infiltrative growth of the tumour.",
        "There were [rhonchi|Condition] and decreased breath sounds.",
        "She was well until two years before.",
    ],
)
def test_what_is_no_change_for_the_better_or_worse(words):
    assert responses(f"A 50-year-old woman received [cisplatin|Therapy]. {words}") == []


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("All metastases had [disappeared|Outcome =symptom_resolution].", "complete_remission"),
        ("CT showed [regression|Outcome =response] of the mass.", "partial_response"),
        ("There was [regression|Outcome =partial_response] of the rash.", "response_unspecified"),
        ("A complete clinical [remission|Outcome] followed.", "complete_remission"),
        ("A partial metabolic [response|Outcome] followed.", "partial_response"),
        ("She remains [alive|Outcome negated] and free of tumour.", "alive"),
        ("He has been [well|Outcome], and works.", "alive"),
        ("It had not [progressed|Outcome =progressive_disease negated].", "stable_disease"),
        ("He lost the [response|Outcome].", "relapse"),
        ("CT was negative for [recurrence|Outcome negated].", "recurrence_free"),
        ("Surgery was without [remission|Outcome].", "no_response"),
    ],
)
def test_the_words_beside_an_outcome_make_its_type_exact(words, outcome):
    case = build(f"A 50-year-old woman received [cisplatin|Therapy]. {words}")
    assert outcome in [e.outcome for e in case.events if e.type == "Response"]


@pytest.mark.parametrize(
    "words",
    [
        "There was a blunted ACTH [response|Outcome].",
        "In May we [ceased|Outcome =symptom_resolution] the chelation.",
        "It stayed itchy throughout [healing|Outcome =symptom_resolution].",
        "Steroids were given for [disease control|Outcome =stable_disease].",
        "CT was done to assess the [response|Outcome].",
        "The resection margins were [tumour free|Outcome =no_recurrence].",
        "The kidney of a [deceased|Outcome =death] donor was used.",
        "He came to the fourth [cure|Outcome] of chemotherapy.",
        "The pain was [aggravated|Outcome] by coughing.",
        "Milrinone was given to [improve|Outcome] the cardiac output.",
        "He [failed|Outcome =no_response] to attend the clinic.",
        "The patellar reflexes had [disappeared|Outcome].",
        "The isolates were [resistant|Outcome =no_response] to clindamycin.",
        "He tolerated it [well|Outcome].",
        "If the tumour [recurs|Outcome =relapse] he will be operated on.",
        "She may achieve [remission|Outcome] later.",
        "He was monitored for [recurrence|Outcome =relapse].",
        "The ECG showed poor R-wave [progression|Outcome].",
        "She was seen with a COPD [exacerbation|Outcome].",
        "Response was [CR|Outcome], [PR|Outcome:response:b], [SD|Outcome:response:c] or "
        "[PD|Outcome:response:d] by the usual criteria.",
    ],
)
def test_words_of_outcomes_that_say_another_thing(words):
    assert responses(f"A 50-year-old man received [cisplatin|Therapy]. {words}") == []


@pytest.mark.parametrize(
    "words",
    [
        "had [worsening|Outcome] of his gait",
        "had [stable disease|Outcome] for a year",
        "had been [well|Outcome] until then",
        "had [no symptoms|Outcome =symptom_resolution]",
    ],
)
def test_what_grew_worse_or_stayed_before_any_therapy_is_the_disease(words):
    assert responses(f"A 50-year-old man {words}.") == []


@pytest.mark.parametrize(
    ("words", "cue", "affirmed"),
    [
        ("Her mood [improved|Outcome negated] and she was no longer sad.", "no longer", True),
        ("His mood [improved|Outcome negated], it was denied.", "denied", False),
    ],
)
def test_a_denial_of_the_next_clause_denies_no_outcome(words, cue, affirmed):
    annotation = annotate(f"A 50-year-old woman received [cisplatin|Therapy]. {words}")
    therapy, improved = annotation.mentions
    start = annotation.document.text.index(cue)
    improved = replace(improved, cue=cue, cue_start=start, cue_end=start + len(cue))
    case = build_case(replace(annotation, mentions=(therapy, improved)))
    (event,) = [e for e in case.events if e.type == "Response"]
    assert (event.polarity == "affirmed") is affirmed


def test_a_symptom_that_has_gone_is_one_response():
    text = (
        "A 50-year-old man received [prednisone|Therapy]. There was [resolution|Outcome] of the "
        "[rash|Condition:symptom]."
    )
    assert len(responses(text)) == 1


def test_what_worsens_or_persists_long_after_a_therapy_is_not_under_it():
    far = "A 50-year-old woman received [cisplatin|Therapy]. " + "She was seen in the clinic. " * 4
    assert responses(far + "The [cough|Condition] persisted.") == []
    assert responses(far + "The [cough|Condition] had stopped.") == ["symptom_resolution"]


def test_two_things_that_changed_are_two_responses():
    text = "He received [cisplatin|Therapy]. The mood [improved|Outcome =response] and CEA fell."
    assert len(responses(text + " The [lactate|Marker] level normalised.")) >= 2
