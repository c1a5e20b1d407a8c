"""Parse one reference string into its fields: rules first, a trained chain as second opinion."""

from __future__ import annotations

from kg.documents.model import Reference
from kg.documents.references.chain import Chain, chain
from kg.documents.references.identifiers import identify
from kg.documents.references.opinions import combined
from kg.documents.references.rules import read

_MOST_CHARACTERS = 4_000
"""What of an entry is read: more is no reference but a list that was not split."""


def parse(text: str, number: int = 1, *, second: Chain | None = None) -> Reference:
    """Return the reference with the fields that could be read from its string.

    A field that was not found is None: nothing is guessed. ``confidence`` says whether the rules
    and the chain read the same (0.99), read it in full but not the same, or not in full
    (:mod:`kg.documents.references.opinions`). Authors are given as "Surname II", whatever the
    style. ``second`` is another chain to ask than the packaged one.

    Examples
    --------
    >>> found = parse("Li A, Wu B, et al. One title. Leuk Res (2021) 2(3):4–8. doi: 10.1016/j.x.1")
    >>> found.authors, found.year, found.title, found.journal
    (('Li A', 'Wu B'), 2021, 'One title', 'Leuk Res')
    >>> found.volume, found.pages, found.doi
    ('2', '4–8', '10.1016/j.x.1')
    >>> found.confidence
    0.99
    """
    known = identify(text)
    body = known.body[:_MOST_CHARACTERS]
    fields, confidence = combined(read(body), (second or chain()).read(body))
    return Reference(
        number=number,
        text=text,
        authors=fields.authors,
        year=fields.year,
        title=fields.title,
        journal=fields.journal,
        volume=fields.volume,
        pages=fields.pages,
        doi=known.doi,
        pmid=known.pmid,
        confidence=confidence,
    )
