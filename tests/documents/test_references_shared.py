"""Floors of the figures of ``docs/explanation/references.md``, on the shared articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents import read
from kg.documents.references import parse, split
from tools.evaluate.references_corpus import Article, articles
from tools.evaluate.references_marks import counts, marked
from tools.evaluate.references_scores import right

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def case_reports(shared_data: Path) -> list[Article]:
    return list(articles(shared_data / "jats" / "case_reports"))


def test_references_of_case_reports_are_read_in_full(case_reports: list[Article]) -> None:
    tagged = [one for article in case_reports for one in article.references]
    full = sum(all(right(parse(one.text), one.fields).values()) for one in tagged)
    assert len(tagged) > 250
    assert full / len(tagged) >= 0.98


def test_run_on_lists_are_cut_where_they_should_be(case_reports: list[Article]) -> None:
    for article in case_reports:
        entries = [one.text.strip() for one in article.references]
        text = " ".join(f"{n} {entry}" for n, entry in enumerate(entries, 1))
        assert [text[entry.start : entry.end] for entry in split(text)] == entries


def test_marks_of_case_reports(shared_data: Path) -> None:
    found = right_ones = tagged = reached = 0
    for one in marked(shared_data / "jats" / "case_reports"):
        if one.style == "(n)":
            a, b, c, d = counts(one)
            found, right_ones, tagged, reached = found + a, right_ones + b, tagged + c, reached + d
    assert tagged > 300
    assert right_ones / found >= 0.995
    assert reached / tagged >= 0.995


def test_the_first_document(seed: Path) -> None:
    document = read(seed)[0]
    assert len(document.references) == 23
    assert all(one.doi and one.confidence > 0.9 for one in document.references)
    assert {n for mark in document.marks for n in mark.references} == set(range(1, 24))
