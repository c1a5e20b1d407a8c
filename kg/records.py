"""Frozen records in and out of JSON: the machine-readable face of every stage.

Records are frozen, slotted dataclasses. They are written as one JSON object with the fields in
the order of their declaration, and read back with their types checked.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

Record = TypeVar("Record")


def to_json(record: Any) -> str:
    """Return one line of JSON for a record, the same bytes for the same value.

    Examples
    --------
    >>> to_json({"b": 1, "a": None})
    '{"b":1,"a":null}'
    """
    return msgspec.json.encode(record).decode()


def to_plain(record: Any) -> Any:
    """Return the record as dicts, lists and scalars."""
    return msgspec.to_builtins(record)


def from_json(line: str | bytes, kind: type[Record]) -> Record:
    """Read a record back from its JSON line.

    Raises
    ------
    msgspec.ValidationError
        When a field is missing or of another type; the message names the path to it.
    """
    return msgspec.json.decode(line, type=kind)
