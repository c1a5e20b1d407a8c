"""The pipeline as a whole: loading it from its configuration, and annotating documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_config, load_model_from_config

from kg.documents.model import Document
from kg.nlp.docs import make_docs, title_doc
from kg.nlp.extract import extract
from kg.nlp.model import Annotation, Mention
from kg.resources import resource

CONFIG = "pipelines/annotate.cfg"
TITLE_PIPES = ("kg_lexicon", "kg_patterns", "kg_merge", "kg_linking")
"""The components that read the titles of cited works: lists and patterns, no model."""

_BATCH = 16


@lru_cache(maxsize=1)
def load_pipeline() -> Language:
    """Return the pipeline that ``pipelines/annotate.cfg`` declares; loaded once a process.

    Raises
    ------
    KgError
        When the configuration is missing from the installation.

    Examples
    --------
    >>> load_pipeline().has_pipe("kg_lexicon")
    True
    """
    return load_model_from_config(load_config(resource(CONFIG)), auto_fill=True)


def annotate(
    nlp: Language, document: Document, mentions: Sequence[Mention] | None = None
) -> Annotation:
    """Return everything found in one document.

    Parameters
    ----------
    nlp
        The pipeline (:func:`load_pipeline`).
    document
        The article.
    mentions
        Mentions taken as given, of which start, end, kind and label are read; assertion, linking
        and attachment work on these instead of on found ones.
    """
    docs = [nlp(doc) for doc in make_docs(nlp, document, mentions)]
    return extract(document, docs, _titles(nlp, document))


def annotate_all(nlp: Language, documents: Iterable[Document]) -> Iterator[Annotation]:
    """Yield the annotations of many documents, in their order.

    The sections of several documents go through the pipeline together, which the trained model
    needs to be fast.
    """
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == _BATCH:
            yield from _annotate_batch(nlp, batch)
            batch = []
    yield from _annotate_batch(nlp, batch)


def _annotate_batch(nlp: Language, documents: Sequence[Document]) -> Iterator[Annotation]:
    docs = [make_docs(nlp, document) for document in documents]
    annotated = nlp.pipe(doc for group in docs for doc in group)
    for document, group in zip(documents, docs, strict=True):
        yield extract(document, [next(annotated) for _ in group], _titles(nlp, document))


def _titles(nlp: Language, document: Document) -> Iterator[tuple[int, Doc]]:
    """Yield the cited works' titles, annotated by the lists alone."""
    pipes = [nlp.get_pipe(name) for name in TITLE_PIPES if nlp.has_pipe(name)]
    for reference in document.references:
        if not reference.title:
            continue
        doc = title_doc(nlp, document, reference.title)
        if len(doc):
            doc[0].is_sent_start = True
        for pipe in pipes:
            doc = pipe(doc)
        yield reference.number, doc
