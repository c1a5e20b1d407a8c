"""The words around a number that decide what it is; vocabulary in ``contexts.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from kg.nlp.quantities.numbers import DIGITS_PATTERN

TABLE = Path(__file__).with_name("contexts.toml")
_REACH = 48
"""Characters looked at on either side."""


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    with TABLE.open("rb") as file:
        return tomllib.load(file)


@cache
def words(name: str, side: str) -> str:
    """Return the alternation of one list of the table, longest first."""
    listed = sorted(_lists()[name][side], key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in listed)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"(?i:(?<![\w]))(?i:{words('labels', 'before')})[ .]?[ ]?(?:\d+[A-Za-z]?(?:, | and "
        rf"|[-–]))?[(]?$"
    )


@cache
def _reference_range() -> re.Pattern[str]:
    listed = words("reference_ranges", "before")
    return re.compile(
        rf"(?i:(?<![\w-])(?:{listed})(?:[ ](?:for|in|of|is|was|are|to)(?: [a-z]+)?)?[:,=; ]*"
        r"(?:(?<!normal )[\[(])?"
        rf"(?:{DIGITS_PATTERN} ?[^\s\d(),;]* ?(?:to|and|[-–])? ?)?[<>≤≥]?[ ]?$)"
    )


@cache
def _solution() -> re.Pattern[str]:
    return re.compile(rf"(?i: ?(?:\([^)]{{0,20}}\) ?)?(?:{words('solutions', 'after')})\b)")


@cache
def _before(name: str) -> re.Pattern[str]:
    between = r"(?:[ ]+(?:of|at|is|was|were|to|with|about|approximately|only|a|an|the|total|up))*"
    return re.compile(rf"(?i:(?<![\w])(?:{words(name, 'before')}){between}[ :=,(]*$)")


@cache
def _after(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?i:[ ,(]*(?:{words(name, 'after')})\b)")


@cache
def _value_of() -> re.Pattern[str]:
    return re.compile(
        rf"(?i:(?<![\w])(?P<name>{words('unitless', 'before')})(?P<gap>"
        rf"[)\]]?(?:[ ]*(?:{words('unitless', 'between')}))*[ ]*[:=(,~]?[ ]*)$)"
    )


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(
        r"(?i:[ ]*(?:\([A-Za-z0-9 +-]{1,12}\))?"
        rf"(?:[ ]*(?:{words('unitless', 'between')})\b)*[ ]*[:=(,~\[]?[ ]*)"
    )


def is_label(text: str, start: int) -> bool:
    """Whether the number names a thing: the 2 of "Figure 2"."""
    return _label().search(text[max(0, start - 24) : start]) is not None


def is_reference_range(text: str, start: int) -> bool:
    """Whether the number belongs to a normal range or threshold and is no finding."""
    return _reference_range().search(text[max(0, start - _REACH) : start]) is not None


def is_solution(text: str, end: int) -> bool:
    """Whether a percentage is the strength of a solution: 0.9% saline."""
    return _solution().match(text, end) is not None


def preceded(name: str, text: str, start: int) -> bool:
    """Whether a word of the list stands before ``start``, with small words between at most."""
    return _before(name).search(text[max(0, start - _REACH) : start]) is not None


def followed(name: str, text: str, end: int) -> bool:
    """Whether a word of the list follows ``end``."""
    return _after(name).match(text, end) is not None


def has_unitless_name(text: str, start: int) -> bool:
    """Whether the number without unit at ``start`` is the value of a named test: pH 7.22."""
    return _value_of().search(text[max(0, start - _REACH) : start]) is not None


def is_value_gap(text: str) -> bool:
    """Whether a text between a marker and a number makes the number its value: " level was "."""
    return len(text) <= _REACH and _gap().fullmatch(text) is not None
