"""The words after which a number is no citation, from ``guards.tsv``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("guards.tsv")


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words: list[str] = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, listed = line.split("\t")
            words += listed.split() if name in ("any", kind) else []
    choice = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(rf"(?:\b(?:{choice})\.?|=)\s*\Z", re.IGNORECASE)


def guarded(before: str, kind: str = "any") -> bool:
    """Tell whether the text before a number says that the number is of something else.

    Examples
    --------
    >>> guarded("as in Fig. "), guarded("in two patients "), guarded("on day", "flat")
    (True, False, True)
    """
    return bool(_pattern(kind).search(before))
