// Turf as its experts would set it up for this work. Tuned, each step measured at a million households:
// - households in a KDBush (flat arrays), candidates by bounding box;
// - discs by `distance` of the candidates in the box around them (geokdbush takes as long);
// - margins by `pointToLineDistance`, a box and a two-point line a segment, and no household twice: as fast as
//   `booleanPointInPolygon` in buffers, without the second that `buffer` takes and what its polygons lose;
// - polygons by `booleanPointInPolygon` (exact, by robust-predicates) of the candidates in the box;
// - tiles from KDBush candidates by geojson-vt's one-tile function and vt-pbf, which is what a JavaScript server would use.
// `without an index` looks at every household for every zone, boxes first: for 10,000 households only, and once.
import { geoJSONToTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { distance } from '@turf/distance';
import { pointToLineDistance } from '@turf/point-to-line-distance';
import type { Feature, LineString, MultiPolygon, Point, Polygon } from 'geojson';
import KDBush from 'kdbush';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CountingShape } from '../../../server/geo/shape.ts';
import { repeat, timed } from '../measure.ts';
import { pairKey, pairKeys } from '../pairs.ts';
import type { PeerReference, PeerResult, Plan, TileAddress, Totals, World, ZoneCount } from '../types.ts';
import { tileBox } from '../world/tile.ts';

const UNINDEXED_LIMIT = 10_000;
const METRES = { units: 'meters' } as const;
/** Degrees a metre at the north edge of the district, and a little more, so that no box is too small. */
const PER_METRE: readonly [number, number] = [1.01 / 87_700, 1.01 / 110_950];
const CAUSE = 'lengths are measured on a sphere: up to 0.3 % off the ellipsoid';

type Box = readonly [west: number, south: number, east: number, north: number];
type Search = (box: Box) => Iterable<number>;

/** A zone in the forms that Turf takes, made once. */
type TurfZone =
  | { readonly kind: 'disc'; readonly box: Box; readonly center: number[]; readonly radius: number }
  | { readonly kind: 'line'; readonly segments: readonly { readonly box: Box; readonly line: LineString }[]; readonly margin: number }
  | { readonly kind: 'area'; readonly box: Box; readonly geometry: Polygon | MultiPolygon };

export async function runTurf(world: World, plan: Plan): Promise<PeerResult> {
  const [lon, lat] = [joined(world.lon, world.schools.lon), joined(world.lat, world.schools.lat)];
  const [building, index] = await timed(() => {
    const empty = new KDBush(lon.length);
    for (let i = 0; i < lon.length; i++) empty.add(lon[i] as number, lat[i] as number);
    return empty.finish();
  });
  const zones = world.zones.map(({ shape }) => zoneOf(shape));
  const indexed: Search = (box) => index.range(...box);
  const reference = [await referenceJob(world, plan.runs, 'KDBush, distances', zones, lon, lat, indexed)];
  if (world.lon.length <= UNINDEXED_LIMIT) {
    reference.push(await referenceJob(world, 0, 'without an index', zones, lon, lat, scan(lon, lat)));
  }
  const ask = (polygon: Plan['drawn'][number]) => {
    const sums = { households: 0, people: 0, vulnerable: 0 };
    membersOf(zoneOf({ kind: 'area', geometry: polygon }), lon, lat, indexed, (unit) => {
      if (unit >= world.lon.length) return;
      sums.households++;
      sums.people += world.people[unit] as number;
      sums.vulnerable += world.vulnerable[unit] as number;
    });
    return sums;
  };
  for (const polygon of plan.drawn.slice(0, 20)) ask(polygon);
  const drawn: [number, ReturnType<typeof ask>][] = [];
  for (const polygon of plan.drawn) drawn.push(await timed(() => ask(polygon)));
  return {
    peer: 'Turf',
    versions: versionsOf(
      '@turf/boolean-point-in-polygon',
      '@turf/distance',
      '@turf/point-to-line-distance',
      'kdbush',
      '@maplibre/geojson-vt',
    ),
    preparation: [{ what: 'index', ms: building }],
    reference,
    drawn: [{ way: 'KDBush', ms: drawn.map(([ms]) => ms), figures: drawn.map(([, { households }]) => households) }],
    tiles: await tilesJob(world, plan, indexed),
    notes: ['one thread'],
  };
}

function versionsOf(...names: readonly string[]): Record<string, string> {
  const versionOf = (name: string) => {
    const file = readFileSync(join(import.meta.dirname, '../../../node_modules', name, 'package.json'), 'utf8');
    return (JSON.parse(file) as { version: string }).version;
  };
  return Object.fromEntries(names.map((name) => [name, versionOf(name)]));
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

/** The box of positions and what lies within `margin` metres of it. */
function boxOf(positions: readonly (readonly number[])[], margin: number): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon = Number.NaN, lat = Number.NaN] of positions) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const [x, y] = [margin * PER_METRE[0], margin * PER_METRE[1]];
  return [west - x, south - y, east + x, north + y];
}

function zoneOf(shape: CountingShape): TurfZone {
  switch (shape.kind) {
    case 'disc':
      return { kind: 'disc', box: boxOf([shape.center], shape.radius), center: [...shape.center], radius: shape.radius };
    case 'margin': {
      const { coordinates } = shape.geometry as unknown as LineString;
      const segments = coordinates.slice(1).map((end, i) => {
        const ends = [coordinates[i] ?? end, end];
        return { box: boxOf(ends, shape.margin), line: { type: 'LineString' as const, coordinates: ends } };
      });
      return { kind: 'line', segments, margin: shape.margin };
    }
    case 'area': {
      const geometry = shape.geometry as unknown as Polygon | MultiPolygon;
      const outlines = geometry.type === 'Polygon' ? [geometry.coordinates[0] ?? []] : geometry.coordinates.map((rings) => rings[0] ?? []);
      return { kind: 'area', box: boxOf(outlines.flat(), 0), geometry };
    }
    case 'strip':
      throw new Error('the bench has no strips');
  }
}

function scan(lon: Float64Array, lat: Float64Array): Search {
  return function* ([west, south, east, north]) {
    for (let i = 0; i < lon.length; i++) {
      const [x, y] = [lon[i] as number, lat[i] as number];
      if (x >= west && x <= east && y >= south && y <= north) yield i;
    }
  };
}

function membersOf(zone: TurfZone, lon: Float64Array, lat: Float64Array, search: Search, take: (unit: number) => void): void {
  const at = (unit: number): number[] => [lon[unit] as number, lat[unit] as number];
  switch (zone.kind) {
    case 'disc':
      for (const unit of search(zone.box)) if (distance(at(unit), zone.center, METRES) <= zone.radius) take(unit);
      return;
    case 'line': {
      const seen = new Set<number>();
      for (const { box, line } of zone.segments) {
        for (const unit of search(box)) {
          if (!seen.has(unit) && pointToLineDistance(at(unit), line, METRES) <= zone.margin) seen.add(unit);
        }
      }
      seen.forEach(take);
      return;
    }
    case 'area':
      for (const unit of search(zone.box)) if (booleanPointInPolygon(at(unit), zone.geometry)) take(unit);
  }
}

async function referenceJob(
  world: World,
  runs: number,
  way: string,
  zones: readonly TurfZone[],
  lon: Float64Array,
  lat: Float64Array,
  search: Search,
): Promise<PeerReference> {
  const homes = world.lon.length;
  const { ms, answer } = await repeat(runs, () => {
    const once = new Uint8Array(lon.length);
    const keys: number[] = [];
    const byZone: ZoneCount[] = zones.map((zone, index) => {
      let [households, people] = [0, 0];
      membersOf(zone, lon, lat, search, (unit) => {
        once[unit] = 1;
        if (unit >= homes) return;
        households++;
        people += world.people[unit] as number;
        keys.push(pairKey(world, index, unit));
      });
      return { name: world.zones[index]?.name ?? '', households, people };
    });
    return { byZone, totals: totalsOf(world, once), keys };
  });
  const { byZone, totals, keys } = answer;
  return { way, ms, byZone, totals, pairs: pairKeys(Float64Array.from(keys)), cause: CAUSE };
}

function totalsOf(world: World, once: Uint8Array): Totals {
  let [households, people, vulnerable, schools] = [0, 0, 0, 0];
  for (let unit = 0; unit < once.length; unit++) {
    if (once[unit] === 0) continue;
    if (unit >= world.lon.length) schools++;
    else {
      households++;
      people += world.people[unit] as number;
      vulnerable += world.vulnerable[unit] as number;
    }
  }
  return { households, people, vulnerable, schools };
}

async function tilesJob(world: World, plan: Plan, search: Search): Promise<PeerResult['tiles']> {
  let count = 0;
  const make = ({ z, x, y }: TileAddress): Uint8Array => {
    const features: Feature<Point>[] = [];
    for (const unit of search(tileBox(z, x, y))) {
      if (unit >= world.lon.length) continue;
      const coordinates = [world.lon[unit] as number, world.lat[unit] as number];
      features.push({ type: 'Feature', id: unit, geometry: { type: 'Point', coordinates }, properties: { people: world.people[unit] } });
    }
    count += features.length;
    const tile = geoJSONToTile({ type: 'FeatureCollection', features }, z, x, y, {
      extent: 4096,
      buffer: 64,
      tolerance: 0,
      maxZoom: z,
    });
    return tile ? fromGeojsonVt({ households: tile }, { version: 2, extent: 4096 }) : new Uint8Array(0);
  };
  for (const tile of plan.tiles.slice(0, 20)) make(tile);
  count = 0;
  const ms: number[] = [];
  for (const tile of plan.tiles) ms.push((await timed(() => make(tile)))[0]);
  return { ms, count };
}
