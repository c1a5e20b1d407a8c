from hypothesis import given
from hypothesis import strategies as st

from kg.graph.publications import (
    Contribution,
    Retraction,
    derive_publication,
    derive_retraction,
)

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


TOLD = st.lists(
    st.builds(
        Retraction, st.booleans(), st.none() | st.sampled_from(["2020", "2020-05", "2021-01-02"])
    )
)


@given(TOLD, st.randoms())
def test_order_changes_nothing_about_a_retraction(told: list[Retraction], random) -> None:
    shuffled = told.copy()
    random.shuffle(shuffled)
    assert derive_retraction(shuffled) == derive_retraction(told)


@given(TOLD)
def test_one_that_says_so_retracts_a_work(told: list[Retraction]) -> None:
    derived = derive_retraction(told)
    assert derived.retracted == any(one.retracted for one in told)
    assert derived.on is None or Retraction(True, derived.on) in told


def test_a_retraction_is_dated_from_the_earliest_as_precisely_as_told() -> None:
    dates = ("2021-05", "2021-05-07", "2022", None)
    assert derive_retraction([Retraction(True, date) for date in dates]).on == "2021-05-07"
