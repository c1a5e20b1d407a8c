"""Time expressions: sentences with what a reader would underline."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp.times.expressions import find_times, read_times
from kg.nlp.times.frequency import frequency_at
from kg.nlp.times.persons import find_sexes


@pytest.mark.parametrize(
    ("text", "value", "value_to", "precision"),
    [
        ("on January 31, 2016", "2016-01-31", None, "day"),
        ("on 27 October 2011", "2011-10-27", None, "day"),
        ("on Feb. 18, 2016", "2016-02-18", None, "day"),
        ("On February 9 she", "--02-09", None, "day"),
        ("in May 2017", "2017-05", None, "month"),
        ("in late December, 2011", "2011-12", None, "month"),
        ("since mid-October", "--10", None, "month"),
        ("in 2013", "2013", None, "year"),
        ("on 14/9/2005", "2005-09-14", None, "day"),
        ("on 03/04/2015", "2015", None, "year"),
        ("on 2019-04-04", "2019-04-04", None, "day"),
        ("from March 13 to March 15, 2019", "2019-03-13", "2019-03-15", "day"),
        ("on March 13–15, 2019", "2019-03-13", "2019-03-15", "day"),
        ("from January to July 2013", "2013-01", "2013-07", "month"),
        ("between 2004 and 2006", "2004", "2006", "year"),
        ("in the spring of 2015", "2015", None, "season"),
    ],
)
def test_dates(text: str, value: str, value_to: str | None, precision: str) -> None:
    [date] = find_times(text)
    assert (date.type, date.value, date.value_to, date.precision) == (
        "date",
        value,
        value_to,
        precision,
    )


@pytest.mark.parametrize(
    ("text", "type_", "value", "direction", "anchor"),
    [
        ("on day 22 after UCBT", "day", "P22D", "after", "UCBT"),
        ("on day +30", "day", "P30D", "after", None),
        ("on day -7", "day", "-P7D", "before", None),
        ("on postoperative day 3", "day", "P3D", "after", "surgery"),
        ("on POD 3", "day", "P3D", "after", "surgery"),
        ("on hospital day 5", "day", "P5D", "after", "admission"),
        ("on day 2 of life", "day", "P2D", "after", "birth"),
        ("on the 14th POD", "day", "P14D", "after", "surgery"),
        ("at week 12 of treatment", "day", "P12W", "after", "treatment"),
        ("20 months after UCBT", "distance", "P20M", "after", "UCBT"),
        ("two weeks before admission", "distance", "P2W", "before", "admission"),
        ("at post-operative 17 months", "distance", "P17M", "after", "surgery"),
        ("one week later", "distance", "P1W", "after", None),
        ("3 years ago", "distance", "P3Y", "before", None),
        ("after 42 days of interferon therapy", "distance", "P42D", "after", "interferon therapy"),
        ("the next day", "distance", "P1D", "after", None),
        ("on the same day", "distance", "P0D", "at", None),
        ("for 19 months", "duration", "P19M", None, None),
        ("a 6-week history", "duration", "P6W", None, None),
        ("for one and a half years", "duration", "P1.5Y", None, None),
        ("half a year", "duration", "P6M", None, None),
        ("for several days", "duration", None, None, None),
        ("for 2 years and 3 months", "duration", "P2Y3M", None, None),
        ("CR for 41 months after transplantation", "duration", "P41M", "after", "transplantation"),
        ("at diagnosis", "point", None, "at", "diagnosis"),
        ("at 8:15 PM", "point", "T20:15", None, None),
        ("three times a week", "frequency", "R3/P1W", None, None),
        ("every 6–12 months", "frequency", "R1/P6M", None, None),
    ],
)
def test_relative_times(
    text: str, type_: str, value: str | None, direction: str | None, anchor: str | None
) -> None:
    [time] = find_times(text)
    assert (time.type, time.value, time.direction, time.anchor_text) == (
        type_,
        value,
        direction,
        anchor,
    )


def test_within_is_a_bound() -> None:
    [time] = find_times("within 4 days")
    assert (time.value, time.value_to) == ("P0D", "P4D")


def test_two_days_of_one_anchor() -> None:
    times = find_times("on day 22 and day 37 after the transplant")
    assert [(t.value, t.anchor_text) for t in times] == [
        ("P22D", "transplantation"),
        ("P37D", "transplantation"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("An 18-year-old female", "P18Y"),
        ("a woman aged 31 years", "P31Y"),
        ("a 34-yr-old man", "P34Y"),
        ("a 57 y/o man", "P57Y"),
        ("a 19-month-old boy", "P19M"),
        ("a man in his early 70s", "P70Y"),
        ("a forty-five-year-old man", "P45Y"),
    ],
)
def test_ages_of_persons(text: str, value: str) -> None:
    [age] = read_times(text).ages
    assert age.value == value


def test_an_age_at_an_event_is_no_age_of_the_patient() -> None:
    read = read_times("diabetes diagnosed at 42 years of age")
    assert [t.value for t in read.times] == ["P42Y"]
    assert read.ages == []


def test_gestational_age() -> None:
    [time] = find_times("born at 36+2 weeks of gestation")
    assert (time.type, time.value, time.anchor_text) == ("age", "P36W2D", "gestation")


@pytest.mark.parametrize(
    "text",
    [
        "a second transplant and third-line therapy",
        "with vitamin D3 and cyclin D1",
        "4/6 HLA-matched",
        "as in Figure 2D",
        "which may progress and march on",
        "grade 3 or 4",
    ],
)
def test_no_time(text: str) -> None:
    assert find_times(text) == []


@pytest.mark.parametrize(
    ("text", "sexes"),
    [
        ("An 18-year-old Han female was admitted", ["female"]),
        ("a graft of a male donor; male karyotype", []),
        ("The male patient was 60 years old", ["male"]),
    ],
)
def test_sex(text: str, sexes: list[str]) -> None:
    assert [word.sex for word in find_sexes(text, read_times(text).ages)] == sexes


@pytest.mark.parametrize(
    ("text", "schedule"),
    [
        ("b.i.d.", "twice daily"),
        ("q3w", "every 3 weeks"),
        ("tiw", "three times a week"),
        ("24 hourly", "daily"),
        ("every other day", "every 2 days"),
    ],
)
def test_schedules(text: str, schedule: str) -> None:
    found = frequency_at(text, 0)
    assert found is not None and found.schedule == schedule


@pytest.mark.parametrize("piece", ["day 1 ", "two ", "after the ", "1 year and ", "January ", "- "])
def test_long_runs_are_read(piece: str) -> None:
    assert find_times(piece * (6_000 // len(piece))) is not None


_PIECES = st.sampled_from(
    [
        "day ",
        "days",
        " 2",
        "week",
        "-",
        "after ",
        "a ",
        "of ",
        "May ",
        "2019",
        "/",
        "+",
        "two ",
        "years old",
        "the ",
        "next ",
        ", ",
        "for ",
        "q",
        "h",
        ".",
        "at ",
        "to ",
        "and ",
    ]
)
_ISO = re.compile(
    r"-?P(\d+(\.\d+)?[YMWD])*(T\d+(\.\d+)?[HM])?|-?-?(\d{4})?(-\d{2}){0,2}|R\d+/P.+|T\d\d:\d\d"
)


@settings(max_examples=150, deadline=2000)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_times_lie_in_the_text_apart_and_are_iso(text: str) -> None:
    end = 0
    for time in find_times(text):
        assert end <= time.start < time.end <= len(text)
        end = time.end
        assert time.value is None or _ISO.fullmatch(time.value), time.value


def test_a_short_unit_ends_where_it_stands():
    found = [(t.start, t.end, t.value) for t in find_times("for 2h 2days")]
    assert found[0] == (4, 6, "PT2H")
