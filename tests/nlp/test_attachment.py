"""Attachment: sentences with mentions marked, and what each attribute belongs to."""

from __future__ import annotations

import re
from typing import cast

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.model import Document, Metadata
from kg.nlp.attachment.component import attach
from kg.nlp.attachment.features import Scene
from kg.nlp.attachment.grades import find_grades
from kg.nlp.attachment.scoring import weights
from kg.nlp.carrier import Findings, MentionDraft
from kg.nlp.model import MentionKind
from kg.nlp.quantities.component import annotate_quantities
from kg.nlp.times.component import annotate_times

_MARK = re.compile(r"\[(?P<words>[^\[\]|]+)\|(?P<kind>\w+)\]")
_KINDS = {"T": "Therapy", "C": "Condition", "M": "Marker", "A": "Anatomy", "O": "Outcome"}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


def annotated(nlp: Language, marked: str) -> Doc:
    """Annotate one sentence in which mentions are marked as ``[words|kind]``."""
    text, mentions, end = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[end : mark.start()]
        kind = cast(MentionKind, _KINDS[mark["kind"]])
        mentions.append(
            MentionDraft(len(text), len(text) + len(mark["words"]), kind, "test", "lexicon")
        )
        text += mark["words"]
        end = mark.end()
    text += marked[end:]
    doc = nlp.make_doc(text)
    doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = False
    document = Document("x", "x", "text", "", "", text, Metadata(), ())
    doc._.findings = Findings(document, 0, 0, mentions=mentions)
    for component in (annotate_quantities, annotate_times, attach):
        component(doc)
    return doc


def words(doc: Doc, draft: MentionDraft | None) -> str | None:
    return None if draft is None else doc.text[draft.start : draft.end]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[WBC|M] 5.2×109/L, [Hb|M] 10.1 g/dL and [platelets|M] 57×109/L",
            [(5.2, "WBC"), (10.1, "Hb"), (57.0, "platelets")],
        ),
        (
            "The [temperature|M] rose to 39°C and the [blood pressure|M] dropped to 83/58 mmHg",
            [(39.0, "temperature"), (58.0, "blood pressure"), (83.0, "blood pressure")],
        ),
        (
            "[ALT|M] and [AST|M] were 40 and 60 U/L, respectively",
            [(40.0, "ALT"), (60.0, "AST")],
        ),
        ("[CRP|M] (8.4 mg/L) was elevated", [(8.4, "CRP"), (None, "CRP")]),
        ("[ALT|M] and [AST|M] were normal", [(None, "ALT"), (None, "AST")]),
        ("[C-reactive protein|M] ([CRP|M], 61 mg/L)", [(61.0, "C-reactive protein")]),
    ],
)
def test_values(nlp: Language, marked: str, expected: list[tuple[float | None, str]]) -> None:
    doc = annotated(nlp, marked)
    found = [(q.value, words(doc, q.of)) for q in doc._.findings.quantities]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_a_heart_rate_is_no_value_of_a_blood_pressure(nlp: Language) -> None:
    doc = annotated(nlp, "[blood pressure|M] 100/75 mmHg, 115 bpm")
    rate = next(q for q in doc._.findings.quantities if q.value == 115)
    assert rate.of is None


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[rituximab|T] 375 mg/m2, [cyclophosphamide|T] 750 mg/m2 and [vincristine|T] 2 mg",
            [(2.0, "vincristine"), (375.0, "rituximab"), (750.0, "cyclophosphamide")],
        ),
        ("She was given 3 million IU of [interferon|T] weekly", [(3e6, "interferon")]),
        (
            "[isoniazid|T] ([INH|T], 300 mg/d) and [ethambutol|T] ([EMB|T], 750 mg/d)",
            [(300.0, "isoniazid"), (750.0, "ethambutol")],
        ),
        (
            "[rituximab|T] 375 mg/m2, unknownumab 50 mg/m2 and [vincristine|T] 2 mg",
            [(2.0, "vincristine"), (375.0, "rituximab"), (50.0, None)],
        ),
        (
            "six cycles of [doxorubicin|T], [bleomycin|T] and [vinblastine|T]",
            [(None, "bleomycin"), (None, "doxorubicin"), (None, "vinblastine")],
        ),
    ],
)
def test_doses(nlp: Language, marked: str, expected: list[tuple[float | None, str]]) -> None:
    doc = annotated(nlp, marked)
    found = [(d.value, words(doc, d.drug)) for d in doc._.findings.doses]
    assert sorted(found, key=str) == expected


def test_a_grade(nlp: Language) -> None:
    doc = annotated(nlp, "diagnosed with grade 2 [cytokine release syndrome|C]")
    [grade] = doc._.findings.grades
    assert (grade.value, words(doc, grade.of)) == ("2", "cytokine release syndrome")


def test_a_grade_of_nothing_is_dropped(nlp: Language) -> None:
    assert annotated(nlp, "a severe winter")._.findings.grades == []


def test_a_site(nlp: Language) -> None:
    doc = annotated(nlp, "a [mass|C] in the left [breast|A]")
    [site] = doc._.findings.sites
    assert words(doc, site.of) == "mass"


@pytest.mark.parametrize(
    ("marked", "anchor"),
    [
        ("on day 118 after [CAR-T cells|T] infusion", "CAR-T cells"),
        ("developed [leukaemia|C] 20 months after [UCBT|T]", "UCBT"),
        ("negative after 42 days of [interferon|T] treatment", "interferon"),
    ],
)
def test_anchors(nlp: Language, marked: str, anchor: str) -> None:
    doc = annotated(nlp, marked)
    [time] = doc._.findings.times
    assert words(doc, time.anchor) == anchor
    assert time.anchor_text is None


def test_an_anchor_without_a_mention_keeps_its_words(nlp: Language) -> None:
    doc = annotated(nlp, "two weeks after admission")
    assert [t.anchor_text for t in doc._.findings.times] == ["admission"]


def test_grades_and_stages() -> None:
    text = "grade III GVHD; stage IVB; ECOG 1; grade 3-4; Ann Arbor stage IE; mild rash"
    assert [g.value for g in find_grades(text)] == ["3", "IVB", "1", "3-4", "IE", "mild"]


@pytest.mark.parametrize("relation", ["value", "dose", "site", "grade"])
def test_weights_are_there(relation: str) -> None:
    assert len(weights(relation)) > 100  # type: ignore[arg-type]


def test_an_empty_scene_has_no_links() -> None:
    from kg.nlp.attachment.scoring import links

    assert links(Scene("nothing", [(0, 7)], [], []), "value") == []


def test_two_days_of_one_mention(nlp: Language) -> None:
    doc = annotated(nlp, "engrafted on day 22 and day 37 after [UCBT|T]")
    found = [(doc.text[t.start : t.end], words(doc, t.anchor)) for t in doc._.findings.times]
    assert found == [("day 22", "UCBT"), ("day 37", "UCBT")]
