"""Train the entity recogniser: ``python -m pipelines.train --data ../shared/data``.

Steps, each kept in ``build/train`` and not repeated unless asked for: the tries of semantic
classes, the word vectors, the network, the chain with hand-made features; then all is packed into
``kg/nlp/model``. The same seed and data give the same weights.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import marisa_trie
import numpy as np

from kg.nlp.ner.features import Encoder
from kg.nlp.ner.lexical import LexicalClasses
from pipelines.terms.sources import Resources, download
from pipelines.train import corpora, crf, lexical, network, vectors

MODEL = Path(__file__).parents[2] / "kg" / "nlp" / "model"
WORK = Path("build") / "train"


def main() -> None:
    """Run the steps."""
    parser = argparse.ArgumentParser(prog="pipelines.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of corpora")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0], help="one tagger each")
    parser.add_argument("--epochs", type=int, default=network.Settings().epochs)
    parser.add_argument("--rate", type=float, default=network.Settings().rate)
    parser.add_argument("--resume", action="store_true", help="go on from the weights in OUT")
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--only", choices=["network", "crf"], help="train one of the two anew")
    given = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    if not (given.out / "names.marisa").exists():
        lexical.build(Resources(download(WORK)), given.out)
    words, table = _vectors(given.data, given.out, given.seeds[0])
    tasks = {
        "cases": list(corpora.examples(corpora.maccrobat_texts(given.data))),
        "abstracts": list(corpora.examples(corpora.bc5cdr_texts(given.data))),
        "events": list(corpora.examples(corpora.phee_texts(given.data))),
    }
    if given.only != "crf":
        of_kinds = {**tasks, "cases": [corpora.by_kind(example) for example in tasks["cases"]]}
        for seed in given.seeds:
            settings = network.Settings(seed=seed, epochs=given.epochs, rate=given.rate)
            _network(of_kinds, words, table, given.out, settings, resume=given.resume)
    if given.only != "network":
        classes = LexicalClasses(given.out)
        for head in ("cases", "abstracts"):
            names = label_names(tasks[head])
            out = given.out / f"{head}.npz"
            crf.train(tasks[head], classes, names, WORK / f"{head}.crfsuite", out)


def _vectors(data: Path, model: Path, seed: int) -> tuple[list[str], np.ndarray]:
    """Return the word forms and their vectors, trained unless they were."""
    kept = WORK / "vectors.npz"
    if not kept.exists():
        names = marisa_trie.Trie().mmap(str(model / "names.marisa"))
        words, table = vectors.train(corpora.plain_texts(data), names, WORK, seed)
        np.savez(kept, words=np.array(words), table=table)
    with np.load(kept) as stored:
        return stored["words"].tolist(), stored["table"]


def label_names(examples: Iterable[corpora.Example]) -> list[str]:
    """Return the labels, O first, begin before inside of each type."""
    types = sorted({label[2:] for example in examples for label in example.labels} - {""})
    return ["O", *(f"{place}-{name}" for name in types for place in "BI")]


def _network(
    tasks: dict[str, list[corpora.Example]],
    words: list[str],
    table: np.ndarray,
    out: Path,
    settings: network.Settings,
    *,
    resume: bool,
) -> None:
    known = json.loads((out / "classes.json").read_text())
    sizes = (2 * len(known["names"]) + 2, len(known["words"]) + 1)
    scaled = np.concatenate([np.zeros((1, table.shape[1])), 3 * table]).astype(np.float16)
    encoder = Encoder({word: row for row, word in enumerate(words, 1)}, LexicalClasses(out))
    encoded = {}
    for head, examples in tasks.items():
        names = label_names(examples)
        index = {name: number for number, name in enumerate(names)}
        encoded[head] = network.Task(
            rows=[encoder(example.words) for example in examples],
            labels=[np.array([index[x] for x in e.labels], dtype=np.int32) for e in examples],
            names=names,
        )
    np.savez_compressed(out / "vectors.npz", vectors=scaled)
    kept = out / f"network-{settings.seed}.npz"
    begun = dict(np.load(kept)) if resume else None
    weights = network.train(encoded, scaled.astype(np.float32), sizes, settings, begun)
    used = {
        name: array.astype(np.float16)
        for name, array in weights.items()
        if name != "vectors" and not name.startswith("events.")
    }
    np.savez_compressed(kept, **used)
    (out / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    labels = {head: list(task.names) for head, task in encoded.items() if head != "events"}
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n")


if __name__ == "__main__":
    main()
