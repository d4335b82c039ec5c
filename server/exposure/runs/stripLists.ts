// Records (chains of edges, or pieces of a band) filed by the strips that they reach into, each with the span of
// longitudes that it takes up there. Reused from area to area, so that counting makes no garbage.
import { grown } from '../units/unitIds.ts';

export class StripLists {
  /** Lists run over strips [low, high]. */
  low = 0;
  high = -1;
  private head = new Int32Array(1024);
  private next = new Int32Array(4096);
  /** What the record is about. */
  item = new Int32Array(4096);
  /** Span of longitudes. */
  west = new Float64Array(4096);
  east = new Float64Array(4096);
  /** Span within which every position of the strip is inside; none where innerWest > innerEast. */
  innerWest = new Float64Array(4096);
  innerEast = new Float64Array(4096);
  private count = 0;
  private sorted = new Int32Array(256);

  /** Empties the lists for strips [low, high]. */
  open(low: number, high: number): void {
    this.low = low;
    this.high = high;
    const strips = high - low + 1;
    if (strips > this.head.length) this.head = new Int32Array(strips * 2);
    this.head.fill(-1, 0, strips);
    this.count = 0;
  }

  add(strip: number, item: number, west: number, east: number, innerWest = Infinity, innerEast = -Infinity): void {
    const record = this.count++;
    if (record === this.item.length) this.grow();
    this.item[record] = item;
    this.west[record] = west;
    this.east[record] = east;
    this.innerWest[record] = innerWest;
    this.innerEast[record] = innerEast;
    this.next[record] = this.head[strip - this.low] as number;
    this.head[strip - this.low] = record;
  }

  isEmpty(strip: number): boolean {
    return this.head[strip - this.low] === -1;
  }

  /** The records of a strip from west to east: valid until the next call. @returns their number */
  sort(strip: number, into: { records: Int32Array }): number {
    let count = 0;
    for (let record = this.head[strip - this.low] as number; record >= 0; record = this.next[record] as number) {
      if (count === this.sorted.length) this.sorted = grown(this.sorted, count * 2, Int32Array);
      this.sorted[count++] = record;
    }
    into.records = this.sorted;
    if (count > 24) {
      const { west } = this;
      this.sorted.subarray(0, count).sort((a, b) => (west[a] as number) - (west[b] as number));
      return count;
    }
    for (let i = 1; i < count; i++) {
      const record = this.sorted[i] as number;
      const key = this.west[record] as number;
      let j = i - 1;
      while (j >= 0 && (this.west[this.sorted[j] as number] as number) > key) {
        this.sorted[j + 1] = this.sorted[j] as number;
        j--;
      }
      this.sorted[j + 1] = record;
    }
    return count;
  }

  private grow(): void {
    const length = this.item.length * 2;
    this.next = grown(this.next, length, Int32Array);
    this.item = grown(this.item, length, Int32Array);
    this.west = grown(this.west, length, Float64Array);
    this.east = grown(this.east, length, Float64Array);
    this.innerWest = grown(this.innerWest, length, Float64Array);
    this.innerEast = grown(this.innerEast, length, Float64Array);
  }
}
