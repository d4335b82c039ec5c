// A whole layer as a file, as a role sees it. Written fresh, never copied from the store, so no removed row leaks.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { LayerName } from '../domain/layer.ts';
import type { Role } from '../domain/role.ts';
import { viewOf, visibleFields } from '../policy/policy.ts';
import type { FeatureStore } from '../store/store.ts';
import { announcedPoints } from '../views/announcedPoints.ts';
import { inCrs, onTheWire } from '../views/items.ts';
import { CSV_BOM, csvLine } from './csv.ts';

export const EXPORT_FORMATS = ['geojson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportRequest {
  readonly role: Role;
  readonly layer: LayerName;
  readonly format: ExportFormat;
  /** EPSG number; coordinates come as x (longitude or easting), y. */
  readonly epsg: number;
}

/** Writes the file and answers the number of features in it. */
export async function exportLayer(store: FeatureStore, request: ExportRequest, path: string): Promise<number> {
  const { role, layer, format, epsg } = request;
  const announced = await announcedPoints(store);
  const context = { isAnnounced: (point: string) => announced.has(point) };
  const out = createWriteStream(path, { mode: 0o600 });
  const write = async (text: string) => {
    if (!out.write(text)) await once(out, 'drain');
  };
  const fields = visibleFields(role, layer);
  if (format === 'csv')
    await write(CSV_BOM + csvLine(['id', ...fields.map((field) => field.name), 'lon_or_x', 'lat_or_y', 'geometry_type']));
  else
    await write(
      `{"type":"FeatureCollection","name":"${layer}",${epsg === 4326 ? '' : `"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::${epsg}"}},`}"features":[\n`,
    );
  let count = 0;
  for await (const stored of store.select(layer)) {
    const view = viewOf(role, layer, stored, context);
    if (!view) continue;
    const feature = inCrs(view, epsg, false);
    if (format === 'geojson') await write(`${count === 0 ? '' : ',\n'}${JSON.stringify(onTheWire(role, layer, feature))}`);
    else {
      const point = feature.geometry?.type === 'Point' ? feature.geometry.coordinates : [null, null];
      await write(csvLine([feature.id, ...fields.map((field) => feature.properties[field.name]), ...point, feature.geometry?.type]));
    }
    count++;
  }
  out.end(format === 'geojson' ? '\n]}\n' : '');
  await finished(out);
  return count;
}
