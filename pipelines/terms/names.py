"""Cleaning the names of the vocabularies: what is a name people write, and what is not."""

from __future__ import annotations

import re
from pathlib import Path

from kg.terms.lexicon import is_symbol
from kg.terms.normal import match_key
from kg.terms.tables import rows

_HERE = Path(__file__).parent
_QUALIFIED = re.compile(
    r"\s*[\(\[][^()\[\]]*(?:disease|disorder|finding|human|MIM|qualifier)[)\]]$"
)
_TAIL = re.compile(
    r",? (?:NOS|unspecified|not otherwise specified|not elsewhere classified)$", re.IGNORECASE
)
_CHEMICAL = re.compile(r"\d[,']\d|[\[\](){}]|-\d+-|\d-\(|->|:\d|\d\(")
LONGEST_NAME = 70
MOST_PIECES = 9


def words(name: str) -> frozenset[str]:
    """Return the words of a one-column table beside this module."""
    return frozenset(row[0] for row in rows(_HERE / name, 1))


STOP = frozenset(match_key(word) for word in words("stop.tsv"))
ENGLISH = words("english.tsv")


def uninvert(name: str) -> str:
    """Turn a catalogue heading into running words.

    Examples
    --------
    >>> uninvert("Neoplasm, Abdominal"), uninvert("Lymphoma, Large B-Cell, Diffuse")
    ('Abdominal Neoplasm', 'Diffuse Large B-Cell Lymphoma')
    """
    parts = name.split(", ")
    if len(parts) == 1 or any(part[:1].isdigit() for part in parts):
        return name
    return " ".join(reversed(parts))


def clean(name: str) -> str | None:
    """Return a name as people write it, or None for what is no name in running text.

    Examples
    --------
    >>> clean("anemia (disease)"), clean("Neoplasms, Anal"), clean("disease")
    ('anemia', 'Anal Neoplasms', None)
    """
    name = uninvert(_TAIL.sub("", _QUALIFIED.sub("", name.strip())))
    key = match_key(name)
    if len(key) < 2 or len(name) > LONGEST_NAME or key.count(" ") >= MOST_PIECES:
        return None
    if key in STOP or not any(char.isalpha() for char in key):
        return None
    return name


def is_plain_chemical(name: str) -> bool:
    """Tell whether a chemical's name is one that a case report would use.

    Examples
    --------
    >>> is_plain_chemical("ponatinib"), is_plain_chemical("2-(hydroxymethyl)-N,N-dimethyl")
    (True, False)
    """
    return len(name) > 3 and not _CHEMICAL.search(name) and sum(c.isdigit() for c in name) <= 3


def is_weak(name: str, *, shortest: int = 4) -> bool:
    """Tell whether a symbol is too short or too common a word to be believed by itself."""
    return is_symbol(name) and (len(name) < shortest or name.lower() in ENGLISH)
