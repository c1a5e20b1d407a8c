// title: Which reports cite a work, where, and for what
// answers: For a work by its id (or another id of the same work), every report that lists it, the
//   sentences that refer to it, and the claims that rest on it.
// parameter: work string required "doi:10.1182/blood-2018-01-828343" - doi:…, pmid:… or pmcid:…
// parameter: limit integer 100 20 - most rows
// column: work - id of the work
// column: work_title - its title
// column: report - id of the citing report
// column: title - title of the citing report
// column: number - number of the entry in its list
// column: sentences - the sentences that refer to it, where the licence allows
// column: claims - what is claimed on its authority: subject, predicate, object
//
// In Neo4j Browser and cypher-shell, first:
//   :param work => 'doi:10.1182/blood-2018-01-828343';
//   :param limit => 100;
MATCH (named:Publication {id: $work})-[:SAME_AS*0..2]-(w:Publication)
WITH DISTINCT w
MATCH (w)<-[:TO]-(f:Reference)<-[:HAS_REFERENCE]-(r:Report)
WITH w, f, r ORDER BY r.id, f.number LIMIT $limit
RETURN w.id AS work, w.title AS work_title, r.id AS report, r.title AS title, f.number AS number,
  COLLECT {
    MATCH (f)<-[:REFERS_TO]-(s:Sentence) WHERE s.text IS NOT NULL
    WITH DISTINCT s.text AS text, s.start AS start
    RETURN text ORDER BY start
  } AS sentences,
  COLLECT {
    MATCH (r)-[:STATES]->(k:Claim)-[:CITES]->(w)
    MATCH (k)-[:SUBJECT]->(s:Concept)
    MATCH (k)-[:OBJECT]->(o:Concept)
    WITH DISTINCT s.name + ' ' + k.predicate + ' ' + o.name AS claim
    RETURN claim ORDER BY claim
  } AS claims
ORDER BY report, number, work
