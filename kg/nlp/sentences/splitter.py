"""Find where sentences begin, by rules over characters; the words lists stand beside this file.

A sentence begins after a full stop, question or exclamation mark that ends one, after a blank
line, and at a list item. It does not begin after "et al.", "Fig.", an initial or a decimal
point, nor where a hard-wrapped line merely runs on. Whether a stop ends a sentence is decided as
in Mikheev (2002, "Periods, capitalized words, etc."): by the word before it, looked up in a list
of abbreviations, and the word after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_STOP = re.compile(
    r"""(?P<stop>[.!?…]+|。)
        (?P<close>['"’”)\]}]*)
        (?P<cite>(?<=[^\W\d_]{2}\.)\d{1,3}(?:[,–-]\d{1,3})*|\[\d{1,3}(?:[\s,–-]+\d{1,3})*\])?
        (?P<gap>\s+|$)""",
    re.VERBOSE,
)
_GLUED = re.compile(
    r"(?<=[^\W\dA-Z_]{3}\.)(?=[A-Z][a-z]{1,12}\s)|(?<=\w\)\.)(?=[A-Z][a-z]{1,12}\s)"
)
_BREAK = re.compile(r"[ \t]*(?:\r\n?|\n)(?P<blank>(?:[ \t]*(?:\r\n?|\n))*)\s*")
_ITEM = re.compile(r"(?:[•●▪■◦‣⁃*·–—-]\s+|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]\s+)(?=\S)")
_ENUMERATOR = re.compile(r"(?:^|[\n\r])[ \t]*\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})$")
_WORD_BEFORE = re.compile(r"(?:[^\W_]|[.&’'-])+$")
_UNIT = re.compile(r"[/°]$|\d\s?$")
"""What stands before a unit ("mm/hr.") and not before an abbreviation inside a sentence."""
_CLASS = re.compile(r"(?!(?:by|of|with|and|or|from|to|in|the|for|as)\b)\b[a-z]+\s$")
"""What stands before a class ("hepatitis C.") and not before an initial ("by J. Smith")."""
_OPENS = re.compile(r"""[\s'"‘“([{]*(?P<word>[^\W_][^\W_]*)?""")


@cache
def abbreviations() -> dict[str, str]:
    """Return the abbreviations (without their last full stop) and "never" or "maybe" for each."""
    lines = (_HERE / "abbreviations.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.partition("\t") for line in lines if line and not line.startswith("#")]
    return {form: ends for form, _, ends in rows[1:]}


@cache
def openers() -> frozenset[str]:
    """Return the capitalised words that open a sentence even after an abbreviation."""
    lines = (_HERE / "openers.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def sentence_starts(text: str) -> list[int]:
    """Return the offsets at which sentences begin, in order, 0 first.

    Examples
    --------
    >>> text = "Park et al. found CR on day 6. It lasted (Fig. 2). IL-6 was 3.5 pg/mL."
    >>> [text[i:i + 4] for i in sentence_starts(text)]
    ['Park', 'It l', 'IL-6']
    """
    starts = {0, *_after_stops(text), *_after_lines(text), *_after_glued_stops(text)}
    return sorted(start for start in starts if start < len(text) or start == 0)


def _after_stops(text: str) -> Iterator[int]:
    for match in _STOP.finditer(text):
        if match.end() < len(text) and _ends_sentence(text, match):
            yield match.end()


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    word = _next_word(text, match.end())
    if word is not None and word[0].islower() and not _lower_case_opener(word):
        return False
    if match["close"] or match["cite"] or match["stop"] != ".":
        return True
    return _stop_ends(text, match.start(), word, line_ends="\n" in match["gap"])


def _stop_ends(text: str, stop: int, word: str | None, *, line_ends: bool) -> bool:
    """Whether a single full stop at ``stop`` ends a sentence, given the next word."""
    if _ENUMERATOR.search(text, max(0, stop - 8), stop):
        return False
    found = _WORD_BEFORE.search(text, max(0, stop - 24), stop)
    before = found.group() if found else ""
    opens = line_ends or word in openers()
    known = abbreviations()
    rule = known.get(before) or known.get(before.lower())
    if rule == "never" and before == "No":
        return not (word is None or word[0].isdigit())
    if rule == "never":
        return False
    begin = stop - len(before)
    ahead = text[max(0, begin - 16) : begin]
    if rule == "maybe":
        return opens or bool(_UNIT.search(ahead))
    if _is_initial(before):
        return opens or bool(_UNIT.search(ahead) or _CLASS.search(ahead))
    return True


def _is_initial(before: str) -> bool:
    """Whether a full stop after this belongs to a name, as in J. or J.-P. or W.H."""
    letters = [part for part in re.split(r"[.-]", before) if part]
    return bool(letters) and all(len(part) == 1 and part.isupper() for part in letters)


def _lower_case_opener(word: str) -> bool:
    """Whether a word in lower case may open a sentence: p53, mTOR, miR, rs12979860, β."""
    return any(sign.isupper() or sign.isdigit() for sign in word) or not word.isascii()


def _next_word(text: str, start: int) -> str | None:
    found = _OPENS.match(text, start)
    return found["word"] if found else None


def _after_glued_stops(text: str) -> Iterator[int]:
    """Yield the starts of sentences that follow a stop without a blank ("remission.The")."""
    for match in _GLUED.finditer(text):
        if _next_word(text, match.end()) in openers():
            yield match.end()


def _after_lines(text: str) -> Iterator[int]:
    """Yield the starts of sentences that a line break makes."""
    width = _wrap_width(text)
    line_start = 0
    for match in _BREAK.finditer(text):
        line = text[line_start : match.start()]
        if match.end() < len(text) and (
            match["blank"] or _line_ends(line, text, match.end(), width)
        ):
            yield match.end()
        line_start = match.end()


def _line_ends(line: str, text: str, following: int, width: int | None) -> bool:
    """Whether a single line break ends a sentence.

    A line that ends in a stop is judged with the stops. Otherwise the line runs on when the next
    one begins in lower case, or when the text is hard-wrapped and the next word did not fit.
    """
    if _ITEM.match(text, following):
        return True
    if re.search(r"[.!?…]['\"’”)\]}]*$", line):
        return False
    first = re.match(r"\S+", text[following : following + 60])
    word = first.group() if first else ""
    if not word or word[0].islower() or re.search(r"[,–-]$", line):
        return False
    return width is None or len(line) + 1 + len(word) <= width


def _wrap_width(text: str) -> int | None:
    """Return the width that a hard-wrapped text was broken at; None when it is not wrapped."""
    lengths = sorted(len(line) for line in text.splitlines() if line.strip())
    if len(lengths) < 3 or not 40 <= lengths[-1] <= 132:
        return None
    near = sum(length >= lengths[-1] - 18 for length in lengths)
    return lengths[-1] if near * 2 >= len(lengths) else None
