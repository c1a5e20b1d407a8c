"""The pipeline as a whole: laws on any text, and the first document."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from kg.documents import read
from kg.errors import SetAsideError
from kg.nlp import annotate, annotate_all, load_pipeline
from kg.nlp.html import render
from kg.nlp.model import Annotation, Mention
from kg.records import to_json

SEED = Path(__file__).parents[2] / "corpus" / "fonc.2022.1021786.txt"


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


@pytest.fixture(scope="module")
def seed(nlp) -> Annotation:
    [document] = read(SEED)
    return annotate(nlp, document)


def plain(nlp, text: str) -> Annotation:
    [document] = read(text.encode(), plain=True)
    return annotate(nlp, document)


def said(annotation: Annotation, sentence_part: str) -> dict[str, Mention]:
    """Return the mentions of the one sentence that holds a text, by their surface."""
    text = annotation.document.text
    [index] = [
        n for n, s in enumerate(annotation.sentences) if sentence_part in text[s.start : s.end]
    ]
    return {m.text: m for m in annotation.mentions if m.sentence == index}


def test_laws_on_the_seed(seed):
    laws(seed)


PIECES = (
    "No|fever|,|or|(HIV)|IFN-α|CAR-T|CR|.|MRD-negative|;|was|refused|5 mg/kg|CD34+CD10-|VIP|"
    "(vincristine and prednisone)|t(9;22)|é|10⁹/L|\u2009|days after|\n\n"
)
WORDS = st.sampled_from(PIECES.split("|"))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join))
def test_laws_on_any_text(nlp, text):
    try:
        annotation = plain(nlp, f"A. {text}")
    except SetAsideError:  # taken for another language
        reject()
    laws(annotation)


def laws(annotation: Annotation) -> None:
    text = annotation.document.text
    sentences = annotation.sentences
    places = [(m.start, m.end) for m in annotation.mentions]
    assert places == sorted(set(places))
    for mention in annotation.mentions:
        assert text[mention.start : mention.end] == mention.text
        sentence = sentences[mention.sentence]
        assert sentence.start <= mention.start < sentence.end
        if mention.cue is not None:
            assert text[mention.cue_start : mention.cue_end] == mention.cue
        if mention.kind in ("Therapy", "Marker", "Outcome", "Condition"):
            assert mention.concept is not None
            assert mention.reason
            assert mention.grounded != mention.concept.startswith("text:")
    assert all(a.end <= b.start for a, b in pairwise(sentences))
    for item in (*annotation.quantities, *annotation.doses, *annotation.times):
        assert text[item.start : item.end] == item.text


def test_many_together_are_as_one_by_one(nlp):
    documents = [*read(SEED), *read(b"No fever was noted.", plain=True)]
    together = [to_json(a) for a in annotate_all(nlp, documents)]
    assert together == [to_json(annotate(nlp, document)) for document in documents]


def test_nothing_is_read_from_references_and_boilerplate(seed):
    sections = seed.document.sections
    assert {sections[s.section].kind for s in seed.sentences}.isdisjoint(
        {"references", "boilerplate"}
    )


def test_titles_of_cited_works_name_concepts(seed):
    numbers = {
        n for n, m in seed.reference_mentions if "interferon-alpha" in (m.name, *m.ancestors)
    }
    assert {22, 23} <= numbers


def test_therapies_of_the_seed(seed):
    assert said(seed, "refused allo-HSCT")["allo-HSCT"].realisation == "declined"
    assert said(seed, "no opportunity for")["second transplantation"].realisation == "not_given"
    assert said(seed, "was recommended for")["CAR-T cell therapy"].realisation == "considered"
    reactions = said(seed, "No adverse reactions").values()
    [interferon] = [m for m in reactions if "interferon" in m.ancestors]
    assert (interferon.realisation, interferon.polarity) == ("given", "affirmed")
    [denied] = [m for m in reactions if m.kind == "Condition"]
    assert (denied.text, denied.polarity) == ("adverse reactions", "negated")
    given = said(seed, "was given 3 million IU")["interferon-α-2b"]
    assert given.realisation == "given"
    assert "interferon-alpha" in given.ancestors


def test_the_articles_own_regimens(seed):
    vip = said(seed, "with VIP regimen (vincristine")["VIP regimen"]
    assert "vincristine, idarubicin, and dexamethasone" in vip.reason
    assert said(seed, "including VILP")["VILP"].grounded


def test_eleven_genes_without_rearrangement(seed):
    genes = said(seed, "did not detect any gene rearrangements")
    negated = [m for m in genes.values() if m.kind == "Marker" and m.polarity == "negated"]
    assert len(negated) >= 11
    assert genes["CSFF1R"].concept == "text:marker/csff1r rearrangement"


def test_the_immunophenotype_of_the_seed(seed):
    markers = said(seed, "The immunophenotype of MRD was")
    signs = {name: m.polarity for name, m in markers.items() if name.startswith("CD")}
    assert signs == {
        "CD34": "affirmed",
        "CD10": "affirmed",
        "CD19": "affirmed",
        "CD22": "affirmed",
        "CD58": "affirmed",
        "CD20": "negated",
        "CD123": "negated",
    }


def test_an_organisation_is_no_therapy(seed):
    found = said(seed, "American Society for Transplantation").values()
    assert not any(m.kind == "Therapy" for m in found)


def test_what_nothing_grounds_is_kept_as_such(nlp):
    mention = Mention(4, 11, "blorbin", "Therapy", "drug")
    [document] = read(b"The blorbin was given to the patient.", plain=True)
    [found] = annotate(nlp, document, mentions=[mention]).mentions
    assert (found.concept, found.grounded) == ("text:therapy/blorbin", False)
    assert found.source == "given" and found.realisation == "given"


def test_given_mentions_are_all_there_is(nlp):
    [document] = read(b"Fever and rash, no cough.", plain=True)
    mention = Mention(19, 24, "cough", "Condition", "symptom")
    annotation = annotate(nlp, document, mentions=[mention])
    assert [(m.text, m.polarity) for m in annotation.mentions] == [("cough", "negated")]


def test_html_is_escaped_and_holds_every_mention(seed):
    page = render(seed)
    assert page.count('<span id="m') == len(seed.mentions)
    assert "<script src" not in page and "http" not in page.split("</style>")[0]


def test_html_hints_stay_in_their_attribute(seed):
    hints = re.findall(r' title="([^"]*)"', render(seed))
    assert len(hints) == len(seed.mentions)
    assert not any("<" in hint or "\n" in hint for hint in hints)
    assert any("&#10;" in hint for hint in hints)
