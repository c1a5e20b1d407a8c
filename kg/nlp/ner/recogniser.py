"""The trained recogniser: sentences in, labelled spans out.

The neural tagger knows the nine kinds, the linear chain the finer labels of its corpus. The
chain's probabilities are summed over the labels of each kind and averaged with the tagger's; the
chain then says which of its labels a span of that kind most likely has.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import TermsError
from kg.nlp.ner.chain import Floats, Layout, best_labels
from kg.nlp.ner.features import Encoder
from kg.nlp.ner.indicators import LinearChain
from kg.nlp.ner.labels import labels_of
from kg.nlp.ner.lexical import LexicalClasses
from kg.nlp.ner.network import Network

MODEL = Path(__file__).parents[1] / "model"
"""The weights; see the model card, ``docs/explanation/ner.md``."""
NETWORK_SHARE = {"cases": 0.6, "abstracts": 0.5}
"""What the neural tagger counts for in the mean with the linear chain, by head."""


@dataclass(frozen=True, slots=True)
class Found:
    """A span of tokens of one sentence, ``[first, last)``, with its label and mean probability."""

    sentence: int
    first: int
    last: int
    label: str
    score: float


class Recogniser:
    """Find entities by the mean of two models: a neural tagger and a linear chain.

    Parameters
    ----------
    folder
        Holds the weights and the tries that ``pipelines/train`` writes.

    Raises
    ------
    TermsError
        When a file of the model is missing.
    """

    def __init__(self, folder: Path = MODEL) -> None:
        try:
            self._labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text())
            words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
            self._classes = LexicalClasses(folder)
            vocabulary = {word: row for row, word in enumerate(words, 1) if word}
            encoder = Encoder(vocabulary, self._classes)
            vectors = _arrays(folder / "vectors.npz")
            self._networks = {
                head: Network(vectors | _arrays(folder / f"network-{head}.npz"), encoder)
                for head in self._labels
            }
            self._chains = {
                head: LinearChain(folder / f"{head}.npz", self._classes) for head in self._labels
            }
        except OSError as error:
            raise TermsError(
                "the trained model is incomplete", where=str(folder), hint="reinstall kg"
            ) from error
        self._fits: dict[str, dict[str, NDArray[np.int64]]] = {}
        self._folds: dict[str, Floats] = {}
        for head, linear in self._chains.items():
            kind_of = {name: mapped.network for name, mapped in labels_of(head).items()}
            kinds = np.array([kind_of.get(label[2:], "") for label in linear.labels])
            self._fits[head] = {kind: np.flatnonzero(kinds == kind) for kind in kind_of.values()}
            self._folds[head] = _fold(linear.labels, self._labels[head], kind_of)

    def __call__(self, sentences: Sequence[Sequence[str]], head: str) -> list[Found]:
        """Return the spans found.

        Parameters
        ----------
        sentences
            Tokens of each sentence, none of them empty.
        head
            ``cases`` (the narrative of a case) or ``abstracts`` (chemicals and diseases only).
        """
        if not sentences:
            return []
        layout = Layout([len(words) for words in sentences])
        kinds, labels = self._labels[head], self._chains[head].labels
        probabilities, fine = self._probabilities(sentences, layout, head)
        chosen = best_labels(probabilities, kinds, layout)
        names = [kinds[number] for number in chosen.tolist()]
        shares = probabilities[np.arange(layout.rows), chosen]
        found: list[Found] = []
        at = 0
        for index, words in enumerate(sentences):
            for first, last in _runs(names[at : at + len(words)]):
                span = slice(at + first, at + last)
                fits = self._fits[head][names[at + first][2:]]
                best = labels[fits[int(fine[span].sum(axis=0)[fits].argmax())]]
                found.append(Found(index, first, last, best[2:], float(shares[span].mean())))
            at += len(words)
        return found

    def _probabilities(
        self, sentences: Sequence[Sequence[str]], layout: Layout, head: str
    ) -> tuple[Floats, Floats]:
        """Return the mean probability of each kind, and the chain's of each of its labels."""
        tags = [self._classes.of_names(words) for words in sentences]
        every = list(chain.from_iterable(sentences)), list(chain.from_iterable(tags))
        network = self._networks[head]
        neural = network.probabilities(network.encode(*every, layout), layout, head)
        fine = self._chains[head].probabilities(sentences, tags, layout)
        linear: Floats = fine @ self._folds[head]
        mean: Floats = NETWORK_SHARE[head] * (neural - linear) + linear
        return mean, fine


def _arrays(path: Path) -> dict[str, Floats]:
    with np.load(path) as stored:
        return dict(stored)


def _fold(labels: Sequence[str], kinds: Sequence[str], kind_of: Mapping[str, str]) -> Floats:
    """Return the matrix that sums the probabilities of finer labels to those of their kinds.

    Examples
    --------
    >>> _fold(["O", "B-Date"], ["O", "B-Time", "I-Time"], {"Date": "Time"}).tolist()
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    """
    matrix = np.zeros((len(labels), len(kinds)), dtype=np.float32)
    for row, label in enumerate(labels):
        name = label if label == "O" else label[:2] + kind_of[label[2:]]
        matrix[row, kinds.index(name)] = 1.0
    return matrix


def _runs(labels: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the entities of a valid IOB sequence begin and end.

    Examples
    --------
    >>> _runs(["O", "B-Dose", "I-Dose", "B-Time"])
    [(1, 3), (3, 4)]
    """
    runs: list[tuple[int, int]] = []
    for i, label in enumerate(labels):
        if label.startswith("B-"):
            runs.append((i, i + 1))
        elif label.startswith("I-"):
            runs[-1] = (runs[-1][0], i + 1)
    return runs


@cache
def load_recogniser() -> Recogniser:
    """Return the recogniser with the committed weights; loaded once a process."""
    return Recogniser()
