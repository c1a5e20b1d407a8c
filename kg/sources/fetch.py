"""Fetching works: the fullest form that may be kept, into a folder, with a manifest.

For each work the ids are completed, then its JATS is looked for in the open access bucket of
PubMed Central and at Europe PMC; where there is none, or its licence does not allow to keep the
text, the PubMed record is taken.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import SourceError
from kg.licences import may_keep_text
from kg.sources.europepmc import EuropePmc
from kg.sources.http import NotFoundError
from kg.sources.identifiers import Identifiers
from kg.sources.manifest import Fetched, Manifest, write_whole
from kg.sources.ncbi import Ncbi
from kg.sources.settings import Settings

LicenceOf = Callable[[bytes], str | None]
"""Reads the licence that an article's own JATS states."""

_TOGETHER = 100
"""Works whose ids are converted in one call."""


@dataclass(frozen=True, slots=True)
class Found:
    """A form of a work that may be kept."""

    url: str
    data: bytes
    licence: str | None
    name: str
    full: bool


class Fetcher:
    """Fetches works into a folder.

    Parameters
    ----------
    settings
        Of the sources.
    out
        The folder; made when it is not there.
    licence_of
        Reads the licence of a JATS article.
    now
        The clock, for the manifest alone.
    """

    def __init__(
        self,
        settings: Settings,
        out: Path,
        licence_of: LicenceOf,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._europepmc = EuropePmc(settings)
        self._ncbi = Ncbi(settings)
        self._out = out
        self._licence_of = licence_of
        self._now = now

    def search(self, query: str, limit: int | None) -> Iterator[Identifiers]:
        """Yield the works that a Europe PMC query finds."""
        return self._europepmc.search(query, limit)

    def fetch(self, works: Iterable[Identifiers]) -> Iterator[Fetched]:
        """Fetch works that the folder does not have, yield what became of each.

        Raises
        ------
        SourceError
            When the folder or its manifest cannot be used. What a source does wrong is a line of
            the manifest with the reason.
        """
        self._make_folder()
        manifest = Manifest(self._out)
        for part in _parts(works, _TOGETHER):
            for work, known in zip(part, self._completed(part), strict=True):
                if manifest.has(work.id) or manifest.has(known.id):
                    continue
                entry = self._fetch(known)
                manifest.add(entry)
                if work.id != known.id:
                    manifest.add(replace(entry, id=work.id))
                yield entry

    def _make_folder(self) -> None:
        try:
            self._out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"the folder cannot be made ({error.strerror})"
            raise SourceError(what, where=str(self._out)) from error

    def _completed(self, works: Sequence[Identifiers]) -> list[Identifiers]:
        """Complete ids; a converter that fails costs the other ids, not the works."""
        try:
            return self._ncbi.convert(works)
        except SourceError:
            return list(works)

    def _fetch(self, work: Identifiers) -> Fetched:
        when = self._now().isoformat(timespec="seconds")
        try:
            found = self._fullest(work)
            write_whole(self._out / found.name, found.data)
        except NotFoundError as error:
            return Fetched(work.id, "not_found", when=when, reason=str(error))
        except SourceError as error:
            return Fetched(work.id, "failed", when=when, reason=str(error))
        return Fetched(
            id=work.id,
            status="full_text" if found.full else "record",
            url=found.url,
            licence=found.licence,
            sha256=hashlib.sha256(found.data).hexdigest(),
            when=when,
            file=found.name,
        )

    def _fullest(self, work: Identifiers) -> Found:
        if not work.pmcid or not work.pmid:
            work = self._europepmc.identifiers(work)
        if work.pmcid:
            for form in (self._from_bucket, self._from_europepmc):
                try:
                    found = form(work.pmcid)
                except NotFoundError:
                    continue
                if found is not None:
                    return found
        if work.pmid:
            url, record = self._ncbi.pubmed_record(work.pmid)
            return Found(url, record, None, f"pmid_{work.pmid}.xml", full=False)
        raise NotFoundError("no source has it", where=work.id)

    def _from_bucket(self, pmcid: str) -> Found | None:
        article = self._ncbi.pmc_article(pmcid)
        if not may_keep_text(article.licence):
            return None
        url, data = self._ncbi.pmc_xml(article)
        return Found(url, data, article.licence, f"{pmcid}.xml", full=True)

    def _from_europepmc(self, pmcid: str) -> Found | None:
        url, data = self._europepmc.full_text(pmcid)
        licence = self._licence_of(data)
        if not may_keep_text(licence):
            return None
        return Found(url, data, licence, f"{pmcid}.xml", full=True)


def _parts(works: Iterable[Identifiers], size: int) -> Iterator[list[Identifiers]]:
    part: list[Identifiers] = []
    for work in dict.fromkeys(works):
        part.append(work)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
