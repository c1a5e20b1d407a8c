"""Genes: HGNC's approved symbols and names; aliases and former symbols as weak names."""

from __future__ import annotations

import re

from pipelines.terms.model import Term
from pipelines.terms.names import clean, is_weak
from pipelines.terms.sources import Resources

_TYPES = frozenset(
    {
        "gene with protein product",
        "immunoglobulin gene",
        "T cell receptor gene",
        "RNA, micro",
        "protocadherin",
        "complex locus constituent",
    }
)
_NONCODING = frozenset({"MALAT1", "HOTAIR", "XIST", "H19", "MEG3", "NEAT1", "TERC", "PVT1", "RMRP"})
_FAMILY = re.compile(r"^(?:chromosome|long intergenic|family with|uncharacterized)\b", re.I)
_PLACEHOLDER = re.compile(r"^(?:FLJ|KIAA|MGC|DKFZ|LOC|bA\d|dJ\d|PRO\d|UNQ|HSPC|CGI-|OK/SW)", re.I)


def genes(resources: Resources) -> dict[str, Term]:
    """Return the genes with a product; symbols of common words are weak."""
    terms: dict[str, Term] = {}
    table = resources.rows("hgnc_entries.tsv")
    next(table)
    for row in table:
        if row[3] != "Approved" or not (row[11] in _TYPES or row[1] in _NONCODING):
            continue
        identifier = "hgnc:" + row[0].removeprefix("HGNC:")
        symbol = row[1]
        term = Term(identifier, symbol, "Marker", "gene", "hgnc")
        (term.weak if is_weak(symbol, shortest=3) else term.names).append(symbol)
        name = clean(row[2])
        if name and not _FAMILY.match(name) and " " in name:
            term.names.append(name)
        for alias in (*row[4].split(", "), *row[9].split(", ")):
            cleaned = clean(alias) if alias and not _PLACEHOLDER.match(alias) else None
            if cleaned:
                term.weak.append(cleaned)
        terms[identifier] = term
    return terms
