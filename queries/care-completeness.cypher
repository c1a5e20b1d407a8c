// title: How completely each report follows the CARE guideline
// answers: For each report, the items of the CARE guideline (care-statement.org) that were found in
//   it; the least complete first.
// parameter: report string "" "doi:10.3389/fonc.2022.1021786" - one report by its id; "" for all
// parameter: limit integer 100 20 - most rows
// column: report - id of the report
// column: title - its title
// column: found - how many items were found
// column: items - the items
// column: absent - items that other reports of the store have and this one lacks
//
// In Neo4j Browser and cypher-shell, first:
//   :param report => '';
//   :param limit => 100;
MATCH (any:Report)
UNWIND coalesce(any.care_items, []) AS item
WITH DISTINCT item ORDER BY item
WITH collect(item) AS known
MATCH (r:Report) WHERE $report = '' OR r.id = $report
WITH r, known, coalesce(r.care_items, []) AS items
RETURN r.id AS report, r.title AS title, size(items) AS found, items,
  [item IN known WHERE NOT item IN items] AS absent
ORDER BY found, report LIMIT $limit
