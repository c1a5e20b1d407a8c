"""In-text marks in the four styles, and what only looks like one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.marks import expand, find_marks
from kg.documents.model import Reference, Section

NUMBERED = tuple(Reference(n, "") for n in range(1, 31))
NAMED = (
    Reference(1, "", ("Xia B", "Lee C", "Wu D"), 2018),
    Reference(2, "Shaw A, 2005a.", ("Shaw A",), 2005),
    Reference(3, "Shaw A, 2005b.", ("Shaw A", "Berg C"), 2005),
    Reference(4, "", ("van der Berg AB", "Lee C"), 2011),
    Reference(5, "", ("Söder‐Holm K",), 1999),
)


def marks(text: str, references: tuple[Reference, ...] = NUMBERED) -> list[tuple[str, list[int]]]:
    found = find_marks(text, (Section("discussion", None, 0, len(text)),), references)
    assert all(text[mark.start : mark.end] == mark.text for mark in found)
    return [(mark.text, list(mark.references)) for mark in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rare (1), in patients (2, 3) and years (4–6).", [[1], [2, 3], [4, 5, 6]]),
        ("Rare [1] in some [2, 3], by others [ 4 ], [5]–[8].", [[1], [2, 3], [4], [5], [6, 7, 8]]),
        ("Rare.1 In some,2,3 as told4–6 before.7,9-10 It", [[1], [2, 3], [4, 5, 6], [7, 9, 10]]),
        ("After therapy.1 2 patients died; see the review,3 too.", [[1, 2], [3]]),
    ],
)  # fmt: skip
def test_numbers(text: str, expected: list[list[int]]) -> None:
    assert [numbers for _, numbers in marks(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "seen in Fig (2) and Table (3)", "with n = (12)", "t(8;21) and F[1,12] = 8.4",
        "a median of 11 (10–15)", "CD20 and IL-2, Foxp3, TNFalpha2", "on day3 of grade2, Fig.4",
        "p<0.05 in 2012; 1.5 mg", "(99) of 300",
    ],
)  # fmt: skip
def test_no_marks(text: str) -> None:
    assert marks(text) == []


def test_an_enumeration_is_no_mark() -> None:
    text = "Signs were: (1) fever, (2) rash, and (3) cough, as in others (4, 5) and here (6)."
    assert [numbers for _, numbers in marks(text)] == [[4, 5], [6]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as told (Xia et al., 2018; Shaw 2005b).", [[1], [3]]),
        ("Shaw (2005a) and Xia et al. (2018) agree", [[2], [1]]),
        ("by Shaw and Berg (2005)", [[3]]),
        ("(van der Berg and Lee 2011, see Soder-Holm, 1999)", [[4], [5]]),
        ("(Shaw, 2005a, b)", [[2, 3]]),
        ("Xia (2017) and in 2018, Brown 2005", []),
    ],
)
def test_author_and_year(text: str, expected: list[list[int]]) -> None:
    assert [numbers for _, numbers in marks(text, NAMED)] == expected


def test_boilerplate_holds_no_marks() -> None:
    text = "Told before (1). Funding (2)."
    sections = (Section("case", None, 0, 16), Section("boilerplate", None, 17, len(text)))
    assert [mark.references for mark in find_marks(text, sections, NUMBERED)] == [(1,)]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=6, unique=True))
def test_expand_keeps_every_number(numbers: list[int]) -> None:
    assert expand(", ".join(map(str, numbers))) == tuple(numbers)


@given(st.text(alphabet="ab ()[]12,–.A", max_size=60))
def test_marks_stay_inside_the_list(text: str) -> None:
    for words, numbers in marks(text, NUMBERED[:5]):
        assert re.search(r"\d", words)
        assert all(1 <= number <= 5 for number in numbers)
