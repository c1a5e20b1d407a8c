"""In-text marks of JATS articles: found in the flattened text, against the tagged links.

A link is a place in the text and a reference. The text is the article's own, its superscripts
flattened as a copied page has them; besides, articles whose marks stand in brackets are written
anew with superscript numbers, so that this style is measured on more than two articles.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from kg.documents import read
from kg.documents.marks import find_marks
from kg.documents.model import Document, Section
from kg.errors import KgError
from tools.evaluate.references_corpus import reserved

UNREAD = frozenset({"references", "boilerplate", "title"})
_BETWEEN = re.compile(r"\s*[-‐‑–—−]\s*\Z")
_BRACKETED = re.compile(r"[(\[][\d\s,;‐–—−-]+[)\]]")


class Marked(NamedTuple):
    """An article's text with its links; ``style`` is one of the four."""

    name: str
    style: str
    document: Document
    links: tuple[tuple[int, int, int], ...]
    """Start and end of a tagged mark, and the reference it names."""


def marked(data: Path) -> Iterator[Marked]:
    """Yield the articles that tag their marks, and those written anew with superscripts."""
    for path in sorted(data.rglob("*.xml")):
        if path.stem in reserved():
            continue
        try:
            document = read(path)[0]
        except KgError as error:
            print(f"{path.name}: {error}, left out", file=sys.stderr)
            continue
        links = _links(document)
        if len(links) < 3 or len(document.references) < 3:
            continue
        style = _style(document, links)
        if style != "author-year" and not _numbered_by_place(document):
            continue
        yield Marked(path.stem, style, document, links)
        if all(_BRACKETED.fullmatch(mark.text) for mark in document.marks):
            yield Marked(path.stem, "superscript", *_superscripts(document))


def _links(document: Document) -> tuple[tuple[int, int, int], ...]:
    """Return the tagged links in the sections that are read, ranges between two marks filled."""
    spans = [(s.start, s.end) for s in document.sections if s.kind not in UNREAD]
    marks = [m for m in document.marks if any(a <= m.start < b for a, b in spans)]
    links = [(mark.start, mark.end, number) for mark in marks for number in mark.references]
    for one, two in pairwise(marks):
        if _BETWEEN.match(document.text[one.end : two.start]):
            filled = range(one.references[-1] + 1, two.references[0])
            links += [(one.start, two.end, number) for number in filled[:100]]
    return tuple(sorted(links))


def _style(document: Document, links: Sequence[tuple[int, int, int]]) -> str:
    """Return how most of the links are written."""
    tally: dict[str, int] = {}
    for start, end, _ in links:
        words = document.text[start:end]
        around = document.text[max(0, start - 2) : start].strip()[-1:] or " "
        opening = words[0] if words[0] in "([" else around
        if re.search(r"(?:18|19|20)\d\d|[^\W\d_]{3}", words):
            style = "author-year"
        else:
            style = {"(": "(n)", "[": "[n]"}.get(opening, "superscript")
        tally[style] = tally.get(style, 0) + 1
    return max(sorted(tally), key=lambda one: tally[one])


def _numbered_by_place(document: Document) -> bool:
    """Tell whether marks give the place in the list; labels may count otherwise ("3a", "3b")."""
    plain = [mark for mark in document.marks if mark.text.strip("()[] ").isdigit()]
    agreeing = sum(int(mark.text.strip("()[] ")) in mark.references for mark in plain)
    return agreeing >= 0.9 * len(plain)


def _superscripts(document: Document) -> tuple[Document, tuple[tuple[int, int, int], ...]]:
    """Write bracketed marks as flattened superscripts: "therapy (1, 2)." as "therapy.1,2"."""
    text = document.text
    parts: list[str] = []
    links: list[tuple[int, int, int]] = []
    shifts: list[tuple[int, int]] = []
    at = length = 0
    read_in = [(s.start, s.end) for s in document.sections if s.kind not in UNREAD]
    for mark in document.marks:
        if not _BRACKETED.fullmatch(mark.text) or mark.start < at:
            continue
        head = text[at : mark.start].rstrip()
        stop = text[mark.end] if text[mark.end : mark.end + 1] in (".", ",") else ""
        listed = re.sub(r"\s+", "", mark.text[1:-1])
        where = length + len(head) + len(stop)
        parts.append(head + stop + listed)
        length = where + len(listed)
        at = mark.end + len(stop)
        shifts.append((mark.start, length - at))
        if any(a <= mark.start < b for a, b in read_in):
            links += [(where, length, number) for number in mark.references]
    parts.append(text[at:])

    def moved(offset: int) -> int:
        return offset + next((by for start, by in reversed(shifts) if offset > start), 0)

    sections = tuple(
        Section(s.kind, s.title, moved(s.start), moved(s.end)) for s in document.sections
    )
    return replace(document, text="".join(parts), sections=sections, marks=()), tuple(links)


def counts(one: Marked) -> tuple[int, int, int, int]:
    """Return links found, links found right, links tagged, and of these the ones found."""
    document = one.document
    found = [
        (mark.start, mark.end, number)
        for mark in find_marks(document.text, document.sections, document.references)
        for number in mark.references
    ]
    right = {link for link in found if _matched(link, one.links)}
    reached = {link for link in one.links if _matched(link, found)}
    return len(found), len(right), len(one.links), len(reached)


def _matched(link: tuple[int, int, int], others: Sequence[tuple[int, int, int]]) -> bool:
    start, end, number = link
    return any(number == n and s < end + 2 and start < e + 2 for s, e, n in others)
