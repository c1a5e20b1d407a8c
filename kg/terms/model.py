"""The Concept: what a mention names, with an open identifier and a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ConceptKind = Literal["Therapy", "Marker", "Outcome", "Condition"]


@dataclass(frozen=True, slots=True)
class Concept:
    """A therapy, marker, outcome or condition.

    Attributes
    ----------
    id
        A CURIE: ``mesh:D016898``, ``hgnc:1633``, ``mondo:…``, or ``kg:mrd-negative-cr`` where no
        open vocabulary has it; ``text:<kind>/<normal form>`` for what nothing grounds.
    name
        The preferred name.
    kind
        One of the four kinds.
    label
        The finer class: ``drug``, ``regimen``, ``cell_therapy``, ``procedure``, ``gene``,
        ``antigen``, ``laboratory``, ``fusion``, ``response``, ``adverse_event``, ``disease`` …
    keys
        All names in normal form (:func:`kg.terms.normal.normal_form`), sorted.
    parents
        Ids of the concepts directly above it (IS_A); acyclic.
    components
        Ids of the therapies a regimen consists of (HAS_COMPONENT).
    source
        The list the concept comes from: ``kg-lexicon``, ``mesh``, ``hgnc``, ``mondo``, ``chebi`` …
    grounded
        False only for ``text:`` concepts.
    """

    id: str
    name: str
    kind: ConceptKind
    label: str
    keys: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    source: str = "kg-lexicon"
    grounded: bool = True


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a term found in the text: a concept, how it was found, how sure.

    ``case_sensitive`` senses (short symbols) fit only when the surface is written exactly as
    ``surface``; ``ambiguous`` ones need support from context before they are taken.
    """

    concept: str
    key: str
    score: float
    surface: str | None = None
    case_sensitive: bool = False
    ambiguous: bool = False
