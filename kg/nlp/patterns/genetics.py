"""Gene alterations by their notation: fusions, translocations, karyotypes, variants.

References
----------
Bruford EA et al. HUGO Gene Nomenclature Committee (HGNC) recommendations for the designation of
gene fusions. Leukemia 2021, 35:3040-3043 (``BCR::ABL1``).
ISCN 2020: An International System for Human Cytogenomic Nomenclature (karyotypes).
den Dunnen JT et al. HGVS recommendations for the description of sequence variants: 2016 update.
Hum Mutat 2016, 37:564-569.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_HYPHEN = "[-‐-―−]"
_GENE = r"[A-Z][A-Z0-9]{1,9}(?:orf\d+)?"

FUSION = re.compile(
    rf"(?<![\w-])({_GENE})\s?(::|{_HYPHEN}|/(?=[\w]+\s(?:fusion|rearrange|transcript|positive)))"
    rf"\s?({_GENE})(?![\w])"
)
_VERTEBRA = re.compile(r"[CTLS]\d{1,2}")
_ANTIGEN = re.compile(r"CD\d")
TRANSLOCATION = re.compile(
    r"(?<![\w])(t|inv|del|dup|ins|add|der|i|idic|r|dic)\s?\(\s?(?:\d{1,2}|[XY])(?:[pq][\d.]{0,5})?"
    r"(?:\s?[;,]\s?(?:\d{1,2}|[XY])(?:[pq][\d.]{0,5})?){0,2}\s?\)"
    r"(?:\s?\(\s?[pq][\w.;,\s?~→]{0,30}\))?"
)
KARYOTYPE = re.compile(
    r"(?<![\w.])\d{2}(?:\s?[~–-]\s?\d{2})?\s?,\s?(?:X{1,3}Y{0,2}|X|Y)(?![a-z-])"
    r"(?:\s?,\s?[^\s,;()\[\]]*(?:\([^()\s]{1,24}\)\s?){0,3}[^\s,;()\[\]]*){0,24}(?:\s?\[\d{1,3}\])?"
)
HGVS = re.compile(
    r"(?<![\w])(?:(?:c|g|m|n|r)\.[\d*+_\-?]{1,16}(?:[ACGT]{1,12}>[ACGT]{1,12}|(?:del|dup|ins|inv)"
    r"[ACGT]{0,16}(?:ins[ACGT]{0,16})?)|p\.\(?[A-Z][a-z]{0,2}\d{1,5}(?:[A-Z][a-z]{0,2}|\*|=|fs|del|dup)"
    r"(?:fs)?\*?(?:Ter)?\d{0,4}\)?)"
)
PROTEIN_CHANGE = re.compile(
    rf"(?<![\w.-])(?:{_GENE}(?:\s|{_HYPHEN})(?:p\.)?)?"
    r"[ACDEFGHIKLMNPQRSTVWY]\d{2,4}[ACDEFGHIKLMNPQRSTVWYX*](?![\w])"
)
ALTERED = re.compile(
    rf"(?<![\w-])(?P<gene>{_GENE})(?:\s?{_HYPHEN}?\s?)"
    r"(?P<what>ITD|TKD|(?:gene\s|fusion\s|point\s|missense\s|nonsense\s|frameshift\s|somatic\s|"
    r"germline\s|hotspot\s|activating\s|exon\s\d+\s)*"
    r"(?:mutations?|mutants?|mutated|rearrangements?|rearranged|amplifications?|amplified|"
    r"deletions?|deleted|translocations?|fusions?|variants?|duplications?|overexpression|"
    r"fusion\stranscripts?|fusion\sgenes?|internal\standem\sduplications?))(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Alteration:
    """A gene alteration in a text: its place, finer class, and its name in one spelling."""

    start: int
    end: int
    label: str
    name: str


_KIND_OF_CHANGE = (
    ("itd", "internal tandem duplication"),
    ("tandem", "internal tandem duplication"),
    ("tkd", "tyrosine kinase domain mutation"),
    ("overexpress", "overexpression"),
    ("amplif", "amplification"),
    ("delet", "deletion"),
    ("duplic", "duplication"),
    ("rearrang", "rearrangement"),
    ("transloc", "rearrangement"),
    ("fus", "fusion"),
    ("muta", "mutation"),
    ("variant", "mutation"),
    ("alter", "alteration"),
)


def change_of(words: str) -> str:
    """Return the change that words name, in one spelling.

    Examples
    --------
    >>> change_of("internal tandem duplications"), change_of("rearranged")
    ('internal tandem duplication', 'rearrangement')
    """
    said = words.lower()
    return next((name for start, name in _KIND_OF_CHANGE if start in said), "alteration")


def alterations(text: str, is_gene: Callable[[str], bool]) -> Iterator[Alteration]:
    """Yield the gene alterations written in a text; overlapping ones too.

    Parameters
    ----------
    text
        The text to read.
    is_gene
        Tells whether a symbol is a gene's: ``COVID-19`` and ``CAR-T`` are no fusions.
    """
    for match in FUSION.finditer(text):
        left, joint, right = match.groups()
        if joint != "::" and _VERTEBRA.fullmatch(left) and _VERTEBRA.fullmatch(right):
            continue
        if joint != "::" and (_ANTIGEN.match(left) or _ANTIGEN.match(right)):
            continue
        if joint == "::" or (is_gene(left) and is_gene(right) and left != right):
            yield Alteration(match.start(), match.end(), "fusion", f"{left}::{right}")
    for match in TRANSLOCATION.finditer(text):
        name = re.sub(r"\s", "", match.group()).replace(",", ";")
        yield Alteration(match.start(), match.end(), "cytogenetic", name)
    for match in KARYOTYPE.finditer(text):
        surface = match.group().rstrip(" ,.")
        name = re.sub(r"\s", "", surface)
        yield Alteration(match.start(), match.start() + len(surface), "karyotype", name)
    for pattern in (HGVS, PROTEIN_CHANGE):
        for match in pattern.finditer(text):
            yield Alteration(match.start(), match.end(), "variant", match.group())
    for match in ALTERED.finditer(text):
        if is_gene(match["gene"]):
            change = change_of(match["what"])
            label = {"fusion": "fusion"}.get(change, "mutation")
            yield Alteration(match.start(), match.end(), label, f"{match['gene']} {change}")
