"""One mention where several finders found one."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.carrier import MentionDraft
from kg.nlp.merge import Merge

RANKS = {
    ("lexicon", "*", "*"): 6,
    ("model", "*", "*"): 5,
    ("terminology", "*", "*"): 4,
    ("lexicon?", "*", "*"): 3,
    ("model", "Anatomy", "*"): 9,
    ("terminology?", "*", "*"): 0,
}


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


def test_an_unsure_match_has_a_rank_of_its_own():
    kept = Merge(RANKS).choose([draft(0, 4, "model"), draft(0, 4, "lexicon", score=0.4)])
    assert [m.source for m in kept] == ["model"]


def test_rank_0_is_never_taken_alone():
    weak = draft(0, 4, "terminology", score=0.4, candidates=("mondo:1",))
    assert Merge(RANKS).choose([weak]) == []
    [kept] = Merge(RANKS).choose([weak, draft(0, 4, "model")])
    assert kept.candidates == ("mondo:1",)


def test_the_end_of_a_phrase_gives_its_concept():
    inside = draft(7, 11, "terminology", candidates=("mondo:1",))
    [kept] = Merge(RANKS).choose([draft(0, 11, "model"), inside])
    assert (kept.start, kept.candidates) == (0, ("mondo:1",))
    before = draft(0, 4, "terminology", candidates=("mondo:1",))
    [kept] = Merge(RANKS).choose([draft(0, 11, "model"), before])
    assert kept.candidates == ()


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


BEFORE_LISTS = {("model", "*", "*"): 6, ("lexicon", "*", "*"): 5}


def test_two_procedures_joined_in_one_name_stay_two():
    text = "pancreatectomy with splenectomy"
    found = [draft(0, 14, "model", "Therapy"), draft(20, 31, "model", "Therapy")]
    kept = Merge(BEFORE_LISTS).choose([draft(0, 31, "lexicon", "Therapy"), *found], text)
    assert [(m.start, m.end) for m in kept] == [(0, 14), (20, 31)]


def test_a_listed_name_cut_in_pieces_stays_whole():
    text = "adjuvant chemotherapy"
    found = [draft(0, 8, "model", "Therapy"), draft(9, 21, "model", "Therapy")]
    kept = Merge(BEFORE_LISTS).choose([draft(0, 21, "lexicon", "Therapy"), *found], text)
    assert [(m.start, m.end) for m in kept] == [(0, 21)]


def test_a_listed_therapy_is_not_cut_before_its_head():
    text = "low molecular weight heparin"
    found = [draft(0, 28, "lexicon", "Therapy"), draft(0, 20, "model", "Therapy")]
    assert [m.end for m in Merge(BEFORE_LISTS).choose(found, text)] == [28]
    found = [draft(0, 28, "lexicon", "Therapy"), draft(0, 20, "model", "Therapy")]
    assert [m.end for m in Merge(BEFORE_LISTS).choose(found, text, general=True)] == [20]


def test_the_word_of_its_class_is_no_head():
    text = "diuretic therapy"
    found = [draft(0, 16, "lexicon", "Therapy"), draft(0, 8, "model", "Therapy")]
    assert [m.end for m in Merge(BEFORE_LISTS).choose(found, text)] == [8]


def test_the_list_knows_of_what_kind_a_name_is():
    ranks = {("model", "*", "*"): 6, ("lexicon", "Therapy", "*"): 0}
    name = draft(0, 13, "lexicon", "Therapy", candidates=("mesh:D011613",))
    [kept] = Merge(ranks).choose([draft(0, 13, "model", "Marker"), name], "psychotherapy")
    assert (kept.kind, kept.candidates) == ("Therapy", ("mesh:D011613",))
