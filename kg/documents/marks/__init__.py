"""In-text citation marks of plain text, tied to the entries of the reference list.

Articles mark citations in one of four styles, "(2, 3)", "[4–7]", superscript numbers that a copy
flattens into the words ("therapy.1,2"), and author and year. Each style is read, and the one that
names most of the list 1 … N is the article's.
"""

from __future__ import annotations

from kg.documents.marks.author_year import author_year_marks
from kg.documents.marks.numbers import bracketed_marks, expand
from kg.documents.marks.superscripts import superscript_marks
from kg.documents.model import Mark, Reference, Section

__all__ = ["expand", "find_marks"]

_UNREAD = frozenset({"references", "boilerplate", "title"})
_ENOUGH = 0.8
"""The share of the list that settles the style without a look at the costlier ones."""


def find_marks(
    text: str, sections: tuple[Section, ...], references: tuple[Reference, ...]
) -> tuple[Mark, ...]:
    """Return the citation marks in the sections that are read, in order.

    Examples
    --------
    >>> refs = tuple(Reference(n, "") for n in range(1, 6))
    >>> body = "Rare (1), but told (2-4); 5 of 9 (9) died."
    >>> [mark.references for mark in find_marks(body, (Section("case", None, 0, 42),), refs)]
    [(1,), (2, 3, 4)]
    """
    read = [section for section in sections if section.kind not in _UNREAD]
    most = len(references)
    if not most or not read:
        return ()
    best = max((bracketed_marks(text, read, most, pair) for pair in ("[]", "()")), key=_coverage)
    if _coverage(best) >= _ENOUGH * most:
        return tuple(best)
    for marks in (superscript_marks(text, read, most), author_year_marks(text, read, references)):
        if _coverage(marks) > _coverage(best):
            best = marks
    return tuple(best)


def _coverage(marks: list[Mark]) -> int:
    return len({number for mark in marks for number in mark.references})
