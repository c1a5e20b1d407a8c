"""Names found without the words that only qualify them."""

from __future__ import annotations

import pytest

from kg.terms import Terminology, load


@pytest.fixture(scope="module")
def terms() -> Terminology:
    return load()


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("severe headaches", "headache"),
        ("erlotinib therapy", "erlotinib"),
        ("intravenous ganciclovir treatment", "ganciclovir"),
        ("serum ferritin levels", "ferritin"),
        ("progressive dyspnoea", "dyspnoea"),
    ],
)
def test_the_core_is_named(terms: Terminology, phrase: str, name: str) -> None:
    names = {terms.concept(sense.concept).name for sense in terms.lookup(phrase)}
    assert name in names


@pytest.mark.parametrize("phrase", ["therapy", "the level", "severe", "NK cell level therapy"])
def test_nothing_is_made_of_modifiers(terms: Terminology, phrase: str) -> None:
    assert not terms.lookup(phrase)


def test_a_modifier_keeps_the_kind(terms: Terminology) -> None:
    kinds = {terms.concept(s.concept).kind for s in terms.lookup("prednisolone therapy")}
    assert kinds == {"Therapy"}
    assert not terms.lookup("headache therapy")


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("CD163 expression", "CD163"),
        ("serum ALT", "alanine aminotransferase"),
        ("polymerase chain reaction method", "polymerase chain reaction"),
        ("FC regimen", "FC"),
    ],
)
def test_a_symbol_is_found_in_a_phrase_as_it_is_written(
    terms: Terminology, phrase: str, name: str
) -> None:
    assert terms.concept(terms.lookup(phrase)[0].concept).name == name


@pytest.mark.parametrize(
    "phrase", ["laboratory evaluation exam", "T2 imaging", "BRAF mutation", "cd163 expression x"]
)
def test_what_is_left_may_be_too_general(terms: Terminology, phrase: str) -> None:
    assert terms.lookup(phrase) == ()


@pytest.mark.parametrize("symbol", ["MRI", "CEA", "ALT", "PTH"])
def test_a_sure_curated_symbol_has_no_other_sense(terms: Terminology, symbol: str) -> None:
    [sense] = terms.lookup(symbol)
    assert terms.concept(sense.concept).source != "hgnc"
