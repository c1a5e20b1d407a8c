"""Of several forms of one work the fullest stays, whichever came first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.plan import Candidate, identifiers, works

FORMATS = ("jats", "bioc", "html", "text", "pdf", "abstract")


def form(format: str, source: str = "s", characters: int = 100, **ids: str) -> Candidate:
    doi, pmid, pmcid = ids.get("doi"), ids.get("pmid"), ids.get("pmcid")
    work = f"doi:{doi}" if doi else f"pmid:{pmid}" if pmid else f"pmcid:{pmcid}"
    known = identifiers(work, doi, pmid, pmcid)
    return Candidate(work, known, format, characters, source, f"{source}.x", 0)


def chosen(*forms: Candidate) -> list[str]:
    return [work[0].format for work in works(forms)]


def test_the_fullest_form_comes_first() -> None:
    assert chosen(*(form(one, doi="10.1/x") for one in reversed(FORMATS))) == ["jats"]


def test_forms_meet_through_any_identifier() -> None:
    abstract = form("abstract", pmid="7")
    article = form("jats", doi="10.1/x", pmcid="PMC1")
    link = form("bioc", pmid="7", pmcid="PMC1")
    assert chosen(abstract, article) == ["jats", "abstract"]
    assert chosen(abstract, article, link) == ["jats"]


def test_of_equal_forms_the_longest_then_the_smallest_hash() -> None:
    short, long = form("text", "a", 10, doi="10.1/x"), form("text", "b", 20, doi="10.1/x")
    assert [work[0].source for work in works([short, long])] == ["b"]
    same = form("text", "0", 20, doi="10.1/x")
    assert [work[0].source for work in works([short, long, same])] == ["0"]


def test_a_form_that_is_given_again_is_due_before_the_one_held() -> None:
    given_again = form("text", "a", doi="10.1/x")
    held = Candidate(
        **{**{name: getattr(given_again, name) for name in Candidate.__slots__}, "index": None}
    )
    [[first, second]] = works([held, given_again])
    assert (first.index, second.index) == (0, None)


CANDIDATES = st.lists(
    st.builds(
        lambda format, source, characters, doi, pmid: form(
            format, source, characters, **({"doi": doi} if doi else {}), pmid=pmid
        ),
        st.sampled_from(FORMATS),
        st.text("abc", min_size=1, max_size=2),
        st.integers(0, 3),
        st.sampled_from(["", "10.1/x", "10.1/y"]),
        st.sampled_from(["1", "2", "3"]),
    ),
    max_size=8,
    unique_by=lambda one: (one.source, one.format, one.work),
)


@given(CANDIDATES, st.randoms())
def test_order_changes_nothing(candidates: list[Candidate], random: object) -> None:
    once = list(works(candidates))
    random.shuffle(candidates)  # type: ignore[attr-defined]
    assert list(works(candidates)) == once


@given(CANDIDATES)
def test_nothing_is_lost_and_works_share_no_identifier(candidates: list[Candidate]) -> None:
    found = list(works(candidates))
    assert sorted(one for work in found for one in map(id, work)) == sorted(map(id, candidates))
    seen: set[str] = set()
    for work in found:
        ids = frozenset().union(*(one.identifiers for one in work))
        assert not ids & seen
        seen |= ids
