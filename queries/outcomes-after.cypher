// title: What came of a therapy
// answers: For a therapy or a class of them, every response and adverse event that a report ties to
//   it, whether it was there or absent, and how many days after the start.
// parameter: a concept required "car-t cell therapy" - the therapy, by name or CURIE
// parameter: limit integer 100 20 - most rows
// column: report - id of the report
// column: patient - id of the patient
// column: therapy - name of the therapy
// column: type - Response or AdverseEvent
// column: outcome - its kind where it has one, else its name
// column: status - HAD, HAD_NOT or CONSIDERED
// column: grade - severity
// column: basis - stated or inferred
// column: days_min - fewest days from the therapy's start
// column: days_max - most days; null where the report sets no bound
// column: quote - the words that state it
//
// In Neo4j Browser and cypher-shell, first:
//   :param a => 'car-t cell therapy';
//   :param limit => 100;
MATCH (named:Concept) WHERE named.id = $a OR $a IN named.keys
MATCH (c:Concept)-[:IS_A*0..]->(named)
WITH DISTINCT c
MATCH (c)<-[:OF]-(x:Exposure)<-[t:RESPONSE_TO|ATTRIBUTED_TO]-(o:Event)<-[h:HAD|HAD_NOT|CONSIDERED]-(p:Patient)
MATCH (p)<-[:DESCRIBES]-(r:Report)
WITH r, p, x, o, t, type(h) AS status
ORDER BY r.id, p.id, coalesce(o.seq, 1000000), o.id, x.id LIMIT $limit
RETURN r.id AS report, p.id AS patient, x.name AS therapy,
  [label IN labels(o) WHERE label <> 'Event'][0] AS type,
  CASE coalesce(o.outcome, 'other') WHEN 'other' THEN o.name ELSE o.outcome END AS outcome,
  status, o.grade AS grade, t.basis AS basis, t.min_days AS days_min, t.max_days AS days_max,
  COLLECT {
    MATCH (o)-[v:EVIDENCED_BY]->(s:Sentence)
    RETURN v.quote AS quote ORDER BY CASE s.section WHEN 'case' THEN 0 ELSE 1 END, v.start LIMIT 1
  }[0] AS quote
ORDER BY report, patient, coalesce(o.seq, 1000000), o.id, x.id
