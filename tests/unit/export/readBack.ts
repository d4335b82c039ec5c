// Reads an export as the importer reads any file: its readers, its column names, its conversions.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { unzipSync, zipSync } from 'fflate';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Feature, Geometry, Position, PropertyValue, Ring } from '../../../server/domain/feature.ts';
import { writableFieldsOf, type LayerName } from '../../../server/domain/layer.ts';
import { exportLayer, type ExportFormat } from '../../../server/export/exportLayer.ts';
import type { Crs } from '../../../server/geo/crs.ts';
import { matchColumns, type ColumnMap } from '../../../server/ingest/columns.ts';
import { checkGeometry } from '../../../server/ingest/geometry/check.ts';
import { positionPlan, requireCrs } from '../../../server/ingest/positions/plan.ts';
import { readPosition } from '../../../server/ingest/positions/read.ts';
import { openSource } from '../../../server/ingest/read/open.ts';
import type { SourceRow } from '../../../server/ingest/source.ts';
import { unitFactor, unitInHeader } from '../../../server/ingest/units.ts';
import { convert, isBlank } from '../../../server/ingest/values.ts';
import type { Reads } from '../../../server/store/store.ts';

export const newFolder = () => mkdtempSync(join(tmpdir(), 'xiantu-export-'));

export interface Written {
  readonly path: string;
  readonly count: number;
  readonly losses: string;
  readonly folder: string;
}

export async function written(store: Reads, layer: LayerName, format: ExportFormat, epsg: number): Promise<Written> {
  const folder = newFolder();
  return { ...(await exportLayer(store, { role: 'planner', layer, format, epsg }, folder)), folder };
}

/** The members of a zip of shapefiles, and each shapefile of it as a zip of its own. */
export function shapefilesOf({ path, folder }: Written): { members: Record<string, Uint8Array>; zips: Map<string, string> } {
  const members = unzipSync(readFileSync(path));
  const zips = new Map<string, string>();
  for (const name of Object.keys(members)) {
    if (!name.endsWith('.shp')) continue;
    const stem = name.slice(0, -4);
    const parts = Object.fromEntries(Object.entries(members).filter(([member]) => member.startsWith(`${stem}.`)));
    const zip = join(folder, `${stem}.zip`);
    writeFileSync(zip, zipSync(parts));
    zips.set(stem, zip);
  }
  return { members, zips };
}

/** A member of a zip as text, without its BOM. */
export function textOf(members: Record<string, Uint8Array>, name: string): string {
  const bytes = members[name];
  if (!bytes) throw new Error(`no ${name} among ${Object.keys(members).join(', ')}`);
  return new TextDecoder().decode(bytes);
}

/**
 * What 说明.txt says of each field: how many values have each kind of loss. Apostrophes before formulas, in the table of what has no
 * position, are none: they are taken off again.
 */
export function toldOf(members: Record<string, Uint8Array>): Map<string, number[]> {
  const told = new Map<string, number[]>();
  for (const [, field = '', count] of textOf(members, '说明.txt').matchAll(/^ {2}\S+ \S+ (\w+): (\d+) × (?!形似公式)/gm)) {
    told.set(field, [...(told.get(field) ?? []), Number(count)]);
  }
  return told;
}

/** Features by id, their coordinates in degrees. */
export async function readBack({ path }: Written, layer: LayerName, format: ExportFormat, epsg: number): Promise<Map<string, Feature>> {
  const fileName = `export.${format === 'shp' ? 'zip' : format}`;
  const source = await openSource(path, fileName, {
    encoding: null,
    table: null,
    reading: { layer, isPlace: () => false },
    parts: [{ path, fileName }],
  });
  const map = matchColumns(layer, source.columns, {});
  assertUnits(layer, map);
  const rows: SourceRow[] = [];
  for await (const row of source.rows()) {
    if (row.skip || row.fault || row.deleted) throw new Error(`row ${row.row} was not read: ${JSON.stringify(row)}`);
    rows.push(row);
  }
  // metres without a zone number are told by whoever imports, as of any ledger
  const place = source.hasGeometry ? null : positionPlan(map, requireCrs(`EPSG:${epsg}`), rows.slice(0, 50), null);
  const crs = requireCrs(source.statedCrs ?? `EPSG:${epsg}`);
  const found = new Map<string, Feature>();
  for (const row of rows) {
    const feature = {
      id: idOf(row, map),
      properties: propertiesOf(row, map, layer),
      geometry: shapeOf(row, layer, crs),
    };
    const point = place && feature.geometry === null ? readPosition(row, place, null) : null;
    if (point && 'fault' in point) throw new Error(point.message);
    const geometry: Geometry | null = point?.position
      ? { type: 'Point', coordinates: point.crs.toLonLat(point.position) }
      : feature.geometry;
    if (found.has(feature.id)) throw new Error(`the id ${feature.id} came twice`);
    found.set(feature.id, { ...feature, geometry });
  }
  return found;
}

function idOf(row: SourceRow, map: ColumnMap): string {
  return String(row.values.get(map.get('id') ?? '') ?? row.id);
}

function propertiesOf(row: SourceRow, map: ColumnMap, layer: LayerName): Record<string, PropertyValue> {
  const properties: Record<string, PropertyValue> = {};
  for (const field of writableFieldsOf(layer)) {
    const cell = row.values.get(map.get(field.name) ?? '');
    if (isBlank(cell)) {
      properties[field.name] = null;
      continue;
    }
    const converted = convert(field, cell);
    if ('fault' in converted || 'unknown' in converted)
      throw new Error(`${field.name}: ${JSON.stringify(cell)} ${JSON.stringify(converted)}`);
    properties[field.name] = converted.value;
  }
  return properties;
}

function shapeOf(row: SourceRow, layer: LayerName, crs: Crs): Geometry | null {
  const raw = row.geometry ?? null;
  const checked = checkGeometry(layer, raw, crs);
  if ('fault' in checked) throw new Error(`row ${row.row}: ${checked.message}`);
  return checked.geometry && wound(checked.geometry);
}

/** Shells counterclockwise and holes clockwise, as the importer turns them whatever the format has. */
function wound(geometry: Geometry): Geometry {
  const turned = (ring: Ring, counterclockwise: boolean): Ring => {
    const [x0, y0] = ring[0] as Position;
    let twice = 0;
    ring.forEach(([x, y], i) => {
      const [px, py] = ring[Math.max(0, i - 1)] as Position;
      twice += (px - x0) * (y - y0) - (x - x0) * (py - y0);
    });
    return twice > 0 === counterclockwise ? ring : ring.toReversed();
  };
  const rings = (polygon: readonly Ring[]) => polygon.map((ring, i) => turned(ring, i === 0));
  if (geometry.type === 'Polygon') return { type: 'Polygon', coordinates: rings(geometry.coordinates) };
  return geometry.type === 'MultiPolygon' ? { type: 'MultiPolygon', coordinates: geometry.coordinates.map(rings) } : geometry;
}

/** What a header says in brackets is the unit of its field, or nothing. */
function assertUnits(layer: LayerName, map: ColumnMap): void {
  for (const field of writableFieldsOf(layer)) {
    if (field.type !== 'number' && field.type !== 'integer') continue;
    const factor = unitFactor(field, unitInHeader(map.get(field.name) ?? ''));
    if (factor !== 1) throw new Error(`the header ${map.get(field.name)} gives ${field.name} the factor ${factor}`);
  }
}
