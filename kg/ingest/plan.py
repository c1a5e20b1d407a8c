"""Of several forms of one work the fullest is loaded, whichever came first.

Pure functions: what was found and what the store holds go in, what to load comes out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kg.documents.model import Document

_FULLEST_FIRST = ("jats", "bioc", "html", "text", "pdf", "abstract")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One form of a work: read from a source just now, or already in the store.

    ``index`` is the document's place within its source; None for what the store holds.
    """

    work: str
    identifiers: frozenset[str]
    format: str
    characters: int
    source: str
    name: str
    index: int | None

    def rank(self) -> tuple[int, int, str, bool, int, str]:
        """Sort key: the fullest form first, then the longest text, ties by the bytes' hash.

        Of one form given again and held already, the given one comes first: it is due.
        """
        return (
            _FULLEST_FIRST.index(self.format),
            -self.characters,
            self.source,
            self.index is None,
            self.index or 0,
            self.work,
        )


Work: TypeAlias = tuple[Candidate, ...]
"""All forms of one work, the fullest first; never empty."""


def candidate(document: Document, name: str, index: int) -> Candidate:
    """Return the candidate that a document as read is."""
    return Candidate(
        work=document.id,
        identifiers=identifiers(
            document.id, document.meta.doi, document.meta.pmid, document.meta.pmcid
        ),
        format=document.format,
        characters=len(document.text),
        source=document.source_sha256,
        name=name,
        index=index,
    )


def identifiers(work: str, doi: str | None, pmid: str | None, pmcid: str | None) -> frozenset[str]:
    """Return all ids by which a work is known.

    Examples
    --------
    >>> sorted(identifiers("doi:10.1/x", "10.1/X", "123", None))
    ['doi:10.1/x', 'pmid:123']
    """
    known = {work}
    if doi:
        known.add(f"doi:{doi.lower()}")
    if pmid:
        known.add(f"pmid:{pmid}")
    if pmcid:
        known.add(f"pmcid:{pmcid.upper()}")
    return frozenset(known)


def works(candidates: Iterable[Candidate]) -> Iterator[Work]:
    """Group candidates that share an identifier, the fullest of each group first.

    The result does not depend on the order of the candidates.
    """
    for group in _groups(sorted(candidates, key=Candidate.rank)):
        yield tuple(group)


def _groups(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    leader: dict[str, str] = {}

    def find(identifier: str) -> str:
        while leader.setdefault(identifier, identifier) != identifier:
            leader[identifier] = leader[leader[identifier]]
            identifier = leader[identifier]
        return identifier

    for one in candidates:
        first, *others = sorted(one.identifiers)
        for other in others:
            leader[find(other)] = find(first)
    groups: defaultdict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        groups[find(min(one.identifiers))].append(one)
    return list(groups.values())
