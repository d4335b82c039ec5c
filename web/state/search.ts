// Finds a place by its name among public features, or by coordinates in degrees however they are written.
import { readAngle, type Angle } from '../../server/ingest/positions/angle.ts';
import type { NamedPlace } from './places.ts';

export interface Coordinates {
  readonly lon: number;
  readonly lat: number;
}

/** Coordinates with how they were read. */
export interface Reading extends Coordinates {
  readonly notation: 'decimal' | 'dms';
}

const HEMISPHERE = '东经|西经|北纬|南纬|[东西南北ENSWensw]';
/** Between two angles: a separator, which goes, or a hemisphere, which stays with its angle. */
const BETWEEN = new RegExp(String.raw`[,，、;；/|]\s*|\s+|(?<=\S)(?=${HEMISPHERE})|(?<=[ENSWensw东西南北])(?=\d)`, 'gu');

/** Every way to take a text for two, separators first that leave nothing to doubt. */
function halves(text: string): (readonly [string, string])[] {
  const cuts = [...text.matchAll(BETWEEN)].map(({ 0: gap, index }) => ({ gap, index }));
  const rank = (gap: string): number => (/[,，、;；/|]/.test(gap) ? 0 : gap === '' ? 1 : 2);
  return cuts
    .sort((a, b) => rank(a.gap) - rank(b.gap))
    .map(({ gap, index }) => [text.slice(0, index).trim(), text.slice(index + gap.length).trim()] as const)
    .filter(([first, second]) => first !== '' && second !== '');
}

const degreesOf = (angle: Angle): number => (angle.kind === 'bare' ? angle.value : angle.degrees);
const axisOf = (angle: Angle): 'lon' | 'lat' | null => (angle.kind === 'bare' ? null : angle.axis);

/** Where two angles lead; in China the longitude is the greater. Null for a place far from there, or for twice the same axis. */
function placeOf(first: Angle, second: Angle): Reading | null {
  const [a, b] = [degreesOf(first), degreesOf(second)];
  const axes = [axisOf(first), axisOf(second)];
  if (axes[0] !== null && axes[0] === axes[1]) return null;
  const lonFirst = axes[0] === 'lon' || axes[1] === 'lat' || (axes[0] === null && axes[1] === null && a > b);
  const [lon, lat] = lonFirst ? [a, b] : [b, a];
  if (!(lon > 70 && lon <= 140 && lat >= 15 && lat <= 55)) return null;
  const dms = [first, second].some((angle) => angle.kind === 'stated' && angle.notation === 'dms');
  return { lon, lat, notation: dms ? 'dms' : 'decimal' };
}

/**
 * Reads `113.56,37.87`, `113°33′36″E 37°52′12″N`, `北纬37度52分12秒，东经113度33分36秒`, `113 33 36, 37 52 12`: with any of the
 * usual separators and either order.
 */
export function readCoordinates(text: string): Reading | null {
  if (!/\p{Nd}/u.test(text) || text.length > 80) return null;
  for (const [first, second] of halves(text.trim())) {
    const [a, b] = [readAngle(withoutColon(first)), readAngle(withoutColon(second))];
    const found = a && b && placeOf(a, b);
    if (found) return found;
  }
  return null;
}

/** `经度：113.56` says its axis in a word that an angle does not know. */
const withoutColon = (text: string): string =>
  text.replace(/^(?:经度|lon(?:gitude)?|lng)\s*[:：=]?\s*/i, 'E').replace(/^(?:纬度|lat(?:itude)?)\s*[:：=]?\s*/i, 'N');

/** Two numbers that can be metres of a zone: a northing beside an easting with or without the number of its zone. */
export interface GridText {
  readonly easting: number;
  readonly northing: number;
  readonly prefixed: boolean;
}

const isNorthing = (value: number): boolean => value >= 1_600_000 && value < 6_200_000;
const isPrefixed = (value: number): boolean => value >= 13_000_000 && value < 46_000_000;
const isPlainEasting = (value: number): boolean => value >= 100_000 && value < 900_000;

/** Reads `4193169.71, 38461203.36`, `X=4193169.71 Y=461203.36`: in either order, for which is which is told by their size. */
export function readGridText(typed: string): GridText | null {
  const text = typed.normalize('NFKC');
  const numbers = text.match(/\d+(?:\.\d+)?/g)?.map(Number) ?? [];
  if (!/^[\s\d.,，、;；:：=()（）XYNExyne米m横纵坐标东北距]+$/.test(text) || numbers.length !== 2) return null;
  const [a = 0, b = 0] = numbers;
  const [northing, easting] = isNorthing(a) ? [a, b] : [b, a];
  if (!isNorthing(northing) || !(isPrefixed(easting) || isPlainEasting(easting))) return null;
  return { easting, northing, prefixed: isPrefixed(easting) };
}

/** Names that contain the text, those that begin with it first, shorter before longer. */
export function findPlaces(all: readonly NamedPlace[], text: string, most = 8): NamedPlace[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const rank = (place: NamedPlace): number => (place.name.toLowerCase().startsWith(wanted) ? 0 : 1);
  return all
    .filter((place) => place.name.toLowerCase().includes(wanted) || place.id.toLowerCase() === wanted)
    .sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length || a.name.localeCompare(b.name))
    .slice(0, most);
}
