"""What the labels of the trained model mean (``labels.tsv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from kg.nlp.model import MentionKind

_FILE = Path(__file__).with_name("labels.tsv")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A label's kind and finer label, and its name in the neural tagger."""

    kind: MentionKind
    label: str
    network: str


@cache
def labels_of(head: str) -> dict[str, Meaning]:
    """Return the labels of a head of the model with their meaning.

    Examples
    --------
    >>> labels_of("cases")["Medication"].kind
    'Therapy'
    """
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {
        name: Meaning(cast(MentionKind, kind), label, network)
        for of_head, name, kind, label, network in rows
        if of_head == head
    }
