"""What a bibliographic source says of a work, in the one form that enrichment reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UpdateKind = Literal["retraction", "partial_retraction", "correction", "expression_of_concern"]


@dataclass(frozen=True, slots=True)
class Update:
    """A notice that retracts, corrects or doubts a work.

    Attributes
    ----------
    kind
        What the notice does.
    on
        Its date, ISO 8601, as precise as the source tells.
    doi, pmid
        Ids of the notice, where the source has them.
    told_by
        Who says so, where the source passes it on: ``publisher``, ``retraction-watch``.
    """

    kind: UpdateKind
    on: str | None = None
    doi: str | None = None
    pmid: str | None = None
    told_by: str | None = None


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What a source says of a work itself.

    Attributes
    ----------
    title, subtitle, year, authors, journal, issns
        As the source prints them, without mark-up; authors as ``Family, Given``.
    doi, pmid, pmcid
        Its ids: doi in lower case, pmid as digits, pmcid with ``PMC``.
    retracted, retracted_on
        Whether it is retracted, and since when (ISO 8601).
    """

    title: str | None = None
    subtitle: str | None = None
    year: int | None = None
    authors: tuple[str, ...] = ()
    journal: str | None = None
    issns: tuple[str, ...] = ()
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    retracted: bool = False
    retracted_on: str | None = None


@dataclass(frozen=True, slots=True)
class SourceWork(Bibliography):
    """A work as a source describes it, with the works that it names beside it.

    Attributes
    ----------
    updates
        Notices of this work.
    preprint_of, preprints
        Publication ids (``doi:…``, ``pmid:…``) of the paper that it became, and of what came
        before it.
    updated_works
        Publication ids of the works that this one is a notice of.
    """

    updates: tuple[Update, ...] = ()
    preprint_of: tuple[str, ...] = ()
    preprints: tuple[str, ...] = ()
    updated_works: tuple[str, ...] = ()


def retraction_date(updates: tuple[Update, ...]) -> str | None:
    """Return the earliest date that a notice retracted a work on.

    Examples
    --------
    >>> retraction_date((Update("retraction", "2011-02"), Update("correction", "2004")))
    '2011-02'
    """
    dates = [one.on for one in updates if one.kind == "retraction" and one.on]
    return min(dates, default=None)
