// Bytes into a file in large pieces. Blocking on purpose: only workers write exports, and a worker has nothing else to do.
import { closeSync, openSync, writeSync } from 'node:fs';

/** Where the bytes of a file go. */
export interface ByteSink {
  write(bytes: Uint8Array): void;
}

const PIECE = 512 * 1024;

export class FileSink implements ByteSink {
  /** Bytes given so far. */
  length = 0;
  private readonly file: number;
  private readonly piece = Buffer.allocUnsafe(PIECE);
  private filled = 0;

  /** Makes the file, readable by the service alone. @throws Error when it is there already */
  constructor(path: string) {
    this.file = openSync(path, 'wx', 0o600);
  }

  write(bytes: Uint8Array): void {
    this.length += bytes.length;
    if (bytes.length > PIECE - this.filled) this.flush();
    if (bytes.length >= PIECE) return writeWhole(this.file, bytes, null);
    this.piece.set(bytes, this.filled);
    this.filled += bytes.length;
  }

  text(text: string): void {
    // a character takes at most three bytes a code unit
    if (text.length * 3 > PIECE - this.filled) {
      this.flush();
      if (text.length * 3 > PIECE) return this.write(Buffer.from(text, 'utf8'));
    }
    const written = this.piece.write(text, this.filled, 'utf8');
    this.filled += written;
    this.length += written;
  }

  /** Puts bytes in place of some that were given before. */
  overwrite(bytes: Uint8Array, position: number): void {
    this.flush();
    writeWhole(this.file, bytes, position);
  }

  /** Hands everything to the system; {@link end} also closes the file. */
  flush(): void {
    const filled = this.filled;
    this.filled = 0;
    writeWhole(this.file, this.piece.subarray(0, filled), null);
  }

  end(): void {
    this.flush();
    closeSync(this.file);
  }
}

function writeWhole(file: number, bytes: Uint8Array, position: number | null): void {
  for (let at = 0; at < bytes.length;) {
    at += writeSync(file, bytes, at, bytes.length - at, position === null ? null : position + at);
  }
}

/** Bytes kept in memory: for small files. */
export class MemorySink implements ByteSink {
  private readonly pieces: Uint8Array[] = [];

  write(bytes: Uint8Array): void {
    this.pieces.push(bytes.slice());
  }

  bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.pieces));
  }
}
