"""Assertion on sentences with mark-up (``assertions.tsv``)."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import spacy

from kg.documents.model import Document, Metadata, Section, sha256_of
from kg.errors import TermsError
from kg.nlp.assertion import Assertion
from kg.nlp.assertion.cues import Cues, fold, load_cues
from kg.nlp.carrier import Findings, MentionDraft
from kg.nlp.tokenizer import FineTokenizer

KINDS = {
    "T": ("Therapy", "drug"),
    "M": ("Marker", "gene"),
    "C": ("Condition", "disease"),
    "O": ("Outcome", "response"),
    "X": ("Marker", "procedure"),
}
MARKED = re.compile(r"<(?P<kind>[TMCOX])(?P<said>(?: \w+)*)>(?P<text>.*?)</>")
DEFAULTS = ("affirmed", "certain", "patient", "current", None, False)


@dataclass(frozen=True)
class Expected:
    start: int
    end: int
    kind: str
    said: frozenset[str]


def read_marked(line: str) -> tuple[str, list[Expected]]:
    """Return the plain sentence and what is expected of its mentions."""
    plain, expected, at = "", [], 0
    for match in MARKED.finditer(line):
        plain += line[at : match.start()]
        start = len(plain)
        plain += match["text"]
        expected.append(
            Expected(start, len(plain), match["kind"], frozenset(match["said"].split()))
        )
        at = match.end()
    return plain + line[at:], expected


def document_of(text: str, kind: str = "case") -> Document:
    section = Section(kind=kind, title=None, start=0, end=len(text))
    digest = sha256_of(text)
    return Document("d", "d", "text", digest, digest, text, Metadata(), (section,))


def said_of(draft: MentionDraft) -> set[str]:
    """Return what the assertion of a draft says apart from the defaults."""
    said = (
        draft.polarity,
        draft.certainty,
        draft.experiencer,
        draft.time,
        draft.realisation,
        draft.ended,
    )
    found = {str(value) for value, default in zip(said, DEFAULTS, strict=True) if value != default}
    return {"ended" if value == "True" else value for value in found}


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("en")
    pipeline.tokenizer = FineTokenizer(pipeline.vocab)
    pipeline.add_pipe("sentencizer")
    pipeline.add_pipe("kg_assertion")
    return pipeline


def assert_in(nlp, text, expected, kind="case"):
    doc = nlp.make_doc(text)
    drafts = [MentionDraft(e.start, e.end, *KINDS[e.kind], source="lexicon") for e in expected]
    doc._.findings = Findings(document_of(text, kind), section=0, offset=0, mentions=drafts)
    nlp(doc)
    return drafts


LINES = [
    line
    for line in Path(__file__).with_name("assertions.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("line", LINES)
def test_marked_sentence(nlp, line):
    text, expected = read_marked(line)
    drafts = assert_in(nlp, text, expected)
    for wanted, draft in zip(expected, drafts, strict=True):
        said = said_of(draft)
        if wanted.kind == "T" and not wanted.said & {"declined", "considered", "planned"}:
            assert said == wanted.said, (text[draft.start : draft.end], draft.rule)
        else:
            assert said - {"given"} == wanted.said, (text[draft.start : draft.end], draft.rule)


def test_the_cue_is_kept_with_its_rule(nlp):
    text, expected = read_marked("There was no <C negated>fever</>.")
    [draft] = assert_in(nlp, text, expected)
    assert text[slice(*draft.cue)] == "no"
    assert draft.rule.startswith("negated (cues.tsv:")


def test_a_general_statement_gives_nobody_a_therapy(nlp):
    text, expected = read_marked("<T>Imatinib</> is a kinase inhibitor.")
    assert assert_in(nlp, text, expected)[0].realisation is None
    text, expected = read_marked("<T>Interferon-α</> was found to prolong remission.")
    assert assert_in(nlp, text, expected, kind="discussion")[0].realisation is None


def test_the_discussion_may_tell_of_the_patient(nlp):
    text, expected = read_marked("Our patient received <T given>imatinib</>.")
    assert assert_in(nlp, text, expected, kind="discussion")[0].realisation == "given"


def test_a_cue_inside_a_name_says_nothing(nlp):
    text, expected = read_marked("She reached an <O>MRD-negative remission</> then.")
    assert assert_in(nlp, text, expected)[0].polarity == "affirmed"


def test_a_given_mention_may_hold_its_cue(nlp):
    text, expected = read_marked("There were <C negated>no signs of endocarditis</>.")
    doc = nlp.make_doc(text)
    draft = MentionDraft(expected[0].start, expected[0].end, "Condition", "sign", source="given")
    doc._.findings = Findings(document_of(text), section=0, offset=0, mentions=[draft])
    nlp(doc)
    assert draft.polarity == "negated"


def test_statements_deny_and_doubt(nlp):
    component: Assertion = nlp.get_pipe("kg_assertion")
    said = component.says(nlp.make_doc("The protein may not bind DNA."))
    assert said.negated and said.speculative
    said = component.says(nlp.make_doc("The protein binds not only DNA."))
    assert not said.negated and not said.speculative


def test_a_faulty_line_tells_where(tmp_path):
    path = tmp_path / "cues.tsv"
    path.write_text("negated\tforward\t*\t*\tno\nnegated\tforward\n", encoding="utf-8")
    with pytest.raises(TermsError, match=r"cues\.tsv, line 2"):
        load_cues(path, str.split)
    path.write_text("negated\tforward\t*\t*\t{nothing} seen\n", encoding="utf-8")
    with pytest.raises(TermsError, match="unknown macro"):
        load_cues(path, str.split)
    path.write_text("denied\tforward\t*\t*\tno\n", encoding="utf-8")
    with pytest.raises(TermsError, match="category 'denied'"):
        load_cues(path, str.split)


def test_the_longest_cue_of_an_axis_is_taken(tmp_path):
    path = tmp_path / "cues.tsv"
    path.write_text(
        "negated\tforward\t*\t*\tno\n"
        "negated\tforward\t*\t*\tno signs? of\n"
        "pseudo\tnone\t*\t*\tno doubt\n",
        encoding="utf-8",
    )
    cues, stops = load_cues(path, str.split)
    assert isinstance(cues, Cues)
    words = [fold(word) for word in re.findall(r"\S+", "No signs of x , no y , no doubt z")]
    assert [(c.start, c.end) for c in cues.find(words, 0, len(words))] == [(0, 3), (5, 6)]
    assert list(stops.find(words, 0, len(words))) == []
