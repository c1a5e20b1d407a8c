"""Training of the linear chain with CRFsuite (L-BFGS), and packing of its weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import marisa_trie
import numpy as np
import pycrfsuite

from kg.nlp.ner.indicators import features
from kg.nlp.ner.lexical import LexicalClasses
from pipelines.train.corpora import Example

SETTINGS = {
    "c1": 0.1,
    "c2": 0.3,
    "max_iterations": 80,
    "feature.minfreq": 1,
    "feature.possible_transitions": False,
}


def train(
    examples: Sequence[Example],
    classes: LexicalClasses,
    labels: Sequence[str],
    work: Path,
    out: Path,
) -> None:
    """Train on the examples and write the packed weights, columns in the order of ``labels``."""
    trainer = pycrfsuite.Trainer("lbfgs", verbose=False)
    for example in examples:
        trainer.append(features(example.words, classes), list(example.labels))
    trainer.set_params(SETTINGS)
    trainer.train(str(work))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(work))
    pack(tagger, labels, out)


def pack(tagger: pycrfsuite.Tagger, labels: Sequence[str], out: Path) -> None:
    """Write the weights as a trie of features and a matrix of bytes.

    A transition that CRFsuite never saw has no weight there and none here.
    """
    found = tagger.info()
    column = {label: number for number, label in enumerate(labels)}
    weights = {key: value for key, value in found.state_features.items() if abs(value) > 0.01}
    keys = marisa_trie.Trie(sorted({feature for feature, _ in weights}))
    table = np.zeros((len(keys), len(labels)), dtype=np.float32)
    for (feature, label), value in weights.items():
        table[keys[feature], column[label]] = value
    transitions = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for (before, after), value in found.transitions.items():
        transitions[column[before], column[after]] = value
    scale = np.float32(np.abs(table).max() / 127)
    np.savez_compressed(
        out,
        keys=np.frombuffer(keys.tobytes(), dtype=np.uint8),
        weights=np.round(table / scale).astype(np.int8),
        scale=scale,
        transitions=transitions,
        labels=np.array(labels),
    )
