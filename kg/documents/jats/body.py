"""The body of a JATS article poured into one text: sections, captions, tables, boilerplate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.documents.flow import Flow, Paragraph
from kg.documents.headings import heading_kind, nested_kind, unnamed_kind
from kg.documents.jats.inline import BLOCKS, formula_text, write_cell, write_inline
from kg.documents.jats.references import ReferenceList
from kg.documents.model import ArticleType, SectionKind
from kg.documents.xml import Element, local, words_of

_SEC_TYPES = Path(__file__).with_name("sec_types.tsv")
_FIGURES = frozenset({"fig", "fig-group", "chem-struct-wrap"})
_TABLES = frozenset({"table-wrap", "table-wrap-group"})
_MEDIA = frozenset({"supplementary-material", "media", "graphic"})
_UNTOLD = frozenset(
    {"label", "title", "ref-list", "sec-meta", "object-id", "permissions", "attrib"}
)


@cache
def _sec_types() -> dict[str, tuple[SectionKind, bool]]:
    found: dict[str, tuple[SectionKind, bool]] = {}
    for line in _SEC_TYPES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, kind, stronger = line.split("\t")
            found[name] = (kind, stronger == "!")  # type: ignore[assignment]
    return found


@dataclass(slots=True)
class Body:
    """Writes the parts of an article into a flow."""

    flow: Flow
    listed: ReferenceList
    article_type: ArticleType
    seen: list[SectionKind] = field(default_factory=list)

    def write_abstract(self, abstract: Element) -> None:
        """Write an abstract; one in another language is set apart."""
        title = words_of(abstract.find("title")) or None
        foreign = local(abstract) == "trans-abstract"
        kind: SectionKind = "boilerplate" if foreign else "abstract"
        self.flow.heading(title)
        self._blocks(abstract, kind, title)

    def write_body(self, body: Element) -> None:
        """Write the body: sections by their headings, text before them by the article's type."""
        loose = any(local(child) == "p" for child in body)
        named = any(local(child) == "sec" for child in body)
        kind = unnamed_kind((), self.article_type)
        if loose and named and self.article_type not in ("case_report", "case_series"):
            kind = "introduction"
        self.flow.heading(None)
        self._blocks(body, kind, None, top=True)

    def write_back(self, back: Element) -> None:
        """Write what stands after the body: boilerplate, unless a heading says otherwise."""
        for child in back:
            if local(child) == "sec":
                self._section(child, "boilerplate", top=True)
            elif local(child) == "app-group":
                for appendix in child:
                    self._section(appendix, "boilerplate", top=False)
            elif local(child) not in ("ref-list", "label", "title"):
                title = words_of(child.find("title")) or None
                self.flow.heading(title)
                self._blocks(child, "boilerplate", title)

    def write_floats(self, group: Element) -> None:
        """Write the figures and tables that stand apart from the text."""
        self.flow.heading(None)
        for child in group:
            self._block(child, "legend", None, top=False)

    def _section(self, sec: Element, parent: SectionKind, *, top: bool) -> None:
        title = words_of(sec.find("title")) or None
        kind = self._kind(sec, title, parent, top=top)
        if kind == "references":  # written once, after everything, from the list itself
            return
        if top:
            self.seen.append(kind)
        self.flow.heading(title)
        self._blocks(sec, kind, title)

    def _kind(
        self, sec: Element, title: str | None, parent: SectionKind, *, top: bool
    ) -> SectionKind:
        """Return the kind of a section: strong sec-type, heading, weak sec-type, place."""
        told, stronger = _sec_types().get((sec.get("sec-type") or "").lower(), (None, False))
        if told is not None and stronger:
            return told
        if not top:
            return nested_kind(title, parent, self.article_type)
        own = heading_kind(title, self.article_type) if title else None
        if own is not None:
            return own
        if told is not None:
            return told
        return "boilerplate" if parent == "boilerplate" else self._place()

    def _place(self) -> SectionKind:
        return unnamed_kind(tuple(self.seen), self.article_type)

    def _blocks(
        self, element: Element, kind: SectionKind, title: str | None, *, top: bool = False
    ) -> None:
        """Write the blocks of an element; words that stand between them are paragraphs too."""
        if (element.text or "").strip() and element.find("p") is None:
            self._paragraph(element, kind, title)
            return
        for child in element:
            if local(child) not in _UNTOLD:
                self._block(child, kind, title, top=top)

    def _block(self, block: Element, kind: SectionKind, title: str | None, *, top: bool) -> None:
        tag = local(block)
        if tag == "sec":
            self._section(block, kind, top=top)
            if not top:
                self.flow.heading(None)
        elif tag in _FIGURES:
            self._caption(block, "legend", kind)
        elif tag in _TABLES:
            self._table(block, kind)
        elif tag in _MEDIA:
            self._caption(block, "boilerplate", kind)
        elif tag == "boxed-text":
            self._section(block, kind, top=False)
        elif tag in ("disp-formula", "disp-formula-group"):
            self.flow.write(formula_text(block), kind, title)
        elif tag in ("table", "array"):
            self._rows(block, kind, title)
        elif tag in ("p", "title", "preformat", "attrib") or not _has_blocks(block):
            self._paragraph(block, kind, title)
        else:
            self._blocks(block, kind, title)

    def _paragraph(self, element: Element, kind: SectionKind, title: str | None) -> None:
        paragraph = Paragraph()
        inner = write_inline(element, paragraph, self.listed)
        self.flow.write(paragraph, kind, title)
        for block in inner:
            self._block(block, kind, title, top=False)

    def _caption(self, block: Element, kind: SectionKind, around: SectionKind) -> None:
        """Write label (as the title) and caption of a figure."""
        kind = "boilerplate" if around == "boilerplate" else kind
        label = words_of(block.find("label")) or None
        self.flow.heading(label)
        caption = block.find("caption")
        if caption is not None:
            for child in _caption_parts(caption):
                self._paragraph(child, kind, label)
        for child in block:
            if local(child) in ("p", "fig", "legend", "attrib"):
                self._block(child, kind, label, top=False)

    def _table(self, wrap: Element, around: SectionKind) -> None:
        """Write label, caption, rows (cells parted by tabs) and footnotes of a table."""
        kind: SectionKind = "boilerplate" if around == "boilerplate" else "table"
        label = words_of(wrap.find("label")) or None
        self.flow.heading(label)
        for child in wrap:
            tag = local(child)
            if tag == "caption":
                for part in _caption_parts(child):
                    self._paragraph(part, kind, label)
            elif tag in ("table", "alternatives"):
                for table in [child] if tag == "table" else child.findall("table"):
                    self._rows(table, kind, label)
            elif tag in ("table-wrap-foot", "p", "def-list", "list"):
                self._blocks(child, kind, label)
            elif tag == "table-wrap":
                self._table(child, around)

    def _rows(self, table: Element, kind: SectionKind, title: str | None) -> None:
        paragraph = Paragraph()
        for row in table.iter("tr"):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            if not any(words_of(cell) for cell in cells):
                continue
            if paragraph.length:
                paragraph.separate("\n")
            for i, cell in enumerate(cells):
                if i:
                    paragraph.separate("\t")
                write_cell(cell, paragraph, self.listed)
        self.flow.write(paragraph, kind, title)


def _caption_parts(caption: Element) -> Iterable[Element]:
    parts = [child for child in caption if local(child) in ("title", "p")]
    return parts or [caption]


def _has_blocks(element: Element) -> bool:
    """Tell whether an element holds blocks of its own, or words."""
    return any(
        local(child) in BLOCKS
        or local(child)
        in ("fn", "fn-group", "list-item", "def-item", "def", "title", "ack", "glossary")
        for child in element
    )
