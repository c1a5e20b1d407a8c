from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from kg.cases.citations import citations_of, publication_id
from kg.documents.model import Document, Metadata, Reference

TEXT = st.text(alphabet="abcdefgh ÄöéΑα-.:", min_size=1, max_size=40)


def reference(**fields):
    return Reference(1, fields.pop("text", "A text."), **fields)


def test_doi_in_lower_case_without_resolver():
    for doi in ("10.1/ABC", "https://doi.org/10.1/abc", "doi: 10.1/Abc.", "10.1/abc "):
        assert publication_id(reference(doi=doi)) == "doi:10.1/abc"


def test_pmid_where_there_is_no_doi():
    assert publication_id(reference(pmid="PMID: 00123")) == "pmid:123"
    assert publication_id(reference(pmid="123", doi="10.1/x")) == "doi:10.1/x"


def test_words_where_there_is_neither():
    one = reference(authors=("García JL",), year=2001, title="Renal failure: a case")
    two = reference(authors=("Garcia J. L.",), year=2001, title="Renal Failure — A Case.")
    assert publication_id(one) == publication_id(two)
    assert publication_id(one).startswith("ref:garcia/2001/")


def test_another_year_author_or_title_is_another_work():
    base = {"authors": ("Lee A",), "year": 2001, "title": "One"}
    ids = {
        publication_id(reference(**{**base, **change}))
        for change in ({}, {"year": 2002}, {"authors": ("Li A",)}, {"title": "Two"})
    }
    assert len(ids) == 4


def test_unparsed_references_are_known_by_their_text():
    assert publication_id(reference(text="Some book.")) != publication_id(reference(text="Other."))


def test_each_reference_has_a_citation_in_order():
    references = tuple(Reference(n, f"Work {n}", title=f"Work {n}") for n in (1, 2, 3))
    document = Document("x", "x", "text", "", "", "", Metadata(), (), references)
    assert [c.number for c in citations_of(document)] == [1, 2, 3]
    assert len({c.id for c in citations_of(document)}) == 3


@given(st.tuples(TEXT, TEXT))
def test_works_with_different_doi_never_merge(names):
    first, second = (reference(doi=f"10.1/{name.strip(' .:')}") for name in names)
    same = first.doi.lower() == second.doi.lower()
    assert (publication_id(first) == publication_id(second)) == same


@given(TEXT, st.integers(1900, 2030))
def test_case_makes_no_difference(title, year):
    lower = publication_id(reference(title=title.lower(), year=year))
    assert lower == publication_id(reference(title=title.upper().lower(), year=year))
