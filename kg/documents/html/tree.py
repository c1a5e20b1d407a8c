"""HTML parsed without network, and small helpers for its tree."""

from __future__ import annotations

from lxml import etree
from lxml import html as lxml_html

from kg.documents.xml import Element
from kg.errors import ReadError


def parse_html(data: bytes, source: str) -> Element:
    """Return the root element of a page; broken HTML is mended, as browsers do.

    Raises
    ------
    ReadError
        When nothing of it can be read.
    """
    encoding = None
    try:
        data.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        pass  # the page's own declaration decides
    parser = lxml_html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding=encoding
    )
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadError(
            f"the HTML cannot be read ({error})", where=source, hint="save the page again"
        ) from error
    if root.find("body") is None:
        raise ReadError("the HTML page has no body", where=source, hint="save the page again")
    return root


def classes(element: Element) -> frozenset[str]:
    """Return the class names of an element."""
    return frozenset((element.get("class") or "").split())
