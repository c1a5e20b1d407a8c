"""How a sentence tells that a therapy harmed: frames of harm, therapy and the words between.

A sentence is laid out as words and places: each harm, each therapy and each other disease is one
letter of its own, things told in a row are one place. The frames of ``cues/harm_frames.tsv`` are
then looked for in this text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from kg.cases.vocabulary import first_keys, keys_of, pattern_of, table
from kg.errors import TermsError

FrameKind = Literal["cause", "time", "stop", "dechallenge", "rechallenge", "called"]
PlaceKind = Literal["harm", "toxic", "therapy", "disease"]
_LETTERS: dict[PlaceKind, str] = {
    "harm": "\ue001",
    "toxic": "\ue004",
    "therapy": "\ue002",
    "disease": "\ue003",
}
_BARRED = "\ue005"
"""Stands for the blank before a word that no gap leaps over."""
_PLACEHOLDERS = {
    "<harm>": f"([{_LETTERS['harm']}{_LETTERS['toxic']}])",
    "<toxic>": f"({_LETTERS['toxic']})",
    "<therapy>": f"({_LETTERS['therapy']})",
}
_PLACED = f"{_LETTERS['harm']}{_LETTERS['toxic']}{_LETTERS['therapy']}"
_BETWEEN = rf"(?:[^\w;:.{_PLACED}{_LETTERS['disease']}]|\.(?=\d))+"
_BLANK = re.compile(_BETWEEN)
_GAPS = {"…": 8, "‥": 3}
_GAP_END = "(?:)"
_BLANKS = r"[\s\-"
_PIECE = re.compile(r"<\w+>|[…‥]")
_BRACKETED = re.compile(r"\([^)]*\)")
_HARMS_IN_A_ROW = re.compile(
    r"\s*\(|\)?\s*(?:[,/&]|\band\b|\bor\b|\bas well as\b|\bwith\b|\bincluding\b|\bsuch as\b)"
    r"(?:[\s,]*(?!(?:was|were|had|has|is|who|which|that|then|after|during|due|because|to|for|from|in"
    r"|on|but|no|not|without|developed|showed|revealed|led|caused|treated)\b)[\w\-]+){0,4}[\s,]*"
)
_THERAPIES_IN_A_ROW = re.compile(
    r"\s*\(|\)?[\s,/+\-–]*(?:(?:and|or|plus|with|of|by|using|in|combined|combination|a|an|the|dose|doses"
    r"|high|low|weekly|daily|oral|intravenous|agent|drug|inhibitor|based|consisting|then|mg|#|\d+)"
    r"[\s,/+\-–]*){0,5}"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the sentence that is one letter of its layout, and its mentions."""

    kind: PlaceKind
    start: int
    end: int
    mentions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Framed:
    """A frame found: the mentions in its place of the harm, of the therapy, and its words."""

    kind: FrameKind
    harms: tuple[int, ...]
    therapies: tuple[int, ...]
    start: int
    end: int
    text: str


def framed(text: str, places: list[Place], frames: str = "harm_frames.tsv") -> Iterator[Framed]:
    """Yield the frames that a sentence fills.

    Parameters
    ----------
    text
        The sentence.
    places
        What of it is harm, therapy or disease, with offsets into it, in order, not overlapping.
    frames
        The table of frames.

    Examples
    --------
    >>> told = "He had a rash due to oral phenytoin."
    >>> places = [Place("harm", 9, 13, (0,)), Place("therapy", 26, 35, (1,))]
    >>> [(f.kind, f.harms, f.therapies, f.text) for f in framed(told, places)]
    [('cause', (0,), (1,), 'rash due to oral phenytoin')]
    """
    rows = _rows(text, places)
    kinds = {"harm" if place.kind == "toxic" else place.kind for place in rows}
    layout, offsets = _layout(text, rows)
    at = dict(offsets)
    keys = keys_of(layout)
    layout = _barred(layout)
    for frame in _frames(frames):
        if not frame.needs <= kinds or any(keys.isdisjoint(words) for words in frame.words):
            continue
        for match in frame.pattern.finditer(layout):
            found = [at[match.start(group)] for group in range(1, frame.pattern.groups + 1)]
            harm = next((place for place in found if place.kind != "therapy"), None)
            therapy = next((place for place in found if place.kind == "therapy"), None)
            start, _ = _original(match.start(), offsets)
            _, end = _original(match.end() - 1, offsets)
            yield Framed(
                frame.kind,
                harm.mentions if harm is not None else (),
                therapy.mentions if therapy is not None else (),
                start,
                end,
                text[start:end],
            )


def _rows(text: str, places: list[Place]) -> list[Place]:
    """Return the places with those told in a row made one."""
    rows: list[Place] = []
    for place in places:
        if rows and _in_a_row(rows[-1], place, text):
            last = rows[-1]
            kind: PlaceKind = "toxic" if "toxic" in (last.kind, place.kind) else place.kind
            rows[-1] = Place(kind, last.start, place.end, (*last.mentions, *place.mentions))
        else:
            rows.append(place)
    return rows


def _in_a_row(one: Place, two: Place, text: str) -> bool:
    if "disease" in (one.kind, two.kind) or (one.kind == "therapy") != (two.kind == "therapy"):
        return False
    between = _BRACKETED.sub(" ", text[one.end : two.start].lower())
    pattern = _THERAPIES_IN_A_ROW if one.kind == "therapy" else _HARMS_IN_A_ROW
    return pattern.fullmatch(between) is not None


def _layout(text: str, rows: list[Place]) -> tuple[str, list[tuple[int, Place]]]:
    """Return the sentence with a letter for each place, and where in it the letters stand."""
    pieces: list[str] = []
    offsets: list[tuple[int, Place]] = []
    position = length = 0
    for place in rows:
        words = text[position : place.start]
        lowered = words.lower() if len(words.lower()) == len(words) else words
        pieces.append(lowered)
        length += len(lowered)
        offsets.append((length, place))
        pieces.append(_LETTERS[place.kind])
        length += 1
        position = place.end
    rest = text[position:]
    pieces.append(rest.lower() if len(rest.lower()) == len(rest) else rest)
    return "".join(pieces), offsets


def _barred(layout: str) -> str:
    """Return a layout with the words marked that no gap leaps over, as long as it was."""
    letters = list(layout)
    for word in _barriers().finditer(layout):
        before = word.start() - 1
        if before >= 0 and _BLANK.match(letters[before]):
            letters[before] = _BARRED
    return "".join(letters)


def _original(at: int, offsets: list[tuple[int, Place]]) -> tuple[int, int]:
    """Return what in the sentence a letter of its layout stands for."""
    shift = 0
    for letter, place in offsets:
        if letter == at:
            return place.start, place.end
        if letter > at:
            break
        shift = place.end - letter - 1
    return at + shift, at + shift + 1


@dataclass(frozen=True, slots=True)
class _Frame:
    kind: FrameKind
    pattern: re.Pattern[str]
    needs: frozenset[str]
    words: tuple[frozenset[str], ...]
    """How a word must begin, of each stretch of words in the frame."""


@cache
def _frames(name: str) -> tuple[_Frame, ...]:
    known = get_args(FrameKind)
    frames = []
    for kind, cue in table(name):
        if kind not in known:
            raise TermsError(f"{kind!r} is no kind of frame", where=f"cues/{name}")
        pattern = re.compile(rf"(?<!\w){_compiled(cue)}(?!\w)")
        needs = {"therapy"} if "<therapy>" in cue else set()
        needs |= {"harm"} if "<harm>" in cue or "<toxic>" in cue else set()
        words = tuple(
            frozenset(first_keys(stretch.strip()))
            for stretch in _PIECE.split(cue)
            if stretch.strip()
        )
        frames.append(_Frame(cast(FrameKind, kind), pattern, frozenset(needs), words))
    return tuple(frames)


def _compiled(cue: str) -> str:
    """Return the regular expression of a frame."""
    out: list[str] = []
    position = 0
    for piece in _PIECE.finditer(cue):
        _words(cue[position : piece.start()], out)
        _join(out)
        place = _PLACEHOLDERS.get(piece.group())
        out.append(place if place is not None else _gap(_GAPS[piece.group()]))
        position = piece.end()
    _words(cue[position:], out)
    return "".join(out)


def _words(cue: str, out: list[str]) -> None:
    if cue.strip():
        _join(out)
        out.append(pattern_of(cue.strip()).replace(_BLANKS, _BLANKS + _BARRED))


def _join(out: list[str]) -> None:
    """Put what parts two words between two pieces of a frame; a gap brings its own."""
    if out and not out[-1].endswith(_GAP_END):
        out.append(_BETWEEN)


def _gap(words: int) -> str:
    """Return a skip of up to some words, none of them a barrier."""
    word = rf"(?<!{_BARRED})[\w{_LETTERS['disease']}][\w/%'’]*"
    return rf"(?:{word}{_BETWEEN}){{0,{words}}}?{_GAP_END}"


@cache
def _barriers() -> re.Pattern[str]:
    union = "|".join(pattern_of(row[0]) for row in table("harm_barriers.tsv"))
    return re.compile(rf"(?<!\w)(?=(?:{union})(?!\w))")
