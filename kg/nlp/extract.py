"""Freezing what the pipeline found into an Annotation with offsets into the document's text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg import terms
from kg.documents.model import Document
from kg.nlp.carrier import (
    AttributeDraft,
    DoseDraft,
    Findings,
    MentionDraft,
    QuantityDraft,
    TimeDraft,
    text_of,
)
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


@dataclass(slots=True)
class _Frozen:
    """The growing lists of one annotation."""

    sentences: list[Sentence]
    mentions: list[Mention]
    quantities: list[Quantity]
    doses: list[Dose]
    times: list[TimeExpression]
    grades: list[Grade]
    sites: list[Site]


def extract(
    document: Document,
    docs: Iterable[Doc],
    titles: Iterable[tuple[int, Doc]] = (),
) -> Annotation:
    """Return the annotation of a document from its annotated section Docs.

    Parameters
    ----------
    document
        The article.
    docs
        Its sections after the pipeline, in order of the text.
    titles
        Reference number and annotated title of the cited works.
    """
    out = _Frozen([], [], [], [], [], [], [])
    for doc in docs:
        _freeze_section(doc, out)
    return Annotation(
        document=document,
        sentences=tuple(out.sentences),
        mentions=tuple(out.mentions),
        quantities=tuple(sorted(out.quantities, key=_place)),
        doses=tuple(sorted(out.doses, key=_place)),
        times=tuple(sorted(out.times, key=_place)),
        grades=tuple(sorted(out.grades, key=_place)),
        sites=tuple(sorted(out.sites, key=_place)),
        marks=document.marks,
        reference_mentions=tuple(
            (number, _mention(draft, text_of(doc), 0, 0))
            for number, doc in titles
            for draft in _ordered(doc._.findings.mentions)
        ),
    )


def _freeze_section(doc: Doc, out: _Frozen) -> None:
    findings: Findings = doc._.findings
    offset, text = findings.offset, text_of(doc)
    first = len(out.sentences)
    out.sentences.extend(_sentences(doc, findings))
    here = out.sentences[first:]
    drafts = _ordered(findings.mentions)
    index = {id(draft): len(out.mentions) + n for n, draft in enumerate(drafts)}
    sentence = 0
    for draft in drafts:
        while sentence + 1 < len(here) and here[sentence + 1].start <= draft.start + offset:
            sentence += 1
        out.mentions.append(_mention(draft, text, offset, first + sentence))
    out.quantities.extend(_quantity(q, text, offset, index) for q in findings.quantities)
    out.doses.extend(_dose(d, text, offset, index) for d in findings.doses)
    out.times.extend(_time(t, text, offset, index) for t in findings.times)
    out.grades.extend(
        Grade(
            g.start + offset,
            g.end + offset,
            text[g.start : g.end],
            g.value or text[g.start : g.end],
            _index(g.of, index),
        )
        for g in findings.grades
    )
    out.sites.extend(_site(s, text, offset, index) for s in findings.sites)


def _sentences(doc: Doc, findings: Findings) -> Iterable[Sentence]:
    """Yield the sentences of a section without the white space around them."""
    whole = text_of(doc)
    for span in doc.sents:
        text = whole[span.start_char : span.end_char]
        start = span.start_char + len(text) - len(text.lstrip())
        end = span.start_char + len(text.rstrip())
        if start < end:
            yield Sentence(start + findings.offset, end + findings.offset, findings.section)


def _ordered(drafts: Sequence[MentionDraft]) -> list[MentionDraft]:
    return sorted(drafts, key=lambda d: (d.start, d.end, d.kind, d.label))


def _mention(draft: MentionDraft, text: str, offset: int, sentence: int) -> Mention:
    surface = text[draft.start : draft.end]
    name, ancestors = _names(draft, surface)
    cue = draft.cue
    return Mention(
        start=draft.start + offset,
        end=draft.end + offset,
        text=surface,
        kind=draft.kind,
        label=draft.label,
        concept=draft.concept,
        name=name,
        ancestors=ancestors,
        polarity=draft.polarity,
        certainty=draft.certainty,
        experiencer=draft.experiencer,
        time=draft.time,
        realisation=draft.realisation,
        cue=text[cue[0] : cue[1]] if cue else None,
        cue_start=cue[0] + offset if cue else None,
        cue_end=cue[1] + offset if cue else None,
        rule=draft.rule,
        grounded=draft.grounded,
        source=draft.source,
        reason=draft.reason,
        score=round(draft.score, 3),
        sentence=sentence,
        ended=draft.ended,
    )


def _names(draft: MentionDraft, surface: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the name of the draft's concept and the names above it, nearest first."""
    if draft.concept is None:
        return None, ()
    if not draft.grounded:
        return surface, ()
    terminology = terms.load()
    above = terminology.ancestors(draft.concept)
    return (
        terminology.concept(draft.concept).name,
        tuple(terminology.concept(concept).name for concept in above),
    )


def _index(draft: MentionDraft | None, index: dict[int, int]) -> int | None:
    return None if draft is None else index.get(id(draft))


def _quantity(q: QuantityDraft, text: str, offset: int, index: dict[int, int]) -> Quantity:
    return Quantity(
        start=q.start + offset,
        end=q.end + offset,
        text=text[q.start : q.end],
        value=q.value,
        value_to=q.value_to,
        comparator=q.comparator,
        unit=q.unit,
        of=_index(q.of, index),
    )


def _dose(d: DoseDraft, text: str, offset: int, index: dict[int, int]) -> Dose:
    return Dose(
        start=d.start + offset,
        end=d.end + offset,
        text=text[d.start : d.end],
        value=d.value,
        unit=d.unit,
        per=d.per,
        route=d.route,
        schedule=d.schedule,
        drug=_index(d.drug, index),
        value_to=d.value_to,
        of=d.of,
        duration_days=d.duration_days,
    )


def _time(t: TimeDraft, text: str, offset: int, index: dict[int, int]) -> TimeExpression:
    return TimeExpression(
        start=t.start + offset,
        end=t.end + offset,
        text=text[t.start : t.end],
        type=t.type,
        value=t.value,
        precision=t.precision,
        anchor=_index(t.anchor, index),
        value_to=t.value_to,
        direction=t.direction,
        anchor_text=t.anchor_text,
        approximate=t.approximate,
    )


def _site(s: AttributeDraft, text: str, offset: int, index: dict[int, int]) -> Site:
    return Site(s.start + offset, s.end + offset, text[s.start : s.end], _index(s.of, index))


def _place(item: Quantity | Dose | TimeExpression | Grade | Site) -> tuple[int, int]:
    return item.start, item.end
