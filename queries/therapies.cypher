// title: Which therapies were given, to how many patients
// answers: Every therapy with the number of patients who had it, who were spared it (declined, not
//   given, negated) and who were considered for it, and of the reports that tell so; of one class,
//   or of all.
// parameter: class concept "" "cell therapy" - a class by name or CURIE; "" for all therapies
// parameter: limit integer 100 20 - most rows
// column: id - CURIE of the therapy
// column: therapy - its name
// column: had - patients who had it
// column: had_not - patients who had it not
// column: considered - patients who were considered for it
// column: reports - reports that tell of any of these
//
// In Neo4j Browser and cypher-shell, first:
//   :param class => '';
//   :param limit => 100;
MATCH (c:Therapy)
WHERE $class = ''
   OR EXISTS { MATCH (c)-[:IS_A*0..]->(k:Concept) WHERE k.id = $class OR $class IN k.keys }
MATCH (c)<-[:OF]-(e:Exposure)<-[h:HAD|HAD_NOT|CONSIDERED]-(p:Patient)<-[:DESCRIBES]-(r:Report)
WITH c, p, r, type(h) AS status
RETURN c.id AS id, c.name AS therapy,
  count(DISTINCT CASE status WHEN 'HAD' THEN p.id END) AS had,
  count(DISTINCT CASE status WHEN 'HAD_NOT' THEN p.id END) AS had_not,
  count(DISTINCT CASE status WHEN 'CONSIDERED' THEN p.id END) AS considered,
  count(DISTINCT r.id) AS reports
ORDER BY had DESC, reports DESC, id LIMIT $limit
