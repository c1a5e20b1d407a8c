"""Each check on a graph that makes it fire and on its nearest neighbour that keeps it silent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kg.cases.model import CaseDose, Contradiction
from kg.graph import checks
from kg.graph.types import Graph, edges
from tests.graph.samples import Article
from tests.queries.library import ARTICLES

Damage = Callable[[Graph, Article], None]


def units(concept: str) -> tuple[str, ...]:
    return {"kg:platelets": ("10*9/L", "/uL")}.get(concept, ())


def found(article: Article, code: str, damage: Damage | None = None) -> list[checks.Problem]:
    graph = article.graph()
    if damage is not None:
        damage(graph, article)
    problems = checks.run(graph, article.annotation().document, units=units)
    return [problem for problem in problems if problem.code == code]


def treated(**fields: Any) -> Article:
    """VIP, then a remission."""
    article = Article()
    article.say("VIP was given and remission followed.")
    exposure = article.event("Exposure", "VIP", "kg:vip", **fields)
    response = article.event("Response", "remission", "kg:remission", outcome="complete_remission")
    article.relate("RESPONSE_TO", response, exposure, basis="stated")
    article.in_order(exposure, response)
    return article


def test_a_clean_report_has_no_problem() -> None:
    article = treated()
    article.mark("VIP", 1)
    article.reference(1, "On interferon", "10.9/x", interferon="interferon")
    graph = article.graph()
    assert checks.run(graph, article.annotation().document, units=units) == ()


def test_the_registry_explains_every_check() -> None:
    assert len({check.code for check in checks.CHECKS}) == len(checks.CHECKS)
    for check in checks.CHECKS:
        assert check.title and check.explanation.endswith(".") and check.remedy.endswith(".")


# Damage to a graph that was right: the laws.


def relabel(graph: Graph, article: Article) -> None:
    graph.nodes[article.events[0].id]["labels"] = ("Event", "Therapy")


def rename(graph: Graph, article: Article) -> None:
    edge = next(e for e in edges(graph) if e.type == "OF")
    graph.edges[edge.start, edge.end, edge.key]["type"] = "IS_OF"


def turn_round(graph: Graph, article: Article) -> None:
    properties = {"owner": article.id, "basis": "stated"}
    ends = article.events[0].id, article.events[1].id
    graph.add_edge(*ends, ("RESPONSE_TO",), type="RESPONSE_TO", properties=properties)


def break_type(graph: Graph, article: Article) -> None:
    graph.nodes[article.events[0].id]["properties"]["seq"] = "first"


def take_required(graph: Graph, article: Article) -> None:
    del graph.nodes[article.events[0].id]["properties"]["name"]


def add_unknown(graph: Graph, article: Article) -> None:
    graph.nodes[article.events[0].id]["properties"]["colour"] = "red"


def point_nowhere(graph: Graph, article: Article) -> None:
    ends = article.events[0].id, "nowhere"
    graph.add_edge(*ends, ("HAS_DOSE",), type="HAS_DOSE", properties={"owner": article.id})


def leave_alone(graph: Graph, article: Article) -> None:
    graph.add_node("NCT01", labels=("Trial",), properties={"id": "NCT01"})


def take_patient(graph: Graph, article: Article) -> None:
    edge = next(e for e in edges(graph) if e.type == "HAD")
    graph.remove_edge(edge.start, edge.end, edge.key)


def shift_quote(graph: Graph, article: Article) -> None:
    edge = next(e for e in edges(graph) if e.type == "EVIDENCED_BY")
    edge.properties["start"] = 1


def change_sentence(graph: Graph, article: Article) -> None:
    graph.nodes[f"{article.id}#sentence-0-37"]["properties"]["text"] = "Something else."


def shorten_sentence(graph: Graph, article: Article) -> None:
    graph.nodes[f"{article.id}#sentence-0-37"]["properties"]["end"] = 2


def take_evidence(graph: Graph, article: Article) -> None:
    gone = [e for e in edges(graph) if e.type == "EVIDENCED_BY"]
    graph.remove_edges_from([(e.start, e.end, e.key) for e in gone])


def take_source(graph: Graph, article: Article) -> None:
    del graph.nodes["kg:vip"]["properties"]["source"]


def close(type: str, start: int, end: int) -> Damage:
    def damage(graph: Graph, article: Article) -> None:
        ends = article.events[start].id, article.events[end].id
        properties = {"owner": article.id, "basis": "stated"}
        graph.add_edge(*ends, (type,), type=type, properties=properties)

    return damage


def class_above_itself(graph: Graph, article: Article) -> None:
    ends = "kg:chemotherapy", "kg:vip"
    graph.add_edge(*ends, ("IS_A",), type="IS_A", properties={"owner": "terminology"})


LAWS: list[tuple[str, Damage, str]] = [
    ("schema-labels", relabel, "Event:Therapy"),
    ("schema-labels", rename, "IS_OF"),
    ("schema-ends", turn_round, "from Exposure to Response"),
    ("schema-properties", break_type, "a integer is wanted"),
    ("schema-properties", take_required, "name is missing"),
    ("schema-properties", add_unknown, "colour is not of the schema"),
    ("dangling", point_nowhere, "nowhere"),
    ("orphan", leave_alone, "NCT01"),
    ("orphan", take_patient, "of 0 patients"),
    ("evidence-slice", shift_quote, "'VIP', the text has 'IP'"),
    ("evidence-slice", change_sentence, "not its slice"),
    ("evidence-outside", shorten_sentence, "are not in"),
    ("evidence-missing", take_evidence, "no words state Exposure"),
    ("concept-unknown", take_source, "kg:vip"),
    ("is-a-cycle", class_above_itself, "chemotherapy is a kind of itself, through vip"),
    ("part-of-cycle", close("PART_OF", 0, 0), "vip is a part of itself"),
    ("before-cycle", close("BEFORE", 1, 0), "begins before itself"),
]


@pytest.mark.parametrize(("code", "damage", "says"), LAWS)
def test_a_broken_law_is_found(code: str, damage: Damage, says: str) -> None:
    assert found(treated(), code) == []
    problems = found(treated(), code, damage)
    assert problems
    assert all(problem.severity in ("error", "warning") for problem in problems)
    assert says in " ".join(problem.message for problem in problems)


def test_hashes_are_compared_where_the_words_may_not_be_kept() -> None:
    article = Article(licence=None)
    article.say("VIP was given.")
    article.event("Exposure", "VIP", "kg:vip")
    assert found(article, "evidence-slice") == []
    assert found(article, "evidence-slice", shift_quote)


def test_an_id_that_no_list_has_is_found() -> None:
    article = Article()
    article.say("Abracadabra was given.")
    article.event("Exposure", "Abracadabra", "mesh:D999999999")
    (problem,) = found(article, "concept-unknown")
    assert "mesh:D999999999" in problem.message


# Doubtful content.


def exposure(**fields: Any) -> Article:
    article = Article(year=2020)
    article.say("VIP was given.")
    article.event("Exposure", "VIP", "kg:vip", **fields)
    return article


def dose(value: float, unit: str, per: str | None = None) -> Article:
    return exposure(doses=(CaseDose("the dose", 0, 3, value=value, unit=unit, per=per),))


def finding(concept: str = "kg:platelets", **fields: Any) -> Article:
    article = Article()
    article.say("Platelets were low.")
    article.event("Finding", "Platelets", concept, **fields)
    return article


def aged(years: float) -> Article:
    article = exposure()
    article.patients[0] = replace(article.patients[0], age_years=years)
    return article


def two_patients(text: str) -> Article:
    article = exposure()
    article.say(text)
    article.patient("second")
    article.event("Exposure", text.split()[0], "kg:vip", patient=f"{article.id}#second")
    return article


def nobody(article_type: str) -> Article:
    article = Article(article_type=article_type)
    return article.say("VIP is a regimen.")


def with_report(**fields: Any) -> Article:
    article = exposure()
    case = article.case
    article.case = lambda: replace(case(), report=replace(case().report, **fields))  # type: ignore[method-assign]
    return article


def with_note(*notes: str) -> Article:
    article = exposure()
    annotation = article.annotation
    article.annotation = lambda: replace(  # type: ignore[method-assign]
        annotation(), document=replace(annotation().document, notes=notes)
    )
    return article


def cited(*numbers: int, entries: int = 2, doi: bool = True) -> Article:
    article = exposure()
    for number in range(1, entries + 1):
        article.reference(number, f"Work {number}", f"10.9/{number}" if doi else None)
    for number in numbers:
        article.say(f"So it is ({number}).")
        article.mark(f"({number})", number)
    return article


def outcomes(*told: tuple[str, int | None], **fields: Any) -> Article:
    article = Article()
    for n, (outcome, day) in enumerate(told):
        article.say(f"Then outcome{n}.")
        days = {"start_day_min": day, "start_day_max": day}
        article.event("Response", f"outcome{n}", "kg:remission", outcome=outcome, **days, **fields)
    return article


def twice(type: str, concept: str, first: dict[str, Any], second: dict[str, Any]) -> Article:
    article = Article()
    article.say("First so.")
    article.event(type, "First", concept, **first)
    article.say("Then not so.")
    article.event(type, "Then", concept, **second)
    return article


def same_words(type: str, concept: str, **second: Any) -> Article:
    article = Article()
    article.say("VIP it was.")
    article.event(type, "VIP", concept)
    article.event(type, "VIP", concept, **second)
    article.events[-1] = replace(article.events[-1], id="other")
    return article


def contradicting(kind: Any) -> Article:
    article = exposure()
    event = article.events[0]
    article.contradictions.append(
        Contradiction(event.patient, kind, 'the "VIP" of day 3', (event.id,), event.evidence)
    )
    return article


DAY5 = {"start_day_min": 5, "start_day_max": 5}
DAY9 = {"start_day_min": 9, "start_day_max": 9}
NOT = {"polarity": "negated"}

CONTENT: list[tuple[str, Article, Article]] = [
    ("time-interval", exposure(start_day_min=5, start_day_max=4), exposure(**DAY5)),
    (
        "time-interval",
        exposure(start_date_min="2019-05-02", end_date_max="2019-05-01"),
        exposure(start_date_min="2019-05", end_date_max="2019-05"),
    ),
    (
        "date-impossible",
        with_report(published="2019-04-30"),
        with_report(published="2019-05"),
    ),
    ("date-impossible", exposure(start_date_min="1492"), exposure(start_date_min="1966")),
    ("age-impossible", aged(180.0), aged(104.0)),
    ("age-impossible", aged(-1.0), aged(0.0)),
    ("dose-impossible", dose(0.0, "mg"), dose(0.5, "mg")),
    ("dose-impossible", dose(90000.0, "mg", "m2"), dose(12000.0, "mg", "m2")),
    ("value-impossible", finding(value=393.0, unit="Cel"), finding(value=39.3, unit="Cel")),
    (
        "value-impossible",
        finding(value=90.0, value_to=10.0),
        finding(value=10.0, value_to=90.0, unit="%"),
    ),
    ("unit-unfit", finding(value=9.0, unit="mm[Hg]"), finding(value=9.0, unit="10*3/uL")),
    ("unit-unfit", finding(value=9.0, unit="g/dL"), finding(value=9.0, unit="furlong")),
    (
        "patients-several",
        two_patients("Nothing hints at it."),
        two_patients("Patient 2 had VIP."),
    ),
    ("patient-none", nobody("case_report"), nobody("review")),
    ("report-retracted", with_report(retracted=True), with_report(retracted=False)),
    ("reading-note", with_note("a poor text"), with_note()),
    ("citation-number", cited(1, 2, 7), cited(1, 2)),
    ("reference-uncited", cited(1), cited(1, 2)),
    ("reference-unresolved", cited(1, 2, doi=False), cited(1, 2)),
    (
        "response-conflict",
        outcomes(("complete_remission", 5), ("progression", 5)),
        outcomes(("complete_remission", 5), ("progression", 9)),
    ),
    (
        "response-conflict",
        outcomes(("mrd_negative", 5), ("mrd_positive", 5)),
        outcomes(("complete_remission", 5), ("mrd_positive", 5)),
    ),
    (
        "response-conflict",
        outcomes(("death", 5), ("alive", 5)),
        outcomes(("death", None), ("alive", None)),
    ),
    (
        "after-death",
        outcomes(("death", 5), ("relapse", 6)),
        outcomes(("relapse", 4), ("death", 5)),
    ),
    (
        "given-and-declined",
        twice("Exposure", "kg:vip", DAY5, {**DAY5, "realisation": "declined"}),
        twice("Exposure", "kg:vip", DAY9, {**DAY5, "realisation": "declined"}),
    ),
    (
        "given-and-declined",
        same_words("Exposure", "kg:vip", realisation="not_given"),
        same_words("Exposure", "kg:vip", realisation="considered"),
    ),
    (
        "finding-conflict",
        twice("Finding", "kg:cd20", DAY5, {**DAY5, **NOT}),
        twice("Finding", "kg:cd20", DAY5, {**DAY9, **NOT}),
    ),
    (
        "finding-conflict",
        twice("Finding", "kg:cd20", {**DAY5, "specimen": "blood"}, {**DAY5, **NOT}),
        twice(
            "Finding",
            "kg:cd20",
            {**DAY5, "specimen": "blood"},
            {**DAY5, **NOT, "specimen": "marrow"},
        ),
    ),
    ("timeline-contradiction", contradicting("cycle"), contradicting("agrees")),
    ("order-given-up", contradicting("dropped"), contradicting("cycle")),
    ("times-agree", contradicting("agrees"), contradicting("dropped")),
]


def _dated(article: Article) -> Article:
    """Give the event of a report with a stated day of publication a date of its own."""
    article.events[0] = replace(article.events[0], start_date_min="2019-05-02")
    return article


@pytest.mark.parametrize(
    ("code", "wrong", "right"), CONTENT, ids=[f"{c[0]}-{n}" for n, c in enumerate(CONTENT)]
)
def test_doubtful_content_is_found_and_its_neighbour_is_not(
    code: str, wrong: Article, right: Article
) -> None:
    if code == "date-impossible" and wrong.case().report.published:
        wrong, right = _dated(wrong), _dated(right)
    problems = found(wrong, code)
    assert len(problems) == 1
    assert problems[0].message
    assert found(right, code) == []


def test_every_check_is_made_to_fire_here() -> None:
    fired = {code for code, *_ in CONTENT} | {code for code, *_ in LAWS}
    assert fired == {check.code for check in checks.CHECKS}


def test_a_patient_to_whom_nothing_happens_is_found() -> None:
    article = exposure()
    article.patient("second")
    assert [p.node for p in found(article, "patient-none")] == [f"{article.id}#second"]


def test_a_problem_names_words_and_sentence() -> None:
    article = exposure(start_day_min=5, start_day_max=4)
    (problem,) = found(article, "time-interval")
    assert (problem.quote, problem.sentence) == ("VIP", f"{article.id}#sentence-0-14")
    assert problem.node == article.events[0].id


# What is kept with the report.


def test_warnings_are_kept_with_the_report_and_errors_are_not() -> None:
    article = exposure(start_day_min=5, start_day_max=4)
    graph = article.graph()
    document = article.annotation().document
    warnings = checks.run(graph, document, units=units)
    error = checks.Problem("orphan", "error", "alone")
    checks.keep(graph, [*warnings, error])
    kept = [e for e in edges(graph) if e.type == "HAS_PROBLEM"]
    assert len(kept) == len(warnings) == 1
    assert graph.nodes[kept[0].end]["properties"]["code"] == "time-interval"
    assert checks.run(graph, document, units=units) == warnings


def test_keeping_twice_changes_nothing() -> None:
    article = exposure(start_day_min=5, start_day_max=4)
    graph = article.graph()
    problems = checks.run(graph, article.annotation().document, units=units)
    checks.keep(graph, problems)
    size = graph.size()
    assert checks.keep(graph, problems).size() == size


def test_no_words_are_kept_with_a_problem_where_the_licence_forbids() -> None:
    article = contradicting("cycle")
    article.licence = None
    graph = article.graph()
    checks.keep(graph, checks.run(graph, article.annotation().document, units=units))
    kept = [data for _, data in graph.nodes(data=True) if data["labels"] == ("Problem",)]
    assert kept
    assert all("VIP" not in repr(data["properties"]) for data in kept)


@pytest.mark.parametrize("make", ARTICLES, ids=lambda make: make.__name__)
def test_what_the_builder_writes_breaks_no_law(make: Callable[[], Article]) -> None:
    article = make()
    problems = checks.run(article.graph(), article.annotation().document, units=units)
    assert [problem for problem in problems if problem.severity == "error"] == []
