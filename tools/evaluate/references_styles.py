"""Write a reference's fields as publishers print them.

For citations that are tagged without punctuation, which the journal's style sheet adds, and to
show the chain each style in training. A style is a template: fields in braces, literal text
between; a part in square brackets falls away with the field in it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Piece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Fields:
    """What is right of a reference; names are (surname or group, given names)."""

    authors: tuple[tuple[str, str], ...] = ()
    year: str | None = None
    title: str | None = None
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: tuple[str, ...] = ()
    doi: str | None = None
    etal: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How one publisher prints a reference.

    ``references_styles.toml`` explains its fields.
    """

    template: str
    name: str = "Smith AB"
    between: str = ", "
    last: str = ", "
    most: int = 6
    etal: str = ", et al"


def _styles() -> dict[str, Style]:
    file = Path(__file__).with_suffix(".toml")
    return {name: Style(**row) for name, row in tomllib.loads(file.read_text("utf-8")).items()}


STYLES = _styles()
"""The styles by name, from ``references_styles.toml``."""
_PART = re.compile(r"\[([^\[\]]*)\]|\{(\w+)\}|([^\[\]{}]+)")
_FIELD = re.compile(r"\{(\w+)\}|([^{}]+)")


def render(fields: Fields, style: Style) -> Iterator[Piece]:
    """Yield the pieces of a reference in a style, doubled full stops left out."""
    values = {
        "author": _names(fields, style), "year": fields.year, "title": fields.title,
        "journal": fields.journal, "volume": fields.volume, "issue": fields.issue,
        "pages": "–".join(fields.pages) or None, "doi": fields.doi,
    }  # fmt: skip
    last = ""
    for part in _PART.finditer(style.template):
        inner = part[0] if part[1] is None else part[1]
        names = re.findall(r"\{(\w+)\}", inner)
        if part[1] is not None and not all(values[name] for name in names):
            continue
        for name, literal in _FIELD.findall(inner):
            words = (values[name] or "") if name else literal
            if not name and literal[0] in ".," and last[-1:] in ".?!":
                words = literal[1:]
            if words:
                yield (name or "other"), words
                last = words


def _names(fields: Fields, style: Style) -> str:
    shown = fields.authors[: style.most]
    written = [_name(name, style.name, n) for n, name in enumerate(shown)]
    if fields.etal or len(fields.authors) > style.most:
        return style.between.join(written) + style.etal
    return style.between.join(written[:-1]) + style.last * (len(written) > 1) + written[-1]


def _name(name: tuple[str, str], form: str, place: int) -> str:
    surname, given = name
    letters = [part[0] for part in re.findall(r"[^\W\d_]+", given)] if given else []
    if given.isupper() and len(given) <= 3 and given.isalpha():
        letters = list(given)
    if not letters:
        return surname
    if " then " in form:
        form = form.split(" then ")[min(place, 1)]
    spaced = " ".join(f"{letter}." for letter in letters)
    return {
        "Smith AB": f"{surname} {''.join(letters)}",
        "Smith, A. B.": f"{surname}, {spaced}",
        "Smith, A.B.": f"{surname}, {spaced.replace(' ', '')}",
        "A. B. Smith": f"{spaced} {surname}",
        "A.B. Smith": f"{spaced.replace(' ', '')} {surname}",
    }[form]
