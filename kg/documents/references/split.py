"""Split the text of a reference list into its entries.

Lists come one entry to a line, or run on in one line with numbers in front. In a run-on list a
number is the head of an entry only as a link of the chain 1, 2, 3 …, and of several chains the
one whose entries begin most like references is taken: pages, years and volumes are numbers too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.documents.references.letters import LOWER, UPPER

_LABEL = re.compile(
    r"(?m)^[ \t\u00a0]*(?:\[(\d{1,4})\]|\((\d{1,4})\)|"
    r"(\d{1,4})(?:[.)](?!\d)|(?=[A-Z][a-z])|[ \t\u00a0]+(?=[A-Z])))"
    r"[\s\u00a0]*"
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
_RUN_ON = (
    re.compile(r"(?:(?<=\s)|\A|(?<=[.\])]))\[(\d{1,4})\]\s*(?=\S)"),
    re.compile(r"(?:(?<=\s)|\A)\((\d{1,4})\)\s*(?=\S)"),
    re.compile(r"(?:(?<=\s)|\A|(?<=[.\])]))(\d{1,4})[.)](?!\d)\s*(?=\S)"),
    re.compile(
        rf"(?:(?<=\s)|\A)(\d{{1,4}})\s?(?=[{UPPER}“\"‘'\[]|(?:[{LOWER}]{{1,4}}[\s'’]){{1,3}}[{UPPER}])"
    ),
)
_BEGINS = re.compile(
    rf"(?:(?:d[aeiou]s?|van|von|ten|ter|de[rnl]?|le|la|el|al|bin)\s){{0,3}}[\[“\"‘']?(?:"
    rf"[{UPPER}][\w'’‐‑–-]+(?:\s[{UPPER}][\w'’‐‑–-]+){{0,2}},?\s"
    rf"(?:[{UPPER}]\.?[\s‐-]?){{1,4}}(?=[\s,.;:(&]|\Z)"
    rf"|(?:[{UPPER}]\.[\s‐-]?){{1,4}}(?:\w+\s){{0,2}}[{UPPER}][\w'’‐‑–-]+(?:,|\.|\sand|\s&|\set)"
    r")"
)
_BEGINS_IN_FULL = re.compile(rf"[{UPPER}][{LOWER}]+(?:\s[{UPPER}]\.?)?\s[{UPPER}][\w'’‐‑–-]+,")
_ENDS = re.compile(r"(?:[.\]);?!/:]|\d|PMID|PMC\d+|\w{12,}|[A-Za-z]\d+\w*|/\S+)\s*\Z")
_ENOUGH, _SURE = 3, 1.3


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
    >>> text = "1 Li A. One. Blood 2001;1:2–4. 2 Wu B. Two of 3 Mice. Blood 2002;3:4. 3 Xu C. On."
    >>> [text[entry.start:entry.end] for entry in split(text)][1]
    'Wu B. Two of 3 Mice. Blood 2002;3:4.'
    """
    stop = len(text) if end is None else end
    heads = _labelled_lines(text, start, stop)
    lines = _unlabelled_lines(text, start, stop)
    worth, chained = _chain(text, start, stop)
    begun = sum(bool(_BEGINS.match(text, at)) for at, _ in lines)
    sure = len(chained) >= _ENOUGH and worth / len(chained) >= _SURE and 2 * begun < len(lines)
    if len(chained) > (len(heads) or (1 if sure else len(lines))):
        heads = chained
    heads = heads or lines
    entries: list[Entry] = []
    for place, (_, body) in enumerate(heads):
        limit = heads[place + 1][0] if place + 1 < len(heads) else stop
        length = _kept(text[body:limit])
        if length:
            entries.append(Entry(len(entries) + 1, body, body + length))
    return tuple(entries)


def _labelled_lines(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Return where the lines that begin 1, 2, 3 … begin, and their words after the number."""
    heads: list[tuple[int, int]] = []
    for found in _LABEL.finditer(text, start, stop):
        if int(found.group(1) or found.group(2) or found.group(3)) == len(heads) + 1:
            heads.append(found.span())
    return heads


def _unlabelled_lines(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    return [
        (found.start(), found.start())
        for found in _LINE.finditer(text, start, stop)
        if not _LINKS_ONLY.fullmatch(found.group())
    ]


def _chain(text: str, start: int, stop: int) -> tuple[float, list[tuple[int, int]]]:
    """Return the best chain 1, 2, 3 … of numbers inside the lines, and what it is worth."""
    best: tuple[float, list[tuple[int, int]]] = (0.0, [])
    for pattern in _RUN_ON:
        found = [
            _Number(int(one.group(1)), one.start(), one.end(), _plausible(text, start, one))
            for one in pattern.finditer(text, start, stop)
        ]
        worth, heads = _best_chain(found)
        if len(heads) > 1 and worth > best[0] + 0.01:
            best = (worth, heads)
    return best


@dataclass(frozen=True, slots=True)
class _Number:
    value: int
    start: int
    end: int
    worth: float


def _plausible(text: str, start: int, found: re.Match[str]) -> float:
    """Return how much a number looks like the head of an entry: by what stands on its sides."""
    worth = -0.3
    if _BEGINS.match(text, found.end()):
        worth += 1.35
    elif _BEGINS_IN_FULL.match(text, found.end()):
        worth += 0.5
    before = text[max(start, found.start() - 24) : found.start()]
    worth += 0.5 if not before.strip() or _ENDS.search(before) else -0.4
    if re.search(
        r"(?:[,;:(–-]|\b(?:vol|no|of|and|in|the|to|type|pp?|phase)\.?)\s*\Z", before, re.I
    ):
        worth -= 0.6
    return worth


def _best_chain(numbers: Sequence[_Number]) -> tuple[float, list[tuple[int, int]]]:
    """Return the chain of rising numbers with the most worth (dynamic programming).

    ``ends[v]`` is the best chain so far that ends with v. The texts are read from the left, so
    that a chain through v + 1 begins in one through v that stands before it; a number missing
    from the text costs its chain as much as a poor head.
    """
    links: list[tuple[float, int]] = []
    ends: dict[int, tuple[float, int]] = {}
    best = (0.0, -1)
    for place, number in enumerate(numbers):
        before = ends.get(number.value - 1)
        skipped = ends.get(number.value - 2)
        if before is None or (skipped is not None and skipped[0] - 0.9 > before[0]):
            before = (skipped[0] - 0.9, skipped[1]) if skipped else before
        if before is None and number.value != 1:
            links.append((0.0, -1))
            continue
        worth, last = before or (0.0, -1)
        links.append((worth + number.worth, last))
        if number.value not in ends or links[-1][0] > ends[number.value][0]:
            ends[number.value] = (links[-1][0], place)
            best = max(best, ends[number.value], key=lambda one: one[0])
    heads: list[tuple[int, int]] = []
    at = best[1]
    while at >= 0:
        heads.append((numbers[at].start, numbers[at].end))
        at = links[at][1]
    return best[0], heads[::-1]


def _kept(body: str) -> int:
    """Return how many characters of an entry are kept: links and what follows a gap are not."""
    first = body.split("\n\n")[0]
    for line in _LINE.finditer(first):
        if line.start() and _LINKS_ONLY.fullmatch(line.group()):
            first = first[: line.start()]
            break
    return len(_TAIL.sub("", first.rstrip()).rstrip())
