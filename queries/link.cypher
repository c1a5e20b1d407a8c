// title: Which reports link two therapies, and how
// answers: For two concepts or classes, every report that links them, at each level it reaches,
//   the nearest first: `course` (one patient had both, in order of time), `not_given` (one was had,
//   the other declined, considered or not given), `claim`, `sentence`, `citation` (the sentence or
//   the title of a cited work), `report` (both named, nothing nearer).
// parameter: a concept required "interferon-alpha" - name in normal form, or CURIE
// parameter: b concept required "cell therapy" - name in normal form, or CURIE
// parameter: level all|course|not_given|claim|sentence|citation|report "all" "course" - which level
// parameter: limit integer 100 20 - most rows
// column: report - id of the report
// column: title - its title
// column: level - course, not_given, claim, sentence, citation or report
// column: first - at level course what came first; at not_given what was had; else what `a` names
// column: second - the other
// column: days_min - fewest days from start to start; null where unknown
// column: days_max - most days; null where the report sets no bound
// column: between - therapies that began between the two
// column: outcomes - what the second was followed by
// column: works - ids of the cited works that the link rests on
// column: quotes - the sentences that say so
//
// In Neo4j Browser and cypher-shell, first:
//   :param a => 'interferon-alpha';
//   :param b => 'cell therapy';
//   :param level => 'all';
//   :param limit => 100;

// Both are looked up once and closed over IS_A into lists, so that diamonds make no rows.
MATCH (named:Concept) WHERE named.id = $a OR $a IN named.keys
MATCH (below:Concept)-[:IS_A*0..]->(named)
WITH collect(DISTINCT below) AS A
MATCH (named:Concept) WHERE named.id = $b OR $b IN named.keys
MATCH (below:Concept)-[:IS_A*0..]->(named)
WITH A, collect(DISTINCT below) AS B
CALL (A, B) {
  CALL (A, B) {
    // course: two exposures of one patient, whole ones, neither the other's part or preparation;
    // of repeated tellings and treatments with the same two, the nearest pair
    WITH A, B WHERE $level IN ['all', 'course', 'report']
    UNWIND A AS ca
    MATCH (ca)<-[:OF]-(x:Exposure)<-[:HAD]-(p:Patient)-[:HAD]->(y:Exposure)-[:OF]->(cb:Concept)
    WHERE x <> y AND cb IN B
      AND NOT EXISTS { MATCH (x)-[:PART_OF*1..3]->(:Exposure)-[:OF]->(cx:Concept) WHERE cx IN A }
      AND NOT EXISTS { MATCH (y)-[:PART_OF*1..3]->(:Exposure)-[:OF]->(cy:Concept) WHERE cy IN B }
      AND NOT EXISTS { MATCH (x)-[:PART_OF*1..3]->(y) }
      AND NOT EXISTS { MATCH (y)-[:PART_OF*1..3]->(x) }
      AND NOT EXISTS {
        MATCH (x)-[:PART_OF*0..3]->(:Exposure)-[g:GIVEN_FOR]->(z:Exposure)-[:PART_OF*0..3]-(y)
        WHERE g.role IN ['conditioning', 'lymphodepletion', 'prophylaxis'] }
      AND NOT EXISTS {
        MATCH (y)-[:PART_OF*0..3]->(:Exposure)-[g:GIVEN_FOR]->(z:Exposure)-[:PART_OF*0..3]-(x)
        WHERE g.role IN ['conditioning', 'lymphodepletion', 'prophylaxis'] }
    MATCH (x)-[:PART_OF*0..3]->(wx:Exposure)
    MATCH (y)-[:PART_OF*0..3]->(wy:Exposure)
    OPTIONAL MATCH (wx)-[xy:BEFORE]->(wy)
    OPTIONAL MATCH (wy)-[yx:BEFORE]->(wx)
    WITH p, x, y, min(xy.min_days) AS xy_min, min(xy.max_days) AS xy_max, count(xy) AS x_first,
         min(yx.min_days) AS yx_min, min(yx.max_days) AS yx_max, count(yx) AS y_first
    WITH p, x, y, xy_min, xy_max, yx_min, yx_max,
         CASE WHEN x_first > 0 THEN true WHEN y_first > 0 THEN false
              WHEN coalesce(x.seq, 0) <> coalesce(y.seq, 0) THEN coalesce(x.seq, 0) < coalesce(y.seq, 0)
              ELSE x.id < y.id END AS in_order
    WITH p, CASE WHEN in_order THEN x ELSE y END AS e, CASE WHEN in_order THEN y ELSE x END AS f,
         CASE WHEN in_order THEN xy_min ELSE yx_min END AS dmin,
         CASE WHEN in_order THEN xy_max ELSE yx_max END AS dmax
    WITH DISTINCT p, e, f, dmin, dmax ORDER BY coalesce(dmin, 1000000), e.seq, f.seq, e.id, f.id
    WITH p, CASE WHEN e.name < f.name THEN [e.name, f.name] ELSE [f.name, e.name] END AS pair,
         collect(e) AS es, collect(f) AS fs,
         collect(coalesce(dmin, -1)) AS dmins, collect(coalesce(dmax, -1)) AS dmaxs
    MATCH (r:Report)-[:DESCRIBES]->(p)
    RETURN r, 1 AS rank, 'course' AS at, es[0].name AS first, fs[0].name AS second,
           CASE WHEN dmins[0] < 0 THEN null ELSE dmins[0] END AS dmin,
           CASE WHEN dmaxs[0] < 0 THEN null ELSE dmaxs[0] END AS dmax,
           p, es[0] AS e, fs[0] AS f, [es[0], fs[0]] AS facts, [] AS sentences, [] AS references
    UNION ALL
    // not_given: one was had, the other was not
    WITH A, B WHERE $level IN ['all', 'not_given', 'report']
    UNWIND [[A, B], [B, A]] AS sides
    WITH sides[0] AS had, sides[1] AS spared
    UNWIND had AS ch
    MATCH (ch)<-[:OF]-(x:Exposure)<-[:HAD]-(p:Patient)-[:HAD_NOT|CONSIDERED]->(y:Exposure)-[:OF]->(cs:Concept)
    WHERE cs IN spared
      AND NOT EXISTS { MATCH (x)-[:PART_OF*1..3]->(:Exposure)-[:OF]->(cx:Concept) WHERE cx IN had }
      AND NOT EXISTS { MATCH (y)-[:PART_OF*1..3]->(:Exposure)-[:OF]->(cy:Concept) WHERE cy IN spared }
    WITH DISTINCT p, x, y ORDER BY y.seq, y.id, x.seq, x.id
    WITH p, x.name AS first, y.name AS second, collect(DISTINCT y) AS ys, collect(DISTINCT x) AS xs
    MATCH (r:Report)-[:DESCRIBES]->(p)
    RETURN r, 2 AS rank, 'not_given' AS at, first, second, null AS dmin, null AS dmax,
           p, null AS e, null AS f, ys + xs[0..1] AS facts, [] AS sentences, [] AS references
    UNION ALL
    // claim: a general statement has both, as subjects or objects
    WITH A, B WHERE $level IN ['all', 'claim', 'report']
    UNWIND A AS ca
    MATCH (ca)<-[:SUBJECT|OBJECT]-(k:Claim)-[:SUBJECT|OBJECT]->(cb:Concept)
    WHERE cb IN B AND ca <> cb AND NOT (cb IN A AND ca IN B AND ca.id > cb.id)
    MATCH (r:Report)-[:STATES]->(k)
    WITH DISTINCT r, ca, cb, k ORDER BY k.id
    WITH r, ca.name AS first, cb.name AS second, collect(k) AS ks
    RETURN r, 3 AS rank, 'claim' AS at, first, second, null AS dmin, null AS dmax,
           null AS p, null AS e, null AS f, ks AS facts, [] AS sentences, [] AS references
    UNION ALL
    // sentence: one sentence names both, of one person, in running text
    WITH A, B WHERE $level IN ['all', 'sentence', 'report']
    UNWIND A AS ca
    MATCH (ca)<-[m:MENTIONS]-(s:Sentence)-[n:MENTIONS]->(cb:Concept)
    WHERE cb IN B AND ca <> cb AND NOT (cb IN A AND ca IN B AND ca.id > cb.id)
      AND s.section <> 'legend' AND (m.end <= n.start OR n.end <= m.start)
      AND coalesce(m.patient, n.patient, '') = coalesce(n.patient, m.patient, '')
      AND (coalesce(m.experiencer, 'patient') IN ['donor', 'family'])
        = (coalesce(n.experiencer, 'patient') IN ['donor', 'family'])
    MATCH (r:Report)-[:HAS_SENTENCE]->(s)
    WITH DISTINCT r, ca, cb, s ORDER BY s.start
    WITH r, ca.name AS first, cb.name AS second, collect(s) AS sentences
    RETURN r, 4 AS rank, 'sentence' AS at, first, second, null AS dmin, null AS dmax,
           null AS p, null AS e, null AS f, [] AS facts, sentences, [] AS references
    UNION ALL
    // citation: a sentence names one and the title of a work it refers to the other, or a title both
    WITH A, B WHERE $level IN ['all', 'citation', 'report']
    CALL (A, B) {
      UNWIND A AS ca
      MATCH (ca)<-[:MENTIONS]-(s:Sentence)-[:REFERS_TO]->(w:Reference)-[:MENTIONS]->(cb:Concept)
      WHERE cb IN B AND ca <> cb
      RETURN ca, cb, s, w
      UNION
      UNWIND A AS ca
      MATCH (ca)<-[:MENTIONS]-(w:Reference)<-[:REFERS_TO]-(s:Sentence)-[:MENTIONS]->(cb:Concept)
      WHERE cb IN B AND ca <> cb
      RETURN ca, cb, s, w
      UNION
      UNWIND A AS ca
      MATCH (ca)<-[m:MENTIONS]-(w:Reference)-[n:MENTIONS]->(cb:Concept)
      WHERE cb IN B AND ca <> cb AND (m.end <= n.start OR n.end <= m.start)
      RETURN ca, cb, null AS s, w
    }
    WITH ca, cb, s, w WHERE NOT (cb IN A AND ca IN B AND ca.id > cb.id)
    MATCH (r:Report)-[:HAS_REFERENCE]->(w)
    WITH r, ca, cb, s, w ORDER BY w.number, s.start
    WITH r, ca.name AS first, cb.name AS second, collect(DISTINCT s) AS sentences,
         collect(DISTINCT w) AS references
    RETURN r, 5 AS rank, 'citation' AS at, first, second, null AS dmin, null AS dmax,
           null AS p, null AS e, null AS f, [] AS facts, sentences, references
  }
  RETURN collect({r: r, rank: rank, at: at, first: first, second: second, dmin: dmin, dmax: dmax,
                  p: p, e: e, f: f, facts: facts, sentences: sentences, references: references}) AS near
}
CALL (A, B, near) {
  // report: both are named somewhere, and nothing nearer was found
  WITH A, B, [row IN near | row.r.id] AS known WHERE $level IN ['all', 'report']
  UNWIND A AS ca
  MATCH (ca)<-[:MENTIONS]-(s:Sentence)<-[:HAS_SENTENCE]-(r:Report)
  WHERE NOT r.id IN known
  WITH B, r, ca, s ORDER BY s.start
  WITH B, r, ca, collect(s)[0] AS s
  WITH B, r, collect({c: ca, s: s}) AS named
  MATCH (r)-[:HAS_SENTENCE]->(t:Sentence)-[:MENTIONS]->(cb:Concept)
  WHERE cb IN B
  WITH r, named, cb, t ORDER BY t.start
  WITH r, named, cb, collect(t)[0] AS t
  UNWIND named AS one
  WITH r, one.c AS ca, one.s AS s, cb, t WHERE ca <> cb
  WITH r, ca, s, cb, t ORDER BY s.start, t.start, ca.id, cb.id
  WITH r, collect(ca.name) AS firsts, collect(cb.name) AS seconds, collect(s) AS ss, collect(t) AS ts
  RETURN collect({r: r, rank: 6, at: 'report', first: firsts[0], second: seconds[0], dmin: null,
                  dmax: null, p: null, e: null, f: null, facts: [], sentences: [ss[0], ts[0]],
                  references: []}) AS far
}
UNWIND near + far AS row
WITH row.r AS r, row WHERE $level IN ['all', row.at]
WITH r, row ORDER BY row.rank, r.id, coalesce(row.dmin, 1000000), row.first, row.second LIMIT $limit
WITH r, row.rank AS rank, row.at AS level, row.first AS first, row.second AS second,
     row.dmin AS days_min, row.dmax AS days_max, row.p AS p, row.e AS e, row.f AS f,
     row.facts AS facts, row.sentences AS sentences, row.references AS references
WITH r, rank, level, first, second, days_min, days_max, sentences, references,
  COLLECT {
    MATCH (e)-[:PART_OF*0..3]->(:Exposure)-[:BEFORE]->(z:Exposure)-[:BEFORE]->(:Exposure)<-[:PART_OF*0..3]-(f),
          (p)-[:HAD]->(z)
    WHERE NOT EXISTS { MATCH (z)-[:PART_OF]->(:Exposure) }
    WITH z.name AS name, min(z.seq) AS place
    RETURN name ORDER BY place, name
  } AS between,
  COLLECT {
    MATCH (f)-[:PART_OF*0..3]->(:Exposure)<-[:RESPONSE_TO]-(o:Response), (p)-[:HAD]->(o)
    WITH CASE coalesce(o.outcome, 'other') WHEN 'other' THEN o.name ELSE o.outcome END AS outcome,
         min(o.seq) AS place
    RETURN outcome ORDER BY place, outcome
  } AS outcomes,
  COLLECT {
    UNWIND facts AS claim
    MATCH (claim)-[:CITES]->(work:Publication)
    RETURN DISTINCT work.id AS id ORDER BY id
  } AS claimed,
  COLLECT {
    UNWIND references AS reference
    MATCH (reference)-[:TO]->(work:Publication)
    RETURN DISTINCT work.id AS id ORDER BY id
  } AS cited,
  COLLECT {
    UNWIND facts AS fact
    MATCH (fact)-[v:EVIDENCED_BY]->(s:Sentence)
    WITH coalesce(s.text, v.quote) AS quote, min(CASE s.section WHEN 'case' THEN 0 ELSE 1 END) AS far,
         min(s.start) AS place
    RETURN quote ORDER BY far, place, quote LIMIT 5
  } AS stated
RETURN r.id AS report, r.title AS title, level, first, second, days_min, days_max, between, outcomes,
  claimed + cited AS works,
  stated + [s IN sentences WHERE s.text IS NOT NULL | s.text][0..5]
    + [w IN references WHERE w.title IS NOT NULL | w.title] AS quotes
ORDER BY rank, report, coalesce(days_min, 1000000), first, second
