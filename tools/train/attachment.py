"""Train the weights of attachment on MACCROBAT's MODIFY relations.

``python -m tools.train.attachment ../shared/data/maccrobat`` writes
``kg/nlp/attachment/weights/*.tsv``. The development part is left out. Full-batch gradient descent
(Adam) on a convex loss from zero: the same data give the same weights.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.nlp.attachment.features import Scene, features, pairs, without_glosses
from kg.nlp.attachment.scoring import REACH, WEIGHTS
from tools.evaluate.attachment import HEADS, ITEMS, brat, scenes
from tools.evaluate.parts import is_development

MIN_COUNT = 3
PENALTY = 1.0
STEPS = 600
RATE = 0.05
_HEADER = (
    "# Weights of the {} relation: feature, tab, weight; the line without one is the intercept.\n"
    "# Learned by tools/train/attachment.py from MACCROBAT2020 (Caufield et al., CC BY 4.0,\n"
    "# figshare 9764942), its development part left out. Not to be edited by hand.\n"
)


def examples(data: Path, relation: str) -> Iterator[tuple[list[str], bool]]:
    """Yield the features of each pair of the training documents, and whether it is linked."""
    for path in sorted(data.glob("*.ann")):
        if is_development(path.stem):
            continue
        for scene, gold in scenes(brat(path), ITEMS[relation], HEADS[relation]):
            yield from _labelled(scene, gold)


def _labelled(scene: Scene, gold: set[tuple[int, int]]) -> Iterator[tuple[list[str], bool]]:
    scene, places = without_glosses(scene)
    for pair in pairs(scene, REACH):
        yield features(scene, pair), (pair.item, places[pair.head]) in gold


def fit(rows: Iterable[tuple[list[str], bool]]) -> dict[str, float]:
    """Return the weights of a logistic regression with an L2 penalty."""
    data = list(rows)
    counts = Counter(name for names, _ in data for name in names)
    vocabulary = {name: i for i, name in enumerate(sorted(counts)) if counts[name] >= MIN_COUNT}
    index = {name: place for place, name in enumerate(vocabulary)}
    known = [[index[name] for name in names if name in index] for names, _ in data]
    columns = np.concatenate([np.array(row, dtype=int) for row in known])
    owners = np.repeat(np.arange(len(known)), [len(row) for row in known])
    truth = np.array([float(linked) for _, linked in data])
    weights: NDArray[np.float64] = np.zeros(len(index))
    intercept = 0.0
    mean, spread = np.zeros(len(index)), np.zeros(len(index))
    for step in range(1, STEPS + 1):
        total = np.bincount(owners, weights=weights[columns], minlength=len(known)) + intercept
        error = 1 / (1 + np.exp(-total)) - truth
        pull = np.bincount(columns, weights=error[owners], minlength=len(index))
        slope = (pull + PENALTY * weights) / len(truth)
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.999 * spread + 0.001 * slope**2
        update = (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
        weights -= RATE * update
        intercept -= RATE * float(error.mean())
    named = {name: round(float(weights[place]), 4) for name, place in index.items()}
    return {"": round(intercept, 4), **named}


def main(data: Path) -> None:
    """Train every relation and write its table."""
    for relation in ITEMS:
        table = fit(examples(data, relation))
        lines = "".join(f"{name}\t{weight}\n" for name, weight in table.items())
        (WEIGHTS / f"{relation}.tsv").write_text(_HEADER.format(relation) + lines, encoding="utf-8")
        sys.stderr.write(f"{relation}: {len(table)} weights\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
