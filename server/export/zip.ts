// A zip written member by member, of any length, without holding a member in memory (PKWARE APPNOTE 6.3, no ZIP64).
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { Problem } from '../domain/problem.ts';
import type { ByteSink } from './fileSink.ts';

/** Bytes compressed at a time; what repeats further apart is not found, which costs a percent or two. */
const PIECE = 1024 * 1024;
const LEVEL = 6;
/** Sizes behind the data, names in UTF-8. */
const FLAGS = 0x0808;
const DEFLATE = 8;
const VERSION = 20;
const MOST = 0xffff_ffff;
/** The end of a deflate stream: an empty last block. */
const LAST_BLOCK = Uint8Array.of(3, 0);

interface Entry {
  readonly name: Uint8Array;
  readonly offset: number;
  checksum: number;
  packed: number;
  unpacked: number;
}

/** Writes the members one after the other; `finish` ends the file. */
export class ZipWriter {
  private readonly sink: ByteSink;
  private readonly stamp: number;
  private readonly entries: Entry[] = [];
  private current: Entry | null = null;
  private readonly piece = Buffer.allocUnsafe(PIECE);
  private filled = 0;
  private offset = 0;

  /** @param modified date of every member, in local time as the format has it */
  constructor(sink: ByteSink, modified: Date) {
    this.sink = sink;
    const date = ((Math.max(1980, modified.getFullYear()) - 1980) << 9) | ((modified.getMonth() + 1) << 5) | modified.getDate();
    const time = (modified.getHours() << 11) | (modified.getMinutes() << 5) | (modified.getSeconds() >> 1);
    this.stamp = ((date << 16) | time) >>> 0;
  }

  /** Begins a member; everything written up to the next `open` or `finish` is its content. */
  open(name: string): void {
    this.close();
    const entry: Entry = { name: Buffer.from(name, 'utf8'), offset: this.offset, checksum: 0, packed: 0, unpacked: 0 };
    this.current = entry;
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x0403_4b50, 0);
    this.common(head.subarray(4));
    head.writeUInt16LE(entry.name.length, 26);
    this.put(head);
    this.put(entry.name);
  }

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + PIECE - this.filled);
      this.piece.set(part, this.filled);
      this.filled += part.length;
      at += part.length;
      if (this.filled === PIECE) this.pack();
    }
  }

  text(text: string): void {
    this.write(Buffer.from(text, 'utf8'));
  }

  /** Ends the last member and writes the directory. */
  finish(): void {
    this.close();
    const start = this.offset;
    for (const entry of this.entries) {
      const head = Buffer.alloc(46);
      head.writeUInt32LE(0x0201_4b50, 0);
      head.writeUInt16LE(VERSION, 4);
      this.common(head.subarray(6));
      head.writeUInt32LE(entry.checksum, 16);
      head.writeUInt32LE(entry.packed, 20);
      head.writeUInt32LE(entry.unpacked, 24);
      head.writeUInt16LE(entry.name.length, 28);
      head.writeUInt32LE(entry.offset, 42);
      this.put(head);
      this.put(entry.name);
    }
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x0605_4b50, 0);
    end.writeUInt16LE(this.entries.length, 8);
    end.writeUInt16LE(this.entries.length, 10);
    end.writeUInt32LE(this.offset - start, 12);
    end.writeUInt32LE(start, 16);
    this.put(end);
  }

  /** Version, flags, method and time, which stand alike in both headers. */
  private common(at: Buffer): void {
    at.writeUInt16LE(VERSION, 0);
    at.writeUInt16LE(FLAGS, 2);
    at.writeUInt16LE(DEFLATE, 4);
    at.writeUInt32LE(this.stamp, 6);
  }

  private close(): void {
    const entry = this.current;
    if (!entry) return;
    this.pack();
    this.put(LAST_BLOCK);
    entry.packed += LAST_BLOCK.length;
    this.current = null;
    this.entries.push(entry);
    const sizes = Buffer.alloc(16);
    sizes.writeUInt32LE(0x0807_4b50, 0);
    sizes.writeUInt32LE(entry.checksum, 4);
    sizes.writeUInt32LE(entry.packed, 8);
    sizes.writeUInt32LE(entry.unpacked, 12);
    this.put(sizes);
  }

  private pack(): void {
    const entry = this.current;
    if (!entry || this.filled === 0) return;
    const piece = this.piece.subarray(0, this.filled);
    const packed = deflateRawSync(piece, { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH });
    entry.checksum = crc32(piece, entry.checksum);
    entry.unpacked += piece.length;
    entry.packed += packed.length;
    this.filled = 0;
    if (entry.unpacked > MOST) throw tooLarge();
    this.put(packed);
  }

  private put(bytes: Uint8Array): void {
    this.offset += bytes.length;
    if (this.offset > MOST) throw tooLarge();
    this.sink.write(bytes);
  }
}

function tooLarge(): Problem {
  return new Problem(
    422,
    'export_too_large',
    '超过 4 GB，压缩包装不下；请导出 gpkg 或 csv More than 4 GB, which a zip does not hold: export as gpkg or csv.',
  );
}
