"""What every source passes before its reader: presence, size, kind, language."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.documents import fullest, read
from kg.errors import ReadError, SetAsideError

CASE = (
    "A 57-year-old woman was admitted to the hospital with fever and a cough of two weeks. "
    "She was treated with an antibiotic and went home after five days. "
)


def one_line(error: BaseException) -> str:
    words = str(error)
    assert "\n" not in words and len(words) < 300
    return words


def test_plain_is_one_case_section_and_keeps_every_character() -> None:
    text = f"  {CASE}\r\n\r\n{CASE}\u00a0"
    (document,) = read(text.encode(), plain=True)
    assert document.text == text
    assert [(s.kind, s.start, s.end) for s in document.sections] == [("case", 0, len(text))]


def test_text_without_headings_is_a_case() -> None:
    (document,) = read(f"{CASE * 3}\n{CASE * 2}".encode())
    assert {section.kind for section in document.sections} == {"case"}
    assert "no reference list was found" in document.notes


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file") as missing:
        read(tmp_path / "none.txt")
    assert "none.txt" in one_line(missing.value)
    with pytest.raises(ReadError, match="a folder"):
        read(tmp_path)


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf"])
def test_empty(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"empty|holds no text") as error:
        read(data, source="a.txt")
    assert one_line(error.value).startswith("a.txt: ")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bytes(range(256)) * 40, "binary"),
        (b"PK\x03\x04" + b"\0" * 100, "zip archive or an office document"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "PNG"),
        (b"\x1f\x8b\x08" + b"\0" * 20, "gzip file is broken"),
    ],
)
def test_binary(data: bytes, words: str) -> None:
    for plain in (False, True):
        with pytest.raises(ReadError, match=words) as error:
            read(data, source="x", plain=plain)
        one_line(error.value)


def test_latin_1_is_read_with_a_note() -> None:
    text = f"{CASE}The Ménière attack ended at 38 °C."
    (document,) = read(text.encode("latin-1"), plain=True)
    assert document.text == text
    assert "not UTF-8" in document.notes[0]


def test_byte_order_marks() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        (document,) = read(CASE.encode(encoding), plain=True)
        assert document.text == CASE


def test_fifty_megabytes_of_text_are_no_article() -> None:
    with pytest.raises(ReadError, match="more than any article") as error:
        read((CASE * 330_000).encode(), source="big.txt")
    assert "split it" in one_line(error.value)


def test_gzip_is_unpacked() -> None:
    (document,) = read(gzip.compress(CASE.encode()), plain=True)
    assert document.text == CASE


def test_another_language_is_set_aside_with_the_reason() -> None:
    german = "Der Patient wurde mit Fieber in die Klinik aufgenommen und nach Tagen entlassen. "
    with pytest.raises(SetAsideError, match="'de'") as error:
        read((german * 5).encode(), source="de.txt")
    one_line(error.value)
    with pytest.raises(SetAsideError, match="another script"):
        read(("患者は発熱と咳嗽を主訴に入院した。" * 20).encode())


def test_an_english_abstract_does_not_make_an_article_english() -> None:
    spanish = "La paciente fue ingresada en el hospital con fiebre y se le dio el alta. " * 10
    page = f"Abstract\n{CASE * 5}\n\nCaso clínico\n{spanish}\n\nDiscussion\n{spanish}"
    with pytest.raises(SetAsideError, match="'es'"):
        read(page.encode())


def test_drug_names_alone_are_not_another_language() -> None:
    (document,) = read(b"Cisplatin, etoposide, bleomycin. Stable disease.", plain=True)
    assert document.meta.language == "en"


def test_the_fullest_form_does_not_depend_on_order() -> None:
    (text,) = read(CASE.encode(), plain=True)
    (jats,) = read(
        b"<article><front><article-meta><title-group><article-title>Fever</article-title>"
        b"</title-group></article-meta></front><body><p>A girl had fever.</p></body></article>"
    )
    assert fullest([text, jats]) is fullest([jats, text]) is jats


def test_source_names_the_document() -> None:
    (document,) = read(CASE.encode(), source="case-7", plain=True)
    assert document.source == "case-7"
