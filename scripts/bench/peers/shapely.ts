// Runs shapely.py with the world as raw arrays, so that no loading is timed, and reads what it found.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import proj4 from 'proj4';
import type { Geometry, Position } from '../../../server/domain/feature.ts';
import { toWkb } from '../../../server/geo/wkb.ts';
import { pairKeys } from '../pairs.ts';
import { PeerMissing, type PeerResult, type Plan, type Totals, type World } from '../types.ts';
import { partsOf, reachOf } from './postgisTables.ts';

const HOME = join(import.meta.dirname, '../../../node_modules/.xiantu-python');
const INSTALL_LINE = `Shapely is missing: python3 -m venv node_modules/.xiantu-python && node_modules/.xiantu-python/bin/pip install shapely==2.1.2 (or apt-get install python3-shapely, which is slower)`;
const CENTRE: Position = [113.56, 37.87];
/** Degrees: lines are straight in lon/lat and are cut to 200 m at most before they are projected. */
const STEP = 0.0018;

/** The Python that has the newest Shapely. @throws PeerMissing */
function python(): string {
  const probe = 'import numpy, shapely; print(*(part.zfill(3) for part in shapely.__version__.split(".")))';
  const found = [join(HOME, 'bin/python'), 'python3', '/usr/bin/python3']
    .filter((path) => !path.startsWith('/') || existsSync(path))
    .map((path) => ({ path, version: spawnSync(path, ['-c', probe], { encoding: 'utf8' }).stdout || '' }))
    .filter(({ version }) => version !== '')
    .sort((a, b) => (a.version < b.version ? 1 : -1));
  const best = found[0];
  if (!best) throw new PeerMissing(INSTALL_LINE);
  return best.path;
}

interface Answer {
  readonly versions: Record<string, string>;
  readonly preparation: readonly [string, number][];
  readonly reference: readonly {
    readonly way: string;
    readonly ms: number[];
    readonly cause: string;
    readonly households: number[];
    readonly people: number[];
    readonly totals: Totals;
  }[];
  readonly drawn: PeerResult['drawn'];
}

/** @throws PeerMissing */
export function runShapely(world: World, plan: Plan): PeerResult {
  const program = python();
  const folder = mkdtempSync(join(tmpdir(), 'xiantu-shapely-'));
  try {
    writeInput(folder, world, plan);
    const done = spawnSync(program, ['-', folder], {
      input: readFileSync(join(import.meta.dirname, 'shapely.py')),
      encoding: 'utf8',
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    if (done.status !== 0) throw new Error(`shapely.py: ${done.stderr.trim().split('\n').slice(-3).join(' | ')}`);
    const answer = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as Answer;
    const reference = answer.reference.map(({ way, ms, cause, households, people, totals }, i) => ({
      way,
      ms,
      cause,
      totals,
      byZone: world.zones.map(({ name }, zone) => ({ name, households: households[zone] ?? 0, people: people[zone] ?? 0 })),
      pairs: pairKeys(new Float64Array(Uint8Array.from(readFileSync(join(folder, `pairs-${i}.f64`))).buffer)),
    }));
    return {
      peer: 'Shapely',
      versions: answer.versions,
      preparation: answer.preparation.map(([what, ms]) => ({ what, ms })),
      reference,
      drawn: answer.drawn,
      tiles: null,
      notes: ['one thread; positions projected, trees built and drawn polygons parsed beforehand'],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeInput(folder: string, world: World, plan: Plan): void {
  const local = proj4(`+proj=tmerc +k=1 +lat_0=${CENTRE[1]} +lon_0=${CENTRE[0]} +x_0=0 +y_0=0 +ellps=WGS84 +units=m +no_defs`);
  const forward = ([lon, lat]: Position): Position => local.forward<[number, number]>([lon, lat]);
  const column = (name: string, values: Float64Array | Uint8Array) => writeFileSync(join(folder, name), values);
  const lon = joined(world.lon, world.schools.lon);
  const lat = joined(world.lat, world.schools.lat);
  const x = new Float64Array(lon.length);
  const y = new Float64Array(lon.length);
  for (let i = 0; i < lon.length; i++) [x[i], y[i]] = forward([lon[i] as number, lat[i] as number]);
  column('lon.f64', lon);
  column('lat.f64', lat);
  column('x.f64', x);
  column('y.f64', y);
  for (const name of ['people', 'vulnerable'] as const) {
    const values = new Uint8Array(lon.length);
    values.set(world[name]);
    column(`${name}.u8`, values);
  }
  const hex = (geometry: Geometry) => Buffer.from(toWkb(geometry)).toString('hex');
  const zones = world.zones.flatMap(({ shape }, zone) =>
    partsOf(shape).map((part) => ({ zone, kind: shape.kind, reach: reachOf(shape), wkb: hex(projected(part, forward)) })),
  );
  const input = {
    runs: plan.runs,
    households: world.lon.length,
    centre: CENTRE,
    zoneCount: world.zones.length,
    zones,
    drawn: plan.drawn.map(hex),
  };
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(input));
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

/** Points and lines in metres; polygons stay in lon/lat, where their edges are straight. */
function projected(part: Geometry, forward: (position: Position) => Position): Geometry {
  if (part.type === 'Point') return { type: 'Point', coordinates: forward(part.coordinates) };
  if (part.type !== 'LineString') return part;
  const [first, ...rest] = part.coordinates;
  if (!first) return part;
  const coordinates = [forward(first)];
  let from = first;
  for (const to of rest) {
    const cuts = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / STEP);
    for (let cut = 1; cut <= cuts; cut++) {
      const t = cut / cuts;
      coordinates.push(forward([from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t]));
    }
    from = to;
  }
  return { type: 'LineString', coordinates };
}
