"""The readers, one a module, each found through the entry-point group ``kg.readers``."""
