"""Choosing among senses by context."""

from __future__ import annotations

import pytest

from kg.terms import Terminology, load
from kg.terms.resolve import choose


@pytest.fixture(scope="module")
def terms() -> Terminology:
    return load()


@pytest.mark.parametrize(
    ("name", "context", "concept"),
    [
        ("CR", {"achieved", "leukemia"}, "complete remission"),
        ("CR", {"urea", "umol/l"}, "creatinine"),
        ("FC", {"lymphodepletion", "fludarabine"}, "FC"),
        ("VIP", {"vincristine", "leukemia"}, "VIP (leukaemia)"),
        ("VIP", {"testicular", "cisplatin"}, "VIP (germ cell tumour)"),
        ("PR", {"er", "her2", "breast"}, "progesterone receptor"),
        ("PR", {"recist", "tumor", "cycles"}, "partial response"),
        ("MS", {"demyelinating", "oligoclonal"}, "multiple sclerosis"),
        ("RA", {"joint", "rheumatoid"}, "rheumatoid arthritis"),
        ("PE", {"ctpa", "dyspnea"}, "pulmonary embolism"),
        ("AS", {"valve", "gradient"}, "aortic stenosis"),
    ],
)
def test_context_decides(terms: Terminology, name: str, context: set[str], concept: str) -> None:
    choice = choose(terms, terms.lookup(name), context)
    assert choice is not None
    assert terms.concept(choice.sense.concept).name == concept
    assert choice.reason.startswith("context: ")
    assert 0 < choice.score < 1


def test_the_article_s_definition_comes_first(terms: Terminology) -> None:
    choice = choose(terms, terms.lookup("CR"), {"leukemia"}, defined={"mesh:D003404"})
    assert choice is not None
    assert choice.sense.concept == "mesh:D003404"
    assert choice.score == 1


@pytest.mark.parametrize("name", ["CR", "FC", "VIP", "MS"])
def test_without_support_nothing_is_forced(terms: Terminology, name: str) -> None:
    assert choose(terms, terms.lookup(name), set()) is None


def test_the_concept_named_nearby_is_support(terms: Terminology) -> None:
    choice = choose(terms, terms.lookup("GCV"), {"mesh:D015774"})
    assert choice is not None
    assert choice.sense.concept == "mesh:D015774"


def test_a_sure_sense_needs_no_context(terms: Terminology) -> None:
    choice = choose(terms, terms.lookup("rituximab"), set())
    assert choice is not None
    assert choice.reason == "the only sense"


def test_no_sense_no_choice(terms: Terminology) -> None:
    assert choose(terms, (), {"leukemia"}) is None
