"""XML parsed safely: no network, no DTD, no entity expansion, one clear error.

What is refused: entities that a document declares itself (the way of the "billion laughs"), and
what is not well formed, because it was cut short or is not in the encoding it announces. The few
named characters that older publishers write without declaring them (``&nbsp;``, ``&alpha;``) are
read as the characters they name.
"""

from __future__ import annotations

import html
from typing import Any, TypeAlias

from lxml import etree

from kg.errors import ReadError

Element: TypeAlias = Any
"""An lxml element; its stubs do not know the names that are used here."""

_HINTS = (
    (("Premature end", "EndTag", "Couldn't find end", "no element found"), "the XML is cut short",
     "fetch it again"),
    (("encoding", "not proper UTF-8", "Invalid bytes", "conv", "Char 0x"),
     "the XML is not in the encoding that it announces", "save it as UTF-8"),
    (("amplification", "entity", "Entity", "loop"), "the XML declares entities that expand",
     "remove the entity declarations"),
    (("huge", "Excessive", "too long", "limit"), "the XML is nested or sized beyond any article",
     "split it into single articles"),
)  # fmt: skip


def parse_xml(data: bytes, source: str) -> Element:
    """Return the root element of an XML document.

    Raises
    ------
    ReadError
        When the bytes are not well-formed XML, or declare entities of their own.

    Examples
    --------
    >>> parse_xml(b"<p>CD34<sup>+</sup></p>", "a.xml").tag
    'p'
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise _explained(error, source) from error
    subset: Any = root.getroottree().docinfo.internalDTD
    if subset is not None and next(iter(subset.iterentities()), None) is not None:
        raise ReadError(
            "the XML declares entities of its own, which could expand without bound",
            where=source,
            hint="remove the entity declarations",
        )
    return root


def _explained(error: etree.XMLSyntaxError, source: str) -> ReadError:
    detail = str(error.msg or error)
    for words, what, hint in _HINTS:
        if any(word in detail for word in words):
            return ReadError(f"{what} ({detail})", where=source, hint=hint)
    return ReadError(f"the XML is not well formed ({detail})", where=source, hint="fetch it again")


def local(element: Element) -> str:
    """Return an element's name without namespace; of an undeclared entity, "&"."""
    tag = element.tag
    if not isinstance(tag, str):
        return "&"
    return tag.rpartition("}")[2] if tag[0] == "{" else tag


def entity_text(element: Element) -> str:
    """Return the character that an undeclared named entity stands for."""
    name = getattr(element, "name", None)
    return html.unescape(f"&{name};") if name else ""


def words_of(element: Element | None) -> str:
    """Return all text in an element, with white space collapsed.

    Examples
    --------
    >>> words_of(parse_xml(b"<p>CD34<sup>+</sup>\\n  cells</p>", "a.xml"))
    'CD34+ cells'
    """
    if element is None:
        return ""
    if len(element):
        return " ".join("".join(element.itertext()).split())
    text = element.text
    return " ".join(text.split()) if text else ""
