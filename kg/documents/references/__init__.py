"""Reference lists of plain text: a list split into entries, an entry parsed into its fields."""

from kg.documents.references.parse import parse
from kg.documents.references.split import Entry, split

__all__ = ["Entry", "parse", "split"]
