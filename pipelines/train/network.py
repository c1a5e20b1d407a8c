"""Training of the neural tagger, in JAX; :mod:`kg.nlp.ner.network` is its forward pass in numpy.

One encoder is shared by one head (linear layer and chain of labels) for each corpus, so that
each corpus teaches what it marks and nothing is taken for unmarked that it never looked for.
The weights kept are a moving average over the last steps, which are steadier on little data.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from kg.nlp.ner.features import BUCKETS, COLUMNS, HASHED

Weights = dict[str, Any]
LENGTHS = (16, 32, 64, 128, 512)
"""Sentences are padded to one of these, so that few programs are compiled."""


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
    rate: float = 2e-3
    epochs: int = 10
    batch_tokens: int = 512
    average: float = 0.995
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One corpus, encoded: for each sentence its feature rows and label indices.

    Instead of its index a label may be given as probabilities (tokens × labels), as a teacher
    says them. ``share`` of the batches are seen in an epoch.
    """

    head: str
    rows: Sequence[NDArray[np.int32]]
    labels: Sequence[NDArray[Any]]
    names: Sequence[str]
    share: float = 1.0


def train(
    tasks: Sequence[Task],
    vectors: NDArray[np.float32],
    sizes: tuple[int, int],
    s: Settings,
    begun: Mapping[str, NDArray[np.float32]] | None = None,
) -> dict[str, NDArray[np.float32]]:
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
    weights = _start(tasks, vectors.shape[1], sizes, s)
    weights |= {n: jnp.asarray(a, jnp.float32) for n, a in (begun or {}).items() if n in weights}
    table = jnp.asarray(vectors)
    chance = random.Random(s.seed)
    seen = [int(len(list(_batches(task, s, chance))) * task.share) for task in tasks]
    steps = sum(seen) * s.epochs
    schedule = optax.warmup_cosine_decay_schedule(
        s.rate / 10, s.rate, steps // 20 + 1, steps + 1, s.rate / 20
    )
    optimiser = optax.chain(optax.clip_by_global_norm(5.0), optax.adam(schedule))
    update = _update_step(optimiser, s.average)
    state, mean = optimiser.init(weights), jax.tree.map(jnp.copy, weights)
    key = jax.random.PRNGKey(s.seed + 1)
    for epoch in range(s.epochs):
        order = []
        for task, count in zip(tasks, seen, strict=True):
            batches = list(_batches(task, s, chance))
            chance.shuffle(batches)
            order.extend((task, batch) for batch in batches[:count])
        chance.shuffle(order)
        total = 0.0
        for task, batch in order:
            key, part = jax.random.split(key)
            arrays = _filled(task, *batch, s)
            loss, gradient = _loss(weights, table, *arrays, part, task.head, s)
            weights, state, mean = update(weights, state, gradient, mean)
            total += float(loss)
        print(f"epoch {epoch + 1}: loss {total / len(order):.3f}", flush=True)
    return {"vectors": vectors, **{name: np.asarray(value) for name, value in mean.items()}}


def _start(tasks: Sequence[Task], vector_size: int, sizes: tuple[int, int], s: Settings) -> Weights:
    keys = iter(jax.random.split(jax.random.PRNGKey(s.seed), 16))

    def normal(rows: int, columns: int, scale: float) -> jax.Array:
        return jax.random.normal(next(keys), (rows, columns)) * scale

    def linear(rows: int, columns: int) -> jax.Array:
        return normal(rows, columns, float(np.sqrt(2 / (rows + columns))))

    weights: Weights = {
        "affixes": normal(BUCKETS, s.affix_size, 0.1),
        "names": normal(sizes[0], s.name_size, 0.3),
        "classes": normal(sizes[1], s.class_size, 0.3),
    }
    inputs = vector_size + s.affix_size + s.name_size + 2 * s.class_size
    for direction in ("forward", "backward"):
        bias = np.zeros(4 * s.hidden, dtype=np.float32)
        bias[s.hidden : 2 * s.hidden] = 1.0
        weights[f"{direction}.input"] = linear(inputs, 4 * s.hidden)
        weights[f"{direction}.recurrent"] = linear(s.hidden, 4 * s.hidden)
        weights[f"{direction}.bias"] = jnp.asarray(bias)
    for name, size in {task.head: len(task.names) for task in tasks}.items():
        weights[f"{name}.weight"] = linear(2 * s.hidden, size)
        weights[f"{name}.bias"] = jnp.zeros(size)
        weights[f"{name}.transitions"] = jnp.zeros((size, size))
        weights[f"{name}.first"] = jnp.zeros(size)
    return weights


Batch = tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]


def _batches(task: Task, s: Settings, chance: random.Random) -> Iterator[tuple[int, list[int]]]:
    """Yield a length and the sentences, of like length, that are padded to it."""
    groups: dict[int, list[int]] = {length: [] for length in LENGTHS}
    for index, rows in enumerate(task.rows):
        groups[next(length for length in LENGTHS if len(rows) <= length)].append(index)
    for length, members in groups.items():
        chance.shuffle(members)
        count = _together(length, s)
        for at in range(0, len(members), count):
            yield length, members[at : at + count]


def _together(length: int, s: Settings) -> int:
    """Return how many sentences of a length make a batch."""
    return max(2, min(64, s.batch_tokens // length))


def _filled(task: Task, length: int, members: list[int], s: Settings) -> Batch:
    """Return rows, probabilities of labels and mask of one batch, always of the same size."""
    count = _together(length, s)
    rows = np.zeros((count, length, COLUMNS), dtype=np.int32)
    labels = np.zeros((count, length, len(task.names)), dtype=np.float32)
    mask = np.zeros((count, length), dtype=np.float32)
    for place, index in enumerate(members):
        size = len(task.rows[index])
        given = task.labels[index]
        rows[place, :size] = task.rows[index]
        labels[place, :size] = given if given.ndim > 1 else np.eye(len(task.names))[given]
        mask[place, :size] = 1.0
    return rows, labels, mask


def _update_step(optimiser: optax.GradientTransformation, average: float) -> Any:
    @partial(jax.jit, donate_argnums=(0, 1, 3))
    def update(weights: Weights, state: Any, gradient: Weights, mean: Weights) -> Any:
        change, state = optimiser.update(gradient, state, weights)
        weights = optax.apply_updates(weights, change)
        mean = jax.tree.map(lambda old, new: old * average + new * (1 - average), mean, weights)
        return weights, state, mean

    return update


@partial(jax.jit, static_argnames=("head", "s"))
def _loss(
    weights: Weights,
    table: jax.Array,
    rows: jax.Array,
    labels: jax.Array,
    mask: jax.Array,
    key: jax.Array,
    head: str,
    s: Settings,
) -> Any:
    def loss(weights: Weights) -> jax.Array:
        states = _states(weights, table, rows, mask, key, s)
        scores = states @ weights[f"{head}.weight"] + weights[f"{head}.bias"]
        transitions, first = weights[f"{head}.transitions"], weights[f"{head}.first"]
        return negative_log_likelihood(scores, labels, mask, transitions, first) / mask.sum() * 10

    return jax.value_and_grad(loss)(weights)


def _states(
    weights: Weights,
    table: jax.Array,
    rows: jax.Array,
    mask: jax.Array,
    key: jax.Array,
    s: Settings,
) -> jax.Array:
    keys = jax.random.split(key, 5)
    vectors = table[rows[..., 0]]
    vectors *= jax.random.bernoulli(keys[0], 1 - s.vector_dropout, mask.shape)[..., None]
    affixes = weights["affixes"][rows[..., 1 : HASHED + 1]]
    known = jax.random.bernoulli(keys[1], 1 - s.word_dropout, mask.shape)
    affixes = affixes.at[:, :, 0].multiply(known[..., None])
    inputs = jnp.concatenate(
        [
            vectors,
            affixes.sum(2),
            weights["names"][rows[..., HASHED + 3]],
            weights["classes"][rows[..., HASHED + 1]],
            weights["classes"][rows[..., HASHED + 2]],
        ],
        -1,
    )
    inputs = _drop(keys[2], inputs, s.dropout, across=True)
    inputs = _drop(keys[3], inputs, 0.2, across=False)
    states = [
        _lstm(weights, name, inputs, mask, reverse)
        for name, reverse in (("forward", False), ("backward", True))
    ]
    return _drop(keys[4], jnp.concatenate(states, -1), s.dropout, across=True)


def _drop(key: jax.Array, values: jax.Array, rate: float, *, across: bool) -> jax.Array:
    """Drop values; ``across`` drops the same ones at every token of a sentence."""
    shape = (values.shape[0], 1, values.shape[2]) if across else values.shape
    return values * jax.random.bernoulli(key, 1 - rate, shape) / (1 - rate)


def _lstm(
    weights: Weights, name: str, inputs: jax.Array, mask: jax.Array, reverse: bool
) -> jax.Array:
    recurrent = weights[f"{name}.recurrent"]
    given = inputs @ weights[f"{name}.input"] + weights[f"{name}.bias"]

    def step(carry: Any, now: Any) -> Any:
        hidden, cell = carry
        gates, present = now
        enter, forget, out, new = jnp.split(gates + hidden @ recurrent, 4, -1)
        fresh = jax.nn.sigmoid(forget) * cell + jax.nn.sigmoid(enter) * jnp.tanh(new)
        shown = jax.nn.sigmoid(out) * jnp.tanh(fresh)
        cell = present * fresh + (1 - present) * cell
        hidden = present * shown + (1 - present) * hidden
        return (hidden, cell), hidden

    zero = jnp.zeros((inputs.shape[0], recurrent.shape[0]))
    over = (jnp.swapaxes(given, 0, 1), jnp.swapaxes(mask, 0, 1)[..., None])
    _, states = jax.lax.scan(step, (zero, zero), over, reverse=reverse)
    return jnp.swapaxes(states, 0, 1)


def negative_log_likelihood(
    scores: jax.Array, labels: jax.Array, mask: jax.Array, transitions: jax.Array, first: jax.Array
) -> jax.Array:
    """Return minus the log probability of the labels under the chain, summed over sentences.

    Where the labels are probabilities, its mean over labels drawn from them one by one.
    """
    of_labels = (scores * labels).sum(-1)
    steps = jnp.einsum("bti,ij,btj->bt", labels[:, :-1], transitions, labels[:, 1:])
    gold = labels[:, 0] @ first + (of_labels * mask).sum(1) + (steps * mask[:, 1:]).sum(1)

    def step(reached: jax.Array, now: Any) -> Any:
        score, present = now
        nexts = jax.scipy.special.logsumexp(reached[:, :, None] + transitions, 1) + score
        return jnp.where(present[:, None] > 0, nexts, reached), None

    begin = first + scores[:, 0]
    reached, _ = jax.lax.scan(step, begin, (jnp.swapaxes(scores, 0, 1)[1:], mask.T[1:]))
    every = jax.scipy.special.logsumexp(reached, 1)
    return jnp.where(mask[:, 0] > 0, every - gold, 0.0).sum()
