"""Parse one reference string into its fields."""

from __future__ import annotations

from kg.documents.model import Reference
from kg.documents.references.identifiers import identify
from kg.documents.references.rules import read


def parse(text: str, number: int = 1) -> Reference:
    """Return the reference with the fields that could be read from its string.

    A field that was not found is None: nothing is guessed. ``confidence`` is 0.5 for a
    reference read in full by the rules alone, less where fields are missing.

    Examples
    --------
    >>> found = parse("Li A, Wu B, et al. One title. Leuk Res (2021) 2(3):4–8. doi: 10.1016/j.x.1")
    >>> found.authors, found.year, found.title, found.journal
    (('Li A', 'Wu B'), 2021, 'One title', 'Leuk Res')
    >>> found.volume, found.pages, found.doi
    ('2', '4–8', '10.1016/j.x.1')
    """
    known = identify(text)
    fields = read(known.body)
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
        confidence=0.5 if fields.whole else 0.25,
    )
