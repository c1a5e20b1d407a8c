"""Word vectors from the text at hand and from the names of the vocabularies (floret)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import floret
import marisa_trie
import numpy as np
from numpy.typing import NDArray

from kg.nlp.ner.features import form
from pipelines.train.corpora import sentences

DIMENSIONS = 80
NAMES = 150_000
"""How many names of several words are read beside the text, so that rare terms get a place."""
LEAST = 2
"""A word that occurs fewer times gets no vector of its own."""


def train(
    texts: Iterable[str], names: marisa_trie.Trie, work: Path, seed: int
) -> tuple[list[str], NDArray[np.float32]]:
    """Return the word forms and their unit vectors.

    Parameters
    ----------
    texts
        Running text.
    names
        The names of ``names.marisa``, which are read as short sentences.
    work
        A folder for the training file.
    seed
        Of the order of sentences; floret itself runs in one thread and starts from a fixed state.
    """
    lines = [
        " ".join(form(text[start:end]) for start, end in tokens)
        for text in texts
        for tokens in sentences(text)
    ]
    counts = Counter(word for line in lines for word in line.split(" "))
    several = [form(name) for name in sorted(names.keys()) if " " in name]
    chance = random.Random(seed)
    mixed = [*lines, *lines, *chance.sample(several, min(NAMES, len(several)))]
    chance.shuffle(mixed)
    work.mkdir(parents=True, exist_ok=True)
    source = work / "sentences.txt"
    source.write_text("\n".join(mixed), encoding="utf-8")
    model = floret.train_unsupervised(
        str(source),
        model="skipgram",
        mode="fasttext",
        dim=DIMENSIONS,
        minCount=3,
        minn=3,
        maxn=6,
        bucket=100_000,
        epoch=6,
        ws=5,
        thread=1,
        verbose=0,
    )
    words = sorted(word for word in model.words if counts[word] >= LEAST)
    table = np.stack([model.get_word_vector(word) for word in words]).astype(np.float32)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    return words, table
