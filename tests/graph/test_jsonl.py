import json
import random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.graph import jsonl
from tests.graph.samples import TERMS, Article

EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["Exposure", "Finding", "Response", "Diagnosis", "AdverseEvent"]),
        st.sampled_from(sorted(TERMS)),
        st.sampled_from(["affirmed", "negated"]),
        st.none() | st.integers(-1000, 1000),
        st.none() | st.dates().map(lambda day: day.isoformat()),
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
    ),
    max_size=8,
)


def told(events: list[tuple]) -> Article:
    article = Article()
    for n, (type, concept, polarity, day, on, value) in enumerate(events):
        article.say(f"Sentence “{n}” tells of event{n} – α.", "discussion" if n % 2 else "case")
        article.event(
            type,
            f"event{n}",
            concept,
            polarity=polarity,
            start_day_min=day,
            start_date_min=on,
            value=value,
        )
    article.in_order(*(event.id for event in article.events[:3]))
    article.reference(1, "On interferon", "10.1/a", interferon="interferon")
    return article


@given(EVENTS)
@settings(max_examples=40, deadline=None)
def test_reading_what_was_written_gives_the_graph(events: list[tuple]) -> None:
    graph = told(events).graph()
    again = jsonl.read(jsonl.lines(graph))
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert dict(again.edges) == dict(graph.edges)
    assert list(jsonl.lines(again)) == list(jsonl.lines(graph))
    assert again.graph["report"] == graph.graph["report"]


@given(EVENTS, st.integers())
@settings(max_examples=20, deadline=None)
def test_the_order_of_building_does_not_show(events: list[tuple], seed: int) -> None:
    graph = told(events).graph()
    shuffled: nx.MultiDiGraph = nx.MultiDiGraph()
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))
    random.Random(seed).shuffle(nodes)
    random.Random(seed).shuffle(edges)
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(edges)
    assert list(jsonl.lines(shuffled)) == list(jsonl.lines(graph))


def test_lines_are_sorted_and_name_both_shapes() -> None:
    rows = [json.loads(line) for line in jsonl.lines(told([]).graph())]
    ids = [row["id"] for row in rows if row["type"] == "node"]
    assert ids == sorted(ids)
    assert {tuple(row) for row in rows} == {
        ("type", "id", "labels", "properties"),
        ("type", "label", "start", "end", "properties"),
    }


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        '{"type":"node","id":"x","labels":["Nothing"],"properties":{}}',
        '{"type":"relationship","label":"LIKES","start":"a","end":"b","properties":{}}',
        '{"type":"edge"}',
    ],
)
def test_a_malformed_line_is_named(line: str) -> None:
    with pytest.raises(GraphError, match="line 2"):
        jsonl.read(["", line])
