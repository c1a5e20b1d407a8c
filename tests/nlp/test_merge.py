"""One mention where several finders found one."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.carrier import MentionDraft
from kg.nlp.merge import Merge
from kg.nlp.merge.extents import settle_extents

RANKS = {("lexicon", "*"): 6, ("model", "*"): 5, ("terminology", "*"): 4, ("model", "Anatomy"): 9}


def draft(start, end, source, kind="Condition", **more):
    return MentionDraft(start, end, kind, "x", source, **more)


def test_the_higher_rank_stays():
    kept = Merge(RANKS).choose([draft(0, 9, "model"), draft(4, 12, "lexicon")])
    assert [(m.start, m.source) for m in kept] == [(4, "lexicon")]


def test_a_rank_may_be_of_one_kind():
    kept = Merge(RANKS).choose([draft(0, 9, "model", "Anatomy"), draft(4, 12, "lexicon")])
    assert [m.kind for m in kept] == ["Anatomy"]


def test_among_equals_the_longer_stays():
    kept = Merge(RANKS).choose([draft(0, 4, "model"), draft(0, 9, "model")])
    assert [m.end for m in kept] == [9]


def test_neighbours_stay_both():
    kept = Merge(RANKS).choose([draft(4, 9, "model"), draft(0, 4, "model")])
    assert [m.start for m in kept] == [0, 4]


def test_the_same_extent_hands_over_its_candidates():
    kept = Merge(RANKS).choose(
        [draft(0, 4, "model"), draft(0, 4, "terminology", candidates=("mesh:D1",))]
    )
    assert [(m.source, m.candidates) for m in kept] == [("model", ("mesh:D1",))]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 40),
            st.integers(1, 8),
            st.sampled_from(["lexicon", "model", "terminology"]),
        ),
        max_size=30,
    )
)
def test_what_stays_is_disjoint_in_order_and_covers_what_went(found):
    drafts = [draft(start, start + size, source) for start, size, source in found]
    kept = Merge(RANKS).choose(list(drafts))
    assert all(left.end <= right.start for left, right in pairwise(kept))
    for lost in drafts:
        assert any(m.start < lost.end and lost.start < m.end for m in kept)
    assert [(m.start, m.end) for m in Merge(RANKS).choose(drafts[::-1])] == [
        (m.start, m.end) for m in kept
    ]


def test_the_model_says_how_far_and_the_list_what():
    found = [draft(0, 25, "model"), draft(13, 25, "terminology", candidates=("mesh:D1",))]
    [kept] = settle_extents(found)
    assert (kept.start, kept.end, kept.candidates) == (0, 25, ("mesh:D1",))


def test_a_list_that_names_two_is_not_widened():
    found = [draft(0, 25, "model"), draft(0, 8, "lexicon"), draft(13, 25, "lexicon")]
    assert len(settle_extents(found)) == 3


def test_what_is_not_the_head_is_not_widened():
    found = [draft(0, 25, "model"), draft(0, 8, "lexicon")]
    assert {(m.start, m.end) for m in settle_extents(found)} == {(0, 25), (0, 8)}


def test_a_grammar_takes_the_extent_of_the_model():
    found = [draft(0, 25, "model", "Time"), draft(4, 30, "grammar", "Time")]
    assert [(m.start, m.end, m.source) for m in settle_extents(found)] == [(0, 25, "grammar")]


def test_kinds_that_differ_are_left_to_precedence():
    found = [draft(0, 25, "model", "Marker"), draft(13, 25, "lexicon", "Outcome")]
    assert len(settle_extents(found)) == 2
