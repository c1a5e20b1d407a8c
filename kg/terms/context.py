"""What speaks for and against a concept where its name is ambiguous: ``context.tsv``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kg.terms.tables import rows, split

_FILE = Path(__file__).with_name("context.tsv")


@lru_cache(maxsize=1)
def context_table() -> dict[str, tuple[str, ...]]:
    """Return the cues of each concept id; those against it begin with ``-``.

    Examples
    --------
    >>> "-creatinine" in context_table()["kg:complete-remission"]
    True
    """
    return {
        concept: split(supports) + tuple(f"-{word}" for word in split(opposes))
        for concept, _, supports, opposes in rows(_FILE, 4)
    }
