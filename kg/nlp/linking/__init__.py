"""kg_linking: each mention to a concept, with a reason and a score."""

from kg.nlp.linking.component import Linker, make_linking

__all__ = ["Linker", "make_linking"]
