"""Short forms by the article's own words."""

import pytest

from kg.documents.model import Document, Metadata, Section, sha256_of
from kg.nlp.abbreviations.component import abbreviations_of, meanings
from kg.nlp.abbreviations.definitions import definitions, is_short_form, listed


@pytest.mark.parametrize(
    ("text", "short", "long_form"),
    [
        (
            "after umbilical cord blood transplantation (UCBT).",
            "UCBT",
            "umbilical cord blood transplantation",
        ),
        ("The heat shock protein (HSP) rose.", "HSP", "heat shock protein"),
        ("minimal residual disease (MRD; by flow)", "MRD", "minimal residual disease"),
        ("tyrosine kinase inhibitors (TKIs)", "TKIs", "tyrosine kinase inhibitors"),
        ("CRS (cytokine release syndrome) followed.", "CRS", "cytokine release syndrome"),
        ("tumour necrosis factor-alpha (TNF-α)", "TNF-α", "tumour necrosis factor-alpha"),
        ("a deep vein thrombosis [DVT] was seen", "DVT", "deep vein thrombosis"),
        ("lactate dehydrogenase (LDH 450 U/L)", "LDH", "lactate dehydrogenase"),
        ("the ejection fraction (EF 35%)", "EF", "ejection fraction"),
        ("acute myeloid leukaemia (hereafter AML)", "AML", "acute myeloid leukaemia"),
        ("conditioned with melphalan (Mel)", "Mel", "melphalan"),
        ("[normal reference value (RV) 3-7 U/L]", "RV", "reference value"),
        (
            "severe acute graft-versus-host disease (aGVHD)",
            "aGVHD",
            "acute graft-versus-host disease",
        ),
        (
            "chimeric antigen receptor T-cell (CAR-T) therapy",
            "CAR-T",
            "chimeric antigen receptor T-cell",
        ),
    ],
)
def test_definitions_in_brackets(text, short, long_form):
    assert dict(definitions(text)) == {short: long_form}


@pytest.mark.parametrize(
    "text",
    [
        "It was normal (Figure 2).",
        "He was 45 years old (BMI 23).",
        "It fell to 3 g/dL (range 12-16).",
        "They agree (see above).",
        "Cells grew (WT).",
    ],
)
def test_brackets_that_define_nothing(text):
    assert list(definitions(text)) == []


def test_lists_of_abbreviations():
    text = "FC, fludarabine and cyclophosphamide regimen; MRD, minimal residual disease."
    assert dict(listed(text)) == {
        "FC": "fludarabine and cyclophosphamide regimen",
        "MRD": "minimal residual disease",
    }


def test_numbers_and_words_are_no_short_forms():
    assert [is_short_form(t) for t in ("2019", "patient", "X", "AML", "IL-6")] == [
        False,
        False,
        False,
        True,
        True,
    ]


def test_definitions_are_of_the_article_and_not_of_its_references():
    text = "Complete remission (CR) came.\nFC, flu and cy; X.\nColour rendering (CX) index."
    first, second = text.index("\n"), text.rindex("\n")
    sections = (
        Section("case", None, 0, first),
        Section("legend", None, first + 1, second),
        Section("references", None, second + 1, len(text)),
    )
    digest = sha256_of(text)
    document = Document("d", "d", "text", digest, digest, text, Metadata(), sections)
    assert abbreviations_of(document) == {"CR": "Complete remission", "FC": "flu and cy"}


def test_a_section_says_before_the_article_what_a_short_form_means():
    parts = ["Pulmonary embolism (PE) was feared.", "Plasma exchange (PE) was begun.", "PE helped."]
    text = "\n".join(parts)
    starts = [text.index(part) for part in parts]
    sections = tuple(
        Section("case", None, start, start + len(part))
        for start, part in zip(starts, parts, strict=True)
    )
    document = Document(
        id="x",
        source="x",
        format="text",
        sha256=sha256_of(text),
        source_sha256=sha256_of(text),
        text=text,
        meta=Metadata(),
        sections=sections,
    )
    found = [meanings(document, section)["PE"] for section in (0, 1, 2, -1)]
    assert found == ["Pulmonary embolism", "Plasma exchange", *["Pulmonary embolism"] * 2]
