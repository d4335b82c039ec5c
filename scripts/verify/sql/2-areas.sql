-- From the source layers to units and zones, by data-model.md "What counts". Own reading of the rules: the store's
-- threatened-areas table is not looked at.

INSERT INTO unit
SELECT layer, id, geom, NULL, ST_Dimension(geom) = 0, (p->>'position_accuracy_m')::float8, NULL,
  nullif(p->>'township', ''), (p->>'people')::float8, (p->>'people_registered')::float8, (p->>'people_at_home')::float8,
  coalesce((p->>'vulnerable')::float8,
    CASE WHEN coalesce(p->>'elderly', p->>'children', p->>'disabled') IS NOT NULL THEN
      least(coalesce((p->>'elderly')::float8, 0) + coalesce((p->>'children')::float8, 0) + coalesce((p->>'disabled')::float8, 0),
            (p->>'people')::float8) END),
  (p->>'property_wan')::numeric * 10000, (p->>'students')::float8, (p->>'boarders')::float8
FROM source WHERE layer IN ('households', 'schools');

INSERT INTO zone (zone, layer, shape, geom, hazard_type, register)
SELECT 'danger-zones:' || d.id, 'danger-zones', 'area', d.geom, nullif(h.p->>'hazard_type', ''),
  CASE WHEN h.id IS NOT NULL THEN coalesce(nullif(h.p->>'register', ''), 'geological') END
FROM source d LEFT JOIN source h ON h.layer = 'hazard-points' AND h.id = d.p->>'hazard_id'
WHERE d.layer = 'danger-zones' AND d.geom IS NOT NULL
  AND d.p->>'extent' = 'risk_extent' AND d.p->>'status' IN ('confirmed', 'announced');

INSERT INTO zone (zone, layer, shape, geom)
SELECT 'hazard-areas:' || id, 'hazard-areas', 'area', geom
FROM source WHERE layer = 'hazard-areas' AND geom IS NOT NULL AND p->>'kind' IS DISTINCT FROM 'priority_area';

-- Subsidence: by the movement angle through loose ground and rock, by the distance at which the tilt falls to the limit,
-- the wider of the two; by the radius of major influence where neither is known; plus the guard belt. Where the seam dips, by angles of
-- its own down and up the dip, or by the widest of them where nobody knows where it dips. Without a depth, or an angle that it takes, the
-- polygon itself, and so for ground that coal's angles say nothing of. Another seam mined above or below lessens the angles.
CREATE TABLE seam AS
SELECT s.id, s.geom, frame_of(s.geom) AS frame, least(loose_given, depth) * cotd(loose_angle) * (loose_given > 0)::int AS loose, rock * cotd(strike) AS strike, rock * cotd(down) AS down, rock * cotd(up) AS up,
  depth, dip <= (rp->>'uniform_up_to_dip_deg')::float8 AS level, direction, by_tilt, radius, belt, coalesce(p->>'kind', '') NOT IN ('salt_mine', 'soft_soil') AS coal
FROM source s CROSS JOIN (SELECT parameters AS rp FROM rule WHERE id = 'subsidence-danger-line') r,
LATERAL (SELECT CASE WHEN EXISTS (SELECT FROM source o WHERE o.layer = s.layer AND o.id <> s.id AND o.p->>'seam' <> s.p->>'seam' AND ST_Intersects(o.geom, s.geom))
    THEN (rp->>'repeated_mining_deg')::float8 ELSE 0 END AS less) o,
LATERAL (SELECT (p->>'depth_m')::float8 AS depth, coalesce((p->>'loose_m')::float8, 0) AS loose_given, coalesce((p->>'dip_deg')::float8, 0) AS dip,
  coalesce((p->>'loose_angle_deg')::float8, (rp->>'loose_angle_deg')::float8) AS loose_angle, (p->>'dip_direction_deg')::float8 AS direction,
  (p->>'movement_angle_deg')::float8 - less AS strike, (p->>'movement_angle_down_deg')::float8 - less AS down, (p->>'movement_angle_up_deg')::float8 - less AS up,
  nullif((p->>'tan_beta')::float8, 0) AS tan_beta,
  (p->>'thickness_m')::float8 * (p->>'subsidence_factor')::float8 * cosd(coalesce((p->>'dip_deg')::float8, 0)) AS sinking,
  (rp->>'tilt_limit_mm_per_m')::float8 / 1000 AS tilt,
  coalesce((rp->'belt_m'->>(p->>'protection_class'))::float8, 0) AS belt) a,
LATERAL (SELECT depth - least(loose_given, depth) AS rock, nullif(depth, 0) / tan_beta AS radius) b,
LATERAL (SELECT CASE WHEN sinking IS NULL OR radius IS NULL THEN NULL WHEN sinking <= tilt * radius THEN 0 ELSE radius * sqrt(ln(sinking / radius / tilt) / pi()) END AS by_tilt) c
WHERE s.layer = 'subsidence-zones' AND s.geom IS NOT NULL;

INSERT INTO zone (zone, layer, shape, geom, reach)
SELECT 'subsidence-zones:' || id, 'subsidence-zones', CASE WHEN margin IS NULL THEN 'area' ELSE 'margin' END, geom, coalesce(margin, 0)
FROM seam, LATERAL (SELECT CASE
    WHEN NOT coal OR depth IS NULL THEN NULL
    WHEN level THEN coalesce(greatest(loose + coalesce(strike, down, up), by_tilt), radius) + belt
    WHEN strike + down + up IS NOT NULL THEN greatest(loose + greatest(strike, down, up), by_tilt) + belt END AS margin) m
WHERE NOT coal OR depth IS NULL OR level OR direction IS NULL OR strike + down + up IS NULL;

-- Directional: the zone swept over two half ellipses (an oblique section's cot is their support function), widened by the loose ground's
-- reach, by the tilt's disc and by the belt.
INSERT INTO zone (zone, layer, shape, geom)
SELECT 'subsidence-zones:' || id, 'subsidence-zones', 'area', from_frame(swept(in_frame(geom, frame), corners), frame)
FROM seam,
LATERAL (SELECT ST_ConvexHull(ST_Collect(ARRAY(SELECT ST_MakePoint(x * sind(direction) - y * cosd(direction), x * cosd(direction) + y * sind(direction))
  FROM generate_series(0, 4095) i, LATERAL (SELECT 2 * pi() * i / 4096 AS angle) t,
  LATERAL (SELECT cos(angle) * CASE WHEN cos(angle) > 0 THEN down ELSE up END AS x, strike * sin(angle) AS y) xy))) AS rock) k,
LATERAL (SELECT ST_ConvexHull(ST_Collect(ST_Buffer(rock, loose, 256), ST_Buffer(ST_MakePoint(0, 0), coalesce(by_tilt, 0), 256))) AS either) e,
LATERAL (SELECT ST_Points(ST_Buffer(either, belt, 256)) AS corners) c
WHERE coal AND depth IS NOT NULL AND NOT level AND direction IS NOT NULL AND strike + down + up IS NOT NULL;

INSERT INTO section
SELECT 'river-sections:' || id, nullif(p->>'river', ''), geom,
  CASE WHEN p->>'bank' = 'right' THEN 0 ELSE (p->>'width_left_m')::float8 END,
  CASE WHEN p->>'bank' = 'left' THEN 0 ELSE (p->>'width_right_m')::float8 END
FROM source WHERE layer = 'river-sections' AND geom IS NOT NULL;
