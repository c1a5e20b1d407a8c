"""Graph stores: one loader and one way to ask, for the embedded store and for Neo4j."""

from kg.stores.enrichment import Link, Record
from kg.stores.store import KnownReport, SourceRecord, Store, open_store

__all__ = ["KnownReport", "Link", "Record", "SourceRecord", "Store", "open_store"]
