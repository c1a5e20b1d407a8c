"""Running text of JATS: what stands inside a paragraph, and the blocks that interrupt it."""

from __future__ import annotations

import re

from kg.documents.flow import Paragraph
from kg.documents.jats.references import ReferenceList
from kg.documents.xml import Element, entity_text, local, words_of

BLOCKS = frozenset(
    {"p", "list", "def-list", "disp-quote", "boxed-text", "fig", "fig-group", "table-wrap",
     "table-wrap-group", "disp-formula", "disp-formula-group", "preformat", "verse-group", "speech",
     "statement", "supplementary-material", "media", "table", "array", "graphic",
     "chem-struct-wrap", "sec", "ref-list"}
)  # fmt: skip
_SKIPPED = frozenset(
    {"inline-graphic", "graphic", "media", "object-id", "alt-text", "long-desc", "tex-math",
     "label", "index-term", "private-char", "annotation", "permissions", "processing-meta"}
)  # fmt: skip
_ALTERNATIVES = frozenset({"alternatives", "inline-formula", "disp-formula"})
_RANGE = re.compile(r"\D*(\d{1,4})\s*[-\u2010-\u2015\u2212]\s*(\d{1,4})\D*")


def write_inline(element: Element, paragraph: Paragraph, listed: ReferenceList) -> list[Element]:
    """Write an element's content into a paragraph.

    Returns
    -------
    list
        The blocks found inside (figures, tables, lists …), left for the caller to write after
        the paragraph, so that no caption is doubled or breaks a sentence.
    """
    blocks: list[Element] = []
    _walk(element, paragraph, listed, blocks)
    return blocks


def write_cell(element: Element, paragraph: Paragraph, listed: ReferenceList) -> None:
    """Write all of a table's cell, its paragraphs one after another."""
    for block in write_inline(element, paragraph, listed):
        paragraph.add(" ")
        write_cell(block, paragraph, listed)


def _walk(
    element: Element, paragraph: Paragraph, listed: ReferenceList, blocks: list[Element]
) -> None:
    paragraph.add(element.text)
    for child in element:
        tag = child.tag
        if not isinstance(tag, str):
            paragraph.add(entity_text(child))
        elif tag in ("sup", "sub"):
            start = paragraph.length
            _walk(child, paragraph, listed, blocks)
            paragraph.script(start, "sup" if tag == "sup" else "sub")
        elif tag == "xref":
            _cross_reference(child, paragraph, listed, blocks)
        elif tag in BLOCKS and tag != "graphic":
            if tag in ("disp-formula", "disp-formula-group"):
                paragraph.add(f" {formula_text(child)} ")
            else:
                blocks.append(child)
        elif tag == "fn":
            blocks.append(child)
        elif tag == "break":
            paragraph.add(" ")
        elif tag in _ALTERNATIVES or tag[0] == "{":
            paragraph.add(formula_text(child))
        elif tag not in _SKIPPED:
            _walk(child, paragraph, listed, blocks)
        paragraph.add(child.tail)


def formula_text(element: Element) -> str:
    """Return the characters of a formula, of its alternatives the first that has some."""
    if local(element) in ("tex-math", "graphic", "inline-graphic", "label"):
        return ""
    if local(element) == "alternatives":
        return next((text for child in element if (text := formula_text(child))), "")
    if local(element) == "math":
        return "".join("".join(element.itertext()).split())
    parts = [element.text or ""]
    for child in element:
        parts.append(formula_text(child) if isinstance(child.tag, str) else entity_text(child))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _cross_reference(
    element: Element, paragraph: Paragraph, listed: ReferenceList, blocks: list[Element]
) -> None:
    start = paragraph.length
    _walk(element, paragraph, listed, blocks)
    rids = (element.get("rid") or "").split()
    if element.get("ref-type") not in ("bibr", "ref", None, "") or not rids:
        return
    numbers = [listed.numbers[rid] for rid in rids if rid in listed.numbers]
    if numbers and (found := _RANGE.fullmatch(words_of(element))):
        first, last = (listed.labels.get(label) for label in found.groups())
        if first and last and first < last <= first + 100:
            numbers = list(range(first, last + 1))
    paragraph.mark(start, tuple(dict.fromkeys(numbers)))
