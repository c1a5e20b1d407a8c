from datetime import date

import pytest

from kg.cases.model import CaseDose
from kg.errors import GraphError, TermsError
from kg.graph import build
from kg.graph.builder.concepts import ungrounded
from kg.graph.types import Edge, Graph, edges, node, nodes
from kg.licences import hashed
from tests.graph.samples import TERMS, Article


def related(graph: Graph, type: str) -> list[Edge]:
    return [edge for edge in edges(graph) if edge.type == type]


def labelled(graph: Graph, label: str) -> list[str]:
    return sorted(found.id for found in nodes(graph) if label in found.labels)


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        ({}, "HAD"),
        ({"realisation": "given"}, "HAD"),
        ({"time": "history"}, "HAD"),
        ({"realisation": "declined"}, "HAD_NOT"),
        ({"realisation": "not_given"}, "HAD_NOT"),
        ({"polarity": "negated"}, "HAD_NOT"),
        ({"polarity": "negated", "certainty": "possible"}, "HAD_NOT"),
        ({"realisation": "considered"}, "CONSIDERED"),
        ({"realisation": "planned"}, "CONSIDERED"),
        ({"certainty": "possible"}, "CONSIDERED"),
        ({"time": "future"}, "CONSIDERED"),
    ],
)
def test_nobody_who_follows_had_is_told_of_what_was_not(
    article: Article, fields: dict[str, str], standing: str
) -> None:
    article.say("The transplant.")
    event = article.event("Exposure", "transplant", "kg:hsct", **fields)
    graph = article.graph()
    found = [e.type for e in edges(graph) if e.end == event and e.start == article.patients[0].id]
    assert found == [standing]


def test_an_event_stands_on_its_words(article: Article) -> None:
    article.say("She had fever.").say("UCBT followed in May.")
    event = article.event(
        "Exposure", "UCBT", "kg:cord_blood", start_date_min="2017-05", start_date_max="2017-05"
    )
    graph = article.graph()
    (evidence,) = related(graph, "EVIDENCED_BY")
    assert (evidence.start, evidence.properties["quote"]) == (event, "UCBT")
    assert article.text[evidence.properties["start"] : evidence.properties["end"]] == "UCBT"
    assert node(graph, evidence.end).properties["text"] == "UCBT followed in May."
    assert node(graph, event).properties["start_date_max"] == date(2017, 5, 31)


def test_two_spans_of_one_concept_in_one_sentence_are_two_mentions(article: Article) -> None:
    article.say("CAR-T, then CART again.")
    article.mention("CAR-T", "kg:car-t")
    article.mention("CART", "kg:car-t")
    assert len(related(article.graph(), "MENTIONS")) == 2


def test_concepts_come_with_all_that_stands_above_them(article: Article) -> None:
    article.say("CAR-T and VIP.")
    article.event("Exposure", "CAR-T", "kg:car-t")
    article.event("Exposure", "VIP", "kg:vip")
    graph = article.graph()
    assert labelled(graph, "Concept") == [
        "kg:antigen_directed",
        "kg:car-t",
        "kg:cell_therapy",
        "kg:chemotherapy",
        "kg:engineered_cells",
        "kg:vincristine",
        "kg:vip",
    ]
    assert len(related(graph, "IS_A")) == 6
    assert {edge.properties["owner"] for edge in related(graph, "IS_A")} == {"terminology"}
    assert [e.end for e in related(graph, "HAS_COMPONENT")] == ["kg:vincristine"]


def test_an_ungrounded_mention_is_kept_under_its_own_words(article: Article) -> None:
    article.say("Snake oil was given.")
    article.event("Exposure", "Snake oil", "text:therapy/snake oil", name="snake oil")
    found = node(article.graph(), "text:therapy/snake oil")
    assert found.labels == ("Concept", "Therapy")
    assert found.properties["grounded"] is False
    assert found.properties["keys"] == ["snake oil"]


def test_an_ungrounded_id_of_another_form_is_refused() -> None:
    with pytest.raises(TermsError, match="malformed"):
        ungrounded("text:snake oil")


def test_a_report_and_the_work_it_is_share_an_id(article: Article) -> None:
    article.say("A case.")
    graph = article.graph()
    (published,) = related(graph, "PUBLISHED_AS")
    assert node(graph, published.start).labels == ("Report",)
    assert node(graph, published.end).labels == ("Publication",)
    assert node(graph, published.start).id == node(graph, published.end).id == article.id


def test_marks_join_sentences_to_works(article: Article) -> None:
    article.say("It helps (1).")
    article.mark("(1)", 1)
    article.reference(1, "On interferon", "10.9/IFN", interferon="interferon")
    graph = article.graph()
    (refers,) = related(graph, "REFERS_TO")
    (to,) = related(graph, "TO")
    assert refers.end == to.start == f"{article.id}#reference-1"
    assert [e.end for e in related(graph, "MENTIONS")] == ["kg:interferon"]


def test_a_mark_after_the_full_stop_belongs_to_the_sentence_before_it(article: Article) -> None:
    article.say("It helps.").say("5 The next.", "discussion")
    article.mark("5", 1)
    article.sentences[-1] = article.sentences[-1].__class__(12, 21, 1)
    article.reference(1, "On interferon", "10.9/ifn")
    assert related(article.graph(), "REFERS_TO") == []
    article.sections[:] = [article.sections[0].__class__("case", None, 0, len(article.text))]
    article.sentences[-1] = article.sentences[-1].__class__(12, 21, 0)
    (refers,) = related(article.graph(), "REFERS_TO")
    assert refers.start == f"{article.id}#sentence-0-9"


def test_two_ids_of_one_work_are_said_to_be_the_same_by_this_report(article: Article) -> None:
    article.say("A case.")
    article.reference(1, "A work", "10.9/w")
    article.references[0] = article.references[0].__class__(1, "x", doi="10.9/w", pmid="77")
    (same,) = related(article.graph(), "SAME_AS")
    assert (same.start, same.end) == ("publication:doi:10.9/w", "publication:pmid:77")
    assert same.properties["owner"] == article.id


def test_doses_of_one_exposure_are_told_apart(article: Article) -> None:
    article.say("UCBT of 3.9 and 3.0 cells.")
    doses = tuple(
        CaseDose(words, *article.span(words), value=float(words), unit="{cells}/kg")
        for words in ("3.9", "3.0")
    )
    article.event("Exposure", "UCBT", "kg:cord_blood", doses=doses)
    graph = article.graph()
    assert len(related(graph, "HAS_DOSE")) == 2
    assert sorted(node(graph, id).number("value") for id in labelled(graph, "Dose")) == [3.0, 3.9]


def test_of_two_readings_of_one_tie_the_stated_stays(article: Article) -> None:
    article.say("VIP led to remission.")
    exposure = article.event("Exposure", "VIP", "kg:vip")
    response = article.event("Response", "remission", "kg:remission")
    article.relate("RESPONSE_TO", response, exposure, basis="inferred")
    article.relate(
        "RESPONSE_TO", response, exposure, basis="stated", evidence=(article.evidence("led to"),)
    )
    (tie,) = related(article.graph(), "RESPONSE_TO")
    assert (tie.properties["basis"], tie.properties["quote"]) == ("stated", "led to")


@pytest.mark.parametrize("licence", [None, "CC BY-NC 4.0", "All rights reserved"])
def test_no_words_of_the_article_are_kept_where_the_licence_forbids(licence: str | None) -> None:
    article = Article(licence=licence)
    article.patient(age_text="eighteen years old", age_years=18.0)
    article.say("A remarkable remission followed.")
    article.event("Response", "remarkable remission", "kg:remission")
    graph = article.graph()
    written = repr([(found.properties) for found in nodes(graph)]) + repr(list(edges(graph)))
    assert "remarkable" not in written
    assert "eighteen" not in written
    (evidence,) = related(graph, "EVIDENCED_BY")
    assert evidence.properties["quote"] == hashed("remarkable remission")


def test_two_events_under_one_id_are_refused(article: Article) -> None:
    article.say("VIP.")
    article.event("Exposure", "VIP", "kg:vip", seq=1)
    article.event("Exposure", "VIP", "kg:vip", seq=2)
    with pytest.raises(GraphError, match="one id"):
        article.graph()


def test_a_date_that_is_none_is_refused(article: Article) -> None:
    article.say("VIP.")
    article.event("Exposure", "VIP", "kg:vip", start_date_min="in May")
    with pytest.raises(GraphError, match="in May"):
        article.graph()


def test_the_project_terminology_is_the_default(article: Article) -> None:
    article.say("She had interferon.")
    article.mention("interferon", "mesh:D016898")
    graph = build(article.annotation(), article.case(), version="v1")
    assert node(graph, "mesh:D016898").properties["name"] == "interferon-alpha"
    assert "mesh:D016898" not in TERMS
