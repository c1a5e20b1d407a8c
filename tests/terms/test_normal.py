"""The normal form and the match key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.terms.normal import match_key, normal_form, pieces, surface_form


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Interferon−α", "interferon-alpha"),
        ("interferon–alpha", "interferon-alpha"),
        ("IFN\u2011α\u20112b", "ifn-alpha-2b"),
        ("CAR\u00a0T\u2009cell", "car t cell"),
        ("5 µg", "5 mug"),
        ("5 μg", "5 mug"),
        ("Sjögren’s", "sjogren's"),
        ("β2-microglobulin", "beta2-microglobulin"),
        ("CAR - T", "car-t"),
    ],
)
def test_one_spelling_of_case_greek_hyphen_and_space(written: str, normal: str) -> None:
    assert normal_form(written) == normal


@given(st.text(max_size=40))
def test_normal_form_twice_is_once(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("haematopoietic stem-cell transplantations", "hematopoietic stem cell transplantation"),
        ("IL-6", "IL6"),
        ("anti-CD19 CAR-T cells", "anti CD19 CAR T cell"),
        ("Hodgkin’s lymphomas", "Hodgkin lymphoma"),
        ("interferon-α-2b", "interferon alfa 2b"),
        ("metastases", "metastasis"),
        ("oedema", "edema"),
        ("TKIs", "TKI"),
        ("E. coli", "E coli"),
        ("tumour lysis", "tumor lysis"),
        ("biopsies", "biopsy"),
    ],
)
def test_variants_share_a_match_key(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("CD19", "CD1 9"), ("remission. CR", "remission CR"), ("CD34+", "CD34")]
)
def test_what_differs_keeps_apart(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@given(st.text(max_size=60))
def test_pieces_lie_in_order_within_the_text(text: str) -> None:
    at = 0
    for piece in pieces(text):
        assert at <= piece.start < piece.end <= len(text)
        at = piece.end


def test_surface_form_keeps_case() -> None:
    assert surface_form("MRDs") == "MRD"
    assert surface_form("Was") != surface_form("WAS")
