"""What each stage costs beside the annotating: reading, cases, graph and checks, on case texts.

``share`` is of the annotating of the same texts; cases, graph and checks together may cost a fifth.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

from benchmarks.options import Options
from kg.cases import build_case
from kg.documents import read
from kg.graph import build, checks
from kg.nlp import annotate, load_pipeline

STAGES = ("read", "annotate", "case", "graph", "checks")


def figures(options: Options) -> Iterator[dict[str, object]]:
    """Yield one row a stage, in seconds of processor time."""
    nlp = load_pipeline()
    paths = options.texts()
    for path in paths[:2]:
        build_case(annotate(nlp, read(path, plain=True)[0]))
    spent: Counter[str] = Counter()
    for path in paths:
        marks = [time.process_time()]
        [document] = read(path, plain=True)
        marks.append(time.process_time())
        annotation = annotate(nlp, document)
        marks.append(time.process_time())
        case = build_case(annotation)
        marks.append(time.process_time())
        graph = build(annotation, case, version="benchmark")
        marks.append(time.process_time())
        checks.run(graph, document)
        marks.append(time.process_time())
        for stage, begun, ended in zip(STAGES, marks, marks[1:], strict=False):
            spent[stage] += ended - begun
    for stage in STAGES:
        share = spent[stage] / spent["annotate"]
        yield {"stage": stage, "seconds": round(spent[stage], 2), "share": round(share, 3)}
    after = sum(spent[stage] for stage in STAGES[2:]) / spent["annotate"]
    yield {"stage": "case, graph and checks", "share": round(after, 3)}
