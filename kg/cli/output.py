"""Rows to standard output: a table for people, JSON, JSON Lines or CSV for programs."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from kg.records import to_json

FORMATS = ("table", "json", "jsonl", "csv")
_GUTTER = 3


def print_rows(
    rows: Sequence[Mapping[str, Any]], form: str, columns: Sequence[str] | None = None
) -> None:
    """Print rows in one of :data:`FORMATS`; ``columns`` orders them and heads an empty table."""
    names = list(columns or (rows[0] if rows else ()))
    if form == "json":
        click.echo(json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=2))
    elif form == "jsonl":
        for row in rows:
            click.echo(json.dumps(_plain(row), ensure_ascii=False))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_cell(row.get(name), "; ") for name in names] for row in rows)
    else:
        print_table(rows, names)


def print_table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print a table that fits the terminal; where there is none, COLUMNS wide, or 160."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else _width(), highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    cells = [[_cell(row.get(name), "\n") for name in columns] for row in rows]
    for name, width in zip(columns, _least_widths(cells, len(columns), console.width), strict=True):
        table.add_column(name.replace("_", " "), overflow="fold", min_width=width)
    for line in cells:
        table.add_row(*map(_escape, line))
    console.print(table)


def _least_widths(cells: Sequence[Sequence[str]], columns: int, room: int) -> list[int | None]:
    """Return the widths that break no word, where there is room for them in all columns."""
    widths = [
        max((len(word) for line in cells for word in line[place].split()), default=1)
        for place in range(columns)
    ]
    return list(widths) if sum(widths) + _GUTTER * columns <= room else [None] * columns


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() else 160


def print_record(record: Any) -> None:
    """Print a record as one line of JSON."""
    click.echo(to_json(record))


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(to_json(dict(row)))
    return result


def _cell(value: Any, between: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return between.join(_cell(item, between) for item in value)
    return str(value)


def _escape(text: str) -> str:
    from rich.markup import escape

    return escape(text)
