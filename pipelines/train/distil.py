"""What several models say of text without labels, for one tagger to learn (distillation).

The labels are soft (Hinton, Vinyals and Dean 2015): the mean of the probabilities of taggers of
other seeds and of the linear chain, whose errors are of another kind. Narrative teaches the head
of cases, abstracts that of abstracts; and what is labelled for one head teaches the other as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain as joined
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.nlp.ner.chain import Layout
from kg.nlp.ner.indicators import LinearChain
from kg.nlp.ner.lexical import LexicalClasses
from kg.nlp.ner.network import Network
from pipelines.train import corpora

CHAIN_SHARE = 0.45
_LONGEST = 400
_LEAST = 0.01
_SHORT, _FULL = 2, 70

Words = tuple[str, ...]
Soft = tuple[Words, NDArray[np.float16]]


def narratives(data: Path) -> Iterator[str]:
    """Yield case texts, case reports, and what PHEE and BC5CDR mark; none kept for measuring."""
    apart = corpora.reserved()
    for path in sorted((data / "case_texts").glob("*.txt")):
        if path.stem not in apart:
            yield path.read_text(encoding="utf-8")
    for path in sorted((data / "jats" / "case_reports").glob("*.xml")):
        if path.name.partition(".")[0] not in apart:
            yield " ".join(corpora.elements(path, "{*}p"))
    for texts in (corpora.phee_texts(data), corpora.bc5cdr_texts(data)):
        yield from (text.text for text in texts)


def abstracts(data: Path) -> Iterator[str]:
    """Yield abstracts of PubMed, and what PHEE and MACCROBAT mark."""
    for path in sorted((data / "pubmed_xml").glob("*.xml")):
        yield from corpora.elements(path, "AbstractText")
    for texts in (corpora.phee_texts(data), corpora.maccrobat_texts(data)):
        yield from (text.text for text in texts)


def words_of(text: str) -> list[Words]:
    """Return the sentences of a text as words."""
    cut = corpora.sentences(text)
    return [tuple(text[a:b] for a, b in sentence)[:_LONGEST] for sentence in cut]


def texts_of(texts: Iterable[str]) -> list[list[Words]]:
    """Return the sentences of texts as words; short texts are put together."""
    found: list[list[Words]] = []
    for text in texts:
        words = words_of(text)
        short = found and len(words) <= _SHORT and sum(map(len, found[-1])) < _FULL
        if short:
            found[-1].extend(words)
        elif words:
            found.append(words)
    return found


def labelled(
    texts: Iterable[Sequence[Words]],
    head: str,
    taggers: Sequence[Network],
    chain: LinearChain,
    classes: LexicalClasses,
) -> Iterator[Soft]:
    """Yield each sentence with the mean of what taggers and the chain say of its labels."""
    for text in texts:
        layout = Layout([len(words) for words in text])
        tags = [classes.of_names(words) for words in text]
        every = list(joined.from_iterable(text)), list(joined.from_iterable(tags))
        said = [t.probabilities(t.encode(*every, layout), layout, head) for t in taggers]
        mean = (1 - CHAIN_SHARE) * np.mean(said, axis=0)
        mean += CHAIN_SHARE * chain.probabilities(text, tags, layout)
        mean[mean < _LEAST] = 0
        mean /= mean.sum(axis=1, keepdims=True)
        ends = np.cumsum([len(words) for words in text])[:-1]
        yield from zip(text, np.split(mean.astype(np.float16), ends), strict=True)


def save(path: Path, soft: Mapping[str, Sequence[Soft]]) -> None:
    """Write soft labels."""
    arrays: dict[str, Any] = {}
    for head, pairs in soft.items():
        arrays[f"{head}.words"] = np.array([word for words, _ in pairs for word in words])
        arrays[f"{head}.sizes"] = np.array([len(words) for words, _ in pairs])
        arrays[f"{head}.labels"] = np.concatenate([labels for _, labels in pairs])
    np.savez_compressed(path, **arrays)


def load(path: Path) -> dict[str, list[Soft]]:
    """Read soft labels."""
    found: dict[str, list[Soft]] = {}
    with np.load(path) as stored:
        for head in sorted({name.partition(".")[0] for name in stored}):
            words, labels = stored[f"{head}.words"].tolist(), stored[f"{head}.labels"]
            ends = np.cumsum(stored[f"{head}.sizes"]).tolist()
            starts = [0, *ends[:-1]]
            found[head] = [
                (tuple(words[a:b]), labels[a:b]) for a, b in zip(starts, ends, strict=True)
            ]
    return found
