// Well-known binary (OGC 06-103r4, ISO 13249-3), two dimensions out; Z and M of a file are read over.
import type { Geometry, Position, Ring } from '../domain/feature.ts';

const TYPE_CODES: Readonly<Record<Geometry['type'], number>> = {
  Point: 1,
  LineString: 2,
  Polygon: 3,
  MultiLineString: 5,
  MultiPolygon: 6,
};

/** Bytes that a geometry takes as WKB. */
function sizeOf(geometry: Geometry): number {
  const chain = (positions: readonly Position[]) => 4 + positions.length * 16;
  const polygon = (rings: readonly Ring[]) => 4 + rings.reduce((sum, ring) => sum + chain(ring), 0);
  switch (geometry.type) {
    case 'Point':
      return 5 + 16;
    case 'LineString':
      return 5 + chain(geometry.coordinates);
    case 'Polygon':
      return 5 + polygon(geometry.coordinates);
    case 'MultiLineString':
      return 9 + geometry.coordinates.reduce((sum, line) => sum + 5 + chain(line), 0);
    case 'MultiPolygon':
      return 9 + geometry.coordinates.reduce((sum, rings) => sum + 5 + polygon(rings), 0);
  }
}

/** A geometry as little-endian WKB, after `offset` free bytes at the start. */
export function toWkb(geometry: Geometry, offset = 0): Uint8Array {
  const bytes = new Uint8Array(offset + sizeOf(geometry));
  const view = new DataView(bytes.buffer);
  let at = offset;
  const uint = (value: number) => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const position = (p: Position) => {
    view.setFloat64(at, p[0], true);
    view.setFloat64(at + 8, p[1], true);
    at += 16;
  };
  const chain = (positions: readonly Position[]) => {
    uint(positions.length);
    positions.forEach(position);
  };
  const head = (type: Geometry['type']) => {
    view.setUint8(at++, 1);
    uint(TYPE_CODES[type]);
  };
  head(geometry.type);
  switch (geometry.type) {
    case 'Point':
      position(geometry.coordinates);
      break;
    case 'LineString':
      chain(geometry.coordinates);
      break;
    case 'Polygon':
      uint(geometry.coordinates.length);
      geometry.coordinates.forEach(chain);
      break;
    case 'MultiLineString':
      uint(geometry.coordinates.length);
      for (const line of geometry.coordinates) {
        head('LineString');
        chain(line);
      }
      break;
    case 'MultiPolygon':
      uint(geometry.coordinates.length);
      for (const rings of geometry.coordinates) {
        head('Polygon');
        uint(rings.length);
        rings.forEach(chain);
      }
      break;
  }
  return bytes;
}

/** Thrown for bytes that are no WKB geometry of a kind this service holds. */
export class WkbError extends Error {}

/**
 * Reads WKB (or EWKB) of either byte order. MultiPoints of one point come back as a Point; an empty geometry as null.
 * @throws WkbError when the bytes end early or hold another kind (curves, collections).
 */
export function fromWkb(bytes: Uint8Array, offset = 0): Geometry | null {
  const reader = new WkbReader(bytes, offset);
  return reader.geometry(0);
}

class WkbReader {
  private readonly view: DataView;
  private at: number;
  private little = true;
  private dimensions = 2;

  constructor(bytes: Uint8Array, offset: number) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = offset;
  }

  private need(length: number): void {
    if (this.at + length > this.view.byteLength) throw new WkbError('the geometry ends early');
  }

  private uint(): number {
    this.need(4);
    const value = this.view.getUint32(this.at, this.little);
    this.at += 4;
    return value;
  }

  private position(): Position {
    this.need(this.dimensions * 8);
    const x = this.view.getFloat64(this.at, this.little);
    const y = this.view.getFloat64(this.at + 8, this.little);
    this.at += this.dimensions * 8;
    return [x, y];
  }

  private chain(): Position[] {
    const length = this.uint();
    this.need(length * this.dimensions * 8); // before allocating: a lying length must not cost memory
    return Array.from({ length }, () => this.position());
  }

  private rings(): Position[][] {
    const length = this.uint();
    this.need(length * 4);
    return Array.from({ length }, () => this.chain());
  }

  private type(): number {
    this.need(5);
    this.little = this.view.getUint8(this.at++) === 1;
    let code = this.uint();
    const ewkbZ = (code & 0x80000000) !== 0;
    const ewkbM = (code & 0x40000000) !== 0;
    if ((code & 0x20000000) !== 0) this.uint(); // EWKB's SRID
    code &= 0x0fffffff;
    const iso = Math.floor(code / 1000);
    this.dimensions = 2 + (ewkbZ || iso === 1 || iso === 3 ? 1 : 0) + (ewkbM || iso === 2 || iso === 3 ? 1 : 0);
    return code % 1000;
  }

  geometry(depth: number): Geometry | null {
    if (depth > 2) throw new WkbError('the geometry is nested too deeply');
    const type = this.type();
    switch (type) {
      case 1: {
        const coordinates = this.position();
        return Number.isNaN(coordinates[0]) && Number.isNaN(coordinates[1]) ? null : { type: 'Point', coordinates };
      }
      case 2: {
        const coordinates = this.chain();
        return coordinates.length === 0 ? null : { type: 'LineString', coordinates };
      }
      case 3: {
        const coordinates = this.rings();
        return coordinates.length === 0 ? null : { type: 'Polygon', coordinates };
      }
      case 4:
      case 5:
      case 6: {
        const length = this.uint();
        this.need(length * 9);
        const parts: Geometry[] = [];
        for (let i = 0; i < length; i++) {
          const part = this.geometry(depth + 1);
          if (part) parts.push(part);
        }
        return joinParts(type, parts);
      }
      default:
        throw new WkbError(`geometry type ${type} is not supported`);
    }
  }
}

function joinParts(type: 4 | 5 | 6, parts: readonly Geometry[]): Geometry | null {
  const [first] = parts;
  if (!first) return null;
  if (type === 4) {
    if (parts.length > 1) throw new WkbError('a MultiPoint of several points is not supported');
    return first;
  }
  if (type === 5) {
    return {
      type: 'MultiLineString',
      coordinates: parts.flatMap((part) => (part.type === 'LineString' ? [part.coordinates] : [])),
    };
  }
  return {
    type: 'MultiPolygon',
    coordinates: parts.flatMap((part) => (part.type === 'Polygon' ? [part.coordinates] : [])),
  };
}
