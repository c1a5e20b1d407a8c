"""Diseases: MONDO, with the names that DOID, MeSH and OncoTree have for the same disease."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.terms.lexicon import is_symbol
from kg.terms.normal import match_key
from pipelines.terms.model import Term
from pipelines.terms.names import clean
from pipelines.terms.sources import Resources

_DISEASE = "0000001"
_ANIMAL = "0005583"  # non-human animal disease
_RISK = re.compile("susceptibility to|.* susceptibility$|susceptibility,", re.IGNORECASE)


def mondo(resources: Resources) -> tuple[dict[str, Term], dict[str, str]]:
    """Return MONDO's human diseases, and the MONDO id of each cross-reference."""
    records = {record["id"]: record for record in resources.records("mondo.json")}
    animal = _below(_ANIMAL, records)
    illness = _below(_DISEASE, records)
    doid = {record["id"].removeprefix("DOID:"): record for record in resources.records("doid.json")}
    terms: dict[str, Term] = {}
    same: dict[str, str] = {}
    for number, record in records.items():
        name = clean(record.get("name", ""))
        if number in animal or number not in illness or name is None or _RISK.match(name):
            continue
        identifier = f"mondo:{number}"
        term = Term(identifier, name, "Condition", "disease", "mondo")
        parents = record.get("relations", {}).get("is_a", [])
        term.parents = [f"mondo:{p}" for p in parents if p in records and p not in animal]
        candidates = [name, *record.get("synonyms", [])]
        for xref in record.get("xrefs", []):
            space, other = xref["namespace"], xref["id"]
            if space in ("MESH", "NCIT"):
                same.setdefault(f"{space.lower()}:{other}", identifier)
            if space == "DOID" and other in doid:
                candidates += [doid[other]["name"], *doid[other].get("synonyms", [])]
        add_names(term, candidates)
        terms[identifier] = term
    for term in terms.values():
        term.parents = [parent for parent in term.parents if parent in terms]
    return terms, same


def add_names(term: Term, candidates: list[str]) -> None:
    """Add the names to a term: acronyms of up to four letters as weak ones."""
    for candidate in candidates:
        name = clean(candidate)
        if name:
            (term.weak if is_symbol(name) and len(name) <= 4 else term.names).append(name)


def _below(top: str, records: dict[str, dict[str, Any]]) -> set[str]:
    children: dict[str, list[str]] = {}
    for number, record in records.items():
        for parent in record.get("relations", {}).get("is_a", []):
            children.setdefault(parent, []).append(number)
    found = {top}
    stack = [top]
    while stack:
        for child in children.get(stack.pop(), []):
            if child not in found:
                found.add(child)
                stack.append(child)
    return found


def oncotree(path: Path, same: dict[str, str], diseases: dict[str, Term]) -> dict[str, Term]:
    """Add OncoTree's names to the diseases it refers to; return the types no other list has."""
    by_key = {match_key(name): term.id for term in diseases.values() for name in term.names}
    own: dict[str, Term] = {}
    place: dict[str, str] = {}
    for node in _nodes(json.loads(path.read_text(encoding="utf-8"))["TISSUE"]):
        name = clean(node["name"])
        if name is None or node["level"] < 2:
            continue
        codes = node["externalReferences"].get("NCI", [])
        known = [same[f"ncit:{code}"] for code in codes if f"ncit:{code}" in same]
        target = by_key.get(match_key(name)) or (known[0] if known else None)
        if target is not None:
            add_names(diseases[target], [name])
            place[node["code"]] = target
            continue
        identifier = f"oncotree:{node['code']}"
        term = Term(identifier, name, "Condition", "disease", "oncotree", [name])
        parent = place.get(node["parent"])
        term.parents = [parent] if parent else []
        own[identifier] = term
        place[node["code"]] = identifier
    return own


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for _, child in sorted(node["children"].items()):
        yield from _nodes(child)
