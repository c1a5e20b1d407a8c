"""Writing the compiled files that :mod:`kg.terms.compiled` opens."""

from __future__ import annotations

from array import array
from pathlib import Path

import marisa_trie

from kg.terms.compiled import (
    AMBIGUOUS,
    CASE_SENSITIVE,
    FILES,
    KINDS,
    MAGIC,
    SECTIONS,
    SOURCES,
)
from kg.terms.normal import normal_form
from pipelines.terms.assemble import Named
from pipelines.terms.model import Term


def write(folder: Path, terms: dict[str, Term], senses: dict[str, list[Named]]) -> dict[str, int]:
    """Write the tries and the table; return the size of each file in bytes."""
    names = {
        t.id: sorted({normal_form(n) for n in (t.name, *t.names, *t.weak)}) for t in terms.values()
    }
    labels = sorted({term.label for term in terms.values()})
    surfaces = {term.name for term in terms.values()}
    surfaces |= {c.surface for claims in senses.values() for c in claims if c.case_sensitive}
    parents = {parent for term in terms.values() for parent in term.parents}
    tries = {
        "ids": marisa_trie.Trie(sorted(set(terms) | parents)),
        "keys": marisa_trie.Trie(sorted(senses)),
        "names": marisa_trie.Trie(sorted({n for listed in names.values() for n in listed})),
        "surfaces": marisa_trie.Trie(sorted(surfaces)),
    }
    table = _table(terms, names, labels, senses, tries)
    folder.mkdir(parents=True, exist_ok=True)
    for name, trie in tries.items():
        trie.save(str(folder / FILES[name]))
    header = MAGIC + bytes([len(labels)]) + "\n".join(labels).encode().ljust(999, b"\0")
    sizes = array("I", (len(table[name]) for name in SECTIONS))
    with (folder / FILES["table"]).open("wb") as handle:
        for part in (header.ljust(1024, b"\0"), *(a.tobytes() for a in (sizes, *_ordered(table)))):
            handle.write(part)
    return {path.name: path.stat().st_size for path in sorted(folder.iterdir())}


def _ordered(table: dict[str, array[int]]) -> list[array[int]]:
    return [table[name] for name in SECTIONS]


def _table(
    terms: dict[str, Term],
    names: dict[str, list[str]],
    labels: list[str],
    senses: dict[str, list[Named]],
    tries: dict[str, marisa_trie.Trie],
) -> dict[str, array[int]]:
    """Return the sections: per concept and per key, ``*_at`` the starts of rows of others."""
    table = {name: array("I") for name in SECTIONS}
    ids: marisa_trie.Trie = tries["ids"]
    for index in range(len(ids)):
        table["parents_at"].append(len(table["parents"]))
        table["names_at"].append(len(table["names"]))
        term = terms.get(ids.restore_key(index))
        if term is None:
            table["concepts"].extend((0, 0))
            continue
        code = KINDS.index(term.kind) + 1
        code |= labels.index(term.label) << 8 | SOURCES.index(term.source) << 16
        table["concepts"].extend((code, tries["surfaces"][term.name]))
        table["parents"].extend(ids[parent] for parent in term.parents)
        table["names"].extend(tries["names"][name] for name in names[term.id])
    keys: marisa_trie.Trie = tries["keys"]
    for index in range(len(keys)):
        table["senses_at"].append(len(table["senses"]) // 2)
        for claim in senses[keys.restore_key(index)]:
            flags = CASE_SENSITIVE * claim.case_sensitive | AMBIGUOUS * claim.ambiguous
            surface = tries["surfaces"][claim.surface] if claim.case_sensitive else 0
            word = surface << 3 | (claim.rank > 0) << 2 | flags
            table["senses"].extend((ids[claim.term.id], word))
    for name in ("parents", "names"):
        table[f"{name}_at"].append(len(table[name]))
    table["senses_at"].append(len(table["senses"]) // 2)
    return table
