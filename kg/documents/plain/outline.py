"""The outline of a plain text: which stretch of it is what.

A copied journal page has no mark-up: headings are short lines whose words are known, or that
stand alone; figure legends begin with their label; what belongs to the page and not to the
article is set apart as boilerplate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.documents.headings import (
    clean_heading,
    heading_kind,
    nested_kind,
    normal_heading,
    unnamed_kind,
)
from kg.documents.model import ArticleType, Section, SectionKind
from kg.documents.plain.front import Front, is_sentence
from kg.documents.plain.lines import Line, plays

_LABEL = (
    r"(?:supplementa(?:ry|l)\s+)?(?P<label>fig(?:ure|\.)?|table|video|scheme|chart|plate|box)"
    r"\s*(?P<number>S?\d{1,2}|[IVX]{1,4})[A-Za-z]?\b"
)
_CAPTION = re.compile(_LABEL + r"\s*[.:|–-]?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_PROSE_AFTER_LABEL = re.compile(
    r"(?:and|shows?|showed|demonstrat\w+|illustrat\w+|depict\w+|summari[sz]\w+|presents?|lists?|is|"
    r"was|were|are|gives?|provides?|reveal\w*|describes?|displays?|contains?|compares?|to|in|of)\b|[,)\];]"
)
_RUN_IN = re.compile(r"(abstract|summary|key\s?words?)\s*[:.—–-]\s*(?=\S)", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.\s|│]")
_SUB_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[A-Z][a-z]")
_MOST_HEADING = 110
_MOST_ABSTRACT = 5000
_LEFT_BY_ANY_HEADING = frozenset({"boilerplate", "introduction", "abstract"})


@dataclass(slots=True)
class _State:
    """Where the outline stands while it goes down the lines."""

    kind: SectionKind = "boilerplate"
    title: str | None = None
    part: str = "front"
    top: SectionKind = "boilerplate"
    abstract_kinds: tuple[SectionKind | None, ...] = ()
    abstract_length: int = 0
    seen: tuple[SectionKind, ...] = ()
    caption: SectionKind | None = None


def outline(lines: list[Line], front: Front, article_type: ArticleType) -> tuple[Section, ...]:
    """Return the sections of a copied page, in order.

    Parameters
    ----------
    lines
        The lines of the text.
    front
        What was found above the first heading: title line, abstract lines.
    article_type
        Decides what a body without headings is.
    """
    state = _State()
    unnamed = _has_unnamed_abstract(lines, front)
    sections: list[Section] = []
    for i, line in enumerate(lines):
        if i == front.title:
            _add(sections, Section("title", None, line.start, line.end))
        elif i in front.abstract:
            _add(sections, Section("abstract", None, line.start, line.end))
        elif i < front.end:
            _add(sections, Section("boilerplate", None, line.start, line.end))
        else:
            if i == front.end:
                state.part = "body"
                kind = unnamed_kind((), article_type) if front.headed else "case"
                state.kind = state.top = "abstract" if unnamed else kind
            _place(line, state, sections, article_type)
    return tuple(sections)


def _has_unnamed_abstract(lines: list[Line], front: Front) -> bool:
    """Tell whether the headings begin with those of a structured abstract without its own name.

    The sign: the first tells of the background, and another introduction follows.
    """
    if front.abstract or front.end >= len(lines):
        return False
    if heading_kind(lines[front.end].text) != "introduction":
        return False
    rest = (line.text for line in lines[front.end + 1 :] if len(line.text) <= _MOST_HEADING)
    return any(heading_kind(text) == "introduction" for text in rest)


def _place(line: Line, state: _State, sections: list[Section], article_type: ArticleType) -> None:
    """Put one line below the front matter where it belongs."""
    if state.part == "end" and heading_kind(line.text[:_MOST_HEADING]) != "references":
        _add(sections, Section("boilerplate", state.title, line.start, line.end))
        return
    if state.part == "references" and plays(line, "stop"):
        state.part, state.title = "end", None
        _add(sections, Section("boilerplate", None, line.start, line.end))
        return
    if plays(line, "page"):
        if state.part != "references":
            _add(sections, Section("boilerplate", None, line.start, line.end))
        return
    if _is_caption(line, state, sections):
        return
    if _is_heading(line, state):
        _open(line.text, state, article_type)
        return
    start = line.start
    if state.part != "references" and (found := _RUN_IN.match(line.text)):
        _open(found.group(1), state, article_type)
        start += found.end()
    kind = "boilerplate" if plays(line, "stop") else state.kind
    if "\t" in line.text and kind not in ("references", "boilerplate"):
        kind = "table"
    state.abstract_length += line.end - start if kind == "abstract" else 0
    _add(sections, Section(kind, state.title, start, line.end))


def _is_caption(line: Line, state: _State, sections: list[Section]) -> bool:
    """Take a figure's or table's label line, and the legend under a bare label."""
    if state.part == "references":
        return False
    if state.caption is not None:
        kind, state.caption = state.caption, None
        again = _CAPTION.fullmatch(line.text)
        if heading_kind(line.text) is None and (again is None or again["rest"]):
            _add(sections, Section(kind, None, line.start, line.end))
            return True
    found = _CAPTION.fullmatch(line.text)
    if found is None or _PROSE_AFTER_LABEL.match(found["rest"]):
        return False
    kind = "table" if found["label"].lower().startswith("tab") else "legend"
    if found["number"].startswith("S"):
        kind = "boilerplate"  # of the supplement
    if found["rest"]:
        _add(sections, Section(kind, None, line.start, line.end))
    else:
        state.caption = kind
    return True


def _is_heading(line: Line, state: _State) -> bool:  # noqa: PLR0911 -- one return a rule
    """Tell whether a line is a heading: its words are known, or it stands alone like one."""
    text = line.text
    if len(text) > _MOST_HEADING or text[0].islower():
        return False
    if ":" in text and plays(line, "stop"):  # "Received: 5 May 2021"
        return False
    kind = heading_kind(text)
    if state.part == "references":
        return kind == "boilerplate"
    if kind is not None:
        return not is_sentence(text)
    if text[-1] in ".,;:?!" or not text[0].isalnum():
        return False
    if not line.alone and not _SUB_HEADING.match(text):
        return False
    if len(text) > 90 or len(text.split()) > 12:
        return False
    return bool(_NUMBER.match(text)) or (text[0].isupper() and not text.isupper())


def _open(text: str, state: _State, article_type: ArticleType) -> None:
    """Open the section that a heading begins."""
    own = heading_kind(text, article_type)
    state.title = clean_heading(text)
    if own == "references":
        state.part, state.kind = "references", "references"
        return
    if state.top == "abstract" and not _ends_abstract(own, state):
        state.abstract_kinds = (*state.abstract_kinds, own)
        return
    if own is not None and not _is_sub(text):
        state.top = state.kind = own
        state.seen = (*state.seen, own)
        state.abstract_kinds = ()
        state.abstract_length = int(normal_heading(text) == "graphical abstract")  # a picture
        return
    if (
        own is None
        and state.top in ("boilerplate", "introduction", "abstract")
        and not _is_sub(text)
    ):
        state.top = state.kind = unnamed_kind(state.seen, article_type)
        return
    state.kind = nested_kind(text, state.top, article_type)


def _is_sub(text: str) -> bool:
    """Tell whether a heading is numbered below the first level, as "2.1" is."""
    found = _NUMBER.match(text)
    return found is not None and "." in found.group(1)


def _ends_abstract(own: SectionKind | None, state: _State) -> bool:
    """Tell whether a heading under the abstract belongs to the body already.

    A structured abstract has its own "Background … Conclusion"; it ends where one of its kinds
    comes again, where its conclusion is past, where it grows too long, or at the first heading
    under running text.
    """
    if own == "boilerplate" or state.abstract_length > _MOST_ABSTRACT:
        return True
    if own is None:
        return state.abstract_length > 0 and not state.abstract_kinds
    if not state.abstract_kinds:
        return state.abstract_length > 0
    return own in state.abstract_kinds or state.abstract_kinds[-1] == "conclusion"


def _add(sections: list[Section], new: Section) -> None:
    """Add a stretch, or lengthen the last one when it goes on."""
    last = sections[-1] if sections else None
    if last is not None and (last.kind, last.title) == (new.kind, new.title):
        sections[-1] = Section(last.kind, last.title, last.start, new.end)
    else:
        sections.append(new)
