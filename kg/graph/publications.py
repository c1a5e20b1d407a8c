"""How a cited work comes by its title and year, from all that contribute to it."""

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
