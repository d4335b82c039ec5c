// `npm run bench`: our counting beside PostGIS, Shapely and Turf on the same made-up district, and who is right.
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchAreas, type AreasPlan } from './bench/areas.ts';
import { bandwidthRatio } from './bench/bandwidth.ts';
import { compare, PEERS, type PeerName, type SizeResult } from './bench/compare.ts';
import { timed } from './bench/measure.ts';
import { benchImports } from './bench/imports.ts';
import { benchPageIndex, type PageIndexPlan } from './bench/pageIndex.ts';
import { areaLinesOf, importLinesOf, linesOf, pageIndexLinesOf } from './bench/report.ts';
import type { AreasResult, Plan, RunEngine, World } from './bench/types.ts';
import { makeWorld } from './bench/world.ts';

const HELP = `npm run bench -- [--sizes 10k,100k,1m] [--peers postgis,shapely,turf] [--runs 5] [--short] [--only areas|imports|index] [--json PATH]
  --sizes LIST  numbers of households (above 2 million our own engine only)
  --peers LIST  whom to compare with; those not installed are named and left out. Empty for none
  --runs N      runs of the reference job (median); a run of more than 10 s is the only one
  --short       10k, fewer requests: under a minute
  --only PART   only the threatened areas (to derive them all, and our kernel beside others), only the imports, or only the
                index that the page counts with (of 100k and 1m unless --sizes says otherwise)
  --json PATH   where the figures go (default: node_modules/.xiantu-bench.json)
Ends with 0, with 1 when our answer is not the oracle's, with 2 when it could not run.`;

const JSON_PATH = join(import.meta.dirname, '../node_modules/.xiantu-bench.json');

interface Options {
  readonly sizes: readonly number[];
  readonly peers: readonly PeerName[];
  readonly runs: number;
  readonly short: boolean;
  readonly only: 'areas' | 'imports' | 'index' | null;
  readonly json: string;
}

/** Null for `--help`. */
function optionsOf(argv: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      sizes: { type: 'string' },
      peers: { type: 'string' },
      runs: { type: 'string' },
      short: { type: 'boolean' },
      only: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
    strict: true,
  });
  if (values.help) return null;
  const short = values.short ?? false;
  const runs = Number(values.runs ?? (short ? 3 : 5));
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs ${values.runs} is not a whole number of at least 1`);
  const list = (text: string) => text.split(',').filter(Boolean);
  return {
    sizes: list(values.sizes ?? (short ? '10k' : '10k,100k,1m')).map(sizeOf),
    peers: list(values.peers ?? PEERS.join()).map(peerOf),
    runs,
    short,
    only: partOf(values.only),
    json: values.json ?? JSON_PATH,
  };
}

function sizeOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([km]?)$/i.exec(text);
  const size = Math.round(Number(match?.[1]) * { '': 1, k: 1e3, m: 1e6 }[(match?.[2] ?? '').toLowerCase() as '' | 'k' | 'm']);
  if (!(size >= 300)) throw new Error(`--sizes ${text}: a size is 300 at least, as in 10k or 1m`);
  return size;
}

function partOf(text: string | undefined): Options['only'] {
  if (text === undefined || text === 'areas' || text === 'imports' || text === 'index') return text ?? null;
  throw new Error(`--only ${text}: there are areas, imports and index`);
}

function peerOf(text: string): PeerName {
  const peer = PEERS.find((name) => name === text);
  if (!peer) throw new Error(`--peers ${text}: there are ${PEERS.join(', ')}`);
  return peer;
}

function planOf(world: World, { runs, short }: Options): Plan {
  return {
    runs,
    drawn: world.drawnPolygons(short ? 100 : 300),
    moves: world.moves(short ? 100 : 1000),
    tiles: world.tiles(short ? 60 : 300),
  };
}

function machine(): Record<string, string | number> {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.version,
    loadBefore: loadavg()[0] ?? Number.NaN,
  };
}

/** What goes to the file: everything but the lists of pairs. */
function written(results: readonly SizeResult[], about: Record<string, unknown>): string {
  const lists = new Set(['pairs', 'pairList', 'byZone', 'drawnFigures', 'figures']);
  const replacer = (key: string, value: unknown) => (lists.has(key) && typeof value !== 'number' ? undefined : value);
  return JSON.stringify({ ...about, results }, replacer, 1);
}

/** The command: 0 when our answer is right at every size, 1 when it is not, 2 when the bench could not run. */
export async function main(argv: readonly string[], say: (line: string) => void, engine?: RunEngine): Promise<number> {
  try {
    const options = optionsOf(argv);
    if (!options) {
      say(HELP);
      return 0;
    }
    const runEngine = engine ?? (await import('./bench/engine.ts')).runEngine;
    const about = machine();
    say(`${about['processor']}, ${about['cores']} cores, Node.js ${about['node']}, load ${Number(about['loadBefore']).toFixed(2)} before`);
    const bandwidth = await bandwidthRatio();
    const results: SizeResult[] = [];
    for (const size of options.only === null ? options.sizes : []) {
      const [worldMs, world] = await timed(() => makeWorld(size));
      const result = await compare(world, worldMs, planOf(world, options), options.peers, runEngine);
      results.push(result);
      for (const line of linesOf(result, bandwidth)) say(line);
    }
    const part = (name: Options['only']) => options.only === null || options.only === name;
    const areas = part('areas') ? await benchAreas(areasPlanOf(options)) : null;
    for (const line of areas ? areaLinesOf(areas) : []) say(line);
    const imports = part('imports') ? await benchImports(options.short ? 2000 : 100_000) : [];
    for (const line of imports.length > 0 ? importLinesOf(imports) : []) say(line);
    const index = part('index') ? await benchPageIndex(indexPlanOf(options)) : [];
    for (const line of index.length > 0 ? pageIndexLinesOf(index) : []) say(line);
    writeFileSync(options.json, written(results, { ...about, bandwidth, areas, imports, index, date: new Date().toISOString() }));
    say(`\nFigures in ${options.json}`);
    return results.every(({ engineVerdict }) => isRight(engineVerdict)) && (areas === null || areasAreRight(areas)) ? 0 : 1;
  } catch (error) {
    say(`bench: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
}

function areasPlanOf({ short, peers }: Options): AreasPlan {
  const postgis = peers.includes('postgis');
  return short ? { hazards: 500, shapes: 24, demo: false, postgis } : { hazards: 10_000, shapes: 200, demo: true, postgis };
}

/** The smallest size is for the reference job; the page's index matters where there are many. */
function indexPlanOf({ sizes, runs, short, peers }: Options): PageIndexPlan {
  const large = sizes.filter((size) => size >= 100_000);
  return { sizes: short || large.length === 0 ? sizes.slice(0, 1) : large, runs, shapes: short ? 20 : 100, turf: peers.includes('turf') };
}

function isRight(verdict: SizeResult['engineVerdict']): boolean {
  return verdict === null || (verdict.missing === 0 && verdict.extra === 0 && verdict.zones === 0 && verdict.totals);
}

/** Our own offsets: valid, never shrinking, a millimetre too wide at most and no more too narrow than arcs may be. */
function areasAreRight({ rows: [ours] }: AreasResult): boolean {
  return ours !== undefined && ours.failed + ours.invalid + ours.shrunk === 0 && ours.outwards < 0.001 && ours.inwards < 0.011;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
