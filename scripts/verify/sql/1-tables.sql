-- What the recount works on. Geometry in lon/lat (EPSG:4326); lengths in metres; money in yuan.

-- The store's own rows, as read from the GeoPackage.
CREATE TABLE source (layer text, id text, seq serial, geom geometry, p jsonb, PRIMARY KEY (layer, id));
-- Parameters of the rules file (data/rules), by the rule's id.
CREATE TABLE rule (id text PRIMARY KEY, parameters jsonb);

-- Households and schools. `class` is the power of ten that the accuracy does not exceed: it bounds the search for
-- `possible` without one bad position making every search wide.
CREATE TABLE unit (
  kind text, id text, geom geometry, geog geography, is_point boolean, accuracy float8, class float8,
  township text, people float8, people_registered float8, people_at_home float8, vulnerable float8, property numeric,
  students float8, boarders float8, PRIMARY KEY (kind, id));

-- Threatened areas by their rule. `reach`: radius of a disc, margin around an area. `frame`: a transverse Mercator of
-- scale 1 centred on the zone; `area` and `edge` lie in it, in metres.
CREATE TABLE zone (
  zone text PRIMARY KEY, layer text, shape text CHECK (shape IN ('area', 'disc', 'margin', 'strip')), geom geometry,
  reach float8 DEFAULT 0, hazard_type text, register text, frame int, area geometry, edge geometry);
-- River sections with the widths that count (0: that bank is ignored, null: not known).
CREATE TABLE section (zone text PRIMARY KEY, river text, geom geometry, left_m float8, right_m float8);

-- How a unit lies to a zone. `near`: within its accuracy of the edge; null where a distance in `decided` is too close
-- to the accuracy for both sides to have to agree.
CREATE TABLE pair (zone text, kind text, id text, inside boolean, near boolean, shape text, PRIMARY KEY (zone, kind, id));

-- A frame centred on a geometry, as a numbered system: PostGIS keeps those ready, while one given by its text is built for every call.
CREATE SEQUENCE frame_number START 910000;
CREATE FUNCTION frame_of(g geometry) RETURNS int LANGUAGE sql VOLATILE AS $$
  INSERT INTO spatial_ref_sys (srid, proj4text) SELECT nextval('frame_number')::int,
    format('+proj=tmerc +k=1 +lat_0=%s +lon_0=%s +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs',
           (ST_YMin(g) + ST_YMax(g)) / 2, (ST_XMin(g) + ST_XMax(g)) / 2) RETURNING srid $$;

-- Lon/lat into a frame. Lines are straight in lon/lat, so they are cut first (0.0005 degrees: at most 56 m).
CREATE FUNCTION in_frame(g geometry, frame int) RETURNS geometry LANGUAGE sql STABLE AS $$
  SELECT ST_SetSRID(ST_Transform(CASE WHEN ST_Dimension(g) = 0 THEN g ELSE ST_Segmentize(g, 0.0005) END, frame), 0) $$;

-- Exact distance in metres from a point to a geometry: azimuthal equidistant about the point keeps distances from it.
CREATE FUNCTION exact_distance(p geometry, g geometry) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
  SELECT ST_Distance(ST_MakePoint(0, 0),
    ST_SetSRID(ST_Transform(CASE WHEN ST_Dimension(g) = 0 THEN g ELSE ST_Segmentize(g, 0.0001) END,
      '+proj=longlat +ellps=WGS84 +no_defs',
      format('+proj=aeqd +lat_0=%s +lon_0=%s +x_0=0 +y_0=0 +ellps=WGS84 +units=m +no_defs', ST_Y(p), ST_X(p))), 0)) $$;

-- Is a distance to an edge within the accuracy? Within 2 cm of it either answer is accepted (arcs of drawn edges keep
-- a sagitta of 1 cm on the other side).
CREATE FUNCTION near_of(distance float8, accuracy float8) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN abs(distance - accuracy) < 0.02 THEN NULL ELSE distance <= accuracy END $$;
