"""The normal form of a name, and the match key that the tries are built on.

Two forms, for two uses. :func:`normal_form` is what a graph's ``keys`` hold and what a query's
parameter is turned into: the same name in one spelling of case, Greek, hyphen and space.
:func:`pieces` goes further, for finding names in running text: hyphens, slashes and possessives
separate words or vanish, letters part from digits, British spelling and plurals are folded. A
name and its variants then meet in one key without any list of variants.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.terms.spelling import fold_word

GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ι": "iota",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "ο": "omicron",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "ς": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
}
_HYPHENS = "‐‑‒–—―−﹘﹣-"
_GREEK_TABLE = str.maketrans(GREEK)
_HYPHEN_TABLE = str.maketrans(dict.fromkeys(_HYPHENS, "-"))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACE = re.compile(r"\s+")
_HYPHEN_SPACING = re.compile(r"\s*-\s*")


def normal_form(text: str) -> str:
    """Return the name in lower case, Greek spelled out, with one kind of hyphen and space.

    Accents are dropped, compatibility forms resolved (NFKC: micro sign, superscripts, ligatures,
    no-break and thin spaces). Applying it twice changes nothing.

    Examples
    --------
    >>> normal_form("Interferon−α")
    'interferon-alpha'
    >>> normal_form("Sjögren’s  syndrome")
    "sjogren's syndrome"
    """
    if text.isascii():
        flat = text.lower()
    else:
        wide = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower()
        marks = unicodedata.normalize("NFD", wide)
        bare = "".join(char for char in marks if not unicodedata.combining(char))
        flat = unicodedata.normalize("NFKC", bare.translate(_GREEK_TABLE).translate(_HYPHEN_TABLE))
        flat = flat.replace("’", "'").replace("ʼ", "'").lower()
    return _SPACE.sub(" ", _HYPHEN_SPACING.sub("-", flat)).strip()


class Piece(NamedTuple):
    """A word, number or sign of a text, ``[start, end)``, with its part of the match key."""

    start: int
    end: int
    key: str


_PIECE = re.compile(
    r"(?P<possessive>['’]s\b)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<greek>[α-ωΑ-Ωµς])"
    r"|(?P<word>[^\W\d_α-ωΑ-Ωµ]+)"
    r"|(?P<other>\S)"
)
_CHUNK = re.compile(r"\S+\n?")
"""What stands between blanks: no piece reaches over one; only the end of a line tells on it."""
_SEPARATORS = frozenset(_HYPHENS + "/'’ʼ\"“”®™_\u00ad\u200b\u200d")


def pieces(text: str) -> Iterator[Piece]:
    """Cut a text into the pieces of its match key; separators yield nothing.

    A full stop yields nothing inside or after an initial ("E. coli", "i.v."), so that it does
    not part a name; elsewhere it is kept, so that no name reaches over a sentence's end.

    Examples
    --------
    >>> [piece.key for piece in pieces("Anti-CD19 CAR T-cells, IFN−α2b")]
    ['anti', 'cd', '19', 'car', 't', 'cell', ',', 'ifn', 'alpha', '2', 'b']
    """
    for match in _CHUNK.finditer(text):
        offset = match.start()
        for start, end, key in _cut(match.group()):
            yield Piece(offset + start, offset + end, key)


@lru_cache(maxsize=65536)
def _cut(chunk: str) -> tuple[Piece, ...]:
    """Return the pieces of what stands between blanks; most words of a text come again."""
    found = []
    previous: re.Match[str] | None = None
    for match in _PIECE.finditer(chunk):
        kind, part = match.lastgroup, match.group()
        if kind == "word":
            found.append(Piece(*match.span(), _word_key(part)))
        elif kind == "number":
            found.append(Piece(*match.span(), part))
        elif kind == "greek" or (
            kind == "other" and part not in _SEPARATORS and not _is_initial(previous, match)
        ):
            found.append(Piece(*match.span(), normal_form(part)))
        previous = match
    return tuple(found)


@lru_cache(maxsize=65536)
def _word_key(word: str) -> str:
    return fold_word(word, normal_form(word))


def _is_initial(previous: re.Match[str] | None, stop: re.Match[str]) -> bool:
    """Tell whether a sign is the full stop inside or after an initial."""
    if stop.group() != "." or previous is None or previous.lastgroup != "word":
        return False
    following = stop.string[stop.end() : stop.end() + 1]
    one_letter = previous.end() - previous.start() == 1
    return previous.end() == stop.start() and (
        following.isalpha() or (one_letter and following != "\n")
    )


def match_key(text: str) -> str:
    """Return the key under which a name is found in running text.

    Examples
    --------
    >>> match_key("haematopoietic stem-cell transplantations")
    'hematopoietic stem cell transplantation'
    >>> match_key("IL-6") == match_key("IL6")
    True
    """
    return " ".join(filter(None, map(_chunk_key, _CHUNK.findall(text))))


@lru_cache(maxsize=65536)
def _chunk_key(chunk: str) -> str:
    return " ".join(piece.key for piece in _cut(chunk) if piece.key)


_JOINTS = re.compile(r"[\s\-/'\"_®™.]+")


@lru_cache(maxsize=65536)
def surface_form(text: str) -> str:
    """Return a symbol as it is written, case kept, without joints and plural ``s``.

    It decides whether a case-sensitive symbol fits its surface: ``IL-6`` is ``IL6``, ``CRs`` is
    ``CR``, but ``was`` is not ``WAS``.

    Examples
    --------
    >>> surface_form("IL‑6"), surface_form("TKIs"), surface_form("was")
    ('IL6', 'TKI', 'was')
    """
    joined = _JOINTS.sub("", text.translate(_HYPHEN_TABLE).translate(_GREEK_TABLE))
    if len(joined) > 2 and joined.endswith("s") and joined[:-1].isupper():
        return joined[:-1]
    return joined
