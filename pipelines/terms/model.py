"""A term of a vocabulary on its way into the compiled file."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.terms.model import ConceptKind


@dataclass(slots=True)
class Term:
    """A concept of an open vocabulary with its names and the ids above it.

    ``weak`` names are acronyms and aliases that several concepts may share; they are taken as
    ambiguous where another concept has them too.
    """

    id: str
    name: str
    kind: ConceptKind
    label: str
    source: str
    names: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
