"""Query files: their headers, and what a user types made into parameters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.stores.queries import bind, concept_key, load_query, parse_query, query_names
from kg.terms.normal import normal_form

HEADER = """\
// title: A title
// answers: What it answers,
//   over two lines.
// parameter: a concept required "x" - the first
// parameter: kind all|some "all" "some" - which
// parameter: limit integer 10 5 - most rows
// column: one - the one
MATCH (n) RETURN n AS one
"""
PATH = Path("some-query.cypher")


@pytest.mark.parametrize("name", query_names())
def test_a_header_tells_all_that_the_query_has(name: str) -> None:
    query = load_query(name)
    body = "\n".join(row for row in query.text.splitlines() if not row.startswith("//"))
    declared = {parameter.name for parameter in query.parameters}
    assert set(re.findall(r"\$(\w+)", body)) == declared
    assert set(re.findall(r":param (\w+) =>", query.text)) == declared
    for column in query.columns:
        assert column.name in body


@pytest.mark.parametrize("name", query_names())
def test_every_query_has_a_limit(name: str) -> None:
    assert bind(load_query(name), _required(name))["limit"]


def _required(name: str) -> dict[str, str]:
    return {p.name: str(p.example) for p in load_query(name).parameters if p.default is None}


def test_a_header_is_read() -> None:
    query = parse_query(HEADER, PATH)
    assert (query.name, query.title) == ("some-query", "A title")
    assert query.answers == "What it answers, over two lines."
    assert [(p.name, p.type, p.default, p.example) for p in query.parameters] == [
        ("a", "concept", None, "x"),
        ("kind", "all|some", "all", "some"),
        ("limit", "integer", 10, 5),
    ]
    assert [column.name for column in query.columns] == ["one"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (HEADER.replace("// title: A title\n", ""), "incomplete"),
        (HEADER.replace("// column: one - the one\n", ""), "incomplete"),
        (HEADER.replace("limit integer 10 5", "limit integer"), "malformed parameter"),
        (HEADER.replace("column: one - the one", "column: one"), "malformed column"),
    ],
)
def test_a_malformed_header_is_named_with_its_file(wrong: str, says: str) -> None:
    with pytest.raises(QueryError, match=f"some-query.*{says}"):
        parse_query(wrong, PATH)


def test_defaults_are_filled_in_and_numbers_read() -> None:
    query = parse_query(HEADER, PATH)
    assert bind(query, {"a": "kg:x"}) == {"a": "kg:x", "kind": "all", "limit": 10}
    assert bind(query, {"a": "kg:x", "limit": " 7 "})["limit"] == 7


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({}, 'give a="x"'),
        ({"a": "kg:x", "b": "y"}, "it takes a, kind, limit"),
        ({"a": "kg:x", "limit": "many"}, "a whole number"),
        ({"a": "kg:x", "limit": "-1"}, "a whole number"),
        ({"a": "kg:x", "kind": "none"}, "valid are all, some"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_does(given_: dict[str, str], says: str) -> None:
    with pytest.raises(QueryError, match=says):
        bind(parse_query(HEADER, PATH), given_)


def test_a_misspelled_name_is_told_its_neighbour() -> None:
    with pytest.raises(QueryError, match="did you mean therapies"):
        load_query("therapy")


@pytest.mark.parametrize(
    "name", ["interferon-alpha", "Interferon-α", "interferon−α", "INTERFERON‑ALPHA", "IFN-α"]
)
def test_spellings_of_one_name_find_one_concept(name: str) -> None:
    from kg.terms import load

    keys = load().concept("mesh:D016898").keys
    assert concept_key(name) in (*keys, "mesh:D016898")


@given(st.text(min_size=1).filter(str.strip))
def test_a_key_is_a_curie_or_in_normal_form(name: str) -> None:
    key = concept_key(name)
    assert ":" in key or key == normal_form(name)
