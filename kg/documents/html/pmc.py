"""PubMed Central's web pages, both layouts, turned into JATS elements.

PubMed Central makes its pages from JATS; turning them back lets one writer serve both, so that
the forms of an article agree. The layout of 2024 has ``section`` and ``figure`` elements, the one
before ``div`` elements with classes ("tsec sec", "fig iconblock", "table-wrap").
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from kg.documents.html.tree import classes
from kg.documents.references import parse
from kg.documents.xml import Element, words_of

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_SKIPPED_TAGS = frozenset({"script", "style", "nav", "button", "svg", "img", "aside", "form", "hr"})
_SKIPPED = frozenset(
    {"fm-sec", "front-matter", "kwd-group", "kwd-title", "kwd-text", "largeobj-link", "img-box",
     "obj_head", "ref-list", "ref-list-sec", "courtesy-note", "text-right", "ts_bar", "pmctoggle"}
)  # fmt: skip
_FIGURE = frozenset({"fig", "figure"})
_TABLE = frozenset({"tw", "table-wrap"})
_FOOT = frozenset({"tw-foot", "tblwrap-foot"})
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "section",
        "ul",
        "ol",
        "dl",
        "table",
        "figure",
        "figcaption",
        "blockquote",
        *_HEADINGS,
    }
)
_PMID = re.compile(r"pubmed\.ncbi\.nlm\.nih\.gov/(\d+)|/pubmed/(\d+)")
_DOI = re.compile(r"doi\.org/(\S+)")
_RENAMED = {
    "em": "italic",
    "i": "italic",
    "strong": "bold",
    "b": "bold",
    "sup": "sup",
    "sub": "sub",
}


def is_pmc_page(head: bytes) -> bool:
    """Tell whether a page's first bytes are those of PubMed Central."""
    return (
        b'content="pmc"' in head
        or b"ncbi.nlm.nih.gov/articles/PMC" in head
        or (b"ncbi.nlm.nih.gov/pmc/articles/PMC" in head)
    )


def article_of(root: Element) -> Element | None:
    """Return a page's article in JATS elements, None where it holds none."""
    main = _main(root)
    if main is None:
        return None
    article = etree.Element("article")
    front = etree.SubElement(etree.SubElement(article, "front"), "article-meta")
    body = etree.SubElement(article, "body")
    ids = _references(root, etree.SubElement(article, "back"))
    for child in main:
        if isinstance(child.tag, str) and (child.get("id") or "").startswith("abstract"):
            _fill(child, etree.SubElement(front, "abstract"), ids)
        else:
            _block(child, body, ids)
    return article


def keywords_of(root: Element) -> tuple[str, ...]:
    """Return the keywords that the page prints under the abstract."""
    for element in root.iter("section", "span", "div"):
        if classes(element) & {"kwd-group", "kwd-text"}:
            text = re.sub(r"^\s*Keywords?\s*:\s*", "", words_of(element))
            return tuple(word.strip() for word in re.split(r"[;,]", text) if word.strip())
    return ()


def _main(root: Element) -> Element | None:
    """Return the element whose children are the article's sections."""
    for element in root.iter("section", "div"):
        if "main-article-body" in classes(element):
            return element
    for element in root.iter("div"):
        if {"tsec", "sec"} <= classes(element) and "fm-sec" not in classes(element):
            return element.getparent()
    return None


def _block(element: Element, out: Element, ids: frozenset[str]) -> None:
    """Turn one block of the page into JATS under ``out``."""
    tag, names = element.tag, classes(element)
    if not isinstance(tag, str) or tag in _SKIPPED_TAGS or names & _SKIPPED or _hidden(element):
        return
    if any(classes(child) & {"kwd-title", "ref-list-sec"} for child in element):
        return
    if tag == "figure" or (names & _FIGURE and element.get("id")):
        _figure(element, out, ids)
    elif names & _TABLE:
        _table(element, out, ids)
    elif tag == "p" or (not _has_blocks(element) and words_of(element)):
        _inline(element, etree.SubElement(out, "p"), ids)
    elif tag in ("ul", "ol"):
        items = etree.SubElement(out, "list")
        for item in element.iterfind("li"):
            _fill(item, etree.SubElement(items, "list-item"), ids)
    elif _heading(element) is not None:
        section = etree.SubElement(out, "sec", {"sec-type": "ack"} if "ack" in names else {})
        etree.SubElement(section, "title").text = words_of(_heading(element))
        _fill(element, section, ids)
    else:
        _fill(element, out, ids)


def _fill(element: Element, out: Element, ids: frozenset[str]) -> None:
    """Turn an element's children into JATS; a heading becomes the title."""
    heading = _heading(element) if out.tag == "abstract" else None
    if heading is not None and words_of(heading).lower() != "abstract":
        etree.SubElement(out, "title").text = words_of(heading)
    if not _has_blocks(element):
        if words_of(element):
            _inline(element, etree.SubElement(out, "p"), ids)
        return
    for child in element:
        if child.tag not in _HEADINGS:
            _block(child, out, ids)


def _heading(element: Element) -> Element | None:
    return next((child for child in element if child.tag in _HEADINGS), None)


def _hidden(element: Element) -> bool:
    return "display:none" in (element.get("style") or "").replace(" ", "")


def _has_blocks(element: Element) -> bool:
    return any(child.tag in _BLOCKS for child in element.iterdescendants())


def _figure(element: Element, out: Element, ids: frozenset[str]) -> None:
    figure = etree.SubElement(out, "fig")
    caption = next(
        (
            e
            for e in element.iter("figcaption", "div")
            if e.tag == "figcaption" or "caption" in classes(e)
        ),
        None,
    )
    label = next(
        (
            e
            for e in element.iter(*_HEADINGS, "a")
            if re.match(r"\s*(fig|scheme|chart|box)", words_of(e), re.I)
        ),
        None,
    )
    etree.SubElement(figure, "label").text = (
        words_of(label).rstrip(".") if label is not None else None
    )
    if caption is not None:
        _fill(caption, etree.SubElement(figure, "caption"), ids)


def _table(element: Element, out: Element, ids: frozenset[str]) -> None:
    wrap = etree.SubElement(out, "table-wrap")
    heading = next(iter(element.iter(*_HEADINGS)), None)
    etree.SubElement(wrap, "label").text = (
        words_of(heading).rstrip(".") if heading is not None else None
    )
    for part in element.iter("div", "table", "section"):
        if "caption" in classes(part):
            _fill(part, etree.SubElement(wrap, "caption"), ids)
        elif part.tag == "table":
            _rows(part, etree.SubElement(wrap, "table"), ids)
        elif classes(part) & _FOOT:
            foot = etree.SubElement(wrap, "table-wrap-foot")
            for note in part:
                _inline(note, etree.SubElement(foot, "p"), ids)


def _rows(table: Element, out: Element, ids: frozenset[str]) -> None:
    for row in table.iter("tr"):
        line = etree.SubElement(out, "tr")
        for cell in row:
            if cell.tag in ("td", "th"):
                _inline(cell, etree.SubElement(line, "td"), ids)


def _inline(element: Element, out: Element, ids: frozenset[str]) -> None:
    """Copy running text: links to references become xref, the rest its words."""
    _add(out, element.text)
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED_TAGS:
            pass
        elif tag in _RENAMED:
            _inline(child, etree.SubElement(out, _RENAMED[tag]), ids)
        elif tag == "a" and (target := _target(child)) in ids:
            _inline(child, etree.SubElement(out, "xref", {"ref-type": "bibr", "rid": target}), ids)
        elif tag == "br":
            _add(out, " ")
        else:
            _inline(child, etree.SubElement(out, "named-content"), ids)
        _add(out, child.tail)


def _add(out: Element, text: str | None) -> None:
    """Append text after what the element holds so far."""
    if not text:
        return
    if len(out):
        out[-1].tail = (out[-1].tail or "") + text
    else:
        out.text = (out.text or "") + text


def _target(link: Element) -> str:
    return link.get("rid") or (link.get("href") or "").rpartition("#")[2]


def _references(root: Element, back: Element) -> frozenset[str]:
    """Turn the reference list into ref elements; return their ids."""
    entries = [
        element
        for element in root.iter("li", "div")
        if element.get("id")
        and (element.find("cite") is not None or "ref-cit-blk" in classes(element))
    ]
    listed = etree.SubElement(back, "ref-list")
    for entry in entries:
        _reference(entry, etree.SubElement(listed, "ref", {"id": entry.get("id")}))
    return frozenset(entry.get("id") for entry in entries)


def _reference(entry: Element, ref: Element) -> None:
    """Write one reference: its words, and the fields that its links to search engines carry."""
    words = entry.find("cite")
    if words is None:
        words = next((e for e in entry.iter("span") if "mixed-citation" in classes(e)), entry)
    label = re.match(r"\s*\[?(\d+)[.\])]", words_of(entry))
    if label:
        etree.SubElement(ref, "label").text = label.group(1)
    forms = etree.SubElement(ref, "citation-alternatives")
    tagged = etree.SubElement(forms, "element-citation")
    text = (
        re.sub(r"(?:\s*\[[^\[\]]*\])*\s*\Z", "", words_of(words))
        if words.tag != "cite"
        else words_of(words)
    )
    etree.SubElement(forms, "mixed-citation").text = text
    group = etree.SubElement(tagged, "person-group", {"person-group-type": "author"})
    for author in parse(text).authors:  # the look-up below names only the first five
        etree.SubElement(group, "string-name").text = author
    for link in entry.iter("a"):
        address = link.get("href") or ""
        if found := _DOI.search(address):
            _field(tagged, "pub-id", found.group(1), {"pub-id-type": "doi"})
        elif found := _PMID.search(address):
            _field(tagged, "pub-id", found.group(1) or found.group(2), {"pub-id-type": "pmid"})
        elif "scholar_lookup" in address:
            _scholar(tagged, address)


def _scholar(tagged: Element, address: str) -> None:
    """Write the fields of a Google Scholar look-up, which PubMed Central makes from JATS."""
    query = parse_qs(urlsplit(address).query)
    for key, field in (
        ("title", "article-title"), ("journal", "source"), ("publication_year", "year"),
        ("volume", "volume"), ("pages", "fpage"),
    ):  # fmt: skip
        if values := query.get(key):
            first, _, last = values[0].partition("-") if key == "pages" else (values[0], "", "")
            _field(tagged, field, first, {})
            if last:
                _field(tagged, "lpage", last, {})


def _field(tagged: Element, tag: str, text: str, attributes: dict[str, str]) -> None:
    etree.SubElement(tagged, tag, attributes).text = text.replace("%2F", "/")
