"""Small graphs of whole reports, for what stores must keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.graph.builder.publications import write_publication
from kg.graph.builder.writer import GraphWriter
from kg.graph.types import Graph

# child: parents. A diamond, so that what hangs from two places is seen to stay.
HIERARCHY = {
    "kg:interferon-alpha-2b": ("kg:interferon-alpha",),
    "kg:interferon-alpha": ("kg:interferon", "kg:cytokine"),
    "kg:interferon": ("kg:protein",),
    "kg:cytokine": ("kg:protein",),
    "kg:protein": (),
    "kg:car-t": ("kg:cell-therapy",),
    "kg:cell-therapy": (),
}


def report(
    id: str,
    concepts: Iterable[str] = (),
    cited: Mapping[str, str] | None = None,
    sha256: str = "a",
    source_format: str = "text",
    same_as: tuple[str, str] | None = None,
) -> Graph:
    """A report with one sentence that mentions the concepts, and references to cited works.

    ``cited`` is from publication id to the title as this report writes it.
    """
    writer = GraphWriter(id, keep_words=True)
    own = writer.node(
        "Report",
        id,
        {
            "title": f"Title of {id}",
            "article_type": "case_report",
            "source_format": source_format,
            "sha256": sha256,
            "source_sha256": sha256,
            "version": "1",
            "text_kept": True,
            "retracted": False,
        },
    )
    writer.relationship("PUBLISHED_AS", own, write_publication(writer, id))
    sentence = writer.node(
        "Sentence",
        f"{id}#sentence-0-9",
        {"section": "case", "start": 0, "end": 9, "text": "Was so."},
    )
    writer.relationship("HAS_SENTENCE", own, sentence)
    for place, concept in enumerate(concepts):
        span = {"start": place, "end": place + 1}
        writer.relationship("MENTIONS", sentence, _concept(writer, concept), span)
    for number, (work, title) in enumerate(sorted((cited or {}).items()), start=1):
        entry = {"number": number, "title": title, "year": 2000}
        reference = writer.node("Reference", f"{id}#reference-{number}", entry)
        writer.relationship("HAS_REFERENCE", own, reference)
        writer.relationship("TO", reference, write_publication(writer, work))
    if same_as:
        one, other = (write_publication(writer, work) for work in same_as)
        writer.relationship("SAME_AS", one, other)
    return writer.graph


def _concept(writer: GraphWriter, concept: str) -> str:
    name = concept.removeprefix("kg:")
    keys = {"name": name, "keys": (name,), "source": "kg-lexicon", "grounded": True}
    key = writer.node("Therapy", concept, keys)
    for parent in HIERARCHY[concept]:
        writer.relationship("IS_A", key, _concept(writer, parent))
    return key
