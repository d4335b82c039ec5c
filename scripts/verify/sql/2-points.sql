-- Hidden-hazard points to zones by the rules of their types (data/rules/hazard-points.json). Own reading of the rules.

-- A number among a rule's parameters.
CREATE FUNCTION rp(rule_id text, name text) RETURNS float8 LANGUAGE sql STABLE AS $$ SELECT (parameters->>name)::float8 FROM rule WHERE id = rule_id $$;

-- A frame's metres to lon/lat, edges cut so that they are straight there too.
CREATE FUNCTION from_frame(g geometry, frame int) RETURNS geometry LANGUAGE sql STABLE AS $$
  SELECT ST_Transform(ST_SetSRID(ST_Segmentize(g, 100), frame), 4326) $$;

-- The corners of a reach: `ahead` downslope, `back` upslope, `aside` to both sides of a bearing in degrees.
CREATE FUNCTION reach_corners(ahead float8, back float8, aside float8, bearing float8) RETURNS geometry LANGUAGE sql IMMUTABLE AS $$
  SELECT ST_Collect(ARRAY[ST_MakePoint(ahead * s + aside * c, ahead * c - aside * s), ST_MakePoint(ahead * s - aside * c, ahead * c + aside * s),
    ST_MakePoint(-back * s - aside * c, -back * c + aside * s), ST_MakePoint(-back * s + aside * c, -back * c - aside * s)])
  FROM (SELECT sind(bearing) AS s, cosd(bearing) AS c) t $$;

-- A geometry swept over a convex reach (a multipoint of its corners): itself and, over each of its edges, the hull of the
-- reach at both ends.
CREATE FUNCTION swept(g geometry, reach geometry) RETURNS geometry LANGUAGE sql IMMUTABLE AS $$
  SELECT ST_UnaryUnion(ST_Collect(ARRAY(
    SELECT ST_ConvexHull(ST_Collect(ST_Translate(reach, ST_X(ST_StartPoint(s.geom)), ST_Y(ST_StartPoint(s.geom))),
                                    ST_Translate(reach, ST_X(ST_EndPoint(s.geom)), ST_Y(ST_EndPoint(s.geom)))))
    FROM ST_DumpSegments(CASE WHEN ST_Dimension(g) = 2 THEN ST_Boundary(g) ELSE g END) s) || g)) $$;

-- How far a body extends along a bearing, in a frame.
CREATE FUNCTION extent_along(g geometry, bearing float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
  SELECT max(ST_X(geom) * sind(bearing) + ST_Y(geom) * cosd(bearing)) - min(ST_X(geom) * sind(bearing) + ST_Y(geom) * cosd(bearing)) FROM ST_DumpPoints(g) $$;

-- A fan down an axis from its apex: beside each stretch the half widths at its two ends, round at the apex and on the outer side
-- of bends, nowhere farther from the apex than it is long.
CREATE FUNCTION fan(axis geometry, length float8, width float8, spread float8) RETURNS geometry LANGUAGE sql IMMUTABLE AS $$
  WITH used AS (SELECT ST_LineSubstring(axis, 0, least(1, length / ST_Length(axis))) AS line),
  ends AS (SELECT s.path[1] AS i, ST_StartPoint(s.geom) AS a, ST_EndPoint(s.geom) AS b, ST_Length(s.geom) AS l FROM used, ST_DumpSegments(line) s),
  gone AS (SELECT *, sum(l) OVER (ORDER BY i) AS till, (ST_X(b) - ST_X(a)) / l AS dx, (ST_Y(b) - ST_Y(a)) / l AS dy FROM ends WHERE l > 0),
  wide AS (SELECT *, width / 2 * (till - l) / length + spread AS near, width / 2 * till / length + spread AS far,
    lag(dx) OVER (ORDER BY i) AS px, lag(dy) OVER (ORDER BY i) AS py FROM gone),
  -- the normals on the outer side of a bend, and the kite that holds the sector between them
  bends AS (SELECT a, near, sign(px * dy - py * dx) AS turn, px, py, dx, dy, sqrt((px + dx) ^ 2 + (py + dy) ^ 2) AS m FROM wide WHERE abs(px * dy - py * dx) > 1e-6),
  parts AS (
    SELECT ST_MakePolygon(ST_MakeLine(ARRAY[ST_Translate(a, dy * near, -dx * near), ST_Translate(b, dy * far, -dx * far),
      ST_Translate(b, -dy * far, dx * far), ST_Translate(a, -dy * near, dx * near), ST_Translate(a, dy * near, -dx * near)])) AS part FROM wide
    UNION ALL SELECT ST_Buffer(ST_StartPoint(line), spread, 256) FROM used
    UNION ALL SELECT ST_Intersection(ST_Buffer(a, near, 256), ST_MakePolygon(ST_MakeLine(ARRAY[a,
      ST_Translate(a, turn * py * 9 * near, -turn * px * 9 * near), ST_Translate(a, turn * (py + dy) / m * 9 * near, -turn * (px + dx) / m * 9 * near),
      ST_Translate(a, turn * dy * 9 * near, -turn * dx * 9 * near), a]))) FROM bends)
  SELECT ST_Intersection((SELECT ST_Union(part) FROM parts), ST_Buffer(ST_StartPoint(line), length, 256)) FROM used $$;

-- A line that goes straight on at its end.
CREATE FUNCTION onwards(line geometry, way geometry, by float8) RETURNS geometry LANGUAGE sql IMMUTABLE AS $$
  SELECT ST_AddPoint(line, ST_Translate(e, by * (ST_X(e) - ST_X(b)) / ST_Distance(b, e), by * (ST_Y(e) - ST_Y(b)) / ST_Distance(b, e)))
  FROM (SELECT ST_PointN(way, -2) AS b, ST_EndPoint(way) AS e) last $$;

CREATE TABLE typed AS
SELECT s.id, s.geom, p, nullif(p->>'hazard_type', '') AS type, coalesce(nullif(p->>'register', ''), 'geological') AS register,
  nullif((p->>'radius_m')::float8, 0) AS surveyed, nullif((p->>'length_m')::float8, 0) AS l, nullif((p->>'width_m')::float8, 0) AS w,
  nullif((p->>'height_m')::float8, 0) AS h,
  (p->>'depth_m')::float8 AS d, nullif((p->>'slope_deg')::float8, 0) AS slope, (p->>'aspect_deg')::float8 AS aspect,
  body.geom AS body, channel.geom AS channel, frame_of(coalesce(body.geom, s.geom)) AS frame
FROM source s
LEFT JOIN LATERAL (SELECT d.geom FROM source d WHERE d.layer = 'danger-zones' AND d.p->>'hazard_id' = s.id AND d.p->>'extent' = 'hazard_extent'
  AND d.p->>'status' IN ('confirmed', 'announced') AND d.geom IS NOT NULL ORDER BY seq LIMIT 1) body ON true
LEFT JOIN LATERAL (SELECT part.geom FROM source c, ST_Dump(c.geom) part WHERE c.layer = 'river-sections' AND c.id = s.p->>'channel_id'
  ORDER BY ST_Distance(part.geom::geography, s.geom::geography) LIMIT 1) channel ON true
WHERE s.layer = 'hazard-points' AND s.geom IS NOT NULL
  AND coalesce(nullif(p->>'state', ''), 'registered') IN ('registered', 'under_treatment', 'removal_proposed', 'removal_published')
  AND p->>'hazard_type' IS DISTINCT FROM 'high_cut_slope'
  AND NOT EXISTS (SELECT FROM source d WHERE d.layer = 'danger-zones' AND d.p->>'hazard_id' = s.id
    AND d.p->>'extent' = 'risk_extent' AND d.p->>'status' IN ('confirmed', 'announced'));

-- Which rule a point goes by.
ALTER TABLE typed ADD how text;
UPDATE typed SET how = CASE
  WHEN surveyed IS NOT NULL THEN 'surveyed'
  WHEN register = 'school' THEN NULL
  WHEN register = 'flood' THEN 'flood'
  WHEN type = 'land_subsidence' THEN NULL
  WHEN type = 'rockfall' OR (type = 'unstable_slope' AND coalesce(slope, 90) >= rp('cut-slope', 'least_slope_deg')) THEN CASE WHEN h IS NOT NULL THEN 'slope' ELSE 'provisional' END
  WHEN type IN ('landslide', 'unstable_slope') THEN CASE WHEN l IS NOT NULL OR body IS NOT NULL THEN 'slide' ELSE 'provisional' END
  WHEN type = 'debris_flow' THEN CASE WHEN body IS NOT NULL THEN 'drawn'
    WHEN l > 0 AND w IS NOT NULL AND (aspect IS NOT NULL OR ST_Distance(channel::geography, geom::geography) <= 200) THEN 'fan' END
  WHEN type = 'ground_collapse' THEN CASE WHEN coalesce(l, w) IS NOT NULL OR body IS NOT NULL THEN 'pit' ELSE 'provisional' END
  WHEN type = 'ground_fissure' THEN CASE WHEN l IS NOT NULL OR body IS NOT NULL THEN 'fissure' ELSE 'provisional' END
  ELSE 'provisional' END;

-- What reaches how far: the size of a body that was not drawn, and the reach beyond it.
CREATE TABLE reaching AS
SELECT id, 'slope' AS how, h / tand(coalesce(slope, rp('cut-slope', 'least_slope_deg'))) AS along, coalesce(w, l) AS across,
  least(rp('cut-slope', 'toe_cap_m'), rp('cut-slope', 'toe_factor') * h) AS ahead, rp('cut-slope', 'setback_m') AS back, 0::float8 AS aside
FROM typed WHERE how = 'slope'
UNION ALL
SELECT id, 'slide', along, across, least(rp('landslide', 'runout_cap_m'), rp('landslide', 'runout_factor') * along), 0,
  greatest(rp('landslide', 'spread_least_m'), rp('landslide', 'spread_share') * coalesce(across, along))
FROM typed, LATERAL (SELECT in_frame(body, frame) AS local) b, LATERAL (SELECT
  CASE WHEN body IS NULL THEN l WHEN aspect IS NOT NULL THEN extent_along(local, aspect) ELSE sqrt(extent_along(local, 0) ^ 2 + extent_along(local, 90) ^ 2) END AS along,
  CASE WHEN body IS NULL THEN w WHEN aspect IS NOT NULL THEN extent_along(local, aspect + 90) ELSE sqrt(extent_along(local, 0) ^ 2 + extent_along(local, 90) ^ 2) END AS across) e
WHERE how = 'slide'
UNION ALL
SELECT id, 'fissure', 0, l, rp('ground-fissure', 'hanging_wall_m'), rp('ground-fissure', 'foot_wall_m'), 0 FROM typed WHERE how = 'fissure';

-- Directed: a rectangle about the point, or the drawn body swept.
INSERT INTO zone (zone, layer, shape, geom, hazard_type, register)
SELECT 'hazard-points:' || id, 'hazard-points', 'area',
  from_frame(CASE WHEN body IS NOT NULL THEN swept(in_frame(body, frame), reach_corners(ahead, back, aside, aspect))
    ELSE ST_ConvexHull(reach_corners(along / 2 + ahead, along / 2 + back, across / 2 + aside, aspect)) END, frame), type, register
FROM typed JOIN reaching USING (id, how) WHERE aspect IS NOT NULL AND (body IS NOT NULL OR across IS NOT NULL);

-- No way down known, or no width: as far in every direction.
INSERT INTO zone (zone, layer, shape, geom, reach, hazard_type, register)
SELECT 'hazard-points:' || id, 'hazard-points', CASE WHEN body IS NULL THEN 'disc' ELSE 'margin' END, coalesce(body, geom),
  1e-6 + CASE WHEN body IS NOT NULL THEN sqrt(greatest(ahead, back) ^ 2 + aside ^ 2)
    ELSE sqrt((along / 2 + greatest(ahead, back)) ^ 2 + (coalesce(across, CASE how WHEN 'slope' THEN along + 2 * ahead ELSE along END) / 2 + aside) ^ 2) END, type, register
FROM typed JOIN reaching USING (id, how) WHERE NOT (aspect IS NOT NULL AND (body IS NOT NULL OR across IS NOT NULL));

INSERT INTO zone (zone, layer, shape, geom, hazard_type, register)
SELECT 'hazard-points:' || id, 'hazard-points', 'area', CASE how WHEN 'drawn' THEN body ELSE
  from_frame(fan(CASE WHEN off <= 200 THEN ST_RemoveRepeatedPoints(onwards(ST_MakeLine(in_frame(geom, frame), ST_LineSubstring(way, ST_LineLocatePoint(way, in_frame(geom, frame)), 1)), way, l))
      ELSE ST_MakeLine(ST_MakePoint(0, 0), ST_MakePoint(l * sind(aspect), l * cosd(aspect))) END,
    l, w, greatest(rp('debris-flow-fan', 'spread_least_m'), rp('debris-flow-fan', 'spread_share') * w)), frame) END, type, register
FROM typed, LATERAL (SELECT ST_Distance(channel::geography, geom::geography) AS off, in_frame(channel, frame) AS way) o WHERE how IN ('drawn', 'fan');

INSERT INTO zone (zone, layer, shape, geom, reach, hazard_type, register)
SELECT 'hazard-points:' || id, 'hazard-points', CASE WHEN how = 'pit' AND body IS NOT NULL THEN 'margin' ELSE 'disc' END,
  CASE WHEN how = 'pit' THEN coalesce(body, geom) ELSE geom END,
  CASE how
    WHEN 'surveyed' THEN surveyed
    WHEN 'flood' THEN rp('flood-register', 'radius_m')
    WHEN 'pit' THEN CASE WHEN body IS NULL THEN greatest(coalesce(l, 0), coalesce(w, 0)) / 2 ELSE 0 END + greatest(rp('pit', 'rim_least_m'), rp('pit', 'depth_factor') * coalesce(d, 0))
    ELSE CASE WHEN coalesce(l, w, h) IS NULL THEN rp('geological-without-dimensions', 'radius_m')
      ELSE least(rp('geological-with-dimensions', 'cap_m'), greatest(l, w, rp('geological-with-dimensions', 'height_factor') * h)) END END,
  type, register
FROM typed WHERE how IN ('surveyed', 'flood', 'pit', 'provisional');
