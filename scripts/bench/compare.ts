// One size of the bench: the engine and the peers on the same world and the same jobs, and who is right.
import { startCluster, PostgisMissing } from '../verify/cluster.ts';
import { timed } from './measure.ts';
import { askOracle, type Oracle } from './oracle.ts';
import { collectPairs, differenceOf, pairOf, zonesThatDiffer } from './pairs.ts';
import { runPostgis } from './peers/postgis.ts';
import { loadTables } from './peers/postgisTables.ts';
import { runShapely } from './peers/shapely.ts';
import {
  PeerMissing,
  type EngineResult,
  type PairKeys,
  type PeerResult,
  type Plan,
  type RunEngine,
  type Totals,
  type World,
  type ZoneCount,
} from './types.ts';

export const PEERS = ['postgis', 'shapely', 'turf'] as const;
export type PeerName = (typeof PEERS)[number];

/** How an answer to the reference job differs from what is right. */
export interface Verdict {
  /** Pairs that are lacking and too many; null where no pairs were given out or too many to compare. */
  readonly missing: number | null;
  readonly extra: number | null;
  /** Zones whose figures differ. */
  readonly zones: number;
  readonly totals: boolean;
  /** `zone unit` of the first few pairs. */
  readonly examples: readonly string[];
}

export interface SizeResult {
  readonly households: number;
  readonly worldMs: number;
  readonly engine: EngineResult;
  readonly engineVerdict: Verdict | null;
  readonly oracle: (Omit<Oracle, 'pairs'> & { readonly pairs: number }) | null;
  readonly peers: readonly (PeerResult & { readonly verdicts: readonly Verdict[] })[];
  /** Households in each drawn polygon by PostGIS's planar predicate, or by the engine where there is no PostGIS. */
  readonly drawnFigures: readonly number[];
  /** Peers that did not run, and why. */
  readonly absent: readonly string[];
  readonly rssBytes: number;
}

/** More households than this are for the engine alone: peers take too long, and lists of pairs too much memory. */
const PEER_LIMIT = 2_000_000;

interface Answer {
  readonly byZone: readonly ZoneCount[];
  readonly totals: Totals;
  readonly pairs: PairKeys | null;
}

export async function compare(
  world: World,
  worldMs: number,
  plan: Plan,
  names: readonly PeerName[],
  runEngine: RunEngine,
): Promise<SizeResult> {
  const engine = await runEngine(world, { ...plan, threads: [1, 2] });
  const rssBytes = process.memoryUsage().rss;
  const small = world.lon.length <= PEER_LIMIT;
  const absent: string[] = small || names.length === 0 ? [] : [`${names.join(', ')}: not run above ${PEER_LIMIT} households`];
  let oracle: Oracle | null = null;
  const peers: PeerResult[] = [];
  for (const name of small ? names : []) {
    try {
      if (name === 'postgis') {
        const { peer, exact } = await withPostgis(world, plan);
        peers.push(peer);
        oracle = exact;
      } else if (name === 'shapely') peers.push(runShapely(world, plan));
      else peers.push(await (await import('./peers/turf.ts')).runTurf(world, plan));
    } catch (error) {
      absent.push(absenceOf(name, error));
    }
  }
  const engineAnswer: Answer = { ...engine, pairs: small ? collectPairs(world, engine.pairList(), engine.pairs) : null };
  const right: Answer = oracle ?? engineAnswer;
  return {
    households: world.lon.length,
    worldMs,
    engine,
    engineVerdict: oracle && verdictOf(world, right, engineAnswer),
    oracle: oracle && { ...oracle, pairs: oracle.pairs.length },
    peers: peers.map((peer) => ({ ...peer, verdicts: peer.reference.map((answer) => verdictOf(world, right, answer)) })),
    drawnFigures: peers.find(({ peer }) => peer === 'PostGIS')?.drawn[0]?.figures ?? engine.drawnFigures,
    absent,
    rssBytes,
  };
}

async function withPostgis(world: World, plan: Plan): Promise<{ peer: PeerResult; exact: Oracle }> {
  const cluster = await startCluster();
  try {
    const db = await cluster.database('bench');
    const [loading] = await timed(() => loadTables(db, world));
    const peer = await runPostgis(db, world, plan);
    const exact = await askOracle(db, world);
    return { peer: { ...peer, preparation: [{ what: 'loading, index, clustering', ms: loading }, ...peer.preparation] }, exact };
  } finally {
    await cluster.stop();
  }
}

function absenceOf(name: PeerName, error: unknown): string {
  if (error instanceof PostgisMissing || error instanceof PeerMissing) return `${name}: not run. ${error.message}`;
  if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
    return `${name}: not run. Its packages are missing: npm ci`;
  throw error;
}

function verdictOf(world: World, right: Answer, answer: Answer): Verdict {
  const pairs = right.pairs && answer.pairs ? differenceOf(right.pairs, answer.pairs) : null;
  return {
    missing: pairs?.missing ?? null,
    extra: pairs?.extra ?? null,
    zones: zonesThatDiffer(right.byZone, answer.byZone),
    totals: (['households', 'people', 'vulnerable', 'schools'] as const).every((key) => right.totals[key] === answer.totals[key]),
    examples: (pairs?.examples ?? []).map((key) => {
      const [zone, household] = pairOf(world, key);
      return `${world.zones[zone]?.name} ${world.ids(household)}`;
    }),
  };
}
