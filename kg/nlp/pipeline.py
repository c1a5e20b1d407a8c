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
    return extract(document, _annotated(nlp, document, mentions), _titles(nlp, document))


def annotate_all(nlp: Language, documents: Iterable[Document]) -> Iterator[Annotation]:
    """Yield the annotations of many documents, in their order."""
    for document in documents:
        yield annotate(nlp, document)


def _annotated(nlp: Language, document: Document, mentions: Sequence[Mention] | None) -> list[Doc]:
    """Return the Docs of one document, annotated.

    They go through the pipeline together, which makes the trained model fast; those of other
    documents do not, since the last digits of its scores depend on what is computed with what.
    """
    docs = list(make_docs(nlp, document, mentions))
    return list(nlp.pipe(docs, batch_size=max(1, len(docs))))


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
