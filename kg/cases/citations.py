"""The cited works of a report: which publication each reference names.

Two works with different identifiers are never one. A work without identifier is known by its
first author, year and title, so that two reports that cite it meet at one node.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from kg.cases.model import Citation
from kg.documents.model import Document, Reference

_RESOLVER = re.compile(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi:\s*", re.IGNORECASE)
_TRAILING = ".,;: \u00a0"
_WORDS = re.compile(r"[^\W_]+")
_KEY_WORDS = 12


def citations_of(document: Document) -> tuple[Citation, ...]:
    """Return one citation for each reference of the list, in its order.

    Examples
    --------
    >>> from kg.documents.model import Metadata
    >>> one = Reference(1, "Young PA. Activity.", doi="10.1089/JIR.2018.0030")
    >>> article = Document("x", "x", "text", "", "", "", Metadata(), (), (one,))
    >>> citations_of(article)[0].id
    'doi:10.1089/jir.2018.0030'
    """
    return tuple(
        Citation(
            reference.number,
            publication_id(reference),
            reference.title,
            reference.year,
            _doi(reference),
            _pmid(reference),
        )
        for reference in document.references
    )


def publication_id(reference: Reference) -> str:
    """Return the id of the work a reference names: its doi, else pmid, else a key of its words.

    The key is ``ref:<first author>/<year>/<hash of the title>``; where the reference was not
    parsed, the hash is of its whole text. Spelling, case, accents and punctuation make no
    difference to it.

    Examples
    --------
    >>> first = Reference(4, "…", authors=("Müller-Öz A",), year=1999, title="A rare case: one.")
    >>> again = Reference(9, "…", authors=("Muller-Oz A",), year=1999, title="A Rare Case - One")
    >>> publication_id(first) == publication_id(again)
    True
    >>> publication_id(first)
    'ref:muller-oz/1999/58bd30c7000f'
    """
    doi, pmid = _doi(reference), _pmid(reference)
    if doi:
        return f"doi:{doi}"
    if pmid:
        return f"pmid:{pmid}"
    author = _family(reference.authors[0]) if reference.authors else "anonymous"
    words = _WORDS.findall(_plain(reference.title or reference.text))
    if reference.title:
        # Subtitles and "[in Japanese]" come and go between lists; the beginning is stable.
        words = words[:_KEY_WORDS]
    digest = hashlib.sha256(" ".join(words).encode()).hexdigest()[:12]
    return f"ref:{author}/{reference.year or 'undated'}/{digest}"


def _doi(reference: Reference) -> str | None:
    if not reference.doi:
        return None
    return _RESOLVER.sub("", reference.doi.strip()).rstrip(_TRAILING).lower() or None


def _pmid(reference: Reference) -> str | None:
    digits = re.sub(r"\D", "", reference.pmid or "").lstrip("0")
    return digits or None


def _family(author: str) -> str:
    """Return the family name in plain letters: what stands before the initials or the comma."""
    name = author.split(",")[0]
    name = re.sub(r"(?:\s+[A-Z]{1,3}\b[.-]?)+$", "", name.strip())
    return "-".join(_WORDS.findall(_plain(name))) or "anonymous"


def _plain(text: str) -> str:
    """Return a text in lower case without accents and in compatibility form."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in split if not unicodedata.combining(letter)).casefold()
