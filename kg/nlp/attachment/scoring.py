"""Which head an attribute belongs to: a logistic regression over the features of each pair.

The weights are data, one table for each relation (``weights/value.tsv`` …), learned from the
MODIFY relations of MACCROBAT2020 (Caufield et al., CC BY 4.0) by ``tools/train/attachment.py``.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from kg.errors import TermsError
from kg.nlp.attachment.features import Pair, Scene, features, pairs, without_glosses

WEIGHTS = Path(__file__).with_name("weights")
REACH = 6
"""Heads looked at on either side of an attribute."""
LIKELY = 0.4
"""From this probability on an attribute belongs to the further heads of a list too."""
AT_LEAST = 0.15
"""The best pair of an attribute is linked from this probability on."""

_JOINT = re.compile(
    r"(?: ?\([^()]{0,25}\))? ?(?:,|;|and|or|/|plus|\+|, and|with|and then) ?(?:[\w-]+ ){0,2}"
)
_COURSE = re.compile(r"(?i:\b(?:cycles?|courses?|rounds?)\b)")

Relation = Literal["value", "dose", "site", "grade"]


@dataclass(frozen=True, slots=True)
class Link:
    """An attribute and a head (places in the scene's lists) with its probability."""

    item: int
    head: int
    score: float


@cache
def weights(relation: Relation) -> dict[str, float]:
    """Return the weight of each feature of one relation; ``""`` is the intercept.

    Raises
    ------
    TermsError
        When a line of the table does not have a feature and a number.
    """
    path = WEIGHTS / f"{relation}.tsv"
    table: dict[str, float] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        feature, _, weight = line.rpartition("\t")
        try:
            table[feature] = float(weight)
        except ValueError:
            raise TermsError(
                f"line {number} has no weight",
                where=str(path),
                hint="train the weights again with tools/train/attachment.py",
            ) from None
    return table


def links(scene: Scene, relation: Relation) -> list[Link]:
    """Return the links of a sentence, in order of its attributes, the likeliest head first.

    Examples
    --------
    >>> scene = Scene("Hb 10.1 g/dL, WBC 5.2", [(3, 12), (18, 21)], [(0, 2), (14, 17)],
    ...               ["Marker", "Marker"])
    >>> [(link.item, link.head) for link in links(scene, "value")]
    [(0, 0), (1, 1)]
    """
    table = weights(relation)
    intercept = table.get("", 0.0)
    scene, places = without_glosses(scene)
    of_item: dict[int, list[Link]] = defaultdict(list)
    for pair in pairs(scene, REACH):
        of_item[pair.item].append(_scored(scene, pair, table, intercept))
    chosen: list[Link] = []
    for item in sorted(of_item):
        ranked = sorted(of_item[item], key=lambda link: (-link.score, link.head))
        if ranked[0].score >= AT_LEAST:
            spread = relation == "dose" and _is_course(scene, item)
            likely = {link.head for link in ranked if spread or link.score >= LIKELY}
            group = coordinated(scene, ranked[0].head, likely)
            chosen.extend(link for link in ranked if link.head in group)
    return [Link(link.item, places[link.head], link.score) for link in chosen]


def _is_course(scene: Scene, item: int) -> bool:
    """Whether a dose is told in courses, which every drug of the list then has."""
    start, end = scene.items[item]
    return _COURSE.search(scene.text, start, end) is not None


def coordinated(scene: Scene, head: int, likely: set[int]) -> set[int]:
    """Return a head with the likely ones in its list: "A, B (b) and C were normal".

    Examples
    --------
    >>> scene = Scene("ALT and AST were normal on MRI", [(17, 23)], [(0, 3), (8, 11), (27, 30)], [])
    >>> sorted(coordinated(scene, 0, {1, 2}))
    [0, 1]
    """
    group = {head}
    for step in (1, -1):
        place = head
        while place + step in likely:
            left, right = sorted((place, place + step))
            start, end = scene.heads[left][1], scene.heads[right][0]
            if not _JOINT.fullmatch(scene.text, start, end) or any(
                start <= item_start < end for item_start, _ in scene.items
            ):
                break
            place += step
            group.add(place)
    return group


def _scored(scene: Scene, pair: Pair, table: dict[str, float], intercept: float) -> Link:
    total = intercept + sum([table.get(name, 0.0) for name in features(scene, pair)])
    return Link(pair.item, pair.head, 1 / (1 + math.exp(-total)))
