"""The Terminology: every name that can be found in text, and the concepts they stand for.

Two layers: the curated lexicon (``lexicon/*.tsv``, read at load) lies over the compiled one
(``compiled/``, memory-mapped). A curated row replaces what the compiled layer says of its names;
for a concept of both the names are joined. The classes of a therapy are the lexicon's alone; other
concepts without parents there keep the built ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import marisa_trie

from kg.terms.compiled import Compiled, open_compiled
from kg.terms.context import context_table
from kg.terms.model import Concept, Sense
from kg.terms.modifiers import cores
from kg.terms.normal import match_key, normal_form, surface_form
from kg.terms.snapshot import Snapshot, current

_CORE_SCORE = 0.85
"""What a sense counts that was found only after words were taken off the phrase."""


class Terminology:
    """Names to senses, ids to concepts, and the classes above a concept.

    Examples
    --------
    >>> terms = load()
    >>> [sense.concept for sense in terms.lookup("IFN-α")]
    ['mesh:D016898']
    >>> concept = terms.concept("mesh:D016898")
    >>> concept.name, [terms.concept(above).name for above in terms.ancestors(concept.id)]
    ('interferon-alpha', ['interferon', 'immunotherapy'])
    """

    def __init__(self, lexicon: Snapshot, compiled: Compiled | None = None) -> None:
        self._entries = {entry.id: entry for entry in lexicon.entries}
        self._compiled = compiled
        self._senses = lexicon.senses
        self.trie: marisa_trie.Trie = marisa_trie.Trie(sorted(self._senses))
        """Match keys of the curated lexicon."""
        self.built_trie: marisa_trie.Trie | None = compiled.keys if compiled else None
        """Match keys of the compiled layer."""

    def __len__(self) -> int:
        """Return the number of concepts."""
        return sum(1 for _ in self.ids())

    def ids(self) -> Iterator[str]:
        """Yield the id of every concept, the curated first."""
        yield from self._entries
        if self._compiled is not None:
            yield from (i for i in self._compiled.ids() if i not in self._entries)

    def keys(self) -> Iterator[str]:
        """Yield every match key once."""
        yield from self.trie
        if self.built_trie is not None:
            yield from (key for key in self.built_trie if key not in self._senses)

    @lru_cache(maxsize=32768)  # noqa: B019  (one Terminology lives as long as the process)
    def senses(self, key: str) -> tuple[Sense, ...]:
        """Return the senses of a match key, the surest first; none where it is unknown."""
        curated = self._senses.get(key, ())
        sure = any(not s.ambiguous and not s.case_sensitive for s in curated)
        if self._compiled is None or sure:
            return curated
        built = self._compiled.senses(key)
        if not curated:
            return built
        known = {sense.concept for sense in curated}
        others = (sense for sense in built if sense.concept not in known)
        return curated + tuple(replace(sense, ambiguous=True) for sense in others)

    @lru_cache(maxsize=32768)  # noqa: B019  (one Terminology lives as long as the process)
    def lookup(self, phrase: str) -> tuple[Sense, ...]:
        """Return the senses of a phrase as written; case-sensitive symbols only where they fit.

        A phrase that no list knows is looked up without the words that only qualify it
        (:mod:`kg.terms.modifiers`). Words that go with one kind alone settle what an ambiguous
        name means: "CR level" can only be creatinine.

        Examples
        --------
        >>> [sense.concept for sense in load().lookup("severe headaches")]
        ['mesh:D006261']
        """
        key = match_key(phrase)
        return self.named(key, phrase) or self._core_senses(key, phrase)

    def named(self, key: str, surface: str) -> tuple[Sense, ...]:
        """Return the senses of a match key that its words as written may mean.

        Where a curated name fits that is not ambiguous, the compiled layer is not asked: ``MRI``
        is no alias of a gene.

        Examples
        --------
        >>> [sense.concept for sense in load().named("mri", "MRI")]
        ['mesh:D008279']
        """
        curated = tuple(s for s in self._senses.get(key, ()) if fits(s, surface))
        if any(not sense.ambiguous for sense in curated):
            return curated
        return tuple(sense for sense in self.senses(key) if fits(sense, surface))

    @lru_cache(maxsize=32768)  # noqa: B019  (one Terminology lives as long as the process)
    def _core_senses(self, key: str, phrase: str) -> tuple[Sense, ...]:
        for core, kinds in cores(key):
            fitting = tuple(
                sense
                for sense in self.senses(core)
                if _stands_in(sense, phrase) and self.concept(sense.concept).kind in kinds
            )
            sure = tuple(s for s in fitting if not s.ambiguous)
            if not sure and len(kinds) == len(fitting) == 1 and core in self._senses:
                sure = fitting
            if sure:
                return tuple(replace(s, score=s.score * _CORE_SCORE, ambiguous=False) for s in sure)
        return ()

    @lru_cache(maxsize=32768)  # noqa: B019  (one Terminology lives as long as the process)
    def concept(self, identifier: str) -> Concept:
        """Return the concept of an id.

        Raises
        ------
        KeyError
            When no list has it.
        """
        entry = self._entries.get(identifier)
        built = self._compiled.concept(identifier) if self._compiled else None
        if entry is None:
            if built is None:
                raise KeyError(identifier)
            return built
        keys = {normal_form(name.text) for name in entry.names}
        parents = entry.parents
        if built is not None and "only" not in entry.flags:
            keys.update(built.keys)
        if built is not None and not parents and entry.kind != "Therapy":
            parents = built.parents
        return Concept(
            id=entry.id,
            name=entry.name,
            kind=entry.kind,
            label=entry.label,
            keys=tuple(sorted(keys)),
            parents=parents,
            components=entry.components,
            source="kg-lexicon" if built is None else built.source,
        )

    def __contains__(self, identifier: object) -> bool:
        """Tell whether a list has the id."""
        if identifier in self._entries:
            return True
        return self._compiled is not None and self._compiled.has(str(identifier))

    @lru_cache(maxsize=32768)  # noqa: B019
    def ancestors(self, identifier: str) -> tuple[str, ...]:
        """Return the ids of all classes above a concept, the nearest first; itself left out."""
        found: dict[str, None] = {}
        level = [identifier] if identifier in self else []
        while level:
            above = dict.fromkeys(p for i in level for p in self.concept(i).parents if p in self)
            level = [i for i in above if i not in found and i != identifier]
            found.update(dict.fromkeys(level))
        return tuple(found)

    def components(self, identifier: str) -> tuple[str, ...]:
        """Return the ids of the therapies that a regimen consists of."""
        return self.concept(identifier).components if identifier in self else ()

    def outcome_type(self, identifier: str) -> str | None:
        """Return what an outcome is to the case (``complete_remission`` …), or None.

        Examples
        --------
        >>> load().outcome_type("kg:complete-remission")
        'complete_remission'
        """
        entry = self._entries.get(identifier)
        return entry.outcome if entry else None

    def units(self, identifier: str) -> tuple[str, ...]:
        """Return the UCUM units in which a marker is measured, the usual one first."""
        entry = self._entries.get(identifier)
        return entry.units if entry else ()

    def context(self, identifier: str) -> tuple[str, ...]:
        """Return the words and concepts that speak for a concept (with ``-`` against it).

        For a regimen its components do, and the words that stand with any regimen.
        """
        entry = self._entries.get(identifier)
        if entry is None:
            return context_table().get(identifier, ())
        parts = tuple(self.concept(part).name for part in entry.components if part in self)
        general = context_table().get(f"label:{entry.label}", ())
        own = context_table().get(identifier, ())
        return tuple(dict.fromkeys((*entry.context, *own, *parts, *general)))


def fits(sense: Sense, surface: str) -> bool:
    """Tell whether a sense may be meant by the words as written.

    Examples
    --------
    >>> symbol = Sense("hgnc:12731", "was", 0.9, surface="WAS", case_sensitive=True)
    >>> fits(symbol, "was"), fits(symbol, "WAS")
    (False, True)
    >>> fits(Sense("hgnc:8621", "a 3", 0.9, surface="A3", case_sensitive=True), "A 3")
    False
    """
    if not sense.case_sensitive or sense.surface is None:
        return True
    if surface_form(sense.surface) != surface_form(surface):
        return False
    return " " not in surface or " " in sense.surface or sum(map(str.isalpha, surface)) > 1


def _stands_in(sense: Sense, phrase: str) -> bool:
    """Tell whether a sense may be meant by a part of a phrase: a symbol only as it is written."""
    if not sense.case_sensitive or sense.surface is None:
        return True
    return surface_form(sense.surface) in surface_form(phrase)


@lru_cache(maxsize=1)
def load() -> Terminology:
    """Return the project's terminology; read once in a process.

    Raises
    ------
    TermsError
        When a lexicon file is malformed or the compiled layer is missing or of another version.
    """
    return Terminology(current(), open_compiled())
