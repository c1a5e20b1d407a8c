"""Train the entity recogniser: ``python -m pipelines.train --data ../shared/data``.

Steps, each kept in ``build/train`` and not repeated unless its file is deleted: the tries of
semantic classes, the word vectors, the linear chains, a tagger for each seed, what they say of
text without labels, and for each head a tagger that learns from all of it. The weights go to
``kg/nlp/model``.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import marisa_trie
import numpy as np

from kg.nlp.ner.features import Encoder
from kg.nlp.ner.indicators import LinearChain
from kg.nlp.ner.lexical import LexicalClasses
from kg.nlp.ner.network import Network
from pipelines.terms.sources import Resources
from pipelines.terms.sources import download as download_vocabularies
from pipelines.train import context, corpora, crf, distil, encoder, lexical, network, vectors

MODEL = Path(__file__).parents[2] / "kg" / "nlp" / "model"
WORK = Path("build") / "train"
HEADS = ("cases", "abstracts")
OF_OTHERS = 0.35
"""Of the batches of a corpus that teaches another head, how many a tagger sees in an epoch."""
Examples = dict[str, list[corpora.Example]]
Weights = dict[str, np.ndarray]


def main() -> None:
    """Run the steps."""
    parser = argparse.ArgumentParser(prog="pipelines.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of corpora")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2], help="a tagger each")
    parser.add_argument("--epochs", type=int, default=network.Settings().epochs)
    parser.add_argument("--soft-epochs", type=int, default=2)
    parser.add_argument("--soft-rate", type=float, default=0.0015)
    parser.add_argument("--out", type=Path, default=MODEL)
    given = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    if not (given.out / "names.marisa").exists():
        lexical.build(Resources(download_vocabularies(WORK)), given.out)
    words, table = _vectors(given.data, given.out)
    encode = _write_vectors(words, table, given.out)
    examples = {
        "cases": [
            corpora.by_kind(e) for e in corpora.examples(corpora.maccrobat_texts(given.data))
        ],
        "abstracts": list(corpora.examples(corpora.bc5cdr_texts(given.data))),
    }
    names = {head: label_names(examples[head]) for head in HEADS}
    (given.out / "labels.json").write_text(json.dumps(names, indent=1) + "\n")
    _chains(examples, given.out)
    with_events = examples | {"events": list(corpora.examples(corpora.phee_texts(given.data)))}
    for seed in given.seeds:
        kept = WORK / f"tagger-{seed}.npz"
        if not kept.exists():
            settings = network.Settings(seed=seed, epochs=given.epochs)
            tasks = _tasks("cases", with_events, {}, encode)
            np.savez(kept, **_packed(network.train(tasks, *_shape(given.out), settings)))
    soft = _soft(given.data, given.seeds, encode, given.out)
    settings = network.Settings(seed=given.seeds[0], epochs=given.soft_epochs, rate=given.soft_rate)
    begun = dict(np.load(WORK / f"tagger-{given.seeds[0]}.npz"))
    for head in HEADS:
        tasks = _tasks(head, examples, {head: soft[head]}, encode)
        weights = network.train(tasks, *_shape(given.out), settings, begun)
        others = tuple(f"{name}." for name in HEADS if name != head)
        used = {n: array for n, array in _packed(weights).items() if not n.startswith(others)}
        np.savez_compressed(given.out / f"network-{head}.npz", **used)


def _vectors(data: Path, model: Path) -> tuple[list[str], np.ndarray]:
    """Return the word forms and their vectors, trained unless they were.

    The vectors are those of our own text and, beside them, those of the pretrained encoder.
    """
    kept = WORK / "vectors.npz"
    if not kept.exists():
        names = marisa_trie.Trie().mmap(str(model / "names.marisa"))
        words, own = vectors.train(corpora.plain_texts(data), names, WORK, 0)
        weights, cut = encoder.load(encoder.download(WORK))
        sentences = [distil.words_of(text) for text in corpora.plain_texts(data)]
        read = context.read(sentences, map(str.split, names.keys()), weights, cut)
        had = set(words)
        every = [*words, *(word for word in read.words if word not in had)]
        place = {word: row for row, word in enumerate(every)}
        table = np.zeros((len(every), own.shape[1] + context.DIMENSIONS), dtype=np.float32)
        table[: len(words), : own.shape[1]] = 3 * own
        table[[place[word] for word in read.words], own.shape[1] :] = context.reduced(read)
        np.savez(kept, words=np.array(every), table=table)
    with np.load(kept) as stored:
        return stored["words"].tolist(), stored["table"]


def _write_vectors(words: list[str], table: np.ndarray, out: Path) -> Encoder:
    """Write the vectors as bytes, row 0 for the unknown word; return what encodes with them."""
    scale = (np.abs(table).max(axis=0) / 127).astype(np.float32)
    packed = np.round(table / scale).astype(np.int8)
    unknown = np.zeros((1, table.shape[1]), dtype=np.int8)
    np.savez_compressed(out / "vectors.npz", vectors=np.vstack([unknown, packed]), scale=scale)
    (out / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    return Encoder({word: row for row, word in enumerate(words, 1)}, LexicalClasses(out))


def label_names(examples: Iterable[corpora.Example]) -> list[str]:
    """Return the labels, O first, begin before inside of each type."""
    types = sorted({label[2:] for example in examples for label in example.labels} - {""})
    return ["O", *(f"{place}-{name}" for name in types for place in "BI")]


def _chains(examples: Examples, out: Path) -> None:
    """Train the linear chain of each head."""
    classes = LexicalClasses(out)
    for head in HEADS:
        kept = WORK / f"{head}.npz"
        if not kept.exists():
            names = label_names(examples[head])
            crf.train(examples[head], classes, names, WORK / f"{head}.crfsuite", kept)
        shutil.copy(kept, out / kept.name)


def _soft(
    data: Path, seeds: Iterable[int], encode: Encoder, out: Path
) -> dict[str, list[distil.Soft]]:
    """Return what the taggers and the chains say of text without labels."""
    kept = WORK / "soft.npz"
    if not kept.exists():
        classes = LexicalClasses(out)
        with np.load(out / "vectors.npz") as stored:
            table = dict(stored)
        taggers = [Network(dict(np.load(WORK / f"tagger-{n}.npz")) | table, encode) for n in seeds]
        sources = {"cases": distil.narratives(data), "abstracts": distil.abstracts(data)}
        soft = {}
        for head, source in sources.items():
            chain = LinearChain(WORK / f"{head}.npz", classes)
            texts = distil.texts_of(source)
            soft[head] = list(distil.labelled(texts, head, taggers, chain, classes))
        distil.save(kept, soft)
    return distil.load(kept)


def _shape(out: Path) -> tuple[np.ndarray, tuple[int, int]]:
    """Return the table of vectors, and the rows of the tables of name tags and word classes."""
    with np.load(out / "vectors.npz") as stored:
        table = stored["vectors"] * stored["scale"]
    known = json.loads((out / "classes.json").read_text())
    return table, (2 * len(known["names"]) + 2, len(known["words"]) + 1)


def _tasks(
    head: str, examples: Examples, soft: dict[str, list[distil.Soft]], encode: Encoder
) -> list[network.Task]:
    """Return what a tagger learns from, all of what teaches its head and some of the rest."""
    tasks = []
    for name, sentences in examples.items():
        names = label_names(sentences)
        index = {label: number for number, label in enumerate(names)}
        rows = [encode(sentence.words) for sentence in sentences]
        labels = [np.array([index[x] for x in e.labels], dtype=np.int32) for e in sentences]
        share = 1.0 if name == head else OF_OTHERS
        tasks.append(network.Task(name, rows, labels, names, share))
    for name, pairs in soft.items():
        rows = [encode(words) for words, _ in pairs]
        said = [probabilities for _, probabilities in pairs]
        tasks.append(network.Task(name, rows, said, label_names(examples[name])))
    return tasks


def _packed(weights: Weights) -> Weights:
    """Return the weights that travel: half as long, without vectors and the third head."""
    return {
        name: array.astype(np.float16)
        for name, array in weights.items()
        if name != "vectors" and not name.startswith("events.")
    }


if __name__ == "__main__":
    main()
