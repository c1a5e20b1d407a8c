"""Negation beside negspacy, on the gold mentions of MACCROBAT's development part.

Both are given the same mentions; each row has F1 on the corpus's POLARITY and words per second.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.options import Options
from kg.documents import read
from kg.documents.model import Document
from kg.nlp import annotate, load_pipeline
from kg.nlp.model import Mention
from tools.evaluate.maccrobat import part
from tools.evaluate.polarity import NEGATIVE, gold, score

Truth = tuple[Document, list[tuple[Mention, str | None]]]


def figures(options: Options) -> Iterator[dict[str, object]]:
    """Yield a row for kg and, where the peers are there, one for negspacy."""
    truths = [_truth(path) for path in part(options.data / "maccrobat")]
    if not truths:
        return
    nlp = load_pipeline()
    annotate(nlp, truths[0][0])
    start = time.process_time()
    said = [_kg(nlp, *truth) for truth in truths]
    yield _row("kg", truths, said, time.process_time() - start)
    if options.peers:
        with tempfile.TemporaryDirectory() as folder:
            given = Path(folder) / "mentions.json"
            given.write_text(json.dumps([_asked(*truth) for truth in truths]), encoding="utf-8")
            answer = options.peer("negex", given)
        yield _row("negspacy", truths, answer["negated"], answer["seconds"])


def _truth(path: Path) -> Truth:
    [document] = read(path.with_suffix(".txt"), plain=True)
    return document, list(gold(path, document.text))


def _asked(document: Document, pairs: Sequence[tuple[Mention, str | None]]) -> dict[str, object]:
    return {"text": document.text, "mentions": [(m.start, m.end) for m, _ in pairs]}


def _kg(nlp: object, document: Document, pairs: Sequence[tuple[Mention, str | None]]) -> list[bool]:
    annotation = annotate(nlp, document, mentions=[mention for mention, _ in pairs])
    negated = {(m.start, m.end) for m in annotation.mentions if m.polarity == "negated"}
    return [(m.start, m.end) in negated for m, _ in pairs]


def _row(
    system: str, truths: Sequence[Truth], said: Sequence[Sequence[bool]], seconds: float
) -> dict[str, object]:
    counts: Counter[str] = Counter()
    for (_, pairs), answers in zip(truths, said, strict=True):
        for (_, polarity), negated in zip(pairs, answers, strict=True):
            wanted = polarity in NEGATIVE
            counts[
                "tp" if wanted and negated else "fp" if negated else "fn" if wanted else "tn"
            ] += 1
    words = sum(len(document.text.split()) for document, _ in truths)
    return {"system": system, **score(counts), "words_per_second": round(words / seconds)}
