"""Crossref: what publishers deposit of a work, with Retraction Watch's notices.

Source: https://api.crossref.org/swagger-ui/index.html. Public pace: 5 single records and 1 list a
second; with a contact address 10 and 3, in the polite pool. One request at a time.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from kg.errors import SourceError
from kg.sources.agreement import Agreement, Description, agreement
from kg.sources.http import Client, NotFoundError
from kg.sources.settings import Settings
from kg.sources.works import SourceWork, Update, UpdateKind, retraction_date

_RECORDS_PER_SECOND, _RECORDS_PER_SECOND_POLITE = 5, 10
_LISTS_PER_SECOND, _LISTS_PER_SECOND_POLITE = 1, 3
_CANDIDATES = 5
_LONGEST_QUERY = 400
_UPDATES = Path(__file__).with_name("updates.toml")
_DATES = ("issued", "published", "published-online", "published-print")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")


class Crossref:
    """Asks Crossref."""

    def __init__(self, settings: Settings) -> None:
        self._base = settings.crossref
        polite = settings.contact is not None
        self._polite = {"mailto": settings.contact} if settings.contact else {}
        self._records = Client(
            "crossref", _RECORDS_PER_SECOND_POLITE if polite else _RECORDS_PER_SECOND, settings
        )
        self._lists = Client(
            "crossref-lists", _LISTS_PER_SECOND_POLITE if polite else _LISTS_PER_SECOND, settings
        )

    def work(self, doi: str) -> SourceWork:
        """Return the work of a doi.

        Raises
        ------
        NotFoundError
            When Crossref has no such doi: it is wrong, or of another agency.
        SourceError
            When the source fails.
        """
        url = f"{self._base}/works/{quote(doi, safe='/():;')}"
        message = _message(self._records.get_json(url, self._polite), url)
        return parse_work(message)

    def find(self, asked: Description) -> tuple[SourceWork, Agreement]:
        """Return the work that agrees best with a description, and how well it does.

        Raises
        ------
        NotFoundError
            When the search finds nothing.
        SourceError
            When the source fails.
        """
        words = " ".join(
            str(part) for part in (asked.author, asked.title or asked.text, asked.year) if part
        )
        url = f"{self._base}/works"
        query: dict[str, str | int] = {"query.bibliographic": words[:_LONGEST_QUERY]}
        answer = self._lists.get_json(url, {**query, "rows": _CANDIDATES, **self._polite})
        found = [parse_work(item) for item in _objects(_message(answer, url).get("items"))]
        compared = [(work, compare(asked, work)) for work in found if work.doi]
        if not compared:
            raise NotFoundError("no work is like it", where=words[:80])
        # Crossref's own order decides between candidates that agree equally well.
        return max(compared, key=lambda one: (one[1].agrees, one[1].score))


def compare(written: Description, work: SourceWork) -> Agreement:
    """Compare what a list writes with a work of a source."""
    author = work.authors[0] if work.authors else None
    return agreement(written, Description(work.title, author, work.year), work.subtitle)


def parse_work(message: Mapping[str, Any]) -> SourceWork:
    """Read the JSON of one work.

    Examples
    --------
    >>> work = parse_work({
    ...     "DOI": "10.1234/ABC", "title": ["CD34<sup>+</sup> cells &amp; more"],
    ...     "issued": {"date-parts": [[2019, 3]]},
    ...     "updated-by": [{"type": "retraction", "DOI": "10.1234/r", "source": "retraction-watch",
    ...                     "updated": {"date-parts": [[2021, 5, 7]]}}],
    ... })
    >>> work.doi, work.title, work.year, work.retracted, work.retracted_on
    ('10.1234/abc', 'CD34+ cells & more', 2019, True, '2021-05-07')
    """
    updates = tuple(_updates(message.get("updated-by")))
    relation = next(_objects(message.get("relation")), {})
    return SourceWork(
        title=_first(message.get("title")),
        subtitle=_first(message.get("subtitle")),
        year=_year(message),
        authors=tuple(_authors(message.get("author"))),
        journal=_first(message.get("container-title")),
        issns=tuple(str(one) for one in message.get("ISSN") or ()),
        doi=_lower(message.get("DOI")),
        retracted=any(one.kind == "retraction" for one in updates),
        retracted_on=retraction_date(updates),
        updates=updates,
        preprint_of=tuple(_related(relation.get("is-preprint-of"))),
        preprints=tuple(_related(relation.get("has-preprint"))),
        updated_works=tuple(
            f"doi:{doi}"
            for one in _objects(message.get("update-to"))
            if (doi := _lower(one.get("DOI")))
        ),
    )


def _message(answer: Any, url: str) -> dict[str, Any]:
    message = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(message, dict):
        raise SourceError("crossref: the answer holds no message", where=url, hint="run it again")
    return message


def _updates(listed: Any) -> Iterator[Update]:
    kinds = update_kinds("crossref")
    for one in _objects(listed):
        name = re.sub(r"[\s-]+", "_", str(one.get("type") or "").strip().lower())
        if name in kinds:
            on = _iso(_parts(one.get("updated")))
            yield Update(kinds[name], on, _lower(one.get("DOI")), None, one.get("source"))


@cache
def update_kinds(source: Literal["crossref", "pubmed"]) -> dict[str, UpdateKind]:
    """Return what each kind of notice does to a work, by the source's name for it."""
    kinds: dict[str, UpdateKind] = tomllib.loads(_UPDATES.read_text(encoding="utf-8"))[source]
    return kinds


def _related(listed: Any) -> Iterator[str]:
    for one in _objects(listed):
        if one.get("id-type") == "doi" and (doi := _lower(one.get("id"))):
            yield f"doi:{doi}"


def _authors(listed: Any) -> Iterator[str]:
    for one in _objects(listed):
        family, given = _plain(one.get("family")), _plain(one.get("given"))
        name = ", ".join(part for part in (family, given) if part) or _plain(one.get("name"))
        if name:
            yield name


def _objects(listed: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a list; some depositors give one object alone."""
    for one in [listed] if isinstance(listed, dict) else listed or ():
        if isinstance(one, dict):
            yield one


def _year(message: Mapping[str, Any]) -> int | None:
    for name in _DATES:
        if date := _iso(_parts(message.get(name))):
            return int(date[:4])
    return None


def _parts(date: Any) -> list[int]:
    """Return year, month and day of a date, as many as there are; ``[[null]]`` has none."""
    parts = date.get("date-parts") if isinstance(date, dict) else None
    return [number for number in (parts or [[]])[0] if isinstance(number, int)]


def _iso(numbers: Sequence[int]) -> str | None:
    """Return year, month and day as an ISO date, as precise as they are."""
    if not numbers:
        return None
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:3])])


def _first(listed: Any) -> str | None:
    texts = [listed] if isinstance(listed, str) else list(listed or ())
    return _plain(texts[0]) if texts else None


def _plain(text: Any) -> str | None:
    """Return a text without mark-up and entities, which some publishers escape twice."""
    if not isinstance(text, str):
        return None
    bare = _TAG.sub("", html.unescape(html.unescape(text)))
    return " ".join(bare.split()) or None


def _lower(text: Any) -> str | None:
    return text.strip().lower() or None if isinstance(text, str) else None
