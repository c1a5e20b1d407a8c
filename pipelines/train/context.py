"""Word vectors from a pretrained encoder: the mean state of a word over where it stands.

A lower layer is read, in which states are still about the word more than about the sentence. Rare
words of the vocabularies are read in their names. The 384 dimensions are then rotated and cut to
the directions that vary most (as Model2Vec does).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from kg.nlp.ner.features import form
from pipelines.train import encoder

LAYERS = 4
LENGTH = 128
"""Pieces of a sequence, the two at its ends included."""
DIMENSIONS = 80
LEAST_TEXT, LEAST_NAMES = 2, 4
"""A word that occurs in fewer places gets no vector."""
_ENOUGH, _ENOUGH_NAMES = 6, 2
"""A sentence is read while it holds a word that was read fewer times."""
_SMOOTHING = 50
_BATCH = 16

Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Read:
    """Words with their mean states, and how often each was read."""

    words: list[str]
    states: NDArray[np.float32]
    counts: NDArray[np.float64]


def read(
    texts: Iterable[Sequence[Words]],
    names: Iterable[Words],
    weights: encoder.Weights,
    cut: encoder.WordPieces,
) -> Read:
    """Read running text, and names for the words that it lacks.

    Parameters
    ----------
    texts
        The sentences of texts.
    names
        The names of a vocabulary as words.
    weights, cut
        Of the encoder (:func:`pipelines.train.encoder.load`).
    """
    chance = random.Random(0)
    flat = [sentence for text in texts for sentence in text]
    of_text = Counter(form(word) for sentence in flat for word in sentence)
    wanted = {w for w, n in of_text.items() if n >= LEAST_TEXT and w[0].isalpha()}
    kept = _enough(flat, wanted, _ENOUGH, chance)
    several = [list(name) for name in names]
    of_names = Counter(form(word) for name in several for word in name)
    lacking = {
        w
        for w, n in of_names.items()
        if n >= LEAST_NAMES and w.isalpha() and of_text[w] < LEAST_TEXT
    }
    extra = _enough(several, lacking, _ENOUGH_NAMES, chance)
    groups = [kept[at : at + 50] for at in range(0, len(kept), 50)]
    groups += [extra[at : at + 40] for at in range(0, len(extra), 40)]
    found = sequences(groups, cut)
    forms = [form(word) for sentence in kept + extra for word in sentence]
    mean = _mean_states(found, forms, weights)
    known = [
        row
        for row, word in enumerate(mean.words)
        if of_text[word] >= LEAST_TEXT or of_names[word] >= LEAST_NAMES
    ]
    return Read([mean.words[row] for row in known], mean.states[known], mean.counts[known])


def _enough(
    sentences: Sequence[Words], wanted: set[str], times: int, chance: random.Random
) -> list[Words]:
    """Return as many sentences, in their order, as hold every wanted word often enough."""
    order = list(range(len(sentences)))
    chance.shuffle(order)
    seen: Counter[str] = Counter()
    kept = []
    for number in order:
        words = {form(word) for word in sentences[number]}
        if any(word in wanted and seen[word] < times for word in words):
            kept.append(number)
            seen.update(words)
    return [sentences[number] for number in sorted(kept)]


@dataclass(frozen=True, slots=True)
class Sequences:
    """Texts cut to sequences of pieces.

    ``pieces`` and ``owners`` (the word of each piece, or -1) are sequences × pieces; ``sizes``
    are the words of each.
    """

    pieces: NDArray[np.int32]
    owners: NDArray[np.int32]
    sizes: list[int]


def sequences(texts: Sequence[Sequence[Words]], cut: encoder.WordPieces) -> Sequences:
    """Put the sentences of each text together to sequences; what does not fit begins the next."""
    made: list[tuple[list[int], list[int]]] = []
    for text in texts:
        made.append(([], []))
        for words in text:
            of_words = [cut(word)[: LENGTH - 2] for word in words]
            if len(made[-1][0]) + sum(map(len, of_words)) > LENGTH - 2:
                made.append(([], []))
            for pieces in of_words:
                if len(made[-1][0]) + len(pieces) > LENGTH - 2:
                    made.append(([], []))
                number = made[-1][1][-1] + 1 if made[-1][1] else 0
                made[-1][0].extend(pieces)
                made[-1][1].extend([number] * len(pieces))
    made = [pair for pair in made if pair[0]]
    found = Sequences(
        pieces=np.zeros((len(made), LENGTH), dtype=np.int32),
        owners=np.full((len(made), LENGTH), -1, dtype=np.int32),
        sizes=[owners[-1] + 1 for _, owners in made],
    )
    for at, (pieces, owners) in enumerate(made):
        found.pieces[at, : len(pieces) + 2] = [cut.begin, *pieces, cut.end]
        found.owners[at, 1 : len(pieces) + 1] = owners
    return found


def _mean_states(given: Sequences, forms: Sequence[str], weights: encoder.Weights) -> Read:
    """Return the mean state of each word; ``forms`` are the words of the sequences in order."""
    index: dict[str, int] = {}
    rows = np.array([index.setdefault(word, len(index)) for word in forms])
    total = np.zeros((len(index), 384), dtype=np.float32)
    counts = np.zeros(len(index))
    lower = encoder.layers(weights, 0, LAYERS)

    @jax.jit
    def of_words(pieces: jax.Array, owners: jax.Array) -> jax.Array:
        states = encoder.run(lower, encoder.embed(weights, pieces), pieces)
        owned = jax.nn.one_hot(owners, LENGTH)
        counted = jnp.maximum(owned.sum(1), 1)[..., None]
        return jnp.einsum("blw,blh->bwh", owned, states) / counted

    at = 0
    for first in range(0, len(given.sizes), _BATCH):
        block = slice(first, first + _BATCH)
        states = np.asarray(of_words(given.pieces[block], given.owners[block]))
        for row, size in enumerate(given.sizes[block]):
            np.add.at(total, rows[at : at + size], states[row, :size])
            np.add.at(counts, rows[at : at + size], 1)
            at += size
    return Read(list(index), total / counts[:, None].astype(np.float32), counts)


def reduced(read: Read, dimensions: int = DIMENSIONS) -> NDArray[np.float32]:
    """Return the states rotated to the directions that vary most, and cut.

    Frequent words count for more; directions that vary much are damped by the root of their
    deviation, so that the many that vary little have a say.
    """
    weight = np.sqrt(np.minimum(read.counts, _SMOOTHING))[:, None]
    centred = read.states - (read.states * weight).sum(axis=0) / weight.sum()
    variances, directions = np.linalg.eigh((centred * weight).T @ centred / weight.sum())
    kept = centred @ directions[:, ::-1][:, :dimensions]
    kept /= variances[::-1][:dimensions] ** 0.25
    scaled: NDArray[np.float32] = (kept / np.sqrt((kept**2).mean()) / 2.5).astype(np.float32)
    return scaled
