"""The indicator features of the linear model, and their sums of weights.

Every feature is a string; most depend on one word and its distance only, so that the sum of
their weights is computed once a word and then looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path

import marisa_trie
import numpy as np

from kg.nlp.ner.chain import Floats, Layout, marginals
from kg.nlp.ner.features import form, shape
from kg.nlp.ner.lexical import LexicalClasses

WINDOW = 3
"""How many words on either side are looked at."""
_NEAR = ("w", "s", "c", "h", "x3")
_FAR = ("w", "c")


def of_word(word: str, classes: LexicalClasses) -> dict[str, str]:
    """Return the features of a word by name."""
    low = form(word)
    inside, head = classes.of_word(word.lower())
    features = {"w": low, "s": shape(word), "c": str(inside), "h": str(head)}
    for size in (2, 3, 4, 5):
        if len(low) > size:
            features[f"p{size}"] = low[:size]
            features[f"x{size}"] = low[-size:]
    return features


def at_distance(word: str, distance: int, classes: LexicalClasses) -> list[str]:
    """Return the features that a word gives to the token it stands ``distance`` words from."""
    features = of_word(word, classes)
    names: Sequence[str] = list(features)
    if distance:
        names = _NEAR if abs(distance) == 1 else _FAR if abs(distance) == 2 else ("w",)
    return [f"{distance}{name}={features[name]}" for name in names if name in features]


def of_tags(before: int, tag: int, after: int) -> list[str]:
    """Return the features of a token's name tag and its neighbours' (-1 outside the sentence)."""
    return ["bias", f"t={tag}", f"-1t={before}", f"+1t={after}", f"3t={before}/{tag}/{after}"]


def _around(tags: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield each tag of a sentence between its neighbours (-1 outside)."""
    padded = [-1, *tags, -1]
    return zip(padded, tags, padded[2:], strict=False)


def of_pairs(words: Sequence[str]) -> list[list[str]]:
    """Return for each token the features of it with the word before and the word after it."""
    lower = [word.lower() for word in words]
    pairs = [f"{left}_{right}" for left, right in pairwise(lower)]
    found: list[list[str]] = [[] for _ in lower]
    for i, pair in enumerate(pairs):
        found[i].append(f"fw={pair}")
        found[i + 1].append(f"bw={pair}")
    return found


def features(words: Sequence[str], classes: LexicalClasses) -> list[list[str]]:
    """Return all features of each token of a sentence, as the training reads them."""
    found = of_pairs(words)
    around = _around(classes.of_names(words))
    for i, (here, tags) in enumerate(zip(found, around, strict=True)):
        here.extend(of_tags(*tags))
        for distance in range(-WINDOW, WINDOW + 1):
            if 0 <= i + distance < len(words):
                here.extend(at_distance(words[i + distance], distance, classes))
    return found


class LinearChain:
    """A conditional random field over indicator features.

    Parameters
    ----------
    path
        The weights: ``keys`` (features, a marisa trie as bytes), ``weights`` (features × labels,
        whole numbers times ``scale``), ``transitions`` and ``labels``.
    classes
        What open vocabularies say of words.
    """

    def __init__(self, path: Path, classes: LexicalClasses) -> None:
        with np.load(path) as stored:
            self._weights: Floats = stored["weights"].astype(np.float32) * stored["scale"]
            self._transitions: Floats = stored["transitions"].astype(np.float32)
            self.labels: list[str] = stored["labels"].tolist()
            self._keys = marisa_trie.Trie().frombytes(stored["keys"].tobytes())
        self._classes = classes
        self._rows: dict[str, int] = {}
        self._of_tags = lru_cache(maxsize=65536)(self._sum_of_tags)
        self._sums = np.zeros((1024, 2 * WINDOW + 1, self._weights.shape[1]), dtype=np.float32)

    def probabilities(
        self, sentences: Sequence[Sequence[str]], tags: Sequence[Sequence[int]], layout: Layout
    ) -> Floats:
        """Return tokens × labels, the sentences one after the other."""
        every = list(chain.from_iterable(sentences))
        sizes = np.array([len(words) for words in sentences])
        place = np.arange(layout.rows) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        left = np.repeat(sizes, sizes) - place
        scores = np.zeros((layout.rows, self._weights.shape[1]), dtype=np.float32)
        sums = self._sums_of(every)
        for column, distance in enumerate(range(-WINDOW, WINDOW + 1)):
            rows = np.flatnonzero((place >= -distance) & (left > distance))
            scores[rows] += sums[rows + distance, column]
        scores += [self._of_tags(*around) for own in tags for around in _around(own)]
        self._add_pairs(scores, every, np.flatnonzero(left > 1).tolist())
        first = np.zeros(scores.shape[1], dtype=np.float32)
        return marginals(scores, self._transitions, first, layout)

    def _add_pairs(self, scores: Floats, words: Sequence[str], followed: Sequence[int]) -> None:
        """Add the weights of each token with the one before it and with the one after it."""
        lower = [word.lower() for word in words]
        pairs = [(i, f"{lower[i]}_{lower[i + 1]}") for i in followed]
        find = self._keys.get
        for name, ahead in (("bw", 1), ("fw", 0)):
            found = ((i + ahead, find(f"{name}={pair}")) for i, pair in pairs)
            known = [(token, row) for token, row in found if row is not None]
            if known:
                tokens, rows = np.array(known).T
                scores[tokens] += self._weights[rows]

    def _sum_of_tags(self, before: int, tag: int, after: int) -> Floats:
        found = (self._keys.get(feature) for feature in of_tags(before, tag, after))
        total: Floats = self._weights[[row for row in found if row is not None]].sum(axis=0)
        return total

    def _sums_of(self, words: Sequence[str]) -> Floats:
        """Return words × distances × labels: the sums of weights that depend on the word alone."""
        rows = []
        for word in words:
            row = self._rows.get(word)
            if row is None:
                row = self._rows[word] = self._remember(word)
            rows.append(row)
        found: Floats = self._sums[rows]
        return found

    def _remember(self, word: str) -> int:
        row = len(self._rows)
        if row == len(self._sums):
            self._sums = np.concatenate([self._sums, np.zeros_like(self._sums)])
        for column, distance in enumerate(range(-WINDOW, WINDOW + 1)):
            # the word stands at `distance` from the token that is scored
            for feature in at_distance(word, distance, self._classes):
                index = self._keys.get(feature)
                if index is not None:
                    self._sums[row, column] += self._weights[index]
        return row
