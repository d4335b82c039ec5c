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

-- Points: the register's default radius, unless a risk extent in force stands for the point.
INSERT INTO zone (zone, layer, shape, geom, reach, hazard_type, register)
SELECT 'hazard-points:' || id, 'hazard-points', 'disc', geom, radius, hazard_type, register
FROM (
  SELECT s.id, s.geom, nullif(s.p->>'hazard_type', '') AS hazard_type, r.register,
    CASE
      WHEN s.p->>'radius_m' IS NOT NULL THEN (s.p->>'radius_m')::float8
      WHEN r.register = 'flood' THEN (SELECT (parameters->>'radius_m')::float8 FROM rule WHERE rule.id = 'flood-register')
      WHEN r.register = 'school' THEN NULL
      WHEN coalesce(s.p->>'length_m', s.p->>'width_m', s.p->>'height_m') IS NULL
        THEN (SELECT (parameters->>'radius_m')::float8 FROM rule WHERE rule.id = 'geological-without-dimensions')
      ELSE (SELECT least((parameters->>'cap_m')::float8,
              greatest((s.p->>'length_m')::float8, (s.p->>'width_m')::float8,
                       (parameters->>'height_factor')::float8 * (s.p->>'height_m')::float8))
            FROM rule WHERE rule.id = 'geological-with-dimensions')
    END AS radius
  FROM source s, LATERAL (SELECT coalesce(nullif(s.p->>'register', ''), 'geological') AS register) r
  WHERE s.layer = 'hazard-points' AND s.geom IS NOT NULL
    AND coalesce(nullif(s.p->>'state', ''), 'registered') IN ('registered', 'under_treatment', 'removal_proposed', 'removal_published')
    AND s.p->>'hazard_type' IS DISTINCT FROM 'high_cut_slope'
    AND NOT EXISTS (SELECT FROM source d WHERE d.layer = 'danger-zones' AND d.p->>'hazard_id' = s.id
      AND d.p->>'extent' = 'risk_extent' AND d.p->>'status' IN ('confirmed', 'announced'))
) counted WHERE radius IS NOT NULL;

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
-- the wider of the two; by the radius of major influence where neither is known; plus the guard belt. Without a depth, or
-- without any angle, the polygon itself.
INSERT INTO zone (zone, layer, shape, geom, reach)
SELECT 'subsidence-zones:' || s.id, 'subsidence-zones', CASE WHEN margin IS NULL THEN 'area' ELSE 'margin' END, s.geom, coalesce(margin, 0)
FROM source s CROSS JOIN (SELECT parameters AS rp FROM rule WHERE id = 'subsidence-danger-line') r,
LATERAL (SELECT (p->>'depth_m')::float8 AS depth, coalesce((p->>'loose_m')::float8, 0) AS loose_given,
  coalesce((p->>'loose_angle_deg')::float8, (rp->>'loose_angle_deg')::float8) AS loose_angle,
  (p->>'movement_angle_deg')::float8 AS angle, nullif((p->>'tan_beta')::float8, 0) AS tan_beta,
  (p->>'thickness_m')::float8 * (p->>'subsidence_factor')::float8 * cosd(coalesce((p->>'dip_deg')::float8, 0)) AS sinking,
  (rp->>'tilt_limit_mm_per_m')::float8 / 1000 AS tilt,
  coalesce((rp->'belt_m'->>(p->>'protection_class'))::float8, 0) AS belt) a,
LATERAL (SELECT least(loose_given, depth) * cotd(loose_angle) + (depth - least(loose_given, depth)) * cotd(angle) AS by_angle,
  depth / tan_beta AS radius) b,
LATERAL (SELECT CASE WHEN sinking IS NULL OR radius IS NULL THEN NULL WHEN radius = 0 OR sinking <= tilt * radius THEN 0 ELSE radius * sqrt(ln(sinking / radius / tilt) / pi()) END AS by_tilt) c,
LATERAL (SELECT coalesce(greatest(by_angle, by_tilt), radius) + belt AS margin) m
WHERE s.layer = 'subsidence-zones' AND s.geom IS NOT NULL;

INSERT INTO section
SELECT 'river-sections:' || id, nullif(p->>'river', ''), geom,
  CASE WHEN p->>'bank' = 'right' THEN 0 ELSE (p->>'width_left_m')::float8 END,
  CASE WHEN p->>'bank' = 'left' THEN 0 ELSE (p->>'width_right_m')::float8 END
FROM source WHERE layer = 'river-sections' AND geom IS NOT NULL;
