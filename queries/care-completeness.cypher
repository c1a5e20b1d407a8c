// title: How completely each report follows the CARE guideline
// answers: For each report, how many of the 30 items of the CARE guideline (care-statement.org) were
//   found in it, which, and which were not; the least complete first.
// parameter: report string "" "doi:10.3389/fonc.2022.1021786" - one report by its id; "" for all
// parameter: limit integer 100 20 - most rows
// column: report - id of the report
// column: title - its title
// column: found - how many items were found
// column: items - the items that were found
// column: missing - the items that were not
//
// In Neo4j Browser and cypher-shell, first:
//   :param report => '';
//   :param limit => 100;
WITH [
  '1 the words "case report" and the area of focus in the title',
  '2 two to five key words',
  '3a abstract: what is unique about the case',
  '3b abstract: main symptoms or clinical findings',
  '3c abstract: main diagnoses, interventions and outcomes',
  '3d abstract: the main lesson',
  '4 why the case is unique, with the literature',
  '5a the patient, without identity: age or sex',
  '5b the patient\'s concerns and symptoms',
  '5c medical, family and psychosocial history',
  '5d relevant past interventions and their outcomes',
  '6 physical examination and other clinical findings',
  '7 the course as a timeline',
  '8a diagnostic tests',
  '8b diagnostic challenges',
  '8c the diagnosis, with others considered',
  '8d prognosis, such as stage',
  '9a types of intervention',
  '9b administration: dose, strength, duration',
  '9c changes of intervention, with the reason',
  '10a outcomes',
  '10b test results at follow-up',
  '10c adherence and tolerability',
  '10d adverse and unanticipated events',
  '11a strengths and limitations',
  '11b the relevant literature',
  '11c the rationale of the conclusions',
  '11d the main lessons',
  '12 the patient\'s own perspective',
  '13 informed consent'
] AS care
MATCH (r:Report) WHERE $report = '' OR r.id = $report
WITH r, care, coalesce(r.care_items, []) AS met
RETURN r.id AS report, r.title AS title, size(met) AS found,
  [item IN care WHERE split(item, ' ')[0] IN met] AS items,
  [item IN care WHERE NOT split(item, ' ')[0] IN met] AS missing
ORDER BY found, report LIMIT $limit
