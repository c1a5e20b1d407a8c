"""The page of the named queries, from the headers of ``queries/*.cypher``."""

from __future__ import annotations

import json

from kg.stores.queries import Parameter, Query, load_query, query_names
from tools.docs.markdown import notice, table


def page() -> str:
    """Return the page."""
    queries = [load_query(name) for name in query_names()]
    parts = [
        "# Queries",
        notice("the headers of queries/*.cypher"),
        "`kg query NAME key=value …` runs one; `kg query show NAME` prints it. Each file runs "
        "unchanged in Neo4j Browser and cypher-shell once its parameters are set, as its header "
        "says. A concept is given by any of its names, in any case and spelling of Greek letters, "
        "or by its CURIE.",
        table(
            ("query", "what it answers"), ((f"[`{q.name}`](#{q.name})", q.title) for q in queries)
        ),
        *(_entry(query) for query in queries),
    ]
    return "\n\n".join(parts) + "\n"


def _entry(query: Query) -> str:
    example = " ".join(f"{p.name}={_json(p.example)}" for p in query.parameters)
    return "\n\n".join(
        (
            f"## {query.name}",
            f"{query.title}. {query.answers}",
            table(
                ("parameter", "type", "default", "meaning"),
                ((p.name, p.type, _default(p), p.doc) for p in query.parameters),
            ),
            table(("column", "meaning"), ((column.name, column.doc) for column in query.columns)),
            f"```console\n$ kg query {query.name} {example}\n```",
        )
    )


def _default(parameter: Parameter) -> str:
    return "**required**" if parameter.default is None else f"`{_json(parameter.default)}`"


def _json(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)
