"""Write a reference's fields as publishers print them.

For citations that are tagged without punctuation, which the journal's style sheet adds, and to
show the chain each style in training. A style is a template: fields in braces, literal text
between; a part in square brackets falls away with the field in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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

    ``name`` is one of "Smith AB", "Smith, A. B.", "A. B. Smith", "Smith A.B.", or "Smith, A. B.
    then A. B. Smith" (the first name turned round, as Chicago has it).
    """

    template: str
    name: str = "Smith AB"
    between: str = ", "
    last: str = ", "
    most: int = 6
    etal: str = ", et al"


STYLES = {
    "vancouver": Style("{author}. {title}. {journal}. {year}[;{volume}][({issue})][:{pages}]. [doi: {doi}]"),
    "bmc": Style("{author}. {title}. {journal} {year}[, {volume}][({issue})][:{pages}]."),
    "frontiers": Style("{author}. {title}. {journal} ({year}) [{volume}][({issue})][:{pages}]. [doi: {doi}]"),
    "harvard": Style("{author} ({year}). {title}. {journal} [{volume}][({issue})][, {pages}]. [doi: {doi}]", "Smith, A. B.", ", ", ", and "),
    "wiley": Style("{author}, {journal} {year}[, {volume}][, {pages}].", "A. B. Smith", ", ", ", ", 30),
    "chicago": Style("{author}. {year}. “{title}.” {journal} [{volume}][, no. {issue}][: {pages}]. [https://doi.org/{doi}].", "Smith, A. B. then A. B. Smith", ", ", ", and "),
    "ama": Style("{author}, “{title},” {journal} [{volume}][, no. {issue}] ({year})[: {pages}].", "A. B. Smith", ", ", ", and "),
    "mdpi": Style("{author}. {title}. {journal} {year}[, {volume}][, {pages}]. [https://doi.org/{doi}].", "Smith, A.B.", "; ", "; ", 10, "; et al."),
    "elsevier": Style("{author}, {title}, {journal}[ {volume}][ ({issue})] ({year})[ {pages}]. [https://doi.org/{doi}]", "A.B. Smith", ", ", ", ", 6),
    "apa": Style("{author} ({year}). {title}. {journal}[, {volume}][({issue})][, {pages}]. [https://doi.org/{doi}]", "Smith, A. B.", ", ", ", & ", 20),
    "nature": Style("{author} {title}. {journal}[ {volume}][, {pages}] ({year}).", "Smith, A. B.", ", ", " & ", 5, " et al."),
    "portland": Style("{author} ({year}) {title}. {journal}[ {volume}][, {pages}] [https://doi.org/{doi}]", "Smith, A.B.", ", ", " and ", 6),
    "ehp": Style("{author}. {year}. {title}. {journal}[ {volume}][({issue})][:{pages}]."),
    "cell": Style("{author} ({year}). {title}. {journal}[ {volume}][, {pages}]. [https://doi.org/{doi}].", "Smith, A.B.", ", ", ", and ", 10, ", et al."),
    "ieee": Style("{author}, “{title},” {journal}[, vol. {volume}][, no. {issue}][, pp. {pages}], {year}[, doi: {doi}].", "A. B. Smith", ", ", ", and "),
    "asco": Style("{author}: {title}. {journal}[ {volume}][:{pages}], {year}", "Smith AB", ", ", ", ", 3, ", et al"),
}  # fmt: skip
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
