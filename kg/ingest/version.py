"""The version fingerprint: what a report was read with.

A corrected lexicon, a changed rule or new weights give another fingerprint, and every report
that was read with the old one is due again.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version as version_of
from pathlib import Path

import kg
from kg.resources import resource

_STAGES = ("documents", "terms", "nlp", "cases", "graph")
"""The packages whose code and data decide what a report yields."""

_ENGINES = ("spacy", "lxml", "networkx")
"""Libraries whose release may change what a report yields."""

_IGNORED = {".pyc", ".md"}


@cache
def fingerprint() -> str:
    """Return 16 hexadecimal digits that stand for code, lexicon, rules, model and settings.

    Examples
    --------
    >>> len(fingerprint())
    16
    """
    digest = hashlib.sha256(kg.__version__.encode())
    for engine in _ENGINES:
        digest.update(f"{engine}=={version_of(engine)}".encode())
    package = Path(kg.__file__).parent
    for path in [*_files(package), resource("pipelines/annotate.cfg")]:
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(package: Path) -> list[Path]:
    return sorted(
        path
        for stage in _STAGES
        for path in (package / stage).rglob("*")
        if path.is_file() and path.suffix not in _IGNORED
    )
