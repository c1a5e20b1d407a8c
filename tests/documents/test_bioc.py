"""BioC of PubMed Central, PubTator and Auto-CORPus, in JSON and XML."""
# ruff: noqa: E501 -- lines as they stand in the sources

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.documents import Document, read
from kg.errors import ReadError


def passage(text: str, **infons: str) -> dict[str, Any]:
    return {"offset": 0, "infons": infons, "text": text, "annotations": []}


PMC = {
    "source": "PMC",
    "documents": [
        {
            "id": "PMC77",
            "infons": {"license": "CC BY"},
            "passages": [
                passage(
                    "Fever in a girl: a case report", section_type="TITLE", type="front",
                    name_0="surname:Li;given-names:Ann B", year="2021",
                    **{"article-id_doi": "10.1000/X", "article-id_pmid": "5", "kwd": "fever; girl"},
                ),
                passage("A girl had fever for the first time.", section_type="ABSTRACT", type="abstract"),
                passage("Case presentation", section_type="CASE", type="title_1"),
                passage("A girl of 7 was admitted to the ward [1].", section_type="CASE", type="paragraph"),
                passage("Curve of the fever.", section_type="FIG", type="fig_caption", id="F1"),
                passage("She was well on day 4.", section_type="CASE", type="paragraph"),
                passage("Funding", section_type="ACK_FUND", type="title_1"),
                passage("None.", section_type="ACK_FUND", type="paragraph"),
                passage("References", section_type="REF", type="title"),
                passage(
                    "Fever again", section_type="REF", type="ref", name_0="surname:Wu;given-names:C",
                    source="Blood", year="2001", volume="4", fpage="1", lpage="9",
                    **{"pub-id_pmid": "12"},
                ),
            ],
        }
    ],
}  # fmt: skip


def words(document: Document, kind: str) -> list[str]:
    return [document.text[s.start : s.end] for s in document.sections if s.kind == kind]


def as_xml(collection: dict[str, Any]) -> bytes:
    def infons(of: dict[str, str]) -> str:
        return "".join(f'<infon key="{key}">{value}</infon>' for key, value in of.items())

    documents = "".join(
        f"<document><id>{document['id']}</id>{infons(document['infons'])}"
        + "".join(
            f"<passage>{infons(p['infons'])}<offset>0</offset><text>{p['text']}</text></passage>"
            for p in document["passages"]
        )
        + "</document>"
        for document in collection["documents"]
    )
    return f"<?xml version='1.0'?><collection><source>PMC</source>{documents}</collection>".encode()


@pytest.mark.parametrize(
    "data",
    [json.dumps(PMC).encode(), json.dumps([PMC]).encode(), as_xml(PMC)],
    ids=["json", "list", "xml"],
)
def test_pubmed_central(data: bytes) -> None:
    (document,) = read(data)
    assert (document.id, document.format) == ("doi:10.1000/x", "bioc")
    meta = document.meta
    assert (meta.authors, meta.year, meta.pmcid) == (("Li AB",), 2021, "PMC77")
    assert (meta.keywords, meta.licence) == (("fever", "girl"), "CC BY")
    assert words(document, "case") == [
        "A girl of 7 was admitted to the ward [1].", "She was well on day 4.",
    ]  # fmt: skip
    assert words(document, "legend") == ["Curve of the fever."]
    assert words(document, "boilerplate") == ["None."]
    (reference,) = document.references
    assert (reference.authors, reference.title, reference.pages) == (
        ("Wu C",),
        "Fever again",
        "1-9",
    )
    assert reference.pmid == "12"
    assert [mark.text for mark in document.marks] == ["[1]"]


def test_pubtator_abstract() -> None:
    pubtator = {
        "PubTator3": [
            {
                "id": "123",
                "infons": {},
                "passages": [
                    passage("Fever in a girl.", type="title"),
                    passage("A girl had fever and was treated with it.", type="abstract"),
                ],
            }
        ]
    }
    (document,) = read(json.dumps(pubtator).encode())
    assert (document.id, document.format) == ("pmid:123", "abstract")
    assert [section.kind for section in document.sections] == ["title", "abstract"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"documents": [{"passages": [', "broken or cut short"),
        (b'{"documents": []}', "no BioC document"),
        (b'{"passages": [{"infons": {}, "text": ""}]}', "no text"),
    ],
)
def test_broken(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(data)
