"""The tagged references of JATS articles and of AnyStyle's core set, as strings with labels.

A printed reference is kept as pieces ``(label, words)``, whose words joined are the string of
the page: what a parser reads, what it should find, and what the chain is trained on, from one
source. Labels: author, year, title, journal, volume, issue, pages, doi, other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from tools.evaluate.references_styles import STYLES, Fields, Piece, render

MANIFEST = Path("tests") / "gold" / "manifest"
_CITATIONS = ("mixed-citation", "element-citation", "nlm-citation")
_LABELS = {
    "name": "author", "string-name": "author", "collab": "author", "etal": "author",
    "year": "year", "article-title": "title", "chapter-title": "title", "data-title": "title",
    "source": "journal", "volume": "volume", "issue": "issue", "fpage": "pages", "lpage": "pages",
    "elocation-id": "pages", "page-range": "pages",
}  # fmt: skip
_QUERY = re.compile(r"&(?=(?:journal|title|author|volume|issue|publication_year|pages|pmid|doi)=)")
_BLANKS = re.compile(r"\s+")
_GROUPS = (
    ("Wiley", ("10.1002/", "10.1111/", "10.1155/")),
    ("BMC/Springer", ("10.1186/", "10.1007/", "10.1038/")),
)
_HOUSE_STYLES = (
    ("10.3390/", "mdpi"), ("10.1186/", "bmc"), ("10.1042/", "portland"), ("10.1289/", "ehp"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tagged:
    """One tagged reference: the string as printed, its pieces, and what is right of it.

    ``pieces`` is empty where the string could not be labelled in full.
    """

    article: str
    group: str
    text: str
    fields: Fields
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One JATS article: its name, group, tree and journal references."""

    name: str
    group: str
    root: Any
    references: tuple[Tagged, ...]


@cache
def reserved() -> frozenset[str]:
    """Return the names of the articles that only the final measurement may open."""
    rows = (line.rstrip("\n").split("\t") for line in MANIFEST.open(encoding="utf-8"))
    return frozenset(row[1] for row in rows if len(row) == 3 and row[2] == "measure")


def articles(data: Path) -> Iterator[Article]:
    """Yield the JATS articles under a folder, in the order of their paths, reserved left out."""
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    for path in sorted(data.rglob("*.xml")):
        if path.stem in reserved():
            continue
        root = etree.parse(str(path), parser).getroot()
        if not root.tag.endswith("article"):
            continue
        doi = (root.findtext(".//article-meta/article-id[@pub-id-type='doi']") or "").strip()
        group = _group(doi, path.parent.name)
        found = (_tagged(path.stem, group, doi, ref) for ref in root.iter("ref"))
        yield Article(path.stem, group, root, tuple(one for one in found if one))


def _group(doi: str, folder: str) -> str:
    if doi.startswith("10.3389/") and folder == "case_reports":
        return "Frontiers case reports"
    return next((name for name, starts in _GROUPS if doi.startswith(starts)), "the rest")


def _tagged(article: str, group: str, doi: str, ref: Any) -> Tagged | None:
    """Return a reference to one journal article; None for books, pages and several works."""
    if len(ref.findall("mixed-citation")) > 1:
        return None
    forms = list(ref.iter(*_CITATIONS))
    tagged = next((form for form in forms if form.find(".//source") is not None), None)
    if tagged is None:
        return _scholar(article, group, forms[0]) if forms else None
    if tagged.get("publication-type", "journal") != "journal":
        return None
    fields = _fields(tagged)
    if not (fields.authors and fields.journal and fields.year):
        return None
    running = next((form for form in forms if form.tag == "mixed-citation"), tagged)
    if running is not tagged:
        text = _words(running)
        return Tagged(article, group, text, fields, _aligned(text, fields))
    tails = "".join(element.tail or "" for element in tagged.iter() if element is not tagged)
    if re.search(r"[.,;:]", tails):
        pieces = _flattened(tagged, frontiers=doi.startswith("10.3389/"))
    else:
        style = next((name for start, name in _HOUSE_STYLES if doi.startswith(start)), "vancouver")
        pieces = tuple(render(fields, STYLES[style]))
    return Tagged(article, group, "".join(words for _, words in pieces), fields, pieces)


def _scholar(article: str, group: str, form: Any) -> Tagged | None:
    """Read the fields of an untagged citation from its Google Scholar look-up."""
    link = form.find("ext-link[@ext-link-type='google-scholar']")
    if link is None:
        return None
    address = next(value for key, value in link.attrib.items() if key.endswith("href"))
    query = defaultdict(list)
    for key, _, value in (part.partition("=") for part in _QUERY.split(address)):
        query[key].append(value.rstrip("&"))
    if "journal" not in query or "author" not in query or "title" not in query:
        return None
    names = tuple(tuple(name.rsplit(" ", 1)[::-1]) for name in query["author"])

    def one(key: str) -> str | None:
        return _BLANKS.sub(" ", query[key][0]).strip() if key in query else None

    pages = one("pages")
    fields = Fields(
        authors=tuple((name[0], name[1] if len(name) > 1 else "") for name in names),
        year=one("publication_year"), title=one("title"), journal=one("journal"),
        volume=one("volume"), issue=one("issue"), doi=one("doi"),
        pages=tuple(pages.split("-")[:2]) if pages else (),
    )  # fmt: skip
    text = re.sub(r" ,", ",", _words(form))
    return Tagged(article, group, text, fields, _aligned(text, fields))


def _fields(citation: Any) -> Fields:
    names = []
    for name in citation.iter("name", "string-name", "collab"):
        group = name.getparent()
        if (group.get("person-group-type") or "author") not in ("author", "allauthors"):
            continue
        surname = _words(name.find("surname"))
        given = _words(name.find("given-names"))
        names.append((surname or _words(name), given if surname else ""))
    title = next(
        (found for tag in ("article-title", "chapter-title", "data-title")
         if (found := _words(citation.find(f".//{tag}")))), None,
    )  # fmt: skip
    pages = tuple(
        words for tag in ("fpage", "lpage") if (words := _words(citation.find(f".//{tag}")))
    )
    spare = _words(citation.find(".//page-range")) or _words(citation.find(".//elocation-id"))
    doi = _words(citation.find(".//pub-id[@pub-id-type='doi']"))
    return Fields(
        authors=tuple(names),
        year=(re.findall(r"\d{4}", _words(citation.find(".//year"))) or [None])[0],
        title=title.rstrip(" .") if title else None,
        journal=_words(citation.find(".//source")).rstrip(" .,") or None,
        volume=_words(citation.find(".//volume")) or None,
        issue=_words(citation.find(".//issue")) or None,
        pages=pages or (tuple(re.split(r"[-–]", spare)[:2]) if spare else ()),
        doi=doi.lower() or None,
        etal=citation.find(".//etal") is not None,
    )


def _words(element: Any) -> str:
    if element is None:
        return ""
    parts: list[str] = []
    _collect(element, parts)
    return _BLANKS.sub(" ", "".join(parts)).strip()


def _collect(element: Any, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str) and child.get("pub-id-type") not in ("pmid", "pmcid"):
            if child.tag == "bold" and "".join(parts)[-1:].strip():
                parts.append(" ")  # the page parts a bold volume from the journal
            _collect(child, parts)
        parts.append(child.tail or "")


def _flattened(citation: Any, *, frontiers: bool) -> tuple[Piece, ...]:
    """Flatten a punctuated citation as its page prints it."""
    pieces: list[Piece] = []
    _flatten(citation, "other", pieces, frontiers)
    merged: list[Piece] = []
    for label, words in pieces:
        words = _BLANKS.sub(" ", words)
        if (merged and merged[-1][1].endswith(" ")) or not merged:
            words = words.lstrip()
        if not words:
            continue
        if merged and words[0] in ",.;:)":
            merged[-1] = (merged[-1][0], merged[-1][1].rstrip())
        if merged and merged[-1][0] == label:
            merged[-1] = (label, merged[-1][1] + words)
        elif merged and label == "other" and not words.strip():
            merged[-1] = (merged[-1][0], merged[-1][1] + words)
        else:
            merged.append((label, words))
    if merged:
        merged[-1] = (merged[-1][0], merged[-1][1].rstrip())
    return tuple(merged)


def _flatten(element: Any, label: str, pieces: list[Piece], frontiers: bool) -> None:
    pieces.append((label, element.text or ""))
    for child in element:
        if not isinstance(child.tag, str):
            pieces.append((label, child.tail or ""))
            continue
        kind = child.get("pub-id-type")
        if kind == "doi":
            named = re.search(r"doi\W*\Z", "".join(w for _, w in pieces[-3:]), re.I)
            pieces.append(("other", "doi: " if frontiers and not named else ""))
            pieces.append(("doi", child.text or ""))
        elif kind is None:
            _flatten_child(child, label, pieces, frontiers)
        pieces.append((label, child.tail or ""))


def _flatten_child(child: Any, label: str, pieces: list[Piece], frontiers: bool) -> None:
    inner = _LABELS.get(child.tag, label)
    editors = child.get("person-group-type", "author") != "author"
    if child.tag == "person-group":
        inner = "other" if editors else "author"
    if child.tag == "name":
        pieces.append(
            (inner, f"{_words(child.find('surname'))} {_words(child.find('given-names'))}".strip())
        )
    elif child.tag == "etal":
        pieces.append((inner, _words(child) or "et al"))
    else:
        _flatten(child, inner, pieces, frontiers)
    following = child.getnext()
    if child.tag in ("name", "collab") and following is not None and not child.tail:
        pieces.append((inner, ", "))


def _aligned(text: str, fields: Fields) -> tuple[Piece, ...]:
    """Label a running string by where its fields stand; empty where one is not found."""
    spans: list[tuple[int, int, str]] = []
    if not fields.title or (at := text.find(fields.title)) < 0:
        return ()
    spans.append((at, at + len(fields.title), "title"))
    after = at + len(fields.title)
    journal = text.find(fields.journal or "", after)
    if journal < 0:
        return ()
    spans.append((journal, journal + len(fields.journal or ""), "journal"))
    rest = journal + len(fields.journal or "")
    year = re.compile(rf"\b{fields.year}\b")
    dated = year.search(text, rest) or year.search(text, 0, at)
    if dated is None:
        return ()
    spans.append((*dated.span(), "year"))
    spans.append((0, min(at, dated.start()), "author"))
    for label, value in (("volume", fields.volume), ("pages", "–".join(fields.pages))):
        if not value:
            continue
        pattern = r"\s?[-–‐]\s?".join(re.escape(part) for part in re.split(r"[-–]", value))
        taken = [span for span in spans if span[2] == "year"]
        found = next(
            (m for m in re.compile(rf"(?<!\w){pattern}(?!\w)").finditer(text, rest)
             if not any(s <= m.start() < e for s, e, _ in taken)), None,
        )  # fmt: skip
        if found is None:
            return ()
        spans.append((*found.span(), label))
        rest = found.end()
    return _pieces(text, sorted(spans))


def _pieces(text: str, spans: list[tuple[int, int, str]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    last = 0
    for start, end, label in spans:
        if start < last:
            return ()
        if start > last:
            pieces.append(("other", text[last:start]))
        pieces.append((label, text[start:end]))
        last = end
    if last < len(text):
        pieces.append(("other", text[last:]))
    return tuple(pieces)


_ANYSTYLE = {
    "author": "author", "date": "year", "title": "title", "journal": "journal",
    "container-title": "journal", "volume": "volume", "pages": "pages", "doi": "doi",
}  # fmt: skip


def anystyle(path: Path) -> list[Tagged]:
    """Return AnyStyle's tagged strings, one pseudo-article for each twenty of them."""
    found = []
    for number, sequence in enumerate(etree.parse(str(path)).getroot().iter("sequence")):
        pieces = tuple(
            (_ANYSTYLE.get(child.tag, "other"), _BLANKS.sub(" ", child.text or "").strip() + " ")
            for child in sequence
            if child.tag != "citation-number" and (child.text or "").strip()
        )
        if pieces:
            text = "".join(words for _, words in pieces).rstrip()
            name = f"anystyle-{number // 20}"
            found.append(Tagged(name, "anystyle", text, Fields(), pieces))
    return found
