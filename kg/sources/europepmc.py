"""Europe PMC: search, and full text of open access articles.

Source: https://europepmc.org/RestfulWebService. No official rate is stated; five a second is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.sources.http import Client
from kg.sources.identifiers import Identifiers
from kg.sources.settings import Settings

_PER_SECOND = 5
_PAGE = 100


class EuropePmc:
    """Asks Europe PMC."""

    def __init__(self, settings: Settings) -> None:
        self._base = settings.europepmc
        self._client = Client("europepmc", _PER_SECOND, settings)

    def search(self, query: str, limit: int | None = None) -> Iterator[Identifiers]:
        """Yield the ids of the works that a query finds, in the source's order.

        Raises
        ------
        SourceError
            When the source fails.
        """
        cursor, found = "*", 0
        while limit is None or found < limit:
            size = _PAGE if limit is None else min(_PAGE, limit - found)
            answer = self._client.get_json(
                f"{self._base}/search",
                {
                    "query": query,
                    "format": "json",
                    "resultType": "lite",
                    "pageSize": size,
                    "cursorMark": cursor,
                },
            )
            results = answer.get("resultList", {}).get("result", [])
            yield from (_identifiers(result) for result in results)
            found += len(results)
            following = answer.get("nextCursorMark")
            # The last page repeats the cursor; an empty one ends the search whatever it says.
            if not results or not following or following == cursor:
                return
            cursor = following

    def identifiers(self, known: Identifiers) -> Identifiers:
        """Return what the source knows of a work's ids besides what is known."""
        term = (
            f'DOI:"{known.doi}"'
            if known.doi
            else f"EXT_ID:{known.pmid} AND SRC:MED"
            if known.pmid
            else f"PMCID:{known.pmcid}"
        )
        return known.joined(next(self.search(term, 1), Identifiers()))

    def full_text(self, pmcid: str) -> tuple[str, bytes]:
        """Return address and JATS of an open access article.

        Raises
        ------
        NotFoundError
            When the source has no full text of it.
        SourceError
            When the source fails, or answers something else.
        """
        url = f"{self._base}/{pmcid}/fullTextXML"
        return url, self._client.get(url, content="xml")


def _identifiers(result: dict[str, Any]) -> Identifiers:
    doi = result.get("doi")
    return Identifiers(doi.lower() if doi else None, result.get("pmid"), result.get("pmcid"))
