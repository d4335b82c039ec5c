-- Every household and school against every zone, into `pair`.

UPDATE unit SET geog = geom::geography, class = CASE WHEN accuracy > 0 THEN power(10, ceil(log(greatest(accuracy, 1)))) ELSE 0 END
WHERE geom IS NOT NULL;
CREATE INDEX ON unit USING gist (geom);
CREATE INDEX ON unit USING gist (geog);
ANALYZE unit;
CREATE TABLE class AS SELECT DISTINCT class FROM unit WHERE class IS NOT NULL;

-- The parts of areas, each made valid by itself: parts that overlap are one area, a ring that crosses itself is even-odd.
CREATE TABLE part AS
SELECT zone, shape, ST_IsValid(z.geom) AS valid, CASE WHEN ST_IsValid(d.geom) THEN d.geom ELSE ST_MakeValid(d.geom) END AS geom,
  z.reach
FROM zone z, ST_Dump(z.geom) d WHERE shape IN ('area', 'margin');
ALTER TABLE part ADD outline geometry;
UPDATE part SET outline = ST_Boundary(geom);
UPDATE zone SET frame = frame_of(geom) WHERE shape IN ('area', 'margin');
UPDATE zone SET area = in_frame(CASE WHEN ST_IsValid(geom) THEN geom ELSE (SELECT ST_Union(p.geom) FROM part p WHERE p.zone = zone.zone) END, frame)
WHERE shape IN ('area', 'margin');
-- 512 segments a quarter: a margin of 1 km keeps its arcs within 2 mm
UPDATE zone SET edge = ST_Boundary(CASE WHEN shape = 'margin' AND reach > 0 THEN ST_Buffer(area, reach, 'quad_segs=512') ELSE area END)
WHERE shape IN ('area', 'margin');
ANALYZE zone; ANALYZE part;

-- Polygons, planar in lon/lat, an edge counting as in. PostGIS tests points against edges in doubles; within 1e-9 degrees of an
-- edge GEOS decides by its exact orientation (ST_Relate).
CREATE TABLE covered AS
SELECT p.zone, u.kind, u.id, bool_or(hit.inside) AS inside, bool_or(hit.on_edge AND p.valid) AND NOT bool_or(hit.interior) AS on_edge
FROM part p CROSS JOIN class c
JOIN unit u ON u.geom && ST_Expand(p.geom, (p.reach + c.class) / (111000 * cosd(least(89, greatest(abs(ST_YMin(p.geom)), abs(ST_YMax(p.geom)))))) * 1.01,
                                   (p.reach + c.class) / 110500) AND u.class = c.class,
LATERAL (SELECT CASE WHEN u.is_point AND ST_DWithin(p.outline, u.geom, 1e-9) THEN ST_Relate(p.geom, u.geom) END AS matrix) m,
LATERAL (SELECT
  CASE WHEN matrix IS NULL THEN ST_Intersects(p.geom, u.geom) ELSE substr(matrix, 1, 1) <> 'F' OR substr(matrix, 4, 1) <> 'F' END AS inside,
  coalesce(substr(matrix, 4, 1) <> 'F', false) AS on_edge,
  u.is_point AND CASE WHEN matrix IS NULL THEN ST_Intersects(p.geom, u.geom) ELSE substr(matrix, 1, 1) <> 'F' END AS interior) hit
GROUP BY 1, 2, 3;

-- Areas. A point without accuracy is near only on the edge itself.
INSERT INTO pair
SELECT zone, kind, id, inside, CASE WHEN on_edge THEN true WHEN is_point AND coalesce(accuracy, 0) = 0 AND NOT inside THEN false
  ELSE near_of(d, coalesce(accuracy, 0)) END, 'area'
FROM (
  SELECT z.zone, u.kind, u.id, v.inside, v.on_edge, u.is_point, u.accuracy, ST_Distance(z.edge, in_frame(CASE WHEN u.is_point THEN u.geom ELSE ST_Boundary(u.geom) END, z.frame)) AS d
  FROM covered v JOIN zone z USING (zone) JOIN unit u USING (kind, id) WHERE z.shape = 'area'
) t;

-- Margins: in the polygon, or within the margin of it. Distances in the zone's frame (1.3 mm in a km, 10 km off its centre);
-- within 2 cm of the margin the exact one decides.
INSERT INTO pair
SELECT zone, kind, id, inside, near_of(ST_Distance(edge, place), coalesce(accuracy, 0)), 'margin'
FROM (
  SELECT z.zone, z.edge, u.kind, u.id, u.accuracy, CASE WHEN u.is_point THEN g.local ELSE ST_Boundary(g.local) END AS place,
    v.inside OR CASE WHEN u.is_point AND abs(d - z.reach) < 0.02
      THEN exact_distance(u.geom, (SELECT ST_Collect(p.outline) FROM part p WHERE p.zone = z.zone)) <= z.reach ELSE d <= z.reach END AS inside
  FROM covered v JOIN zone z USING (zone) JOIN unit u USING (kind, id),
  LATERAL (SELECT in_frame(u.geom, z.frame) AS local) g, LATERAL (SELECT ST_Distance(z.area, g.local) AS d) m
  WHERE z.shape = 'margin'
) t;

-- Discs: geodesics. A footprint's edge is measured from its nearest and its farthest vertex.
INSERT INTO pair
SELECT z.zone, u.kind, u.id, inside, CASE WHEN nearest <= z.reach AND z.reach <= farthest AND NOT u.is_point THEN true
  ELSE near_of(least(abs(nearest - z.reach), abs(farthest - z.reach)), coalesce(u.accuracy, 0)) END, 'disc'
FROM zone z CROSS JOIN class c
JOIN unit u ON ST_DWithin(u.geog, z.geom::geography, z.reach + c.class + 0.05) AND u.class = c.class,
LATERAL (SELECT ST_Distance(CASE WHEN u.is_point THEN u.geog ELSE ST_Segmentize(ST_Boundary(u.geom), 0.002)::geography END, z.geom::geography) AS fast) f,
-- PostGIS finds the nearest point of an edge on the sphere, millimetres off: close to the radius the exact distance decides
LATERAL (SELECT CASE WHEN NOT u.is_point AND abs(fast - z.reach) < 0.02 THEN exact_distance(z.geom, ST_Boundary(u.geom)) ELSE fast END AS nearest,
  CASE WHEN NOT u.is_point THEN (SELECT max(ST_Distance(v.geom::geography, z.geom::geography)) FROM ST_DumpPoints(u.geom) v) END AS corner) n,
LATERAL (SELECT coalesce(corner, nearest) AS farthest, nearest <= z.reach OR (NOT u.is_point AND ST_Intersects(u.geom, z.geom)) AS inside) m
WHERE z.shape = 'disc';

-- Strips: each rectangle and each join by its own inequality; footprints by the polygon.
INSERT INTO pair
SELECT z.zone, u.kind, u.id, CASE WHEN NOT u.is_point THEN ST_Intersects(z.area, g.local) ELSE
  EXISTS (SELECT FROM piece p, LATERAL (SELECT (x - ax) * ux + (y - ay) * uy AS t, (y - ay) * ux - (x - ax) * uy AS s) o
    WHERE p.zone = z.zone AND t BETWEEN 0 AND l AND s BETWEEN -right_m AND left_m)
  OR EXISTS (SELECT FROM bend b WHERE b.zone = z.zone AND radius > 0 AND (x - vx) * inx + (y - vy) * iny >= 0
    AND (x - vx) * outx + (y - vy) * outy <= 0 AND (x - vx) ^ 2 + (y - vy) ^ 2 <= radius ^ 2) END,
  near_of(ST_Distance(z.edge, CASE WHEN u.is_point THEN g.local ELSE ST_Boundary(g.local) END), coalesce(u.accuracy, 0)), 'strip'
FROM (SELECT DISTINCT v.zone, u.kind, u.id FROM vertex v JOIN zone z USING (zone) CROSS JOIN class c
  -- vertices are at most 56 m apart
  CROSS JOIN LATERAL (SELECT kind, id FROM unit
    WHERE ST_DWithin(unit.geog, v.at::geography, z.reach + c.class + 30) AND unit.class = c.class OFFSET 0) u) candidate
JOIN zone z USING (zone) JOIN unit u USING (kind, id),
LATERAL (SELECT in_frame(u.geom, z.frame) AS local) g,
LATERAL (SELECT CASE WHEN u.is_point THEN ST_X(g.local) END AS x, CASE WHEN u.is_point THEN ST_Y(g.local) END AS y) xy;

DELETE FROM pair WHERE NOT inside AND NOT near;
ANALYZE pair;
