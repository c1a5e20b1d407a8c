"""Sentences with mark-up, turned into an annotation and the events that it tells.

``<exposure id=vip of=chemotherapy>VIP</exposure>`` tells an event (tags exposure, finding,
response, diagnosis, adverseevent; ``of`` its ancestors, ``name``, ``outcome``, ``time``,
``polarity``, ``realisation``, ``patient``); the same id again is one more telling of it.
``<time date=2019-04-04>``, ``<time day=P17D>``, ``<time distance=P5M>``, ``<time duration=P4D>``
``<time age=P30Y>`` and ``<time point>`` are times (``to``, ``precision``, ``direction``, ``anchor``
an event's id, ``text`` the anchor_text). ``<mention of=… name=…>`` names a therapy without telling
an event.
A sentence a line; ``# kind`` begins a section.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.cases.model import Event, Evidence, Patient, Relation
from kg.cases.timeline import Timeline, solve
from kg.documents.model import Document, Metadata, Section, sha256_of
from kg.nlp.model import Annotation, Mention, Sentence, TimeExpression

_TAG = re.compile(r"<(/?)(\w+)((?:\s+\w+(?:=(?:\"[^\"]*\"|[^\s>\"]+))?)*)\s*>")
_ATTRIBUTE = re.compile(r"(\w+)(?:=(?:\"([^\"]*)\"|([^\s>\"]+)))?")
_TYPES = {
    "exposure": "Exposure",
    "finding": "Finding",
    "response": "Response",
    "diagnosis": "Diagnosis",
    "adverseevent": "AdverseEvent",
}
_KINDS = {"Exposure": "Therapy", "Finding": "Marker", "Response": "Outcome"}
_PRECISION = {"D": "day", "W": "week", "M": "month", "Y": "year", "H": "hour"}


@dataclass
class Told:
    annotation: Annotation
    patients: tuple[Patient, ...]
    events: tuple[Event, ...]
    relations: list[Relation] = field(default_factory=list)

    def relate(self, kind, source, target, role=None, basis="stated"):
        self.relations.append(Relation(kind, source, target, basis, role))
        return self

    def solve(self) -> Timeline:
        return solve(self.annotation, self.patients, self.events, self.relations)


def told(marked: str) -> Told:
    text, sections, sentences, marks = _plain(marked)
    mentions: list[Mention] = []
    events: dict[str, Event] = {}
    times: list[tuple[TimeExpression, str | None]] = []
    by_event: dict[str, int] = {}
    for tag, attributes, start, end in sorted(marks, key=lambda mark: (mark[2], mark[3])):
        sentence = max(i for i, s in enumerate(sentences) if s.start <= start)
        quote = text[start:end]
        if tag == "time":
            times.append((_time(attributes, start, end, quote), attributes.get("anchor")))
            continue
        kind = _TYPES.get(tag)
        ancestors = tuple(filter(None, (attributes.get("of") or "").split("|")))
        name = attributes.get("name") or quote.lower()
        mentions.append(
            Mention(
                start,
                end,
                quote,
                _KINDS.get(kind or "Exposure", "Condition"),
                "drug",
                f"test:{name}",
                name,
                ancestors,
                sentence=sentence,
            )
        )
        if kind is None:
            continue
        identity = attributes.get("id") or name
        by_event.setdefault(identity, len(mentions) - 1)
        piece = Evidence(start, end, quote, sentence)
        if identity in events:
            known = events[identity]
            events[identity] = replace(known, evidence=(*known.evidence, piece))
            continue
        events[identity] = Event(
            identity,
            attributes.get("patient") or "p1",
            kind,
            f"test:{name}",
            name,
            quote,
            ancestors,
            polarity=attributes.get("polarity") or "affirmed",
            time=attributes.get("time") or "current",
            realisation=attributes.get("realisation") or ("given" if kind == "Exposure" else None),
            outcome=attributes.get("outcome"),
            evidence=(piece,),
        )
    document = Document(
        "test", "test", "text", sha256_of(text), "", text, Metadata(), tuple(sections)
    )
    annotation = Annotation(
        document,
        tuple(sentences),
        tuple(mentions),
        times=tuple(
            replace(time, anchor=by_event[anchor]) if anchor else time for time, anchor in times
        ),
    )
    owners = sorted({event.patient for event in events.values()})
    return Told(annotation, tuple(Patient(owner) for owner in owners), tuple(events.values()))


def _time(attributes, start, end, quote) -> TimeExpression:
    kinds = ("date", "day", "distance", "duration", "age", "point")
    kind = next(name for name in kinds if name in attributes)
    value = attributes[kind]
    precision = attributes.get("precision")
    if precision is None and value is not None:
        if kind == "date":
            precision = {4: "year", 7: "month"}.get(len(value.split("/")[0]), "day")
        else:
            precision = _PRECISION[value[-1]]
    return TimeExpression(
        start,
        end,
        quote,
        kind,
        value,
        precision,
        value_to=attributes.get("to"),
        direction=attributes.get("direction"),
        anchor_text=attributes.get("text"),
        approximate="approximate" in attributes,
    )


def _plain(marked: str):
    text = ""
    sections: list[Section] = []
    sentences: list[Sentence] = []
    marks = []
    kind, section_start = "case", 0
    for line in marked.strip().splitlines():
        line = line.strip()
        if line.startswith("# "):
            if len(text) > section_start:
                sections.append(Section(kind, None, section_start, len(text)))
            kind, section_start = line[2:], len(text)
            continue
        start = len(text)
        open_tags = []
        position = 0
        for match in _TAG.finditer(line):
            text += line[position : match.start()]
            position = match.end()
            if match[1]:
                tag, attributes, where = open_tags.pop()
                assert tag == match[2], line
                marks.append((tag, attributes, where, len(text)))
            else:
                found = {
                    name: quoted or bare or None
                    for name, quoted, bare in _ATTRIBUTE.findall(match[3])
                }
                open_tags.append((match[2], found, len(text)))
        text += line[position:]
        sentences.append(Sentence(start, len(text), len(sections)))
        text += "\n"
    sections.append(Section(kind, None, section_start, len(text)))
    return text, sections, sentences, marks
