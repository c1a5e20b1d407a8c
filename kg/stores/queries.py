"""The named queries: ``queries/*.cypher`` with their headers, and parameters made ready.

A file begins with comment lines ``// title:``, ``// answers:``, ``// parameter:`` and
``// column:``; a line that begins with two spaces after ``//`` continues the one before it::

    // parameter: NAME TYPE DEFAULT EXAMPLE - what it is

TYPE is ``concept``, ``string``, ``integer`` or a list of choices such as ``all|warning|info``;
DEFAULT is JSON, or ``required``; EXAMPLE is JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.errors import QueryError
from kg.resources import resource

Scalar = str | int
_FIELD = re.compile(r"// (title|answers|parameter|column): (.*)")
_MORE = re.compile(r"//   (\S.*)")
_PARAMETER = re.compile(
    r'(?P<name>\w+) (?P<type>\S+) (?P<default>required|"[^"]*"|-?\d+) '
    r'(?P<example>"[^"]*"|-?\d+) - (?P<doc>.+)'
)
_COLUMN = re.compile(r"(?P<name>\w+) - (?P<doc>.+)")
_CURIE = re.compile(r"(?:[a-z][a-z0-9.]*:\S+|text:.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query; ``default`` is None where one must be given."""

    name: str
    type: str
    default: Scalar | None
    example: Scalar
    doc: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a query's rows."""

    name: str
    doc: str


@dataclass(frozen=True, slots=True)
class Query:
    """A named query; ``text`` is the file as it is, comments included."""

    name: str
    title: str
    answers: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str


def query_names() -> tuple[str, ...]:
    """Return the names of all queries, in the order of characters.

    Examples
    --------
    >>> "link" in query_names()
    True
    """
    return tuple(sorted(path.stem for path in resource("queries").glob("*.cypher")))


def load_query(name: str) -> Query:
    """Return a query by its name.

    Raises
    ------
    QueryError
        When there is none of this name, or its header is malformed.

    Examples
    --------
    >>> [parameter.name for parameter in load_query("link").parameters]
    ['a', 'b', 'level', 'limit']
    """
    names = query_names()
    if name not in names:
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]}?" if near else "known are " + ", ".join(names)
        raise QueryError(f"there is no query named {name!r}", hint=hint)
    path = resource("queries") / f"{name}.cypher"
    return parse_query(path.read_text(encoding="utf-8"), path)


def parse_query(text: str, path: Path) -> Query:
    """Return the query of a file's text; ``path`` names it and is told in errors.

    Raises
    ------
    QueryError
        When the header lacks a field or has a malformed one.
    """
    fields = _fields(text)
    titles, answers = fields["title"], fields["answers"]
    if len(titles) != 1 or len(answers) != 1 or not fields["column"]:
        raise QueryError(
            "the header is incomplete",
            where=str(path),
            hint="give one `// title:`, one `// answers:` and each `// column:`",
        )
    return Query(
        name=path.stem,
        title=titles[0],
        answers=answers[0],
        parameters=tuple(_parameter(line, path) for line in fields["parameter"]),
        columns=tuple(_column(line, path) for line in fields["column"]),
        text=text,
    )


def _fields(text: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {"title": [], "answers": [], "parameter": [], "column": []}
    last: list[str] | None = None
    for line in text.splitlines():
        if begun := _FIELD.fullmatch(line):
            last = fields[begun[1]]
            last.append(begun[2])
        elif last is not None and (more := _MORE.fullmatch(line)):
            last[-1] += " " + more[1]
        else:
            last = None
    return fields


def _parameter(line: str, path: Path) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None:
        raise QueryError(
            f"malformed parameter {line!r}",
            where=str(path),
            hint="write NAME TYPE DEFAULT EXAMPLE - what it is, as in: limit integer 100 20 - rows",
        )
    default = None if match["default"] == "required" else json.loads(match["default"])
    return Parameter(
        match["name"], match["type"], default, json.loads(match["example"]), match["doc"]
    )


def _column(line: str, path: Path) -> Column:
    match = _COLUMN.fullmatch(line)
    if match is None:
        raise QueryError(
            f"malformed column {line!r}", where=str(path), hint="write NAME - what it is"
        )
    return Column(match["name"], match["doc"])


def bind(query: Query, given: Mapping[str, str]) -> dict[str, Scalar]:
    """Return the values for a query's parameters from what a user typed.

    Concept names are put in normal form, or resolved by the terminology where they are another
    spelling of a name it knows; numbers are read; defaults are filled in.

    Raises
    ------
    QueryError
        When one is unknown, missing, or not of its type.

    Examples
    --------
    >>> bind(load_query("link"), {"a": "Interferon−α", "b": "mesh:D064987", "limit": "5"})
    {'a': 'interferon-alpha', 'b': 'mesh:D064987', 'level': 'all', 'limit': 5}
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            raise QueryError(
                f"{query.name} has no parameter {name!r}",
                hint="it takes " + (", ".join(known) or "none"),
            )
    return {name: _value(query, parameter, given.get(name)) for name, parameter in known.items()}


def _value(query: Query, parameter: Parameter, given: str | None) -> Scalar:
    if given is None:
        if parameter.default is None:
            raise QueryError(
                f"{query.name} needs {parameter.name} ({parameter.doc})",
                hint=f"give {parameter.name}={json.dumps(parameter.example, ensure_ascii=False)}",
            )
        return parameter.default
    if parameter.type == "integer":
        if not re.fullmatch(r"\d{1,9}", given.strip()):
            raise QueryError(
                f"received {parameter.name}={given!r}", hint="a whole number is wanted"
            )
        return int(given)
    if "|" in parameter.type and given not in parameter.type.split("|"):
        raise QueryError(
            f"received {parameter.name}={given!r}",
            hint="valid are " + ", ".join(parameter.type.split("|")),
        )
    return concept_key(given) if parameter.type == "concept" else given


def concept_key(name: str) -> str:
    """Return what a query looks a concept up by: a CURIE as it is, a name in normal form.

    A spelling that is no key of its concept (``CAR T cells``) becomes the concept's id.

    Examples
    --------
    >>> concept_key("IFN‑α"), concept_key("mesh:D016898")
    ('ifn-alpha', 'mesh:D016898')
    """
    if not name.strip() or _CURIE.fullmatch(name.strip()):
        return name.strip()
    from kg.terms import load
    from kg.terms.normal import normal_form

    terms = load()
    key = normal_form(name)
    found = [terms.concept(sense.concept) for sense in terms.lookup(name)]
    if not found or any(key in concept.keys for concept in found):
        return key
    return found[0].id
