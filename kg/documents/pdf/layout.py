"""From the lines of PDF pages to paragraphs.

A PDF keeps lines and no paragraphs. Ligatures become letters, a word broken at a line's end is
joined, running heads and page numbers are dropped, and lines are joined until a paragraph ends.
"""

from __future__ import annotations

import re
from collections import Counter

from kg.documents.headings import heading_kind

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": "-"}
)
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_NEW_ENTRY = re.compile(
    r"(?:\[\d{1,3}\]|\d{1,3}\.)\s+[A-Z]|(?:fig(?:ure|\.)|table)\s*\d", re.IGNORECASE
)
_NUMBER = re.compile(r"\[?(\d{1,3})[.\]]")
_EDGE = 2


def paragraphs(pages: list[str]) -> str:
    """Return the text of pages as paragraphs with blank lines between.

    Examples
    --------
    >>> paragraphs(["Case report\\nThe ﬁrst pa-\\ntient had fever and\\nwas well.\\n12"])
    'Case report\\n\\nThe first patient had fever and was well.'
    """
    lines = [line for page in _without_running_heads(pages) for line in [*page, ""]]
    usual = _usual_width(lines)
    blocks: list[str] = []
    current = ""
    for line in lines:
        if not line:
            continue
        if current and _goes_on(current, line, usual):
            current = _join(current, line)
            continue
        if current:
            blocks.append(current)
        current = line
    if current:
        blocks.append(current)
    return "\n\n".join(blocks)


def _without_running_heads(pages: list[str]) -> list[list[str]]:
    """Return the lines of each page without what stands at its edge on most pages."""
    split = [
        [line.strip() for line in page.translate(LIGATURES).splitlines() if line.strip()]
        for page in pages
    ]
    edges = Counter(_faceless(line) for page in split for line in {*page[:_EDGE], *page[-_EDGE:]})
    many = max(2, len(split) // 2)

    def is_running(page: list[str], i: int) -> bool:
        if _EDGE <= i < len(page) - _EDGE:
            return False
        if _PAGE_NUMBER.fullmatch(page[i]):
            return True
        return len(page) > 3 * _EDGE and edges[_faceless(page[i])] > many

    return [[line for i, line in enumerate(page) if not is_running(page, i)] for page in split]


def _faceless(line: str) -> str:
    """Return a line without its numbers, so that a running head is the same on every page."""
    return re.sub(r"\d+", "#", line)


def _usual_width(lines: list[str]) -> int:
    widths = sorted(len(line) for line in lines if len(line) > 20)
    return widths[len(widths) * 3 // 4] if widths else 80


def _goes_on(current: str, line: str, usual: int) -> bool:
    """Tell whether a line continues the paragraph."""
    last = current.rpartition("\n")[2]
    if heading_kind(line) is not None or heading_kind(current) is not None:
        return False
    if _NEW_ENTRY.match(line) and (current[-1] in ".)]" or _follows(current, line)):
        return False
    if current[-1] in ".:?!" and line[0].isupper():
        return len(last) % max(usual, 1) > usual * 0.8 or len(last) < usual // 2
    return current[-1] not in ".?!" or not line[0].isupper()


def _follows(current: str, line: str) -> bool:
    """Tell whether a line has the number after the paragraph's: the next entry of a list."""
    numbers = [_NUMBER.match(text) for text in (current, line)]
    if numbers[0] is None or numbers[1] is None:
        return False
    return int(numbers[1].group(1)) == int(numbers[0].group(1)) + 1


def _join(current: str, line: str) -> str:
    """Join two lines; a hyphen at the end before a small letter is a broken word."""
    if current.endswith(("-", "\u2010")) and line[0].islower() and current[-2:-1].isalpha():
        return current[:-1] + line
    return f"{current} {line}"
