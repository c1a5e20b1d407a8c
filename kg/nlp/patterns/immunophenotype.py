"""Immunophenotype strings, split into markers and their polarity.

``CD34+CD10+CD58dim CD20-`` says four things: CD34 and CD10 are there, CD58 weakly, CD20 is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SIGN = (
    r"(?P<sign>\+{1,3}|[-‐–]?(?:dim|bright|low|high|weak|[Nn]egative|[Pp]ositive|neg|pos|partial)"
    r"(?![a-z])|[-‐-―−]|⁺|⁻)"
)
_SIGNED = re.compile(
    rf"(?P<marker>CD\d{{1,3}}[a-zA-Z]??|[cs](?:yt)?CD\d{{1,3}}[a-z]?|HLA[-‐-―−]?DR|TdT|MPO|ER|PR|HER2|"
    rf"AE1/AE3|EMA|CK\d{{1,2}}|BCL\d|Bcl-\d|MUM1|PAX\d|SOX\d{{1,2}}|S100|Ki-67|EBER|ALK|PD-L1|p53|"
    rf"p16|p63|p40|TTF-?1|GFAP|HBsAg|HBeAg|HBsAb|HBeAb|HBcAb|[Cc]yclin[ -]?D1)\s?"
    rf"(?P<open>\(\s?)?{_SIGN}(?(open)\s?\))"
)
_NEXT = re.compile(r"CD\d{1,3}[a-z]?\s?(?:[+⁺]|[-‐-―−]|dim|bright|low)")
NEGATIVE = frozenset("-‐‑‒–—―−⁻")
"""Signs that say that the marker is not expressed."""


@dataclass(frozen=True, slots=True)
class SignedMarker:
    """A marker with the sign behind it; ``[start, end)`` is the marker alone."""

    start: int
    end: int
    sign_end: int
    sign: str

    @property
    def negative(self) -> bool:
        """Whether the sign says that the marker is not expressed."""
        return self.sign in NEGATIVE or self.sign.startswith("neg")


def signed_markers(text: str) -> Iterator[SignedMarker]:
    """Yield the markers of immunophenotype strings.

    Examples
    --------
    >>> text = "CD34+CD10+CD58dim CD20-CD123-"
    >>> [(text[m.start : m.end], m.sign, m.negative) for m in signed_markers(text)]
    [('CD34', '+', False), ('CD10', '+', False), ('CD58', 'dim', False), ('CD20', '-', True), \
('CD123', '-', True)]
    """
    for match in _SIGNED.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before and before.isalnum() and before not in "+-":
            continue
        sign = match["sign"]
        if sign in NEGATIVE and match["open"] is None and not _really_negative(text, match):
            continue
        if len(sign) > 1 and sign[-1].isalpha():
            sign = sign.strip("-‐–").lower()
        yield SignedMarker(match.start("marker"), match.end("marker"), match.end(), sign)


def _really_negative(text: str, match: re.Match[str]) -> bool:
    """Tell a minus from a hyphen: ``CD20-CD123-`` and ``CD20-,`` from ``CD19-targeted``."""
    rest = text[match.end() :]
    if rest.startswith("CD"):
        return bool(
            re.match(r"CD\d{1,3}[a-z]?\s?(?:[+⁺]|[-‐-―−](?![A-Za-z])|dim|bright|low)", rest)
        )
    return not rest[:1].isalnum()
