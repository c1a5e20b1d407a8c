"""Asking PubMed and Crossref about works; a failure costs the one question, not the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from kg.enrich import records
from kg.enrich.pubmed import parse_records
from kg.enrich.works import CitedWork
from kg.errors import KgError, ReadError, SourceError
from kg.sources.crossref import Crossref, compare
from kg.sources.http import NotFoundError
from kg.sources.ncbi import Ncbi
from kg.sources.settings import Settings
from kg.sources.works import SourceWork
from kg.stores import Record

DOUBTFUL_FROM = 0.5
"""Score below which a search's best is none at all."""

_AT_ONCE = 50
_GIVEN_UP_AFTER = 5

Item = TypeVar("Item")


class Asker:
    """Asks the sources about works.

    Parameters
    ----------
    settings
        Of the sources.
    today
        The day of the answers, ISO 8601.

    Attributes
    ----------
    failures
        What went wrong, with the id of the work; these works stay due.
    """

    def __init__(self, settings: Settings, today: str) -> None:
        self.failures: list[tuple[str, str]] = []
        self._crossref = Crossref(settings)
        self._ncbi = Ncbi(settings)
        self._today = today
        self._unasked: set[str] = set()
        self._failing = {"pubmed": 0, "crossref": 0}

    def ask(self, works: Sequence[CitedWork]) -> list[Record]:
        """Return what the sources say of works; those that they could not be asked of are missing.

        PubMed answers many at once and knows dois; Crossref is asked one by one, by doi, or by
        title where there is none; with the dois found so, PubMed is asked again.
        """
        by_pmid = self._pubmed_by_pmid([w for w in works if "pubmed" in w.due and w.pmid])
        works = [_with_doi(work, by_pmid.get(work.id)) for work in works]
        by_title = self._by_crossref([work for work in works if "crossref" in work.due])
        left = [
            _with_told_doi(work, by_title.get(work.id))
            for work in works
            if "pubmed" in work.due and work.id not in by_pmid and work.id not in self._unasked
        ]
        by_doi = self._pubmed_by_doi(left)
        return [*by_pmid.values(), *by_title.values(), *by_doi.values()]

    def _by_crossref(self, works: Sequence[CitedWork]) -> dict[str, Record]:
        answers = {work.id: self._crossref_of(work) for work in works}
        return {id: record for id, record in answers.items() if record is not None}

    def _crossref_of(self, work: CitedWork) -> Record | None:
        if self._given_up("crossref", [work]):
            return None
        try:
            record = self._told_by_crossref(work)
        except NotFoundError:
            record = records.not_found("crossref", work, self._today)
        except SourceError as error:
            self._failed("crossref", [work], error)
            return None
        self._failing["crossref"] = 0
        return record

    def _told_by_crossref(self, work: CitedWork) -> Record:
        if work.doi:
            return records.found("crossref", work, self._crossref.work(work.doi), self._today)
        if not (work.written.title or work.written.text):
            raise NotFoundError("nothing is known to search it by", where=work.id)
        told, match = self._crossref.find(work.written)
        if match.score < DOUBTFUL_FROM:
            raise NotFoundError("no work is like it", where=work.id)
        return records.found("crossref", work, told, self._today, match)

    def _pubmed_by_pmid(self, works: Sequence[CitedWork]) -> dict[str, Record]:
        """Return the records of works with a pmid, but those whose record bears another doi.

        A list's pmid is wrong more often than its doi; such works are asked by their doi.
        """
        answers: dict[str, Record] = {}
        for part in _parts(works, _AT_ONCE):
            told = self._pubmed(part, [work.pmid for work in part if work.pmid])
            by_pmid = {one.pmid: one for one in told or ()}
            for work in part if told is not None else ():
                one = by_pmid.get(work.pmid)
                if one is not None and one.doi in (None, work.doi or one.doi):
                    answers[work.id] = records.found("pubmed", work, one, self._today)
        return answers

    def _pubmed_by_doi(self, works: Sequence[CitedWork]) -> dict[str, Record]:
        """Return the records of works with a doi, and for the others that there is none."""
        answers = {
            work.id: records.not_found("pubmed", work, self._today)
            for work in works
            if not (work.doi or work.told_doi)
        }
        asked = [work for work in works if work.id not in answers]
        for part in _parts(asked, _AT_ONCE):
            told = self._pubmed(part, None)
            by_doi = {one.doi: one for one in told or ()}
            for work in part if told is not None else ():
                answers[work.id] = self._told_by_doi(work, by_doi.get(work.doi or work.told_doi))
        return answers

    def _told_by_doi(self, work: CitedWork, told: SourceWork | None) -> Record:
        if told is None:
            return records.not_found("pubmed", work, self._today)
        # A doi that was found by title is no surer than the titles are alike.
        match = None if work.doi else compare(work.written, told)
        return records.found("pubmed", work, told, self._today, match)

    def _pubmed(
        self, works: Sequence[CitedWork], pmids: list[str] | None
    ) -> list[SourceWork] | None:
        """Return the records of pmids, or of the works' dois; None where PubMed failed."""
        if self._given_up("pubmed", works):
            return None
        try:
            if pmids is None:
                pmids = self._ncbi.pubmed_ids(
                    [doi for work in works if (doi := work.doi or work.told_doi)]
                )
            told = parse_records(self._ncbi.pubmed_records(pmids), "PubMed") if pmids else []
        except (SourceError, ReadError) as error:
            self._failed("pubmed", works, error)
            return None
        self._failing["pubmed"] = 0
        return told

    def _failed(self, source: str, works: Iterable[CitedWork], error: KgError) -> None:
        self._failing[source] += 1
        self._fail(source, works, str(error))

    def _given_up(self, source: str, works: Iterable[CitedWork]) -> bool:
        """Tell whether a source has failed so often that it is left alone for this run."""
        if self._failing[source] < _GIVEN_UP_AFTER:
            return False
        reason = (
            f"{source} failed {_GIVEN_UP_AFTER} times in a row and is asked no more; go on later"
        )
        self._fail(source, works, reason)
        return True

    def _fail(self, source: str, works: Iterable[CitedWork], reason: str) -> None:
        for work in works:
            self.failures.append((work.id, reason))
            if source == "pubmed":
                self._unasked.add(work.id)


def _with_doi(work: CitedWork, record: Record | None) -> CitedWork:
    """Return a work with the doi that a record tells of its pmid."""
    return work if work.doi or record is None else replace(work, doi=record.told.doi)


def _with_told_doi(work: CitedWork, record: Record | None) -> CitedWork:
    """Return a work with the doi that a search found for it."""
    if record is None or record.status != "found":
        return work
    return replace(work, told_doi=record.told.doi)


def _parts(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
