"""Reference lists cut into entries: one to a line, and run on in one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.references import split

ENTRIES = [
    "Berg AB, Lee C. Outcome of 3 Patients in 2012. Leuk Res. 2012;26(6):1211–7.",
    "van der Meer D, et al. Type 2 Diabetes after day 4. Blood (2013) 3 Suppl 1:4–9.",
    "A. B. Smith, C. Xu, J. Clin. Oncol. 2014, 4, 5.",
    "World Health Organization. Tumours of 5 Organs. Lyon: IARC; 2017.",
    "Zhang Y, Li X. A 6 Year Study, part 7. Cancer. 2018;5:6–7. doi: 10.1000/5.6.7",
]


def cut(text: str) -> list[str]:
    return [text[entry.start : entry.end] for entry in split(text)]


@pytest.mark.parametrize("label", ["{}. ", "[{}] ", "({}) ", "{} ", "{}"])
@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_numbered(label: str, between: str) -> None:
    if label == "{}" and between == " ":
        pytest.skip("a number stuck to the name is told at the head of a line only")
    text = between.join(label.format(n) + entry for n, entry in enumerate(ENTRIES, 1))
    if label == "{}":
        text = text.replace("\n2van", "\n2Van")
        assert len(cut(text)) == len(ENTRIES)
    else:
        assert cut(text) == ENTRIES


def test_one_a_line_without_numbers() -> None:
    assert cut("\n".join(ENTRIES)) == ENTRIES


def test_links_are_left_out() -> None:
    text = "\n".join(f"{n}. {e}\nPubMed Abstract | CrossRef Full Text | Google Scholar"
                     for n, e in enumerate(ENTRIES, 1))  # fmt: skip
    assert cut(text) == ENTRIES


def test_wrapped_lines() -> None:
    text = "".join(f"[{n}] {e.replace('. ', '.' + chr(10), 1)}\n" for n, e in enumerate(ENTRIES, 1))
    assert [one.replace("\n", " ") for one in cut(text)] == ENTRIES


@given(st.text(alphabet="A1. [2](3)\n4Bb,", max_size=80))
def test_entries_are_in_order_and_apart(text: str) -> None:
    found = split(text)
    assert [entry.number for entry in found] == list(range(1, len(found) + 1))
    bounds = [bound for entry in found for bound in (entry.start, entry.end)]
    assert bounds == sorted(bounds)
