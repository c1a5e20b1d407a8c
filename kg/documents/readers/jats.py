"""JATS XML, the form in which publishers and PubMed Central give full text.

Standard: ANSI/NISO Z39.96, Journal Article Tag Suite, versions 1.0 to 1.4, and the NLM tag sets
before it.
"""

from __future__ import annotations

import re

from kg.documents.assemble import Origin
from kg.documents.jats.article import document_of
from kg.documents.jats.front import metadata_of
from kg.documents.model import Document, sha256_of
from kg.documents.xml import Element, local, parse_xml
from kg.errors import ReadError

_ROOT = re.compile(rb"<(?:\w+:)?(?:article|pmc-articleset|articles)[\s>]")


class JatsReader:
    """Reads an article, or a set of them as PubMed Central's E-utilities answer."""

    name = "jats"

    def sniff(self, head: bytes) -> float:
        """Claim XML whose root is an article."""
        head = head.replace(b"\0", b"")
        found = _ROOT.search(head)
        if found is None or b"<html" in head[: found.start()].lower():
            return 0.0
        return 0.95

    def read(self, data: bytes, source: str) -> list[Document]:
        """Read every article with its own front matter.

        Raises
        ------
        ReadError
            When the XML is broken or holds no article.
        """
        root = parse_xml(data, source)
        articles = [root] if local(root) == "article" else list(root.iter("{*}article"))
        if not articles:
            raise ReadError("the XML holds no JATS article", where=source, hint="give JATS")
        origin = Origin(source, sha256_of(data))
        return [_document(article, origin) for article in articles]


def _document(article: Element, origin: Origin) -> Document:
    """Return the Document of one article element."""
    _strip_namespace(article)
    return document_of(article, metadata_of(article), origin)


def _strip_namespace(article: Element) -> None:
    """Drop a namespace that a harvester put on the JATS elements themselves."""
    if not article.tag.startswith("{"):
        return
    own = article.tag[: article.tag.index("}") + 1]
    for element in article.iter():
        if isinstance(element.tag, str) and element.tag.startswith(own):
            element.tag = element.tag[len(own) :]


reader = JatsReader()
