"""References and in-text marks: parsing, splitting and marks of JATS articles flattened to text.

``python -m tools.evaluate references --data ../shared/data``, or the folder of other articles.
The chain is scored on articles that it was not trained on: by three-fold cross-validation over
the articles at hand, which takes some minutes, or with the packaged model where none of the
articles is one of its own.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.documents.model import Reference
from kg.documents.references import parse, split
from kg.documents.references.chain import Chain, chain
from kg.documents.references.opinions import AGREED
from pipelines.train.references import TRAINED_ON, train
from tools.evaluate.references_corpus import Article, Tagged, anystyle, articles
from tools.evaluate.references_marks import counts, marked
from tools.evaluate.references_scores import NAMES, agrees, right, whole

FOLDS = 3
_LABELS = (("1.", "{}. "), ("[1]", "[{}] "), ("1 Author", "{} "))
_FEWEST = 3


def figures(data: Path) -> Iterator[dict[str, Any]]:
    """Yield the table of references: parsing, confidence, splitting, marks and speed."""
    root, extra = _places(data)
    found = list(articles(root))
    chains = _chains(found, extra)
    started = time.perf_counter()
    parsed = [
        (one, parse(one.text, second=chains(article.name)))
        for article in found
        for one in article.references
    ]
    seconds = time.perf_counter() - started
    yield from _parsing(parsed)
    yield from _confidence(parsed)
    yield _figure("references per second", round(len(parsed) / seconds), len(parsed))
    if extra:
        yield from _other_fields(anystyle(extra), chains)
    yield from _splitting(found)
    yield from _marks(root)


def _figure(measure: str, value: float, of: int, **more: Any) -> dict[str, Any]:
    return {"corpus": "references", "measure": measure, "value": value, "of": of, **more}


def _places(data: Path) -> tuple[Path, Path | None]:
    """Return the folder of articles, and AnyStyle's set where it is at hand."""
    shared = next((one for one in (data, data.parent) if (one / "jats").is_dir()), None)
    if shared is None:
        return data, None
    extra = shared / "references" / "anystyle_core.xml"
    return shared / "jats", extra if extra.exists() else None


def _chains(found: Sequence[Article], extra: Path | None) -> Callable[[str], Chain]:
    """Return which chain reads an article: one that was not trained on it."""
    trained = set(TRAINED_ON.read_text(encoding="utf-8").split())
    if not any(article.name in trained for article in found):
        return lambda name: chain()
    tagged = [one for article in found for one in article.references]
    tagged += anystyle(extra) if extra else []
    folds = []
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            model = Path(folder) / f"{fold}.model"
            train([one for one in tagged if _fold(one.article) != fold], model)
            folds.append(Chain(model))
    return lambda name: folds[_fold(name)]


def _fold(article: str) -> int:
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % FOLDS


def _parsing(parsed: Sequence[tuple[Tagged, Reference]]) -> Iterator[dict[str, Any]]:
    """Yield by group the share that is right in all six fields, and in each."""
    groups: dict[str, Counter[str]] = {}
    dois: Counter[str] = Counter()
    for one, read in parsed:
        tally = groups.setdefault(one.group, Counter())
        fields = right(read, one.fields)
        tally.update(name for name, good in fields.items() if good)
        tally.update({"of": 1, "full": all(fields.values())})
        if one.fields.doi and one.fields.doi in one.text.lower():
            dois.update({"of": 1, "right": read.doi == one.fields.doi})
    for group, tally in sorted(groups.items()):
        share = {name: round(tally[name] / tally["of"], 4) for name in NAMES}
        yield _figure(f"full, {group}", round(tally["full"] / tally["of"], 4), tally["of"], **share)
    if dois["of"]:
        yield _figure("doi", round(dois["right"] / dois["of"], 4), dois["of"])


def _confidence(parsed: Sequence[tuple[Tagged, Reference]]) -> Iterator[dict[str, Any]]:
    """Yield how many references each confidence has, and how many of them are right."""
    tally: dict[float, Counter[bool]] = {}
    for one, read in parsed:
        good = all(right(read, one.fields).values())
        tally.setdefault(read.confidence, Counter())[good] += 1
    for confidence, counted in sorted(tally.items(), reverse=True):
        number = counted.total()
        name = "confident" if confidence == AGREED else f"confidence {confidence}"
        yield _figure(
            name,
            round(number / len(parsed), 4),
            len(parsed),
            right=round(counted[True] / number, 4),
        )


def _other_fields(
    tagged: Sequence[Tagged], chains: Callable[[str], Chain]
) -> Iterator[dict[str, Any]]:
    """Yield the share read in full of AnyStyle's journal references, few of them medical."""
    outcomes = [
        agrees(parse(one.text, second=chains(one.article)), one.pieces)
        for one in tagged
        if whole(one.pieces)
    ]
    yield _figure("full, AnyStyle", round(sum(outcomes) / len(outcomes), 4), len(outcomes))


def _splitting(found: Sequence[Article]) -> Iterator[dict[str, Any]]:
    """Yield the share of entries cut out exactly of lists in one line, and one to a line."""
    lists = [[one.text.strip() for one in article.references] for article in found]
    lists = [entries for entries in lists if len(entries) >= _FEWEST]
    for style, label in (*_LABELS, ("one a line", "")):
        exact = 0
        for entries in lists:
            numbered = [label.format(n) + entry for n, entry in enumerate(entries, 1)]
            text = ("\n" if not label else " ").join(numbered)
            cut = Counter(text[entry.start : entry.end] for entry in split(text))
            exact += (cut & Counter(entries)).total()
        number = sum(map(len, lists))
        yield _figure(f"split, {style}", round(exact / number, 4), number)


def _marks(root: Path) -> Iterator[dict[str, Any]]:
    tallies: dict[str, list[int]] = {}
    for one in marked(root):
        tally = tallies.setdefault(one.style, [0, 0, 0, 0])
        tallies[one.style] = [a + b for a, b in zip(tally, counts(one), strict=True)]
    for style, (number, good, tagged, reached) in sorted(tallies.items()):
        yield _figure(
            f"marks, {style}",
            round(2 * good / max(1, number + tagged), 4),
            tagged,
            precision=round(good / max(1, number), 4),
            recall=round(reached / max(1, tagged), 4),
        )
