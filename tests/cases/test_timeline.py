"""The timeline on sentences with mark-up: ties, anchors, order, bounds, contradictions."""

# ruff: noqa: E501

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from tests.cases.timeline_markup import told


def solved(marked):
    story = told(marked)
    timeline = story.solve()
    return {event.id: event for event in timeline.events}, timeline


def before(timeline, first, second):
    return next(
        (
            r
            for r in timeline.relations
            if r.type == "BEFORE" and (r.source, r.target) == (first, second)
        ),
        None,
    )


COURSE = """
# case
An 18-year-old was admitted with <finding id=pain>abdominal pain</finding> on <time date=2016-01-31>January 31, 2016</time>.
She was diagnosed with <diagnosis id=all>B-ALL</diagnosis>.
On <time date=--02-09 precision=day>February 9</time>, she received <exposure id=vip of=chemotherapy>VIP</exposure> and achieved <response id=cr1 outcome=complete_remission>CR</response>.
In <time date=2016-11>November 2016</time>, bone marrow showed <finding id=blasts>41% blasts</finding>, indicating <response id=relapse1 outcome=relapse>relapse</response>.
She underwent <exposure id=ucbt name=ucbt of="haematopoietic cell transplantation|cell therapy">cord blood transplantation</exposure> in <time date=2017-05>May 2017</time>.
The conditioning included <exposure id=bu of=chemotherapy>busulfan</exposure> for <time duration=P4D>4 days</time>.
<response id=neut outcome=engraftment>Neutrophil</response> and <response id=plt outcome=engraftment>platelet engraftment</response> was observed on <time day=P22D>day 22</time> and <time day=P37D>day 37</time> after <mention of="haematopoietic cell transplantation|cell therapy" name=ucbt>cord blood infusion</mention>, respectively.
The patient maintained <response id=cr3 outcome=complete_remission>CR</response> for <time duration=P19M>19 months</time>.
However, in <time date=2019-01>January 2019</time>, <finding id=blasts2>21% lymphoblasts</finding> were detected.
The patient <response id=relapse2 outcome=relapse>relapsed</response> again.
This was termed <diagnosis id=dcl>donor cell leukaemia</diagnosis>.
She received <exposure id=fc of=chemotherapy>FC</exposure> from <time date=2019-03-13 to=2019-03-15>March 13, 2019 to March 15, 2019</time>.
Then <exposure id=cart name="anti-CD19 CAR-T" of="car-t cell therapy|cell therapy">CAR-T cells</exposure> were infused (0.2 at <time day=P0D>day 0</time>, 0.6 at <time day=P1D>day 1</time>).
She developed <finding id=fever>fever</finding> on <time day=P6D>day 6</time>.
On <time date=2019-04-04>April 4, 2019</time> (<time day=P17D>day 17</time>), the smear revealed <response id=mrd1 outcome=mrd_negative>MRD negative</response>.
On <time day=P118D>day 118</time> after <mention of="car-t cell therapy|cell therapy" name="anti-CD19 CAR-T">CAR-T cells infusion</mention>, the <finding id=copies polarity=negated>copy number</finding> was not detected.
On <time date=2019-08-20>August 20, 2019</time>, examination showed <response id=mrd2 outcome=mrd_positive>MRD 0.05%</response>.
Given the increased levels, the patient was given <exposure id=ifn name=interferon-alpha-2b of=interferon-alpha|interferon>interferon-α-2b</exposure>.
She achieved <response id=mrd3 outcome=mrd_negative>MRD negative</response> again after <time distance=P42D direction=after>42 days</time> of <mention name=interferon-alpha of=interferon>interferon-alpha treatment</mention>.
<exposure id=ifn name=interferon-alpha-2b>Interferon-α-2b</exposure> was used for <time duration=P2Y>2 years</time>.
To date, she has maintained <response id=cr4 outcome=complete_remission>CR</response> for <time duration=P41M>41 months</time> after <mention of="car-t cell therapy|cell therapy" name="anti-CD19 CAR-T">CAR-T cells</mention> followed by interferon.
# discussion
The patient developed <diagnosis id=dcl>DCL</diagnosis> <time distance=P20M direction=after>20 months</time> after <mention of="haematopoietic cell transplantation|cell therapy" name=ucbt>UCBT</mention>.
"""


@pytest.fixture(scope="module")
def course():
    story = (
        told(COURSE)
        .relate("GIVEN_FOR", "bu", "ucbt", "conditioning")
        .relate("GIVEN_FOR", "fc", "cart", "lymphodepletion")
        .relate("RESPONSE_TO", "mrd3", "ifn")
        .relate("RESPONSE_TO", "cr1", "vip")
    )
    timeline = story.solve()
    return {event.id: event for event in timeline.events}, timeline


def test_a_day_and_a_date_together_fix_the_anchor(course):
    events, _ = course
    assert events["cart"].start_date_min == events["cart"].start_date_max == "2019-03-18"


def test_days_count_from_what_most_day_numbers_count_from(course):
    events, timeline = course
    assert timeline.patients[0].day_zero == "cart"
    assert (events["cart"].start_day_min, events["cart"].start_day_max) == (0, 0)


def test_a_year_is_completed_from_the_date_told_before(course):
    events, _ = course
    assert events["vip"].start_date_min == events["vip"].start_date_max == "2016-02-09"
    assert events["vip"].date_precision == "day"


def test_a_response_does_not_share_the_time_of_its_exposure(course):
    events, _ = course
    assert events["cr1"].start_date_min == "2016-02-09"
    assert events["cr1"].start_date_max != "2016-02-09"
    assert events["cr1"].date_precision is None


def test_days_after_a_named_transplant_count_from_it(course):
    _, timeline = course
    for response, day in (("neut", 22), ("plt", 37)):
        relation = before(timeline, "ucbt", response)
        assert (relation.min_days, relation.max_days, relation.basis) == (day, day, "dated")


def test_days_without_anchor_count_from_the_one_last_established(course):
    events, _ = course
    assert (events["fever"].start_day_min, events["fever"].start_day_max) == (6, 6)
    assert events["copies"].start_date_min == events["copies"].start_date_max == "2019-07-14"


def test_interferon_begins_where_the_bounds_leave_room(course):
    events, timeline = course
    relation = before(timeline, "cart", "ifn")
    assert relation.min_days == 155
    assert 500 <= relation.max_days <= 550
    assert events["ifn"].start_date_min == "2019-08-20"
    assert events["ifn"].duration_days == 730.5


def test_the_bounds_of_a_response_are_of_the_pair(course):
    _, timeline = course
    relation = next(r for r in timeline.relations if r.source == "mrd3")
    assert (relation.type, relation.min_days, relation.max_days) == ("RESPONSE_TO", 42, 42)


def test_a_month_is_the_uncertainty_of_a_start(course):
    events, _ = course
    assert events["ucbt"].start_date_min == "2017-05-01"
    assert events["ucbt"].start_date_max == "2017-05-31"
    assert events["ucbt"].date_precision == "month"


def test_from_to_is_a_duration(course):
    events, _ = course
    assert (events["fc"].start_date_min, events["fc"].end_date_max) == ("2019-03-13", "2019-03-15")


def test_conditioning_comes_before_its_transplant(course):
    events, _ = course
    assert events["bu"].seq < events["ucbt"].seq
    assert events["bu"].duration_days == 4


def test_statements_that_agree_are_reported(course):
    _, timeline = course
    agreed = [c.message for c in timeline.contradictions if c.kind == "agrees"]
    assert any('"20 months"' in message for message in agreed)
    assert any('"19 months"' in message for message in agreed)
    assert not [c for c in timeline.contradictions if c.kind == "cycle"]


def test_before_is_closed_and_acyclic(course):
    _, timeline = course
    pairs = {(r.source, r.target) for r in timeline.relations if r.type == "BEFORE"}
    for first, second in pairs:
        assert (second, first) not in pairs
        assert all((first, third) in pairs for middle, third in pairs if middle == second)


def test_findings_take_no_part_in_before(course):
    _, timeline = course
    ends = {e for r in timeline.relations if r.type == "BEFORE" for e in (r.source, r.target)}
    assert not ends & {"pain", "fever", "blasts"}


def test_seq_follows_the_course(course):
    events, _ = course
    order = ["pain", "vip", "cr1", "relapse1", "ucbt", "neut", "fc", "cart", "mrd1", "ifn", "mrd3"]
    places = [events[event].seq for event in order]
    assert places == sorted(places)


def test_a_contradiction_is_reported_with_its_words():
    _, timeline = solved(
        """
        She underwent <exposure id=tx of="haematopoietic cell transplantation">transplantation</exposure> in <time date=2017-05>May 2017</time>.
        In <time date=2019-01>January 2019</time>, she had <response id=re outcome=relapse>relapse</response>.
        # discussion
        <response id=re outcome=relapse>Relapse</response> occurred <time distance=P6M direction=after>6 months</time> after <mention name=transplantation>transplantation</mention>.
        """
    )
    (cycle,) = [c for c in timeline.contradictions if c.kind == "cycle"]
    assert {piece.quote for piece in cycle.evidence} == {"6 months", "May 2017", "January 2019"}
    assert set(cycle.events) == {"tx", "re"}


def test_narrated_order_gives_way_to_dates():
    events, timeline = solved(
        """
        She had <response id=re outcome=relapse>relapse</response> in <time date=2019-01>January 2019</time>.
        She received <exposure id=a>drug A</exposure> in <time date=2018-03>March 2018</time>.
        """
    )
    assert [c.kind for c in timeline.contradictions] == ["dropped"]
    assert before(timeline, "a", "re").basis == "dated"
    assert events["a"].seq < events["re"].seq


def test_open_bounds_are_null():
    events, _ = solved("She received <exposure id=a>drug A</exposure>.")
    event = events["a"]
    assert event.start_date_min is event.start_date_max is event.end_day_max is None
    assert (event.start_day_min, event.start_day_max) == (0, 0), "it is day zero itself"


def test_later_counts_from_what_was_told_last():
    _, timeline = solved(
        """
        He received <exposure id=a>drug A</exposure>.
        <time distance=P1W direction=after>One week later</time>, he developed <adverseevent id=rash>rash</adverseevent>.
        """
    )
    relation = before(timeline, "a", "rash")
    assert (relation.min_days, relation.max_days, relation.basis) == (4, 10, "stated")


def test_history_lies_before_the_presentation():
    events, timeline = solved(
        """
        A man presented with a <time duration=P3W>3-week</time> history of <finding id=cough>cough</finding>.
        He had <diagnosis id=copd time=history>COPD</diagnosis>.
        He received <exposure id=a>drug A</exposure>.
        """
    )
    assert events["cough"].seq < events["a"].seq
    assert before(timeline, "copd", "a").basis == "narrated"


def test_after_turns_the_order_round():
    _, timeline = solved(
        """
        <response id=cr outcome=complete_remission>Remission</response> was seen after <exposure id=a>drug A</exposure>.
        """
    )
    assert before(timeline, "a", "cr").basis == "stated"
    assert before(timeline, "cr", "a") is None


def test_days_of_two_patients_are_apart():
    story = told(
        """
        Patient 1 received <exposure id=a patient=p1>drug A</exposure> on <time date=2019-03-13>March 13, 2019</time>.
        Patient 2 received <exposure id=b patient=p2>drug B</exposure> on <time date=2018-03-13>March 13, 2018</time>.
        """
    )
    timeline = story.solve()
    assert [p.day_zero for p in timeline.patients] == ["a", "b"]
    assert not [r for r in timeline.relations if r.type == "BEFORE"]


def test_within_is_an_upper_bound():
    _, timeline = solved(
        """
        He received <exposure id=a>drug A</exposure>.
        <response id=cr outcome=symptom_resolution>Symptoms resolved</response> within <time distance=P3D>3 days</time>.
        """
    )
    relation = before(timeline, "a", "cr")
    assert (relation.min_days, relation.max_days) == (0, 3)


def test_postoperative_days_count_from_surgery():
    _, timeline = solved(
        """
        He underwent <exposure id=op of=surgery>resection</exposure>.
        He was given <exposure id=abx>ceftriaxone</exposure>.
        On <time day=P4D text=surgery>postoperative day 4</time> he developed <adverseevent id=leak>a leak</adverseevent>.
        """
    )
    relation = before(timeline, "op", "leak")
    assert (relation.min_days, relation.max_days) == (4, 4)


def test_dates_are_those_of_the_calendar(course):
    events, _ = course
    first = datetime.date.fromisoformat(events["mrd1"].start_date_min)
    assert first - datetime.timedelta(days=17) == datetime.date(2019, 3, 18)


def test_an_inferred_response_before_its_exposure_is_left_out():
    story = told(
        """
        He had <response id=cr outcome=complete_remission>remission</response> on <time date=2019-01-05>January 5, 2019</time>.
        He received <exposure id=a>drug A</exposure> on <time date=2019-02-05>February 5, 2019</time>.
        """
    )
    timeline = story.relate("RESPONSE_TO", "cr", "a", basis="inferred").solve()
    assert not [r for r in timeline.relations if r.type == "RESPONSE_TO"]
    assert [c.kind for c in timeline.contradictions] == ["dropped"]


def test_a_stated_response_before_its_exposure_stays_without_days():
    story = told(
        """
        He had <response id=cr outcome=complete_remission>remission</response> on <time date=2019-01-05>January 5, 2019</time>.
        He received <exposure id=a>drug A</exposure> on <time date=2019-02-05>February 5, 2019</time>.
        """
    )
    timeline = story.relate("RESPONSE_TO", "cr", "a").solve()
    (relation,) = [r for r in timeline.relations if r.type == "RESPONSE_TO"]
    assert (relation.min_days, relation.max_days) == (None, None)
    assert [c.kind for c in timeline.contradictions] == ["cycle"]


def test_a_flashback_comes_before_what_is_told_next():
    _, timeline = solved(
        """
        He received <exposure id=a>drug A</exposure>.
        He had previously received <exposure id=b>drug B</exposure>.
        He developed <adverseevent id=rash>rash</adverseevent>.
        """
    )
    assert before(timeline, "b", "rash") is not None
    assert before(timeline, "a", "b") is None


def test_years_ago_reaches_over_its_sentence():
    events, timeline = solved(
        """
        A woman presented with <finding id=cough>cough</finding>.
        <time distance=P4Y direction=before>Four years ago</time> she underwent <exposure id=op of=surgery>mastectomy</exposure> followed by <exposure id=rt>radiotherapy</exposure>.
        She received <exposure id=chop>R-CHOP</exposure>.
        """
    )
    assert timeline.patients[0].day_zero == "cough"
    assert before(timeline, "rt", "chop").basis == "narrated"
    assert events["rt"].start_day_max <= 0
    assert before(timeline, "op", "chop").min_days > 365 * 3


def test_an_event_stands_where_it_is_stated_not_where_it_is_mentioned_again():
    story = told(
        """
        # abstract
        We report <diagnosis id=all>leukaemia</diagnosis> after <exposure id=tx>transplantation</exposure>.
        # case
        She had <diagnosis id=all>leukaemia</diagnosis>.
        She underwent <exposure id=tx>transplantation</exposure>.
        """
    )
    timeline = story.solve()
    assert before(timeline, "all", "tx") is not None
    assert before(timeline, "tx", "all") is None


def test_a_time_behind_brackets_is_of_the_regimen_and_its_drugs():
    events, _ = solved(
        """
        She received <exposure id=fc>FC</exposure> (<exposure id=flu>fludarabine</exposure>, <exposure id=cy>cyclophosphamide</exposure>) on <time date=2019-03-13>March 13, 2019</time>.
        """
    )
    assert {events[e].start_date_min for e in ("fc", "flu", "cy")} == {"2019-03-13"}


def test_what_leads_a_sentence_does_not_take_its_time():
    events, _ = solved(
        """
        After <exposure id=a>drug A</exposure>, <exposure id=b>drug B</exposure> was given on <time date=2019-03-13>March 13, 2019</time>.
        """
    )
    assert events["b"].start_date_min == "2019-03-13"
    assert events["a"].start_date_min is None


def test_a_spacing_is_no_time():
    events, _ = solved(
        """
        <finding id=mrd>MRD</finding> rose on <time date=2019-08-20>August 20, 2019</time> in 2 samples within a <time duration=P1M>1-month</time> interval.
        """
    )
    assert events["mrd"].start_date_max == "2019-08-20"
    assert events["mrd"].duration_days is None


def test_how_long_a_complaint_had_lasted_at_the_visit_reaches_back():
    events, timeline = solved(
        """
        On <time date=2020-10-20>October 20, 2020</time>, a man was admitted with <finding id=pain>pain</finding> for <time duration=P7D>7 days</time>.
        He had <diagnosis id=dm time=history>diabetes</diagnosis> for <time duration=P2M>2 months</time>.
        He received <exposure id=a>drug A</exposure>.
        """
    )
    assert events["pain"].start_date_min == "2020-10-13"
    assert events["dm"].start_date_max == "2020-09-04"
    assert before(timeline, "dm", "a") is not None


def test_a_legend_does_not_break_the_narrative():
    events, _ = solved(
        """
        He was admitted on <time date=2020-10-20>October 20, 2020</time>.
        # legend
        Figure 1 The scan.
        # case
        On the <time day=P14D>14th day</time>, <exposure id=a>a puncture</exposure> was done.
        """
    )
    assert (events["a"].start_date_min, events["a"].start_date_max) == ("2020-11-02", "2020-11-03")


def test_lasted_until_is_an_end():
    events, _ = solved(
        """
        <response id=pr outcome=partial_response>Partial response</response> lasted until <time date=2021-01-06>January 6, 2021</time>.
        """
    )
    assert events["pr"].end_date_min == events["pr"].end_date_max == "2021-01-06"
    assert events["pr"].start_date_min is None


def test_days_of_a_cycle_are_no_days_of_the_course():
    events, _ = solved(
        """
        On <time date=2020-04-28>April 28, 2020</time> he received <exposure id=a>sintilimab</exposure> on <time day=P1D>D1</time>, every 3 weeks.
        """
    )
    assert events["a"].start_date_max == "2020-04-28"


def test_the_date_of_what_is_told_again_does_not_move_it():
    events, _ = solved(
        """
        In <time date=2018-02>February 2018</time> she received <exposure id=a>drug A</exposure>.
        She had <adverseevent id=fever>fever</adverseevent>.
        In <time date=2018-04>April 2018</time> she received <exposure id=b>drug B</exposure>.
        In <time date=2019-11>November 2019</time> <adverseevent id=fever>fever</adverseevent> was present.
        """
    )
    assert events["fever"].start_date_max == "2018-04-30"


def test_the_date_of_what_is_told_again_counts_where_nothing_speaks_against_it():
    events, _ = solved(
        """
        She underwent <exposure id=op of=surgery>surgery</exposure>.
        <exposure id=op>Surgery</exposure> was done on <time date=2018-04-05>April 5, 2018</time>.
        """
    )
    assert events["op"].start_date_min == events["op"].start_date_max == "2018-04-05"


def test_the_last_follow_up_ends_the_course():
    events, _ = solved(
        """
        In <time date=2018-02>February 2018</time> she received <exposure id=a>drug A</exposure>.
        She had <response id=cr outcome=complete_remission>remission</response>.
        As of the last follow-up on <time date=2020-05-06>6 May 2020</time>, all is well.
        """
    )
    assert events["cr"].start_date_max == "2020-05-06"


def test_days_postoperatively_count_from_the_operation():
    _, timeline = solved(
        """
        He underwent <exposure id=op of=surgery>lobectomy</exposure>.
        <time duration=P4D>Four days</time> postoperatively he developed <adverseevent id=leak>a leak</adverseevent>.
        """
    )
    relation = before(timeline, "op", "leak")
    assert (relation.min_days, relation.max_days) == (4, 4)


def test_years_prior_in_the_history_count_from_the_presentation():
    events, _ = solved(
        """
        A man was admitted with <finding id=mass>a liver mass</finding>.
        He underwent <exposure id=op of=surgery time=history>hemicolectomy</exposure> <time distance=P12Y direction=before>12 years prior</time>.
        """
    )
    assert events["op"].start_day_max < -11 * 365


def test_and_at_begins_a_clause_of_its_own():
    events, _ = solved(
        """
        In <time date=2018-04>April 2018</time> she underwent <exposure id=op of=surgery>surgery</exposure>.
        She was given <exposure id=a>antifungals</exposure> and at the <time distance=P2Y>2-year</time> follow-up <response id=nr outcome=recurrence_free>no relapse</response> was seen.
        """
    )
    assert events["a"].start_date_min == "2018-04-01"


def test_nothing_told_is_later_than_the_publication():
    given = told(
        """# case
        On <time date=2020-03-30>March 30, 2020</time> she had <exposure id=valve of=surgery>valve replacement</exposure>.
        <time distance=P2Y direction=after>Two years later</time>, <response id=well outcome=alive>she was alive</response>.
        """
    )
    document = given.annotation.document
    published = replace(document, meta=replace(document.meta, published="2021-11-05"))
    given.annotation = replace(given.annotation, document=published)
    (late,) = [e for e in given.solve().events if e.id == "well"]
    assert late.start_date_max == "2021-11-05"


def test_months_of_follow_up_do_not_count_from_its_end():
    timeline = told(
        """# case
        She underwent <exposure id=op of=surgery>resection</exposure>.
        She remained <response id=free outcome=recurrence_free>free of disease</response> at <time distance=P10M direction=after>10 months</time> of follow-up.
        """
    ).solve()
    assert not [c for c in timeline.contradictions if c.kind == "cycle"]
