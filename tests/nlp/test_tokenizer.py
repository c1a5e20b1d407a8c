"""The tokenizer keeps every character and ends tokens where markers and values end."""

import os
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.tokenizer import FineTokenizer, joined, pieces

SHARED = Path(os.environ.get("KG_SHARED_DATA", "../shared/data"))


def tokens(text: str) -> list[str]:
    return [token for token, _ in pieces(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anti-CD19 CAR-T", "anti|-|CD19|CAR|-|T"),
        ("CD34+CD10+CD58dim CD20-", "CD34|+|CD10|+|CD58|dim|CD20|-"),
        ("2.0×106/kg", "2.0|×|106|/|kg"),
        ("20mg/m2", "20|mg|/|m2"),
        ("t(9;22)(q34;q11)", "t|(|9|;|22|)|(|q34|;|q11|)"),
        ("BCR::ABL1", "BCR|:|:|ABL1"),
        ("Crohn's disease, O'Brien", "Crohn|'s|disease|,|O'Brien"),
        ("≥1,200 or .5", "≥|1,200|or|.5"),
        ("the 3rd of 12.5%", "the|3rd|of|12.5|%"),
        ("disease1 (p16INK4a)", "disease|1|(|p16INK4a|)"),
        ("10⁹/L", "10|⁹|/|L"),
        ("see https://a.org/x_(1).", "see|https://a.org/x_(1|)|."),
        ("doi: 10.3389/fonc.2022.1021786.", "doi: 10.3389/fonc.2022.1021786|."),
        ("interferon−α", "interferon|−|α"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert tokens(text) == expected.split("|")


@given(st.text())
def test_joined_pieces_are_the_text(text: str) -> None:
    assert joined(pieces(text)) == text


@given(st.text(alphabet="ab1 .\n\t-é\u0301μ", min_size=1))
def test_doc_text_and_offsets_are_exact(text: str) -> None:
    doc = FineTokenizer(spacy.vocab.Vocab())(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_registered_under_its_name() -> None:
    config = {"nlp": {"tokenizer": {"@tokenizers": "kg.tokenizer.v1"}}}
    nlp = spacy.blank("en", config=config)
    assert [token.text for token in nlp("MRD-negative")] == ["MRD", "-", "negative"]
    assert nlp.to_bytes() == spacy.blank("en", config=config).from_bytes(nlp.to_bytes()).to_bytes()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared data folder ../shared/data")
def test_gold_spans_lie_on_token_borders() -> None:
    total = starts = ends = 0
    for path in sorted((SHARED / "maccrobat").glob("*.ann")):
        text = path.with_suffix(".txt").read_bytes().decode()
        doc_starts, doc_ends, place = set(), set(), 0
        for token, blank in pieces(text):
            doc_starts.add(place)
            doc_ends.add(place + len(token))
            place += len(token) + len(blank)
        for line in path.read_text().splitlines():
            if line.startswith("T"):
                start, *_, end = line.split("\t")[1].split()[1:]
                total += 1
                starts += int(start) in doc_starts
                ends += int(end) in doc_ends
    assert ends / total >= 0.997
    assert starts / total >= 0.997
