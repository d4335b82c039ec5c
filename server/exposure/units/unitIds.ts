// Ids of units, packed: one run of bytes and a hash table, about 20 bytes a unit, where a map of strings takes 100.

/** Strings by number. Numbers need not be given in order; each is given once. */
export class IdColumn {
  private bytes = new Uint8Array(1 << 12);
  private used = 0;
  private offsets: Uint32Array;
  private lengths: Uint16Array;
  private static readonly encoder = new TextEncoder();
  private static readonly decoder = new TextDecoder();

  constructor(capacity: number) {
    this.offsets = new Uint32Array(capacity);
    this.lengths = new Uint16Array(capacity);
  }

  set(at: number, id: string): void {
    if (at >= this.offsets.length) {
      this.offsets = grown(this.offsets, Math.max(at + 1, this.offsets.length * 2), Uint32Array);
      this.lengths = grown(this.lengths, this.offsets.length, Uint16Array);
    }
    const most = id.length * 3;
    if (this.used + most > this.bytes.length) {
      this.bytes = grown(this.bytes, Math.max(this.used + most, this.bytes.length * 2), Uint8Array);
    }
    let length = 0;
    while (length < id.length) {
      const code = id.charCodeAt(length);
      if (code > 127) break;
      this.bytes[this.used + length] = code;
      length++;
    }
    if (length < id.length) length = IdColumn.encoder.encodeInto(id, this.bytes.subarray(this.used)).written;
    this.offsets[at] = this.used;
    this.lengths[at] = length;
    this.used += length;
  }

  get(at: number): string {
    return IdColumn.decoder.decode(this.bytesAt(at));
  }

  /** The id in UTF-8, a view that must not be kept over a change. */
  bytesAt(at: number): Uint8Array {
    const from = this.offsets[at] as number;
    return this.bytes.subarray(from, from + (this.lengths[at] as number));
  }

  /** The same without making a view. */
  locate(at: number, span: { bytes: Uint8Array; from: number; length: number }): void {
    span.bytes = this.bytes;
    span.from = this.offsets[at] as number;
    span.length = this.lengths[at] as number;
  }

  /** Order of two ids: that of their code points. */
  compare(a: number, b: number): number {
    let i = this.offsets[a] as number;
    let j = this.offsets[b] as number;
    const lengthA = this.lengths[a] as number;
    const lengthB = this.lengths[b] as number;
    const end = i + Math.min(lengthA, lengthB);
    for (; i < end; i++, j++) {
      const difference = (this.bytes[i] as number) - (this.bytes[j] as number);
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  equals(at: number, id: Uint8Array): boolean {
    if (this.lengths[at] !== id.length) return false;
    const from = this.offsets[at] as number;
    for (let i = 0; i < id.length; i++) if (this.bytes[from + i] !== id[i]) return false;
    return true;
  }

  /** The same ids under other numbers: number `i` of the new column is `order[i]` of this one; < 0 stays empty. */
  reordered(order: Int32Array, capacity: number): IdColumn {
    const column = new IdColumn(capacity);
    // bytes in the new order too: neighbours are read together
    column.bytes = new Uint8Array(this.used + 64);
    let used = 0;
    for (let i = 0; i < order.length; i++) {
      const row = order[i] as number;
      if (row < 0) continue;
      const from = this.offsets[row] as number;
      const length = this.lengths[row] as number;
      column.offsets[i] = used;
      column.lengths[i] = length;
      for (let k = 0; k < length; k++) column.bytes[used++] = this.bytes[from + k] as number;
    }
    column.used = used;
    return column;
  }

  get byteLength(): number {
    return this.bytes.byteLength + this.offsets.byteLength + this.lengths.byteLength;
  }

  static encode(id: string): Uint8Array {
    return IdColumn.encoder.encode(id);
  }
}

/** From id to number: open addressing over the column, so that no string is kept. */
export class IdTable {
  private readonly column: IdColumn;
  private slots: Int32Array;
  private taken = 0;

  constructor(column: IdColumn, expected: number) {
    this.column = column;
    this.slots = new Int32Array(sizeFor(expected)).fill(FREE);
  }

  add(at: number): void {
    if ((this.taken + 1) * 2 > this.slots.length) this.rehash();
    this.place(at);
    this.taken++;
  }

  /** The number of an id, or -1. */
  find(id: string): number {
    const bytes = IdColumn.encode(id);
    for (let slot = hashOf(bytes) & (this.slots.length - 1); ; slot = (slot + 1) & (this.slots.length - 1)) {
      const at = this.slots[slot] as number;
      if (at === FREE) return -1;
      if (at !== GONE && this.column.equals(at, bytes)) return at;
    }
  }

  remove(at: number): void {
    let slot = hashOf(this.column.bytesAt(at)) & (this.slots.length - 1);
    while (this.slots[slot] !== at) {
      if (this.slots[slot] === FREE) return;
      slot = (slot + 1) & (this.slots.length - 1);
    }
    this.slots[slot] = GONE;
  }

  get byteLength(): number {
    return this.slots.byteLength;
  }

  private place(at: number): void {
    let slot = hashOf(this.column.bytesAt(at)) & (this.slots.length - 1);
    while ((this.slots[slot] as number) >= 0) slot = (slot + 1) & (this.slots.length - 1);
    this.slots[slot] = at;
  }

  private rehash(): void {
    const numbers = this.slots.filter((at) => at >= 0);
    this.slots = new Int32Array(sizeFor(numbers.length + 1)).fill(FREE);
    this.taken = numbers.length;
    for (const at of numbers) this.place(at);
  }
}

const FREE = -1;
const GONE = -2;

const sizeFor = (count: number) => 2 ** Math.ceil(Math.log2(Math.max(8, count * 2 + 2)));

/** FNV-1a with a final mix. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 1;
}

export function grown<T extends Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array>(
  array: T,
  length: number,
  type: new (length: number) => T,
): T {
  const larger = new type(length);
  larger.set(array);
  return larger;
}
