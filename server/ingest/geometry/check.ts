// Geometry as a file has it, checked and turned into lon/lat. What cannot be held is refused with its reason.
import type { Geometry, Position } from '../../domain/feature.ts';
import { layerOf, type GeometryType, type LayerName } from '../../domain/layer.ts';
import type { Crs } from '../../geo/crs.ts';

export type Checked = { geometry: Geometry | null } | { fault: string; message: string };

export const GEOMETRY_LIMITS = { positions: 500_000, parts: 50_000 } as const;

const GEOMETRY_WORDS: Readonly<Record<GeometryType, string>> = {
  Point: 'point',
  LineString: 'line',
  MultiLineString: 'multi-part line',
  Polygon: 'polygon',
  MultiPolygon: 'multi-part polygon',
};

class Refusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Checks a raw GeoJSON geometry of a layer's feature. Null stays null. */
export function checkGeometry(layer: LayerName, raw: unknown, crs: Crs): Checked {
  if (raw === null || raw === undefined) return { geometry: null };
  try {
    const geometry = read(raw, new Walker(crs));
    const allowed = layerOf(layer).geometry;
    if (geometry && !allowed.includes(geometry.type)) {
      const words = allowed.map((type) => GEOMETRY_WORDS[type]).join(' or ');
      return {
        fault: 'geometry_type',
        message: `a ${GEOMETRY_WORDS[geometry.type]} cannot be a feature of ${layer}, which wants a ${words}`,
      };
    }
    return { geometry };
  } catch (error) {
    if (error instanceof Refusal) return { fault: error.code, message: error.message };
    throw error;
  }
}

/** Reads positions and keeps count, so that a huge geometry costs no more than the limit. */
class Walker {
  private readonly crs: Crs;
  private positions = 0;
  private parts = 0;

  constructor(crs: Crs) {
    this.crs = crs;
  }

  position(raw: unknown): Position {
    if (++this.positions > GEOMETRY_LIMITS.positions)
      throw new Refusal('geometry_too_large', `more than ${GEOMETRY_LIMITS.positions} vertices`);
    if (!Array.isArray(raw) || typeof raw[0] !== 'number' || typeof raw[1] !== 'number') {
      throw new Refusal('coordinates_malformed', 'a position is not a pair of numbers');
    }
    const position = this.crs.toLonLat([raw[0], raw[1]]);
    assertOnGlobe(position);
    return position;
  }

  chain(raw: unknown, least: number, what: string): Position[] {
    if (++this.parts > GEOMETRY_LIMITS.parts) throw new Refusal('geometry_too_large', `more than ${GEOMETRY_LIMITS.parts} parts`);
    if (!Array.isArray(raw)) throw new Refusal('coordinates_malformed', `a ${what} is not a list of positions`);
    if (raw.length < least) throw new Refusal(`${what}_too_short`, `a ${what} has ${raw.length} positions and needs at least ${least}`);
    return raw.map((position) => this.position(position));
  }

  ring(raw: unknown): Position[] {
    const ring = this.chain(raw, 3, 'ring');
    const first = ring[0] as Position;
    const last = ring.at(-1) as Position;
    if (first[0] !== last[0] || first[1] !== last[1]) {
      throw new Refusal('ring_not_closed', 'a ring does not end where it begins (its last position must repeat the first)');
    }
    if (ring.length < 4) throw new Refusal('ring_too_short', `a ring has ${ring.length} positions and needs at least 4`);
    return ring;
  }

  list<T>(raw: unknown, read: (part: unknown) => T): T[] {
    if (!Array.isArray(raw)) throw new Refusal('coordinates_malformed', 'the coordinates are not a list');
    return raw.map(read);
  }
}

/** @throws Refusal when a position is not a finite lon/lat */
function assertOnGlobe([lon, lat]: Position): void {
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) throw new Refusal('not_finite', 'a coordinate is not a finite number');
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) {
    throw new Refusal(
      'off_the_globe',
      `the position ${lon}, ${lat} is off the globe (longitude within ±180, latitude within ±90): is the coordinate system right?`,
    );
  }
}

function read(raw: unknown, walk: Walker): Geometry | null {
  if (typeof raw !== 'object' || raw === null) throw new Refusal('geometry_malformed', 'the geometry is not an object');
  const { type, coordinates } = raw as { type?: unknown; coordinates?: unknown };
  const polygon = (part: unknown) => walk.list(part, (ring) => walk.ring(ring));
  const line = (part: unknown) => walk.chain(part, 2, 'line');
  const isEmpty = Array.isArray(coordinates) && coordinates.length === 0;
  switch (type) {
    case 'Point':
      return isEmpty ? null : { type, coordinates: walk.position(coordinates) };
    case 'MultiPoint': {
      const points = walk.list(coordinates, (part) => walk.position(part));
      if (points.length > 1) throw new Refusal('geometry_type', 'a MultiPoint of several points is not one place');
      return points[0] ? { type: 'Point', coordinates: points[0] } : null;
    }
    case 'LineString':
      return isEmpty ? null : { type, coordinates: line(coordinates) };
    case 'MultiLineString':
      return isEmpty ? null : { type, coordinates: walk.list(coordinates, line) };
    case 'Polygon':
      return isEmpty ? null : { type, coordinates: polygon(coordinates) };
    case 'MultiPolygon':
      return isEmpty ? null : { type, coordinates: walk.list(coordinates, polygon) };
    default:
      throw new Refusal('geometry_type', `geometry of type ${String(type).slice(0, 40)} is not held`);
  }
}
