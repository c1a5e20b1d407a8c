"""Checks of the whole corpus: on pairs of reports that are one, and on such as only look so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.checks.corpus import CORPUS_CHECKS, Entry, Person, entry, run
from tests.graph.samples import Article

TITLE = "Interferon after cells in a young woman"
PERSON = Person("p", "female", 18.0, frozenset({"kg:leukaemia"}), frozenset({"a", "b", "c"}))


def report(id: str, **fields: object) -> Entry:
    base = Entry(
        id, None, frozenset({"ni", "jing"}), "case_report", frozenset({id}), frozenset(), ()
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def person(id: str, **fields: object) -> tuple[Person]:
    return (replace(PERSON, id=id, **fields),)  # type: ignore[arg-type]


ONE = report("doi:10.1/a", title=TITLE, patients=person("a#p"))
TOGETHER = [
    ("work-twice", report("pmid:7", works=frozenset({"pmid:7", "doi:10.1/a"}))),
    ("work-twice", report("pmid:7", title=TITLE.upper() + ".")),
    ("preprint-and-paper", report("doi:10.2/p", preprint_of=frozenset({"doi:10.1/a"}))),
    ("preprint-and-paper", report("doi:10.2/p", title=TITLE, article_type="preprint")),
    ("same-patient", report("doi:10.1/b", patients=person("b#p"))),
    ("same-patient", report("doi:10.1/b", patients=person("b#p", therapies=frozenset("ab")))),
]
APART = [
    report("doi:10.1/b"),
    report("doi:10.1/b", title="A case report"),
    report("doi:10.1/b", title=TITLE, authors=frozenset({"smith"})),
    report("doi:10.1/b", patients=person("b#p", age_years=19.0)),
    report("doi:10.1/b", patients=person("b#p", sex="male")),
    report("doi:10.1/b", patients=person("b#p", therapies=frozenset("a"))),
    report("doi:10.1/b", patients=person("b#p", diagnoses=frozenset({"kg:other"}))),
    report("doi:10.1/b", patients=person("b#p"), authors=frozenset({"smith"})),
]


@pytest.mark.parametrize(("code", "other"), TOGETHER)
def test_reports_that_belong_together_are_found(code: str, other: Entry) -> None:
    assert [problem.code for problem in run([ONE, other])] == [code]


@pytest.mark.parametrize("other", APART)
def test_reports_that_only_look_alike_are_not(other: Entry) -> None:
    assert run([ONE, other]) == ()


def test_every_check_fires_here() -> None:
    assert {code for code, _ in TOGETHER} == {check.code for check in CORPUS_CHECKS}


@given(st.permutations([ONE, *(other for _, other in TOGETHER), *APART]))
def test_the_order_of_reports_changes_nothing(entries: list[Entry]) -> None:
    assert run(entries) == run([ONE, *(other for _, other in TOGETHER), *APART])


def test_an_entry_is_read_from_a_report_s_graph() -> None:
    article = Article(authors=("Jing Ni", "J. Ge"))
    article.patient(sex="female", age_years=18.0)
    article.say("Leukaemia was found and VIP given, DLI refused.")
    article.event("Diagnosis", "Leukaemia", "kg:leukaemia")
    article.event("Exposure", "VIP", "kg:vip")
    article.event("Exposure", "DLI", "kg:dli", realisation="declined")
    found = entry(article.graph())
    (told,) = found.patients
    assert (told.sex, told.age_years) == ("female", 18.0)
    assert told.diagnoses == {"kg:leukaemia"}
    assert told.therapies == {"kg:vip"}
    assert found.works == {article.id}
