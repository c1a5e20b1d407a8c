"""Reading the curated lexicon, and what it must hold."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from kg.cases.model import OutcomeType
from kg.errors import TermsError
from kg.terms.lexicon import Name, parse_name, read_lexicon

HEAD = "# defaults: kind=Therapy label=drug\nid\tname\tsynonyms\tparents\n"


def lexicon(tmp_path: Path, rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "words.tsv"
    path.write_text(head + rows, encoding="utf-8")
    return path


def test_a_row_has_names_and_parents_by_name(tmp_path: Path) -> None:
    path = lexicon(tmp_path, "kg:a\tclass a\nkg:b\tdrug b\tB!?|bee\tclass a\n")
    entry = read_lexicon([path])[1]
    assert entry.names == (Name("drug b"), Name("B", exact=True, ambiguous=True), Name("bee"))
    assert entry.parents == ("kg:a",)
    assert (entry.kind, entry.label) == ("Therapy", "drug")


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("kg:a\tdrug a\t\tno such class\n", "no such class"),
        ("kg:a\tdrug a\nkg:a\tdrug b\n", "stands also at"),
        ("kg:a\n", "lacks its id or name"),
        ("kg:a\tdrug a\t\t\t\t\n", "columns"),
    ],
)
def test_an_error_names_file_and_line(tmp_path: Path, rows: str, complaint: str) -> None:
    with pytest.raises(TermsError, match=complaint) as error:
        read_lexicon([lexicon(tmp_path, rows)])
    assert "words.tsv:" in str(error.value)


def test_an_unknown_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TermsError, match="unknown column 'dose'"):
        read_lexicon([lexicon(tmp_path, "", "id\tname\tdose\n")])


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("CR?", Name("CR", exact=True, ambiguous=True)),
        ("DOAC^", Name("DOAC")),
        ("RIPE!", Name("RIPE", exact=True)),
        ("fever", Name("fever")),
    ],
)
def test_marks_of_a_name(cell: str, name: Name) -> None:
    assert parse_name(cell) == name


def test_the_lexicon_is_whole() -> None:
    entries = read_lexicon()
    outcomes = {entry.outcome for entry in entries if entry.kind == "Outcome"}
    assert outcomes <= set(get_args(OutcomeType))
    assert set(get_args(OutcomeType)) <= outcomes
    assert sum(entry.label == "regimen" for entry in entries) >= 150
    assert all(entry.units == () or entry.kind == "Marker" for entry in entries)
    therapies = [e for e in entries if e.kind == "Therapy" and e.label == "drug"]
    assert len(therapies) > 1200


OPPOSITES = (
    ("left", "right"),
    ("repair", "replacement"),
    ("dilation", "ablation"),
    ("internal", "external"),
    ("proximal", "distal"),
    ("upper", "lower"),
    ("hip", "knee"),
)
"""Words of which a name and its synonym do not hold one each."""


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_no_synonym_is_the_opposite_of_its_name(one: str, other: str) -> None:
    wrong = [
        (entry.name, name.text)
        for entry in read_lexicon()
        for name in entry.names
        for here, there in ((one, other), (other, one))
        if here in entry.name.lower().split()
        and there in name.text.lower().split()
        and here not in name.text.lower().split()
    ]
    assert not wrong
