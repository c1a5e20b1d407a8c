"""From a Document to spaCy Docs: one Doc for each section that is read.

References and boilerplate are not read. Every Doc carries a :class:`kg.nlp.carrier.Findings`
that tells where it begins in the document's text and which stretches of it are citation marks or
stood as superscript.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.model import Document, Section
from kg.nlp.carrier import Findings, MentionDraft
from kg.nlp.model import Mention

UNREAD = frozenset({"references", "boilerplate"})
"""Kinds of section that no fact is read from."""


def make_docs(
    nlp: Language, document: Document, mentions: Sequence[Mention] | None = None
) -> list[Doc]:
    """Return one tokenised Doc, with its findings begun, for each section that is read.

    Parameters
    ----------
    nlp
        The pipeline; only its tokenizer is used here.
    document
        The article.
    mentions
        Mentions taken as given (offsets into the document's text) instead of being found.
    """
    return [
        _make_doc(nlp, document, index, section, mentions)
        for index, section in enumerate(document.sections)
        if section.kind not in UNREAD and document.text[section.start : section.end].strip()
    ]


def title_doc(nlp: Language, document: Document, title: str) -> Doc:
    """Return the Doc of a cited work's title; its section is -1, its offsets are the title's."""
    doc = nlp.make_doc(title)
    doc._.findings = Findings(document=document, section=-1, offset=0, text=title)
    return doc


def _make_doc(
    nlp: Language,
    document: Document,
    index: int,
    section: Section,
    mentions: Sequence[Mention] | None,
) -> Doc:
    start, end = section.start, section.end
    text = document.text[start:end]
    doc = nlp.make_doc(text)
    doc._.findings = Findings(
        document=document,
        section=index,
        offset=start,
        skip=tuple(_within(((m.start, m.end) for m in document.marks), start, end)),
        superscripts=tuple(
            _within(((s.start, s.end) for s in document.scripts if s.role == "sup"), start, end)
        ),
        mentions=[_given(m, start) for m in mentions or () if start <= m.start and m.end <= end],
        text=text,
        given=mentions is not None,
    )
    return doc


def _within(
    stretches: Iterable[tuple[int, int]], start: int, end: int
) -> Iterator[tuple[int, int]]:
    for left, right in stretches:
        if start <= left and right <= end:
            yield left - start, right - start


def _given(mention: Mention, offset: int) -> MentionDraft:
    return MentionDraft(
        start=mention.start - offset,
        end=mention.end - offset,
        kind=mention.kind,
        label=mention.label,
        source="given",
    )
