// Writes one layer of a vector tile straight from numbers (Mapbox Vector Tile 2.1): no features are made as objects.

export const EXTENT = 4096;

/** Field numbers of the format, with the wire type of each: 0 a number, 2 bytes. */
const TILE_LAYER = (3 << 3) | 2;
const LAYER_NAME = (1 << 3) | 2;
const LAYER_FEATURE = (2 << 3) | 2;
const LAYER_KEY = (3 << 3) | 2;
const LAYER_VALUE = (4 << 3) | 2;
const LAYER_EXTENT = 5 << 3;
const LAYER_VERSION = 15 << 3;
const FEATURE_TAGS = (2 << 3) | 2;
const FEATURE_TYPE = 3 << 3;
const FEATURE_GEOMETRY = (4 << 3) | 2;
const VALUE_TEXT = (1 << 3) | 2;
const VALUE_NUMBER = 5 << 3;
const POINT = 1;
const POLYGON = 3;
const MOVE_TO = 1;
const LINE_TO = 2;
const CLOSE_PATH = 7;

/** Bytes that grow. */
class Bytes {
  data = new Uint8Array(1 << 12);
  length = 0;

  /** Makes room for so many more. */
  room(more: number): void {
    if (this.length + more <= this.data.length) return;
    const larger = new Uint8Array(Math.max(this.length + more, this.data.length * 2));
    larger.set(this.data);
    this.data = larger;
  }

  /** A number below 2^32 in groups of seven bits. There must be room. */
  number(value: number): void {
    while (value > 0x7f) {
      this.data[this.length++] = (value & 0x7f) | 0x80;
      value >>>= 7;
    }
    this.data[this.length++] = value;
  }

  field(tag: number, bytes: Uint8Array): void {
    this.room(bytes.length + 10);
    this.number(tag);
    this.number(bytes.length);
    this.data.set(bytes, this.length);
    this.length += bytes.length;
  }

  get written(): Uint8Array {
    return this.data.subarray(0, this.length);
  }
}

/** A text in UTF-8 within a longer run of bytes: no view is made for each of many thousand. */
export interface TextSpan {
  bytes: Uint8Array;
  from: number;
  length: number;
}

/** Differences of coordinates, so that small ones take few bytes whatever their sign. */
const zigzag = (value: number) => ((value << 1) ^ (value >> 31)) >>> 0;

const sizeOf = (value: number) => (value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5);

/** Reused from tile to tile. */
const features = new Bytes();
const values = new Bytes();

/** Key and value numbers of a feature's numbers: made once for all features that have the same. */
export type Tags = Uint8Array;

/** A layer whose features all have the same properties: whole numbers, and one text if there are more keys. One at a time. */
export class MvtLayer {
  private readonly name: string;
  private readonly keys: readonly string[];
  private readonly placeOf = new Map<number, number>();
  private valueCount = 0;

  /** @param keys of the numbers, then of the text */
  constructor(name: string, keys: readonly string[]) {
    this.name = name;
    this.keys = keys;
    features.length = 0;
    values.length = 0;
  }

  /** @param numbers in the order of the keys, at most 8; those that are 0 are left out */
  tags(numbers: readonly number[]): Tags {
    const tags = new Bytes();
    tags.room(numbers.length * 6);
    numbers.forEach((value, key) => {
      if (value === 0) return;
      tags.number(key);
      tags.number(this.placeOfNumber(value));
    });
    return tags.written;
  }

  /**
   * Most of what tiles hold, so it is written with few steps.
   * @param x,y tile units, -4096 to 8191
   */
  addPoint(x: number, y: number, tags: Tags, text: TextSpan | null): void {
    const place = this.valueCount;
    const tagBytes = tags.length + (text ? 1 + sizeOf(place) : 0);
    const gx = zigzag(x);
    const gy = zigzag(y);
    const geometryBytes = 3 + (gx > 0x7f ? 1 : 0) + (gy > 0x7f ? 1 : 0);
    features.room(tagBytes + geometryBytes + 16);
    const { data } = features;
    let at = features.length;
    data[at++] = LAYER_FEATURE;
    // a feature without tags leaves them out; with few, as here, every length is one byte
    data[at++] = (tagBytes > 0 ? 2 + tagBytes : 0) + 4 + geometryBytes;
    if (tagBytes > 0) {
      data[at++] = FEATURE_TAGS;
      data[at++] = tagBytes;
      for (let i = 0; i < tags.length; i++) data[at++] = tags[i] as number;
    }
    if (text) {
      data[at++] = this.keys.length - 1;
      let rest = place;
      while (rest > 0x7f) {
        data[at++] = (rest & 0x7f) | 0x80;
        rest >>>= 7;
      }
      data[at++] = rest;
      this.addText(text);
    }
    data[at++] = FEATURE_TYPE;
    data[at++] = POINT;
    data[at++] = FEATURE_GEOMETRY;
    data[at++] = geometryBytes;
    data[at++] = (1 << 3) | MOVE_TO;
    if (gx > 0x7f) data[at++] = (gx & 0x7f) | 0x80;
    data[at++] = gx > 0x7f ? gx >>> 7 : gx;
    if (gy > 0x7f) data[at++] = (gy & 0x7f) | 0x80;
    data[at++] = gy > 0x7f ? gy >>> 7 : gy;
    features.length = at;
  }

  /** @param rings tile units x, y, x, y, … without the closing vertex; the outer ring's area is made positive here */
  addPolygon(rings: readonly (readonly number[])[], tags: Tags, text: TextSpan | null): void {
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
        commands.push(zigzag(x - cx), zigzag(y - cy));
        cx = x;
        cy = y;
      }
      commands.push((1 << 3) | CLOSE_PATH);
    });
    if (commands.length === 0) return;
    this.head(
      tags,
      text,
      POLYGON,
      commands.reduce((sum, command) => sum + sizeOf(command), 0),
    );
    for (const command of commands) features.number(command);
  }

  /** The tile's bytes, in a buffer of their own; empty when nothing was added. */
  finish(): Uint8Array<ArrayBuffer> {
    if (features.length === 0) return new Uint8Array(0);
    const encoder = new TextEncoder();
    const rest = new Bytes();
    for (const key of this.keys) rest.field(LAYER_KEY, encoder.encode(key));
    rest.field(LAYER_NAME, encoder.encode(this.name));
    rest.room(20);
    rest.number(LAYER_EXTENT);
    rest.number(EXTENT);
    rest.number(LAYER_VERSION);
    rest.number(2);
    const length = features.length + values.length + rest.length;
    const tile = new Uint8Array(1 + sizeOf(length) + length);
    const head = new Bytes();
    head.number(TILE_LAYER);
    head.number(length);
    tile.set(head.written);
    tile.set(features.written, head.length);
    tile.set(values.written, head.length + features.length);
    tile.set(rest.written, head.length + features.length + values.length);
    return tile;
  }

  /** Writes a feature up to its geometry, and the text among the values. */
  private head(tags: Tags, text: TextSpan | null, type: number, geometryBytes: number): void {
    const place = this.valueCount;
    const tagBytes = tags.length + (text ? sizeOf(this.keys.length - 1) + sizeOf(place) : 0);
    const size = 1 + sizeOf(tagBytes) + tagBytes + 2 + 1 + sizeOf(geometryBytes) + geometryBytes;
    features.room(size + 8);
    const { data } = features;
    data[features.length++] = LAYER_FEATURE;
    features.number(size);
    data[features.length++] = FEATURE_TAGS;
    features.number(tagBytes);
    let at = features.length;
    for (let i = 0; i < tags.length; i++) data[at++] = tags[i] as number;
    features.length = at;
    if (text) {
      features.number(this.keys.length - 1);
      features.number(place);
      this.addText(text);
    }
    at = features.length;
    data[at] = FEATURE_TYPE;
    data[at + 1] = type;
    data[at + 2] = FEATURE_GEOMETRY;
    features.length = at + 3;
    features.number(geometryBytes);
  }

  private addText({ bytes, from, length }: TextSpan): void {
    values.room(length + 16);
    const { data } = values;
    data[values.length++] = LAYER_VALUE;
    values.number(1 + sizeOf(length) + length);
    data[values.length++] = VALUE_TEXT;
    values.number(length);
    let at = values.length;
    for (let i = from; i < from + length; i++) data[at++] = bytes[i] as number;
    values.length = at;
    this.valueCount++;
  }

  private placeOfNumber(value: number): number {
    const known = this.placeOf.get(value);
    if (known !== undefined) return known;
    values.room(16);
    values.number(LAYER_VALUE);
    values.number(1 + sizeOf(value));
    values.number(VALUE_NUMBER);
    values.number(value);
    this.placeOf.set(value, this.valueCount);
    return this.valueCount++;
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
