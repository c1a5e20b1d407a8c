"""BioC passages, of XML or JSON, put into one text with sections and references.

BioC (Comeau et al. 2013, doi:10.1093/database/bat064) leaves the infons to each producer. Known are
those of PubMed Central ("section_type", "type"), of PubTator ("type") and of Auto-CORPus
("section_title_1", "iao_name_1").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.documents.assemble import Origin, assemble
from kg.documents.flow import Flow, Paragraph
from kg.documents.headings import heading_kind, nested_kind
from kg.documents.jats.names import initials
from kg.documents.marks import find_marks
from kg.documents.metadata import article_type, clean_doi, clean_pmcid, licence_in
from kg.documents.model import Document, Metadata, Reference, SectionKind
from kg.documents.references import parse
from kg.errors import ReadError

#: PubMed Central's section types.
_SECTION_TYPES: dict[str, SectionKind] = {
    "TITLE": "title", "ABSTRACT": "abstract", "INTRO": "introduction", "CASE": "case",
    "METHODS": "methods", "RESULTS": "results", "DISCUSS": "discussion", "CONCL": "conclusion",
    "FIG": "legend", "TABLE": "table", "REF": "references", "COMP_INT": "boilerplate",
    "AUTH_CONT": "boilerplate", "ACK_FUND": "boilerplate", "SUPPL": "boilerplate",
    "ABBR": "boilerplate", "KEYWORD": "boilerplate", "APPENDIX": "boilerplate",
    "REVIEW_INFO": "boilerplate",
}  # fmt: skip
_HEADING = re.compile(r"(?:abstract_)?title(?:_\d)?|section_title|fig_title|table_title")
_LABEL = re.compile(r"\A(?:references)?\W*\d{1,3}[.)]\s*", re.IGNORECASE)
_AUTHOR = re.compile(r"surname:([^;]+)(?:;given-names:(.*))?")
_RUN = re.compile(r"(?:[^\W\d_][\w'’-]*\s){1,4}?[A-Z]{1,4}(?=\s|\.)")


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage: its infons and its words."""

    infons: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class BiocDocument:
    """One BioC document, whatever it was written in."""

    id: str
    infons: Mapping[str, str]
    passages: tuple[Passage, ...]


def document_of(bioc: BiocDocument, origin: Origin) -> Document:
    """Return the Document of a BioC document.

    Raises
    ------
    ReadError
        When it has no passage with words.
    """
    flow = Flow()
    references: list[Reference] = []
    state = _State()
    front: Mapping[str, str] = bioc.infons
    for passage in bioc.passages:
        if not passage.text.strip():
            continue
        kind = state.place(passage, flow)
        if kind == "title" and not state.title:
            state.title = passage.text.strip()
            front = {**passage.infons, **bioc.infons}
        if kind == "references":
            if _repeats(passage.text, references):
                continue
            references.append(_reference(passage, len(references) + 1))
            flow.write(references[-1].text, kind, state.heading)
        elif kind is not None:
            paragraph = Paragraph()
            paragraph.add(passage.text)
            flow.write(paragraph, kind, state.heading)
    if not flow.sections:
        raise ReadError("the BioC document has no text", where=origin.source, hint="fetch it again")
    sections, text = tuple(flow.sections), flow.text()
    listed = tuple(references)
    whole = any(section.kind not in ("title", "abstract") for section in sections)
    return assemble(
        origin,
        "bioc" if whole else "abstract",
        text,
        _metadata(bioc, front, state),
        sections=sections,
        references=listed,
        marks=find_marks(text, sections, listed),
        notes=("BioC keeps no links: citation marks were found by their form",) if listed else (),
    )


@dataclass(slots=True)
class _State:
    """Where the passages stand: the section they are in, and what was met."""

    title: str | None = None
    heading: str | None = None
    kind: SectionKind = "discussion"
    keywords: str | None = None
    path: tuple[str, ...] = ()

    def place(self, passage: Passage, flow: Flow) -> SectionKind | None:
        """Return the kind of a passage; None for a heading, which is written here."""
        infons = passage.infons
        path = tuple(
            title for level in range(1, 6) if (title := infons.get(f"section_title_{level}"))
        )
        if infons.get("iao_name_1") == "document title":
            return "title"
        if path:
            return self._by_path(path, passage, flow)
        return self._by_type(passage, flow)

    def _by_path(self, path: tuple[str, ...], passage: Passage, flow: Flow) -> SectionKind | None:
        if path[0].lower() == "document title":
            return "title"
        if path[0].lower() == "keywords":
            self.keywords = re.sub(r"\Akey ?words\s*:\s*", "", passage.text, flags=re.IGNORECASE)
            return "boilerplate"
        if path != self.path:
            new = [title for i, title in enumerate(path) if path[: i + 1] != self.path[: i + 1]]
            for title in new or path[-1:]:
                flow.heading(title)
            self.path = path
        kind = (
            heading_kind(path[0])
            or heading_kind(passage.infons.get("iao_name_1", ""))
            or "discussion"
        )
        for title in path[1:]:
            kind = nested_kind(title, kind)
        self.heading = None if path[-1].lower() == "abstract" else path[-1]
        return kind

    def _by_type(self, passage: Passage, flow: Flow) -> SectionKind | None:
        infons = passage.infons
        told = infons.get("type", "").lower()
        kind = _SECTION_TYPES.get(infons.get("section_type", "").upper())
        if told in ("front", "title") and self.title is None:
            return "title"
        if kind is None and told.startswith("abstract"):
            kind = "abstract"
        if told.startswith(("fig", "table")):
            label: SectionKind = "legend" if told.startswith("fig") else "table"
            self._open(flow, infons.get("id"))
            return label
        if told == "ref":
            if self.kind != "references":
                self.kind = "references"
                self._open(flow, "References")
            return "references"
        if _HEADING.fullmatch(told):
            own = heading_kind(passage.text)
            self.kind = (
                nested_kind(passage.text, kind)
                if kind and kind != "boilerplate"
                else (kind or own or self.kind)
            )
            self.heading = passage.text.strip()
            flow.heading(self.heading)
            return None
        return (self.kind if self.heading and kind is None else kind) or self.kind

    def _open(self, flow: Flow, heading: str | None) -> None:
        if heading != self.heading:
            self.heading = heading
            flow.heading(heading)


def _reference(passage: Passage, number: int) -> Reference:
    """Return a reference: tagged, as PubMed Central has it, or of its words alone."""
    infons = passage.infons
    text = re.sub(r"\s+", " ", _LABEL.sub("", passage.text, count=1)).strip()
    if "source" not in infons and "year" not in infons:
        return replace(_run_on(text, number), number=number)
    names = (
        infons[key] for key in sorted((k for k in infons if k.startswith("name_")), key=_index)
    )
    authors = tuple(
        f"{found[1]} {initials(found[2] or '')}".strip()
        for name in names
        if (found := _AUTHOR.match(name))
    )
    pages = "-".join(infons[key] for key in ("fpage", "lpage") if infons.get(key)) or None
    year = infons.get("year", "")[:4]
    place = f"{infons.get('volume', '')}:{pages}" if pages else infons.get("volume", "")
    parts = (", ".join(authors), text, infons.get("source", ""), f"{year};{place}".strip(";"))
    return Reference(
        number=number,
        text=". ".join(part.rstrip(".") for part in parts if part),
        authors=authors,
        year=int(year) if year.isdigit() else None,
        title=text.rstrip(".") or None,
        journal=infons.get("source"),
        volume=infons.get("volume"),
        pages=pages,
        doi=clean_doi(infons.get("pub-id_doi")),
        pmid=infons.get("pub-id_pmid"),
    )


def _repeats(text: str, references: list[Reference]) -> bool:
    """Tell whether a passage is the whole list over again, as some converters add it."""
    return len(references) > 1 and all(one.text[:40] in text for one in references[:2])


def _run_on(text: str, number: int) -> Reference:
    """Parse a reference whose punctuation was spaced out and whose authors have no commas."""
    close = re.sub(r"\s+([).,:;\]–])", r"\1", re.sub(r"([(\[–])\s+", r"\1", text))
    close = re.sub(r"(?<=\d)\s*:\s*(?=\w)", ":", close)
    head, stop, rest = close.partition(". ")
    names = _RUN.findall(f"{head}.")
    if len(names) > 1 and "," not in head:
        close = ", ".join(name.strip() for name in names) + stop + rest
    pmid = re.search(r"(?<=\s)(\d{7,8})\Z", close)
    parsed = parse(close[: pmid.start()].strip() if pmid else close, number)
    return replace(parsed, text=text, pmid=pmid.group(1) if pmid else parsed.pmid)


def _index(key: str) -> int:
    tail = key.rpartition("_")[2]
    return int(tail) if tail.isdigit() else 0


def _metadata(bioc: BiocDocument, front: Mapping[str, str], state: _State) -> Metadata:
    pmcid = front.get("pmcid") or front.get("article-id_pmc") or front.get("article-id_pmcid")
    pmid = front.get("pmid") or front.get("article-id_pmid")
    if not pmid and bioc.id.isdigit():
        pmid = bioc.id
    if not pmcid and bioc.id.upper().startswith("PMC"):
        pmcid = bioc.id
    year = (front.get("year") or "")[:4]
    names = (front[key] for key in sorted((k for k in front if k.startswith("name_")), key=_index))
    authors = tuple(
        f"{found[1]} {initials(found[2] or '')}".strip()
        for name in names
        if (found := _AUTHOR.match(name))
    )
    keywords = state.keywords or front.get("kwd") or ""
    split = (
        re.split(r"\s*;\s*|\s*,\s*", keywords)
        if ";" in keywords or "," in keywords
        else keywords.split()
    )
    types = (front.get("article-type") or front.get("pub_type") or "",)
    return Metadata(
        title=state.title,
        authors=authors,
        journal=front.get("journal") or front.get("journal-title"),
        year=int(year) if year.isdigit() else None,
        doi=clean_doi(front.get("doi") or front.get("article-id_doi")),
        pmid=pmid,
        pmcid=clean_pmcid(pmcid),
        published=year if year.isdigit() else None,
        keywords=tuple(word for word in split if word),
        language="en",
        licence=licence_in(front.get("license")),
        article_type=article_type(types, state.title),
    )
