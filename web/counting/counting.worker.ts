// Counts in the page, with the service's own counting code, over an index that lives in this worker's memory alone: it
// is never written to the browser's storage, and goes with the worker.
import { draftCount, NO_BASIS, placesOf, prepareDrafts, type DraftBasis } from '../../server/exposure/draftCount.ts';
import { flatShape, type FlatShape } from '../../server/exposure/flatShape.ts';
import { membershipOf } from '../../server/exposure/membership.ts';
import { unpackIndex, type PackedIndex } from '../../server/exposure/packed.ts';
import { countPacked } from '../../server/exposure/packedCount.ts';
import { NO_RUNS, unite, type Runs } from '../../server/exposure/runs/runList.ts';
import type { Geometry } from '../../server/domain/feature.ts';
import type { Answer, Compared, Request } from './messages.ts';

/** The index is a step behind the service: it is asked for again after this. */
const STALE_MS = 500;
/** More than these are not shown one by one. */
const MOST_PLACES = 3000;

let index: PackedIndex | null = null;
let compared: Compared | null = null;
let basis: DraftBasis = NO_BASIS;

const say = (answer: Answer) => self.postMessage(answer);

const area = (geometry: Geometry): FlatShape => flatShape({ kind: 'area', geometry }, geometry);

async function fetchIndex(): Promise<Response> {
  return fetch('/api/exposure/index', { credentials: 'same-origin', cache: 'no-store' });
}

async function load(): Promise<void> {
  const from = performance.now();
  try {
    const response = await fetchIndex();
    if (!response.ok) return say({ answer: 'failed', status: response.status, message: response.statusText });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const unpacked = unpackIndex(bytes);
    prepareDrafts(unpacked);
    index = unpacked;
    say({ answer: 'loaded', revision: index.revision, bytes: bytes.byteLength, milliseconds: performance.now() - from });
    await compare();
  } catch (error) {
    say({ answer: 'failed', status: 0, message: error instanceof Error ? error.message : String(error) });
  }
}

interface Memberships {
  readonly revision: number;
  /** Positions are sorted anew now and then: only numbers of the same order mean the same households. */
  readonly order: string | number;
  readonly zones: Readonly<Record<string, { readonly inside: readonly number[] } | null>>;
}

/** Which positions the zones take in that the draft would stand in place of; null when they are of another revision. */
async function standingOf(zones: readonly string[], at: PackedIndex): Promise<Runs | null> {
  if (zones.length === 0) return NO_RUNS;
  const query = new URLSearchParams(zones.map((zone) => ['zone', zone]));
  const response = await fetch(`/api/exposure/membership?${query}`, { credentials: 'same-origin', cache: 'no-store' });
  if (!response.ok) throw new Error(`membership answered ${response.status}`);
  const { revision, order, zones: found } = (await response.json()) as Memberships;
  if (revision !== at.revision || order !== at.order) return null;
  return Object.values(found).reduce<Runs>((all, one) => (one ? unite(all, Int32Array.from(one.inside)) : all), NO_RUNS);
}

/** Makes the basis anew: of another zone, or by a newer index. */
async function compare(): Promise<void> {
  const [now, at] = [compared, index];
  if (!now || !at) return;
  const saved = now.saved ? membershipOf(at, area(now.saved)) : null;
  // what is known at once counts at once; the townships follow
  basis = { saved, standing: null };
  let standing: Runs | null;
  try {
    standing = await standingOf(now.standing, at);
  } catch {
    return; // the townships are not shown rather than wrong; the next index asks again
  }
  if (compared !== now || index !== at) return;
  if (standing === null) return void setTimeout(() => void load(), STALE_MS);
  basis = { saved, standing };
  say({ answer: 'compared' });
}

self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  switch (data.ask) {
    case 'load':
      return void load();
    case 'compare':
      compared = data;
      return void compare();
    case 'count':
      if (index) say({ answer: 'counted', number: data.number, count: countPacked(index, area(data.area), data.base, data.at) });
      return;
    case 'draft':
      if (index) countDraft(index, data);
  }
});

function countDraft(at: PackedIndex, { number, shape, base, at: hour, places }: Extract<Request, { ask: 'draft' }>): void {
  try {
    const { count, comesIn, dropsOut } = draftCount(at, shape && area(shape), basis, base, hour);
    const few = places && (count.comesIn.households ?? 0) + (count.dropsOut.households ?? 0) <= MOST_PLACES;
    const changed = few ? { comesIn: placesOf(at, comesIn, MOST_PLACES), dropsOut: placesOf(at, dropsOut, MOST_PLACES) } : null;
    say({ answer: 'drafted', number, count, changed });
  } catch (error) {
    say({ answer: 'faulty', number, message: error instanceof Error ? error.message : String(error) });
  }
}
