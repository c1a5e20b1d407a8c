"""Split the text of a reference list into its entries."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERED = re.compile(r"(?m)^[ \t\u00a0]*(?:\[(\d{1,3})\]|(\d{1,3})[.)])[\s\u00a0]*")
_LINE = re.compile(r"[^\r\n]+")
_LINKS_ONLY = re.compile(
    r"\s*(?:(?:Article|CAS|PubMed(?: Abstract| Central)?|Google Scholar|Cross ?Ref(?: Full Text)?|"
    r"PMC free article|Web of Science®?|View|Full Text)[\s|,·\[\]]*)+"
)
_TAIL = re.compile(
    r"[\s|,·\[\]]*\b(?:PubMed Abstract|PubMed Central|PubMed|Cross ?Ref Full Text|Cross ?Ref|"
    r"Google Scholar|PMC free article|Web of Science|Free Full Text|Full Text)\b.*\Z",
    re.DOTALL,
)


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
        kept = _TAIL.sub("", first.rstrip()).rstrip()
        if kept:
            entries.append(Entry(len(entries) + 1, body, body + len(kept)))
    return tuple(entries)
