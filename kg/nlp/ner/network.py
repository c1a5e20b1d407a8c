"""The neural tagger: a bidirectional LSTM over word features, with a chain of labels on top.

The architecture of Huang, Xu and Yu (2015) with hashed affix embeddings (Bloom embeddings, as in
spaCy) in place of characters. Only the forward pass is here, in numpy; ``pipelines/train``
computes the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.nlp.ner.chain import Floats, Layout, marginals
from kg.nlp.ner.features import HASHED, Encoder

_REMEMBERED = 16384
"""Words whose inputs are kept; 3 kB each."""


class Network:
    """Label probabilities of tokens.

    Parameters
    ----------
    weights
        The arrays by name: ``vectors`` (bytes, to multiply by ``scale``), ``affixes``,
        ``classes``, ``names`` (embedding tables);
        ``forward.*`` and ``backward.*`` (input, recurrent and bias of each LSTM; gates in the
        order input, forget, output, candidate); and for each head ``HEAD.weight``, ``HEAD.bias``,
        ``HEAD.transitions``, ``HEAD.first``.
    encoder
        Gives the features of words.
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]], encoder: Encoder) -> None:
        self._inputs = _Inputs(weights, encoder)
        self._recurrent = np.stack(
            [
                weights[f"{way}.recurrent"].astype(np.float32) * _halved(weights)
                for way in ("forward", "backward")
            ]
        )
        self._heads = {
            name.partition(".")[0]: tuple(
                weights[f"{name.partition('.')[0]}.{part}"].astype(np.float32)
                for part in ("weight", "bias", "transitions", "first")
            )
            for name in weights
            if name.endswith(".transitions")
        }

    def encode(self, words: Sequence[str], tags: Sequence[int], layout: Layout) -> Floats:
        """Return the state of each token of some sentences in its context.

        Parameters
        ----------
        words
            The words of the sentences, one sentence after the other.
        tags
            The name tag of each (:meth:`kg.nlp.ner.lexical.LexicalClasses.of_names`).
        layout
            Where the sentences lie.
        """
        given = self._inputs(words, tags)
        size = self._recurrent.shape[1]
        stepped = np.empty((2, len(given), 4 * size), dtype=np.float32)
        for way, rows in enumerate(layout.ways):
            stepped[way] = given[rows, way * 4 * size : (way + 1) * 4 * size]
        found = _run(stepped, self._recurrent, layout.counts)
        states = np.empty((len(given), 2 * size), dtype=np.float32)
        for way, rows in enumerate(layout.ways):
            states[rows, way * size : (way + 1) * size] = found[way]
        return states

    def probabilities(self, states: Floats, layout: Layout, head: str) -> Floats:
        """Return tokens × labels of one head."""
        weight, bias, transitions, first = self._heads[head]
        return marginals(states @ weight + bias, transitions, first, layout)


class _Inputs:
    """What goes into the LSTM's gates, but for its own state: of words and of name tags.

    A linear map of embeddings put side by side is the sum of one map each; so what depends on
    the word alone is computed once a word.
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]], encoder: Encoder) -> None:
        self._encoder = encoder
        self._tables = {n: weights[n] for n in ("vectors", "affixes", "classes")}
        self._scale = weights["scale"]
        names = weights["names"].astype(np.float32)
        both = [
            np.vstack([weights[f"{way}.input"], weights[f"{way}.bias"][None]]).astype(np.float32)
            * _halved(weights)
            for way in ("forward", "backward")
        ]
        maps = np.concatenate(both, axis=1)
        first = sum(self._tables[n].shape[1] for n in ("vectors", "affixes"))
        last = first + names.shape[1]
        self._of_tags: Floats = names @ maps[first:last] + maps[-1]
        self._map = np.ascontiguousarray(np.delete(maps[:-1], np.s_[first:last], axis=0))
        self._rows: dict[str, int] = {}
        self._of_words = np.empty((0, maps.shape[1]), dtype=np.float32)

    def __call__(self, words: Sequence[str], tags: Sequence[int]) -> Floats:
        """Return tokens × gates of both directions."""
        known = self._rows
        if not known.keys() >= (wanted := set(words)):
            self._learn(wanted)
        given: Floats = self._of_words[[self._rows[word] for word in words]]
        given += self._of_tags[tags]
        return given

    def _learn(self, words: set[str]) -> None:
        if len(self._rows) > _REMEMBERED:
            self._rows = {}
        new = sorted(words - self._rows.keys())
        first = len(self._rows)
        last = first + len(new)
        if last > len(self._of_words):
            space = np.empty((2 * last, self._map.shape[1]), dtype=np.float32)
            space[:first] = self._of_words[:first]
            self._of_words = space
        # one by one: the last digits of a row of a product can depend on the other rows
        for row, given in enumerate(self._embedded(new) if new else (), first):
            np.matmul(given, self._map, out=self._of_words[row])
        self._rows.update(zip(new, range(first, last), strict=True))

    def _embedded(self, words: list[str]) -> Floats:
        rows = np.array([self._encoder.of_word(word) for word in words], dtype=np.int32)
        parts = [
            self._tables["vectors"][rows[:, 0]] * self._scale,
            self._tables["affixes"][rows[:, 1 : HASHED + 1]].sum(axis=1, dtype=np.float32),
            self._tables["classes"][rows[:, HASHED + 1]],
            self._tables["classes"][rows[:, HASHED + 2]],
        ]
        return np.concatenate(parts, axis=1, dtype=np.float32)


def _halved(weights: Mapping[str, NDArray[Any]]) -> Floats:
    """Return factors that halve all gates but the candidate, so that one tanh serves all four.

    The logistic function of x is (tanh(x / 2) + 1) / 2.
    """
    size = len(weights["forward.recurrent"])
    scale = np.full(4 * size, 0.5, dtype=np.float32)
    scale[3 * size :] = 1.0
    return scale


def _run(stepped: Floats, recurrent: Floats, counts: Sequence[int]) -> Floats:
    """Return the states of both LSTMs, which go side by side through the steps.

    Parameters
    ----------
    stepped
        Directions × tokens in the order of steps × gates.
    recurrent
        Directions × state × gates.
    counts
        How many sentences each step has; never more than the step before.
    """
    size = recurrent.shape[1]
    states = np.empty((2, stepped.shape[1], size), dtype=np.float32)
    cell = np.zeros((2, counts[0], size), dtype=np.float32)
    hidden = cell
    at = 0
    for count in counts:
        gates = stepped[:, at : at + count]
        if at:
            gates += hidden[:, :count] @ recurrent
        np.tanh(gates, out=gates)
        opened = gates[..., : 3 * size]
        opened *= 0.5
        opened += 0.5
        cell = cell[:, :count]
        cell *= opened[..., size : 2 * size]
        cell += opened[..., :size] * gates[..., 3 * size :]
        hidden = states[:, at : at + count]
        np.multiply(opened[..., 2 * size :], np.tanh(cell), out=hidden)
        at += count
    return states
