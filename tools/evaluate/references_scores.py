"""Right or wrong: a parsed reference against its tagged fields."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from tools.evaluate.references_styles import Fields

NAMES = ("author", "year", "title", "journal", "volume", "page")
_UNWRITTEN = re.compile(r"[\W_]+")


def squeezed(text: str | None) -> str:
    """Return the letters and digits of a text, for comparing."""
    return _UNWRITTEN.sub("", unicodedata.normalize("NFKC", text or "")).lower()


def _first(pages: str | None) -> str:
    return squeezed(re.split(r"[-–‐‑−—,]", pages or "")[0])


def right(found: Any, gold: Fields) -> dict[str, bool]:
    """Tell of each field whether it is right; a field that is not there must not be found."""
    name = found.authors[0] if found.authors else ""
    author, family = squeezed(name), squeezed(name.rpartition(" ")[0])
    surname = squeezed(gold.authors[0][0])
    page = _first(found.pages)
    return {
        "author": bool(author)
        and (author.startswith(surname) or surname.startswith(author) or family.endswith(surname)),
        "year": str(found.year or "") == (gold.year or ""),
        "title": squeezed(found.title) == squeezed(gold.title),
        "journal": squeezed(found.journal) == squeezed(gold.journal),
        "volume": squeezed(found.volume) == squeezed(gold.volume),
        "page": page == _first(gold.pages[0] if gold.pages else None),
    }
