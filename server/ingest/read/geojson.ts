// GeoJSON (RFC 7946), with the legacy `crs` member of the 2008 draft that files still carry.
import { readFile } from 'node:fs/promises';
import { unusable } from '../issues.ts';
import type { Source, SourceRow } from '../source.ts';

/** One string in V8 holds at most about 512 MiB. */
const MAX_BYTES = 400 * 1024 * 1024;

export async function readGeoJson(path: string): Promise<Source> {
  const bytes = await readFile(path);
  if (bytes.length > MAX_BYTES) {
    throw unusable('geojson_too_large', 'A GeoJSON file of more than 400 MB cannot be read at once. Upload it as GeoPackage or CSV.', 413);
  }
  const document = parse(bytes);
  const features = featuresOf(document);
  const columns = new Set<string>();
  for (const feature of features) {
    if (isObject(feature) && isObject(feature['properties'])) for (const key of Object.keys(feature['properties'])) columns.add(key);
  }
  return {
    encoding: 'utf-8',
    statedCrs: crsOf(document),
    columns: [...columns],
    hasGeometry: true,
    notes: [],
    rows: async function* () {
      for (const [index, feature] of features.entries()) yield rowOf(index + 1, feature);
    },
  };
}

function parse(bytes: Buffer): Record<string, unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unusable('geojson_encoding', 'The GeoJSON is not UTF-8, as RFC 7946 demands. Save it as UTF-8.');
  }
  let document: unknown;
  try {
    document = /\d{16}/.test(text) ? JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown) : JSON.parse(text);
  } catch (error) {
    throw unusable('not_json', `The file is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'unreadable'}.`);
  }
  if (!isObject(document)) throw unusable('not_geojson', 'The file is JSON but no GeoJSON object.');
  return document;
}

/** A whole number that no double holds stays as its digits: ids of 18 digits must not change. */
export function keepDigits(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !Number.isInteger(value)) return value;
  return /^-?\d+$/.test(context.source ?? '') ? context.source : value;
}

function featuresOf(document: Record<string, unknown>): readonly unknown[] {
  if (document['type'] === 'FeatureCollection' && Array.isArray(document['features'])) return document['features'];
  if (document['type'] === 'Feature') return [document];
  throw unusable('not_geojson', 'The file has no FeatureCollection. Export it as GeoJSON features.');
}

/** A feature as a row; anything else as a row that could not be read. */
export function rowOf(row: number, feature: unknown): SourceRow {
  if (!isObject(feature) || feature['type'] !== 'Feature') {
    return { row, values: new Map(), fault: { code: 'not_a_feature', message: 'The entry is no GeoJSON Feature' } };
  }
  const properties = feature['properties'];
  return {
    row,
    values: new Map(isObject(properties) ? Object.entries(properties) : []),
    geometry: feature['geometry'] ?? null,
    ...(feature['id'] === undefined ? {} : { id: feature['id'] }),
  };
}

function crsOf(document: Record<string, unknown>): string | null {
  const crs = document['crs'];
  if (!isObject(crs) || !isObject(crs['properties'])) return null;
  const name = crs['properties']['name'];
  return typeof name === 'string' ? name : null;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
