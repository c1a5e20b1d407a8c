"""Reading: every form in which a case report reaches a researcher becomes a Document.

:func:`read` takes a path or bytes in any known format; :func:`fullest` chooses among the forms of
one work. The record is in :mod:`kg.documents.model`.
"""

from kg.documents.choice import fullest
from kg.documents.model import Document
from kg.documents.reading import read

__all__ = ["Document", "fullest", "read"]
