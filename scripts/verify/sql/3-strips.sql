-- River strips as rectangles and joins, from `section`. Each in the frame of its own section.

INSERT INTO zone (zone, layer, shape, geom, reach)
SELECT zone, 'river-sections', 'strip', geom, greatest(left_m, right_m) FROM section WHERE greatest(left_m, right_m) > 0;
UPDATE zone SET frame = frame_of(geom) WHERE shape = 'strip';

-- Vertices of all sections, repeated ones dropped, long segments cut (straight in lon/lat, hence in pieces).
CREATE TABLE vertex AS
SELECT s.zone, s.river, d.path[1] AS part, v.path[1] AS i, v.geom AS at, ST_NPoints(line) AS n
FROM section s, ST_Dump(ST_Multi(s.geom)) d,
  LATERAL (SELECT ST_Segmentize(ST_RemoveRepeatedPoints(d.geom), 0.0005) AS line) l, ST_DumpPoints(line) v
WHERE ST_Length(d.geom) > 0;
CREATE INDEX ON vertex (zone, part, i);
CREATE INDEX ON vertex (ST_X(at), ST_Y(at));

CREATE TABLE piece AS
SELECT z.zone, s.left_m, s.right_m, ST_X(a) AS ax, ST_Y(a) AS ay, ST_X(b) AS bx, ST_Y(b) AS by,
  hypot.l AS l, (ST_X(b) - ST_X(a)) / hypot.l AS ux, (ST_Y(b) - ST_Y(a)) / hypot.l AS uy
FROM zone z JOIN (SELECT zone, coalesce(left_m, 0) AS left_m, coalesce(right_m, 0) AS right_m FROM section) s USING (zone)
JOIN vertex v USING (zone) JOIN vertex w ON w.zone = v.zone AND w.part = v.part AND w.i = v.i + 1,
LATERAL (SELECT in_frame(v.at, z.frame) AS a, in_frame(w.at, z.frame) AS b) g, LATERAL (SELECT ST_Distance(a, b) AS l) hypot;

-- A join is a vertex with the way in and the way out. Inside a line its neighbours; at its end the neighbours of the same
-- vertex on another section of the river, or on another part of this one. (An end alone has none and stays flat.)
CREATE TABLE bend AS
WITH shared AS (
  SELECT v.zone, v.part, v.i, v.n, v.at, beyond.at AS beyond
  FROM vertex v JOIN vertex o ON ST_X(o.at) = ST_X(v.at) AND ST_Y(o.at) = ST_Y(v.at)
    AND ((o.zone = v.zone AND o.part <> v.part) OR (o.zone <> v.zone AND o.river = v.river))
  JOIN vertex beyond ON beyond.zone = o.zone AND beyond.part = o.part AND beyond.i IN (o.i - 1, o.i + 1)
  WHERE v.i IN (1, v.n)
), ways AS (
  SELECT u.zone, u.at AS f, v.at AS v, w.at AS t FROM vertex u
  JOIN vertex v ON v.zone = u.zone AND v.part = u.part AND v.i = u.i + 1
  JOIN vertex w ON w.zone = u.zone AND w.part = u.part AND w.i = u.i + 2
  UNION ALL
  SELECT s.zone, s.beyond, s.at, w.at FROM shared s JOIN vertex w ON w.zone = s.zone AND w.part = s.part AND s.i = 1 AND w.i = 2
  UNION ALL
  SELECT s.zone, u.at, s.at, s.beyond FROM shared s JOIN vertex u ON u.zone = s.zone AND u.part = s.part AND s.i = s.n AND u.i = s.n - 1
)
SELECT zone, vx, vy, inx, iny, outx, outy, turn, CASE WHEN turn > 0 THEN right_m ELSE left_m END AS radius
FROM (
  SELECT z.zone, coalesce(s.left_m, 0) AS left_m, coalesce(s.right_m, 0) AS right_m, ST_X(mid) AS vx, ST_Y(mid) AS vy,
    ST_X(mid) - ST_X(back) AS inx, ST_Y(mid) - ST_Y(back) AS iny, ST_X(ahead) - ST_X(mid) AS outx, ST_Y(ahead) - ST_Y(mid) AS outy
  FROM ways JOIN zone z USING (zone) JOIN section s USING (zone),
  LATERAL (SELECT in_frame(f, z.frame) AS back, in_frame(v, z.frame) AS mid, in_frame(t, z.frame) AS ahead) g
) p, LATERAL (SELECT atan2(inx * outy - iny * outx, inx * outx + iny * outy) AS turn) q
WHERE abs(turn) > 1e-12;
CREATE INDEX ON piece (zone);
CREATE INDEX ON bend (zone);

-- The strip as one polygon, for footprints and for distances to its edge: arcs with a sagitta of at most 0.1 mm. Rectangles and
-- arcs meet only up to rounding, and a crack between them would be an edge in the middle of the strip: widened and narrowed again
-- by 0.01 mm it closes.
WITH part AS (
  SELECT zone, ST_MakePolygon(ST_MakeLine(ARRAY[
    ST_MakePoint(ax + uy * right_m, ay - ux * right_m), ST_MakePoint(bx + uy * right_m, by - ux * right_m),
    ST_MakePoint(bx - uy * left_m, by + ux * left_m), ST_MakePoint(ax - uy * left_m, ay + ux * left_m),
    ST_MakePoint(ax + uy * right_m, ay - ux * right_m)])) AS g FROM piece
  UNION ALL
  SELECT zone, ST_MakePolygon(ST_MakeLine(ARRAY[ST_MakePoint(vx, vy)] || arc || ARRAY[ST_MakePoint(vx, vy)]))
  FROM bend, LATERAL (SELECT greatest(1, ceil(abs(turn) / (2 * acos(1 - least(1, 1e-4 / radius)))))::int AS steps) n,
  LATERAL (SELECT array_agg(ST_MakePoint(vx + radius * cos(a), vy + radius * sin(a)) ORDER BY k) AS arc
    FROM generate_series(0, steps) k, LATERAL (SELECT atan2(iny, inx) - sign(turn) * pi() / 2 + turn * k / steps AS a) t) c
  WHERE radius > 0
)
UPDATE zone SET area = u.g FROM (SELECT zone, ST_Buffer(ST_Buffer(ST_UnaryUnion(ST_Collect(g)), 1e-5, 'join=mitre'), -1e-5, 'join=mitre') AS g
  FROM part GROUP BY zone) u WHERE zone.zone = u.zone;
UPDATE zone SET edge = ST_Boundary(area) WHERE shape = 'strip';
