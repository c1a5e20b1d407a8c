"""Panels of markers: ``positive for CD30, PanCK and NKX2.2``, ``TLE1, Sy and CD99 were negative``.

Beside the word of a result every item of the list is what was stained or tested for, also one that
no list knows; and a marker written with a space (``CD 31``, ``CK 5/6``) is one name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg.nlp.quantities.numbers import Span

_SPACED = re.compile(
    r"(?<![\w-])(?:CD|CK|Bcl|BCL|bcl|HMB|MUM|Mum|PAX|Pax|SOX|Sox)\s"
    r"\d{1,3}(?:[a-z](?![a-z])|/\d{1,2})?(?!\w|\.\d|%|\s?[×x]\s?10|\s?(?:mm|cm|mg|g|I?U|cells)\b)"
)
_JOINT = re.compile(r"\s?[,/]\s?(?:and\s|or\s|as\swell\sas\s)?|\s(?:and|or|as\swell\sas)\s")
_STATUS = re.compile(r"\b[Mm]icrosatellite[\s-](?:stable|unstable)\b")
_LEAD = re.compile(
    r"\b(?:positiv\w*|negativ\w*|immunoreactiv\w*|immunopositiv\w*|immunonegativ\w*|reactiv\w*|"
    r"stain\w*|immunostain\w*|express\w*|lack(?:s|ed|ing)?)\s"
    r"(?:results?\s|staining\s|stains?\s|immunostaining\s|expressions?\s|reactivity\s|both\s)?"
    r"(?:for|of|to|with)\s(?:the\s)?(?:both\s)?",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[.;:]\s|[.;:]$|\n|,?\s(?:but|while|whereas|although|however|which|that|who|in|on|by|at|"
    r"was|were|is|are|had|has|showed|confirm\w*|indicat\w*|suggest\w*|support\w*|consistent|"
    r"leading|and\s(?:was|were|had|the\s\w+\swas|(?:weakly\s|focally\s|strongly\s)?"
    r"(?:negative|positive|lacked|stained|expressed)))\b"
)
_WORDY = re.compile(r"(?:\b(?:the|a|an|his|her|this|these|all|other|not|no)\s)", re.IGNORECASE)
_NAME = re.compile(
    r"(?:[A-Za-z]*[A-Z][A-Za-z]*[-‐-―.]?\d+[\w./-]*|\d*[A-Z]{2,8}\d*(?:[-/][A-Z\d]{1,5})?|"
    r"[A-Z]?[a-z-]{3,}(?:ins?|ines?|ases?|gens?)|C[1-9][a-z]?)"
)
"""How a marker's name looks that no list has: ``TLE1``, ``PanCK``, ``tireoglobulin``."""
_REACH = 260
_LEAST_KNOWN = 1


def spaced_markers(text: str) -> Iterator[Span]:
    """Yield the markers written with a space before their number or their state.

    Examples
    --------
    >>> text = "CD 31, CK 5/6 and CD 10 (3.2 cells); CD 34 × 10"
    >>> [text[s:e] for s, e in spaced_markers(text)]
    ['CD 31', 'CK 5/6', 'CD 10']
    """
    for pattern in (_SPACED, _STATUS):
        for match in pattern.finditer(text):
            yield match.span()


def panel_items(text: str, is_marker: Callable[[str], bool]) -> Iterator[Span]:
    """Yield the items of lists behind the word of a result, of which one at least is known.

    Examples
    --------
    >>> text = "It was positive for CD30, tireoglobulin and NKX2.2, and negative for the mass."
    >>> [text[s:e] for s, e in panel_items(text, {"CD30"}.__contains__)]
    ['CD30', 'tireoglobulin', 'NKX2.2']
    """
    for lead in _LEAD.finditer(text):
        stop = _STOP.search(text, lead.end(), lead.end() + _REACH)
        end = stop.start() if stop else min(len(text), lead.end() + _REACH)
        items = [span for span in _split(text, lead.end(), end) if not _is_wordy(text, span)]
        known = [span for span in items if is_marker(text[span[0] : span[1]])]
        if len(known) < _LEAST_KNOWN or len(items) == len(known):
            yield from known
            continue
        unknown = (s for s in items if s not in known and _NAME.fullmatch(text[s[0] : s[1]]))
        yield from sorted([*known, *unknown])


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the places of the items of a list, without their brackets."""
    place = start
    for joint in [*_JOINT.finditer(text, start, end), None]:
        stop = joint.start() if joint else end
        item = text[place:stop]
        bare = re.sub(r"\s?\([^()]*\)?\s*$", "", item).rstrip(" ,")
        lead = len(bare) - len(bare.lstrip(" ("))
        if bare.strip(" ("):
            yield place + lead, place + len(bare)
        place = joint.end() if joint else end


def _is_wordy(text: str, span: Span) -> bool:
    words = text[span[0] : span[1]]
    return len(words.split()) > 4 or _WORDY.match(words) is not None
