"""The Document: one article as read, with every offset pointing into its one text.

Offsets are Unicode code points into ``Document.text``, half-open ``[start, end)``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

SectionKind = Literal[
    "title",
    "abstract",
    "introduction",
    "case",
    "methods",
    "results",
    "discussion",
    "conclusion",
    "legend",
    "table",
    "references",
    "boilerplate",
]
"""What a stretch of an article is for. Facts are read from all but the last two."""

Format = Literal["jats", "bioc", "html", "text", "pdf", "abstract"]
"""The form a work was read from, the fullest first."""

ArticleType = Literal[
    "case_report",
    "case_series",
    "review",
    "research",
    "letter",
    "editorial",
    "correction",
    "retraction",
    "expression_of_concern",
    "preprint",
    "other",
]

RelationType = Literal["corrects", "retracts", "preprint_of"]


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the text with one purpose; sections are in order and do not overlap.

    ``[start, end)`` is the body; a heading, given as ``title``, stands outside it.
    """

    kind: SectionKind
    title: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the article's reference list, as that article writes it.

    ``number`` counts from 1 in the order of the list. ``confidence`` is between 0 and 1:
    1.0 for tagged references, the agreement of the parsers for plain ones. ``also`` are the
    further works that the same entry cites ("12. (a) … (b) …"), under the same number.
    """

    number: int
    text: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    title: str | None = None
    journal: str | None = None
    volume: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None
    confidence: float = 1.0
    also: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """An in-text citation mark, such as ``(2, 3)``, with the numbers of the references it names."""

    start: int
    end: int
    text: str
    references: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A stretch that stood as superscript or subscript: the 9 of 10⁹/L, the + of CD34⁺."""

    start: int
    end: int
    role: Literal["sup", "sub"]


@dataclass(frozen=True, slots=True)
class RelatedWork:
    """A work that this one corrects, retracts or is the preprint of."""

    type: RelationType
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the article says of itself. ``published`` is ISO 8601, as precise as stated."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    journal: str | None = None
    year: int | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    published: str | None = None
    keywords: tuple[str, ...] = ()
    language: str | None = None
    licence: str | None = None
    article_type: ArticleType = "other"
    retracted: bool = False
    retracted_on: str | None = None
    related: tuple[RelatedWork, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One article as read.

    ``sha256`` is of ``text``, ``source_sha256`` of the bytes it was read from. ``notes`` are
    things a reader of the graph should know of the reading (a poor PDF text, for instance).
    """

    id: str
    source: str
    format: Format
    sha256: str
    source_sha256: str
    text: str
    meta: Metadata
    sections: tuple[Section, ...]
    references: tuple[Reference, ...] = ()
    marks: tuple[Mark, ...] = ()
    scripts: tuple[Script, ...] = ()
    notes: tuple[str, ...] = ()


def sha256_of(data: str | bytes) -> str:
    """Return the hexadecimal SHA-256 of bytes, or of a text in UTF-8."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return hashlib.sha256(raw).hexdigest()


def work_id(meta: Metadata, text: str) -> str:
    """Return the id of a work: its doi, else pmid, else pmcid, else the hash of its text.

    Examples
    --------
    >>> work_id(Metadata(doi="10.3389/FONC.2022.1021786"), "")
    'doi:10.3389/fonc.2022.1021786'
    """
    if meta.doi:
        return f"doi:{meta.doi.lower()}"
    if meta.pmid:
        return f"pmid:{meta.pmid}"
    if meta.pmcid:
        return f"pmcid:{meta.pmcid.upper()}"
    return f"sha256:{sha256_of(text)}"
