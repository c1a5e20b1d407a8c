"""A bibliography on this machine: PubMed and Crossref as a local server knows them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pytest

from kg.sources.settings import Settings
from tests.sources.server import Answer, Source, serving


@dataclass
class Bibliography:
    """What the two sources hold: works of Crossref by doi, records of PubMed by pmid."""

    source: Source
    works: dict[str, dict[str, Any]] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)

    def crossref(self, doi: str, title: str, year: int = 2000, **more: Any) -> None:
        """Let Crossref know a work."""
        self.works[doi] = {
            "DOI": doi,
            "title": [title],
            "issued": {"date-parts": [[year]]},
            "author": [{"family": "Lee", "given": "Ann"}],
            **more,
        }
        message = json.dumps({"status": "ok", "message": self.works[doi]})
        self.source.answer(f"/crossref/works/{doi}", Answer(message))

    def pubmed(
        self, pmid: str, title: str, doi: str | None = None, comments: str = "", types: str = ""
    ) -> None:
        """Let PubMed know a record; ``comments`` and ``types`` are XML."""
        self.records[pmid] = {"title": title, "doi": doi, "comments": comments, "types": types}

    def found(self, parameters: dict[str, str]) -> Answer:
        items = list(self.works.values())
        return Answer(json.dumps({"status": "ok", "message": {"items": items}}))

    def pmids(self, parameters: dict[str, str]) -> Answer:
        known = [p for p, one in self.records.items() if f'"{one["doi"]}"' in parameters["term"]]
        return Answer(json.dumps({"esearchresult": {"idlist": known}}))

    def fetched(self, parameters: dict[str, str]) -> Answer:
        asked = [pmid for pmid in parameters["id"].split(",") if pmid in self.records]
        inner = "".join(record(pmid, **self.records[pmid]) for pmid in asked)
        return Answer(f"<PubmedArticleSet>{inner}</PubmedArticleSet>")


def record(pmid: str, title: str, doi: str | None, comments: str = "", types: str = "") -> str:
    id = f'<ArticleId IdType="doi">{doi}</ArticleId>' if doi else ""
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article><Journal><JournalIssue>"
        f"<PubDate><Year>2000</Year></PubDate></JournalIssue></Journal>"
        f"<ArticleTitle>{escape(title)}</ArticleTitle><AuthorList><Author><LastName>Lee</LastName>"
        f"<Initials>A</Initials></Author></AuthorList><PublicationTypeList>{types}"
        f"</PublicationTypeList></Article><CommentsCorrectionsList>{comments}"
        "</CommentsCorrectionsList></MedlineCitation>"
        f"<PubmedData><ArticleIdList>{id}</ArticleIdList></PubmedData></PubmedArticle>"
    )


def retraction(pmid: str, date: str) -> str:
    source = f"J Cases. {date};1(1):2"
    return (
        '<CommentsCorrections RefType="RetractionIn">'
        f"<RefSource>{source}</RefSource><PMID>{pmid}</PMID></CommentsCorrections>"
    )


@pytest.fixture
def bibliography() -> Iterator[Bibliography]:
    with serving() as source:
        known = Bibliography(source)
        source.answer("/crossref/works", known.found)
        source.answer("/eutils/esearch.fcgi", known.pmids)
        source.answer("/eutils/efetch.fcgi", known.fetched)
        yield known


@pytest.fixture
def settings(bibliography: Bibliography, tmp_path: Path) -> Settings:
    url = bibliography.source.url
    return Settings(
        crossref=f"{url}/crossref",
        eutils=f"{url}/eutils",
        contact="me@example.org",
        cache=tmp_path / "cache",
        read_seconds=0.5,
        retries=0,
        longest_wait=1,
    )
