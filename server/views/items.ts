// Features as a role sees them, as GeoJSON bytes: for OGC items, and whole layers for exports.
import type { Feature, Geometry } from '../domain/feature.ts';
import type { LayerName } from '../domain/layer.ts';
import type { Role } from '../domain/role.ts';
import type { Bounds } from '../domain/service.ts';
import { crsOfEpsg } from '../geo/crs.ts';
import { mapPositions } from '../geo/localFrame.ts';
import { meetsBox } from '../geo/meetsBox.ts';
import { atLeast } from '../domain/role.ts';
import { viewOf, visibleFields, type ViewContext } from '../policy/policy.ts';
import type { Filter, Scalar } from '../store/filter.ts';
import type { FeatureStore, StoredFeature } from '../store/store.ts';

export interface ItemsRequest {
  readonly role: Role;
  readonly layer: LayerName;
  readonly boxes: readonly Bounds[] | null;
  readonly filter: Filter | null;
  /** RFC 3339 instants; features with no validity always match. */
  readonly period: readonly [from: string | null, to: string | null] | null;
  readonly after: number;
  readonly limit: number;
  /** EPSG number of the answer's coordinates; axis order as EPSG defines it when `northFirst`. */
  readonly epsg: number;
  readonly northFirst: boolean;
}

export interface ItemsPage {
  readonly features: readonly Feature[];
  readonly matched: number;
  /** Continue behind this sequence number, or null at the end. */
  readonly next: number | null;
}

/** Matches of a scan, kept for the pages that follow: the same query of the same revision counts the same. */
const counts = new Map<string, number>();

export async function itemsPage(store: FeatureStore, request: ItemsRequest, context: ViewContext): Promise<ItemsPage> {
  const { role, layer, boxes, limit } = request;
  const query = {
    // the public's points are snapped by up to 8 m, so a box must look a little further than it says
    ...(boxes ? { boxes: boxes.map(([w, s, e, n]): Bounds => [w - 1e-4, s - 1e-4, e + 1e-4, n + 1e-4]) } : {}),
    ...(request.filter && atLeast(role, 'analyst') ? { filter: request.filter } : {}),
  };
  const seen = (stored: StoredFeature): StoredFeature | null => {
    const view = viewOf(role, layer, stored, context);
    if (!view) return null;
    if (boxes && view.geometry && !boxes.some((box) => meetsBox(view.geometry as Geometry, box))) return null;
    if (request.filter && !atLeast(role, 'analyst') && !matches(request.filter, view)) return null;
    if (request.period && !within(view, request.period)) return null;
    return view;
  };
  const features: StoredFeature[] = [];
  let next: number | null = null;
  for await (const stored of store.select(layer, { ...query, after: request.after })) {
    const view = seen(stored);
    if (!view) continue;
    if (features.length === limit) {
      next = features.at(-1)?.sequence ?? null;
      break;
    }
    features.push(view);
  }
  const matched = await countMatches(store, request, query, seen);
  return { features: features.map((feature) => inCrs(feature, request.epsg, request.northFirst)), matched, next };
}

async function countMatches(
  store: FeatureStore,
  request: ItemsRequest,
  query: Parameters<FeatureStore['select']>[1],
  seen: (stored: StoredFeature) => StoredFeature | null,
): Promise<number> {
  const { role, layer } = request;
  const exactInSql = atLeast(role, 'analyst') && !request.boxes && !request.period && layer !== 'threatened-areas';
  if (exactInSql) return store.count(layer, query);
  const key = JSON.stringify([await store.revision(), role, layer, request.boxes, request.filter, request.period]);
  const known = counts.get(key);
  if (known !== undefined) return known;
  let matched = 0;
  for await (const stored of store.select(layer, query)) if (seen(stored)) matched++;
  if (counts.size > 500) counts.clear();
  counts.set(key, matched);
  return matched;
}

/** The same condition as the store's, on a view: the public's filters must not reach what it does not see. */
function matches(filter: Filter, feature: Feature): boolean {
  const valueOf = (name: string) => (name === 'id' ? feature.id : (feature.properties[name] ?? null)) as Scalar | null;
  switch (filter.op) {
    case 'and':
      return filter.args.every((arg) => matches(arg, feature));
    case 'or':
      return filter.args.some((arg) => matches(arg, feature));
    case '=':
      return valueOf(filter.property) === filter.value;
    case 'in':
      return filter.values.some((value) => valueOf(filter.property) === value);
    case 'unlocated':
      return feature.geometry === null;
    default:
      return false;
  }
}

function within(feature: Feature, [from, to]: readonly [string | null, string | null]): boolean {
  const begin = feature.properties['valid_from'];
  const end = feature.properties['valid_to'];
  if (typeof begin === 'string' && to !== null && begin > to.slice(0, begin.length)) return false;
  if (typeof end === 'string' && from !== null && end < from.slice(0, end.length)) return false;
  return true;
}

/** The feature in another CRS; WGS 84 stays as it is. */
export function inCrs<F extends Feature>(feature: F, epsg: number, northFirst: boolean): F {
  if ((epsg === 4326 && !northFirst) || !feature.geometry) return feature;
  const crs = crsOfEpsg(epsg);
  if (!crs) throw new Error(`unknown CRS ${epsg}`);
  const geometry = mapPositions(feature.geometry, (position) => {
    const [x, y] = crs.fromLonLat(position);
    return northFirst ? [y, x] : [x, y];
  });
  return { ...feature, geometry };
}

/** A feature as it stands on the wire: the fields of the role in the catalogue's order, and nothing else. */
export function onTheWire(role: Role, layer: LayerName, feature: Feature): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (const field of visibleFields(role, layer)) properties[field.name] = feature.properties[field.name] ?? null;
  return { type: 'Feature', id: feature.id, geometry: feature.geometry, properties };
}
