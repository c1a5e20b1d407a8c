"""From a Document to an Annotation: the spaCy pipeline.

>>> from kg.nlp import annotate, load_pipeline
>>> from kg.documents import read
>>> [document] = read(b"No fever was noted.", plain=True)
>>> [(m.text, m.polarity) for m in annotate(load_pipeline(), document).mentions]
[('fever', 'negated')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.nlp.pipeline import annotate, annotate_all, load_pipeline

__all__ = ["annotate", "annotate_all", "load_pipeline"]


def __getattr__(name: str) -> Any:
    """Import the pipeline only when it is used: the later stages need the records alone."""
    if name in __all__:
        from kg.nlp import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
