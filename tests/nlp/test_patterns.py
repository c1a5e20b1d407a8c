"""Gene alterations and immunophenotypes by their notation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.patterns.enumerations import listed_genes
from kg.nlp.patterns.genetics import alterations
from kg.nlp.patterns.immunophenotype import signed_markers
from kg.nlp.patterns.panels import panel_items, spaced_markers

GENES = frozenset({"BCR", "ABL1", "ABL", "FLT3", "KMT2A", "TP53", "EGFR", "BRAF", "NPM1", "ALK"})


def found(text):
    return {text[a.start : a.end]: (a.label, a.name) for a in alterations(text, GENES.__contains__)}


@pytest.mark.parametrize(
    ("text", "surface", "label", "name"),
    [
        ("The BCR::ABL1 transcript fell.", "BCR::ABL1", "fusion", "BCR::ABL1"),
        ("BCR-ABL was positive.", "BCR-ABL", "fusion", "BCR::ABL"),
        (
            "with t(9;22)(q34;q11.2) in all cells",
            "t(9;22)(q34;q11.2)",
            "cytogenetic",
            "t(9;22)(q34;q11.2)",
        ),
        ("carrying t (8; 21) now", "t (8; 21)", "cytogenetic", "t(8;21)"),
        ("and inv(16)(p13q22).", "inv(16)(p13q22)", "cytogenetic", "inv(16)(p13q22)"),
        ("a deletion, del(5q), was", "del(5q)", "cytogenetic", "del(5q)"),
        ("a normal 46, XX karyotype", "46, XX", "karyotype", "46,XX"),
        (
            "46,XY,t(9;22)(q34;q11)[20] was",
            "46,XY,t(9;22)(q34;q11)[20]",
            "karyotype",
            "46,XY,t(9;22)(q34;q11)[20]",
        ),
        ("FLT3-ITD was found", "FLT3-ITD", "mutation", "FLT3 internal tandem duplication"),
        ("a TP53 mutation", "TP53 mutation", "mutation", "TP53 mutation"),
        ("KMT2A rearrangement", "KMT2A rearrangement", "mutation", "KMT2A rearrangement"),
        ("BRAF V600E was", "BRAF V600E", "variant", "BRAF V600E"),
        ("the c.35G>A change", "c.35G>A", "variant", "c.35G>A"),
        ("p.Val600Glu", "p.Val600Glu", "variant", "p.Val600Glu"),
    ],
)
def test_alterations(text, surface, label, name):
    assert found(text)[surface] == (label, name)


@pytest.mark.parametrize(
    "text",
    ["COVID-19 and CAR-T cells", "IL-6/CRP", "on day 46, X-rays", "HIV/AIDS", "type (2)", "T2N0M0"],
)
def test_what_looks_alike_is_none(text):
    assert found(text) == {}


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("CD34+CD10+CD58dim CD20-CD123-", "CD34+ CD10+ CD58 CD20- CD123-"),
        ("CD3−, CD19+ and CD5 (-)", "CD3- CD19+ CD5-"),
        ("HLA-DR+ TdT+ MPO-", "HLA-DR+ TdT+ MPO-"),
        ("CD8+T cells", "CD8+"),
        ("ER (+), PR (-), HER2 (-)", "ER+ PR- HER2-"),
        ("CD19-targeted cells and CD20-positive, HER2-negative", "CD20 HER2-"),
    ],
)
def test_immunophenotypes(text, markers):
    said = []
    for marker in signed_markers(text):
        sign = "-" if marker.negative else "+" if marker.sign.startswith("+") else ""
        said.append(text[marker.start : marker.end] + sign)
    assert " ".join(said) == markers


@given(st.lists(st.sampled_from(["CD34+", "CD10-", "CD58dim", "HLA-DR+"]), min_size=1, max_size=6))
def test_every_marker_of_a_string_is_found(parts):
    text = " ".join(parts)
    assert [text[m.start : m.sign_end] for m in signed_markers(text)] == parts


def test_a_marker_may_be_written_with_a_space():
    text = "CD 31, CK 5/6 and CD 117. CK 200 U/L, CD 34 × 10"
    assert [text[s:e] for s, e in spaced_markers(text)] == ["CD 31", "CK 5/6", "CD 117"]


def test_items_of_a_panel_are_markers_that_no_list_need_know():
    text = "Cells were positive for CD30, tireoglobulin and NKX2.2, but negative for the mass."
    items = panel_items(text, {"CD30"}.__contains__)
    assert [text[s:e] for s, e in items] == ["CD30", "tireoglobulin", "NKX2.2"]


def test_two_genes_of_one_change_are_two_changes():
    text = "No BRAF or KRAS mutation, and BRAF and KRAS alone"
    found = listed_genes(text, {"BRAF", "KRAS"}.__contains__)
    assert [(g.symbol, g.change) for g in found] == [("BRAF", "mutation"), ("KRAS", "mutation")]


def test_vertebrae_are_no_fusion():
    assert list(alterations("oedema at C3-T2", lambda _: True)) == []
