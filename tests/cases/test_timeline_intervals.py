from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from kg.cases.timeline.intervals import (
    Interval,
    complete,
    date_interval,
    distance,
    duration,
    iso,
)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019-04-04", "2019-04-04", "2019-04-04"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2016", "2016-01-01", "2016-12-31"),
        ("2019-Q2", "2019-04-01", "2019-06-30"),
        ("2019-04-04T10:30", "2019-04-04", "2019-04-04"),
    ],
)
def test_a_date_is_as_wide_as_it_is_stated(value, first, last):
    span = date_interval(value)
    assert (iso(span.low), iso(span.high)) == (first, last)


@pytest.mark.parametrize("value", ["--02-09", "2019-02-30", "2019-13", "spring", "0000"])
def test_what_is_no_date_has_no_interval(value):
    assert date_interval(value) is None


def test_the_year_is_completed_forwards_only():
    assert complete("--02-09", date_interval("2016-01-31")) == "2016-02-09"
    assert complete("--01", date_interval("2016-12")) == "2017-01"
    assert complete("--02-09", None) is None
    assert complete("--12-31", date_interval("2016-01-01")) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("P5M", Interval(137, 167)),
        ("P1W", Interval(4, 10)),
        ("P42D", Interval(42, 42)),
        ("PT36H", Interval(1, 2)),
        ("P2Y", Interval(548, 913)),
        ("P2Y6M", Interval(898, 928)),
        ("several", Interval(None, None)),
    ],
)
def test_a_distance_has_half_of_its_finest_unit_as_tolerance(value, expected):
    assert distance(value) == expected


def test_years_of_treatment_are_counted_in_months():
    assert duration("P2Y") == Interval(716, 745)
    assert duration("P10Y") == distance("P10Y")


def test_days_of_treatment_count_the_first_and_the_last():
    assert duration("P3D") == Interval(2, 3)


def test_about_doubles_the_tolerance():
    assert distance("P2W", approximate=True) == Interval(7, 21)
    assert distance("P10D", approximate=True) == Interval(8, 12)


@given(st.integers(1, 60), st.sampled_from("DWMY"))
def test_a_period_lies_within_its_bounds(number, unit):
    nominal = number * {"D": 1, "W": 7, "M": 30.4375, "Y": 365.25}[unit]
    for read in (distance, duration):
        span = read(f"P{number}{unit}")
        assert 0 <= span.low <= round(nominal) and nominal - 1 <= span.high
