"""The training data as tokenised sentences with IOB labels, and the text for word vectors.

Documents of the development part (one in five, by the hash of their id) and those that
``tests/gold/manifest`` reserves for measuring are left out of everything.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from kg.nlp.ner.labels import labels_of
from kg.nlp.sentences import sentence_starts
from kg.nlp.tokenizer import pieces
from tools.evaluate import bc5cdr, maccrobat
from tools.evaluate.parts import is_development

Span = tuple[int, int, str]
MANIFEST = Path(__file__).parents[2] / "tests" / "gold" / "manifest"
PHEE_ROLES = {
    "Subject": ("Age", "Gender"),
    "Treatment": ("Drug", "Disorder", "Dosage", "Duration", "Freq", "Route", "Time_elapsed"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence: its tokens, and the label of each."""

    words: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """An annotated text."""

    id: str
    text: str
    spans: frozenset[Span]


def sentences(text: str) -> list[list[tuple[int, int]]]:
    """Return the tokens of each sentence as offsets, white space left out."""
    starts = sentence_starts(text)
    cut: list[list[tuple[int, int]]] = [[] for _ in starts]
    place = 0
    for token, blank in pieces(text):
        if not token.isspace():
            cut[bisect_right(starts, place) - 1].append((place, place + len(token)))
        place += len(token) + len(blank)
    return [tokens for tokens in cut if tokens]


def examples(texts: Iterable[Text]) -> Iterator[Example]:
    """Yield the sentences of annotated texts with IOB labels; of overlapping spans the longest."""
    for text in texts:
        tokens_of = sentences(text.text)
        spans = sorted(text.spans, key=lambda span: (span[0] - span[1], span))
        flat = [token for tokens in tokens_of for token in tokens]
        sentence_of = [index for index, tokens in enumerate(tokens_of) for _ in tokens]
        labels = ["O"] * len(flat)
        for start, end, label in spans:
            first = bisect_right(flat, start, key=lambda token: token[1])
            last = bisect_left(flat, end, key=lambda token: token[0])
            free = all(labels[i] == "O" for i in range(first, last))
            if first < last and free and sentence_of[first] == sentence_of[last - 1]:
                labels[first:last] = [f"I-{label}"] * (last - first)
                labels[first] = f"B-{label}"
        at = 0
        for tokens in tokens_of:
            words = tuple(text.text[start:end] for start, end in tokens)
            yield Example(words, tuple(labels[at : at + len(tokens)]))
            at += len(tokens)


def maccrobat_texts(data: Path) -> Iterator[Text]:
    """Yield the training part of MACCROBAT, with the corpus's own types of the nine kinds."""
    own = {label: label for label in maccrobat.KIND_OF}
    for path in sorted((data / "maccrobat").glob("*.ann")):
        if not is_development(path.stem):
            text = path.with_suffix(".txt").read_bytes().decode()
            yield Text(path.stem, text, frozenset(maccrobat.gold_spans(path, own)))


def by_kind(example: Example) -> Example:
    """Return a MACCROBAT sentence labelled by the nine kinds."""
    kinds = labels_of("cases")
    labels = (x if x == "O" else f"{x[:2]}{kinds[x[2:]].network}" for x in example.labels)
    return Example(example.words, tuple(labels))


def bc5cdr_texts(data: Path) -> Iterator[Text]:
    """Yield the training part of BC5CDR."""
    for record in bc5cdr.records(data / "bc5cdr"):
        if not is_development(record.pmid):
            yield Text(record.pmid, f"{record.title} {record.abstract}", frozenset(record.gold))


def phee_texts(data: Path) -> Iterator[Text]:
    """Yield the training part of PHEE, with the arguments of its events."""
    for line in (data / "phee" / "train.json").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not is_development(row["id"].partition("_")[0]):
            events = [event for group in row["annotations"] for event in group["events"]]
            spans = frozenset(span for event in events for span in _arguments(event))
            yield Text(row["id"], row["context"], spans)


def _arguments(event: dict[str, object]) -> Iterator[Span]:
    found = [("Effect", event.get("Effect"))]
    for role, parts in PHEE_ROLES.items():
        argument = event.get(role)
        if isinstance(argument, dict):
            found.extend((part, argument.get(part)) for part in parts)
    for label, part in found:
        if isinstance(part, dict):
            for texts, starts in zip(part["text"], part["start"], strict=True):
                for text, start in zip(texts, starts, strict=True):
                    yield start, start + len(text), label


def reserved() -> frozenset[str]:
    """Return the ids of the documents that are kept for measuring."""
    rows = [line.split("\t") for line in MANIFEST.read_text().splitlines() if line[:1] != "#"]
    return frozenset(row[1] for row in rows if row[2:] == ["measure"])


def plain_texts(data: Path) -> Iterator[str]:
    """Yield text to learn word vectors from: training parts, case texts, JATS, abstracts."""
    kept_apart = reserved()
    for texts in (maccrobat_texts(data), bc5cdr_texts(data), phee_texts(data)):
        yield from (text.text for text in texts)
    for path in sorted((data / "case_texts").glob("*.txt")):
        if path.stem not in kept_apart:
            yield path.read_text(encoding="utf-8")
    for path in sorted((data / "jats").glob("*/*.xml")):
        if path.name.partition(".")[0] not in kept_apart:
            yield from elements(path, "{*}p", "{*}title")
    yield from elements(data / "bioscope" / "abstracts.xml", "sentence")
    for path in sorted((data / "pubmed_xml").glob("*.xml")):
        yield from elements(path, "AbstractText")


def elements(path: Path, *tags: str) -> Iterator[str]:
    """Yield the text of the elements of some names; short ones are left out."""
    parser = etree.XMLParser(load_dtd=False, no_network=True, recover=True)
    root = etree.parse(path, parser).getroot()
    for element in root.iter(*tags) if root is not None else ():
        text = re.sub(r"\s+", " ", "".join(str(part) for part in element.itertext()))
        if len(text) > 60:
            yield text
