"""The other named queries on the ten reports; the same rows on every store."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from kg.stores.queries import load_query, query_names

Ask = Callable[..., list[dict[str, Any]]]
COURSE = "doi:10.1/course"


@pytest.mark.parametrize("name", query_names())
def test_every_query_runs_with_its_example(ask: Ask, name: str) -> None:
    examples = {parameter.name: parameter.example for parameter in load_query(name).parameters}
    assert isinstance(ask(name, **examples), list)


def test_patient_course_tells_what_was_had_and_what_was_not(ask: Ask) -> None:
    rows = ask("patient-course", report=COURSE)
    told = [(row["seq"], row["status"], row["type"], row["name"], row["day_min"]) for row in rows]
    assert told == [
        (1, "HAD", "Exposure", "cord blood", 0),
        (2, "HAD", "Exposure", "car-t", 30),
        (3, "HAD", "Exposure", "tocilizumab", 60),
        (4, "HAD", "Exposure", "interferon-alpha-2b", 90),
        (5, "HAD", "Response", "remission", None),
        (None, "HAD", "Exposure", "busulfan", None),
        (None, "HAD", "Exposure", "car-t", None),
        (None, "HAD", "Exposure", "car-t", None),
        (None, "HAD_NOT", "AdverseEvent", "gvhd", None),
        (None, "HAD_NOT", "Exposure", "allo-hsct", None),
    ]
    by_name = {row["name"]: row for row in rows}
    assert by_name["busulfan"]["given_for"] == ["conditioning: cord blood"]
    assert by_name["car-t"]["part_of"] == ["car-t"]
    assert by_name["remission"]["result"] == "complete_remission"
    assert by_name["allo-hsct"]["quote"] == "allo-HSCT"
    assert {(row["age_years"], row["sex"]) for row in rows} == {(18.0, "female")}


def test_patient_course_of_an_unknown_report_is_empty(ask: Ask) -> None:
    assert ask("patient-course", report="doi:10.1/none") == []


def test_therapies_counts_patients_and_not_tellings(ask: Ask) -> None:
    rows = {row["id"]: row for row in ask("therapies", **{"class": "cell therapy"})}
    assert {id: (row["had"], row["had_not"], row["reports"]) for id, row in rows.items()} == {
        "kg:car-t": (3, 1, 4),
        "kg:cord_blood": (2, 0, 2),
        "kg:dli": (1, 0, 1),
        "kg:allo-hsct": (0, 1, 1),
    }
    assert list(rows) == ["kg:car-t", "kg:cord_blood", "kg:dli", "kg:allo-hsct"]


def test_therapies_without_a_class_are_all(ask: Ask) -> None:
    rows = {row["id"]: row for row in ask("therapies")}
    assert rows["kg:interferon-alpha"]["considered"] == 1
    assert "kg:tocilizumab" in rows
    assert "kg:remission" not in rows


def test_outcomes_after_a_class(ask: Ask) -> None:
    (row,) = ask("outcomes-after", a="interferon")
    assert (row["therapy"], row["outcome"]) == ("interferon-alpha-2b", "complete_remission")
    assert (row["status"], row["basis"], row["days_min"]) == ("HAD", "stated", 42)
    assert row["quote"] == "remission"


def test_outcomes_after_tells_what_was_absent(ask: Ask) -> None:
    (row,) = ask("outcomes-after", a="car-t")
    assert (row["type"], row["outcome"], row["status"]) == ("AdverseEvent", "gvhd", "HAD_NOT")


def test_evidence_has_facts_and_claims_in_order_of_the_text(ask: Ask) -> None:
    rows = ask("evidence", report=COURSE, a="interferon-alpha")
    assert [(row["fact"], row["status"], row["quote"]) for row in rows] == [
        ("Exposure", "HAD", "interferon-alpha-2b"),
        ("Claim", "affirmed", "Interferon-alpha increases the efficacy of DLI"),
    ]
    assert rows[0]["end"] - rows[0]["start"] == len("interferon-alpha-2b")
    assert rows[0]["sentence"].startswith("She then had")


def test_citations_of_a_work(ask: Ask) -> None:
    rows = ask("citations-of", work="doi:10.9/dli")
    assert [(row["report"], row["number"], row["claims"]) for row in rows] == [
        (COURSE, 1, ["interferon-alpha enhances dli"]),
        ("doi:10.1/refers", 1, []),
    ]
    assert rows[0]["sentences"] == ["Interferon-alpha increases the efficacy of DLI (1)."]
    # Two spellings, one each: the first in order of characters.
    assert rows[0]["work_title"] == "Donor lymphocyte infusion with interferon"


def test_care_completeness_puts_the_least_complete_first(ask: Ask) -> None:
    rows = ask("care-completeness")
    assert [row["found"] for row in rows] == [1, 1, 1, 1, 2, 2, 2, 2, 2, 2]
    assert rows[0]["items"] == ["5a the patient, without identity: age or sex"]
    assert [item.split()[0] for item in rows[-1]["items"]] == ["5a", "7"]
    assert len(rows[0]["items"]) + len(rows[0]["missing"]) == 30
    assert [row["report"] for row in ask("care-completeness", report=COURSE)] == [COURSE]


def test_care_completeness_knows_the_items_that_are_looked_for() -> None:
    table = files("kg.cases").joinpath("care.tsv").read_text(encoding="utf-8")
    rows = [row.split("\t") for row in table.splitlines() if row and not row.startswith("#")]
    text = load_query("care-completeness").text
    assert all(
        f"'{item} {asks}'".replace("patient's", "patient\\'s") in text for item, asks, *_ in rows
    )


def test_problems_by_severity_and_code(ask: Ask) -> None:
    (row,) = ask("problems", code="time-interval")
    assert (row["report"], row["severity"]) == ("doi:10.1/regimen", "warning")
    assert row["quote"].startswith("sha256:")
    assert ask("problems", code="time-interval", severity="info") == []
    assert {row["severity"] for row in ask("problems", severity="warning")} == {"warning"}
