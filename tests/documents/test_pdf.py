"""PDF: paragraphs from lines, and what is told of a poor one."""

from __future__ import annotations

import io

import pytest

from kg.documents import read
from kg.documents.pdf.layout import paragraphs
from kg.errors import ReadError

pypdf = pytest.importorskip("pypdf")


def pdf_of(lines: list[str]) -> bytes:
    """A PDF of one page with Helvetica lines, written by hand."""
    content = (
        "BT /F1 10 Tf 40 780 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    out.write(f"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def test_a_page() -> None:
    data = pdf_of(
        [
            "Fever in a girl of seven years: a case report",
            "Case report",
            "The girl was admitted to the ward with fever. She was treat-",
            "ed with a drug and was well after three days of it.",
            "References",
            "1. Wu C. One. Blood. 2001;4:1-9.",
        ]
    )
    (document,) = read(data)
    assert document.format == "pdf"
    assert "She was treated with a drug" in document.text
    assert [s.kind for s in document.sections] == ["title", "case", "references"]
    assert document.notes[-1].startswith("read from PDF: good text")


def test_ligatures_hyphens_and_running_heads() -> None:
    pages = [
        "\n".join(
            [
                f"Test Journal 2020, {number}",
                f"{number} girls came.",
                "The ﬁrst ef-",
                "fect of the drug was seen on",
            ]
        )
        + f"\nday {number}.\n"
        + "\n".join(
            f"Then {word} came of it." for word in "abcdefgh"[number:] + "abcdefgh"[:number]
        )
        + f"\n{number}"
        for number in range(1, 5)
    ]
    text = paragraphs(pages)
    assert "Test Journal" not in text
    assert text.count("The first effect of the drug was seen on day") == 4


def test_a_compound_keeps_its_hyphen_before_a_capital() -> None:
    assert paragraphs(["anti-\nCD19 cells were given"]) == "anti- CD19 cells were given"


@pytest.mark.parametrize(
    ("data", "words"),
    [(pdf_of([]), "only images"), (b"%PDF-1.4\nnothing", "broken or cut short")],
)
def test_no_text(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        read(data)
