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
 * fields of one feature; those in which they stand together in one field come first. Signs that SQL gives a meaning to have none here.
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
      const { rank, fits } = rankOf(searched, feature, text, words);
      ranked.push({ found: foundOf(searched, feature, fits), rank: rank * layers.length + place });
    }
  }
  ranked.sort(
    (a, b) => a.rank - b.rank || byName.compare(a.found.name ?? a.found.id, b.found.name ?? b.found.id) || compare(a.found.id, b.found.id),
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
  if (words.length > 1) await look(inFields(`${literal(words.join(''))}%`), RANKED);
  return { features: [...found.values()], complete: false };
}

/** Text as LIKE takes it literally. */
function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}

const EXACT_CODE = 0;
const EXACT = 1;
const BEGINS = 2;
/** Each of several words begins a field, or is one. */
const WORDS_BEGIN = 3;
const HOLDS = 4;
/** Of several words one or more are in the middle of a field. */
const WORDS_HOLD = 5;

/** The field in which a text was found, what it says there, and how well that fits. */
interface Fit {
  readonly rank: number;
  readonly match: Match;
  readonly value: string;
}

/**
 * How well a feature fits, and by which of its fields: by the whole text where one field has it all, whatever the spaces; otherwise
 * by all the words, as well as the one that fits worst.
 */
function rankOf(searched: SearchedLayer, feature: Feature, text: string, words: readonly string[]): { rank: number; fits: Fit[] } {
  const whole = fitOf(searched, feature, text);
  if (whole) return { rank: whole.rank, fits: [whole] };
  const fits = words.flatMap((word) => fitOf(searched, feature, word) ?? []);
  const begin = fits.length === words.length && fits.every(({ rank }) => rank <= BEGINS);
  return { rank: begin ? WORDS_BEGIN : WORDS_HOLD, fits };
}

/** In what form texts are compared: 小南沟 1号 is 小南沟1号. */
const compared = (text: string): string => text.toLowerCase().replaceAll(/\s+/gu, '');

/** The field that a text fits best, or null where none has it. */
function fitOf({ fields }: SearchedLayer, { id, properties }: Feature, wanted: string): Fit | null {
  const sought = compared(wanted);
  let best: Fit | null = null;
  for (const { field, match } of fields) {
    const value = field === 'id' ? id : textOf(properties, field);
    if (value === null) continue;
    const own = compared(value);
    if (!own.includes(sought)) continue;
    const rank = own === sought ? (match === 'code' ? EXACT_CODE : EXACT) : own.startsWith(sought) ? BEGINS : HOLDS;
    if (!best || rank < best.rank) best = { rank, match, value };
  }
  return best;
}

/** What is shown of a find: its name, and beside it first what was found of it where the name does not show that. */
function foundOf({ layer, fields, detail }: SearchedLayer, { id, geometry, properties }: Feature, fits: readonly Fit[]): Found {
  const name = nameOf(properties);
  const codes = fits.filter(({ match }) => match === 'code');
  const others = fits.filter(({ match, value }) => match !== 'code' && value !== name);
  const shown = new Set([...[...codes, ...others].map(({ value }) => value), ...detail(properties)]);
  const match = fits[0]?.match ?? fields[0]?.match ?? 'code';
  return { layer, id, name, detail: [...shown].join(' · ') || null, at: geometry && placeOf(geometry), match };
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

/** House numbers in the order of the numbers: 1号, 2号, 11号. */
const byName = new Intl.Collator('zh', { numeric: true });

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
