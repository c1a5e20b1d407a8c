"""kg_patterns: names that are built rather than listed.

Fusions, translocations, karyotypes, gene variants and rearrangements are concepts of their own
and not the gene; immunophenotype strings are split into markers with their polarity.
"""

from kg.nlp.patterns.component import PatternFinder, make_patterns

__all__ = ["PatternFinder", "make_patterns"]
