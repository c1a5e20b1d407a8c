"""BioC in XML: a collection of documents."""

from __future__ import annotations

import re

from kg.documents.assemble import Origin
from kg.documents.bioc import BiocDocument, Passage, document_of
from kg.documents.model import Document, sha256_of
from kg.documents.xml import Element, parse_xml
from kg.errors import ReadError

_ROOT = re.compile(rb"<collection[\s>]|BioC\.dtd")


class BiocXmlReader:
    """Reads BioC XML."""

    name = "bioc_xml"

    def sniff(self, head: bytes) -> float:
        """Claim XML whose root is a collection."""
        return 0.95 if _ROOT.search(head.replace(b"\0", b"")) else 0.0

    def read(self, data: bytes, source: str) -> list[Document]:
        """Read every document of the collection.

        Raises
        ------
        ReadError
            When the XML is broken or holds no document.
        """
        root = parse_xml(data, source)
        found = [_bioc(document) for document in root.iter("document")]
        if not found:
            raise ReadError("the XML holds no BioC document", where=source, hint="give BioC XML")
        origin = Origin(source, sha256_of(data))
        return [document_of(bioc, origin) for bioc in found]


def _bioc(document: Element) -> BiocDocument:
    return BiocDocument(
        id=(document.findtext("id") or "").strip(),
        infons=_infons(document),
        passages=tuple(
            Passage(_infons(passage), _words(passage)) for passage in document.iterfind("passage")
        ),
    )


def _words(passage: Element) -> str:
    text = passage.findtext("text")
    if text:
        return str(text)
    return " ".join(sentence.findtext("text") or "" for sentence in passage.iterfind("sentence"))


def _infons(element: Element) -> dict[str, str]:
    return {
        infon.get("key") or "": infon.text or ""
        for infon in element.iterfind("infon")
        if infon.get("key")
    }


reader = BiocXmlReader()
