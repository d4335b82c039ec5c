// What the page counts with while somebody draws: how large its index is, how long it takes to make, send and unpack, and how long
// one count takes, beside Turf. A tenth of the positions are good to 5 m only, which Turf does not ask about.
import type { Polygon as TurfPolygon } from 'geojson';
import { once } from 'node:events';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Worker } from 'node:worker_threads';
import { draftCount, NO_BASIS } from '../../server/exposure/draftCount.ts';
import { Exposure } from '../../server/exposure/exposure.ts';
import { flatShape } from '../../server/exposure/flatShape.ts';
import { membershipOf } from '../../server/exposure/membership.ts';
import { packIndex, unpackIndex, type PackedIndex } from '../../server/exposure/packed.ts';
import { INDEX_LEVEL } from '../../server/http/indexBody.ts';
import { UnitIndex } from '../../server/exposure/units/unitIndex.ts';
import { randomOf } from '../demo/random.ts';
import { zoneOf } from './engine.ts';
import { median, repeat, timed } from './measure.ts';
import type { DraftTimes, PageIndexTimes, Polygon, World } from './types.ts';
import { makeWorld } from './world.ts';
import { logBetween } from './world/landscape.ts';
import { outline } from './world/outline.ts';
import { rowsOf, type UnitSays } from './world/units.ts';

export interface PageIndexPlan {
  readonly sizes: readonly number[];
  readonly runs: number;
  /** Shapes of each number of vertices. */
  readonly shapes: number;
  readonly turf: boolean;
}

const VERTICES = [4, 100, 5000];
/** More households than this take Turf too long. */
const TURF_LIMIT = 2_000_000;
/** The service has answered a few before anybody looks. */
const WARM = 20;

export async function benchPageIndex({ sizes, runs, shapes, turf }: PageIndexPlan): Promise<PageIndexTimes[]> {
  const results: PageIndexTimes[] = [];
  for (const size of sizes) {
    const world = makeWorld(size);
    const exposure = exposureOf(world);
    const packing = await repeat(runs, () => packIndex(exposure, 1));
    const bytes = packing.answer;
    const fetched = await fetchJob(bytes, runs);
    const [gzipMs, gzip] = await timed(() => gzipSync(bytes, { level: INDEX_LEVEL }).length);
    const [brotliMs, brotli] = await timed(() => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length);
    results.push({
      households: size,
      bytes: bytes.length,
      sentBytes: fetched.sentBytes,
      packMs: median(packing.ms),
      fetchMs: median(fetched.fetchMs),
      unpackMs: median(fetched.unpackMs),
      compressed: [
        { how: `gzip ${INDEX_LEVEL}, as sent`, bytes: gzip, ms: gzipMs },
        { how: 'brotli 4', bytes: brotli, ms: brotliMs },
      ],
      drafts: await draftJobs(world, fetched.index, shapes, turf && size <= TURF_LIMIT),
    });
  }
  return results;
}

function exposureOf(world: World): Exposure {
  const units = UnitIndex.ofRows(rowsOf(world, asInCounty(world.bounds)), (bytes) => new SharedArrayBuffer(bytes));
  const zones = world.zones.map(zoneOf);
  return new Exposure({ units, unlocated: [], zones, memberships: zones.map(({ shape }) => membershipOf(units, shape)), townships: [] });
}

/** A tenth is good to 5 m only; in nine townships, whose totals a count gives as well. */
function asInCounty([west, south, east, north]: World['bounds']): UnitSays {
  const random = randomOf('bench/accuracy');
  return (x, y) => ({
    accuracy: random.chance(0.1) ? 5 : null,
    township: `T${Math.floor((3 * (x - west)) / (east - west))}${Math.floor((3 * (y - south)) / (north - south))}`,
  });
}

/** Over the loopback, which takes no time worth the name: what is left is copying and inflating. */
async function fetchJob(bytes: Uint8Array<ArrayBuffer>, runs: number) {
  const worker = new Worker(new URL('./pageIndex/serve.ts', import.meta.url), { workerData: { bytes } });
  try {
    const [port] = (await once(worker, 'message')) as [number];
    const fetchMs: number[] = [];
    const unpackMs: number[] = [];
    let index: PackedIndex | null = null;
    let sentBytes = 0;
    for (let run = 0; run <= runs; run++) {
      const [ms, there] = await timed(async () => {
        const response = await fetch(`http://127.0.0.1:${port}/`);
        sentBytes = Number(response.headers.get('content-length'));
        return new Uint8Array(await response.arrayBuffer());
      });
      const [own, unpacked] = await timed(() => unpackIndex(there));
      index = unpacked;
      // the first does not count
      if (run > 0) [fetchMs[run - 1], unpackMs[run - 1]] = [ms, own];
    }
    return { sentBytes, fetchMs, unpackMs, index: index as unknown as PackedIndex };
  } finally {
    await worker.terminate();
  }
}

async function draftJobs(world: World, index: PackedIndex, count: number, withTurf: boolean): Promise<DraftTimes[]> {
  const turf = withTurf ? await turfCounter(world) : null;
  const drafts: DraftTimes[] = [];
  for (const vertices of VERTICES) {
    const shapes = drawn(world, vertices, count);
    const ask = (geometry: Polygon) =>
      draftCount(index, flatShape({ kind: 'area', geometry }, geometry), NO_BASIS, 'resident', 'night').count;
    for (const shape of shapes.slice(0, WARM)) ask(shape);
    const ours = each(shapes, ask);
    for (const shape of turf ? shapes.slice(0, WARM) : []) turf?.(shape);
    const theirs = turf && each(shapes, turf);
    const off = theirs?.answers.filter((answer, i) => {
      const own = ours.answers[i];
      return answer.households !== own?.households || answer.people !== own.people || answer.vulnerable !== own.vulnerable;
    });
    drafts.push({
      vertices,
      households: median(ours.answers.map(({ households }) => households ?? 0)),
      ms: ours.ms,
      turf: theirs && { ms: theirs.ms, off: off?.length ?? 0 },
    });
  }
  return drafts;
}

function each<T>(shapes: readonly Polygon[], ask: (shape: Polygon) => T): { ms: number[]; answers: T[] } {
  const ms: number[] = [];
  const answers = shapes.map((shape) => {
    const began = performance.now();
    const answer = ask(shape);
    ms.push(performance.now() - began);
    return answer;
  });
  return { ms, answers };
}

/** Around some household, 200 m to 7 km across: what a hand draws. */
function drawn({ lon, lat }: World, vertices: number, count: number): Polygon[] {
  const random = randomOf(`bench/drafts/${vertices}`);
  return Array.from({ length: count }, () => {
    const home = random.whole(0, lon.length - 1);
    const ring = outline(random, {
      centre: [lon[home] as number, lat[home] as number],
      radius: logBetween(random, 200, 7000),
      vertices,
      roughness: 0.3,
      stretch: logBetween(random, 1, 3),
      bend: true,
    });
    return { type: 'Polygon', coordinates: [ring] };
  });
}

/** As `peers/turf.ts` counts a drawn polygon: candidates of a KDBush in the box, each by `booleanPointInPolygon`. */
async function turfCounter({ lon, lat, people, vulnerable }: World) {
  const [{ default: KDBush }, { booleanPointInPolygon }] = await Promise.all([import('kdbush'), import('@turf/boolean-point-in-polygon')]);
  const tree = new KDBush(lon.length);
  for (let i = 0; i < lon.length; i++) tree.add(lon[i] as number, lat[i] as number);
  tree.finish();
  return (shape: Polygon) => {
    const geometry = shape as unknown as TurfPolygon;
    const sums = { households: 0, people: 0, vulnerable: 0 };
    const [xs, ys] = [0, 1].map((axis) => (shape.coordinates[0] ?? []).map((position) => position[axis] as number)) as [number[], number[]];
    for (const home of tree.range(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys))) {
      if (!booleanPointInPolygon([lon[home] as number, lat[home] as number], geometry)) continue;
      sums.households++;
      sums.people += people[home] as number;
      sums.vulnerable += vulnerable[home] as number;
    }
    return sums;
  };
}
