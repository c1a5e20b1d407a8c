"""Ten small reports: each reaches a level of a link by one way, or looks as if it did."""

from __future__ import annotations

from dataclasses import replace

from kg.graph import checks
from kg.graph.types import Graph
from tests.graph.samples import Article

WORK = "doi:10.9/dli"


def course() -> Article:
    """Cord blood after busulfan, CAR-T in parts, tocilizumab, interferon; allo-HSCT refused."""
    article = Article("doi:10.1/course")
    article.patient(age_years=18.0, sex="female")
    article.say("She had a UCBT after busulfan.")
    cord = article.event("Exposure", "UCBT", "kg:cord_blood", **days(0))
    busulfan = article.event("Exposure", "busulfan", "kg:busulfan", seq=None)
    article.relate("GIVEN_FOR", busulfan, cord, role="conditioning")
    article.say("CAR-T cells were infused in two parts, 10% and 90%.")
    cells = article.event("Exposure", "CAR-T cells", "kg:car-t", seq=2, **days(30))
    for share in ("10%", "90%"):
        part = article.event("Exposure", share, "kg:car-t", seq=None)
        article.relate("PART_OF", part, cells, role="dose")
    article.say("Tocilizumab was given.")
    antibody = article.event("Exposure", "Tocilizumab", "kg:tocilizumab", seq=3, **days(60))
    article.say("She then had interferon-alpha-2b and a remission without GVHD.")
    interferon = article.event(
        "Exposure", "interferon-alpha-2b", "kg:interferon-alpha-2b", seq=4, **days(90)
    )
    remission = article.event(
        "Response", "remission", "kg:remission", outcome="complete_remission", seq=5
    )
    gvhd = article.event("AdverseEvent", "GVHD", "kg:gvhd", polarity="negated", seq=None)
    article.relate("RESPONSE_TO", remission, interferon, basis="stated", min_days=42, max_days=42)
    article.relate("ATTRIBUTED_TO", gvhd, cells, basis="inferred")
    article.in_order(cord, cells, antibody, interferon, days=30)
    article.say("She refused allo-HSCT.")
    article.event("Exposure", "allo-HSCT", "kg:allo-hsct", realisation="declined", seq=None)
    article.say("CAR-T followed by interferon was effective.", "discussion")
    article.again(cells, "CAR-T")
    article.mention("interferon", "kg:interferon")
    article.say("Interferon-alpha increases the efficacy of DLI (1).", "discussion")
    article.mention("Interferon-alpha", "kg:interferon-alpha")
    article.mention("DLI", "kg:dli")
    article.mark("(1)", 1)
    article.reference(
        1,
        "Donor lymphocyte infusion with interferon",
        "10.9/dli",
        dli="Donor lymphocyte infusion",
        interferon="interferon",
    )
    article.claim(
        "Interferon-alpha increases the efficacy of DLI",
        "kg:interferon-alpha",
        "enhances",
        "kg:dli",
        cites=(WORK,),
    )
    return article


def days(day: int) -> dict[str, int]:
    return {"start_day_min": day, "start_day_max": day}


def conditioning() -> Article:
    """Busulfan only to prepare for the transplant: no course of its own."""
    article = Article("doi:10.1/conditioning")
    article.say("Cord blood was infused after busulfan.")
    cord = article.event("Exposure", "Cord blood", "kg:cord_blood")
    busulfan = article.event("Exposure", "busulfan", "kg:busulfan")
    article.relate("GIVEN_FOR", busulfan, cord, role="conditioning")
    article.in_order(busulfan, cord, days=5)
    return article


def two_patients() -> Article:
    """One sentence, two patients: neither a course nor a sentence."""
    article = Article("doi:10.1/two")
    article.patient("first")
    second = article.patient("second")
    article.say("Patient 1 had interferon-alpha and patient 2 had CAR-T.")
    article.event("Exposure", "interferon-alpha", "kg:interferon-alpha")
    article.event("Exposure", "CAR-T", "kg:car-t", patient=second)
    return article


def legend() -> Article:
    """Both only in the legend of a figure."""
    article = Article("doi:10.1/legend")
    article.say("Figure 1. CAR-T and interferon-alpha over time.", "legend")
    article.mention("CAR-T", "kg:car-t")
    article.mention("interferon-alpha", "kg:interferon-alpha")
    return article


def title_of_both() -> Article:
    """The title of a cited work names both; no sentence does."""
    article = Article("doi:10.1/title")
    article.say("Much is known.")
    article.reference(
        1,
        "CAR-T after interferon-alpha",
        "10.9/both",
        **{"car-t": "CAR-T", "interferon-alpha": "interferon-alpha"},
    )
    return article


def refers() -> Article:
    """A sentence names one and refers to a work whose title names the other."""
    article = Article("doi:10.1/refers")
    article.say("Interferon-alpha has helped others (1).", "discussion")
    article.mention("Interferon-alpha", "kg:interferon-alpha")
    article.mark("(1)", 1)
    article.reference(
        1, "More donor lymphocyte infusion", "10.9/dli", dli="donor lymphocyte infusion"
    )
    return article


def nothing_had() -> Article:
    """One declined, the other considered: nothing was had, so nothing was spared instead."""
    article = Article("doi:10.1/nothing")
    article.say("CAR-T was declined.")
    article.event("Exposure", "CAR-T", "kg:car-t", realisation="declined")
    article.say("Interferon-alpha was considered.")
    article.event("Exposure", "Interferon-alpha", "kg:interferon-alpha", realisation="considered")
    return article


def donor() -> Article:
    """One sentence, two persons: what the donor had is not linked to what the patient had."""
    article = Article("doi:10.1/donor")
    article.say("The donor had interferon-alpha, the patient DLI.")
    article.mention("interferon-alpha", "kg:interferon-alpha", experiencer="donor")
    article.mention("DLI", "kg:dli")
    return article


def retold() -> Article:
    """Told twice and not merged, without days, in parts of a class: still one row."""
    article = Article("doi:10.1/retold")
    article.say("DLI was given.")
    article.event("Exposure", "DLI", "kg:dli", seq=1)
    article.say("Interferon-alpha followed in two doses.")
    whole = article.event("Exposure", "Interferon-alpha", "kg:interferon-alpha", seq=2)
    part = article.event("Exposure", "two doses", "kg:interferon-alpha-2b", seq=3)
    article.relate("PART_OF", part, whole, role="dose")
    article.say("DLI had been given.", "discussion")
    article.event("Exposure", "DLI", "kg:dli", seq=4)
    return article


def regimen() -> Article:
    """Two drugs of one regimen, and the regimen before cells; relapse after them."""
    article = Article("doi:10.1/regimen", licence=None)
    article.say("VIP (vincristine, dexamethasone) preceded CAR-T.")
    vip = article.event("Exposure", "VIP", "kg:vip", seq=1)
    for name in ("vincristine", "dexamethasone"):
        drug = article.event("Exposure", name, f"kg:{name}", seq=None)
        article.relate("PART_OF", drug, vip, role="component")
    cells = article.event("Exposure", "CAR-T", "kg:car-t", seq=2, start_day_min=5, start_day_max=4)
    article.in_order(vip, cells, days=10)
    return article


ARTICLES = (
    course, conditioning, two_patients, legend, title_of_both,
    refers, nothing_had, donor, retold, regimen,
)  # fmt: skip


def graphs() -> list[Graph]:
    """Return the graphs of all ten, with what the checks doubted."""
    return [_graph(make()) for make in ARTICLES]


def _graph(article: Article) -> Graph:
    case = article.case
    items = ("5a", "7") if article.events else ("5a",)
    article.case = lambda: replace(  # type: ignore[method-assign]
        case(), report=replace(case().report, care_items=items)
    )
    graph = article.graph()
    document = article.annotation().document
    return checks.keep(graph, checks.run(graph, document, units=lambda concept: ()))
