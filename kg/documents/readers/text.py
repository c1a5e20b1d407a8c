"""Plain text: a journal page copied by hand, or a bare case text."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.documents.assemble import Origin, assemble
from kg.documents.decoding import decode
from kg.documents.marks import find_marks
from kg.documents.metadata import article_type
from kg.documents.model import Document, Metadata, Reference, Section, sha256_of
from kg.documents.plain.front import front_of
from kg.documents.plain.imprint import imprint_of, metadata_of
from kg.documents.plain.lines import lines_of
from kg.documents.plain.outline import outline
from kg.documents.references import parse, split
from kg.errors import ReadError

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<![^>]*>\s*)*<([A-Za-z][\w:.-]*)[\s/>]", re.S
)
MOST_CHARACTERS = 10_000_000
"""The longest text that is taken for an article; a thick textbook has five million."""


class TextReader:
    """Reads what no other reader claims, so long as it is text."""

    name = "text"

    def sniff(self, head: bytes) -> float:
        """Claim anything, the least surely of all."""
        return 0.1

    def read(self, data: bytes, source: str) -> list[Document]:
        """Read one copied journal page.

        The text is kept exactly as it was decoded, so that offsets are the file's own.
        """
        text, notes = decode(data, source)
        _check_length(text, source)
        if root := _MARKUP.match(text):
            raise ReadError(
                f"this is mark-up of a kind that no reader knows, <{root.group(1)}>",
                where=source,
                hint="give JATS, BioC, PubMed XML or HTML, or the text alone",
            )
        return [read_page(text, Origin(source, sha256_of(data)), notes)]


def read_page(text: str, origin: Origin, notes: tuple[str, ...] = ()) -> Document:
    """Return the Document of a copied page, from its text."""
    lines = lines_of(text)
    if not lines:
        raise ReadError("the file holds no text", where=origin.source, hint="give a file with text")
    imprint = imprint_of(lines)
    front = front_of(lines, imprint.citation.text if imprint.citation else None)
    title = lines[front.title].text if front.title >= 0 else None
    sections = outline(lines, front, article_type(imprint.types, title))
    references = _references(text, sections)
    listed = [section for section in sections if section.kind == "references"]
    if listed:
        imprint = imprint_of(lines, (listed[0].start, listed[-1].end))
    types = ("case report",) if any(section.kind == "case" for section in sections) else ()
    meta = metadata_of(imprint, title, types)
    if not references:
        notes = (*notes, "no reference list was found")
    marks = find_marks(text, sections, references)
    return assemble(
        origin, "text", text, meta,
        sections=sections, references=references, marks=marks, notes=notes,
    )  # fmt: skip


def read_plain(data: bytes, source: str) -> Document:
    """Return a bare case text as a Document of one case section.

    Raises
    ------
    ReadError
        When the bytes are empty, binary or too long.
    """
    text, notes = decode(data, source)
    _check_length(text, source)
    return assemble(
        Origin(source, sha256_of(data)),
        "text",
        text,
        Metadata(language="en", article_type="case_report"),
        sections=(Section("case", None, 0, len(text)),),
        notes=notes,
    )


def _check_length(text: str, source: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise ReadError(
            f"the text has {len(text):,} characters, more than any article",
            where=source,
            hint="split it into single articles",
        )


def _references(text: str, sections: tuple[Section, ...]) -> tuple[Reference, ...]:
    """Parse the entries of the reference sections, numbered through."""
    found: list[Reference] = []
    for section in sections:
        if section.kind == "references":
            for entry in split(text, section.start, section.end):
                number = len(found) + 1
                found.append(replace(parse(text[entry.start : entry.end], number), number=number))
    return tuple(found)


reader = TextReader()
