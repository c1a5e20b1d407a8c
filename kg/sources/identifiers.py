"""Identifiers of works as people write them, in their one form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import UsageError

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PMCID = re.compile(r"(?:pmcid:\s*)?(?:PMC)?(\d{1,10})", re.IGNORECASE)
_PMID = re.compile(r"(?:pmid:\s*)?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What is known of a work's ids: doi in lower case, pmid as digits, pmcid with ``PMC``."""

    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None

    @property
    def id(self) -> str:
        """The work's id, as in the graph: its doi, else pmid, else pmcid."""
        if self.doi:
            return f"doi:{self.doi}"
        return f"pmid:{self.pmid}" if self.pmid else f"pmcid:{self.pmcid}"

    def joined(self, other: Identifiers) -> Identifiers:
        """Return what the two know together; the first decides."""
        return Identifiers(
            self.doi or other.doi, self.pmid or other.pmid, self.pmcid or other.pmcid
        )


def doi(text: str) -> Identifiers:
    """Read a doi, an address of doi.org, or ``doi:…``.

    Raises
    ------
    UsageError
        When it is none.

    Examples
    --------
    >>> doi("https://doi.org/10.3389/FONC.2022.1021786").id
    'doi:10.3389/fonc.2022.1021786'
    """
    match = _DOI.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"received {text!r}, which is no doi", hint="write 10.1234/suffix")
    return Identifiers(doi=match[1].lower())


def pmid(text: str) -> Identifiers:
    """Read a PubMed id; raises UsageError when it is none.

    Examples
    --------
    >>> pmid("36505813").pmid
    '36505813'
    """
    match = _PMID.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"received {text!r}, which is no pmid", hint="write its digits")
    return Identifiers(pmid=match[1].lstrip("0"))


def pmcid(text: str) -> Identifiers:
    """Read a PubMed Central id; raises UsageError when it is none.

    Examples
    --------
    >>> pmcid("pmc9730030").pmcid
    'PMC9730030'
    """
    match = _PMCID.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"received {text!r}, which is no pmcid", hint="write PMC and its digits")
    return Identifiers(pmcid=f"PMC{match[1]}")
