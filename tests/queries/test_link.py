"""The headline: which reports link two concepts, and how. The same rows on every store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., list[dict[str, Any]]]
IFN, CELLS = "interferon-alpha", "cell therapy"


def short(rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    return [
        (row["level"], row["report"].removeprefix("doi:10.1/"), row["first"], row["second"])
        for row in rows
    ]


EXPECTED = [
    ("course", "course", "car-t", "interferon-alpha-2b"),
    ("course", "course", "cord blood", "interferon-alpha-2b"),
    ("course", "retold", "dli", "interferon-alpha"),
    ("not_given", "course", "interferon-alpha-2b", "allo-hsct"),
    ("claim", "course", "interferon-alpha", "dli"),
    ("sentence", "course", "interferon-alpha", "dli"),
    ("citation", "course", "interferon-alpha", "dli"),
    ("citation", "refers", "interferon-alpha", "dli"),
    ("citation", "title", "interferon-alpha", "car-t"),
    ("report", "donor", "interferon-alpha", "dli"),
    ("report", "legend", "interferon-alpha", "car-t"),
    ("report", "nothing", "interferon-alpha", "car-t"),
    ("report", "two", "interferon-alpha", "car-t"),
]


def test_a_report_has_rows_for_each_level_it_reaches_the_nearest_first(ask: Ask) -> None:
    assert short(ask("link", a=IFN, b=CELLS)) == EXPECTED


def test_the_order_of_the_two_does_not_matter_but_for_the_names(ask: Ask) -> None:
    turned = {(level, report) for level, report, *_ in short(ask("link", a=CELLS, b=IFN))}
    assert turned == {(level, report) for level, report, *_ in EXPECTED}


@pytest.mark.parametrize(
    "level", ["course", "not_given", "claim", "sentence", "citation", "report"]
)
def test_one_level_is_what_all_has_of_it(ask: Ask, level: str) -> None:
    of_level = [row for row in EXPECTED if row[0] == level]
    assert short(ask("link", a=IFN, b=CELLS, level=level)) == of_level


@pytest.mark.parametrize("name", ["kg:interferon-alpha", "ifn-alpha"])
def test_a_concept_is_found_by_id_and_by_each_of_its_names(ask: Ask, name: str) -> None:
    assert short(ask("link", a=name, b="kg:cell_therapy")) == EXPECTED


def test_the_course_tells_days_what_lay_between_and_what_came_of_it(ask: Ask) -> None:
    nearest, farther, undated = ask("link", a=IFN, b=CELLS, level="course")
    assert (nearest["days_min"], nearest["days_max"]) == (60, 60)
    assert nearest["between"] == ["tocilizumab"]
    assert nearest["outcomes"] == ["complete_remission"]
    assert farther["between"] == ["car-t", "tocilizumab"]
    assert (undated["days_min"], undated["days_max"], undated["between"]) == (None, None, [])


def test_every_row_quotes_the_sentences_that_say_so(ask: Ask) -> None:
    rows = {(row["level"], row["report"]): row for row in ask("link", a=IFN, b=CELLS)}
    assert rows["not_given", "doi:10.1/course"]["quotes"] == [
        "She then had interferon-alpha-2b and a remission without GVHD.",
        "She refused allo-HSCT.",
    ]
    assert rows["citation", "doi:10.1/refers"]["quotes"] == [
        "Interferon-alpha has helped others (1).",
        "More donor lymphocyte infusion",
    ]
    assert all(row["quotes"] for row in rows.values())


def test_claims_and_citations_name_the_works_they_rest_on(ask: Ask) -> None:
    works = {(row["level"], row["report"]): row["works"] for row in ask("link", a=IFN, b=CELLS)}
    assert works["claim", "doi:10.1/course"] == ["doi:10.9/dli"]
    assert works["citation", "doi:10.1/title"] == ["doi:10.9/both"]
    assert works["course", "doi:10.1/course"] == []


def test_conditioning_is_no_course(ask: Ask) -> None:
    rows = short(ask("link", a="busulfan", b="cord blood"))
    assert ("sentence", "conditioning", "busulfan", "cord blood") in rows
    assert not [row for row in rows if row[0] == "course"]


def test_conditioning_for_one_therapy_is_a_course_with_a_later_one(ask: Ask) -> None:
    rows = short(ask("link", a="busulfan", b="car-t", level="course"))
    assert rows == [("course", "course", "busulfan", "car-t")]


def test_parts_make_no_rows_beside_their_whole(ask: Ask) -> None:
    rows = ask("link", a="chemotherapy", b="car-t", level="course")
    assert short([row for row in rows if row["report"] == "doi:10.1/regimen"]) == [
        ("course", "regimen", "vip", "car-t")
    ]


def test_a_part_asked_for_by_its_own_name_has_the_days_of_its_whole(ask: Ask) -> None:
    (row,) = ask("link", a="vincristine", b="car-t", level="course")
    assert (row["first"], row["second"], row["days_min"]) == ("vincristine", "car-t", 10)


def test_two_drugs_of_one_regimen_were_both_had(ask: Ask) -> None:
    rows = short(ask("link", a="vincristine", b="dexamethasone", level="course"))
    assert len(rows) == 1
    assert set(rows[0][2:]) == {"vincristine", "dexamethasone"}


def test_a_class_with_itself_counts_each_pair_once(ask: Ask) -> None:
    rows = short(ask("link", a=CELLS, b=CELLS, level="course"))
    assert rows == [
        ("course", "course", "cord blood", "car-t"),
        ("course", "retold", "dli", "dli"),
    ]


def test_where_the_words_may_not_be_kept_the_hash_stands_for_them(ask: Ask) -> None:
    (row,) = ask("link", a="vip", b="car-t", level="course")
    assert row["quotes"]
    assert all(quote.startswith("sha256:") for quote in row["quotes"])


def test_the_limit_keeps_the_nearest(ask: Ask) -> None:
    assert short(ask("link", a=IFN, b=CELLS, limit=2)) == EXPECTED[:2]


def test_an_unknown_name_links_nothing(ask: Ask) -> None:
    assert ask("link", a="phlogiston", b=CELLS) == []
