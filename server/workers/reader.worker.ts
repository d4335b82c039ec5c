// The thread that answers: figures, lists, items and tiles. What is large leaves it as bytes, ready to be sent.
import { availableParallelism } from 'node:os';
import { workerData } from 'node:worker_threads';
import type { ChangeSet } from '../domain/changeSet.ts';
import type { Geometry, Position } from '../domain/feature.ts';
import type { PopulationBase } from '../domain/figure.ts';
import type { LayerName } from '../domain/layer.ts';
import type { RuleSet } from '../domain/rules.ts';
import type { Role } from '../domain/role.ts';
import type { ExposureFilter } from '../exposure/filter.ts';
import type { UnitKind } from '../exposure/unit.ts';
import type { NamedCheck } from '../reports/proximityReport.ts';
import { reportBytes, type Report, type ReportFormat } from '../reports/report.ts';
import { openGeoPackage } from '../store/gpkg/geopackageStore.ts';
import type { ListFormat } from '../views/exposedList.ts';
import { onTheWire, type ItemsRequest } from '../views/items.ts';
import { Cancelled, isBulk, Reader } from '../views/reader.ts';
import type { Supposed } from '../zones/points/proposal.ts';
import { countWith } from './countingThreads.ts';
import { stepBack } from './priority.ts';
import { serve } from './rpc.ts';

export interface ReaderData {
  storePath: string;
}

stepBack(3);
const store = openGeoPackage((workerData as ReaderData).storePath, { readOnly: true });
/** More threads than this wait for memory, not for each other. */
const MOST_THREADS = 4;
const reader = new Reader(store, countWith(Math.min(availableParallelism(), MOST_THREADS)));
const encoder = new TextEncoder();

/** Commits are applied one after another, and never overlap a reload. */
let applying: Promise<unknown> = Promise.resolve();
function inOrder<T>(work: () => Promise<T>): Promise<T> {
  const run = applying.then(work);
  applying = run.catch(() => undefined);
  return run;
}

/** How far the computation under way is, told to the service. */
export interface Computing {
  readonly computing: { readonly done: number; readonly of: number };
}

let newest: { abort: AbortController; run: Promise<number> } | null = null;

/** Counts everything anew. A computation that a newer one overtakes is called off, and ends when the newer one does. */
function reload(): Promise<number> {
  newest?.abort.abort();
  const abort = new AbortController();
  const progress = (done: number, of: number) => port.emit({ computing: { done, of } } satisfies Computing);
  const own = { abort, run: inOrder(() => reader.load({ signal: abort.signal, progress })) };
  newest = own;
  return own.run.catch((error: unknown) => {
    if (error instanceof Cancelled && newest && newest !== own) return newest.run;
    throw error;
  });
}

async function written(report: Report, format: ReportFormat) {
  return { bytes: await reportBytes(report, format), count: report.rows.length };
}

const handlers = {
  load: () => reload(),
  apply: async (set: ChangeSet): Promise<void> => {
    await (isBulk(set) ? reload() : inOrder(() => reader.apply(set)));
  },
  isEmpty: () => reader.isEmpty(),
  exposure: async (filter: ExposureFilter) => encoder.encode(JSON.stringify(reader.exposure(filter))),
  published: async (at: string) => reader.published(at),
  list: (kind: UnitKind, filter: ExposureFilter, options: { limit: number | null; cursor: string | null; format: ListFormat }) =>
    reader.list(kind, filter, options),
  standing: async (kind: UnitKind, filter: ExposureFilter) => reader.standing(kind, filter),
  whatIf: (geometry: Geometry, radius: number | null, zone: string | null, filter: ExposureFilter) =>
    reader.whatIf(geometry, radius, zone, filter),
  whatIfList: (geometry: Geometry, against: Geometry | null, limit: number, base: PopulationBase) =>
    reader.whatIfList(geometry, against, limit, base),
  memberships: async (zones: readonly string[]) => {
    const answer = reader.memberships(zones);
    return { bytes: encoder.encode(JSON.stringify(answer)), revision: answer.revision };
  },
  /** The packed index: bytes are moved to the caller. */
  packed: async () => reader.packed(),
  indexVersion: async () => reader.indexVersion(),
  why: async (kind: UnitKind, id: string) => reader.why(kind, id),
  /** The features of a page as JSON text, without the enclosing collection. */
  items: async (request: ItemsRequest) => {
    const page = await reader.items(request);
    const features = page.features.map((feature) => JSON.stringify(onTheWire(request.role, request.layer, feature))).join(',');
    return { features: encoder.encode(features), returned: page.features.length, matched: page.matched, next: page.next };
  },
  item: (role: Role, layer: LayerName, id: string, epsg: number, northFirst: boolean) => reader.item(role, layer, id, epsg, northFirst),
  proposal: (id: string, supposed: Supposed | null) => reader.proposal(id, supposed),
  proximity: async (asked: NamedCheck | null, format: ReportFormat) => written(await reader.proximity(asked), format),
  subsidenceDamage: async (format: ReportFormat) => written(await reader.subsidenceDamage(), format),
  riverPositions: (position: Position) => reader.riverPositions(position),
  rules: () => reader.rules(),
  ruleHistory: () => reader.ruleHistory(),
  previewRules: (proposed: RuleSet) => reader.previewRules(proposed),
  history: (layer: LayerName, id: string) => reader.history(layer, id),
  removed: (layer: LayerName, limit: number) => reader.removed(layer, limit),
  tile: (role: Role, layer: LayerName, z: number, x: number, y: number) => reader.tile(role, layer, z, x, y),
  summary: (role: Role) => reader.summary(role),
  extent: async (role: Role, layer: LayerName) => (await reader.seen(role, layer)).bounds,
};
export type ReaderHandlers = typeof handlers;

const port = serve(handlers, () => store.close());
