// Writes one layer of a vector tile straight from numbers (Mapbox Vector Tile 2.1): no features are made as objects.
import { PbfWriter } from 'pbf';

export const EXTENT = 4096;

const LAYERS = 3;
const NAME = 1;
const FEATURES = 2;
const KEYS = 3;
const VALUES = 4;
const EXTENT_FIELD = 5;
const VERSION = 15;
const TAGS = 2;
const TYPE = 3;
const GEOMETRY = 4;
const POINT = 1;
const POLYGON = 3;
const BYTES = 2;

const MOVE_TO = 1;
const LINE_TO = 2;
const CLOSE_PATH = 7;

const zigzag = (value: number) => (value << 1) ^ (value >> 31);

/** Bytes that a number takes as a varint. */
const sizeOf = (value: number) => (value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5);

/** Properties are whole numbers, all features have the same ones; one text may follow. */
export class MvtLayer {
  private readonly out = new PbfWriter(new Uint8Array(1 << 14));
  private readonly name: string;
  private readonly keys: readonly string[];
  private readonly numbers = new Map<number, number>();
  private readonly order: (number | Uint8Array)[] = [];
  private readonly tags: number[] = [];
  private features = 0;

  /** @param keys of the numbers, then of the text */
  constructor(name: string, keys: readonly string[]) {
    this.name = name;
    this.keys = keys;
  }

  /** @param x,y tile units */
  addPoint(x: number, y: number, numbers: readonly number[], text: Uint8Array | null): void {
    const size = this.prepareTags(numbers, text);
    const gx = zigzag(x) >>> 0;
    const gy = zigzag(y) >>> 0;
    const geometry = 1 + sizeOf(gx) + sizeOf(gy);
    const { out } = this;
    this.writeHead(size, POINT, geometry);
    out.writeVarint((1 << 3) | MOVE_TO);
    out.writeVarint(gx);
    out.writeVarint(gy);
  }

  /** @param rings tile units x, y, x, y, … without the closing vertex; the outer ring's area is made positive here */
  addPolygon(rings: readonly (readonly number[])[], numbers: readonly number[], text: Uint8Array | null): void {
    const commands: number[] = [];
    let cx = 0;
    let cy = 0;
    rings.forEach((ring, i) => {
      if (ring.length < 6) return;
      const forward = signedArea(ring) > 0 === (i === 0);
      const count = ring.length / 2;
      for (let k = 0; k < count; k++) {
        const vertex = forward ? k : count - 1 - k;
        const x = ring[2 * vertex] as number;
        const y = ring[2 * vertex + 1] as number;
        if (k === 0) commands.push((1 << 3) | MOVE_TO);
        if (k === 1) commands.push(((count - 1) << 3) | LINE_TO);
        commands.push(zigzag(x - cx) >>> 0, zigzag(y - cy) >>> 0);
        cx = x;
        cy = y;
      }
      commands.push((1 << 3) | CLOSE_PATH);
    });
    if (commands.length === 0) return;
    const size = this.prepareTags(numbers, text);
    this.writeHead(
      size,
      POLYGON,
      commands.reduce((sum, command) => sum + sizeOf(command), 0),
    );
    for (const command of commands) this.out.writeVarint(command);
  }

  /** The tile's bytes; empty when nothing was added. */
  finish(): Uint8Array {
    if (this.features === 0) return new Uint8Array(0);
    const { out } = this;
    for (const key of this.keys) out.writeStringField(KEYS, key);
    for (const value of this.order) {
      out.writeTag(VALUES, BYTES);
      if (typeof value === 'number') {
        out.writeVarint(1 + sizeOf(value));
        out.writeVarintField(5, value); // uint_value
      } else {
        out.writeVarint(1 + sizeOf(value.length) + value.length);
        out.writeBytesField(1, value); // string_value
      }
    }
    out.writeStringField(NAME, this.name);
    out.writeVarintField(EXTENT_FIELD, EXTENT);
    out.writeVarintField(VERSION, 2);
    const layer = out.finish();
    const tile = new PbfWriter(new Uint8Array(layer.length + 8));
    tile.writeBytesField(LAYERS, layer);
    // a buffer of its own: the bytes are moved to another thread
    return tile.finish().slice();
  }

  /** Notes key and value numbers of the feature to come. @returns their bytes */
  private prepareTags(numbers: readonly number[], text: Uint8Array | null): number {
    this.tags.length = 0;
    let size = 0;
    for (let i = 0; i < numbers.length; i++) {
      const value = numbers[i] as number;
      let place = this.numbers.get(value);
      if (place === undefined) {
        place = this.order.length;
        this.numbers.set(value, place);
        this.order.push(value);
      }
      this.tags.push(i, place);
      size += 1 + sizeOf(place);
    }
    if (text) {
      this.tags.push(numbers.length, this.order.length);
      size += 1 + sizeOf(this.order.length);
      this.order.push(text);
    }
    return size;
  }

  private writeHead(tagBytes: number, type: number, geometryBytes: number): void {
    const { out } = this;
    const size = 1 + sizeOf(tagBytes) + tagBytes + 2 + 1 + sizeOf(geometryBytes) + geometryBytes;
    out.writeTag(FEATURES, BYTES);
    out.writeVarint(size);
    out.writeTag(TAGS, BYTES);
    out.writeVarint(tagBytes);
    for (const tag of this.tags) out.writeVarint(tag);
    out.writeVarintField(TYPE, type);
    out.writeTag(GEOMETRY, BYTES);
    out.writeVarint(geometryBytes);
    this.features++;
  }
}

/** Twice the area in tile units, positive where the vertices go clockwise on the screen (y down). */
function signedArea(ring: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    sum += (ring[i] as number) * (ring[j + 1] as number) - (ring[j] as number) * (ring[i + 1] as number);
  }
  return sum;
}
