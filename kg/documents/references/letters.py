"""Character classes for regular expressions, which Python's ``re`` does not name."""

from __future__ import annotations

import sys
import unicodedata

_LAST = 0x1FFF  # Latin, Greek, Cyrillic and their extensions


def _of(category: str) -> str:
    points = range(min(_LAST, sys.maxunicode))
    return "".join(chr(p) for p in points if unicodedata.category(chr(p)) == category)


UPPER = "".join(sorted({*_of("Lu"), *_of("Lt")}))
"""Capital letters, to stand inside a character class."""

LOWER = _of("Ll")
"""Small letters, to stand inside a character class."""
