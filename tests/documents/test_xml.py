"""XML that means harm, or is broken."""

from __future__ import annotations

import pytest

from kg.documents import read
from kg.errors import ReadError

ARTICLE = (
    "<article><front><article-meta><title-group><article-title>Fever</article-title>"
    "</title-group></article-meta></front><body><p>{}</p></body></article>"
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE article [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9))
    + "]>"
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ((BOMB + ARTICLE.format("&j;")).encode(), "entities"),
        (
            (
                '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                + ARTICLE.format("&x;")
            ).encode(),
            "entities",
        ),
        (ARTICLE.format("cut")[:-30].encode(), "cut short"),
        (
            b'<?xml version="1.0" encoding="UTF-8"?>' + ARTICLE.format("caf\xe9").encode("latin-1"),
            "encoding",
        ),
        (ARTICLE.format("<b>x</i>").encode(), "cut short|not well formed"),
    ],
    ids=["bomb", "external", "truncated", "mis-encoded", "crossed"],
)
def test_refused_with_one_clear_line(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as error:
        read(data, source="bad.xml")
    assert str(error.value).startswith("bad.xml: ")
    assert "\n" not in str(error.value)
    assert "root:" not in str(error.value)


def test_blank_lines_before_the_declaration_do_no_harm() -> None:
    data = b'\n <?xml version="1.0" encoding="UTF-8"?>\n' + ARTICLE.format("He left.").encode()
    assert "He left." in read(data)[0].text


def test_markup_of_another_kind_is_no_text() -> None:
    for data in (b"<?xml version='1.0'?>\n<TEI><text>Fever</text></TEI>", b"<error>none</error>"):
        with pytest.raises(ReadError, match="no reader knows"):
            read(data)


def test_undeclared_named_characters_are_read() -> None:
    head = '<!DOCTYPE article PUBLIC "-//X//DTD" "http://127.0.0.1:9/none.dtd">'
    (document,) = read((head + ARTICLE.format("interferon-&alpha; was given")).encode())
    assert "interferon-α was given" in document.text


def test_text_encoded_twice_is_mended_and_noted() -> None:
    twice = "after 3–5 days, “fever”".encode().decode("latin-1").encode()
    data = ARTICLE.format("@").encode().replace(b"@", twice)
    (document,) = read(data)
    assert "after 3–5 days, “fever”" in document.text
    assert any("twice" in note for note in document.notes)
