"""The words a graph schema is stated in: property, node type, relationship type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PropertyType = Literal["string", "integer", "float", "boolean", "date", "strings"]
"""``strings`` is a list of string; ``date`` a day without a time."""

Ownership = Literal["report", "terminology", "ledger", "shared", "enrichment"]
"""Who brings a node or relationship and takes it away again.

``report``: one report; removed with it. ``shared``: exists as long as something owned points to
it. ``terminology``: of the concepts alone. ``ledger``: written by ingesting, of sources as read.
``enrichment``: what a bibliographic source says of a work; removed with its Record.
"""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or relationship: what it is called, holds and means."""

    name: str
    type: PropertyType
    doc: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class NodeType:
    """A kind of node.

    Attributes
    ----------
    label
        The label that bears the key; the only one with a uniqueness constraint.
    doc
        What it stands for, one sentence.
    properties
        All properties but the owner's.
    kinds
        Second labels, of which each node bears exactly one; empty where there are none.
    owned
        Who brings it.
    key
        The property that identifies it.
    """

    label: str
    doc: str
    properties: tuple[Property, ...]
    kinds: tuple[str, ...] = ()
    owned: Ownership = "report"
    key: str = "id"


@dataclass(frozen=True, slots=True)
class Ends:
    """The labels that a relationship may start from and point to; kinds are allowed."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """A kind of relationship.

    Attributes
    ----------
    type
        Its name, in capitals.
    doc
        What it says, one sentence.
    ends
        The pairs of labels it may join.
    properties
        All properties but the owner's.
    identity
        The required properties that, with type and ends, tell it from another of its kind: two
        spans of one concept in one sentence are two relationships.
    owned
        Who brings it.
    """

    type: str
    doc: str
    ends: tuple[Ends, ...]
    properties: tuple[Property, ...] = ()
    identity: tuple[str, ...] = ()
    owned: Ownership = "report"
