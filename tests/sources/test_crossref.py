"""Crossref's answers: what publishers deposit, in the forms they deposit it."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.sources.agreement import Description
from kg.sources.crossref import Crossref, parse_work
from kg.sources.http import NotFoundError
from kg.sources.settings import Settings
from kg.sources.works import Update
from tests.sources.server import Answer, Source

TITLE = "Donor lymphocyte infusion after transplantation for acute leukaemia"


def told(message: object) -> Answer:
    return Answer(json.dumps({"status": "ok", "message": message}))


def test_entities_and_mark_up_go(settings: Settings, source: Source) -> None:
    title = "T &amp;lt; B cells &amp; <i>CD34</i><sup>+</sup>\n   more"
    source.answer("/crossref/works/10.1234/x", told({"DOI": "10.1234/X", "title": [title]}))
    work = Crossref(settings).work("10.1234/x")
    assert (work.title, work.doi) == ("T < B cells & CD34+ more", "10.1234/x")


def test_a_doi_is_escaped_in_the_address(settings: Settings, source: Source) -> None:
    path = "/crossref/works/10.1002/(SICI)1097%3C1::AID-AJH1%3E3.0.CO;2-%23"
    source.answer(path, told({"DOI": "10.1002/(SICI)1097<1::AID-AJH1>3.0.CO;2-#"}))
    assert Crossref(settings).work("10.1002/(sici)1097<1::aid-ajh1>3.0.co;2-#".upper()).doi
    assert source.asked[-1][1] == {"mailto": "me@example.org"}


def test_nobody_is_named_where_no_contact_is_set(settings: Settings, source: Source) -> None:
    source.answer("/crossref/works/10.1234/x", told({"DOI": "10.1234/x"}))
    Crossref(replace(settings, contact=None)).work("10.1234/x")
    assert source.asked[-1][1] == {}


@pytest.mark.parametrize(
    "date", [{"issued": {"date-parts": [[None]]}, "published-print": {"date-parts": [[1999, 4]]}},
             {"issued": {"date-parts": [[1999]]}}, {"published-online": {"date-parts": [[1999]]}}],
)  # fmt: skip
def test_the_year_is_of_the_first_date_that_is_told(date: dict[str, object]) -> None:
    assert parse_work(date).year == 1999


def test_nothing_is_known_of_an_empty_deposit() -> None:
    work = parse_work({"title": [], "author": None, "relation": {}, "issued": {"date-parts": [[]]}})
    assert (work.title, work.authors, work.year, work.retracted) == (None, (), None, False)


def test_authors_are_persons_and_groups() -> None:
    listed = [{"family": "de Lima", "given": "M."}, {"name": "The Study Group"}, {"given": "Ann"}]
    assert parse_work({"author": listed}).authors == ("de Lima, M.", "The Study Group", "Ann")


def notice(kind: str, *date: int, **more: str) -> dict[str, object]:
    return {"type": kind, "DOI": "10.1234/N", "updated": {"date-parts": [list(date)]}, **more}


def test_notices_are_told_with_their_date_and_who_says_so() -> None:
    work = parse_work(
        {
            "updated-by": [
                notice("retraction", 2021, 5, 7, source="retraction-watch"),
                notice("Expression of Concern", 2020, 1),
                notice("correction", 2019),
                notice("new_version", 2018),
            ]
        }
    )
    assert (work.retracted, work.retracted_on) == (True, "2021-05-07")
    assert work.updates == (
        Update("retraction", "2021-05-07", "10.1234/n", None, "retraction-watch"),
        Update("expression_of_concern", "2020-01", "10.1234/n"),
        Update("correction", "2019", "10.1234/n"),
    )


@pytest.mark.parametrize("kind", ["correction", "expression_of_concern", "partial_retraction"])
def test_what_is_not_withdrawn_is_not_retracted(kind: str) -> None:
    assert not parse_work({"updated-by": [notice(kind, 2020)]}).retracted


def test_preprints_and_papers() -> None:
    one = {"id-type": "doi", "id": "10.1234/Paper", "asserted-by": "subject"}
    other = {"id-type": "uri", "id": "https://example.org"}
    assert parse_work({"relation": {"is-preprint-of": [one, other]}}).preprint_of == (
        "doi:10.1234/paper",
    )
    assert parse_work({"relation": {"has-preprint": one}}).preprints == ("doi:10.1234/paper",)


def test_a_search_takes_the_most_alike(settings: Settings, source: Source) -> None:
    def item(doi: str, title: str) -> dict[str, object]:
        return {"DOI": doi, "title": [title], "author": [{"family": "Lee", "given": "A"}]}

    items = [item("10.1234/a", f"Correction: {TITLE}"), item("10.1234/b", TITLE)]
    source.answer("/crossref/works", told({"items": items}))
    work, match = Crossref(settings).find(Description(TITLE, "Lee A", 2001))
    assert (work.doi, match.agrees, match.score) == ("10.1234/b", True, 1.0)
    asked = source.asked[-1][1]
    assert asked["query.bibliographic"] == f"Lee A {TITLE} 2001"


def test_a_search_that_finds_nothing(settings: Settings, source: Source) -> None:
    source.answer("/crossref/works", told({"items": []}))
    with pytest.raises(NotFoundError, match="no work is like it"):
        Crossref(settings).find(Description(TITLE))


def test_an_answer_without_a_message_is_an_error(settings: Settings, source: Source) -> None:
    source.answer("/crossref/works/10.1234/x", Answer("[1]"))
    with pytest.raises(SourceError, match="holds no message"):
        Crossref(settings).work("10.1234/x")


def test_a_doi_that_crossref_has_not(settings: Settings) -> None:
    with pytest.raises(NotFoundError):
        Crossref(settings).work("10.5281/zenodo.1")


@pytest.mark.shared
def test_recorded_works_are_read(shared_data: Path) -> None:
    folder = shared_data / "http" / "crossref"
    recorded = [
        item
        for path in sorted(folder.glob("*.json.gz"))
        for item in json.loads(gzip.decompress(path.read_bytes()))["items"]
    ]
    works = [parse_work(item) for item in recorded]
    assert all(work.doi and work.title and work.year and work.issns is not None for work in works)
    assert all("&" not in (work.title or "") + (work.journal or "") or " & " in
               (work.title or "") + (work.journal or "") for work in works)  # fmt: skip
    [correction] = [work for work in works if work.updated_works]
    assert correction.updated_works == ("doi:10.1007/s00417-022-05637-2",)
