// The district's own boundary, where only its townships are given: the edges that belong to one township alone.
import type { FeatureCollection, MultiLineString, Position } from 'geojson';
import { shells, type Outline } from './veil.ts';

const pointKey = ([lon = 0, lat = 0]: Position): string => `${lon},${lat}`;

function edgeKey(a: Position, b: Position): string {
  const [x, y] = [pointKey(a), pointKey(b)];
  return x < y ? `${x} ${y}` : `${y} ${x}`;
}

const edgesOf = (ring: readonly Position[]): [Position, Position][] => ring.slice(1).map((to, i) => [ring[i] ?? to, to]);

/** Joins edges that follow each other in a ring into one line, so that their corners are drawn round. */
function join(edges: readonly [Position, Position][]): Position[][] {
  const lines: Position[][] = [];
  for (const [from, to] of edges) {
    const last = lines.at(-1);
    const end = last?.at(-1);
    if (last && end && pointKey(end) === pointKey(from)) last.push(to);
    else lines.push([from, to]);
  }
  return lines;
}

/** Nothing where a district feature is drawn anyway, or where neighbours share no edge exactly (every edge would count as outer). */
export function districtLine(outlines: readonly Outline[]): FeatureCollection<MultiLineString> {
  const empty: FeatureCollection<MultiLineString> = { type: 'FeatureCollection', features: [] };
  if (outlines.some((outline) => outline.level === 'county')) return empty;
  const rings = outlines.flatMap((outline) => shells(outline.geometry));
  const owners = new Map<string, number>();
  for (const [a, b] of rings.flatMap(edgesOf)) owners.set(edgeKey(a, b), (owners.get(edgeKey(a, b)) ?? 0) + 1);
  const shared = [...owners.values()].some((count) => count > 1);
  if (outlines.length > 1 && !shared) return empty;
  const coordinates = rings.flatMap((ring) => join(edgesOf(ring).filter(([a, b]) => owners.get(edgeKey(a, b)) === 1)));
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates } }] };
}
