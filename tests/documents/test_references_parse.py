"""References of each style, parsed; nothing that is found is not in the words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.references import parse
from kg.documents.references.identifiers import identify
from kg.documents.references.opinions import AGREED

TITLE = "Two cases of a rare lymphoma"
STYLES = {
    "Vancouver": f"Berg AB, Lee C, et al. {TITLE}. Leuk Res. 2012 Jan 3;26(6):1211-7.",
    "Frontiers": f"Berg AB, Lee C. {TITLE}. Leuk Res (2012) 26(6):1211–7. doi: 10.1016/j.leukres.1",
    "Frontiers, Harvard": f"Berg A. B., Lee C. (2012). {TITLE}. Leuk. Res. 26 (6), 1211–1217.",
    "BMC": f"Berg AB, Lee C. {TITLE}. Leuk Res. 2012;26(6 Suppl 1):1211–7.",
    "Springer": f"Berg AB, Lee C (2012) {TITLE}. Leuk Res 26(6):1211–1217",
    "MDPI": f"Berg, A.B.; Lee, C. {TITLE}. Leuk. Res. 2012, 26, 1211–1217.",
    "Elsevier": f"A.B. Berg, C. Lee, {TITLE}, Leuk. Res. 26 (6) (2012) 1211–1217.",
    "APA": f"Berg, A. B., & Lee, C. (2012). {TITLE}. Leukemia Research, 26(6), 1211–1217.",
    "Nature": f"Berg, A. B. & Lee, C. {TITLE}. Leuk. Res. 26, 1211–1217 (2012).",
    "Wiley, AMA": f"A. B. Berg and C. Lee, “{TITLE},” Leuk Res 26, no. 6 (2012): 1211–1217.",
    "Chicago": f"Berg, A. B., C. Lee, et al. 2012. “{TITLE}.” Leuk Res 26, no. 6: 1211–1217.",
    "ASCO": f"Berg AB, Lee C, et al: {TITLE}. Leuk Res 26:1211-1217, 2012",
    "IEEE": f"A. B. Berg and C. Lee, “{TITLE},” Leuk. Res., vol. 26, no. 6, pp. 1211–1217, 2012.",
    "names in full": f"Berg, Anna B., and Carl Lee. {TITLE}. Leuk Res. 2012;26(6):1211–7.",
}


@pytest.mark.parametrize("style", STYLES)
def test_styles(style: str) -> None:
    found = parse(STYLES[style])
    assert found.authors[:2] == ("Berg AB", "Lee C")
    assert (found.year, found.title, found.volume) == (2012, TITLE, "26")
    assert found.journal in ("Leuk Res", "Leuk. Res", "Leukemia Research")
    assert found.pages is not None and found.pages.startswith("1211")


def test_a_journal_without_a_title() -> None:
    found = parse("X. Li, J. Gao, R. Kuai, J. Nanobiotechnol. 2024, 10, 22.")
    assert found.authors == ("Li X", "Gao J", "Kuai R")
    assert (found.title, found.journal, found.pages) == (None, "J. Nanobiotechnol", "22")


@pytest.mark.parametrize(
    ("text", "title", "journal"),
    [
        ("Who does? A case. N. Engl. J. Med", "Who does? A case", "N. Engl. J. Med"),
        ("Cells of type I. Journal of Cell Biology", "Cells of type I", "Journal of Cell Biology"),
        ("A trial. Working Study Group. Stat Med", "A trial. Working Study Group", "Stat Med"),
        ("PU.1 in vivo. Arterioscler. Thromb. Vasc. Biol", "PU.1 in vivo",
         "Arterioscler. Thromb. Vasc. Biol"),
    ],
)  # fmt: skip
def test_titles_and_journals(text: str, title: str, journal: str) -> None:
    found = parse(f"Berg A, Lee C. {text}. 2012;26:1–7.")
    assert (found.title, found.journal) == (title, journal)


@pytest.mark.parametrize(
    ("place", "volume", "pages"),
    [
        ("2020;12:e113250", "12", "e113250"), ("(2020) 2020:z147", "2020", "z147"),
        ("2011, 3, 94ra70", "3", "94ra70"), ("2001;83-A:15–24", "83-A", "15–24"),
        ("2003;68‐69:3–14", "68‐69", "3–14"), ("2015;135(25 Pt B):S1–9", "135", "S1–9"),
        ("2024, 122919", None, "122919"), ("2020, 368", "368", None), ("2020", None, None),
    ],
)  # fmt: skip
def test_locators(place: str, volume: str | None, pages: str | None) -> None:
    found = parse(f"Berg A, Lee C. {TITLE}. Blood {place}.")
    assert (found.journal, found.volume, found.pages) == ("Blood", volume, pages)


def test_identifiers() -> None:
    sici = "10.1002/(SICI)1097-0142(19960301)77:5<910::AID-CNCR16>3.0.CO;2-6"
    assert identify(f"Cancer 1996. doi: {sici}.").doi == sici.lower()
    assert identify("Lancet 2022 (doi:10.1016/S0140-6736(22)01933-X).").doi == (
        "10.1016/s0140-6736(22)01933-x"
    )
    assert identify("A. 10.1000/abc&lt;1&gt;, PMID: 123456").pmid == "123456"
    assert identify("Blood 2020. https://doi.org/10.1182/blood.1 | PubMed").doi == "10.1182/blood.1"


def test_a_book_has_no_journal() -> None:
    found = parse(
        "Berg A. Chemotherapy. In: Lee C, editor. A textbook. New York: Springer; 2010. p. 1–9."
    )
    assert (found.authors, found.title, found.journal) == (("Berg A",), "Chemotherapy", None)
    found = parse("World Health Organization. Tumours. 4th ed. Lyon: IARC Press; 2017.")
    assert found.authors == ("World Health Organization",)
    assert (found.year, found.journal) == (2017, None)


def test_confidence_is_agreement() -> None:
    sure = parse(STYLES["Vancouver"])
    unsure = parse("Minutes of the meeting, kept in the archive of the hospital")
    assert sure.confidence == AGREED
    assert unsure.confidence < AGREED


WORDS = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")),
        st.sampled_from("AaBb .,;:()[]“”–0129"),
    ),
    max_size=120,
)


@given(WORDS)
def test_nothing_is_invented(text: str) -> None:
    found = parse(text, 3)
    assert (found.number, found.text) == (3, text)
    for field in (found.title, found.journal, found.volume):
        assert field is None or set(re.findall(r"\w+", field)) <= set(
            re.findall(r"\w+", identify(text).body)
        )
    assert found.year is None or str(found.year) in text
