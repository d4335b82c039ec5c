// The engine's own runs of the bench: the jobs that the peers do, with the modules that the service uses.
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { Cover } from '../../server/exposure/cover.ts';
import { Exposure } from '../../server/exposure/exposure.ts';
import { flatShape, type FlatShape } from '../../server/exposure/flatShape.ts';
import { membershipOf, type Membership } from '../../server/exposure/membership.ts';
import { packIndex } from '../../server/exposure/packed.ts';
import { Control, orderOf, unpackShare } from '../../server/exposure/recompute.ts';
import { positionsIn } from '../../server/exposure/runs/runList.ts';
import { SLOT, type Sums } from '../../server/exposure/sums.ts';
import { sumsOf } from '../../server/exposure/units/runSums.ts';
import { UnitIndex } from '../../server/exposure/units/unitIndex.ts';
import type { Zone } from '../../server/exposure/zone.ts';
import type { CountingShape } from '../../server/geo/shape.ts';
import { pointTile } from '../../server/tiles/householdTile.ts';
import type { CountingHandlers } from '../../server/workers/counting.worker.ts';
import { connect, type Connection } from '../../server/workers/rpc.ts';
import { repeat, timed } from './measure.ts';
import type { BenchZone, EngineOptions, EngineResult, World } from './types.ts';
import { rowsOf } from './world/units.ts';

/** Runs and requests that do not count; the peers have their twenty requests too. */
const WARM_RUNS = 3;
const WARM_REQUESTS = 20;

export async function runEngine(world: World, { runs, threads, drawn, moves, tiles }: EngineOptions): Promise<EngineResult> {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes);
  const [buildMs, units] = await timed(() => UnitIndex.ofRows(rowsOf(world), shared));
  const zones = world.zones.map(zoneOf);
  const shapes = zones.map((zone) => zone.shape);
  const count = (memberships: readonly Membership[]) => figures(units, memberships);
  const reference = [];
  let answer: ReturnType<typeof count> | null = null;
  for (const number of threads) {
    const helpers = await startHelpers(units, shapes, number - 1);
    const job = async () => count(await allMemberships(units, shapes, helpers));
    // a service is warm: its code was compiled long before
    for (let run = 0; run < WARM_RUNS; run++) await job();
    const result = await repeat(runs, job);
    reference.push({ threads: number, ms: result.ms });
    answer ??= result.answer;
    await Promise.all(helpers.map((helper) => helper.terminate()));
  }
  if (!answer) throw new Error('the engine needs a number of threads');
  const exposure = new Exposure({ units, unlocated: [], zones, memberships: answer.memberships, townships: [] });
  const drawnShapes = drawn.map((geometry) => flatShape({ kind: 'area', geometry }, geometry));
  const drawnFigures: number[] = [];
  for (const shape of drawnShapes.slice(0, WARM_REQUESTS)) sumsOf(units, membershipOf(units, shape).inside);
  const drawnMs = drawnShapes.map((shape) => {
    const began = performance.now();
    const sums = sumsOf(units, membershipOf(units, shape).inside);
    const ms = performance.now() - began;
    drawnFigures.push(sums[SLOT.households] as number);
    return ms;
  });
  const moveMs = moves.map(({ zone, shape }) => {
    const moved = zoneOf({ ...(world.zones[zone] as BenchZone), shape });
    const began = performance.now();
    exposure.putZone(moved);
    return performance.now() - began;
  });
  let inTiles = 0;
  for (const { z, x, y } of tiles.slice(0, WARM_REQUESTS)) pointTile(exposure, z, x, y);
  const tileMs = tiles.map(({ z, x, y }) => {
    const began = performance.now();
    const tile = pointTile(exposure, z, x, y);
    const ms = performance.now() - began;
    inTiles += new VectorTile(new PbfReader(tile)).layers['households']?.length ?? 0;
    return ms;
  });
  const households = world.lon.length;
  const memory = exposure.memory;
  return {
    buildMs,
    bytesPerUnit: Object.entries(memory).map(([part, bytes]) => ({ part, bytes: bytes / households })),
    packedBytes: packIndex(exposure, 1).length,
    reference,
    byZone: world.zones.map(({ name }, i) => {
      const sums = answer.byZone[i] as Sums;
      return { name, households: sums[SLOT.households] as number, people: sums[SLOT.people] as number };
    }),
    totals: {
      households: answer.totals[SLOT.households] as number,
      people: answer.totals[SLOT.people] as number,
      vulnerable: answer.totals[SLOT.vulnerable] as number,
      schools: answer.totals[SLOT.schools] as number,
    },
    pairs: answer.byZone.reduce((sum, sums) => sum + (sums[SLOT.households] as number), 0),
    pairList: () => pairList(units, answer.memberships),
    drawn: { ms: drawnMs },
    drawnFigures,
    move: { ms: moveMs },
    tiles: { ms: tileMs, count: inTiles },
  };
}

export function zoneOf({ name, layer, shape }: BenchZone): Zone {
  return {
    name: `${layer}:${name}`,
    layer,
    label: null,
    hazardType: shape.kind,
    register: shape.kind === 'disc' ? 'flood' : null,
    state: null,
    rule: 'bench',
    season: null,
    shape: flatShape(shape, outlineOf(shape)),
  };
}

/** Only distances to an edge are measured on outlines, and the bench's positions are exact. */
function outlineOf(shape: CountingShape): Parameters<typeof flatShape>[1] {
  return shape.kind === 'area' ? shape.geometry : { type: 'MultiPolygon', coordinates: [] };
}

type Helper = Connection<CountingHandlers>;

async function startHelpers(units: UnitIndex, shapes: readonly FlatShape[], count: number): Promise<Helper[]> {
  const { sheets, lon, lat, accuracy, footprints, tail } = units;
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const url = new URL('../../server/workers/counting.worker.ts', import.meta.url);
      const helper = connect<CountingHandlers>(url, { workerData: null, name: `counting-${i}` });
      await helper.call.load({ positions: { sheets, lon, lat, accuracy, footprints, tail }, shapes, order: orderOf(shapes) });
      return helper;
    }),
  );
}

async function allMemberships(units: UnitIndex, shapes: readonly FlatShape[], helpers: readonly Helper[]): Promise<Membership[]> {
  const memory = new SharedArrayBuffer(12);
  const control = new Control(memory);
  const memberships: Membership[] = [];
  const theirs = helpers.map((helper) => helper.call.count(memory));
  const order = helpers.length === 0 ? null : orderOf(shapes);
  if (!order) return shapes.map((shape) => membershipOf(units, shape));
  for (let place = control.take(); place < order.length; place = control.take()) {
    const zone = order[place] as number;
    memberships[zone] = membershipOf(units, shapes[zone] as FlatShape);
  }
  for (const share of await Promise.all(theirs)) unpackShare(share, memberships);
  return memberships;
}

function figures(units: UnitIndex, memberships: readonly Membership[]) {
  const cover = new Cover(units, memberships.length);
  const byZone = memberships.map(({ inside }) => {
    cover.add(inside);
    return sumsOf(units, inside);
  });
  return { memberships, byZone, totals: cover.sums };
}

function* pairList(units: UnitIndex, memberships: readonly Membership[]): Generator<readonly [number, number]> {
  for (const [zone, { inside }] of memberships.entries()) {
    for (const position of positionsIn(inside)) {
      if (units.kindAt(position) === 'households') yield [zone, Number(units.idAt(position).slice(1)) - 1];
    }
  }
}
