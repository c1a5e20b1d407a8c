"""Bytes to text, and what is told of bytes that are none."""

from __future__ import annotations

import codecs
import re

from kg.errors import ReadError

_MAGIC = (
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"{\\rtf", "a rich-text document"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\x1c\x1d\x1e\x1f")) + b"\x7f"
NOT_UTF8 = (
    "the text is not UTF-8; it was read as Windows-1252 (Latin-1), so some characters may be wrong"
)


def reject_binary(data: bytes, source: str) -> None:
    """Raise when the bytes are no text.

    Raises
    ------
    ReadError
        With the kind of file, where its first bytes tell it.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise ReadError(
                f"this is {kind}, not a text", where=source, hint="save the article as text or XML"
            )
    if _has_bom(data):
        return
    sample = data[: 2**16]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if b"\0" in sample or controls > len(sample) // 50:
        raise ReadError(
            "this is a binary file, not a text",
            where=source,
            hint="save the article as text or XML",
        )


def _has_bom(data: bytes) -> bool:
    return any(data.startswith(bom) for bom, _ in _BOMS)


_TAIL = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"  # bytes 80 to BF, in Latin-1 and Windows-1252
_TWICE = re.compile(
    f"[\u00c2-\u00df]{_TAIL}|[\u00e0-\u00ef]{_TAIL}{{2}}|[\u00f0-\u00f4]{_TAIL}{{3}}"
)
_SIGN = re.compile(rb"\xc2[\x80-\x9f]|" + "â€".encode())
TWICE_NOTE = "parts of the text were encoded in UTF-8 twice and were mended"


def mend_twice_encoded(data: bytes) -> bytes:
    """Return UTF-8 bytes with characters that were encoded twice put right.

    Some programs decode UTF-8 as Latin-1 or Windows-1252 and encode it again: "–" becomes "â" and
    two control characters, or "â€“", which no text holds. Their presence is the sign; without it
    nothing is touched.

    Examples
    --------
    >>> mend_twice_encoded("4–7".encode().decode("latin-1").encode()).decode()
    '4–7'
    >>> mend_twice_encoded("4–7, 38 °C".encode().decode("cp1252").encode()).decode()
    '4–7, 38 °C'
    >>> mend_twice_encoded("Château, 20 °C".encode()).decode()
    'Château, 20 °C'
    """
    if not _SIGN.search(data):
        return data
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return _TWICE.sub(_once, text).encode("utf-8")


def _once(found: re.Match[str]) -> str:
    for encoding in ("latin-1", "cp1252"):
        try:
            return found.group().encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return found.group()


def decode(data: bytes, source: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of bytes, and a note when they were not UTF-8.

    A byte-order mark decides and is dropped. Bytes that are not UTF-8 are taken for
    Windows-1252, what older copies of journal pages are saved in, and a note says so.

    Raises
    ------
    ReadError
        When the bytes are binary, or contradict their byte-order mark.

    Examples
    --------
    >>> decode("naïve".encode(), "a.txt")
    ('naïve', ())
    >>> decode("naïve".encode("latin-1"), "a.txt")[0]
    'naïve'
    """
    reject_binary(data, source)
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(name), ()
            except UnicodeDecodeError as error:
                raise ReadError(
                    f"the text is not the {name.upper()} that its first bytes announce",
                    where=source,
                    hint="save it as UTF-8",
                ) from error
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), (NOT_UTF8,)
