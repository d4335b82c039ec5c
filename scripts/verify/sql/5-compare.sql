-- The server's lists beside the recount's. `answer`: one row a unit and zone of each list; `list` is nominal, certain or possible.
CREATE TABLE disagreement (subject text, zone text, kind text, id text, detail text);

INSERT INTO disagreement
SELECT 'zone', coalesce(z.zone, a.zone), NULL, NULL, CASE WHEN a.zone IS NULL THEN 'only the recount has this zone' ELSE 'only the server has this zone' END
FROM zone z FULL JOIN answer_zone a USING (zone) WHERE z.zone IS NULL OR a.zone IS NULL;

INSERT INTO disagreement
SELECT 'pair', coalesce(p.zone, a.zone), coalesce(p.kind, a.kind), coalesce(p.id, a.id),
  CASE WHEN a.zone IS NULL THEN 'inside by the recount, not by the server' ELSE 'inside by the server, not by the recount' END
FROM (SELECT * FROM pair WHERE inside) p
FULL JOIN (SELECT * FROM answer WHERE list = 'nominal') a USING (zone, kind, id) WHERE p.zone IS NULL OR a.zone IS NULL;

-- Too close to call: the server's word is taken, and how often is said.
CREATE TABLE tolerated AS SELECT zone, kind, id FROM pair WHERE near IS NULL;
UPDATE pair SET near = CASE WHEN inside
  THEN NOT EXISTS (SELECT FROM answer a WHERE a.list = 'certain' AND (a.zone, a.kind, a.id) = (pair.zone, pair.kind, pair.id))
  ELSE EXISTS (SELECT FROM answer a WHERE a.list = 'possible' AND (a.zone, a.kind, a.id) = (pair.zone, pair.kind, pair.id)) END
WHERE near IS NULL;

-- certain in any zone is certain; possible only where it is certain in none
CREATE TABLE standing AS
SELECT kind, id, bool_or(inside) AS inside, bool_or(inside AND NOT near) AS certain, bool_or(near) AND NOT bool_or(inside AND NOT near) AS possible
FROM pair GROUP BY 1, 2;
CREATE UNIQUE INDEX ON standing (kind, id);

INSERT INTO disagreement
SELECT list, coalesce(m.zone, a.zone), coalesce(m.kind, a.kind), coalesce(m.id, a.id),
  CASE WHEN a.zone IS NULL THEN list || ' by the recount, not by the server' ELSE list || ' by the server, not by the recount' END
FROM (
  SELECT 'certain' AS list, zone, kind, id FROM pair WHERE inside AND NOT near
  UNION ALL SELECT 'possible', p.zone, kind, id FROM pair p JOIN standing s USING (kind, id) WHERE p.near AND s.possible
) m FULL JOIN (SELECT * FROM answer WHERE list <> 'nominal') a USING (list, zone, kind, id) WHERE m.zone IS NULL OR a.zone IS NULL;

INSERT INTO disagreement
SELECT 'certainty', NULL, kind, id, format('the server says %s, the recount %s', a.certainty, CASE WHEN s.certain THEN 'certain' ELSE 'possible' END)
FROM standing s JOIN (SELECT DISTINCT kind, id, certainty FROM answer WHERE list = 'nominal') a USING (kind, id)
WHERE s.inside AND (a.certainty = 'certain') <> s.certain;

-- A township as given, else the first (in the order of the table) in which the position lies; of a footprint its first vertex.
CREATE TABLE township AS
WITH coded AS (
  SELECT seq, geom, CASE WHEN code ~ '^\d{9}$' THEN code || '000' ELSE code END AS code, coalesce(nullif(p->>'level', ''), 'township') AS level
  FROM source, LATERAL (SELECT coalesce(nullif(p->>'code', ''), id) AS code) c WHERE layer = 'townships' AND geom IS NOT NULL)
SELECT * FROM coded WHERE level = 'township' OR (level = 'county' AND NOT EXISTS (SELECT FROM coded WHERE level = 'township'));
UPDATE unit SET township = coalesce((SELECT t.code FROM township t
  WHERE ST_Intersects(t.geom, CASE WHEN is_point THEN unit.geom ELSE (SELECT v.geom FROM ST_DumpPoints(unit.geom) v LIMIT 1) END)
  ORDER BY seq LIMIT 1), '')
WHERE township IS NULL AND EXISTS (SELECT FROM standing s WHERE (s.kind, s.id) = (unit.kind, unit.id));

-- Each group's members once, then its sums by the base of people and the time of day asked for.
CREATE TABLE member AS
SELECT 'totals' AS block, '' AS key, kind, id FROM standing WHERE inside
UNION ALL SELECT 'certain', '', kind, id FROM standing WHERE certain
UNION ALL SELECT 'possible', '', kind, id FROM standing WHERE possible
UNION ALL SELECT 'pointSum', '', kind, id FROM pair WHERE inside
UNION ALL SELECT 'byZone', zone, kind, id FROM pair WHERE inside
UNION ALL SELECT 'byTownship', u.township, kind, id FROM standing JOIN unit u USING (kind, id) WHERE inside
UNION ALL SELECT DISTINCT 'byLayer', z.layer, kind, id FROM pair JOIN zone z USING (zone) WHERE inside
UNION ALL SELECT DISTINCT 'byRegister', z.register, kind, id FROM pair JOIN zone z USING (zone) WHERE inside AND z.register IS NOT NULL
UNION ALL SELECT DISTINCT 'byHazardType', z.hazard_type, kind, id FROM pair JOIN zone z USING (zone) WHERE inside AND z.hazard_type IS NOT NULL
UNION ALL SELECT 'unlocated', '', kind, id FROM unit WHERE geom IS NULL AND kind = 'households'
UNION ALL SELECT 'accuracyUnknown', '', kind, id FROM unit WHERE geom IS NOT NULL AND accuracy IS NULL AND kind = 'households';

-- Groups that nobody lies in still stand there with zeros.
CREATE TABLE block AS
SELECT 'totals' AS block, '' AS key UNION ALL SELECT 'certain', '' UNION ALL SELECT 'possible', '' UNION ALL SELECT 'pointSum', ''
UNION ALL SELECT 'unlocated', '' UNION ALL SELECT 'accuracyUnknown', ''
UNION ALL SELECT 'byZone', zone FROM zone UNION ALL SELECT DISTINCT 'byLayer', layer FROM zone
UNION ALL SELECT DISTINCT 'byRegister', register FROM zone WHERE register IS NOT NULL
UNION ALL SELECT DISTINCT 'byHazardType', hazard_type FROM zone WHERE hazard_type IS NOT NULL
UNION SELECT 'byTownship', code FROM township UNION SELECT 'byTownship', key FROM member WHERE block = 'byTownship';

-- Absent is not zero: a value that no household (school) states is null, with none of them at all it is zero.
CREATE FUNCTION sum_stated(sum numeric, stated bigint, present bigint) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN stated > 0 OR present = 0 THEN coalesce(sum, 0) END $$;

CREATE TABLE figure AS
WITH said AS (
  SELECT count(*) FILTER (WHERE kind = 'households') AS households, count(*) FILTER (WHERE kind = 'schools') AS schools,
    count(people) AS resident, count(people_registered) AS registered, count(people_at_home) AS at_home, count(vulnerable) AS vulnerable,
    count(property) AS property, count(students) AS day, count(boarders) AS night FROM unit)
SELECT b.block, b.key, count(u.id) FILTER (WHERE u.kind = 'households') AS households, count(u.id) FILTER (WHERE u.kind = 'schools') AS schools,
  sum_stated(sum(u.people)::numeric, s.resident, s.households) AS resident,
  sum_stated(sum(u.people_registered)::numeric, s.registered, s.households) AS registered,
  sum_stated(sum(u.people_at_home)::numeric, s.at_home, s.households) AS at_home,
  sum_stated(sum(u.vulnerable)::numeric, s.vulnerable, s.households) AS vulnerable,
  sum_stated(sum(u.property), s.property, s.households) AS property,
  sum_stated(sum(u.students)::numeric, s.day, s.schools) AS day,
  sum_stated(sum(u.boarders)::numeric, s.night, s.schools) AS night
FROM block b LEFT JOIN member m USING (block, key) LEFT JOIN unit u ON (u.kind, u.id) = (m.kind, m.id) CROSS JOIN said s
GROUP BY b.block, b.key, s.households, s.schools, s.resident, s.registered, s.at_home, s.vulnerable, s.property, s.day, s.night;

-- Every number of every figure that the server gave, and every figure that it did not give.
INSERT INTO disagreement
SELECT 'figure', coalesce(f.key, a.key), NULL, coalesce(f.block, a.block),
  CASE WHEN a.block IS NULL THEN 'the server gives no such figure' WHEN f.block IS NULL THEN 'only the server gives this figure'
  ELSE format('%s (%s, %s): the server says %s, the recount %s', a.name, a.base, a.at, coalesce(a.value::text, 'null'), coalesce(v.value::text, 'null')) END
FROM figure f FULL JOIN answer_figure a USING (block, key), LATERAL (SELECT CASE a.name
  WHEN 'households' THEN f.households WHEN 'schools' THEN f.schools WHEN 'vulnerable' THEN f.vulnerable WHEN 'property' THEN f.property
  WHEN 'people' THEN CASE a.base WHEN 'resident' THEN f.resident WHEN 'registered' THEN f.registered ELSE f.at_home END
  WHEN 'students' THEN CASE a.at WHEN 'day' THEN f.day WHEN 'night' THEN f.night ELSE 0 END END AS value) v
-- money is summed in doubles there and exactly here: to the cent
WHERE a.block IS NULL OR f.block IS NULL
  OR CASE WHEN a.name = 'property' THEN abs(v.value - a.value) > 0.011 OR (v.value IS NULL) <> (a.value IS NULL) ELSE v.value IS DISTINCT FROM a.value END;
