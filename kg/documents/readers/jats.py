"""JATS XML, the form in which publishers and PubMed Central give full text.

Standard: ANSI/NISO Z39.96, Journal Article Tag Suite, versions 1.0 to 1.4, and the NLM tag sets
before it.
"""

from __future__ import annotations

import re

from kg.documents.assemble import Origin, assemble
from kg.documents.flow import Flow
from kg.documents.jats.body import Body
from kg.documents.jats.front import metadata_of
from kg.documents.jats.references import reference_list
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
        if not _ROOT.search(head) or b"<html" in head[:500].lower():
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
    meta = metadata_of(article)
    listed = reference_list(article)
    flow = Flow()
    if meta.title:
        flow.write(meta.title, "title", None)
    writer = Body(flow, listed, meta.article_type)
    for abstract in article.iterfind("front/article-meta/*"):
        if local(abstract) in ("abstract", "trans-abstract"):
            writer.write_abstract(abstract)
    for part in article:
        tag = local(part)
        if tag == "body":
            writer.write_body(part)
        elif tag in ("floats-group", "floats-wrap"):
            writer.write_floats(part)
        elif tag == "back":
            writer.write_back(part)
    if not flow.sections:
        raise ReadError("the article has no text", where=origin.source, hint="get the full text")
    if listed.references:
        flow.heading("References")
        for reference in listed.references:
            flow.write(reference.text, "references", "References")
    whole = article.find("body") is not None
    return assemble(
        origin,
        "jats" if whole else "abstract",
        flow.text(),
        meta,
        sections=tuple(flow.sections),
        references=listed.references,
        marks=tuple(flow.marks),
        scripts=tuple(flow.scripts),
        notes=() if whole else ("only the front matter is there, not the full text",),
    )


def _strip_namespace(article: Element) -> None:
    """Drop a namespace that a harvester put on the JATS elements themselves."""
    if not article.tag.startswith("{"):
        return
    own = article.tag[: article.tag.index("}") + 1]
    for element in article.iter():
        if isinstance(element.tag, str) and element.tag.startswith(own):
            element.tag = element.tag[len(own) :]


reader = JatsReader()
