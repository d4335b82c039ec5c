// A layer as a GeoPackage 1.3 of its own: made fresh, so that nothing of the store but these rows is in it. Opens in GDAL 3.6
// and QGIS 3.22 as it is. What the fields are called in both languages stands in gpkg_data_columns.
import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Bounds } from '../domain/service.ts';
import { layerOf } from '../domain/layer.ts';
import { boundsOf, joinBounds } from '../geo/bounds.ts';
import { toBlob } from '../store/gpkg/blob.ts';
import { toColumn } from '../store/gpkg/row.ts';
import { createStandardTables, quoted, registerFeatures, rtreeTable, rtreeTriggers, sqlTypeOf } from '../store/gpkg/schema.ts';
import type { LayerWriter, Target } from './layerWriter.ts';
import { dbfNames } from '../exchange/names.ts';
import { systemRow } from './ogcWkt.ts';

const DATA_COLUMNS = `
  CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
    mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name));
  CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
    min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
    CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
  INSERT INTO gpkg_extensions VALUES
    ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write'),
    ('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write');`;

/** Types as GeoPackage names them. */
const GEOMETRY_NAMES: Readonly<Record<string, string>> = {
  Point: 'POINT',
  LineString: 'LINESTRING',
  MultiLineString: 'MULTILINESTRING',
  Polygon: 'POLYGON',
  MultiPolygon: 'MULTIPOLYGON',
};

export function geopackageLayer(target: Target): LayerWriter {
  const { layer, fields, epsg } = target;
  const database = new DatabaseSync(target.path);
  chmodSync(target.path, 0o600);
  // the file is worth nothing before it is whole: no journal until then
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768; BEGIN');
  createTables(database, target);
  const columns = ['fid', 'geom', 'id', ...fields.map(({ name }) => name)];
  const insert = database.prepare(
    `INSERT INTO ${quoted(layer)} (${columns.map(quoted).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const index = database.prepare(`INSERT INTO ${quoted(`rtree_${layer}_geom`)} VALUES (?, ?, ?, ?, ?)`);
  let fid = 0;
  let extent: Bounds | null = null;
  return {
    write: ({ id, geometry, properties }) => {
      fid++;
      insert.run(fid, geometry ? toBlob(geometry, epsg) : null, id, ...fields.map((field) => toColumn(field, properties[field.name])));
      if (!geometry) return;
      const [west, south, east, north] = boundsOf(geometry);
      index.run(fid, west, east, south, north);
      extent = joinBounds(extent, [west, south, east, north]);
    },
    finish: () => {
      database.exec(rtreeTriggers(layer));
      database
        .prepare('UPDATE gpkg_contents SET last_change = ?, min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?')
        .run(target.modified.toISOString(), ...(extent ?? [null, null, null, null]), layer);
      database.exec('COMMIT; PRAGMA journal_mode = DELETE');
      database.close();
    },
  };
}

function createTables(database: DatabaseSync, { layer, fields, epsg }: Target): void {
  const definition = layerOf(layer);
  createStandardTables(database);
  database.exec(DATA_COLUMNS);
  if (epsg !== 4326) {
    const { name, definition: wkt } = systemRow(epsg);
    database
      .prepare(`INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, 'EPSG', ?, ?, 'easting or longitude first')`)
      .run(name, epsg, epsg, wkt);
  }
  const [only, ...more] = definition.geometry;
  const geometryType = (more.length === 0 && only && GEOMETRY_NAMES[only]) || 'GEOMETRY';
  const columns = fields.map((field) => `${quoted(field.name)} ${sqlTypeOf(field)}`).join(', ');
  database.exec(
    `CREATE TABLE ${quoted(layer)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom ${geometryType}, id TEXT NOT NULL UNIQUE, ${columns})`,
  );
  registerFeatures(database, { table: layer, description: `${definition.zh} ${definition.en}`, srsId: epsg, geometryType });
  database.exec(rtreeTable(layer));
  const words = database.prepare(
    'INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description, mime_type) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const short = dbfNames(layer);
  for (const { name, zh, en, unit, type } of fields) {
    const description = unit === undefined ? en : `${en} (${unit})`;
    words.run(layer, name, short.get(name) ?? name, zh, description, type === 'json' ? 'application/json' : null);
  }
}
