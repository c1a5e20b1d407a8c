"""Whether a Cypher text only reads.

Neo4j refuses a write in a reading session; ArcadeDB lets it through, and Neo4j Community has no
roles. So the text is looked at before it is sent: comments, strings and quoted names are set
aside, and what remains may contain no writing clause and call only procedures known to read. The
doubtful is refused; a name that is spelled like a clause can be quoted in backticks.
"""

from __future__ import annotations

import re

from kg.errors import QueryError

_SET_ASIDE = re.compile(
    r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`(?:``|[^`])*`", re.DOTALL
)
_UNICODE_ESCAPE = re.compile(r"\\u+([0-9A-Fa-f]{4})")
_WORD = re.compile(r"[^\W\d]\w*")
_CALLED = re.compile(r"\bCALL\s+([^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*)", re.IGNORECASE)
_OWNER = re.compile(r"(?:(?<!\w)[^\W\d]\w*|[)\]])\s*\.$")
_STARTS = frozenset(
    {
        "CALL",
        "CYPHER",
        "EXPLAIN",
        "MATCH",
        "OPTIONAL",
        "PROFILE",
        "RETURN",
        "SHOW",
        "UNWIND",
        "USE",
        "WITH",
    }
)
_WRITES = frozenset(
    {
        "ALTER",
        "CREATE",
        "DEALLOCATE",
        "DELETE",
        "DENY",
        "DETACH",
        "DROP",
        "ENABLE",
        "FOREACH",
        "GRANT",
        "INSERT",
        "LOAD",
        "MERGE",
        "NODETACH",
        "REALLOCATE",
        "REMOVE",
        "RENAME",
        "REVOKE",
        "SET",
        "STOP",
        "TERMINATE",
        "TRANSACTIONS",
    }
)
_READING_PROCEDURES = frozenset(
    {
        "db.labels",
        "db.relationshiptypes",
        "db.propertykeys",
        "db.info",
        "db.schema.visualization",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
        "dbms.components",
    }
)


def require_read_only(cypher: str) -> None:
    r"""Refuse a statement that writes, or that cannot be seen to only read.

    Raises
    ------
    QueryError
        With the clause that was found.

    Examples
    --------
    >>> require_read_only("MATCH (n {name: 'SET'}) RETURN n.create")
    >>> require_read_only("MATCH (n) DETACH DELETE n")
    Traceback (most recent call last):
    ...
    kg.errors.QueryError: the statement writes (DETACH); only reading is allowed here
    """
    # A store may resolve \uXXXX before it reads the text or after, so both readings must be safe.
    for text in (cypher, _UNICODE_ESCAPE.sub(lambda m: chr(int(m[1], 16)), cypher)):
        _require_reading(_SET_ASIDE.sub(_placeholder, text))


def _placeholder(match: re.Match[str]) -> str:
    """Leave an underscore for a quoted name, a number for a string, a space for a comment."""
    return {"`": "_", "'": " 0 ", '"': " 0 "}.get(match.group()[0], " ")


def _require_reading(code: str) -> None:
    statements = [part for part in code.split(";") if part.strip()]
    if len(statements) != 1:
        raise QueryError("one statement is wanted", hint="write one, without a second after `;`")
    statement = statements[0]
    if any(sign in statement for sign in ("/*", "\\", "'", '"', "`")):
        raise QueryError("the statement has a comment or quote that does not end")
    first = _WORD.search(statement)
    if first is None or first.group().upper() not in _STARTS:
        found = first.group() if first else statement.strip()[:20]
        raise QueryError(
            f"the statement begins with {found!r}",
            hint="begin with " + ", ".join(sorted(_STARTS)),
        )
    for word in _WORD.finditer(statement):
        if word.group().upper() in _WRITES and not _is_name(statement, word):
            raise QueryError(
                f"the statement writes ({word.group().upper()})",
                hint="only reading is allowed here",
            )
    for called in _CALLED.finditer(statement):
        procedure = re.sub(r"\s", "", called[1]).lower()
        if procedure not in _READING_PROCEDURES:
            raise QueryError(
                f"the procedure {called[1]} is not known to only read",
                hint="known are " + ", ".join(sorted(_READING_PROCEDURES)),
            )


def _is_name(statement: str, word: re.Match[str]) -> bool:
    """Tell whether a word is a property, label, parameter or map key rather than a clause."""
    before = statement[: word.start()].rstrip()
    after = statement[word.end() :].lstrip()
    if before.endswith("$") or _OWNER.search(before):
        return True
    in_pattern = before.endswith((":", "|", "&", "!"))
    key = after.startswith(":") and before.endswith(("{", ","))
    return in_pattern or key
