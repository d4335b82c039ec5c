// One box for everything that has a name: codes, names, addresses, people, telephone numbers. Runs in a thread of its own, which may
// read a million rows without anybody waiting for it.
import { textOf, type Feature, type Geometry, type Position } from '../domain/feature.ts';
import type { LayerName } from '../domain/layer.ts';
import type { Role } from '../domain/role.ts';
import { boundsOf } from '../geo/bounds.ts';
import { covers, polygonsOf } from '../geo/covers.ts';
import { chainsOf } from '../geo/segment.ts';
import { may } from '../policy/policy.ts';
import type { Filter } from '../store/filter.ts';
import type { FeatureStore } from '../store/store.ts';
import { nameOf } from './featureName.ts';
import { SEARCHED, type Match, type SearchedLayer } from './searchFields.ts';

export interface Found {
  readonly layer: LayerName;
  readonly id: string;
  readonly name: string | null;
  readonly detail: string | null;
  /** A position on the feature, to go there; null for a household without one. */
  readonly at: Position | null;
  readonly match: Match;
}

export interface SearchAnswer {
  readonly results: readonly Found[];
  /** There may be more, and better ones, than were looked at: more rows match than are ranked. */
  readonly complete: boolean;
}

/** Rows of a layer that are ranked; when more match, those that begin with the text are looked for beside. */
const RANKED = 500;
/** Characters; so many that a pasted address is held. */
export const LONGEST_QUERY = 100;

const ONE_CHARACTER = /^\p{Script=Han}$/u;

/**
 * Features found by a text: exact codes first, then what begins with it, then what holds it. Several words must all be in the searched
 * fields of one feature. Signs that SQL gives a meaning to have none here.
 * @param query at most {@link LONGEST_QUERY} characters; of one Chinese character townships are found, of anything shorter nothing
 */
export async function search(store: FeatureStore, role: Role, query: string, limit: number): Promise<SearchAnswer> {
  const text = query.trim();
  const words = text.split(/\s+/u);
  const layers = SEARCHED.filter(({ layer }) => may(role, 'read', layer)).filter(
    ({ layer }) => [...text].length > 1 || (layer === 'townships' && ONE_CHARACTER.test(text)),
  );
  const ranked: { found: Found; rank: number }[] = [];
  let complete = true;
  for (const [place, searched] of layers.entries()) {
    const seen = await candidates(store, searched, text, words);
    complete &&= seen.complete;
    for (const feature of seen.features) {
      const { rank, match } = rankOf(searched, feature, text, words);
      ranked.push({ found: foundOf(searched, feature, match), rank: rank * layers.length + place });
    }
  }
  ranked.sort(
    (a, b) => a.rank - b.rank || compare(a.found.name ?? a.found.id, b.found.name ?? b.found.id) || compare(a.found.id, b.found.id),
  );
  return { results: ranked.slice(0, limit).map(({ found }) => found), complete: complete && ranked.length <= limit };
}

async function candidates(store: FeatureStore, { layer, fields }: SearchedLayer, text: string, words: readonly string[]) {
  const found = new Map<string, Feature>();
  const look = async (filter: Filter, most: number): Promise<number> => {
    let count = 0;
    for await (const feature of store.select(layer, { filter, limit: most })) {
      found.set(feature.id, feature);
      count++;
    }
    return count;
  };
  const inFields = (pattern: string): Filter => ({
    op: 'or',
    args: fields.map(({ field }) => ({ op: 'like', property: field, pattern })),
  });
  const holding = await look({ op: 'and', args: words.map((word) => inFields(`%${literal(word)}%`)) }, RANKED);
  if (holding < RANKED) return { features: [...found.values()], complete: true };
  // so many hold it that the best may not be among those seen
  const exact = fields.filter(({ match }) => match === 'code');
  await look({ op: 'or', args: exact.map(({ field }) => ({ op: '=', property: field, value: text })) }, RANKED);
  await look(inFields(`${literal(text)}%`), RANKED);
  return { features: [...found.values()], complete: false };
}

/** Text as LIKE takes it literally. */
function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}

const EXACT_CODE = 0;
const EXACT = 1;
const BEGINS = 2;
const HOLDS = 3;

/** How well a feature fits, and by which of its fields: by the whole text where one field has it all, else by the first word. */
function rankOf({ fields }: SearchedLayer, feature: Feature, text: string, words: readonly string[]): { rank: number; match: Match } {
  const best = { rank: Infinity, match: fields[0]?.match ?? 'code' };
  const try_ = (wanted: string, penalty: number) => {
    const sought = wanted.toLowerCase();
    for (const { field, match } of fields) {
      const value = (field === 'id' ? feature.id : textOf(feature.properties, field))?.toLowerCase();
      if (value === undefined || !value.includes(sought)) continue;
      const own = value === sought ? (match === 'code' ? EXACT_CODE : EXACT) : value.startsWith(sought) ? BEGINS : HOLDS;
      const rank = Math.max(own, penalty);
      if (rank < best.rank) Object.assign(best, { rank, match });
    }
  };
  try_(text, EXACT_CODE);
  if (best.rank === Infinity) try_(words[0] ?? text, BEGINS);
  return { rank: Math.min(best.rank, HOLDS), match: best.match };
}

function foundOf({ layer, detail }: SearchedLayer, { id, geometry, properties }: Feature, match: Match): Found {
  return { layer, id, name: nameOf(properties), detail: detail(properties), at: geometry && placeOf(geometry), match };
}

/** A position on the feature: of an area the middle of its box where that lies in it, of a line its middle vertex. */
function placeOf(geometry: Geometry): Position | null {
  if (geometry.type === 'Point') return geometry.coordinates;
  const [chain] = chainsOf(geometry);
  if (polygonsOf(geometry).length === 0) return chain?.[chain.length >> 1] ?? null;
  const [west, south, east, north] = boundsOf(geometry);
  const middle: Position = [(west + east) / 2, (south + north) / 2];
  return covers(geometry, middle) ? middle : (chain?.[0] ?? null);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
