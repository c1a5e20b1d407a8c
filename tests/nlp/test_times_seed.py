"""Every time expression of the first document's case section."""

from __future__ import annotations

from pathlib import Path

from kg.nlp.times.expressions import read_times

SEED = Path(__file__).parents[2] / "corpus" / "fonc.2022.1021786.txt"


def test_times_of_the_case() -> None:
    text = SEED.read_text(encoding="utf-8")
    case = text[text.index("Case description") : text.index("FIGURE")]
    read = read_times(case)
    found = [
        (t.type, t.value, t.value_to, t.direction, t.anchor_text)
        for t in read.times
        if t.type != "frequency"
    ]
    assert found == [
        ("age", "P18Y", None, None, None),
        ("date", "2016-01-31", None, None, None),
        ("date", "--02-09", None, None, None),
        ("date", "2016-11", None, None, None),
        ("date", "2017-05", None, None, None),
        ("duration", "P4D", None, None, None),
        ("duration", "P2D", None, None, None),
        ("duration", "P4D", None, None, None),
        ("day", "P22D", None, "after", "umbilical cord blood infusion"),
        ("day", "P37D", None, "after", "umbilical cord blood infusion"),
        ("duration", "P19M", None, None, None),
        ("date", "2019-01", None, None, None),
        ("duration", "P3D", None, None, None),
        ("duration", "P3D", None, None, None),
        ("date", "2019-03-13", "2019-03-15", None, None),
        ("duration", "P3D", None, None, None),
        ("day", "P0D", None, "after", None),
        ("day", "P1D", None, "after", None),
        ("day", "P2D", None, "after", None),
        ("day", "P6D", None, "after", None),
        ("day", "P7D", None, "after", None),
        ("distance", "P1W", None, "after", None),
        ("day", "P7D", None, "after", None),
        ("day", "P10D", None, "after", None),
        ("date", "2019-04-04", None, None, None),
        ("day", "P17D", None, "after", None),
        ("day", "P118D", None, "after", "CAR-T cells infusion"),
        ("duration", "P5M", None, None, None),
        ("date", "2019-08-20", None, None, None),
        ("duration", "P1M", None, None, None),
        ("distance", "P42D", None, "after", "interferon-alpha treatment"),
        ("duration", "P2Y", None, None, None),
        ("duration", "P41M", None, "after", "CAR-T cells"),
    ]
    assert [case[a.start : a.end] for a in read.ages] == ["18-year-old"]
