"""What stands above the first heading of a copied page: title, abstract, and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.documents.headings import heading_kind
from kg.documents.plain.lines import Line, plays

_BODY_KINDS = frozenset({"abstract", "introduction", "case", "methods", "results", "discussion"})
_RUN_IN_ABSTRACT = re.compile(r"(abstract|summary|background|introduction)\s*[:.—–-]\s*\S", re.I)
_AFFILIATION = re.compile(
    r"\b(?:Departments?|Division|Universit\w+|Hospital|Institute|Faculty|School of|Clinic|Centre|"
    r"Center for|Corresponding author|E-?mail|Service d)\b|@|^\W*\d?\s*From the\b"
)
_IMPRINT = re.compile(
    r"\bdoi\b|10\.\d{4,}/|\bvolume\b|\bvol\.|\bISSN\b|article number|\(?(?:19|20)\d\d\)?;\s*\d|"
    r"^(?:open access|received|accepted|published|first published|copyright|©|licen[sc]e|edited|"
    r"academic editor|citation|cite|keywords|e-?mail|volume|issue|pages?)\b|"
    r",\s*\d{1,2}\s+\w+\s+(?:19|20)\d\d\Z",
    re.IGNORECASE,
)
_NAMES = re.compile(r"(?:[A-Z][\w.’'-]*\s?(?:[\d,*†‡§&]|and\b)*\s*){2,}\Z")
_SENTENCE_BREAK = re.compile(r"[a-z)\d]\.\s+[A-Z]")


@dataclass(frozen=True, slots=True)
class Front:
    """Line numbers: of the title (-1 for none), of an abstract without heading, of the body."""

    title: int
    abstract: frozenset[int]
    end: int


def front_of(lines: list[Line], known_title: str | None) -> Front:
    """Find title and abstract above the first heading.

    Parameters
    ----------
    lines
        The lines of the text.
    known_title
        The title as the page's citation line gives it, when it does.
    """
    end = _first_heading(lines)
    if end is None:
        return _without_headings(lines, known_title)
    title = _title_line(lines[:end], known_title)
    abstract: frozenset[int] = frozenset()
    if heading_kind(lines[end].text) != "abstract" and not _RUN_IN_ABSTRACT.match(lines[end].text):
        abstract = frozenset(
            i for i in range(title + 1, end) if _is_prose(lines[i]) and not plays(lines[i], "page")
        )
    return Front(title, abstract, end)


def _first_heading(lines: list[Line]) -> int | None:
    """Return the first line whose words open the article, past a menu of its headings."""
    kinds = [_opening_kind(line) for line in lines]
    if "abstract" in kinds[:60]:  # "Case report" above it is the type of the article
        for i in range(kinds.index("abstract")):
            kinds[i] = None
    i = 0
    while i < len(kinds):
        run = i
        while run < len(kinds) and kinds[run] is not None:
            run += 1
        if run > i and (run - i < 4 or len(set(kinds[i:run])) < 3):
            return i
        i = max(run, i + 1)
    return None


def _opening_kind(line: Line) -> str | None:
    if _RUN_IN_ABSTRACT.match(line.text):
        return "abstract"
    if len(line.text) > 110 or plays(line, "page"):
        return None
    kind = heading_kind(line.text)
    return kind if kind in _BODY_KINDS or kind in ("references", "conclusion") else None


def _without_headings(lines: list[Line], known_title: str | None) -> Front:
    """A text without any heading: a title may stand first, the rest is the body."""
    if not lines or (_is_prose(lines[0]) and len(lines[0].text) > 200):
        return Front(-1, frozenset(), 0)
    head = [line for line in lines[:12] if not _is_prose(line)]
    title = _title_line(head, known_title) if lines[0] in head else -1
    end = 0 if title < 0 else lines.index(head[title]) + 1
    return Front(end - 1 if title >= 0 else -1, frozenset(), end)


def _title_line(lines: list[Line], known_title: str | None) -> int:
    if known_title:
        wanted = _letters(known_title)
        for i, line in enumerate(lines):
            if _letters(line.text) == wanted:
                return i
    for i, line in enumerate(lines):
        text = line.text
        if len(text.split()) >= 3 and 15 <= len(text) <= 400 and not plays(line, "page"):
            if plays(line, "stop") or _IMPRINT.search(text) or _AFFILIATION.search(text):
                continue
            if (text.endswith(".") and _is_prose(line)) or _looks_like_names(text):
                continue
            return i
    return -1


def _looks_like_names(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    small = sum(word[0].islower() for word in words)
    return _NAMES.fullmatch(text) is not None and small <= len(words) // 8 and "," in text


def _is_prose(line: Line) -> bool:
    text = line.text
    if len(text) < 150 or _AFFILIATION.search(text[:60]) or plays(line, "stop"):
        return False
    return _SENTENCE_BREAK.search(text) is not None or (len(text) > 250 and text[-1] in ".)")


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
