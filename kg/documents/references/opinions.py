"""Two readings of one reference made one: the rules' and the chain's.

Where both agree they are hardly ever wrong, which is the confidence that a reference carries;
where they differ, the rules are right more often, but for a few kinds of slip that show.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from kg.documents.references.fields import Fields

AGREED, DOUBTED, PARTIAL = 0.99, 0.9, 0.5
"""Confidence of a reference both read alike, read in full but not alike, and not read in full.

Close to the shares that were right in cross-validation, rounded down
(``docs/explanation/references.md``).
"""
_DASH = re.compile(r"[-–‐‑−—,]")
_UNWRITTEN = re.compile(r"[\W_]+")
_NAME_LIKE = re.compile(r"\b[^\W\d_]\.(?:[\s,;-]|\Z)|\b[^\W\d_]{2,} [a-z]?[A-Z]{1,3}[,.;]")
_MOST_MOVED = 4


def differing(one: Fields, other: Fields) -> frozenset[str]:
    """Return the names of the fields in which two readings differ.

    Of the authors the first counts, of the pages the first; case and punctuation never do.

    Examples
    --------
    >>> left = Fields(("Li A",), 2020, "On it.", "Blood", "1", "2–9")
    >>> sorted(differing(left, Fields(("Li A", "Wu B"), 2020, "On it", "Leuk Res", "1", "2")))
    ['journal']
    """
    left, right = _compared(one), _compared(other)
    return frozenset(name for name in left if left[name] != right[name])


def _compared(fields: Fields) -> dict[str, str]:
    return {
        "authors": _squeezed(fields.authors[0]) if fields.authors else "",
        "year": str(fields.year or ""),
        "title": _squeezed(fields.title),
        "journal": _squeezed(fields.journal),
        "volume": _squeezed(fields.volume),
        "pages": _squeezed(_DASH.split(fields.pages or "")[0]),
    }


def _squeezed(text: str | None) -> str:
    return _UNWRITTEN.sub("", unicodedata.normalize("NFKC", text or "")).lower()


def combined(rules: Fields, chain: Fields) -> tuple[Fields, float]:
    """Return the better reading, and how much it is to be trusted."""
    if not differing(rules, chain):
        return rules, AGREED if rules.journal and rules.year else PARTIAL
    chosen = rules
    if _names_in_title(rules, chain):
        chosen = replace(chosen, title=chain.title, authors=chain.authors or chosen.authors)
        chosen = replace(chosen, year=chosen.year or chain.year)
    if _title_holds_journal(rules, chain):
        chosen = replace(chosen, title=chain.title, journal=chain.journal)
    if chosen.year is None and chain.year is not None:
        chosen = chain if chain.journal else replace(chosen, year=chain.year)
    if chosen.journal and not chosen.volume and not chosen.pages:
        chosen = replace(chosen, volume=chain.volume, pages=chain.pages)
    if not chosen.authors:
        chosen = replace(chosen, authors=chain.authors)
    return chosen, DOUBTED if chosen.whole else PARTIAL


def _names_in_title(rules: Fields, chain: Fields) -> bool:
    """Tell whether the rules left names before the title that the chain took for names."""
    if not rules.title or rules.title == chain.title:
        return False
    if chain.title is None:
        return rules.title.count(",") > 1 and len(chain.authors) > len(rules.authors)
    before = rules.title.removesuffix(chain.title)
    return before != rules.title and _NAME_LIKE.search(before) is not None and bool(chain.authors)


def _title_holds_journal(rules: Fields, chain: Fields) -> bool:
    """Tell whether the rules left the journal's first words, all shortened, with the title."""
    if not (rules.title and rules.journal and chain.journal):
        return False
    if not chain.journal.endswith(rules.journal) or not rules.title.startswith(chain.title or ""):
        return False
    moved = chain.journal.removesuffix(rules.journal).split()
    return 0 < len(moved) <= _MOST_MOVED and all(
        word.endswith(".") or len(word) <= 3 for word in moved
    )
