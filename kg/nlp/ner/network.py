"""The neural tagger: a bidirectional LSTM over word features, with a chain of labels on top.

The architecture of Huang, Xu and Yu (2015) with hashed affix embeddings (Bloom embeddings, as in
spaCy) in place of characters. Only the forward pass is here, in numpy; ``pipelines/train``
computes the weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.nlp.ner.chain import Floats, Layout, marginals
from kg.nlp.ner.features import HASHED


class Network:
    """Label probabilities of tokens.

    Parameters
    ----------
    weights
        The arrays by name: ``vectors``, ``affixes``, ``classes``, ``names`` (embedding tables);
        ``forward.*`` and ``backward.*`` (input, recurrent and bias of each LSTM; gates in the
        order input, forget, output, candidate); and for each head ``HEAD.weight``, ``HEAD.bias``,
        ``HEAD.transitions``, ``HEAD.first``.
    """

    def __init__(self, weights: Mapping[str, NDArray[np.float32]]) -> None:
        self._tables = {
            name: weights[name].astype(np.float32)
            for name in ("vectors", "affixes", "classes", "names")
        }
        self._lstms = [_Lstm(weights, direction) for direction in ("forward", "backward")]
        self._heads = {
            name.partition(".")[0]: tuple(
                weights[f"{name.partition('.')[0]}.{part}"].astype(np.float32)
                for part in ("weight", "bias", "transitions", "first")
            )
            for name in weights
            if name.endswith(".transitions")
        }

    def encode(self, rows: NDArray[np.int32], layout: Layout) -> Floats:
        """Return the state of each token, from its features (:class:`Encoder`) and context."""
        inputs = np.concatenate(
            [
                self._tables["vectors"][rows[:, 0]],
                self._tables["affixes"][rows[:, 1 : HASHED + 1]].sum(axis=1),
                self._tables["names"][rows[:, HASHED + 3]],
                self._tables["classes"][rows[:, HASHED + 1]],
                self._tables["classes"][rows[:, HASHED + 2]],
            ],
            axis=1,
        )
        steps = (layout.forward, layout.backward)
        states = [lstm(inputs, rows_) for lstm, rows_ in zip(self._lstms, steps, strict=True)]
        return np.concatenate(states, axis=1)

    def probabilities(self, states: Floats, layout: Layout, head: str) -> Floats:
        """Return tokens × labels of one head."""
        weight, bias, transitions, first = self._heads[head]
        return marginals(states @ weight + bias, transitions, first, layout)


class _Lstm:
    """One direction. The gates' weights are halved, so that one tanh serves all four.

    The logistic function of x is (tanh(x / 2) + 1) / 2.
    """

    def __init__(self, weights: Mapping[str, NDArray[np.float32]], direction: str) -> None:
        parts = [weights[f"{direction}.{part}"] for part in ("input", "recurrent", "bias")]
        self._size = parts[1].shape[0]
        scale = np.ones(4 * self._size, dtype=np.float32)
        scale[: 3 * self._size] = 0.5
        self._input, self._recurrent, self._bias = (
            (part.astype(np.float32) * scale) for part in parts
        )

    def __call__(self, inputs: Floats, steps: list[NDArray[np.int64]]) -> Floats:
        """Return the states of all tokens."""
        size = self._size
        given = inputs @ self._input + self._bias
        states = np.empty((len(inputs), size), dtype=np.float32)
        hidden: NDArray[Any] = np.zeros((len(steps[0]), size), dtype=np.float32)
        cell: NDArray[Any] = np.zeros_like(hidden)
        for rows in steps:
            count = len(rows)
            gates = np.tanh(given[rows] + hidden[:count] @ self._recurrent)
            opened = gates[:, : 3 * size] * 0.5 + 0.5
            cell = opened[:, size : 2 * size] * cell[:count]
            cell += opened[:, :size] * gates[:, 3 * size :]
            hidden = opened[:, 2 * size :] * np.tanh(cell)
            states[rows] = hidden
        return states
