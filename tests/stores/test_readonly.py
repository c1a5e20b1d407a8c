import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.stores.queries import load_query, query_names
from kg.stores.readonly import require_read_only

READS = [
    "MATCH (n) RETURN n",
    "match (n:Report {id: $id}) return n.title limit 5;",
    "MATCH (n) WHERE n.set = 1 RETURN n.create AS created",
    "MATCH (n:Set)-[:CREATE|DELETE]->(m) RETURN n",
    "RETURN 'CREATE (n)' AS text, \"it's; DELETE\" AS other",
    "MATCH (n) RETURN {set: n.x, create: 2} AS map",
    "MATCH (n) /* CREATE it */ RETURN n // DELETE",
    "MATCH (`merge`) RETURN `merge`",
    "RETURN $set",
    "CALL db.labels() YIELD label RETURN label",
    "UNWIND [1] AS x CALL (x) { RETURN x AS y } RETURN y",
    "EXPLAIN MATCH (n) RETURN n",
    "MATCH (n) RETURN COLLECT { MATCH (n)--(m) RETURN m } AS ms",
]
WRITES = [
    "CREATE (n)",
    "MATCH (n) SET n.x = 1",
    "MATCH (n) SET n:Label",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) REMOVE n.x",
    "MERGE (n:Report {id: 1})",
    "MATCH (n) CALL (n) { CREATE (m) } RETURN n",
    "UNWIND [1] AS x FOREACH (y IN [x] | SET y.a = 1)",
    "LOAD CSV FROM 'file:///x' AS row RETURN row",
    "MATCH (n) RETURN n; MATCH (n) DELETE n",
    "MATCH (n) WITH n, 1. DELETE n",
    "MATCH (n) \\u0044ELETE n",
    "RETURN 'a\\u0027 //' AS x\nMATCH (n) DELETE n //'",
    "CALL apoc.create.node(['X'], {})",
    "CALL `dbms`.shutdown()",
    "DROP CONSTRAINT kg",
    "SHOW USERS; DROP USER neo4j",
    "MATCH (n) /* RETURN n",
    "RETURN 'open",
    "",
    "  // nothing",
]


@pytest.mark.parametrize("cypher", READS)
def test_what_only_reads_passes(cypher: str) -> None:
    require_read_only(cypher)


@pytest.mark.parametrize("cypher", WRITES)
def test_what_writes_or_is_doubtful_is_refused(cypher: str) -> None:
    with pytest.raises(QueryError):
        require_read_only(cypher)


@pytest.mark.parametrize("name", query_names())
def test_every_named_query_only_reads(name: str) -> None:
    require_read_only(load_query(name).text)


@given(st.text(max_size=30))
def test_a_text_in_quotes_is_never_read_as_a_clause(words: str) -> None:
    inside = words.replace("\\", "").replace("'", "")
    require_read_only(f"MATCH (n) WHERE n.title = '{inside}' RETURN n")


@given(
    st.sampled_from(["create", "Set", "DELETE", "merge", "ReMoVe"]),
    st.sampled_from([" ", "\n", "\t", "/**/", " // x\n"]),
)
def test_a_clause_is_found_however_it_is_spelled(clause: str, gap: str) -> None:
    with pytest.raises(QueryError, match=clause.upper()):
        require_read_only(f"MATCH (n){gap}{clause}{gap}(m) RETURN n")
