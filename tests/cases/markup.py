"""Annotations from sentences with mark-up, so that a case can be tested without the pipeline.

A text is sections under headings ``## kind: title`` (one ``case`` section without any), with
marked words in square brackets::

    She received [VIP|Therapy:regimen:kg:vip given <chemotherapy] on [May 2|Time:date:2019-05-02].
    [IL-6|Marker:laboratory] was [363 pg/mL|Value:363:pg/mL] and [tocilizumab|Therapy]
    [8 mg/kg|Dose:8:mg:kg] was given for [grade 2|Grade:2] [CRS|Condition:adverse_event].

After the kind stand the label and the concept's id; then flags: a polarity, certainty,
experiencer, tense or realisation by its value, ``ended``, ``<name`` for a name above the concept
and ``=name`` for its own (``_`` is a space there). A value belongs to the last marker or
condition before it, a dose to the last therapy, a grade or site to the next condition.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from kg.documents.model import ArticleType, Document, Metadata, Section, sha256_of
from kg.nlp.model import (
    Annotation,
    Dose,
    Grade,
    Mention,
    Quantity,
    Sentence,
    Site,
    TimeExpression,
)
from kg.terms.normal import normal_form

_MARKED = re.compile(r"\[([^\[\]|]+)\|([^\[\]]+)\]")
_HEADING = re.compile(r"^\s*## (\w+)(?:: (.*))?\n", re.MULTILINE)
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\[])")
_FLAGS: dict[str, str] = {
    **dict.fromkeys(("affirmed", "negated"), "polarity"),
    **dict.fromkeys(("certain", "possible"), "certainty"),
    **dict.fromkeys(("patient", "donor", "family", "other"), "experiencer"),
    **dict.fromkeys(("current", "history", "future"), "time"),
    **dict.fromkeys(("given", "declined", "considered", "planned", "not_given"), "realisation"),
}


def annotate(
    marked: str, *, report: str = "doc", article_type: ArticleType = "case_report"
) -> Annotation:
    """Return the annotation that a marked text stands for."""
    if not marked.lstrip().startswith("## "):
        marked = "## case\n" + marked
    builder = _Builder()
    pieces = _HEADING.split(marked.lstrip())[1:]
    for kind, title, body in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        builder.section(kind, title, " ".join(body.split()))
    document = Document(
        id=report,
        source="test",
        format="text",
        sha256=sha256_of(builder.text),
        source_sha256=sha256_of(builder.text),
        text=builder.text,
        meta=Metadata(article_type=article_type),
        sections=tuple(builder.sections),
    )
    return Annotation(
        document=document,
        sentences=tuple(builder.sentences),
        mentions=tuple(builder.mentions),
        quantities=tuple(builder.quantities),
        doses=tuple(builder.doses),
        times=tuple(builder.times),
        grades=tuple(builder.grades),
        sites=tuple(builder.sites),
    )


class _Builder:
    def __init__(self) -> None:
        self.text = ""
        self.sections: list[Section] = []
        self.sentences: list[Sentence] = []
        self.mentions: list[Mention] = []
        self.quantities: list[Quantity] = []
        self.doses: list[Dose] = []
        self.times: list[TimeExpression] = []
        self.grades: list[Grade] = []
        self.sites: list[Site] = []

    def section(self, kind: Any, title: str | None, body: str) -> None:
        start = len(self.text)
        for sentence in _END.split(body):
            self._sentence(sentence)
        self.sections.append(Section(kind, title, start, len(self.text)))
        self.text += "\n"

    def _sentence(self, marked: str) -> None:
        start = len(self.text)
        waiting: list[tuple[type, int]] = []
        position = 0
        for match in _MARKED.finditer(marked):
            self.text += marked[position : match.start()]
            self._marked(match.group(1), match.group(2), waiting)
            position = match.end()
        self.text += marked[position:]
        self.sentences.append(Sentence(start, len(self.text), len(self.sections)))
        self.text += " "

    def _marked(self, text: str, code: str, waiting: list[tuple[type, int]]) -> None:
        start = len(self.text)
        self.text += text
        end = len(self.text)
        head, *flags = code.split(" ")
        kind, _, rest = head.partition(":")
        if kind == "Value":
            self._value(start, end, text, rest)
        elif kind == "Dose":
            value, unit, *more = [*rest.split(":"), ""]
            self.doses.append(
                Dose(
                    start,
                    end,
                    text,
                    float(value),
                    unit,
                    (more[0] or None) if more else None,
                    drug=self._last("Therapy"),
                    of=" ".join(flags).replace("_", " ") or None,
                )
            )
            if flags:
                self.doses[-1] = replace(self.doses[-1], drug=None)
        elif kind == "Time":
            sort, _, value = rest.partition(":")
            self.times.append(TimeExpression(start, end, text, sort, value or None))  # type: ignore[arg-type]
        elif kind == "Grade":
            self.grades.append(Grade(start, end, text, rest, of=len(self.mentions)))
        elif kind == "Site":
            self.sites.append(Site(start, end, text, of=len(self.mentions)))
        else:
            self.mentions.append(self._mention(start, end, text, kind, rest, flags))

    def _value(self, start: int, end: int, text: str, rest: str) -> None:
        value, _, unit = rest.partition(":")
        found = re.match(r"([<>~]?=?)(.*)", value)
        assert found is not None
        self.quantities.append(
            Quantity(
                start,
                end,
                text,
                float(found.group(2)) if found.group(2) else None,
                comparator=found.group(1) or None,
                unit=unit or None,
                of=self._last("Marker", "Condition", "Outcome"),
            )
        )

    def _last(self, *kinds: str) -> int | None:
        found = [i for i, m in enumerate(self.mentions) if m.kind in kinds]
        return found[-1] if found else None

    def _mention(
        self, start: int, end: int, text: str, kind: Any, rest: str, flags: list[str]
    ) -> Mention:
        label, _, concept = rest.partition(":")
        fields: dict[str, Any] = {}
        ancestors: list[str] = []
        name = text
        for flag in flags:
            if flag.startswith("<"):
                ancestors.append(flag[1:].replace("_", " "))
            elif flag.startswith("="):
                name = flag[1:].replace("_", " ")
            elif flag == "ended":
                fields |= {"ended": True, "polarity": "negated"}
            else:
                fields[_FLAGS[flag]] = flag
        if kind == "Therapy":
            fields.setdefault("realisation", "given")
        return Mention(
            start,
            end,
            text,
            kind,
            label or kind.lower(),
            concept=concept or f"text:{kind.lower()}/{normal_form(name)}",
            name=name,
            ancestors=tuple(ancestors),
            sentence=len(self.sentences),
            **fields,
        )
