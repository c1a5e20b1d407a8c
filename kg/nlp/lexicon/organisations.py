"""Names of organisations, in which no therapy or disease is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

_KIND = (
    "Society|Association|Academy|College|Department|Division|Institutes?|Committee|Ministry|"
    "Foundation|Organi[sz]ation|Federation|Network|Consortium|Administration|Hospital|University|"
    "Agency|Council|Board|Journal|Group|Center|Centre|Clinic|School|Faculty|Laboratory|Union|Program"
)
_ORGANISATION = re.compile(
    rf"(?:\b[A-Z][\w’'-]+\s+(?:(?:of|for|and|the|in|on|&)\s+)*)*\b(?:{_KIND})\b"
    r"(?:\s+(?:(?:of|for|and|the|in|on|&)\s+)+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)*"
)


def organisations(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that are names of organisations.

    Examples
    --------
    >>> text = "the American Society for Transplantation and Cellular Therapy (ASTCT)"
    >>> [text[start:end] for start, end in organisations(text)]
    ['American Society for Transplantation and Cellular Therapy']
    """
    for match in _ORGANISATION.finditer(text):
        yield match.span()
