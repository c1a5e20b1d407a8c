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

    ``counts[t]`` sentences have a t-th token. ``ways`` are the rows of the tokens in the order of
    the steps, from the start of the sentences and from their end, the longest sentence first.
    """

    def __init__(self, lengths: Sequence[int]) -> None:
        size = np.asarray(lengths, dtype=np.int64)
        order = np.argsort(-size, kind="stable")
        starts = (np.cumsum(size) - size)[order]
        last = starts + size[order] - 1
        counts = np.searchsorted(-size[order], -np.arange(size.max()), side="left")
        self.counts: list[int] = counts.tolist()
        self.rows = int(size.sum())
        self.ways = (
            np.concatenate([starts[:count] + t for t, count in enumerate(self.counts)]),
            np.concatenate([last[:count] - t for t, count in enumerate(self.counts)]),
        )


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
    before, after = passes(potential, np.exp(transitions), np.exp(first), layout)
    joint = before * after
    result: Floats = joint / joint.sum(axis=1, keepdims=True)
    return result


def passes(potential: Floats, step: Floats, begun: Floats, layout: Layout) -> tuple[Floats, Floats]:
    """Return what each token's labels have from the tokens up to it, and from those after it.

    ``potential``, ``step`` and ``begun`` are the exponentials of what :func:`marginals` takes.
    Both go side by side through the steps and add up to 1 at each, the latter but for the last
    token, where it is 1 everywhere.
    """
    ahead, behind = (potential[rows] for rows in layout.ways)
    reached = np.empty((2, *potential.shape), dtype=potential.dtype)
    last, at = 0, layout.counts[0]
    first = begun * ahead[:at]
    reached[0, :at] = first / first.sum(axis=1, keepdims=True)
    reached[1, :at] = 1
    for count in layout.counts[1:]:
        previous, now = reached[:, last : last + count], reached[:, at : at + count]
        np.matmul(previous[0], step, out=now[0])
        now[0] *= ahead[at : at + count]
        np.matmul(previous[1] * behind[last : last + count], step.T, out=now[1])
        now /= now.sum(axis=-1, keepdims=True)
        last, at = at, at + count
    before, after = np.empty_like(potential), np.empty_like(potential)
    before[layout.ways[0]], after[layout.ways[1]] = reached
    return before, after


def best_labels(probabilities: Floats, labels: Sequence[str], layout: Layout) -> NDArray[np.int64]:
    """Return the index of each token's label in the best valid IOB sequence.

    Examples
    --------
    >>> import numpy as np
    >>> p = np.array([[0.4, 0.5, 0.1], [0.3, 0.1, 0.6]], dtype="float32")
    >>> best_labels(p, ["O", "B-Dose", "I-Dose"], Layout([2])).tolist()
    [1, 2]
    """
    ahead, behind = layout.ways
    total = np.log(probabilities[ahead] + _TINY)
    within, before = _continued(labels)
    other = np.setdiff1d(np.arange(len(labels)), within)
    back = np.empty(total.shape, dtype=np.int64)
    total[: layout.counts[0], within] = _IMPOSSIBLE
    last, at = 0, layout.counts[0]
    for count in layout.counts[1:]:
        previous, now = total[last : last + count], total[at : at + count]
        # any label but "inside" may follow any; "inside" only its own begin or itself
        best = previous.argmax(axis=1)
        inside, begun = previous[:, within], previous[:, before]
        back[at : at + count] = best[:, None]
        back[at : at + count, within] = np.where(inside > begun, within, before)
        now[:, other] += previous[np.arange(count), best][:, None]
        now[:, within] += np.maximum(inside, begun)
        last, at = at, at + count
    place = np.empty(layout.rows, dtype=np.int64)
    place[ahead] = np.arange(layout.rows)
    chosen = np.empty(layout.rows, dtype=np.int64)
    at = layout.counts[0]
    chosen[behind[:at]] = total[place[behind[:at]]].argmax(axis=1)
    for count in layout.counts[1:]:
        after = behind[at : at + count] + 1
        chosen[after - 1] = back[place[after], chosen[after]]
        at += count
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
