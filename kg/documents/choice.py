"""Of several forms of one work, the fullest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from kg.documents.model import Document, Format

_ORDER = {form: rank for rank, form in enumerate(get_args(Format))}


def fullest(documents: Iterable[Document]) -> Document:
    """Return the fullest of the forms of one work, whichever came first.

    JATS before BioC, HTML, text, PDF and abstract; of two of one form the longer text, then the
    smaller hash, so that the choice does not depend on the order of arrival.

    Raises
    ------
    ValueError
        When there is none to choose from.

    Examples
    --------
    >>> from kg.documents import read
    >>> (short,) = read(b"A girl had fever. She was well.", plain=True)
    >>> (long,) = read(b"A girl had fever. She was well. She went home.", plain=True)
    >>> fullest([short, long]) is fullest([long, short]) is long
    True
    """
    return min(
        documents,
        key=lambda one: (_ORDER[one.format], -len(one.text), one.sha256, one.source_sha256),
    )
