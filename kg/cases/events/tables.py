"""Tables of laboratory results: a row names what was measured, its cells hold the numbers.

A table is read where it tells of the one patient of the report and shows that it is of results: a
column of normal ranges, or units beside the names of most of its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.cases.drafts import EventDraft
from kg.cases.events.base import draft
from kg.cases.passages import Passage, Passages
from kg.nlp.quantities.units import unit_at

_RANGE = re.compile(r"\b(?:reference|normal|range|ranges|limits?|ref)\b", re.IGNORECASE)
_NO_VALUES = re.compile(
    r"\b(?:p[ -]?value|n|no|number of|patients|controls?|ratio of|reduction)\b|%\s*change", re.I
)
_NUMBER = re.compile(
    r"\s*(<=|>=|[<>≤≥])?\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!\s*[-–]\s*\d)\s*([HL*↑↓%]*)\.?\s*$"
)
_SAME = {"≤": "<=", "≥": ">="}
_POWER = re.compile(r"[×x]\s?10\s?(\d{1,2})\s?/\s?(u?L|l)\b")
_LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int
    end: int


Head = tuple[str, ...]
"""The names of the columns of a table."""


def laboratory_rows(view: Passages) -> dict[int, Head]:
    """Return the sentences that are rows of tables of laboratory results, with the table's head."""
    found: dict[int, Head] = {}
    for rows in _tables(view):
        head, body = tuple(cell.text for cell in _cells(rows[0])), rows[1:]
        measured = [r for r in body if _marker(view, r) is not None and _numbers(r, head)]
        with_unit = [r for r in measured if _unit(_cells(r)) is not None]
        ranged = any(_RANGE.search(name) for name in head[1:])
        told = ranged or len(with_unit) * 2 > len(body)
        if told and len(measured) >= _LEAST_ROWS:
            found.update(dict.fromkeys((row.index for row in measured), head))
    return found


def row_findings(view: Passages, passage: Passage, owner: int, head: Head) -> list[EventDraft]:
    """Return the findings of a row, one for each cell with a number."""
    index = _marker(view, passage)
    if index is None:
        return []
    base = draft(view, passage, index, "Finding", owner, "case")
    base.polarity, base.certainty, base.time = "affirmed", "certain", "current"
    unit = _unit(_cells(passage))
    events = []
    for cell, comparator, value in _numbers(passage, head):
        event = replace(base, mentions=list(base.mentions), evidence=list(base.evidence))
        event.value, event.comparator, event.unit = value, comparator, unit
        event.evidence.append(view.evidence(cell.start, cell.end, passage.index))
        events.append(event)
    return events


def _tables(view: Passages) -> Iterator[list[Passage]]:
    """Yield the rows of each table, the head first."""
    rows: list[Passage] = []
    for passage in view.all:
        if rows and passage.section != rows[-1].section:
            yield rows
            rows = []
        if passage.kind == "table" and "\t" in passage.text:
            rows.append(passage)
    if rows:
        yield rows


def _cells(passage: Passage) -> list[_Cell]:
    cells, start = [], passage.start
    for text in passage.text.split("\t"):
        cells.append(_Cell(text, start, start + len(text)))
        start += len(text) + 1
    return cells


def _numbers(passage: Passage, head: Head) -> list[tuple[_Cell, str | None, float]]:
    """Return the cells of a row that hold a result, not a normal range or a count of people."""
    found: list[tuple[_Cell, str | None, float]] = []
    for place, cell in enumerate(_cells(passage)[1:], 1):
        name = head[place] if place < len(head) else ""
        number = _NUMBER.match(cell.text)
        if number is None or _RANGE.search(name) or _NO_VALUES.search(name):
            continue
        sign = _SAME.get(number[1], number[1])
        found.append((cell, sign, float(number[2].replace(",", ""))))
    return found


def _marker(view: Passages, passage: Passage) -> int | None:
    """Return the marker that the first cell of a row names."""
    end = _cells(passage)[0].end
    for index in view.mentions_in[passage.index]:
        mention = view.mentions[index]
        if mention.kind == "Marker" and mention.end <= end:
            return index
    return None


def _unit(cells: Sequence[_Cell]) -> str | None:
    """Return the unit that stands in brackets behind the name: "Hemoglobin (g/dl)"."""
    name = cells[0].text
    for bracket in re.finditer(r"[(\[,]\s*", name):
        power = _POWER.match(name, bracket.end())
        if power is not None:
            return f"10*{power[1]}/{power[2].replace('l', 'L')}"
        unit = unit_at(name, bracket.end())
        if unit is not None:
            return unit.code
    return None
