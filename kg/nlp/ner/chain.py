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
    within, before = _continued(labels)
    log[layout.forward[0][:, None], within] = _IMPOSSIBLE
    back = np.empty(log.shape, dtype=np.int64)
    total = np.empty_like(log)
    previous = log[layout.forward[0]]
    total[layout.forward[0]] = previous
    for rows in layout.forward[1:]:
        previous = previous[: len(rows)]
        # any label but "inside" may follow any; "inside" only its own begin or itself
        best = previous.argmax(axis=1)
        came = np.repeat(best[:, None], len(labels), axis=1)
        came[:, within] = np.where(previous[:, within] > previous[:, before], within, before)
        back[rows] = came
        previous = np.take_along_axis(previous, came, 1) + log[rows]
        total[rows] = previous
    chosen = np.zeros(layout.rows, dtype=np.int64)
    for t, rows in enumerate(layout.backward):
        chosen[rows] = back[rows + 1, chosen[rows + 1]] if t else total[rows].argmax(axis=1)
    return chosen


def _continued(labels: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the labels I-x stand, and the B-x of each.

    Examples
    --------
    >>> [rows.tolist() for rows in _continued(["O", "B-Dose", "I-Dose"])]
    [[2], [1]]
    """
    place = {label: number for number, label in enumerate(labels)}
    pairs = [(n, place[f"B-{label[2:]}"]) for label, n in place.items() if label[:2] == "I-"]
    within, before = zip(*pairs, strict=True)
    return np.array(within), np.array(before)
