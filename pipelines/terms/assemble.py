"""One list from many: the same concept joined, names given to the concepts that own them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.terms.lexicon import is_symbol
from kg.terms.normal import match_key
from pipelines.terms.model import Term
from pipelines.terms.names import is_weak

_PRIORITY = ("mesh", "mondo", "hgnc", "oncotree", "chebi")
_MOST_SENSES = 4
_SHORT = 4
"""A second name of so few letters that is no symbol ("Lad") is somebody's acronym: left out."""


@dataclass(frozen=True, slots=True)
class Named:
    """A concept under one match key."""

    term: Term
    surface: str
    rank: int
    case_sensitive: bool
    ambiguous: bool = False


def join(terms: dict[str, Term], same: dict[str, str]) -> dict[str, str]:
    """Fold a MeSH disease into the MONDO one it is cross-referred to, where they share a name.

    Returns
    -------
    dict
        The id that stands for each id folded away.
    """
    moved: dict[str, str] = {}
    for xref, target in sorted(same.items()):
        source, goal = terms.get(xref), terms.get(target)
        if source is None or goal is None or source.kind != goal.kind:
            continue
        ours = {match_key(name) for name in source.names}
        if ours & {match_key(name) for name in goal.names}:
            goal.names += source.names
            goal.weak += source.weak
            if source.label == "sign_symptom":
                goal.label = source.label
            moved[xref] = target
            del terms[xref]
    for term in terms.values():
        parents = dict.fromkeys(moved.get(parent, parent) for parent in term.parents)
        term.parents = [parent for parent in parents if parent != term.id]
    return moved


def break_cycles(terms: dict[str, Term], known: Iterable[str]) -> int:
    """Drop parents that are unknown or close a cycle; return how many closed one."""
    allowed = set(terms) | set(known)
    for term in terms.values():
        term.parents = [parent for parent in term.parents if parent in allowed]
    done: set[str] = set()
    dropped = 0
    for start in sorted(terms):
        dropped += _walk(start, terms, done)
    return dropped


def _walk(start: str, terms: dict[str, Term], done: set[str]) -> int:
    dropped = 0
    path: dict[str, int] = {}
    stack = [start]
    while stack:
        here = stack[-1]
        if here in done or here not in terms:
            stack.pop()
            continue
        step = path.setdefault(here, 0)
        parents = terms[here].parents
        if step == len(parents):
            done.add(here)
            path.pop(here)
            stack.pop()
        elif parents[step] in path:
            parents.pop(step)
            dropped += 1
        else:
            path[here] += 1
            stack.append(parents[step])
    return dropped


def name_senses(terms: dict[str, Term]) -> dict[str, list[Named]]:
    """Return the concepts of each match key, the first claim first.

    A full name belongs to one concept of a kind: to the one whose preferred name it is, else by
    the order of the sources. A symbol keeps all its concepts, and is ambiguous where it has
    several or is weak by itself.
    """
    table: dict[str, dict[str, Named]] = {}
    for term in terms.values():
        for rank, (surface, weak) in enumerate(_surfaces(term)):
            key = match_key(surface)
            if not key or term.id in table.get(key, ()):
                continue
            single = " " not in surface
            exact = is_symbol(surface) or (surface.isupper() and single)
            exact = exact or (term.source == "hgnc" and single)
            if rank and single and not exact and len(surface) <= _SHORT:
                continue
            named = Named(term, surface, min(rank, 1) + weak, exact, weak and is_weak(surface))
            table.setdefault(key, {})[term.id] = named
    return {key: _settle(list(claims.values())) for key, claims in sorted(table.items())}


def _surfaces(term: Term) -> list[tuple[str, bool]]:
    strong = [term.name, *term.names] if term.name not in term.weak else list(term.names)
    listed = [(name, False) for name in strong] + [(name, True) for name in term.weak]
    return list(dict.fromkeys(listed))


def _settle(claims: list[Named]) -> list[Named]:
    claims.sort(key=lambda c: (c.rank, _PRIORITY.index(c.term.source), c.term.id))
    if all(claim.case_sensitive for claim in claims):
        best = [claim for claim in claims if claim.rank <= max(claims[0].rank, 1)]
        several = len(best) > 1
        return [
            Named(c.term, c.surface, c.rank, True, c.ambiguous or several)
            for c in best[:_MOST_SENSES]
        ]
    plain = [claim for claim in claims if not claim.case_sensitive]
    chosen: dict[str, Named] = {}
    for claim in plain:
        chosen.setdefault(claim.term.kind, claim)
    return list(chosen.values())[:2]
