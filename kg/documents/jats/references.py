"""The reference list of a JATS article.

One ``ref`` is one Reference, as the article numbers it. Of ``citation-alternatives`` the tagged
form gives the fields and the running form the text. Where one ``ref`` cites several works, the
Reference is the first and holds the others in ``also``. Identifiers are those that are tagged; a
doi that stands only in the words stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.documents.jats.names import cited_authors, name_of
from kg.documents.metadata import clean_doi
from kg.documents.model import Reference
from kg.documents.references import parse
from kg.documents.xml import Element, words_of

_CITATIONS = frozenset(
    {"element-citation", "mixed-citation", "nlm-citation", "citation", "product"}
)
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_BLANKS = re.compile(r"\s+")
_LINKS = re.compile(
    r"(?:\s*\[\s*(?:DOI|PubMed|PMC free article|Google Scholar|CrossRef)?\s*\])+\s*\Z"
)


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """The references, and by the id of its element the number of each."""

    references: tuple[Reference, ...]
    numbers: dict[str, int]
    labels: dict[str, int]


def reference_list(article: Element) -> ReferenceList:
    """Return all references of an article, in order, sub-articles left out."""
    references: list[Reference] = []
    numbers: dict[str, int] = {}
    labels: dict[str, int] = {}
    for ref in _refs(article):
        number = len(references) + 1
        label, forms = _parts(ref)
        references.append(_reference(ref, forms, number))
        labels.setdefault(label.strip("[]().: "), number)
        for element in (ref, *ref, *(form for some in forms for form in some)):
            if key := element.get("id"):
                numbers.setdefault(key, number)
    return ReferenceList(tuple(references), numbers, labels)


def _refs(article: Element) -> Iterator[Element]:
    """Yield the article's own ref elements, not those of a reply inside it."""
    nested = {
        ref
        for other in ("sub-article", "response")
        for part in article.iterfind(other)
        for ref in part.iter("ref")
    }
    return (ref for ref in article.iter("ref") if ref not in nested)


def _parts(ref: Element) -> tuple[str, list[list[Element]]]:
    """Return the label of a ref, and for each work it cites the forms of its citation."""
    label = ""
    works: list[list[Element]] = []
    for child in ref:
        tag = child.tag
        if tag == "label":
            label = words_of(child)
        elif tag in _CITATIONS:
            works.append([child])
        elif tag == "citation-alternatives":
            works.append([form for form in child if form.tag in _CITATIONS])
    return label, [forms for forms in works if forms]


def _reference(ref: Element, forms: list[list[Element]], number: int) -> Reference:
    """Return the Reference of one ``ref`` element."""
    if not forms:
        return replace(parse(words_of(ref), number), doi=None, pmid=None)
    first, *others = (_work(_tagged(form), _running(form), number) for form in forms)
    if not others:
        return first
    whole = "; ".join(work.text.rstrip(" ;") for work in (first, *others))
    return replace(first, text=whole, also=tuple(others))


def _tagged(forms: list[Element]) -> Element:
    return next(
        (form for form in forms if form.tag in ("element-citation", "nlm-citation")), forms[0]
    )


def _running(forms: list[Element]) -> Element:
    return next((form for form in forms if form.tag == "mixed-citation"), forms[0])


def _work(tagged: Element, running: Element, number: int) -> Reference:
    """Return one cited work, its fields from the tagged form."""
    fields: dict[str, str] = {}
    doi = pmid = None
    for child in tagged:
        tag = child.tag
        if tag == "pub-id":
            kind = child.get("pub-id-type")
            if kind == "doi" and doi is None:
                doi = clean_doi(child.text)
            elif kind == "pmid" and pmid is None:
                pmid = (child.text or "").strip() or None
        elif tag in _FIELDS and tag not in fields:
            fields[tag] = words_of(child)
    if doi is None or pmid is None:
        for form in (tagged, running):
            doi, pmid = _other_ids(form, doi, pmid)
    year = _YEAR.search(fields.get("year", ""))
    pages = fields.get("fpage")
    if pages and fields.get("lpage") and fields["lpage"] != pages:
        pages = f"{pages}-{fields['lpage']}"
    title = fields.get("article-title") or fields.get("chapter-title") or fields.get("data-title")
    journal = fields.get("source")
    authors = cited_authors(tagged)
    text = _running_text(running) if running.tag in ("mixed-citation", "citation") else ""
    reference = Reference(
        number=number,
        text=text or _composed(authors, title, fields, pages, doi),
        authors=authors,
        year=int(year.group()) if year else None,
        title=_trimmed(title),
        journal=_trimmed(journal),
        volume=fields.get("volume"),
        pages=pages or fields.get("elocation-id") or fields.get("page-range"),
        doi=doi,
        pmid=pmid,
    )
    if not title and not journal:  # untagged: the rules for plain text read it
        read = parse(reference.text, number)
        return replace(
            read, number=number, authors=authors or read.authors, doi=doi, pmid=pmid, also=()
        )
    return reference


_FIELDS = frozenset(
    {"year", "article-title", "chapter-title", "data-title", "part-title", "source", "volume",
     "issue", "fpage", "lpage", "elocation-id", "page-range", "publisher-name"}
)  # fmt: skip


def _other_ids(
    citation: Element, doi: str | None, pmid: str | None
) -> tuple[str | None, str | None]:
    for element in citation.iter("pub-id"):
        kind = element.get("pub-id-type")
        if kind == "doi":
            doi = doi or clean_doi(element.text)
        elif kind == "pmid":
            pmid = pmid or (element.text or "").strip() or None
    return doi, pmid


def _trimmed(text: str | None) -> str | None:
    return (text or "").strip().rstrip(".,;").strip() or None


def _running_text(citation: Element) -> str:
    """Return the words of a running citation, tagged identifiers kept apart by blanks."""
    parts: list[str] = []
    _running_parts(citation, parts)
    text = _BLANKS.sub(" ", "".join(parts)).strip()
    return _LINKS.sub("", text)


_NESTING = frozenset({"person-group", "comment", "collab", "named-content", "styled-content"})
_APART = frozenset({"pub-id", "year", "volume", "fpage", "source", "article-title"})


def _running_parts(element: Element, parts: list[str]) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        if child.tag in _APART and parts and parts[-1][-1:].isalnum():
            parts.append(" ")
        if child.tag == "name":
            parts.append(name_of(child) or "")
            following = child.getnext()
            if following is not None and following.tag in ("name", "etal") and not child.tail:
                parts.append(", ")
        elif child.tag == "etal" and not words_of(child):
            parts.append("et al")
        elif child.tag in _NESTING:
            _running_parts(child, parts)
        elif isinstance(child.tag, str):
            parts.append((child.text or "") if not len(child) else "".join(child.itertext()))
        if child.tail:
            parts.append(child.tail)


def _composed(
    authors: tuple[str, ...],
    title: str | None,
    fields: dict[str, str],
    pages: str | None,
    doi: str | None,
) -> str:
    """Write a tagged citation without running text in the Vancouver order (ICMJE)."""
    place = fields.get("volume", "")
    if fields.get("issue"):
        place += f"({fields['issue']})"
    if pages or fields.get("elocation-id"):
        place += f":{pages or fields['elocation-id']}"
    dated = ";".join(part for part in (fields.get("year", ""), place) if part)
    parts = (
        ", ".join(authors),
        title or "",
        fields.get("source", ""),
        fields.get("publisher-name", ""),
        dated,
        f"doi: {doi}" if doi else "",
    )
    return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())
