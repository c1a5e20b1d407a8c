from hypothesis import given
from hypothesis import strategies as st

from kg.graph.publications import Contribution, derive_publication

CONTRIBUTIONS = st.lists(
    st.builds(
        Contribution,
        st.sampled_from(["report", "enrichment", "reference"]),
        st.none() | st.sampled_from("ab"),
        st.none() | st.sampled_from([1999, 2000]),
    )
)


@given(CONTRIBUTIONS, st.randoms())
def test_order_changes_nothing(contributions: list[Contribution], random) -> None:
    shuffled = contributions.copy()
    random.shuffle(shuffled)
    assert derive_publication(shuffled) == derive_publication(contributions)


def test_its_own_report_decides_then_enrichment_then_most_references() -> None:
    references = [Contribution("reference", t, 2001) for t in ("b", "b", "a")]
    assert derive_publication(references) == ("b", 2001)
    enriched = [*references, Contribution("enrichment", "c")]
    assert derive_publication(enriched) == ("c", 2001)
    assert derive_publication([*enriched, Contribution("report", "d", 2002)]) == ("d", 2002)


def test_a_tie_goes_to_the_first_in_order_of_characters() -> None:
    assert derive_publication([Contribution("reference", t) for t in "ba"]) == ("a", None)


def test_nothing_is_known_of_a_work_that_nobody_describes() -> None:
    assert derive_publication([]) == (None, None)
