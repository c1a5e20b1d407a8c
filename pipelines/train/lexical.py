"""Build the two tries of semantic classes from open vocabularies.

Input are the vocabularies that the terminology is built from (:mod:`pipelines.terms.sources`):
MeSH with tree numbers and supplementary concepts (NLM), MONDO (CC BY 4.0), DOID (CC0), ChEBI
(CC BY 4.0). Output: ``names.marisa`` with
``names.classes``, ``words.marisa`` and ``classes.json``.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import fsum
from pathlib import Path

import marisa_trie

from kg.nlp.ner.lexical import name_key
from kg.nlp.tokenizer import pieces
from pipelines.terms.sources import Resources

BRANCHES = Path(__file__).with_name("mesh_branches.tsv")
STOP_WORDS = Path(__file__).with_name("stop_words.txt")
DISEASE, PROTEIN, CHEMICAL, ORGANISM = "DIS", "PROT", "CHEM", "ORG"
_NUMBERED = re.compile(r"[\d\[(]")
Counts = dict[str, Counter[str]]
Shares = dict[str, dict[str, float]]


def key_of(name: str) -> str:
    """Return the key of a name as the recogniser will look it up."""
    return name_key([token for token, _ in pieces(name) if not token.isspace()])


def branches() -> dict[str, str]:
    """Return MeSH tree branch (``C23`` or ``C``) to semantic class."""
    rows = csv.reader(
        (line for line in BRANCHES.read_text().splitlines() if not line.startswith("#")),
        delimiter="\t",
    )
    return {branch: name for branch, name, *_ in rows}


def named(resources: Resources) -> Iterator[tuple[str, set[str]]]:
    """Yield every name with its semantic classes."""
    of_descriptor: dict[str, set[str]] = {}
    classes = branches()
    for row in resources.rows("mesh_id_label_mappings.tsv"):
        identifier, label, entries, trees = (*row, "", "", "")[:4]
        found = {classes.get(t[:3]) or classes.get(t[:1]) or "GEN" for t in trees.split("|") if t}
        of_descriptor[identifier] = found
        for name in sorted({label, *entries.split("|")} - {""}):
            yield _natural(name), found
    for row in resources.rows("mesh_supp_id_label_mappings.tsv"):
        _, label, entries, mapped = (*row, "", "", "")[:4]
        found = set().union(*(of_descriptor.get(d, set()) for d in mapped.split("|")))
        for name in sorted({label, *entries.split("|")} - {""}):
            if len(name) < 40:
                yield name, {_supplementary(found)}
    for vocabulary in ("mondo", "doid", "chebi"):
        for concept in resources.records(f"{vocabulary}.json"):
            names = {concept["name"], *(concept.get("synonyms") or ())} - {None, ""}
            for name in sorted(n for n in names if not n.isupper()):
                if vocabulary != "chebi":
                    yield name, {DISEASE}
                elif len(name) < 26 and not _NUMBERED.search(name):
                    yield name, {CHEMICAL}


def build(resources: Resources, out: Path) -> None:
    """Write the tries and the names of the classes."""
    names: Counts = defaultdict(Counter)
    for name, classes in named(resources):
        key = key_of(name)
        if len(key) >= 3 and key.count(" ") < 7:
            names[key].update(classes)
    of_name = _name_classes(names)
    occurs, ends = _word_counts(names)
    of_word = {
        word: (_word_class(occurs[word]), _word_class(ends.get(word, {}))) for word in occurs
    }
    of_word = {word: pair for word, pair in of_word.items() if pair != ("", "")}
    name_index = _index(of_name.values())
    word_index = _index(name for pair in of_word.values() for name in pair)
    out.mkdir(parents=True, exist_ok=True)
    known = {key: name_index[c] for key, c in of_name.items() if c in name_index}
    trie = marisa_trie.Trie(sorted(known))
    trie.save(str(out / "names.marisa"))
    (out / "names.classes").write_bytes(bytes(known[key] for key in _in_order(trie)))
    marisa_trie.BytesTrie(
        sorted(
            (w, bytes([word_index.get(a, 0), word_index.get(b, 0)]))
            for w, (a, b) in of_word.items()
        )
    ).save(str(out / "words.marisa"))
    (out / "classes.json").write_text(
        json.dumps({"names": list(name_index), "words": list(word_index)}, indent=1) + "\n"
    )


def _in_order(trie: marisa_trie.Trie) -> Iterator[str]:
    """Yield the keys in the order of their numbers in the trie."""
    for number in range(len(trie)):
        yield trie.restore_key(number)


def _natural(name: str) -> str:
    """Turn an inverted heading round ("Abdomen, Acute" is "Acute Abdomen")."""
    head, comma, rest = name.partition(", ")
    return f"{rest} {head}" if comma and ", " not in rest else name


def _supplementary(classes: set[str]) -> str:
    if classes & {DISEASE, "NEO", "SYM"}:
        return DISEASE
    if PROTEIN in classes and CHEMICAL not in classes:
        return PROTEIN
    return ORGANISM if classes == {ORGANISM} else CHEMICAL


def _name_classes(names: Counts) -> dict[str, str]:
    """Return the one or two leading classes of each name."""
    stop = frozenset(STOP_WORDS.read_text().split())
    chosen = {}
    for key, counts in names.items():
        if key in stop or key.isdigit() or _rare_chemical(key, counts):
            continue
        total = sum(counts.values())
        leading = sorted(counts, key=lambda name: (-counts[name], name))[:2]
        chosen[key] = "|".join(sorted(c for c in leading if counts[c] / total > 0.25))
    return chosen


def _rare_chemical(key: str, counts: Counter[str]) -> bool:
    """Whether a name is a systematic chemical one, which reports never write out."""
    words = key.split(" ")
    return set(counts) == {CHEMICAL} and (len(words) > 3 or any(w[0].isdigit() for w in words))


def _word_counts(names: Counts) -> tuple[Shares, Shares]:
    """Return how much of each class the names make that a word occurs in, and that it ends."""
    occurs: Shares = defaultdict(lambda: defaultdict(float))
    ends: Shares = defaultdict(lambda: defaultdict(float))
    for key, counts in names.items():
        total = sum(counts.values())
        words = key.split(" ")
        for name, count in counts.items():
            for word in set(words):
                occurs[word][name] += count / total
            ends[words[-1]][name] += count / total
    return occurs, ends


def _word_class(counts: dict[str, float]) -> str:
    """Return the leading class with its share in fifths, and + where the word is frequent."""
    total = fsum(counts.values())
    if total < 2:
        return ""
    leading = min(counts, key=lambda name: (-counts[name], name))
    return f"{leading}{int(counts[leading] / total * 4.999)}{'+' if total > 30 else ''}"


def _index(names: Iterable[str]) -> dict[str, int]:
    """Number the classes from 1, the most frequent first; no more than fit a byte."""
    counts = Counter(name for name in names if name)
    chosen = sorted(counts, key=lambda name: (-counts[name], name))[:250]
    return {name: number for number, name in enumerate(chosen, 1)}
