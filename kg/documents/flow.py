"""The text of a structured source as it is built: paragraphs, headings, scripts and marks.

The readers of JATS, BioC and HTML pour their content into a :class:`Flow`, which keeps count of
the offsets. Paragraphs are separated by one blank line. Runs of blanks and line breaks of the
source, which mean nothing in XML, become one blank; all other characters stay as read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from sys import intern
from typing import Literal

from kg.documents.model import Mark, Script, Section, SectionKind

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_NEEDS_COLLAPSE = re.compile(r"[\t\r\n\f\v]|  ")


class Paragraph:
    """One paragraph as it is written, with its own offsets from 0."""

    __slots__ = ("_ends_blank", "_length", "_parts", "marks", "scripts")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._ends_blank = True
        self.scripts: list[Script] = []
        self.marks: list[tuple[int, int, tuple[int, ...]]] = []

    @property
    def length(self) -> int:
        """The number of characters so far."""
        return self._length

    def add(self, text: str | None) -> None:
        """Write text; blanks collapse, and none stands first."""
        if not text:
            return
        if _NEEDS_COLLAPSE.search(text):
            text = _BLANKS.sub(" ", text)
        if self._ends_blank and text[0] == " ":
            text = text[1:]
            if not text:
                return
        self._parts.append(text)
        self._length += len(text)
        self._ends_blank = text[-1] == " "

    def separate(self, mark: str) -> None:
        """Write a tab or a line's end between the cells and rows of a table, as it is."""
        self._parts.append(mark)
        self._length += len(mark)
        self._ends_blank = True

    def script(self, start: int, role: Literal["sup", "sub"]) -> None:
        """Note that what was written from ``start`` on is a superscript or subscript."""
        if self._length > start:
            self.scripts.append(Script(start, self._length, role))

    def mark(self, start: int, references: tuple[int, ...]) -> None:
        """Note that what was written from ``start`` on names these references."""
        if references:
            self.marks.append((start, self._length, references))

    def text(self) -> str:
        """Return what was written, without a blank at the end."""
        return "".join(self._parts).rstrip(" \t\n")


@dataclass(slots=True)
class Flow:
    """The whole text as it grows."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    sections: list[Section] = field(default_factory=list)
    scripts: list[Script] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    _broken: bool = True

    def heading(self, title: str | None) -> None:
        """Write a heading; what follows is a section of its own."""
        self._broken = True
        if title:
            self._append(title)

    def write(self, paragraph: Paragraph | str, kind: SectionKind, title: str | None) -> None:
        """Write a paragraph into the section of this kind and title."""
        text = paragraph if isinstance(paragraph, str) else paragraph.text()
        if not text:
            return
        start = self._append(text)
        if isinstance(paragraph, Paragraph):
            self._take(paragraph, text, start)
        last = self.sections[-1] if self.sections else None
        if last is not None and not self._broken and (last.kind, last.title) == (kind, title):
            self.sections[-1] = Section(kind, title, last.start, self.length)
        else:
            self.sections.append(Section(kind, title, start, self.length))
        self._broken = False

    def text(self) -> str:
        """Return the whole text."""
        return "".join(self.parts)

    def _append(self, text: str) -> int:
        if self.parts:
            self.parts.append("\n\n")
            self.length += 2
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start

    def _take(self, paragraph: Paragraph, text: str, start: int) -> None:
        most = len(text)
        for script in paragraph.scripts:
            end = min(script.end, most)
            if end > script.start:
                self.scripts.append(Script(start + script.start, start + end, script.role))
        for first, last, references in join_marks(text, paragraph.marks):
            self.marks.append(
                Mark(start + first, start + last, intern(text[first:last]), references)
            )


_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_BETWEEN = re.compile(r"\s*[,;]?\s*")
_NUMBERS = re.compile(r"[\s\[(]*\d{1,4}[a-z]?(?:\s*[,;\u2010-\u2015\u2212-]\s*\d{1,4})*[\])\s]*")
_PAIRS = {"(": ")", "[": "]"}

RawMark = tuple[int, int, tuple[int, ...]]


def join_marks(text: str, marks: list[RawMark]) -> list[RawMark]:
    """Join the links of one citation mark: "[4", "–", "7]" are one mark for 4, 5, 6 and 7.

    Only numbered links are joined; "Smith, 2010" stands for itself. A bracket around a mark
    belongs to it.

    Examples
    --------
    >>> join_marks("rare [4–7, 9].", [(6, 7, (4,)), (8, 9, (7,)), (11, 12, (9,))])
    [(5, 13, (4, 5, 6, 7, 9))]
    """
    joined: list[RawMark] = []
    open_to_join = False
    for start, end, references in marks:
        end = min(end, len(text))
        if end <= start:
            continue
        numbered = _NUMBERS.fullmatch(text, start, end) is not None
        previous = joined[-1] if joined and numbered and open_to_join else None
        if previous is not None:
            gap = text[previous[1] : start]
            if _DASH.fullmatch(gap) and previous[2][-1] < references[0] <= previous[2][-1] + 100:
                between = tuple(range(previous[2][-1] + 1, references[0]))
                joined[-1] = (previous[0], end, (*previous[2], *between, *references))
                continue
            if _BETWEEN.fullmatch(gap):
                joined[-1] = (previous[0], end, (*previous[2], *references))
                continue
        joined.append((start, end, references))
        open_to_join = numbered
    return [_bracketed(text, mark) for mark in joined]


def _bracketed(text: str, mark: RawMark) -> RawMark:
    start, end, references = mark
    end = start + len(text[start:end].rstrip())
    start = end - len(text[start:end].lstrip())
    before, after = text[start - 1 : start], text[end : end + 1]
    unique = tuple(dict.fromkeys(references))
    if before and after and _PAIRS.get(before) == after:
        return start - 1, end + 1, unique
    return start, end, unique
