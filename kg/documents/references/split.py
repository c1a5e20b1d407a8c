"""Split the text of a reference list into its entries."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERED = re.compile(
    r"(?m)^[ \t\u00a0]*(?:\[(\d{1,3})\]|(\d{1,3})(?:[.)]|(?=[A-Z][a-z])))[\s\u00a0]*"
)
_LINE = re.compile(r"[^\r\n]+")
_LINK = (
    r"PubMed Abstract|PubMed Central|PubMed/NCBI|PubMed|Cross ?Ref Full Text|Cross ?Ref|"
    r"Google Scholar|PMC free article|Web of Science®?|Free Full Text|Full Text|View Article"
)
_LINKS_ONLY = re.compile(
    rf"\s*(?:(?:{_LINK}|Article|CAS|View|Citing Literature)[\s|,·\[\]]*)+", re.IGNORECASE
)
_TAIL = re.compile(rf"[\s|,·\[\]]*\b(?:{_LINK})\b.*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its place in the list, and ``[start, end)`` in the text."""

    number: int
    start: int
    end: int


def split(text: str, start: int = 0, end: int | None = None) -> tuple[Entry, ...]:
    """Return the entries of the reference list that stands in ``text[start:end]``.

    The number in front of an entry and the links after it ("PubMed Abstract | CrossRef") are
    left out of its span.

    Examples
    --------
    >>> text = "1. Li A. One. Blood (2001) 1:2.\\nPubMed Abstract\\n2. Wu B. Two. Blood (2002) 3:4."
    >>> [text[entry.start:entry.end] for entry in split(text)]
    ['Li A. One. Blood (2001) 1:2.', 'Wu B. Two. Blood (2002) 3:4.']
    """
    stop = len(text) if end is None else end
    heads: list[tuple[int, int]] = []
    for found in _NUMBERED.finditer(text, start, stop):
        if int(found.group(1) or found.group(2)) == len(heads) + 1:
            heads.append(found.span())
    if not heads:
        heads = [
            (found.start(), found.start())
            for found in _LINE.finditer(text, start, stop)
            if not _LINKS_ONLY.fullmatch(found.group())
        ]
    entries: list[Entry] = []
    for i, (_, body) in enumerate(heads):
        limit = heads[i + 1][0] if i + 1 < len(heads) else stop
        first = text[body:limit].split("\n\n")[0]
        for line in _LINE.finditer(first):
            if line.start() and _LINKS_ONLY.fullmatch(line.group()):
                first = first[: line.start()]
                break
        kept = _TAIL.sub("", first.rstrip()).rstrip()
        if kept:
            entries.append(Entry(len(entries) + 1, body, body + len(kept)))
    return tuple(entries)
