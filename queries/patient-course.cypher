// title: The course of each patient of a report, as a physician would tell it
// answers: What each patient had, had not, or was considered for, in the order of the course, with
//   days from the patient's day zero, dates where the text fixes one, doses, values and outcome.
// parameter: report string required "doi:10.3389/fonc.2022.1021786" - id of the report
// parameter: limit integer 1000 50 - most rows
// column: patient - id of the patient
// column: age_years - age in years
// column: sex - female or male
// column: seq - place in the order of the course; null where the text gives none
// column: status - HAD, HAD_NOT or CONSIDERED
// column: type - Exposure, Finding, Response, Diagnosis or AdverseEvent
// column: name - name of its concept
// column: day_min - earliest day of its start
// column: day_max - latest day of its start
// column: date_min - earliest date of its start, where the text fixes one
// column: date_max - latest date of its start
// column: doses - doses as written, or value and unit where the words may not be kept
// column: value - measured value
// column: unit - its unit
// column: result - outcome, grade or qualitative result
// column: part_of - the regimen or course it was part of
// column: given_for - what it was given for, with the role
// column: quote - the words that state it
//
// In Neo4j Browser and cypher-shell, first:
//   :param report => 'doi:10.3389/fonc.2022.1021786';
//   :param limit => 1000;
MATCH (:Report {id: $report})-[:DESCRIBES]->(p:Patient)-[h:HAD|HAD_NOT|CONSIDERED]->(e:Event)
WITH p, type(h) AS status, e,
  COLLECT { MATCH (e)-[v:EVIDENCED_BY]->(:Sentence) RETURN v.start AS start ORDER BY start LIMIT 1 }[0] AS place
ORDER BY p.id, coalesce(e.seq, 1000000), coalesce(e.start_day_min, 1000000), place, e.id LIMIT $limit
RETURN p.id AS patient, p.age_years AS age_years, p.sex AS sex, e.seq AS seq, status,
  [label IN labels(e) WHERE label <> 'Event'][0] AS type, e.name AS name,
  e.start_day_min AS day_min, e.start_day_max AS day_max,
  e.start_date_min AS date_min, e.start_date_max AS date_max,
  COLLECT {
    MATCH (e)-[:HAS_DOSE]->(d:Dose)
    WITH d.id AS id, coalesce(d.text, toString(d.value) + ' ' + coalesce(d.unit, '')) AS dose
    WHERE dose IS NOT NULL
    RETURN dose ORDER BY id
  } AS doses,
  e.value AS value, e.unit AS unit, coalesce(e.outcome, e.grade, e.value_text) AS result,
  COLLECT { MATCH (e)-[:PART_OF]->(w:Exposure) RETURN DISTINCT w.name AS name ORDER BY name } AS part_of,
  COLLECT {
    MATCH (e)-[g:GIVEN_FOR]->(w:Event)
    WITH DISTINCT g.role + ': ' + w.name AS purpose
    RETURN purpose ORDER BY purpose
  } AS given_for,
  COLLECT {
    MATCH (e)-[v:EVIDENCED_BY]->(s:Sentence)
    RETURN v.quote AS quote ORDER BY CASE s.section WHEN 'case' THEN 0 ELSE 1 END, v.start LIMIT 1
  }[0] AS quote
ORDER BY patient, coalesce(seq, 1000000), coalesce(day_min, 1000000), place, e.id
