"""Gradients of the neural tagger, in numpy: what :mod:`kg.nlp.ner.network` computes, backwards.

Sentences lie one after the other without padding and go through the steps together
(:class:`kg.nlp.ner.chain.Layout`), as they do when the tagger is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.nlp.ner.chain import Floats, Layout, passes

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Steps:
    """The tokens of sentences in the order in which both directions of an LSTM read them.

    ``ways`` are the tokens in the order of each direction, ``places`` the place of each token
    in it, ``counts`` how many sentences each step has, ``later`` the places in that order that
    have a place before them, ``before``.
    """

    ways: tuple[Ints, Ints]
    places: tuple[Ints, Ints]
    counts: Sequence[int]
    later: Ints
    before: Ints

    @classmethod
    def of(cls, layout: Layout) -> Steps:
        """Return the steps of a layout."""
        counts = layout.counts
        starts = np.cumsum([0, *counts])
        before = [starts[t - 1] + np.arange(counts[t]) for t in range(1, len(counts))]
        return cls(
            layout.ways,
            (np.argsort(layout.ways[0]), np.argsort(layout.ways[1])),
            counts,
            np.arange(counts[0], layout.rows),
            np.concatenate([np.empty(0, dtype=np.int64), *before]),
        )


@dataclass(frozen=True, slots=True)
class Tape:
    """What the way back needs of the way there; directions × places × size each."""

    gates: Floats
    cells: Floats
    shown: Floats
    states: Floats


def lstm(given: Floats, recurrent: Floats, steps: Steps) -> Tape:
    """Run both directions of an LSTM.

    Parameters
    ----------
    given
        Directions × places × gates (input, forget, output, candidate); overwritten.
    recurrent
        Directions × state × gates.
    steps
        The order of the places.
    """
    size = recurrent.shape[1]
    states, cells, shown = (np.empty((*given.shape[:2], size), np.float32) for _ in range(3))
    cell = np.zeros((2, steps.counts[0], size), dtype=np.float32)
    hidden = cell
    at = 0
    for count in steps.counts:
        now = slice(at, at + count)
        gates = given[:, now]
        if at:
            gates += hidden[:, :count] @ recurrent
        opened = gates[..., : 3 * size]
        opened *= 0.5
        np.tanh(gates, out=gates)
        opened *= 0.5
        opened += 0.5
        cell = cell[:, :count] * opened[..., size : 2 * size]
        cell += opened[..., :size] * gates[..., 3 * size :]
        cells[:, now] = cell
        np.tanh(cell, out=shown[:, now])
        hidden = states[:, now]
        np.multiply(opened[..., 2 * size :], shown[:, now], out=hidden)
        at += count
    return Tape(given, cells, shown, states)


def lstm_gradients(
    wanted: Floats, recurrent: Floats, steps: Steps, tape: Tape
) -> tuple[Floats, Floats]:
    """Return the gradients of what was given to the gates, and of ``recurrent``.

    ``wanted`` is the gradient of the states (directions × places × size); it is overwritten.
    """
    size = recurrent.shape[1]
    places = wanted.shape[1]
    enter, forget, out, new = np.split(tape.gates, 4, axis=-1)
    earlier = np.zeros_like(tape.cells)
    earlier[:, steps.later] = tape.cells[:, steps.before]
    of_out = tape.shown * out * (1 - out)
    of_cell = out * (1 - tape.shown**2)
    factors = np.empty((2, places, 4, size), dtype=np.float32)
    factors[:, :, 0] = new * enter * (1 - enter)
    factors[:, :, 1] = earlier * forget * (1 - forget)
    factors[:, :, 2] = 0
    factors[:, :, 3] = enter * (1 - new**2)
    back = np.ascontiguousarray(recurrent.transpose(0, 2, 1))
    hidden, cell = (np.zeros((2, steps.counts[0], size), np.float32) for _ in range(2))
    end = places
    for count in reversed(steps.counts):
        now = slice(end - count, end)
        of_state = wanted[:, now]
        of_state += hidden[:, :count]
        cell[:, :count] += of_state * of_cell[:, now]
        gates = factors[:, now]
        gates *= cell[:, :count, None]
        np.multiply(of_state, of_out[:, now], out=gates[:, :, 2])
        hidden[:, :count] = gates.reshape(2, count, 4 * size) @ back
        cell[:, :count] *= forget[:, now]
        end -= count
    found = factors.reshape(2, places, 4 * size)
    of_recurrent: Floats = tape.states[:, steps.before].transpose(0, 2, 1) @ found[:, steps.later]
    return found, of_recurrent


def chain_gradients(
    scores: Floats, labels: Floats, transitions: Floats, first: Floats, layout: Layout
) -> tuple[float, Floats, Floats, Floats]:
    """Return minus the log probability of labels under a chain, and its gradients.

    Parameters
    ----------
    scores, transitions, first, layout
        As :func:`kg.nlp.ner.chain.marginals` takes them; the gradients are of the first three.
    labels
        Tokens × labels, probabilities; where they are not sure, the log probability is its mean
        over labels drawn from them one by one.
    """
    top = scores.max(axis=1, keepdims=True)
    potential = np.exp(scores - top)
    step, begun = np.exp(transitions), np.exp(first)
    before, after = passes(potential, step, begun, layout)
    starts, later = np.split(layout.ways[0], layout.counts[:1])
    reached = np.empty_like(potential)
    reached[starts] = begun
    reached[later] = before[later - 1] @ step
    reached *= potential
    norms = reached.sum(axis=1)
    onward = potential[later] * after[later]
    onward /= (reached[later] * after[later]).sum(axis=1, keepdims=True)
    seen = labels[later - 1].T @ labels[later]
    of_steps = step * (before[later - 1].T @ onward) - seen
    of_scores = before * after
    of_scores /= of_scores.sum(axis=1, keepdims=True)
    of_scores -= labels
    every = top.sum(dtype=np.float64) + np.log(norms).sum(dtype=np.float64)
    gold = (scores * labels).sum(dtype=np.float64) + (transitions * seen).sum(dtype=np.float64)
    gold += (labels[starts] @ first).sum(dtype=np.float64)
    return float(every - gold), of_scores, of_steps, of_scores[starts].sum(axis=0)
