"""The first document: its dates, the days between its therapies, and what it claims."""

from __future__ import annotations

import pytest

from kg import documents, nlp
from kg.cases import build_case

SEED = "corpus/fonc.2022.1021786.txt"
DLI, KILLING = "doi:10.1007/s11684-017-0599-3", "doi:10.1089/jir.2018.0030"
REGISTRIES = {"doi:10.1080/10428194.2021.1948027", "doi:10.3389/fimmu.2022.757002"}


@pytest.fixture(scope="module")
def case():
    (document,) = documents.read(SEED)
    return build_case(nlp.annotate(nlp.load_pipeline(), document))


def whole(case, name):
    parts = {r.source for r in case.relations if r.type == "PART_OF"}
    found = [e for e in case.events if e.name == name and e.id not in parts]
    return next(e for e in found if e.realisation in (None, "given") and e.polarity == "affirmed")


def between(case, first, second):
    return next(
        r
        for r in case.relations
        if r.type == "BEFORE" and (r.source, r.target) == (first.id, second.id)
    )


def test_the_infusion_is_day_zero_and_dated_by_day_17(case):
    infusion = whole(case, "anti-CD19 CAR-T cell therapy")
    assert case.patients[0].day_zero == infusion.id
    assert infusion.start_date_min == infusion.start_date_max == "2019-03-18"


def test_interferon_follows_the_infusion_within_its_bounds(case):
    infusion = whole(case, "anti-CD19 CAR-T cell therapy")
    interferon = whole(case, "interferon-alpha-2b")
    relation = between(case, infusion, interferon)
    assert relation.min_days == 155
    assert 500 <= relation.max_days <= 550
    assert interferon.start_date_min == "2019-08-20"


def test_mrd_was_negative_after_42_days_of_interferon(case):
    interferon = whole(case, "interferon-alpha-2b")
    bounds = {
        (r.min_days, r.max_days)
        for r in case.relations
        if r.type == "RESPONSE_TO" and r.target == interferon.id
    }
    assert (42, 42) in bounds


def test_the_course_before_the_infusion(case):
    transplant = whole(case, "cord blood transplantation")
    assert (transplant.start_date_min, transplant.start_date_max) == ("2017-05-01", "2017-05-31")
    assert whole(case, "VIP (leukaemia)").start_date_min == "2016-02-09"
    lymphodepletion = whole(case, "FC")
    assert lymphodepletion.start_date_max == "2019-03-13"
    assert lymphodepletion.end_date_max == "2019-03-15"
    assert lymphodepletion.seq < whole(case, "anti-CD19 CAR-T cell therapy").seq


def test_days_after_the_infusion(case):
    copies = [e for e in case.events if "copy number" in e.name and e.polarity == "negated"]
    assert {e.start_date_min for e in copies} == {"2019-07-14"}
    fever = next(e for e in case.events if e.name.lower() == "fever")
    assert (fever.start_day_min, fever.start_day_max) == (6, 6)


def test_statements_were_compared_with_the_dates(case):
    said = [c.message for c in case.contradictions if c.kind == "agrees"]
    assert any("19 months" in message for message in said)
    assert any("20 months" in message for message in said)


def test_interferon_is_claimed_to_help_cell_therapy(case):
    cited = {(c.predicate, c.aspect): c for c in case.claims if {DLI, KILLING} & {*c.cites}}
    efficacy, killing = cited["enhances", "efficacy"], cited["enhances", "killing effects"]
    assert efficacy.subject == killing.subject == ("mesh:D016898",)
    assert efficacy.object == ("kg:donor-lymphocyte-infusion",)
    assert efficacy.cites == (DLI,) and killing.cites == (KILLING,)
    assert killing.setting == "in_vitro"


def test_interferon_is_claimed_to_reduce_relapse(case):
    claim = next(c for c in case.claims if {*c.cites} == REGISTRIES and c.predicate == "reduces")
    assert (claim.subject, claim.object) == (("mesh:D016898",), ("kg:relapse",))


def test_the_reports_own_claim(case):
    own = [c for c in case.claims if c.own and c.predicate == "effective_against"]
    assert any("mesh:D016898" in c.subject and len(c.subject) == 2 for c in own)
    assert not [c for c in case.claims if c.predicate == "treats"]


def test_23_works_are_cited(case):
    assert [c.number for c in case.citations] == list(range(1, 24))
    assert all(c.id.startswith("doi:") for c in case.citations)


def test_care_items(case):
    assert {"1", "2", "5a", "8a", "9a", "9b", "10a", "13"} <= {*case.report.care_items}
    assert "12" not in case.report.care_items
