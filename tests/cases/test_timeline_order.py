"""Narrated order within a sentence, of phases of therapy, of decisions, and up to death."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from tests.cases.timeline_markup import told


def orders(marked, *relations):
    story = told(marked)
    for relation in relations:
        story.relate(*relation)
    return {(r.source, r.target): r.basis for r in story.solve().relations if r.type == "BEFORE"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "He underwent <exposure id=a of=surgery>orchidectomy</exposure> and was given <exposure id=b>BEP</exposure>.",
            ("a", "b"),
        ),
        (
            "She developed <diagnosis id=a>cholecystitis</diagnosis> and underwent <exposure id=b>cholecystectomy</exposure>.",
            ("a", "b"),
        ),
        (
            "The <response id=a outcome=relapse>recurrence</response> was treated with <exposure id=b>radiation</exposure>.",
            ("a", "b"),
        ),
        (
            "He had <response id=a outcome=relapse>relapse</response> in the lung and <response id=b outcome=death>died</response>.",
            ("a", "b"),
        ),
        (
            "<exposure id=a>Ibuprofen</exposure> brought only <response id=b outcome=partial_response>partial relief</response>.",
            ("a", "b"),
        ),
        (
            "The diagnosis was <diagnosis id=a>sarcoidosis</diagnosis>, and <exposure id=b>prednisone</exposure> was begun.",
            ("a", "b"),
        ),
        (
            "<exposure id=x>Cetuximab</exposure> and <exposure id=a>FOLFOX</exposure> were given, followed by <exposure id=y of=surgery>surgery</exposure> and adjuvant <exposure id=b>capecitabine</exposure>.",
            ("x", "b"),
        ),
        (
            "<exposure id=x>Drug X</exposure> was <response id=a outcome=no_response>not effective</response>, <exposure id=b>colchicine</exposure> was begun.",
            ("a", "b"),
        ),
        (
            "It was treated with neoadjuvant <exposure id=a>chemotherapy</exposure>, <exposure id=b of=surgery>surgery</exposure> and radiation.",
            ("a", "b"),
        ),
    ],
)
def test_a_sentence_moves_on(sentence, expected):
    assert orders(sentence).get(expected) is not None
    assert expected[::-1] not in orders(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "She received <exposure id=a>cisplatin</exposure> and <exposure id=b>radiotherapy</exposure>.",
        "She received <exposure id=a>rituximab</exposure> for <diagnosis id=b>lymphoma</diagnosis>.",
        "She had <diagnosis id=a>asthma</diagnosis> and <diagnosis id=b>gout</diagnosis>.",
    ],
)
def test_what_is_listed_is_not_ordered(sentence):
    assert not {("a", "b"), ("b", "a")} & orders(sentence).keys()


def test_words_that_turn_the_order_round_hold_a_part_together():
    found = orders(
        """
        A man with <diagnosis id=d>lung cancer</diagnosis> in <response id=p outcome=progression>progression</response> after <exposure id=c>cisplatin</exposure> was treated with <exposure id=n>nivolumab</exposure>.
        """
    )
    assert {("d", "c"), ("c", "p"), ("p", "n"), ("c", "n")} <= found.keys()


def test_what_is_told_behind_is_not_held_after_what_was_told_first():
    found = orders(
        """
        She underwent <exposure id=a>chemotherapy</exposure>, but the tumour <response id=r outcome=relapse>recurred</response> after <exposure id=b of=surgery>resection</exposure> and <exposure id=c>irradiation</exposure>.
        """
    )
    assert {("b", "r"), ("a", "r")} <= found.keys()
    assert not {("a", "b"), ("a", "c")} & found.keys()


def test_the_longer_cue_decides():
    found = orders(
        "The <adverseevent id=rash>rash</adverseevent> was caused by <exposure id=a>amoxicillin</exposure>."
    )
    assert ("a", "rash") in found


def test_before_completing_is_no_order_of_beginnings():
    found = orders(
        "He <response id=d outcome=death>died</response> before completing <exposure id=c>chemotherapy</exposure>."
    )
    assert ("c", "d") in found


def test_a_list_goes_on_looking_back():
    found = orders(
        """
        He had undergone <exposure id=a of=surgery>adrenalectomy</exposure>, and <exposure id=b of=surgery>parathyroidectomy</exposure>.
        He received <exposure id=c>calcium</exposure>.
        """
    )
    assert {("a", "c"), ("b", "c")} <= found.keys()
    assert ("a", "b") not in found


def test_parts_of_a_regimen_are_ordered_with_others_but_not_with_their_whole():
    found = orders(
        """
        She underwent <exposure id=op of=surgery>resection</exposure>.
        She then received <exposure id=xelox>XELOX</exposure> (<exposure id=ox>oxaliplatin</exposure> and <exposure id=cape>capecitabine</exposure>).
        The tumour <response id=pd outcome=progression>progressed</response>.
        """,
        ("PART_OF", "ox", "xelox"),
        ("PART_OF", "cape", "xelox"),
    )
    assert {("op", "ox"), ("ox", "pd"), ("cape", "pd")} <= found.keys()
    assert not {("xelox", "ox"), ("ox", "xelox"), ("ox", "cape")} & found.keys()


def test_a_plan_comes_after_what_was_told_and_before_nothing():
    found = orders(
        """
        She underwent <exposure id=op of=surgery>resection</exposure>.
        Adjuvant <exposure id=chemo realisation=planned>chemotherapy</exposure> was planned.
        She <response id=well outcome=recurrence_free>had no recurrence</response>.
        """
    )
    assert ("op", "chemo") in found
    assert not {("chemo", "well"), ("well", "chemo")} & found.keys()


def test_a_therapy_declined_has_the_place_of_the_decision():
    found = orders(
        """
        The tumour <response id=pd outcome=progression>progressed</response>.
        He refused <exposure id=sora realisation=declined>sorafenib</exposure>.
        He received <exposure id=rt>radiotherapy</exposure>.
        """
    )
    assert {("pd", "sora"), ("sora", "rt")} <= found.keys()


def test_nothing_begins_after_death():
    found = orders(
        """
        He <response id=died outcome=death>died</response>.
        Earlier that month the liver had been <diagnosis id=failure>failing</diagnosis>.
        Autopsy showed <diagnosis id=tumour>a tumour of the lung</diagnosis>.
        """
    )
    assert ("tumour", "died") in found
    assert ("died", "tumour") not in found


def test_a_state_that_lasts_may_have_begun_before_what_prolonged_it():
    story = told(
        """
        On <time date=2019-03-18>March 18, 2019</time> she received <exposure id=cells>cells</exposure>.
        On <time date=2019-04-18>April 18, 2019</time> <response id=cr outcome=complete_remission>remission</response> was seen.
        On <time date=2019-08-20>August 20, 2019</time> she was given <exposure id=ifn>interferon</exposure>.
        <response id=cr outcome=complete_remission>Remission</response> lasted for <time duration=P41M>41 months</time>.
        """
    ).relate("RESPONSE_TO", "cr", "ifn")
    timeline = story.solve()
    (tie,) = [r for r in timeline.relations if r.type == "RESPONSE_TO"]
    assert (tie.min_days, tie.max_days) == (None, None)
    assert not [c for c in timeline.contradictions if c.kind == "cycle"]


def test_after_something_else_does_not_turn_the_order_round():
    found = orders(
        "He was diagnosed with <diagnosis id=d>myositis</diagnosis> after a consultation and treated with <exposure id=a>prednisone</exposure>."
    )
    assert ("d", "a") in found


def test_follow_up_imaging_is_not_the_end_of_the_course():
    found = orders(
        """
        A <diagnosis id=d>renal tumour</diagnosis> was seen on <time point>follow-up</time> tomography.
        <exposure id=a>Radiation</exposure> was given.
        He was well at the last <time point>follow-up</time>.
        """
    )
    assert ("d", "a") in found


def test_a_second_mention_in_the_sentence_does_not_bring_its_time():
    story = told(
        """
        <exposure id=rt>Radiation</exposure> was given.
        <diagnosis id=d>Liver cancer</diagnosis> was found, and he <response id=died outcome=death>died</response> of <diagnosis id=d>liver cancer</diagnosis> <time distance=P2Y direction=after>2 years after</time> <mention name=rt>radiation</mention>.
        """
    )
    pairs = {(r.source, r.target) for r in story.solve().relations if r.type == "BEFORE"}
    assert ("d", "died") in pairs


def test_a_background_lies_before_what_is_told_next():
    found = orders(
        """
        A man presented with a <diagnosis id=f>fistula</diagnosis> on the background of <diagnosis id=c>carcinoma</diagnosis> managed with <exposure id=op of=surgery>laryngectomy</exposure>.
        A <exposure id=flap of=surgery>flap</exposure> was raised.
        """
    )
    assert {("c", "flap"), ("op", "flap"), ("f", "flap")} <= found.keys()
    assert not {("f", "c"), ("f", "op")} & found.keys()


def test_a_second_duration_is_not_of_the_event_before_the_first():
    story = told(
        """
        She had <finding id=squint>a squint</finding> for <time duration=P2Y>2 years</time> and had been losing sight for <time duration=P6M>6 months</time>.
        """
    )
    assert not story.solve().contradictions


def test_what_an_outcome_is_of_was_there_before():
    found = orders(
        """
        <exposure id=a>Prednisone</exposure> was given, resulting in <response id=cr outcome=complete_remission>remission</response> of the <diagnosis id=d>nephrotic syndrome</diagnosis>.
        She was <response id=well outcome=recurrence_free>free of relapse</response>.
        """
    )
    assert ("a", "d") not in found
    assert {("d", "cr"), ("a", "cr"), ("d", "well")} <= found.keys()


@pytest.mark.parametrize(
    "sentence",
    [
        "Upon diagnosis of <diagnosis id=a>gastric cancer</diagnosis>, she had a <exposure id=b of=surgery>gastrectomy</exposure>.",
        "As the <adverseevent id=a>rash</adverseevent> spread, <exposure id=b>prednisone</exposure> was begun.",
        "He had <diagnosis id=a>gout</diagnosis> for which he took <exposure id=b>allopurinol</exposure>.",
        "<exposure id=b of=surgery>Removal</exposure> of both <finding id=m>masses</finding> was done (after <exposure id=x>prazosin</exposure> and <exposure id=a>atenolol</exposure>).",
    ],
)
def test_words_beside_a_list_order_all_of_it(sentence):
    assert orders(sentence)[("a", "b")] == "stated"


def test_a_disease_that_is_spoken_of_as_known_did_not_begin_there():
    found = orders(
        "She was given <exposure id=a>metyrapone</exposure>.\n"
        "The ACTH-producing <diagnosis id=b>lung tumour</diagnosis> was <exposure id=c>ablated</exposure>."
    )
    assert ("a", "b") not in found and ("b", "c") in found


def test_a_history_of_one_disease_is_no_history_of_what_the_patient_came_with():
    found = orders(
        "A man with a history of <diagnosis id=a time=history>gout</diagnosis> was transferred to our clinic with <diagnosis id=b>sepsis</diagnosis>.\n"
        "Since he had a history of asthma, <exposure id=c>landiolol</exposure> was used."
    )
    assert {("a", "b"), ("b", "c"), ("a", "c")} <= found.keys()


def test_ages_place_events():
    story = told(
        "A 60-year-old man came with cough.\n"
        "He had a <exposure id=b of=surgery>splenectomy</exposure> at the <time age=P30Y>age of 30</time>.\n"
        "He had <diagnosis id=a>polio</diagnosis> at the <time age=P8Y>age of 8</time>."
    )
    found = {(r.source, r.target): r for r in story.solve().relations if r.type == "BEFORE"}
    assert 7600 < found["a", "b"].min_days < 8100
