"""The article of any journal's page, as lines of text."""

from __future__ import annotations

from kg.documents.xml import Element, local, words_of


def page_text(data: bytes) -> str | None:
    """Return the article of a page: a paragraph, heading or list item a line, blank lines between.

    Menus, comments and advertisements are left out by trafilatura; None where it finds no article.
    """
    from trafilatura import bare_extraction  # heavy: only pages other than PMC's need it

    found = bare_extraction(
        data, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    if body is None:
        return None
    blocks: list[str] = []
    _collect(body, blocks)
    return "\n\n".join(blocks) or None


def _collect(element: Element, blocks: list[str]) -> None:
    for child in element:
        tag = local(child)
        if tag == "list":
            ordered = (child.get("rend") or "").startswith("ol")
            for number, item in enumerate(child.iter("item"), start=1):
                text = words_of(item)
                blocks.append(f"{number}. {text}" if ordered and not text[:1].isdigit() else text)
        elif tag == "table":
            rows = (
                "\t".join(words_of(cell) for cell in row.iter("cell")) for row in child.iter("row")
            )
            blocks.extend(row for row in rows if row.strip())
        elif tag in ("div", "main", "body", "section") and len(child):
            _collect(child, blocks)
        elif text := words_of(child):
            blocks.append(text)
