"""One graph for each report: built from its case, checked, written as JSON Lines."""

from kg.graph.builder import build

__all__ = ["build"]
