"""The first document, read as it was copied from the journal's page."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents import Document, read

SEED = Path(__file__).parents[2] / "corpus" / "fonc.2022.1021786.txt"


@pytest.fixture(scope="module")
def seed() -> Document:
    (document,) = read(SEED)
    return document


def test_text_is_kept_as_it_stands_in_the_file(seed: Document) -> None:
    assert seed.text == SEED.read_bytes().decode("utf-8")


def test_metadata(seed: Document) -> None:
    meta = seed.meta
    assert seed.id == "doi:10.3389/fonc.2022.1021786"
    assert meta.title is not None
    assert meta.title.startswith("Anti-CD19 chimeric antigen receptor T-cell followed by")
    assert meta.title.endswith("lymphoblastic leukemia: A case report")
    assert meta.authors == (
        "Ni J", "Zhou J", "Long Z", "Chen X", "Chen X", "Hong J", "Liang X", "Li Q", "Xia R",
        "Ge J",
    )  # fmt: skip
    assert meta.journal == "Front. Oncol."
    assert (meta.year, meta.published) == (2022, "2022-11-24")
    assert meta.keywords[1] == "interferon-α" and len(meta.keywords) == 5
    assert (meta.licence, meta.language, meta.article_type) == ("CC BY", "en", "case_report")


def test_sections_in_order(seed: Document) -> None:
    kinds = [section.kind for section in seed.sections if section.kind != "boilerplate"]
    assert kinds == [
        "title", "abstract", "introduction", "case", "legend", "legend", "legend", "discussion",
        "references",
    ]  # fmt: skip
    for before, after in zip(seed.sections, seed.sections[1:], strict=False):
        assert before.start < before.end <= after.start


def test_abstract_without_heading(seed: Document) -> None:
    (abstract,) = (section for section in seed.sections if section.kind == "abstract")
    words = seed.text[abstract.start : abstract.end]
    assert words.startswith("Donor cell-derived leukemia (DCL) is a special type")
    assert words.endswith("a novel strategy for the treatment of DCL.")


def test_boilerplate_is_set_apart(seed: Document) -> None:
    read_text = " ".join(
        seed.text[section.start : section.end]
        for section in seed.sections
        if section.kind not in ("boilerplate", "references")
    )
    for words in ("Grant No", "JN and JZ drafted", "frontiersin", "Creative Commons", "gejian52"):
        assert words in seed.text
        assert words not in read_text


def test_references(seed: Document) -> None:
    assert [reference.number for reference in seed.references] == list(range(1, 24))
    assert all(reference.doi for reference in seed.references)
    third = seed.references[2]
    assert third.authors[0] == "Engel N" and third.year == 2019 and third.journal == "Leukemia"
    assert (third.volume, third.pages) == ("33", "508–17")
    assert all("PubMed Abstract" not in reference.text for reference in seed.references)


def test_marks_name_every_reference(seed: Document) -> None:
    named = {number for mark in seed.marks for number in mark.references}
    assert named == set(range(1, 24))
    assert all(seed.text[mark.start : mark.end] == mark.text for mark in seed.marks)
    assert ("(2, 3)", (2, 3)) in [(mark.text, mark.references) for mark in seed.marks]
