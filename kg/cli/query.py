"""``kg query``, ``cypher`` and ``stats``: asking a store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import Talk, format_option, store_option, talking
from kg.cli.output import FORMATS, print_record, print_rows, print_table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.stores.queries import Query


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="list | show NAME | NAME [KEY=VALUE]…")
@store_option
@format_option(*FORMATS)
@talking
def query(words: tuple[str, ...], store: str, form: str, talk: Talk) -> None:
    """Ask a named query: list them, show one, or run one.

    \b
    kg query list
    kg query show link
    kg query link a="interferon-alpha" b="cell therapy"
    """
    from kg.stores import open_store
    from kg.stores.queries import bind, load_query

    name, *rest = words
    if name == "list" and not rest:
        _list(form)
    elif name == "show":
        if len(rest) != 1:
            raise UsageError("one name is wanted", hint="kg query show NAME")
        click.echo(load_query(rest[0]).text, nl=False)
    else:
        asked = load_query(name)
        parameters = bind(asked, _pairs(rest))
        with open_store(store, create=False) as opened:
            rows = opened.read(asked.text, parameters)
        _print_answer(asked, rows, form, talk)


def _list(form: str) -> None:
    from kg.stores.queries import load_query, query_names

    queries = [load_query(name) for name in query_names()]
    rows = [
        {
            "name": one.name,
            "title": one.title,
            "parameters": [
                parameter.name if parameter.default is None else f"[{parameter.name}]"
                for parameter in one.parameters
            ],
        }
        for one in queries
    ]
    print_rows(rows, form, ["name", "title", "parameters"])


def _pairs(words: list[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals:
            raise UsageError(f"received {word!r}", hint="write parameters as KEY=VALUE")
        pairs[key] = value
    return pairs


def _print_answer(asked: Query, rows: list[dict[str, Any]], form: str, talk: Talk) -> None:
    columns = [column.name for column in asked.columns]
    if form == "table" and "quotes" in columns:
        _print_cards(rows, columns)
    else:
        print_rows(rows, form, columns)
    talk.say(f"{len(rows)} rows" if rows else "no rows: nothing in the store answers this")


def _print_cards(rows: list[dict[str, Any]], columns: list[str]) -> None:
    """Print the rows report by report: a table, and below it the quotes, numbered by row."""
    told = [name for name in columns if any(row.get(name) not in (None, []) for row in rows)]
    narrow = ["#", *(_heading(name) for name in told if name not in _ABOVE)]
    reports = dict.fromkeys((row.get("report"), row.get("title")) for row in rows)
    for report, title in reports:
        if report:
            click.echo(f"{report}  {title or ''}".rstrip())
        numbered = [(n, row) for n, row in enumerate(rows, start=1) if row.get("report") == report]
        print_table(
            ({"#": n, **row, "days": _days(row)} for n, row in numbered),
            list(dict.fromkeys(narrow)),
        )
        for n, row in numbered:
            for quote in row["quotes"]:
                click.echo(f"{n:>3}  “{quote}”")


_ABOVE = ("report", "title", "quotes")
"""Columns that stand above or below a table of rows with quotes."""


def _heading(column: str) -> str:
    return "days" if column in ("days_min", "days_max") else column


def _days(row: Mapping[str, Any]) -> str | None:
    """Return the bounds of a distance as one cell: ``155–547``, ``155 or more``."""
    least, most = row.get("days_min"), row.get("days_max")
    if least is None:
        return None if most is None else f"{most} or fewer"
    if most is None:
        return f"{least} or more"
    return str(least) if least == most else f"{least}–{most}"


@click.command()
@click.argument("statement")
@click.option(
    "-p",
    "--parameter",
    "parameters",
    multiple=True,
    metavar="KEY=VALUE",
    help="A parameter; the value is read as JSON where it is JSON.",
)
@store_option
@format_option(*FORMATS)
@talking
def cypher(statement: str, parameters: tuple[str, ...], store: str, form: str, talk: Talk) -> None:
    """Run a reading Cypher statement."""
    from kg.stores import open_store
    from kg.stores.readonly import require_read_only

    require_read_only(statement)
    given = {key: _json_or_text(value) for key, value in _pairs(list(parameters)).items()}
    with open_store(store, create=False) as opened:
        rows = [_flat(row) for row in opened.read(statement, given)]
    print_rows(rows, form)
    talk.say(f"{len(rows)} rows")


def _json_or_text(value: str) -> Any:
    import json

    try:
        return json.loads(value)
    except ValueError:
        return value


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with nodes and relationships as their properties."""
    from neo4j.graph import Node, Path, Relationship

    def plain(value: Any) -> Any:
        if isinstance(value, Node):
            return {"labels": sorted(value.labels), **dict(value)}
        if isinstance(value, Relationship):
            return {"type": value.type, **dict(value)}
        if isinstance(value, Path):
            return [plain(part) for part in (*value.nodes, *value.relationships)]
        if isinstance(value, list):
            return [plain(item) for item in value]
        return value

    return {name: plain(value) for name, value in row.items()}


@click.command()
@store_option
@format_option("table", "json")
@talking
def stats(store: str, form: str, talk: Talk) -> None:
    """Count what a store holds: nodes by label, relationships by type."""
    from kg.stores import open_store

    with open_store(store, create=False) as opened:
        counts = opened.counts()
    if form == "json":
        print_record(counts)
        return
    for kind, counted in counts.items():
        print_table(({kind: name, "count": n} for name, n in counted.items()), [kind, "count"])
    talk.say(f"{sum(counts['relationships'].values())} relationships in {store}")
