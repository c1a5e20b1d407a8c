"""Train the chain that reads references: ``python -m pipelines.train.references --data DIR``.

DIR holds ``jats/`` and ``references/anystyle_core.xml``. Every tagged reference is shown as its
journal prints it and in three further styles, drawn by a hash of its words, so that the chain
knows styles whose articles are rare here. Reserved articles are left out. The same data give the
same model.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pycrfsuite

from kg.documents.references.chain import LABELS, MODEL, features, tokens
from kg.documents.references.identifiers import identify
from tools.evaluate.references_corpus import Tagged, anystyle, articles
from tools.evaluate.references_styles import STYLES, Piece, render

SETTINGS = {
    "c1": 0.3,
    "c2": 0.02,
    "max_iterations": 120,
    "feature.minfreq": 3,
    "feature.possible_transitions": False,
}
_FURTHER_STYLES = 3
TRAINED_ON = MODEL.with_suffix(".articles.txt")


def examples(references: Iterable[Tagged]) -> Iterator[tuple[str, list[str]]]:
    """Yield strings without identifiers and the label of each of their tokens."""
    for reference in references:
        yield from _example(reference.pieces)
        if not reference.fields.journal:
            continue
        digest = hashlib.sha256(reference.text.encode()).digest()
        names = sorted(STYLES)
        for byte in digest[:_FURTHER_STYLES]:
            yield from _example(tuple(render(reference.fields, STYLES[names[byte % len(names)]])))


def _example(pieces: tuple[Piece, ...]) -> Iterator[tuple[str, list[str]]]:
    """Yield one labelled string, its identifiers taken out as they are before parsing."""
    kept = [(label, words) for label, words in pieces if label != "doi"]
    text = "".join(words for _, words in kept)
    body = identify(text).body
    start = text.find(body)
    if not body or start < 0:
        return
    ends: list[tuple[int, str]] = []
    at = -start
    for label, words in kept:
        at += len(words)
        ends.append((at, label if label in LABELS else "other"))
    place = 0
    labels = []
    for word, first, _ in tokens(body):
        while place < len(ends) - 1 and first >= ends[place][0]:
            place += 1
        label = ends[place][1]
        labels.append("other" if label != "author" and word in '.,;:()"“”' else label)
    yield body, _continued(labels)


def _continued(labels: list[str]) -> list[str]:
    """Give punctuation inside a field the field's label."""
    done = list(labels)
    for place, label in enumerate(labels):
        if label != "other":
            continue
        before = done[place - 1] if place else "other"
        after = next((one for one in labels[place : place + 4] if one != "other"), "other")
        if before == after != "other" and before not in ("volume", "year"):
            done[place] = before
    return done


def train(references: Iterable[Tagged], model: Path) -> None:
    """Train a chain on references and write it."""
    trainer = pycrfsuite.Trainer("lbfgs", verbose=False)
    for body, labels in examples(references):
        trainer.append(features(body, tokens(body)), labels)
    trainer.set_params(SETTINGS)
    trainer.train(str(model))


def main() -> None:
    """Train on everything at hand and write the model and the names of its articles."""
    parser = argparse.ArgumentParser(prog="pipelines.train.references", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of shared data")
    parser.add_argument("--out", type=Path, default=MODEL)
    given = parser.parse_args()
    found = list(articles(given.data / "jats"))
    tagged = [one for article in found for one in article.references]
    tagged += anystyle(given.data / "references" / "anystyle_core.xml")
    train(tagged, given.out)
    names = sorted(article.name for article in found)
    TRAINED_ON.write_text("\n".join(names) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
