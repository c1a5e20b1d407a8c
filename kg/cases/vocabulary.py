"""The cue files of this stage: words that tell the case, in classes, as data.

A cue file is a TSV with the columns ``class`` and ``cue``. The pattern language is small, so
that a physician can correct the files: ``*`` ends any word, ``…`` skips up to five words, ``#``
is a number, ``(a|b)`` are alternatives, ``(a|b)?`` may be absent, and spaces and hyphens stand
for one another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import TermsError

_FOLDER = Path(__file__).resolve().parent / "cues"
_WORD = re.compile(r"[^\W_]+")
_KEY_LENGTH = 4
_WITHIN_WORD = re.compile(r"(?<=\w)\([^()]*\)\??")
_PIECES = {
    " ": r"[\s\-‐‑–]+",
    "-": r"[\s\-‐‑–]*",
    "*": r"[^\W_]*",
    "…": r"(?:\W+\w[\w/%.'’+\-]*){0,5}?",
    "#": r"\d+",
    "(": "(?:",
    ")": ")",
    "|": "|",
    "?": "?",
    "'": "['’]",
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue found in a text: its class, and where its words stand (offsets of the document)."""

    name: str
    start: int
    end: int
    text: str


def pattern_of(cue: str) -> str:
    """Return the regular expression of a cue, for lower-case text.

    Examples
    --------
    >>> bool(re.fullmatch(pattern_of("re-induc* with"), "reinduction with"))
    True
    >>> bool(re.search(pattern_of("we (report|present) … case"), "we report a rare case"))
    True
    """
    text = re.sub(r" (\([^)]*\))\?", r"\1?", cue.replace("s’", "s'"))
    out = []
    optional = re.compile(r"\(([^)]*)\)\?")
    position = 0
    for match in optional.finditer(text):
        out.append(_literal(text[position : match.start()]))
        gap = _PIECES[" "] if match.start() else ""
        out.append(f"(?:{gap}(?:{_literal(match.group(1))}))?")
        position = match.end()
    out.append(_literal(text[position:]))
    return "".join(out).replace(_PIECES[" "] + _PIECES["…"] + _PIECES[" "], _skip())


def _skip() -> str:
    return _PIECES["…"] + r"\W+"


def _literal(text: str) -> str:
    return "".join(_PIECES.get(letter) or re.escape(letter) for letter in text)


def first_keys(cue: str) -> set[str]:
    """Return the keys under which a cue is looked up: how its first word may begin.

    Examples
    --------
    >>> sorted(first_keys("(resolved|normali(s|z)ed|cleared) after"))
    ['clea', 'norm', 'reso']
    """
    cue = _WITHIN_WORD.sub("*", cue)
    head = re.match(r"\(([^)]*)\)|[^\s\-…]+", cue)
    if head is None:
        raise TermsError("a cue is empty", where=str(_FOLDER))
    if cue.startswith("(") and cue[head.end() :].startswith("?"):
        return first_keys(cue[head.end() + 1 :].lstrip()) | first_keys(cue[: head.end()])
    keys = set()
    for branch in (head.group(1) or head.group(0)).split("|"):
        first = _WORD.match(branch)
        keys.add("#" if first is None or first.group().isdigit() else first.group()[:_KEY_LENGTH])
    return keys


def keys_of(text: str) -> set[str]:
    """Return the keys of all words of a lower-case text: a cue whose keys it lacks is not in it.

    Examples
    --------
    >>> sorted(keys_of("grade 3 mucositis"))
    ['#', '3', 'grad', 'muco']
    """
    keys = {word[:_KEY_LENGTH] for word in _WORD.findall(text)}
    if any(key[0].isdigit() for key in keys):
        keys.add("#")
    return keys


class CueSet:
    """Cues of all classes, looked up by the words that a sentence has.

    Only cues whose first word stands in the sentence are tried, so the cost grows with the
    sentence and not with the files.
    """

    def __init__(self, rows: Iterator[tuple[str, str]]) -> None:
        grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name, cue in rows:
            for key in sorted(first_keys(cue)):
                grouped[key, name].append(cue)
        self._by_key: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        for (key, name), cues in grouped.items():
            # The longest cue of a class wins at one place.
            cues.sort(key=len, reverse=True)
            union = "|".join(pattern_of(cue) for cue in cues)
            self._by_key[key].append((name, re.compile(rf"(?<!\w)(?:{union})(?!\w)")))

    def find(self, text: str, offset: int = 0) -> tuple[Cue, ...]:
        """Return the cues in a text, in order; ``offset`` is added to their places."""
        lowered = text.lower()
        if len(lowered) != len(text):
            lowered = text
        found = set()
        for key, places in self._places(lowered).items():
            for name, pattern in self._by_key[key]:
                past = 0
                for place in places:
                    match = pattern.match(lowered, place) if place >= past else None
                    if match is not None:
                        start, past = match.span()
                        found.add(Cue(name, offset + start, offset + past, text[start:past]))
        return tuple(sorted(found, key=lambda cue: (cue.start, cue.end, cue.name)))

    def _places(self, text: str) -> dict[str, list[int]]:
        """Return where the words stand with which a cue may begin, by their keys."""
        places: dict[str, list[int]] = {}
        for word in _WORD.finditer(text):
            start = word.start()
            key = text[start : min(word.end(), start + _KEY_LENGTH)]
            for known in (key, "#") if key[0].isdigit() else (key,):
                if known in self._by_key:
                    places.setdefault(known, []).append(start)
        return places


def read_rows(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of one of this stage's TSV files; lines that begin with # are comments.

    Raises
    ------
    TermsError
        When the file is missing.
    """
    path = _FOLDER / name
    if not path.is_file():
        raise TermsError("a cue file is missing", where=str(path), hint="reinstall kg")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield tuple(cell.strip() for cell in line.split("\t"))


def _pairs(*names: str) -> Iterator[tuple[str, str]]:
    for name in names:
        for row in read_rows(name):
            if len(row) != 2:
                raise TermsError(
                    f"a row has {len(row)} columns, not class and cue: {row}",
                    where=str(_FOLDER / name),
                )
            yield row[0], row[1]


@cache
def cue_set() -> CueSet:
    """Return all cues of the stage, compiled once."""
    names = ("narration.tsv", "persons.tsv", "exposures.tsv", "outcomes.tsv", "conditions.tsv")
    return CueSet(_pairs(*names))


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a TSV file of this stage, read once."""
    return tuple(read_rows(name))
