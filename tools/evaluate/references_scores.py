"""Right or wrong: a parsed reference against its tagged fields."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from tools.evaluate.references_styles import Fields, Piece

NAMES = ("author", "year", "title", "journal", "volume", "page")
_WHOLE = ("author", "title", "journal", "volume", "pages", "year")
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


def whole(pieces: tuple[Piece, ...]) -> bool:
    """Tell whether a tagged string is of one paper in one journal, all six fields tagged."""
    labels = [label for label, _ in pieces]
    return all(labels.count(label) >= 1 for label in _WHOLE) and labels.count("journal") == 1


def agrees(found: Any, pieces: tuple[Piece, ...]) -> bool:
    """Tell whether all six fields are right, by the tagged words, punctuation left aside."""
    words: dict[str, str] = {}
    for label, text in pieces:
        words.setdefault(label, text)
    family = found.authors[0].rpartition(" ")[0] or found.authors[0] if found.authors else ""
    year = re.search(r"\d{4}", words["year"])
    volume = re.search(r"\d+|[IVXLC]+", words["volume"])
    page = re.search(r"[A-Za-z]?\d+", words["pages"])
    return bool(
        (year and volume and page and family)
        and squeezed(family) in squeezed(words["author"])[:60]
        and str(found.year) == year.group()
        and squeezed(found.title) == squeezed(words["title"])
        and squeezed(found.journal) == squeezed(words["journal"])
        and volume.group() in (found.volume or "")
        and squeezed(found.pages).startswith(squeezed(page.group()))
    )
