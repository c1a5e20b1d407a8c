"""How a graph grows: building and checking a report of 10, 100, 1,000 and 2,000 events.

The report is made up: one event a sentence, one in five a main event, the order of the main events
closed. Growth is the measure: twice the events may cost no more than the relationships grow.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.options import Options
from kg.cases.model import CaseReport, Event, EventType, Evidence, Patient, Relation, ReportInfo
from kg.documents.model import Document, Metadata, Section, sha256_of
from kg.graph import build, checks
from kg.nlp.model import Annotation, Sentence

SIZES = (10, 100, 1_000, 2_000)
_MAIN: tuple[EventType, ...] = ("Exposure", "Response", "AdverseEvent", "Diagnosis")
_KIND = {"Exposure": "therapy", "Finding": "marker", "Response": "outcome"}


def report(size: int) -> tuple[Annotation, CaseReport]:
    """Make a report of so many events, each on a day of its own."""
    words = [f"Then came event{n}." for n in range(size)]
    text = " ".join(words)
    sentences: list[Sentence] = []
    events: list[Event] = []
    start = 0
    for n, sentence in enumerate(words):
        sentences.append(Sentence(start, start + len(sentence), 0))
        type: EventType = _MAIN[n // 5 % len(_MAIN)] if n % 5 == 0 else "Finding"
        concept = f"text:{_KIND.get(type, 'condition')}/event{n}"
        piece = Evidence(start + 10, start + len(sentence) - 1, f"event{n}", n)
        id = f"b#{type.lower()}-{piece.start}-{piece.end}"
        events.append(
            Event(
                id, "b#p", type, concept, f"event{n}", f"event{n}",
                start_day_min=n, start_day_max=n, seq=n, evidence=(piece,),
            )
        )  # fmt: skip
        start += len(sentence) + 1
    main = [event.id for event in events if event.type != "Finding"]
    order = tuple(
        Relation("BEFORE", first, second, "dated", min_days=5 * n, max_days=5 * n)
        for i, first in enumerate(main)
        for n, second in enumerate(main[i + 1 :], start=1)
    )
    section = Section("case", None, 0, len(text))
    document = Document("b", "b", "text", sha256_of(text), "b", text, Metadata(), (section,))
    info = ReportInfo("b", licence="CC BY", sha256=document.sha256, source_sha256="b")
    case = CaseReport(info, (Patient("b#p"),), tuple(events), order)
    return Annotation(document, tuple(sentences)), case


def figures(_: Options) -> Iterator[dict[str, object]]:
    """Yield one row a size."""
    for size in SIZES:
        annotation, case = report(size)
        begun = time.process_time()
        graph = build(annotation, case, version="benchmark")
        built = time.process_time()
        problems = checks.run(graph, annotation.document)
        checked = time.process_time()
        yield {
            "events": size,
            "relationships": graph.number_of_edges(),
            "build_seconds": round(built - begun, 3),
            "check_seconds": round(checked - built, 3),
            "errors": sum(problem.severity == "error" for problem in problems),
        }
