"""Put a Document together: the one place where hashes and ids are made."""

from __future__ import annotations

from dataclasses import dataclass

from kg.documents.model import (
    Document,
    Format,
    Mark,
    Metadata,
    Reference,
    Script,
    Section,
    sha256_of,
    work_id,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from: a name for messages, and the hash of the bytes read."""

    source: str
    sha256: str


def assemble(
    origin: Origin,
    form: Format,
    text: str,
    meta: Metadata,
    *,
    sections: tuple[Section, ...] = (),
    references: tuple[Reference, ...] = (),
    marks: tuple[Mark, ...] = (),
    scripts: tuple[Script, ...] = (),
    notes: tuple[str, ...] = (),
) -> Document:
    """Return the Document, with its id and hashes derived from what it holds."""
    return Document(
        id=work_id(meta, text),
        source=origin.source,
        format=form,
        sha256=sha256_of(text),
        source_sha256=origin.sha256,
        text=text,
        meta=meta,
        sections=sections,
        references=references,
        marks=marks,
        scripts=scripts,
        notes=notes,
    )
