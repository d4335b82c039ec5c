// The documents of OGC API - Features: landing page, conformance, collections, queryables.
import type { Field } from '../../domain/field.ts';
import { layerOf, type LayerName } from '../../domain/layer.ts';
import { atLeast, type Role } from '../../domain/role.ts';
import type { Bounds } from '../../domain/service.ts';
import { may, readableLayers, visibleFields } from '../../policy/policy.ts';

export const OPENAPI_TYPE = 'application/vnd.oai.openapi+json;version=3.0';
export const GEOJSON = 'application/geo+json';
export const SCHEMA_JSON = 'application/schema+json';
export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

/** The URI of an EPSG code. */
export const epsgUri = (epsg: number) => `http://www.opengis.net/def/crs/EPSG/0/${epsg}`;

export interface Link {
  href: string;
  rel: string;
  type: string;
  title?: string;
}

export function landingPage(base: string) {
  const links: Link[] = [
    { href: `${base}/ogc`, rel: 'self', type: 'application/json', title: 'This document' },
    { href: `${base}/ogc/api`, rel: 'service-desc', type: OPENAPI_TYPE, title: 'The API' },
    { href: `${base}/ogc/conformance`, rel: 'conformance', type: 'application/json', title: 'Conformance classes' },
    { href: `${base}/ogc/collections`, rel: 'data', type: 'application/json', title: 'Collections' },
  ];
  return { title: '险图 Xiantu', description: 'Hazard zones and what they threaten', links };
}

const FEATURES = 'http://www.opengis.net/spec';

export function conformance() {
  return {
    conformsTo: [
      `${FEATURES}/ogcapi-features-1/1.0/conf/core`,
      `${FEATURES}/ogcapi-features-1/1.0/conf/geojson`,
      `${FEATURES}/ogcapi-features-1/1.0/conf/oas30`,
      `${FEATURES}/ogcapi-features-2/1.0/conf/crs`,
      `${FEATURES}/ogcapi-features-3/1.0/conf/queryables`,
      `${FEATURES}/ogcapi-features-3/1.0/conf/filter`,
      `${FEATURES}/ogcapi-features-3/1.0/conf/features-filter`,
      `${FEATURES}/cql2/1.0/conf/cql2-text`,
      `${FEATURES}/cql2/1.0/conf/basic-cql2`,
      `${FEATURES}/cql2/1.0/conf/advanced-comparison-operators`,
      `${FEATURES}/ogcapi-features-4/1.0/conf/create-replace-delete`,
      `${FEATURES}/ogcapi-features-4/1.0/conf/update`,
      `${FEATURES}/ogcapi-features-4/1.0/conf/optimistic-locking-etags`,
    ],
  };
}

/** CRSs that every collection offers: CRS84 first, then the local 3° zone of its data. */
export function crsList(bounds: Bounds | null): string[] {
  const list = [CRS84, epsgUri(4326), epsgUri(4490), epsgUri(3857)];
  if (!bounds) return list;
  const zone = Math.round((bounds[0] + bounds[2]) / 2 / 3);
  return zone >= 25 && zone <= 45 ? [...list, epsgUri(4488 + zone), epsgUri(4509 + zone)] : list;
}

/** A box rounded outwards to hundredths, so that the extent of snapped points gives nothing away. */
function rounded([w, s, e, n]: Bounds): Bounds {
  return [Math.floor(w * 100) / 100, Math.floor(s * 100) / 100, Math.ceil(e * 100) / 100, Math.ceil(n * 100) / 100];
}

export function collection(base: string, role: Role, layer: LayerName, bounds: Bounds | null) {
  const definition = layerOf(layer);
  const self = `${base}/ogc/collections/${layer}`;
  const links: Link[] = [
    { href: self, rel: 'self', type: 'application/json' },
    { href: `${self}/items`, rel: 'items', type: GEOJSON, title: definition.en },
    { href: `${self}/queryables`, rel: 'http://www.opengis.net/def/rel/ogc/1.0/queryables', type: SCHEMA_JSON },
    { href: `${base}/tiles/${layer}.json`, rel: 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector', type: 'application/json' },
  ];
  return {
    id: layer,
    title: `${definition.zh} ${definition.en}`,
    description: `${definition.zh} ${definition.en}${may(role, 'edit', layer) ? '' : ' (read-only)'}`,
    itemType: 'feature',
    extent: {
      ...(bounds ? { spatial: { bbox: [rounded(bounds)], crs: CRS84 } } : {}),
      temporal: { interval: [[null, null]], trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian' },
    },
    crs: crsList(bounds),
    storageCrs: CRS84,
    links,
  };
}

export function collections(base: string, role: Role, bounds: ReadonlyMap<LayerName, Bounds | null>) {
  return {
    links: [{ href: `${base}/ogc/collections`, rel: 'self', type: 'application/json' }],
    collections: readableLayers(role).map((layer) => collection(base, role, layer, bounds.get(layer) ?? null)),
  };
}

/** JSON Schema of one field. */
export function fieldSchema(field: Field): Record<string, unknown> {
  const title = `${field.zh} ${field.en}${field.unit ? ` (${field.unit})` : ''}`;
  const range = { ...(field.min === undefined ? {} : { minimum: field.min }), ...(field.max === undefined ? {} : { maximum: field.max }) };
  switch (field.type) {
    case 'integer':
      return { title, type: 'integer', ...range };
    case 'number':
      return { title, type: 'number', ...range };
    case 'boolean':
      return { title, type: 'boolean' };
    case 'date':
      return { title, type: 'string', format: field.name === 'updated_at' ? 'date-time' : 'date' };
    case 'code':
      return { title, type: 'string', enum: Object.keys(field.codes ?? {}) };
    case 'json':
      return { title };
    default:
      return { title, type: 'string' };
  }
}

export function queryables(base: string, role: Role, layer: LayerName) {
  const fields = visibleFields(role, layer).filter((field) => field.type !== 'json');
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${base}/ogc/collections/${layer}/queryables`,
    type: 'object',
    title: layerOf(layer).en,
    properties: {
      id: { title: '编号 Id', type: 'string' },
      ...Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
      ...(atLeast(role, 'analyst') ? { geometry: { $ref: 'https://geojson.org/schema/Geometry.json' } } : {}),
    },
    additionalProperties: false,
  };
}
