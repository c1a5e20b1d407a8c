"""The gazetteer class of a token: a small fixed inventory, a feature of the trained model.

A tag is ``B-`` or ``I-`` and a class, with ``?`` where every sense found is ambiguous; tokens
outside any name have ``O``. A trained model depends on this inventory: classes may be assigned to
new labels in ``classes.tsv``, but none may be renamed without training anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from kg.nlp.model import MentionKind

OUTSIDE = "O"


def load_classes(path: Path) -> dict[tuple[str, str], str]:
    """Read the class of each kind and label; the label ``*`` stands for all others."""
    classes: dict[tuple[str, str], str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, label, name = line.split("\t")
            classes[kind, label] = name
    return classes


class Gazetteer:
    """Write the classes of found names into the tags of a Doc.

    Examples
    --------
    >>> gazetteer = Gazetteer(load_classes(Path(__file__).with_name("classes.tsv")))
    >>> gazetteer.class_of("Therapy", "drug"), gazetteer.class_of("Marker", "gene")
    ('DRUG', 'GENE')
    """

    def __init__(self, classes: dict[tuple[str, str], str]) -> None:
        self._classes = classes

    def class_of(self, kind: MentionKind, label: str) -> str:
        """Return the class of a kind and label."""
        return self._classes.get((kind, label)) or self._classes[kind, "*"]

    def tag(self, doc: Doc, names: Iterable[tuple[int, int, str]]) -> None:
        """Tag the tokens of names given as first character, end and class."""
        begins = doc.to_array(["IDX"]).reshape(-1)
        strings = doc.vocab.strings
        tags = np.full(len(doc), strings.add(OUTSIDE), dtype="uint64")
        for start, end, name in names:
            first, last = np.searchsorted(begins, (start, end))
            tags[first:last] = strings.add(f"I-{name}")
            tags[first] = strings.add(f"B-{name}")
        doc.from_array(["TAG"], tags.reshape(-1, 1))  # type: ignore[arg-type]
