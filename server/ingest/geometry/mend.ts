// What is wrong with a file's geometry and can be put right without guessing: rings that do not close, run the wrong way,
// repeat a vertex, cross themselves or hold no ground. Each mend says what it did and what it did to the area.
import type { Geometry, Position, Ring } from '../../domain/feature.ts';
import { geodesicArea } from '../../geo/area.ts';
import { boundsOf } from '../../geo/bounds.ts';
import { polygonsOf } from '../../geo/covers.ts';
import { metresPerDegree } from '../../geo/ellipsoid.ts';
import { localFrame, mapPositions } from '../../geo/localFrame.ts';
import type { GeometryKernel } from '../../zones/kernel/geos.ts';

export interface Mend {
  readonly code:
    | 'ring_closed'
    | 'ring_rewound'
    | 'vertices_repeated'
    | 'self_crossing'
    | 'sliver_removed'
    | 'parts_left_out'
    | 'heights_dropped';
  readonly message: string;
}

/** Square metres under which a part of an area is a sliver. */
const SLIVER = 0.01;

type Raw = { readonly type?: unknown; readonly coordinates?: unknown; readonly geometries?: unknown };

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null;
const samePlace = (a: unknown, b: unknown) => Array.isArray(a) && Array.isArray(b) && a[0] === b[0] && a[1] === b[1];

/**
 * Mends the form of a raw geometry before it is checked: closes rings, drops repeated vertices, takes the parts of a collection
 * that the layer can hold. Anything that it does not understand is left for the check to refuse.
 * @param kinds geometry types that the layer holds
 */
export function mendForm(raw: unknown, kinds: readonly string[], mends: Mend[]): unknown {
  if (!isRaw(raw)) return raw;
  if (raw.type === 'GeometryCollection' && Array.isArray(raw.geometries)) return partsThatFit(raw.geometries, kinds, mends);
  switch (raw.type) {
    case 'Polygon':
      return { type: raw.type, coordinates: eachRing(raw.coordinates, mends) };
    case 'MultiPolygon':
      return {
        type: raw.type,
        coordinates: Array.isArray(raw.coordinates) ? raw.coordinates.map((rings: unknown) => eachRing(rings, mends)) : raw.coordinates,
      };
    case 'LineString':
      return { type: raw.type, coordinates: withoutRepeats(raw.coordinates, mends) };
    case 'MultiLineString':
      return {
        type: raw.type,
        coordinates: Array.isArray(raw.coordinates) ? raw.coordinates.map((line: unknown) => withoutRepeats(line, mends)) : raw.coordinates,
      };
    default:
      return raw;
  }
}

function partsThatFit(geometries: readonly unknown[], kinds: readonly string[], mends: Mend[]): unknown {
  const fitting = geometries.filter((part) => isRaw(part) && kinds.includes(String(part.type)));
  const [only] = fitting;
  if (fitting.length === 0) return { type: 'GeometryCollection' };
  if (fitting.length < geometries.length) {
    const left = geometries.length - fitting.length;
    note(
      mends,
      'parts_left_out',
      `几何集合中 ${left} 个不合本图层的部分未取 ${left} parts of the collection are of a kind that the layer does not hold, and were left out`,
    );
  }
  if (fitting.length === 1) return mendForm(only, kinds, mends);
  const polygons = fitting.flatMap((part): unknown[] => {
    const { type, coordinates } = part as { type: string; coordinates: unknown[] };
    return type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : [];
  });
  return polygons.length > 0 && kinds.includes('MultiPolygon')
    ? mendForm({ type: 'MultiPolygon', coordinates: polygons }, kinds, mends)
    : { type: 'GeometryCollection' };
}

function eachRing(rings: unknown, mends: Mend[]): unknown {
  return Array.isArray(rings) ? rings.map((ring) => closedRing(withoutRepeats(ring, mends), mends)) : rings;
}

function closedRing(ring: unknown, mends: Mend[]): unknown {
  if (!Array.isArray(ring) || ring.length < 3 || samePlace(ring[0], ring.at(-1))) return ring;
  note(mends, 'ring_closed', '边界未闭合，已闭合 a ring did not end where it begins and was closed');
  return [...(ring as unknown[]), ring[0]];
}

function withoutRepeats(line: unknown, mends: Mend[]): unknown {
  if (!Array.isArray(line)) return line;
  const kept = line.filter((p: unknown, i) => i === 0 || !samePlace(p, line[i - 1]));
  if (kept.length === line.length || kept.length < 2) return line;
  note(
    mends,
    'vertices_repeated',
    `去除 ${line.length - kept.length} 个重复顶点 ${line.length - kept.length} repeated vertices were dropped`,
  );
  return kept;
}

/**
 * Mends what an area covers: a boundary that crosses itself becomes the area inside it by the even-odd rule, by which it would be
 * counted anyway; slivers go; rings run as RFC 7946 wants.
 * @param sayRewound GeoJSON has a rule for the direction of rings; other formats have their own, and are turned without a word
 * @returns null when nothing with ground in it is left
 */
export function mendArea(geometry: Geometry, kernel: GeometryKernel, mends: Mend[], sayRewound: boolean): Geometry | null {
  if (polygonsOf(geometry).length === 0) return geometry;
  const sound = kernel.isValid(geometry) ? geometry : uncrossed(geometry, kernel, mends);
  const firm = sound && withoutSlivers(sound, mends);
  if (!firm) return null;
  const wound = rewound(firm);
  // a boundary that was made anew has no direction to complain of
  if (wound !== firm && sayRewound && sound === geometry)
    note(mends, 'ring_rewound', '边界绕向不合 RFC 7946，已改 a ring ran against the direction of RFC 7946 and was turned');
  return wound;
}

function uncrossed(geometry: Geometry, kernel: GeometryKernel, mends: Mend[]): Geometry | null {
  // in metres, so that tolerances mean the same everywhere
  const frame = localFrame(boundsOf(geometry));
  let mended: Geometry;
  try {
    mended = mapPositions(kernel.makeValid(mapPositions(geometry, frame.toMetres)), frame.toDegrees);
  } catch {
    return null;
  }
  const exact = snapped(mended, geometry);
  // the area by the boundary's own direction, in which lobes that run the other way count against
  const [before, after] = [geodesicArea(geometry).area, geodesicArea(exact).area];
  note(
    mends,
    'self_crossing',
    `边界自相交，已按所围范围修复：面积 ${before.toFixed(1)} → ${after.toFixed(1)} m² the boundary crosses itself; the area inside it was taken: ${before.toFixed(1)} → ${after.toFixed(1)} m²`,
  );
  return exact;
}

/** Vertices that were there keep their own digits: only crossings are new. */
function snapped(geometry: Geometry, original: Geometry): Geometry {
  const known = new Map<string, Position>();
  const key = ([x, y]: Position) => `${x.toFixed(9)} ${y.toFixed(9)}`;
  for (const rings of polygonsOf(original)) for (const p of rings.flat()) known.set(key(p), p);
  return mapPositions(geometry, (p) => known.get(key(p)) ?? p);
}

function withoutSlivers(geometry: Geometry, mends: Mend[]): Geometry | null {
  let dropped = 0;
  const firm = (ring: Ring) => {
    const keep = squareMetres(ring) >= SLIVER;
    if (!keep) dropped++;
    return keep;
  };
  const parts = polygonsOf(geometry).flatMap((rings) => {
    const [shell, ...holes] = rings;
    return shell && firm(shell) ? [[shell, ...holes.filter(firm)]] : [];
  });
  const [only] = parts;
  // an area that is small all over is no sliver of another: a footprint of a few centimetres is a poor footprint, and kept
  if (!only) return polygonsOf(geometry).some(([shell]) => shell && squareMetres(shell) > 0) ? geometry : null;
  if (dropped === 0) return geometry;
  note(
    mends,
    'sliver_removed',
    `去除 ${dropped} 个面积不足 ${SLIVER} m² 的碎面 ${dropped} parts or holes of less than ${SLIVER} m² were dropped`,
  );
  return parts.length === 1 ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: parts };
}

/** Shells counterclockwise, holes clockwise; the geometry itself where they are. */
function rewound(geometry: Geometry): Geometry {
  let turned = false;
  const wind = (ring: Ring, counterclockwise: boolean): Ring => {
    if (signedArea(ring) > 0 === counterclockwise) return ring;
    turned = true;
    return ring.toReversed();
  };
  const parts = polygonsOf(geometry).map((rings) => rings.map((ring, i) => wind(ring, i === 0)));
  if (!turned) return geometry;
  return geometry.type === 'Polygon' ? { type: 'Polygon', coordinates: parts[0] ?? [] } : { type: 'MultiPolygon', coordinates: parts };
}

function signedArea(ring: Ring): number {
  let twice = 0;
  const [x0, y0] = ring[0] ?? [0, 0];
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] as Position;
    const [bx, by] = ring[i] as Position;
    twice += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return twice;
}

/** By the metric at the ring's first vertex: close enough to tell a sliver. */
function squareMetres(ring: Ring): number {
  const scale = metresPerDegree(ring[0]?.[1] ?? 0);
  return (Math.abs(signedArea(ring)) / 2) * scale.x * scale.y;
}

/** Once per kind of mend and geometry. */
function note(mends: Mend[], code: Mend['code'], message: string): void {
  if (!mends.some((mend) => mend.code === code)) mends.push({ code, message });
}
