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
    epochs: int = 12
    batch_tokens: int = 512
    share: float = 0.35
    """Of the batches of every corpus but the first, how many are seen in an epoch."""
    average: float = 0.995
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One corpus, encoded: for each sentence its feature rows and label indices."""

    rows: Sequence[NDArray[np.int32]]
    labels: Sequence[NDArray[np.int32]]
    names: Sequence[str]


def train(
    tasks: Mapping[str, Task],
    vectors: NDArray[np.float32],
    sizes: tuple[int, int],
    s: Settings,
    begun: Mapping[str, NDArray[np.float32]] | None = None,
) -> dict[str, NDArray[np.float32]]:
    """Return the weights, named as :class:`kg.nlp.ner.network.Network` reads them.

    Parameters
    ----------
    tasks
        By head; the first is the one that matters.
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
    counts = {name: len(list(_batches(task, s, chance))) for name, task in tasks.items()}
    seen = {n: c if i == 0 else int(c * s.share) for i, (n, c) in enumerate(counts.items())}
    steps = sum(seen.values()) * s.epochs
    schedule = optax.warmup_cosine_decay_schedule(
        s.rate / 10, s.rate, steps // 20 + 1, steps + 1, s.rate / 20
    )
    optimiser = optax.chain(optax.clip_by_global_norm(5.0), optax.adam(schedule))
    update = _update_step(optimiser, s.average)
    state, mean = optimiser.init(weights), jax.tree.map(jnp.copy, weights)
    key = jax.random.PRNGKey(s.seed + 1)
    for epoch in range(s.epochs):
        order = []
        for name, task in tasks.items():
            batches = list(_batches(task, s, chance))
            chance.shuffle(batches)
            order.extend((name, batch) for batch in batches[: seen[name]])
        chance.shuffle(order)
        total = 0.0
        for name, batch in order:
            key, part = jax.random.split(key)
            loss, gradient = _loss(weights, table, *batch, part, name, s)
            weights, state, mean = update(weights, state, gradient, mean)
            total += float(loss)
        print(f"epoch {epoch + 1}: loss {total / len(order):.3f}", flush=True)
    return {"vectors": vectors, **{name: np.asarray(value) for name, value in mean.items()}}


def _start(
    tasks: Mapping[str, Task], vector_size: int, sizes: tuple[int, int], s: Settings
) -> Weights:
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
    for name, task in tasks.items():
        size = len(task.names)
        weights[f"{name}.weight"] = linear(2 * s.hidden, size)
        weights[f"{name}.bias"] = jnp.zeros(size)
        weights[f"{name}.transitions"] = jnp.zeros((size, size))
        weights[f"{name}.first"] = jnp.zeros(size)
    return weights


Batch = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]


def _batches(task: Task, s: Settings, chance: random.Random) -> Iterator[Batch]:
    """Yield rows, labels and mask of batches of sentences of like length."""
    groups: dict[int, list[int]] = {length: [] for length in LENGTHS}
    for index, rows in enumerate(task.rows):
        groups[next(length for length in LENGTHS if len(rows) <= length)].append(index)
    for length, members in groups.items():
        chance.shuffle(members)
        count = max(2, min(64, s.batch_tokens // length))
        for at in range(0, len(members), count):
            rows = np.zeros((count, length, COLUMNS), dtype=np.int32)
            labels = np.zeros((count, length), dtype=np.int32)
            mask = np.zeros((count, length), dtype=np.float32)
            for place, index in enumerate(members[at : at + count]):
                size = len(task.rows[index])
                rows[place, :size] = task.rows[index]
                labels[place, :size] = task.labels[index]
                mask[place, :size] = 1.0
            yield rows, labels, mask


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
        return _negative_log_likelihood(scores, labels, mask, transitions, first) / mask.sum() * 10

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


def _negative_log_likelihood(
    scores: jax.Array, labels: jax.Array, mask: jax.Array, transitions: jax.Array, first: jax.Array
) -> jax.Array:
    """Return minus the log probability of the labels under the chain, summed over sentences."""
    of_labels = jnp.take_along_axis(scores, labels[..., None], 2)[..., 0]
    steps = transitions[labels[:, :-1], labels[:, 1:]]
    gold = first[labels[:, 0]] + (of_labels * mask).sum(1) + (steps * mask[:, 1:]).sum(1)

    def step(reached: jax.Array, now: Any) -> Any:
        score, present = now
        nexts = jax.scipy.special.logsumexp(reached[:, :, None] + transitions, 1) + score
        return jnp.where(present[:, None] > 0, nexts, reached), None

    begin = first + scores[:, 0]
    reached, _ = jax.lax.scan(step, begin, (jnp.swapaxes(scores, 0, 1)[1:], mask.T[1:]))
    every = jax.scipy.special.logsumexp(reached, 1)
    return jnp.where(mask[:, 0] > 0, every - gold, 0.0).sum()
