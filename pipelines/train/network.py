"""Training of the neural tagger; :mod:`kg.nlp.ner.network` is its forward pass.

One encoder is shared by one head (linear layer and chain of labels) for each corpus, so that
each corpus teaches what it marks and nothing is taken for unmarked that it never looked for.
The weights kept are a moving average over the last steps, which are steadier on little data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.nlp.ner.chain import Floats, Layout
from kg.nlp.ner.features import BUCKETS, HASHED
from pipelines.train.backward import Steps, chain_gradients, lstm, lstm_gradients
from pipelines.train.optimiser import Adam, Rows

Weights = dict[str, Floats]
Gradients = dict[str, Floats | Rows]
_ALIKE = (16, 32, 64, 128)
"""Sentences of like length go together: those between two of these."""
_MOST = 64
_WAYS = ("forward", "backward")
_LOUD = 10
"""The loss of a token is multiplied by it, so that clipping bites where it should."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be tuned; the defaults are what the committed weights were trained with."""

    hidden: int = 100
    affix_size: int = 64
    name_size: int = 24
    class_size: int = 16
    dropout: float = 0.5
    word_dropout: float = 0.3
    vector_dropout: float = 0.1
    value_dropout: float = 0.2
    rate: float = 2.5e-3
    epochs: int = 10
    batch_tokens: int = 768
    average: float = 0.995
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One corpus, encoded: for each sentence its feature rows and label indices.

    Instead of its index a label may be given as probabilities (tokens × labels), as a teacher
    says them. ``share`` of the batches are seen in an epoch; ``weight`` multiplies the loss.
    """

    head: str
    rows: Sequence[NDArray[np.int32]]
    labels: Sequence[NDArray[Any]]
    names: Sequence[str]
    share: float = 1.0
    weight: float = 1.0


def train(
    tasks: Sequence[Task],
    vectors: Floats,
    sizes: tuple[int, int],
    s: Settings,
    begun: Mapping[str, NDArray[Any]] | None = None,
) -> Weights:
    """Return the weights, named as :class:`kg.nlp.ner.network.Network` reads them.

    Parameters
    ----------
    tasks
        The corpora; several may teach one head.
    vectors
        Table of word vectors, row 0 for the unknown word; not trained further.
    sizes
        Rows of the tables of name tags and of word classes.
    begun
        Weights of an earlier cycle to go on from (a warm restart); what they lack starts anew.
    """
    chance = np.random.default_rng(s.seed)
    weights = _start(tasks, vectors.shape[1], sizes, s, chance)
    weights |= {n: a.astype(np.float32) for n, a in (begun or {}).items() if n in weights}
    seen = [int(len(list(_batches(task, s, chance))) * task.share) for task in tasks]
    optimiser = Adam(weights, s.rate, sum(seen) * s.epochs, s.average)
    for epoch in range(s.epochs):
        order = []
        for task, count in zip(tasks, seen, strict=True):
            batches = list(_batches(task, s, chance))
            chosen = chance.permutation(len(batches))[:count]
            order.extend((task, batches[number]) for number in chosen)
        total = 0.0
        for number in chance.permutation(len(order)):
            loss, gradients = _gradients(weights, vectors, *order[number], s, chance)
            optimiser.step(weights, gradients)
            total += loss
        print(f"epoch {epoch + 1}: loss {total / len(order):.3f}", flush=True)
    return {"vectors": vectors, **optimiser.mean}


def _start(
    tasks: Sequence[Task],
    vector_size: int,
    sizes: tuple[int, int],
    s: Settings,
    chance: np.random.Generator,
) -> Weights:
    def normal(rows: int, columns: int, scale: float) -> Floats:
        return chance.standard_normal((rows, columns), dtype=np.float32) * np.float32(scale)

    def linear(rows: int, columns: int) -> Floats:
        return normal(rows, columns, float(np.sqrt(2 / (rows + columns))))

    weights: Weights = {
        "affixes": normal(BUCKETS, s.affix_size, 0.1),
        "names": normal(sizes[0], s.name_size, 0.3),
        "classes": normal(sizes[1], s.class_size, 0.3),
    }
    inputs = vector_size + s.affix_size + s.name_size + 2 * s.class_size
    for direction in _WAYS:
        bias = np.zeros(4 * s.hidden, dtype=np.float32)
        bias[s.hidden : 2 * s.hidden] = 1.0
        weights[f"{direction}.input"] = linear(inputs, 4 * s.hidden)
        weights[f"{direction}.recurrent"] = linear(s.hidden, 4 * s.hidden)
        weights[f"{direction}.bias"] = bias
    for name, size in {task.head: len(task.names) for task in tasks}.items():
        weights[f"{name}.weight"] = linear(2 * s.hidden, size)
        weights[f"{name}.bias"] = np.zeros(size, dtype=np.float32)
        weights[f"{name}.transitions"] = np.zeros((size, size), dtype=np.float32)
        weights[f"{name}.first"] = np.zeros(size, dtype=np.float32)
    return weights


def _batches(task: Task, s: Settings, chance: np.random.Generator) -> Iterator[list[int]]:
    """Yield the numbers of sentences of like length that make a batch."""
    lengths = [len(rows) for rows in task.rows]
    alike = np.searchsorted(_ALIKE, lengths)
    for group in range(len(_ALIKE) + 1):
        batch: list[int] = []
        tokens = 0
        for number in chance.permutation(np.flatnonzero(alike == group)).tolist():
            batch.append(number)
            tokens += lengths[number]
            if tokens >= s.batch_tokens or len(batch) == _MOST:
                yield batch
                batch, tokens = [], 0
        if batch:
            yield batch


@dataclass(frozen=True, slots=True)
class _Batch:
    """Sentences one after the other: rows of features, labels as probabilities, their layout."""

    rows: NDArray[np.int32]
    labels: Floats
    sentence: NDArray[np.int64]
    layout: Layout

    @classmethod
    def of(cls, task: Task, members: Sequence[int]) -> _Batch:
        lengths = [len(task.rows[number]) for number in members]
        return cls(
            np.concatenate([task.rows[number] for number in members]),
            np.concatenate([_sure(task.labels[number], task) for number in members]),
            np.repeat(np.arange(len(members)), lengths),
            Layout(lengths),
        )

    def dropped(self, size: int, rate: float, chance: np.random.Generator) -> Floats:
        """Return factors that drop the same values at every token of a sentence."""
        return _dropped(chance, rate, int(self.sentence[-1]) + 1, size)[self.sentence]


def _dropped(chance: np.random.Generator, rate: float, *shape: int) -> Floats:
    kept = chance.random(shape, dtype=np.float32) >= rate
    return kept.astype(np.float32) / np.float32(1 - rate)


def _gradients(
    weights: Weights,
    table: Floats,
    task: Task,
    members: Sequence[int],
    s: Settings,
    chance: np.random.Generator,
) -> tuple[float, Gradients]:
    """Return the loss of a batch for each token, and the gradients of what it touches."""
    batch = _Batch.of(task, members)
    inputs = _Inputs(weights, table, batch, s, chance)
    steps = Steps.of(batch.layout)
    both = [slice(4 * s.hidden * way, 4 * s.hidden * (way + 1)) for way in (0, 1)]
    maps = np.concatenate([weights[f"{way}.input"] for way in _WAYS], axis=1)
    recurrent = np.stack([weights[f"{way}.recurrent"] for way in _WAYS])
    given = inputs.values @ maps
    given += np.concatenate([weights[f"{way}.bias"] for way in _WAYS])
    ordered = zip(both, steps.ways, strict=True)
    tape = lstm(np.stack([given[places, gates] for gates, places in ordered]), recurrent, steps)
    states = np.concatenate([tape.states[way][steps.places[way]] for way in (0, 1)], axis=1)
    kept = batch.dropped(2 * s.hidden, s.dropout, chance)
    states *= kept

    loss, found, of_states = _head_gradients(weights, task, batch, states)
    of_states *= kept
    halves = zip(np.split(of_states, 2, axis=1), steps.ways, strict=True)
    wanted = np.stack([half[places] for half, places in halves])
    of_given, of_recurrent = lstm_gradients(wanted, recurrent, steps, tape)
    for way, gates in enumerate(both):
        given[:, gates] = of_given[way][steps.places[way]]
    of_maps, of_bias = inputs.values.T @ given, given.sum(axis=0)
    for way, gates in enumerate(both):
        found[f"{_WAYS[way]}.recurrent"] = of_recurrent[way]
        found[f"{_WAYS[way]}.input"] = np.ascontiguousarray(of_maps[:, gates])
        found[f"{_WAYS[way]}.bias"] = of_bias[gates]
    return loss, found | inputs.gradients(given @ maps[table.shape[1] :].T)


def _head_gradients(
    weights: Weights, task: Task, batch: _Batch, states: Floats
) -> tuple[float, Gradients, Floats]:
    """Return the loss of a batch for each token, and the gradients of a head and of its states."""
    head = task.head
    scores = states @ weights[f"{head}.weight"] + weights[f"{head}.bias"]
    chain = weights[f"{head}.transitions"], weights[f"{head}.first"]
    loss, of_scores, of_steps, of_first = chain_gradients(
        scores, batch.labels, *chain, batch.layout
    )
    share = np.float32(_LOUD * task.weight / len(states))
    of_scores *= share
    found: Gradients = {
        f"{head}.transitions": of_steps * share,
        f"{head}.first": of_first * share,
        f"{head}.weight": states.T @ of_scores,
        f"{head}.bias": of_scores.sum(axis=0),
    }
    return loss * float(share), found, of_scores @ weights[f"{head}.weight"].T


class _Inputs:
    """The embeddings of the tokens of a batch side by side, those of the vectors first."""

    def __init__(
        self,
        weights: Weights,
        table: Floats,
        batch: _Batch,
        s: Settings,
        chance: np.random.Generator,
    ) -> None:
        self._rows = batch.rows
        known = (chance.random(len(batch.rows)) >= s.word_dropout).astype(np.float32)
        self._known = known[:, None]
        affixes = weights["affixes"][batch.rows[:, 1 : HASHED + 1]]
        affixes[:, 0] *= self._known
        seen = (chance.random(len(batch.rows)) >= s.vector_dropout).astype(np.float32)
        parts = [
            table[batch.rows[:, 0]] * seen[:, None],
            affixes.sum(axis=1),
            weights["names"][batch.rows[:, HASHED + 3]],
            weights["classes"][batch.rows[:, HASHED + 1]],
            weights["classes"][batch.rows[:, HASHED + 2]],
        ]
        self._sizes = [part.shape[1] for part in parts]
        self.values = np.concatenate(parts, axis=1)
        self._kept = batch.dropped(self.values.shape[1], s.dropout, chance)
        self._kept *= _dropped(chance, s.value_dropout, *self.values.shape)
        self.values *= self._kept

    def gradients(self, wanted: Floats) -> Gradients:
        """Return the gradients of the tables, from those of all values but the vectors'."""
        wanted *= self._kept[:, self._sizes[0] :]
        affixes, names, inside, ends = np.split(wanted, np.cumsum(self._sizes[1:-1]), axis=1)
        of_each = np.repeat(affixes[:, None], HASHED, axis=1)
        of_each[:, 0] *= self._known
        hashed, classes = self._rows[:, 1 : HASHED + 1], self._rows[:, HASHED + 1 : HASHED + 3]
        return {
            "affixes": Rows.of(hashed.ravel(), of_each.reshape(-1, affixes.shape[1])),
            "names": Rows.of(self._rows[:, HASHED + 3], names),
            "classes": Rows.of(classes.T.ravel(), np.concatenate([inside, ends])),
        }


def _sure(labels: NDArray[Any], task: Task) -> Floats:
    """Return labels as probabilities."""
    found: Floats = labels if labels.ndim > 1 else np.eye(len(task.names))[labels]
    return found.astype(np.float32)
