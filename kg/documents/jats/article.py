"""An article element, with its metadata, poured into a Document."""

from __future__ import annotations

from kg.documents.assemble import Origin, assemble
from kg.documents.flow import Flow
from kg.documents.jats.body import Body
from kg.documents.jats.references import reference_list
from kg.documents.model import Document, Format, Metadata
from kg.documents.xml import Element, local
from kg.errors import ReadError

FRONT_ONLY = "only the front matter is there, not the full text"


def document_of(
    article: Element, meta: Metadata, origin: Origin, form: Format = "jats"
) -> Document:
    """Return the Document of an article in JATS elements.

    Parameters
    ----------
    article
        The ``article`` element.
    meta
        Its metadata, from the front matter or from elsewhere.
    origin
        Where it was read from.
    form
        What it was read from; an article without a body is an ``"abstract"`` whatever it was.

    Raises
    ------
    ReadError
        When it holds no text at all.
    """
    listed = reference_list(article)
    flow = Flow()
    if meta.title:
        flow.write(meta.title, "title", None)
    writer = Body(flow, listed, meta.article_type)
    for abstract in article.iterfind("front/article-meta/*"):
        if local(abstract) in ("abstract", "trans-abstract"):
            writer.write_abstract(abstract)
    for part in article:
        tag = local(part)
        if tag == "body":
            writer.write_body(part)
        elif tag in ("floats-group", "floats-wrap"):
            writer.write_floats(part)
        elif tag == "back":
            writer.write_back(part)
    if not flow.sections:
        raise ReadError("the article has no text", where=origin.source, hint="get the full text")
    if listed.references:
        flow.heading("References")
        for reference in listed.references:
            flow.write(reference.text, "references", "References")
    whole = article.find("body") is not None
    return assemble(
        origin,
        form if whole else "abstract",
        flow.text(),
        meta,
        sections=tuple(flow.sections),
        references=listed.references,
        marks=tuple(flow.marks),
        scripts=tuple(flow.scripts),
        notes=() if whole else (FRONT_ONLY,),
    )
