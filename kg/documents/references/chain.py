"""The second opinion on a reference: a linear chain (CRF) over its tokens.

A conditional random field (Lafferty et al. 2001) labels each token as author, year, title,
journal, volume, issue, pages or other, as AnyStyle and GROBID do. It was trained on tagged
references of open-access articles and on AnyStyle's core set (``pipelines/train/references.py``);
``crf.model`` is what the rules are compared with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kg.documents.references.cues import cues
from kg.documents.references.fields import Fields
from kg.documents.references.names import authors_of
from kg.documents.references.titles import trim_journal, trim_title

MODEL = Path(__file__).with_name("crf.model")
LABELS = ("author", "year", "title", "journal", "volume", "issue", "pages", "other")
_TOKEN = re.compile(r"\d+(?![^\W\d_])|[^\W_]+|[^\w\s]|_")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-") | dict.fromkeys(map(ord, "“”„«»"), '"')
_YEAR = re.compile(r"(?:18|19|20)\d\d\Z")
_MOST_TOKENS = 400
_FIRST, _LAST = ("^", "^", "^"), ("$", "$", "$")


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Return the tokens of a reference, with ``[start, end)``.

    Examples
    --------
    >>> [word for word, _, _ in tokens("Li A. J. 1:e12–4.")]
    ['Li', 'A', '.', 'J', '.', '1', ':', 'e12', '–', '4', '.']
    """
    return [(found.group(), *found.span()) for found in _TOKEN.finditer(text)]


def features(text: str, found: Sequence[tuple[str, int, int]]) -> list[list[str]]:
    """Return the features of each token: its word and shape, its neighbours and its place."""
    words = [word.translate(_DASHES) for word, _, _ in found]
    seen = [_seen(word) for word in words]
    lows, shapes, _ = zip(*seen, strict=True) if seen else ((), (), ())
    numbers = _distances([shape[0] == "9" for shape in shapes])
    stops = [
        word in '.?!"' and end < len(text) and text[end].isspace()
        for word, (_, _, end) in zip(words, found, strict=True)
    ]
    left = sum(stops)
    passed, quoted, year_seen = 0, False, False
    rows = []
    last = len(words) - 1
    for i, word in enumerate(words):
        low, shape, kind = seen[i]
        low_before, shape_before, kind_before = seen[i - 1] if i else _FIRST
        low_after, shape_after, kind_after = seen[i + 1] if i < last else _LAST
        gap = "_" if i and found[i][1] > found[i - 1][2] else ""
        to_stop = f"left={min(left, 4)}"
        row = [
            f"w={low}", f"s={shape}", f"k={kind}", f"k={kind_before}|{kind}|{kind_after}",
            f"-1={low_before}", f"+1={low_after}", f"s={shape_before}|{gap}{shape}",
            f"s={shape}|{shape_after}", f"s={shape_before}|{gap}{shape}|{shape_after}",
            f"at={min(10 * i // (last + 1), 9)}", f"n={numbers[i]}", f"n={numbers[i]}|{kind}",
            to_stop, f"passed={min(passed, 4)}", f"{to_stop}|{kind}|{shape}",
            f"q={quoted}", f"y={year_seen}", f"y={year_seen}|{shape}|{low_before[:3]}",
        ]  # fmt: skip
        if i > 1:
            row += [f"-2={lows[i - 2][:8]}", f"s-2={shapes[i - 2]}|{shape_before}|{shape}"]
        if i < last - 1:
            row += [f"+2={lows[i + 2][:8]}", f"s+2={shape}|{shape_after}|{shapes[i + 2]}"]
        rows.append(row)
        left, passed = left - stops[i], passed + stops[i]
        quoted ^= word == '"'
        year_seen = year_seen or shape == "9y"
    return rows


@lru_cache(maxsize=65_536)
def _seen(word: str) -> tuple[str, str, str]:
    """Return a word in small letters and cut, its shape and which kinds of cue it is."""
    known = cues()
    low = word.lower()
    return low[:12], _shape(word), _kind(low, known.abbreviations, known.words, known.small)


def _shape(word: str) -> str:
    if word[0].isdigit():
        if word.isdigit():
            return "9y" if _YEAR.match(word) else f"9{min(len(word), 5)}"
        return "9x"
    if not word[0].isalpha():
        return word
    if any(char.isdigit() for char in word):
        return "x9"
    size = min(len(word), 3)
    if word.isupper():
        return f"X{size}"
    return f"Xx{size}" if word[0].isupper() else f"x{size}"


def _kind(word: str, short: frozenset[str], whole: frozenset[str], small: frozenset[str]) -> str:
    if not word[0].isalpha():
        return word if not word[0].isdigit() else "0"
    return "+".join(
        name for name, words in (("s", short), ("w", whole), ("o", small)) if word in words
    )


def _distances(numeric: Sequence[bool]) -> list[int]:
    """Return for each token how far the next number is, seven or more as seven."""
    distance, found = 7, []
    for one in reversed(numeric):
        distance = 0 if one else min(distance + 1, 7)
        found.append(distance)
    return found[::-1]


class Chain:
    """A trained chain; one is kept for the process (:func:`chain`)."""

    def __init__(self, model: Path) -> None:
        import pycrfsuite  # loaded where a reference is parsed, not when the package is

        self._tagger: Any = pycrfsuite.Tagger()
        self._tagger.open(str(model))

    def read(self, body: str) -> Fields:
        """Return the fields of a reference whose identifiers were taken out."""
        found = tokens(body)[:_MOST_TOKENS]
        if not found:
            return Fields()
        labels = self._tagger.tag(features(body, found))
        return assembled(body, found, labels)


@cache
def chain() -> Chain:
    """Return the chain that comes with the package."""
    return Chain(MODEL)


def assembled(body: str, found: Sequence[tuple[str, int, int]], labels: Sequence[str]) -> Fields:
    """Put the fields together from the tokens' labels."""
    spans: dict[str, tuple[int, int]] = {}
    for label in ("author", "title", "journal", "volume", "pages", "year"):
        if span := _longest(found, labels, label, joined=label in ("author", "title")):
            spans[label] = span

    def words(label: str) -> str | None:
        return body[slice(*spans[label])] if label in spans else None

    year = re.search(r"(?:18|19|20)\d\d", words("year") or "")
    volume = (words("volume") or "").strip(" .,;:()") or None
    if year is None and volume:
        year = re.fullmatch(r"(?:19|20)\d\d", volume)
        volume = None if year else volume
    names = words("author")
    return Fields(
        authors=authors_of(names + ".").names or (names.strip(" .,"),) if names else (),
        year=int(year.group()) if year else None,
        title=trim_title(words("title") or ""),
        journal=trim_journal(words("journal") or ""),
        volume=volume,
        pages=re.sub(r"\s", "", words("pages") or "").strip(".,;:()") or None,
    )


def _longest(
    found: Sequence[tuple[str, int, int]], labels: Sequence[str], label: str, *, joined: bool
) -> tuple[int, int] | None:
    """Return the longest run of a label; ``joined`` bridges single tokens of other labels."""
    runs: list[list[int]] = []
    for place, one in enumerate(labels):
        if one != label:
            continue
        if (
            runs
            and place - runs[-1][1] <= (3 if joined else 2)
            and (place - runs[-1][1] == 1 or joined or not found[place - 1][0].isalnum())
        ):
            runs[-1][1] = place
        else:
            runs.append([place, place])
    if not runs:
        return None
    first, last = max(runs, key=lambda run: run[1] - run[0])
    return found[first][1], found[last][2]
