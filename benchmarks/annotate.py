"""Speed and size of ``kg annotate``: load time, words per second, peak memory.

    python -m benchmarks.annotate FILE…

Beside it a floor on the same texts in the same run: spaCy's blank English tokenizer with its rule
for sentences, which finds nothing.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import spacy

from kg.documents import read
from kg.documents.model import Document


def documents_of(paths: Iterable[Path], plain: bool) -> list[Document]:
    """Return the documents in some files."""
    return [document for path in paths for document in read(path, plain=plain)]


def words_read(documents: Sequence[Document]) -> int:
    """Return how many words stand in the sections that are read."""
    return sum(
        len(document.text[section.start : section.end].split())
        for document in documents
        for section in document.sections
        if section.kind not in ("references", "boilerplate")
    )


def floor(documents: Sequence[Document]) -> float:
    """Return the seconds that spaCy's tokenizer and sentence rule take."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    texts = [d.text[s.start : s.end] for d in documents for s in d.sections]
    start = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--plain", action="store_true", help="the files are bare case texts")
    options = parser.parse_args()
    documents = documents_of(options.files, options.plain)
    words = words_read(documents)

    start = time.perf_counter()
    from kg.nlp import annotate_all, load_pipeline

    nlp = load_pipeline()
    loaded = time.perf_counter() - start
    timings = []
    for _ in range(2):
        start = time.perf_counter()
        mentions = sum(len(a.mentions) for a in annotate_all(nlp, documents))
        timings.append(time.perf_counter() - start)
    print(
        json.dumps(
            {
                "documents": len(documents),
                "words": words,
                "mentions": mentions,
                "load_s": round(loaded, 2),
                "words_per_s_first": round(words / timings[0]),
                "words_per_s_warm": round(words / timings[1]),
                "floor_words_per_s": round(words / floor(documents)),
                "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
