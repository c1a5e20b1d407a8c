"""What stands above the first heading of a copied page: title, abstract, and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.documents.headings import heading_kind
from kg.documents.plain.lines import Line, plays

_BODY_KINDS = frozenset({"abstract", "introduction", "case", "methods", "results", "discussion"})
_RUN_IN_ABSTRACT = re.compile(r"(abstract|summary)\s*[:.—–-]\s*\S", re.I)
_AFFILIATION = re.compile(
    r"\b(?:to whom correspondence|creative commons|open access)\b|(?i:under a .{0,20}licen[cs]e)|"
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
_TYPE_OR_JOURNAL = re.compile(
    r"(?:open\s*access)?\s*(?:case\s*(?:report|study|series)|original (?:article|research)|review|"
    r"(?:brief|short) (?:report|communication)|research|letter)s?(?: article)?\s*(?:open access)?|"
    r"(?:the )?(?:[\w&-]+ ){0,5}journal(?: of [^:.]{3,60})?|author links open.*|home \|.*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z]")
_FRONT_LINES = 80
_MOST_ABSTRACT = 4500
_NAMES = re.compile(r"(?:[A-Z][\w.’'-]*\s?(?:[\d,*†‡§&]|and\b)*\s*){2,}\Z")
_SENTENCE_BREAK = re.compile(r"[a-z)\d]\.\s+[A-Z]")


@dataclass(frozen=True, slots=True)
class Front:
    """Line numbers: of the title (-1 for none), of an abstract without heading, of the body."""

    title: int
    abstract: frozenset[int]
    end: int
    headed: bool = True
    """Whether the text has headings at all."""


_ALL_BODY = Front(-1, frozenset(), 0, headed=False)
_SENTENCE_ENDS = ".!?;,"


def is_sentence(text: str) -> bool:
    """Tell whether a line is a sentence, which no heading is; "Abstract." is none.

    Examples
    --------
    >>> is_sentence("Physical examination revealed a mass in the liver."), is_sentence("Abstract.")
    (True, False)
    """
    return text[-1] in _SENTENCE_ENDS and len(text.split()) > 4


def front_of(lines: list[Line], citation: str | None) -> Front:
    """Find title and abstract above the first heading.

    Parameters
    ----------
    lines
        The lines of the text.
    citation
        The page's own citation line, when it has one; it holds the title.
    """
    end = _first_heading(lines)
    if end is None:
        return _without_headings(lines)
    title = _title_line(lines[:end], citation)
    if heading_kind(lines[end].text) == "abstract" or _RUN_IN_ABSTRACT.match(lines[end].text):
        return Front(title, frozenset(), end)
    prose: list[int] = []
    for i in range(title + 1, end):
        if prose and _opens_boilerplate(lines[i]):  # a letter: no heading but these
            end = i
            break
        if _is_prose(lines[i]) and not plays(lines[i], "page"):
            prose.append(i)
    if sum(len(lines[i].text) for i in prose) > _MOST_ABSTRACT:  # the body has no headings
        return Front(title, frozenset(prose[:1]), prose[0] + 1)
    return Front(title, frozenset(prose), end)


def _opens_boilerplate(line: Line) -> bool:
    return len(line.text) < 60 and heading_kind(line.text) == "boilerplate"


def _first_heading(lines: list[Line]) -> int | None:
    """Return the first line whose words open the article, past a menu of its headings."""
    kinds = [_opening_kind(line) for line in lines]
    for first, last in _menus(lines):
        for i in range(first, last):
            kinds[i] = None
    for i in range(min(len(kinds), _FRONT_LINES)):
        if kinds[i] == "abstract":  # "Case report" above it is the type of the article
            return i
    return next((i for i, kind in enumerate(kinds) if kind is not None), None)


def _menus(lines: list[Line]) -> list[tuple[int, int]]:
    """Return the runs of headings without text between them: a page's table of contents."""
    menus: list[tuple[int, int]] = []
    i = 0
    while i < len(lines):
        run = i
        known: set[str] = set()
        while run < len(lines) and (kind := _menu_entry(lines[run])):
            known.add(kind)
            run += 1
        if run - i >= 4 and len(known) >= 3:
            menus.append((i, run))
        i = max(run, i + 1)
    return menus


def _menu_entry(line: Line) -> str | None:
    if len(line.text) > 90:
        return None
    return heading_kind(line.text) or ("numbered" if _NUMBERED.match(line.text) else None)


def _opening_kind(line: Line) -> str | None:
    if _RUN_IN_ABSTRACT.match(line.text):
        return "abstract"
    if len(line.text) > 110 or plays(line, "page") or is_sentence(line.text):
        return None
    kind = heading_kind(line.text)
    return kind if kind in _BODY_KINDS or kind in ("references", "conclusion") else None


def _without_headings(lines: list[Line]) -> Front:
    """A text without any heading: all of it is body, after a title where one stands first."""
    first = lines[0]
    titled = len(lines) > 1 and first.text[-1] not in _SENTENCE_ENDS and _could_be_title(first)
    return Front(0, frozenset(), 1, headed=False) if titled else _ALL_BODY


def _title_line(lines: list[Line], citation: str | None) -> int:
    """Return the line of the title: the longest that the citation holds, else the first likely."""
    if citation:
        wanted = _letters(citation)
        cited = [i for i, line in enumerate(lines) if _is_cited(line.text, wanted)]
        if cited:
            return max(cited, key=lambda i: len(lines[i].text))
    return next((i for i, line in enumerate(lines) if _could_be_title(line)), -1)


def _is_cited(text: str, wanted: str) -> bool:
    letters = _letters(text)
    return len(letters) >= 15 and len(text.split()) >= 3 and letters in wanted


def _could_be_title(line: Line) -> bool:
    text = line.text
    if not (len(text.split()) >= 3 and 15 <= len(text) <= 400):
        return False
    if plays(line, "page") or plays(line, "stop") or _TYPE_OR_JOURNAL.fullmatch(text):
        return False
    if (len(text) < 40 and heading_kind(text) is not None) or _NUMBERED.match(text):
        return False
    if _IMPRINT.search(text) or _AFFILIATION.search(text) or text.startswith(("by ", "•")):
        return False
    return not _looks_like_names(text) and not (text.endswith(".") and _is_prose(line))


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
