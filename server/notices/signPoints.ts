// Where the warning signs of a danger zone stand: as registered, else proposed along its outer boundary (pure).
import type { Feature, JsonValue, Position, PropertyValue, Ring } from '../domain/feature.ts';
import { boundsMeet, boundsOfPositions } from '../geo/bounds.ts';
import { segmentsMeet } from '../geo/covers.ts';
import { distanceBetween } from '../geo/ellipsoid.ts';
import { chainsOf } from '../geo/segment.ts';

export interface Sign {
  /** B1, B2, … */
  readonly label: string;
  readonly position: Position;
  /** What it says; null where a registered sign has no text. */
  readonly text: string | null;
  /** Where and why there. */
  readonly place: string;
  readonly proposed: boolean;
}

export interface SignPlan {
  readonly signs: readonly Sign[];
  /** Entries of the register's list that name no position. */
  readonly malformed: number;
  /** The largest distance in metres between neighbouring proposals along the boundary; null for registered signs. */
  readonly spacing: number | null;
}

export interface SignTexts {
  /** Where people walk in from anywhere. */
  readonly boundary: string;
  /** Where a road leads through: traffic may pass, but not stay. */
  readonly road: string;
}

const LEAST_SIGNS = 4;
/** Of one ring: a spacing of millimetres in the rules must not fill a book. */
const MOST_SIGNS = 1000;
/** Crossings nearer together than this share a sign: the two edges of one road. */
const SAME_PLACE_M = 20;

/**
 * The signs of a zone. Registered ones win; without any, places are proposed on every outer ring where a road crosses it and
 * evenly between, at least four, at most `spacing` metres apart (or as far as a thousand signs on one ring leave them).
 */
export function signPlan(
  registered: PropertyValue,
  rings: readonly Ring[],
  roads: readonly Feature[],
  spacing: number,
  texts: SignTexts,
): SignPlan {
  const read = readSigns(registered);
  if (read.signs.length > 0) return { signs: read.signs, malformed: read.malformed, spacing: null };
  const proposals = rings.map((ring) => proposed(ring, roads, spacing));
  const signs = proposals
    .flatMap((of) => of.signs)
    .map(({ position, road }, at): Sign => ({
      label: `B${at + 1}`,
      position,
      text: road === null ? texts.boundary : texts.road,
      place: road === null ? '边界' : `道路${road === '' ? '' : `“${road}”`}与边界交点`,
      proposed: true,
    }));
  return { signs, malformed: read.malformed, spacing: Math.max(0, ...proposals.map((of) => of.step)) };
}

/** The entries of the zone's `signs` that name a position.  */
function readSigns(value: PropertyValue): { signs: Sign[]; malformed: number } {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return { signs: [], malformed: 0 };
  const entries: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  const signs: Sign[] = [];
  for (const entry of entries) {
    const position = positionOf(entry);
    if (!position) continue;
    const text = (entry as { text?: unknown }).text;
    signs.push({
      label: `B${signs.length + 1}`,
      position,
      text: typeof text === 'string' && text.trim() !== '' ? text.trim() : null,
      place: '已登记',
      proposed: false,
    });
  }
  return { signs, malformed: entries.length - signs.length };
}

/** `point`, `coordinates`, or `lon` and `lat` of an entry, as degrees; null where they are none. */
function positionOf(entry: JsonValue): Position | null {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return null;
  const members = entry as Readonly<Record<string, JsonValue>>;
  const given = members['point'] ?? members['coordinates'];
  const pair: readonly unknown[] = Array.isArray(given) ? given : [members['lon'], members['lat']];
  const [lon, lat] = pair;
  if (typeof lon !== 'number' || typeof lat !== 'number' || !(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) return null;
  return [lon, lat];
}

interface Proposal {
  readonly position: Position;
  /** The name of the road that crosses here, '' without a name; null on plain boundary. */
  readonly road: string | null;
}

function proposed(ring: Ring, roads: readonly Feature[], spacing: number): { signs: Proposal[]; step: number } {
  const along = cumulative(ring);
  const length = along.at(-1) ?? 0;
  if (length === 0) return { signs: [], step: 0 };
  const crossings = apart(crossingsOf(ring, along, roads), length);
  const limit = Math.max(spacing, length / MOST_SIGNS);
  // without a crossing the first corner is the anchor
  const anchors = crossings.length > 0 ? crossings : [{ at: 0, road: null }];
  const gaps = anchors.map((anchor, i) => {
    const next = anchors[i + 1]?.at ?? (anchors[0]?.at ?? 0) + length;
    return { ...anchor, gap: next - anchor.at, pieces: Math.max(1, Math.ceil((next - anchor.at) / limit - 1e-9)) };
  });
  for (let count = gaps.reduce((sum, { pieces }) => sum + pieces, 0); count < LEAST_SIGNS; count++) {
    const widest = gaps.reduce((best, gap) => (gap.gap / gap.pieces > best.gap / best.pieces ? gap : best));
    widest.pieces++;
  }
  const signs = gaps.flatMap(({ at, road, gap, pieces }) =>
    Array.from({ length: pieces }, (_, k): Proposal => ({
      position: positionAt(ring, along, (at + (gap * k) / pieces) % length),
      road: k === 0 ? road : null,
    })),
  );
  return { signs, step: Math.max(...gaps.map(({ gap, pieces }) => gap / pieces)) };
}

/** Metres along the ring at each vertex. */
function cumulative(ring: Ring): Float64Array {
  const along = new Float64Array(ring.length);
  for (let i = 1; i < ring.length; i++) along[i] = (along[i - 1] ?? 0) + distanceBetween(ring[i - 1] as Position, ring[i] as Position);
  return along;
}

/** The position this many metres along the ring. */
function positionAt(ring: Ring, along: Float64Array, distance: number): Position {
  let [low, high] = [1, along.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((along[middle] ?? 0) < distance) low = middle + 1;
    else high = middle;
  }
  const a = ring[low - 1] as Position;
  const b = ring[low] as Position;
  const edge = (along[low] ?? 0) - (along[low - 1] ?? 0);
  const t = edge === 0 ? 0 : Math.max(0, Math.min(1, (distance - (along[low - 1] ?? 0)) / edge));
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
}

interface Crossing {
  /** Metres along the ring. */
  readonly at: number;
  readonly road: string | null;
}

function crossingsOf(ring: Ring, along: Float64Array, roads: readonly Feature[]): Crossing[] {
  const box = boundsOfPositions(ring);
  const found: Crossing[] = [];
  for (const road of roads) {
    const name = road.properties['name'];
    for (const chain of road.geometry ? chainsOf(road.geometry) : []) {
      for (let k = 1; k < chain.length; k++) {
        const [a, b] = [chain[k - 1] as Position, chain[k] as Position];
        if (!boundsMeet(boundsOfPositions([a, b]), box)) continue;
        for (let i = 1; i < ring.length; i++) {
          const at = crossing(a, b, ring[i - 1] as Position, ring[i] as Position);
          if (at === null) continue;
          found.push({
            at: (along[i - 1] ?? 0) + at * ((along[i] ?? 0) - (along[i - 1] ?? 0)),
            road: typeof name === 'string' ? name : '',
          });
        }
      }
    }
  }
  return found.toSorted((one, other) => one.at - other.at);
}

/** How far along c-d, from 0 to 1, the segment a-b crosses it; null when it does not, or runs along it. */
function crossing(a: Position, b: Position, c: Position, d: Position): number | null {
  if (Math.max(c[0], d[0]) < Math.min(a[0], b[0]) || Math.min(c[0], d[0]) > Math.max(a[0], b[0])) return null;
  if (!segmentsMeet(a, b, c, d)) return null;
  const across = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0]);
  if (across === 0) return null;
  const t = ((b[0] - a[0]) * (a[1] - c[1]) - (b[1] - a[1]) * (a[0] - c[0])) / across;
  return Math.max(0, Math.min(1, t));
}

/** One crossing of each group nearer together than a sign is worth, round the end of the ring too. */
function apart(crossings: readonly Crossing[], length: number): Crossing[] {
  const kept: Crossing[] = [];
  for (const crossing of crossings) {
    const last = kept.at(-1);
    const first = kept[0];
    if (last && crossing.at - last.at < SAME_PLACE_M) continue;
    if (first && first !== last && first.at + length - crossing.at < SAME_PLACE_M) continue;
    kept.push(crossing);
  }
  return kept;
}
