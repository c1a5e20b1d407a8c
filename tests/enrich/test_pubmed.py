"""PubMed records: what the work is, and which notices speak of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.enrich.pubmed import parse_records
from kg.errors import ReadError
from kg.sources.works import SourceWork, Update
from tests.enrich.conftest import record


def parsed(comments: str = "", types: str = "", title: str = "A case.") -> SourceWork:
    inner = record("7", title, "10.1234/X", comments, types)
    [work] = parse_records(f"<PubmedArticleSet>{inner}</PubmedArticleSet>".encode(), "test")
    return work


def comment(kind: str, source: str = "J Cases. 2021 May 7;1:2", pmid: str = "8") -> str:
    return (
        f'<CommentsCorrections RefType="{kind}"><RefSource>{source}</RefSource>'
        f"<PMID>{pmid}</PMID></CommentsCorrections>"
    )


def test_a_record() -> None:
    work = parsed(title="[A case of <i>this</i>.]")
    assert (work.title, work.year, work.authors) == ("A case of <i>this</i>", 2000, ("Lee, A",))
    assert (work.doi, work.pmid, work.retracted) == ("10.1234/x", "7", False)


@pytest.mark.parametrize("kind", ["RetractionIn", "RetractedandRepublishedIn"])
def test_a_retraction_notice(kind: str) -> None:
    work = parsed(comment(kind, "J Cases. 2021 May 7;1:2. doi: 10.1234/n."))
    assert (work.retracted, work.retracted_on) == (True, "2021-05-07")
    assert work.updates == (Update("retraction", "2021-05-07", "10.1234/n", "8"),)


def test_a_retracted_publication_by_its_type_alone() -> None:
    work = parsed(types="<PublicationType>Retracted Publication</PublicationType>")
    assert (work.retracted, work.retracted_on) == (True, None)


@pytest.mark.parametrize(
    ("kind", "does"),
    [
        ("ErratumIn", "correction"),
        ("CorrectedandRepublishedIn", "correction"),
        ("ExpressionOfConcernIn", "expression_of_concern"),
        ("PartialRetractionIn", "partial_retraction"),
    ],
)
def test_other_notices_retract_nothing(kind: str, does: str) -> None:
    work = parsed(comment(kind))
    assert [one.kind for one in work.updates] == [does]
    assert not work.retracted


def test_preprint_and_paper() -> None:
    assert parsed(comment("UpdateIn")).preprint_of == ("pmid:8",)
    assert parsed(comment("UpdateOf", "medRxiv. 2021. doi: 10.1101/1")).preprints == (
        "doi:10.1101/1",
    )


@pytest.mark.parametrize("kind", ["CommentIn", "Cites", "AssociatedDataset", "ReprintOf"])
def test_other_relations_are_left_out(kind: str) -> None:
    work = parsed(comment(kind))
    assert (work.updates, work.preprint_of, work.updated_works) == ((), (), ())


def test_a_notice_names_the_work_it_is_of() -> None:
    assert parsed(comment("RetractionOf")).updated_works == ("pmid:8",)


def test_an_empty_set_has_none() -> None:
    assert parse_records(b"<PubmedArticleSet></PubmedArticleSet>", "test") == []


def test_broken_xml_is_an_error() -> None:
    with pytest.raises(ReadError):
        parse_records(b"<PubmedArticleSet><PubmedArticle>", "test")


@pytest.mark.shared
def test_recorded_records_are_read(shared_data: Path) -> None:
    works = [
        work
        for path in sorted((shared_data / "pubmed_xml").glob("*.xml"))
        for work in parse_records(path.read_bytes(), path.name)
    ]
    assert all(work.pmid for work in works)
    assert [one.kind for work in works for one in work.updates] == ["correction"]
    assert sum(bool(work.preprints) for work in works) == 1
    assert sum(bool(work.updated_works) for work in works) == 2
