"""BioC in JSON: a collection, a list of collections, or a single document."""

from __future__ import annotations

from typing import Any

import msgspec

from kg.documents.assemble import Origin
from kg.documents.bioc import BiocDocument, Passage, document_of
from kg.documents.decoding import decode
from kg.documents.model import Document, sha256_of
from kg.errors import ReadError


class BiocJsonReader:
    """Reads BioC JSON of PubMed Central, PubTator and Auto-CORPus."""

    name = "bioc_json"

    def sniff(self, head: bytes) -> float:
        """Claim JSON that speaks of passages or documents, or begins like a collection."""
        if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            return 0.0
        keys = (b'"passages"', b'"documents"', b'"infons"', b'"bioctype"')
        return 0.95 if any(key in head for key in keys) else 0.3

    def read(self, data: bytes, source: str) -> list[Document]:
        """Read every document.

        Raises
        ------
        ReadError
            When it is no JSON, or no BioC.
        """
        text, _ = decode(data, source)
        try:
            content = msgspec.json.decode(text)
        except msgspec.DecodeError as error:
            raise ReadError(
                f"the JSON is broken or cut short ({error})", where=source, hint="fetch it again"
            ) from error
        found = [_bioc(document) for document in _documents(content)]
        if not found:
            raise ReadError("the JSON holds no BioC document", where=source, hint="give BioC JSON")
        origin = Origin(source, sha256_of(data))
        return [document_of(bioc, origin) for bioc in found]


def _documents(content: Any) -> list[dict[str, Any]]:
    """Return the document objects wherever the producer put them."""
    if isinstance(content, list):
        return [document for item in content for document in _documents(item)]
    if not isinstance(content, dict):
        return []
    if isinstance(content.get("passages"), list):
        return [content]
    shared = content.get("infons")
    found = [one for key in ("documents", "PubTator3") for one in _documents(content.get(key))]
    if isinstance(shared, dict) and shared:
        return [{**one, "infons": {**shared, **(one.get("infons") or {})}} for one in found]
    return found


def _bioc(document: dict[str, Any]) -> BiocDocument:
    return BiocDocument(
        id=str(document.get("pmcid") or document.get("id") or ""),
        infons=_strings(document.get("infons")),
        passages=tuple(
            Passage(_strings(passage.get("infons")), _words(passage))
            for passage in document["passages"]
            if isinstance(passage, dict)
        ),
    )


def _words(passage: dict[str, Any]) -> str:
    if passage.get("text"):
        return str(passage["text"])
    sentences = passage.get("sentences") or ()
    return " ".join(str(sentence.get("text") or "") for sentence in sentences)


def _strings(infons: Any) -> dict[str, str]:
    if not isinstance(infons, dict):
        return {}
    return {str(key): str(value) for key, value in infons.items() if value is not None}


reader = BiocJsonReader()
