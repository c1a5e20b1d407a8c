"""How a work comes by its title, year and retraction, from all that contribute to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar

_TIERS = ("report", "enrichment", "reference")

T = TypeVar("T", str, int)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one contributor says of a work: its own report, an enrichment, or a reference."""

    kind: Literal["report", "enrichment", "reference"]
    title: str | None = None
    year: int | None = None


class PublicationFacts(NamedTuple):
    """The derived title and year of a Publication."""

    title: str | None
    year: int | None


class Retraction(NamedTuple):
    """Whether a work is retracted, and since when (ISO 8601, as precise as told)."""

    retracted: bool
    on: str | None = None


def derive_retraction(told: Iterable[Retraction]) -> Retraction:
    """Return whether a work is retracted from all that say so, in any order.

    One that says so suffices; the date is the earliest, in its most precise spelling.

    Examples
    --------
    >>> derive_retraction([Retraction(True, "2021"), Retraction(True, "2021-05")])
    Retraction(retracted=True, on='2021-05')
    """
    saying = [one for one in told if one.retracted]
    dates = [one.on for one in saying if one.on]
    earliest = min(dates, default=None)
    if earliest is None:
        return Retraction(bool(saying))
    return Retraction(True, max(date for date in dates if date.startswith(earliest)))


def derive_publication(contributions: Iterable[Contribution]) -> PublicationFacts:
    """Return a work's title and year from all that is said of it, in any order.

    Its own Report decides, else enrichment, else what most References say; ties go to the first
    in the order of characters. Title and year are decided apart.

    Examples
    --------
    >>> derive_publication([
    ...     Contribution("reference", "On intererferon", 1999),
    ...     Contribution("reference", "On interferon", 1999),
    ...     Contribution("reference", "On interferon"),
    ... ])
    PublicationFacts(title='On interferon', year=1999)
    """
    known = tuple(contributions)
    titles = [[c.title for c in known if c.kind == tier] for tier in _TIERS]
    years = [[c.year for c in known if c.kind == tier] for tier in _TIERS]
    return PublicationFacts(_decide(titles), _decide(years))


def _decide(tiers: Iterable[Iterable[T | None]]) -> T | None:
    for tier in tiers:
        counts = Counter(value for value in tier if value is not None)
        if counts:
            return min(counts, key=lambda value: (-counts[value], value))
    return None
