// title: Where a report says what of a concept
// answers: For one report and one concept or class, every fact of a patient and every claim about
//   it, with the words that state it and their place in the text.
// parameter: report string required "doi:10.3389/fonc.2022.1021786" - id of the report
// parameter: a concept required "interferon-alpha" - the concept, by name or CURIE
// parameter: limit integer 200 20 - most rows
// column: fact - Exposure, Finding, Response, Diagnosis, AdverseEvent or Claim
// column: id - id of the event or claim
// column: name - name of the event's concept, or the claim's predicate
// column: status - HAD, HAD_NOT or CONSIDERED; of a claim, its polarity
// column: section - kind of section
// column: start - first code point of the words in the report's text
// column: end - code point after the last
// column: quote - the words, or `sha256:` of them where the licence forbids text
// column: method - what read them
// column: score - 0 to 1
// column: sentence - the whole sentence, where the licence allows
//
// In Neo4j Browser and cypher-shell, first:
//   :param report => 'doi:10.3389/fonc.2022.1021786';
//   :param a => 'interferon-alpha';
//   :param limit => 200;
MATCH (named:Concept) WHERE named.id = $a OR $a IN named.keys
MATCH (c:Concept)-[:IS_A*0..]->(named)
WITH collect(DISTINCT c) AS A
CALL (A) {
  MATCH (:Report {id: $report})-[:DESCRIBES]->(:Patient)-[h:HAD|HAD_NOT|CONSIDERED]->(e:Event)-[:OF]->(c:Concept)
  WHERE c IN A
  MATCH (e)-[v:EVIDENCED_BY]->(s:Sentence)
  RETURN [label IN labels(e) WHERE label <> 'Event'][0] AS fact, e.id AS id, e.name AS name,
         type(h) AS status, v, s
  UNION
  MATCH (:Report {id: $report})-[:STATES]->(k:Claim)-[:SUBJECT|OBJECT]->(c:Concept)
  WHERE c IN A
  MATCH (k)-[v:EVIDENCED_BY]->(s:Sentence)
  RETURN 'Claim' AS fact, k.id AS id, k.predicate AS name, k.polarity AS status, v, s
}
RETURN fact, id, name, status, s.section AS section, v.start AS start, v.end AS end, v.quote AS quote,
  v.method AS method, v.score AS score, s.text AS sentence
ORDER BY start, end, id LIMIT $limit
