"""Enrichment: what PubMed and Crossref say of the works that reports are or cite."""

from kg.enrich.run import Outcome, Summary, due, enrich

__all__ = ["Outcome", "Summary", "due", "enrich"]
