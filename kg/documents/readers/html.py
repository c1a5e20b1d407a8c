"""HTML as saved from a browser: PubMed Central's pages, and other journals' pages.

PubMed Central is read by its own structure. Of other pages the article is found by trafilatura
(Barbaresi 2021, doi:10.18653/v1/2021.acl-demo.15), and read as a copied page is.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace

from kg.documents.assemble import Origin
from kg.documents.html.meta import metadata_of
from kg.documents.html.page import page_text
from kg.documents.html.pmc import article_of, is_pmc_page, keywords_of
from kg.documents.html.tree import parse_html
from kg.documents.jats.article import document_of
from kg.documents.model import Document, Metadata, sha256_of, work_id
from kg.documents.readers.text import read_page
from kg.errors import ReadError

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)


class HtmlReader:
    """Reads a saved page."""

    name = "html"

    def sniff(self, head: bytes) -> float:
        """Claim what has an HTML root near its beginning."""
        return 0.9 if _HTML.search(head[:2048].replace(b"\0", b"")) else 0.0

    def read(self, data: bytes, source: str) -> list[Document]:
        """Read the one article of a page.

        Raises
        ------
        ReadError
            When the page holds no article, such as a login or an error page.
        """
        origin = Origin(source, sha256_of(data))
        root = parse_html(data, source)
        meta = metadata_of(root)
        if is_pmc_page(data[:20_000]):
            article = article_of(root)
            if article is not None and article.find("body/*") is not None:
                meta = replace(meta, keywords=keywords_of(root) or meta.keywords)
                return [document_of(article, meta, origin, "html")]
        text = page_text(data)
        if not text:
            raise ReadError(
                "the page holds no article", where=source, hint="save the page with the full text"
            )
        return [_as_html(read_page(text, origin), meta)]


def _as_html(page: Document, told: Metadata) -> Document:
    """Return the page as HTML, with the metadata that the page's own tags tell."""
    kept = {
        field.name: getattr(told, field.name) or getattr(page.meta, field.name)
        for field in fields(Metadata)
    }
    if told.article_type == "other":
        kept["article_type"] = page.meta.article_type
    meta = Metadata(**kept)
    return replace(page, id=work_id(meta, page.text), format="html", meta=meta)


reader = HtmlReader()
