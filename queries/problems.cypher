// title: What the checks doubted in the reports that were loaded
// answers: The problems kept with each report, with the words they are about. Errors are not here: a
//   report with an error is quarantined and not loaded.
// parameter: severity all|warning|info "all" "warning" - which severity
// parameter: code string "" "order-contradiction" - one check by its code; "" for all
// parameter: limit integer 200 20 - most rows
// column: report - id of the report
// column: severity - warning or info
// column: code - of the check; `kg check --explain CODE` says what it means
// column: message - what is doubtful
// column: quote - the words it is about
// column: subject - id of the node it is about
//
// In Neo4j Browser and cypher-shell, first:
//   :param severity => 'all';
//   :param code => '';
//   :param limit => 200;
MATCH (r:Report)-[:HAS_PROBLEM]->(p:Problem)
WHERE $severity IN ['all', p.severity] AND $code IN ['', p.code]
RETURN r.id AS report, p.severity AS severity, p.code AS code, p.message AS message, p.quote AS quote,
  p.subject AS subject
ORDER BY report, CASE severity WHEN 'warning' THEN 0 ELSE 1 END, code, p.id LIMIT $limit
