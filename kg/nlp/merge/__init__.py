"""kg_merge: one mention where several finders found one."""

from kg.nlp.merge.component import Merge, make_merge

__all__ = ["Merge", "make_merge"]
