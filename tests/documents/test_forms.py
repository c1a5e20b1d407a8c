"""The forms of one article agree: same sections, same references, same sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.documents import Document, fullest, read

pytestmark = pytest.mark.shared
HTML = ("PMC8885717_pmc2024_layout.html", "PMC8885717_pmc_legacy_layout.html")
BIOC = ("PMC8885717_bioc_from_xml.json", "PMC8885717_bioc_from_html.json")


@pytest.fixture(scope="module")
def triplet(shared_data: Path) -> dict[str, Document]:
    names = ("PMC8885717.xml", *HTML, *BIOC)
    return {name: read(shared_data / "triplet" / name)[0] for name in names}


def headings(document: Document) -> list[tuple[str, str | None]]:
    """The sections in order; what floats between them or stands at the end apart."""
    found: list[tuple[str, str | None]] = []
    for section in document.sections:
        if section.kind in ("legend", "table", "boilerplate"):
            continue
        if not found or found[-1] != (section.kind, section.title):
            found.append((section.kind, section.title))
    return found


def sentences(document: Document, *apart: str) -> set[str]:
    """The sentences without any white space."""
    found: set[str] = set()
    for section in document.sections:
        if section.kind not in ("references", "boilerplate", "table", *apart):
            words = document.text[section.start : section.end]
            parts = re.split(r"(?<=[.?!])\s+(?=[A-Z])", words)
            found.update(re.sub(r"\s+", "", part) for part in parts)
    return found


@pytest.mark.parametrize("name", HTML)
def test_html_says_what_jats_says(triplet: dict[str, Document], name: str) -> None:
    jats, html = triplet["PMC8885717.xml"], triplet[name]
    assert html.id == jats.id
    assert headings(html) == headings(jats)
    assert sentences(html) == sentences(jats)
    assert [mark.references for mark in html.marks] == [mark.references for mark in jats.marks]
    assert (html.meta.authors, html.meta.keywords) == (jats.meta.authors, jats.meta.keywords)
    assert len(html.references) == len(jats.references) == 17
    for one, other in zip(html.references, jats.references, strict=True):
        assert one.authors == other.authors
        assert None in (one.doi, other.doi) or one.doi == other.doi
        assert None in (one.pmid, other.pmid) or one.pmid == other.pmid
    pairs = list(zip(html.references, jats.references, strict=True))
    assert sum(one.year == other.year for one, other in pairs) >= 16
    assert (
        sum(one.title == other.title for one, other in pairs) >= 13
    )  # PMC looks chapters up by book


@pytest.mark.parametrize("name", BIOC)
def test_bioc_says_what_jats_says_but_for_captions(triplet: dict[str, Document], name: str) -> None:
    jats, bioc = triplet["PMC8885717.xml"], triplet[name]
    assert headings(bioc) == headings(jats)
    assert sentences(bioc) == sentences(jats, "legend")
    assert len(bioc.references) == 17


def test_the_fullest_is_jats(triplet: dict[str, Document]) -> None:
    assert fullest(triplet.values()).format == "jats"
