"""Graph stores: one loader and one way to ask, for the embedded store and for Neo4j."""

from kg.stores.bolt import DEFAULT_STORE
from kg.stores.store import KnownReport, SourceRecord, Store, open_store

__all__ = ["DEFAULT_STORE", "KnownReport", "SourceRecord", "Store", "open_store"]
