"""The lines of a plain text, with their offsets and the part each plays on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

_FURNITURE = Path(__file__).with_name("furniture.tsv")
_LINE = re.compile(r"[^\r\n\u2028\u2029\f\v]+")

Role = Literal["page", "stop"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank; ``[start, end)`` is without the white space around it."""

    start: int
    end: int
    text: str
    alone: bool
    """Whether blank lines, or the ends of the text, stand on both sides."""


def lines_of(text: str) -> list[Line]:
    """Return the lines that hold something, in order.

    Examples
    --------
    >>> [(line.text, line.alone) for line in lines_of("One\\n\\n Two \\nThree")]
    [('One', True), ('Two', False), ('Three', False)]
    """
    spans: list[tuple[int, int]] = []
    for found in _LINE.finditer(text):
        raw = found.group()
        stripped = raw.strip()
        if stripped:
            start = found.start() + len(raw) - len(raw.lstrip())
            spans.append((start, start + len(stripped)))
    lines = []
    for i, (start, end) in enumerate(spans):
        before = i == 0 or _blank(text[spans[i - 1][1] : start])
        after = i + 1 == len(spans) or _blank(text[end : spans[i + 1][0]])
        lines.append(Line(start, end, text[start:end], before and after))
    return lines


def _blank(gap: str) -> bool:
    return gap.replace("\r\n", "\n").count("\n") > 1 or "\f" in gap


@cache
def _furniture() -> dict[str, re.Pattern[str]]:
    patterns: dict[str, list[str]] = {"page": [], "stop": []}
    for line in _FURNITURE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            role, pattern = line.split("\t")
            patterns[role].append(f"(?:{pattern})")
    return {role: re.compile("|".join(some), re.IGNORECASE) for role, some in patterns.items()}


def plays(line: Line, role: Role) -> bool:
    """Tell whether a line is page furniture, or one that ends the reference list.

    Examples
    --------
    >>> plays(lines_of("www.frontiersin.org")[0], "page")
    True
    """
    return len(line.text) < 3000 and _furniture()[role].fullmatch(line.text) is not None
