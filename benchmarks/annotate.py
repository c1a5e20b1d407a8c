"""Speed and size of ``kg annotate`` on case texts: load time, words per second, peak memory.

Beside it a floor on the same texts in the same run: spaCy's blank English tokenizer with its rule
for sentences, which finds nothing.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator, Sequence

import spacy

from benchmarks.options import Options
from kg.documents import read
from kg.documents.model import Document


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


def figures(options: Options) -> Iterator[dict[str, object]]:
    """Yield one row: the first pass over the texts, and a second one once warm."""
    documents = [document for path in options.texts() for document in read(path, plain=True)]
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
    bare = floor(documents)
    yield {
        "documents": len(documents),
        "words": words,
        "mentions": mentions,
        "load_s": round(loaded, 2),
        "words_per_s_first": round(words / timings[0]),
        "words_per_s_warm": round(words / timings[1]),
        "floor_words_per_s": round(words / bare),
        "ratio_to_floor": round(timings[1] / bare, 1),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
