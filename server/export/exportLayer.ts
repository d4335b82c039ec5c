// A whole layer as a file, as a role sees it, one feature at a time. Written fresh, never copied from the store, so no removed
// row leaks.
import { join } from 'node:path';
import type { Geometry, Properties } from '../domain/feature.ts';
import { layerOf, type LayerName } from '../domain/layer.ts';
import { Problem } from '../domain/problem.ts';
import { atLeast, type Role } from '../domain/role.ts';
import { cgcs2000Zone, crsOfEpsg, type Crs } from '../geo/crs.ts';
import { mapPositions } from '../geo/localFrame.ts';
import { viewOf, visibleFields } from '../policy/policy.ts';
import type { Reads, StoredFeature } from '../store/store.ts';
import { STANDING_FIELDS } from '../exchange/names.ts';
import { announcedPoints } from '../views/announcedPoints.ts';
import { csvLayer } from './csvLayer.ts';
import { geojsonLayer } from './geojsonLayer.ts';
import { geopackageLayer } from './geopackageLayer.ts';
import type { LayerWriter, Target } from './layerWriter.ts';
import { Losses } from './losses.ts';
import { utmZone } from './prj.ts';
import { shapefileLayer } from './shapefileLayer.ts';
import { MOST_FEATURES, tooManyRows, xlsxLayer } from './xlsxLayer.ts';

export const EXPORT_FORMATS = ['gpkg', 'shp', 'geojson', 'csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportRequest {
  readonly role: Role;
  readonly layer: LayerName;
  readonly format: ExportFormat;
  /** EPSG number; coordinates come as x (longitude or easting), y. */
  readonly epsg: number;
  /** Only these, in this order, each with how it stands: a list of those under threat. */
  readonly standing?: readonly Standing[];
}

export interface Standing {
  readonly id: string;
  readonly certainty: string;
  readonly zones: readonly string[];
}

export interface Exported {
  /** File in the folder that was given. */
  readonly path: string;
  readonly count: number;
  /** What the format could not hold, as the header X-Xiantu-Losses states it. */
  readonly losses: string;
}

const WRITERS: Readonly<Record<ExportFormat, (target: Target) => LayerWriter>> = {
  gpkg: geopackageLayer,
  shp: shapefileLayer,
  geojson: geojsonLayer,
  csv: csvLayer,
  xlsx: xlsxLayer,
};

/**
 * Writes the file, and what waits on the way to it, into an empty folder.
 * @throws Problem 422 where the format or the coordinate system cannot hold the layer
 */
export async function exportLayer(store: Reads, request: ExportRequest, folder: string, modified = new Date()): Promise<Exported> {
  const { role, layer, format, epsg, standing } = request;
  // told before any work, where the store's count is what will be written
  const countIsExact = atLeast(role, 'analyst') && layerOf(layer).derived !== true;
  if (format === 'xlsx' && countIsExact && (standing?.length ?? (await store.count(layer))) > MOST_FEATURES) throw tooManyRows();
  const announced = await announcedPoints(store);
  const context = { isAnnounced: (point: string) => announced.has(point) };
  const crs = crsOfEpsg(epsg);
  if (!crs) throw new Error(`unknown CRS ${epsg}`);
  const place = placing(crs, epsg);
  const losses = new Losses();
  const path = join(folder, `export.${format}`);
  const writer = WRITERS[format]({
    layer,
    fields: [...visibleFields(role, layer), ...(standing ? STANDING_FIELDS : [])],
    epsg,
    geographic: crs.geographic,
    folder,
    path,
    losses,
    modified,
  });
  let count = 0;
  for await (const { feature, how } of standing ? listed(store, layer, standing) : whole(store, layer)) {
    const view = viewOf(role, layer, feature, context);
    if (!view) continue;
    writer.write({ id: view.id, geometry: view.geometry && place(view.geometry, view.id), properties: { ...view.properties, ...how } });
    count++;
  }
  writer.finish();
  return { path, count, losses: losses.header };
}

type Row = { readonly feature: StoredFeature; readonly how?: Properties };

async function* whole(store: Reads, layer: LayerName): AsyncGenerator<Row> {
  for await (const feature of store.select(layer)) yield { feature };
}

const BATCH = 1000;

async function* listed(store: Reads, layer: LayerName, standing: readonly Standing[]): AsyncGenerator<Row> {
  for (let at = 0; at < standing.length; at += BATCH) {
    const batch = standing.slice(at, at + BATCH);
    const found = new Map<string, StoredFeature>();
    for await (const feature of store.select(layer, { ids: batch.map(({ id }) => id) })) found.set(feature.id, feature);
    for (const { id, certainty, zones } of batch) {
      const feature = found.get(id);
      if (feature) yield { feature, how: { certainty, zones: zones.join(' ') } };
    }
  }
}

/** Metres from the central meridian within which an easting says its zone and its place to every digit. */
const REACH = 500_000;

/** Puts geometries into the system. @throws Problem 422 for one that lies too far outside it */
function placing(crs: Crs, epsg: number): (geometry: Geometry, id: string) => Geometry {
  if (crs.geographic) return (geometry) => geometry;
  const zone = cgcs2000Zone(epsg);
  const middle = zone ? zone.falseEasting : utmZone(epsg) ? 500_000 : 0;
  const reach = zone || utmZone(epsg) ? REACH : Number.MAX_VALUE;
  return (geometry, id) =>
    mapPositions(geometry, (position) => {
      const place = crs.fromLonLat(position);
      if (!(Math.abs(place[0] - middle) < reach) || !Number.isFinite(place[1])) throw outOfZone(crs, id, position[0]);
      return place;
    });
}

function outOfZone({ code }: Crs, id: string, longitude: number): Problem {
  const zone = Math.round(longitude / 3);
  const fits = zone >= 25 && zone <= 45 ? `EPSG:${4488 + zone} / EPSG:${4509 + zone}` : 'EPSG:4490';
  return new Problem(
    422,
    'crs_out_of_zone',
    `${id}（${longitude.toFixed(4)}°）距 ${code} 的中央经线过远，该带坐标不能表示；请用 ${fits} ${id} lies too far from the central meridian of ${code}: use ${fits}.`,
  );
}
