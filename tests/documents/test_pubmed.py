"""PubMed records and sets."""
# ruff: noqa: E501 -- lines as they stand in the sources

from __future__ import annotations

import gzip

import pytest

from kg.documents import read
from kg.errors import ReadError

RECORD = """<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2020</Year><Month>Apr</Month></PubDate></JournalIssue>
<Title>Test journal</Title></Journal><ArticleTitle>{title}</ArticleTitle>
<ELocationID EIdType="doi">10.1000/{pmid}</ELocationID>
<Abstract><AbstractText Label="BACKGROUND">Cells were CD34<sup>+</sup>.</AbstractText>
<AbstractText Label="CASE">{case}</AbstractText>
<CopyrightInformation>© 2020. CC BY 4.0</CopyrightInformation></Abstract>
<AuthorList><Author><LastName>Li</LastName><ForeName>Ann B</ForeName><Initials>AB</Initials></Author>
<Author><CollectiveName>The Group</CollectiveName></Author></AuthorList>
<Language>eng</Language><PublicationTypeList>{types}</PublicationTypeList>
<ArticleDate DateType="Electronic"><Year>2019</Year><Month>10</Month><Day>05</Day></ArticleDate>
</Article>{relations}</MedlineCitation><PubmedData><ArticleIdList>
<ArticleId IdType="pubmed">{pmid}</ArticleId><ArticleId IdType="pmc">PMC77</ArticleId></ArticleIdList>
<ReferenceList><Reference><Citation>Wu C. One. Blood. 2001;1:2-3.</Citation><ArticleIdList>
<ArticleId IdType="doi">10.1000/ref</ArticleId><ArticleId IdType="pubmed">99</ArticleId>
</ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>"""
ENGLISH = "The patient was treated with a drug and was well after three days of it."
GERMAN = "Der Patient wurde mit einem Mittel behandelt und war nach drei Tagen wieder gesund. " * 3


def record(
    pmid: int = 1,
    types: str = "Case Reports",
    relation: tuple[str, str] | None = None,
    case: str = ENGLISH,
    title: str = "A test case.",
) -> str:
    relations = ""
    if relation:
        kind, source = relation
        relations = (
            f'<CommentsCorrectionsList><CommentsCorrections RefType="{kind}"><RefSource>{source}'
            "</RefSource><PMID>55</PMID></CommentsCorrections></CommentsCorrectionsList>"
        )
    listed = f"<PublicationType>{types}</PublicationType>"
    return RECORD.format(pmid=pmid, types=listed, relations=relations, case=case, title=title)


def as_set(*records: str) -> bytes:
    return f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>".encode()


def test_one_record() -> None:
    (document,) = read(as_set(record()))
    meta = document.meta
    assert (document.id, document.format, meta.pmid) == ("doi:10.1000/1", "abstract", "1")
    assert (meta.title, meta.authors) == ("A test case", ("Li AB", "The Group"))
    assert (meta.published, meta.licence, meta.pmcid) == ("2019-10-05", "CC BY 4.0", "PMC77")
    assert meta.article_type == "case_report"
    assert [(s.kind, s.title) for s in document.sections] == [
        ("title", None), ("abstract", "BACKGROUND"), ("abstract", "CASE"),
    ]  # fmt: skip
    assert [document.text[s.start : s.end] for s in document.scripts] == ["+"]
    (reference,) = document.references
    assert (reference.doi, reference.pmid, reference.year) == ("10.1000/ref", "99", 2001)


def test_a_set_and_gzip() -> None:
    documents = read(gzip.compress(as_set(record(1), record(2))))
    assert [document.id for document in documents] == ["doi:10.1000/1", "doi:10.1000/2"]


def test_a_record_alone() -> None:
    assert len(read(record().encode())) == 1


def test_a_foreign_record_is_set_aside_and_counted() -> None:
    foreign = record(2, case=GERMAN)
    documents = read(as_set(record(1), foreign))
    assert [document.meta.pmid for document in documents] == ["1"]
    assert documents[0].notes == ("1 of 2 records were set aside: not English",)


@pytest.mark.parametrize(
    ("types", "relation", "article_type", "related"),
    [
        ("Published Erratum", ("ErratumFor", "J. doi: 10.1/A."), "correction", "corrects"),
        (
            "Retraction of Publication",
            ("RetractionOf", "J. doi: 10.1/A."),
            "retraction",
            "retracts",
        ),
        ("Preprint", ("UpdateIn", "J. doi: 10.1/A."), "preprint", "preprint_of"),
        ("Case Reports", ("UpdateOf", "medRxiv. doi: 10.1/A."), "case_report", None),
    ],
)
def test_relations(
    types: str, relation: tuple[str, str], article_type: str, related: str | None
) -> None:
    (document,) = read(as_set(record(types=types, relation=relation)))
    assert document.meta.article_type == article_type
    assert [work.type for work in document.meta.related] == ([related] if related else [])


def test_retracted_with_its_date() -> None:
    relation = ("RetractionIn", "Test J. 2021 May 3;4(2):7. doi: 10.1000/notice.")
    (document,) = read(as_set(record(relation=relation)))
    assert document.meta.retracted
    assert document.meta.retracted_on == "2021-05-03"
    assert document.meta.related == ()


def test_empty_set() -> None:
    with pytest.raises(ReadError, match="holds no record"):
        read(b'<?xml version="1.0"?><PubmedArticleSet></PubmedArticleSet>')
