"""Sentence borders, told by sentences with a bar where a new one begins."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.sentences import sentence_starts

MARKED = [
    "Park et al. reported remission. |It lasted.",
    "The results (Fig. 2) agree with Smith et al. (2016). |No relapse occurred.",
    "MRD was negative on day 6. |The fever resolved.",
    "She received 5 μg.DNA was then extracted.",
    "The dose was 0.05 mg/kg. |3.5 pg/mL was measured.",
    "It was seen by Dr. J. P. Smith. |He agreed.",
    "E. coli and S. Typhi grew. |Both were sensitive.",
    "She took vitamin D. |The level rose.",
    "It was hepatitis B. |She was given entecavir.",
    "Prednisone 20 mg b.i.d. was given. |It was stopped.",
    "Prednisone 20 mg b.i.d. |The rash went.",
    "Therapy, e.g. imatinib, i.e. a kinase inhibitor, vs. placebo.",
    "Was it GVHD? |We thought not!",
    "The cells grew. |p53 was mutated. |mTOR was not.",
    'He said "no." |She left.',
    "It responded.[12] |The next course followed.",
    "It responded.3,4 |The next course followed.",
    "First paragraph without a stop\n\n|Second paragraph.",
    "Diagnosis\n|Acute leukaemia was found.",
    "Findings:\n|1. Fever.\n|2. Cough of 3 days.",
    "Treated with:\n|• imatinib\n|• dasatinib",
    "One per line.\n|Another one etc.\n|A third.",
    "Blood group No. 3 was used. |There was none.",
    "Was there GVHD? |No. |She was well.",
    "The patient achieved remission.|The transplant followed.",
    "IL-6 fell.  |CRP rose.",
    "It was in Jan. 2016 at 5 p.m. in the U.S. that he came.",
]

WRAPPED = """The patient was a woman of 45 years who came with fever, and Hodgkin
lymphoma was found in the lymph node that was taken. She was given
Adriamycin, bleomycin, vinblastine and dacarbazine, and was well after
that for two years."""


@pytest.mark.parametrize("marked", MARKED)
def test_marked_sentences(marked: str) -> None:
    parts = marked.split("|")
    text = "".join(parts)
    starts = sentence_starts(text)
    found = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    assert found == parts


def test_hard_wrapped_lines_run_on() -> None:
    assert [WRAPPED[start:][:5] for start in sentence_starts(WRAPPED)] == ["The p", "She w"]


@given(st.text(alphabet="aB1. \n?()", max_size=80))
def test_starts_are_sorted_and_inside(text: str) -> None:
    starts = sentence_starts(text)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert all(start < len(text) for start in starts[1:])


@given(st.text(alphabet="aB1. \n?()", max_size=80))
def test_sentences_cover_the_doc(text: str) -> None:
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.tokenizer.v1"}}})
    nlp.add_pipe("kg_sentences")
    doc = nlp(text)
    assert "".join(sent.text_with_ws for sent in doc.sents) == text
