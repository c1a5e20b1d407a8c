"""How the time of a case grows: solving 10, 100, 1,000 and 2,000 events of one patient.

The course is made up: four events a sentence, one in five a main event, a date, a day or a distance
in every other sentence.
"""

from __future__ import annotations

import datetime
import resource
import time
from collections.abc import Iterator

from benchmarks.options import Options
from kg.cases.model import Event, EventType, Evidence, Patient, Relation
from kg.cases.timeline import solve
from kg.documents.model import Document, Metadata, Section, sha256_of
from kg.nlp.model import Annotation, Sentence, TimeExpression

SIZES = (10, 100, 1_000, 2_000)
_MAIN: tuple[EventType, ...] = ("Exposure", "Response", "AdverseEvent", "Diagnosis")
_FIRST = datetime.date(2000, 1, 1)


def course(size: int) -> tuple[Annotation, tuple[Patient, ...], list[Event], list[Relation]]:
    """Make a course of so many events."""
    text = ""
    sentences: list[Sentence] = []
    times: list[TimeExpression] = []
    events: list[Event] = []
    relations: list[Relation] = []
    last_exposure: str | None = None
    while len(events) < size:
        number, start = len(sentences), len(text)
        stated = _time(number, len(text))
        if stated is not None:
            times.append(stated)
            text += stated.text + ", "
        for _ in range(min(4, size - len(events))):
            index = len(events)
            kind: EventType = "Finding" if index % 5 else _MAIN[index // 5 % len(_MAIN)]
            word = f"event{index}"
            piece = Evidence(len(text), len(text) + len(word), word, number)
            text += word + " "
            events.append(Event(word, "p", kind, f"text:{word}", word, word, evidence=(piece,)))
            if kind == "Exposure":
                last_exposure = word
            elif kind == "Response" and last_exposure is not None:
                relations.append(Relation("RESPONSE_TO", word, last_exposure, "inferred"))
        sentences.append(Sentence(start, len(text), 0))
        text += "\n"
    section = Section("case", None, 0, len(text))
    document = Document("b", "b", "text", sha256_of(text), "", text, Metadata(), (section,))
    annotation = Annotation(document, tuple(sentences), times=tuple(times))
    return annotation, (Patient("p"),), events, relations


def _time(number: int, start: int) -> TimeExpression | None:
    if number % 6 == 0:
        date = (_FIRST + datetime.timedelta(days=10 * number)).isoformat()
        text = f"On {date}"
        return TimeExpression(start + 3, start + len(text), date, "date", date, "day")
    if number % 6 == 2:
        text = "Two weeks later"
        return TimeExpression(
            start, start + len(text), text, "distance", "P2W", "week", direction="after"
        )
    if number % 6 == 4:
        text = "Within 30 days"
        return TimeExpression(start + 7, start + len(text), text, "distance", "P30D", "day")
    return None


def figures(_: Options) -> Iterator[dict[str, object]]:
    """Yield one row a size."""
    for size in SIZES:
        given = course(size)
        began = time.process_time()
        timeline = solve(*given)
        seconds = time.process_time() - began
        yield {
            "events": size,
            "seconds": round(seconds, 4),
            "before": sum(relation.type == "BEFORE" for relation in timeline.relations),
            "contradictions": len(timeline.contradictions),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
