"""From a path or bytes to Documents: the checks that every source passes, then its reader."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import replace
from pathlib import Path

from kg.documents.decoding import TWICE_NOTE, mend_twice_encoded, reject_binary
from kg.documents.language import require_english
from kg.documents.model import Document, sha256_of
from kg.documents.reader import HEAD, reader_for
from kg.documents.readers.text import read_plain
from kg.errors import ReadError, SetAsideError

MOST_BYTES = 256 * 2**20
"""The largest source that is read, unpacked: larger files are bulk archives, not articles."""


def read(
    path_or_bytes: str | Path | bytes, *, source: str | None = None, plain: bool = False
) -> list[Document]:
    """Read the documents that a file, or bytes in hand, hold.

    The format is told by the content, never by the file's name; gzip is unpacked first.

    Parameters
    ----------
    path_or_bytes
        A path, or the bytes themselves.
    source
        The name to give the source in the Document and in messages; the path by default.
    plain
        Take a text as one case section, without looking for headings, references or an imprint:
        for bare case texts.

    Returns
    -------
    list of Document
        One for an article; a set of PubMed records or a BioC collection holds more.

    Raises
    ------
    ReadError
        When the source is missing, empty, binary, broken or too large.
    SetAsideError
        When the text is not English. Of a set of records those that are English are returned,
        and the first notes how many were set aside.

    Examples
    --------
    >>> (document,) = read(b"A 7-year-old boy had fever. He was given ibuprofen.", plain=True)
    >>> [(section.kind, section.start, section.end) for section in document.sections]
    [('case', 0, 51)]
    """
    if isinstance(path_or_bytes, bytes):
        name, data = source or "<bytes>", path_or_bytes
    else:
        name = source or str(path_or_bytes)
        data = _load(Path(path_or_bytes), name)
    data = _unpack(data, name)
    mended = mend_twice_encoded(data)
    if not data.strip():
        raise ReadError("the file is empty", where=name, hint="give a file with text")
    if plain:
        documents = [read_plain(mended, name)]
    else:
        reader = reader_for(data[:HEAD])
        if reader is None:
            reject_binary(data, name)
            raise ReadError("no reader knows this format", where=name, hint="save it as text")
        documents = reader.read(mended, name)
    if mended is not data:
        digest = sha256_of(data)
        documents = [
            replace(one, source_sha256=digest, notes=(*one.notes, TWICE_NOTE)) for one in documents
        ]
    if not documents:
        raise ReadError("the file holds no article", where=name, hint="ask for the record again")
    return _english(documents)


def _english(documents: list[Document]) -> list[Document]:
    """Return the English documents of a source; what was set aside is noted on the first."""
    kept: list[Document] = []
    reasons: list[SetAsideError] = []
    for document in documents:
        try:
            kept.append(require_english(document))
        except SetAsideError as reason:
            reasons.append(reason)
    if not kept:
        raise reasons[0]
    if reasons:
        note = f"{len(reasons)} of {len(documents)} records were set aside: not English"
        kept[0] = replace(kept[0], notes=(*kept[0].notes, note))
    return kept


def _load(path: Path, name: str) -> bytes:
    """Return a file's bytes, or say in one line why not."""
    try:
        if path.is_dir():
            raise ReadError("this is a folder", where=name, hint="give the files in it")
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(name)
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError("there is no such file", where=name, hint="check the path") from None
    except PermissionError:
        raise ReadError(
            "the file may not be read", where=name, hint="give yourself the right to read it"
        ) from None
    except OSError as error:
        raise ReadError(
            f"the file cannot be read ({error.strerror})", where=name, hint="check the disk"
        ) from error


def _unpack(data: bytes, name: str) -> bytes:
    """Return the bytes without gzip, bounded so that no small file fills the memory."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            unpacked = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(
            "the gzip file is broken or cut short", where=name, hint="fetch it again"
        ) from error
    if len(unpacked) > MOST_BYTES:
        raise _too_large(name)
    return unpacked


def _too_large(name: str) -> ReadError:
    return ReadError(
        f"the file is larger than {MOST_BYTES // 2**20} MB, more than any article",
        where=name,
        hint="split it into single articles",
    )
