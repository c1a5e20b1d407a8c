"""Ingesting: sources through all the stages into a store, again and again, safely."""

from kg.ingest.outcome import Outcome, Summary
from kg.ingest.run import Options, Progress, ingest

__all__ = ["Options", "Outcome", "Progress", "Summary", "ingest"]
