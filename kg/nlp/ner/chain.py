"""Inference in a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001).

Several models are combined by the mean of their token marginals; the best sequence of labels that
is a valid IOB sequence is then found by the Viterbi algorithm. Sentences are treated together,
the longest first, so that each step is one matrix operation.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_IMPOSSIBLE = -1e9
_TINY = 1e-6


class Layout:
    """Sentences of different length in one flat array, worked on step by step.

    ``forward[t]`` are the rows of the t-th tokens of all sentences that have one, longest
    sentence first; ``backward[t]`` the rows of the t-th tokens from the end.
    """

    def __init__(self, lengths: Sequence[int]) -> None:
        size = np.asarray(lengths, dtype=np.int64)
        order = np.argsort(-size, kind="stable")
        starts = (np.cumsum(size) - size)[order]
        ends = starts + size[order]
        active = [int(np.searchsorted(-size[order], -t, side="left")) for t in range(size.max())]
        self.rows = int(size.sum())
        self.forward = [starts[:count] + t for t, count in enumerate(active)]
        self.backward = [ends[:count] - 1 - t for t, count in enumerate(active)]


def marginals(scores: Floats, transitions: Floats, first: Floats, layout: Layout) -> Floats:
    """Return the probability of each label at each token, by the forward-backward algorithm.

    Parameters
    ----------
    scores
        Tokens × labels, unnormalised log potentials.
    transitions
        Labels × labels, log potential of going from the row's label to the column's.
    first
        Log potential of each label at the start of a sentence.
    layout
        Where the sentences lie in ``scores``.
    """
    potential = np.exp(scores - scores.max(axis=1, keepdims=True))
    step = np.exp(transitions)
    alpha = np.empty_like(potential)
    beta = np.empty_like(potential)
    previous = np.exp(first)[None, :]
    for t, rows in enumerate(layout.forward):
        reached = previous if t == 0 else previous[: len(rows)] @ step
        previous = reached * potential[rows]
        previous = previous / previous.sum(axis=1, keepdims=True)
        alpha[rows] = previous
    following = np.ones((len(layout.backward[0]), potential.shape[1]), dtype=potential.dtype)
    for t, rows in enumerate(layout.backward):
        if t:
            following = (following[: len(rows)] * potential[rows + 1]) @ step.T
            following = following / following.sum(axis=1, keepdims=True)
        beta[rows] = following
    joint = alpha * beta
    result: Floats = joint / joint.sum(axis=1, keepdims=True)
    return result


def best_labels(probabilities: Floats, labels: Sequence[str], layout: Layout) -> NDArray[np.int64]:
    """Return the index of each token's label in the best valid IOB sequence.

    Examples
    --------
    >>> import numpy as np
    >>> p = np.array([[0.4, 0.5, 0.1], [0.3, 0.1, 0.6]], dtype="float32")
    >>> best_labels(p, ["O", "B-Dose", "I-Dose"], Layout([2])).tolist()
    [1, 2]
    """
    log = np.log(probabilities + _TINY)
    step, first = iob_constraints(labels)
    back = np.zeros(log.shape, dtype=np.int64)
    total = np.empty_like(log)
    previous = first[None, :]
    for t, rows in enumerate(layout.forward):
        if t == 0:
            previous = first[None, :] + log[rows]
        else:
            options = previous[: len(rows), :, None] + step[None]
            back[rows] = options.argmax(axis=1)
            previous = options.max(axis=1) + log[rows]
        total[rows] = previous
    chosen = np.zeros(layout.rows, dtype=np.int64)
    for t, rows in enumerate(layout.backward):
        chosen[rows] = back[rows + 1, chosen[rows + 1]] if t else total[rows].argmax(axis=1)
    return chosen


def iob_constraints(labels: Sequence[str]) -> tuple[Floats, Floats]:
    """Return the log potentials that allow I-x only after B-x or I-x: of steps and of starts."""
    size = len(labels)
    step = np.zeros((size, size), dtype=np.float32)
    first = np.zeros(size, dtype=np.float32)
    for column, label in enumerate(labels):
        if label.startswith("I-"):
            first[column] = _IMPOSSIBLE
            for row, before in enumerate(labels):
                if before[1:] != label[1:]:
                    step[row, column] = _IMPOSSIBLE
    return step, first
