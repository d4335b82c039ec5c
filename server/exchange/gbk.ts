// Encodes text as GBK / GB18030. Node decodes these code pages but does not encode them, so the table is made by decoding
// every code once and turning the result round.

const LEAD_FIRST = 0x81;
const LEAD_LAST = 0xfe;
const TRAIL_FIRST = 0x40;
const TRAIL_LAST = 0xfe;
const TRAIL_GAP = 0x7f;

/** Linear numbers of the four-byte codes: 0x81308130 is 0; the basic plane ends at 0x8431A439. */
const FOUR_BYTE_BASIC_COUNT = 39_420;
/** 0x90308130, where U+10000 starts; from there on the mapping is plain arithmetic. */
const FOUR_BYTE_SUPPLEMENT_START = 189_000;

const REPLACEMENT = 0xfffd;

/** A character that the target encoding has no code for. */
export class UnencodableCharacterError extends Error {
  readonly character: string;

  constructor(character: string) {
    const code = character.codePointAt(0) ?? 0;
    super(`the character "${character}" (U+${code.toString(16).toUpperCase().padStart(4, '0')}) cannot be written in GBK`);
    this.name = 'UnencodableCharacterError';
    this.character = character;
  }
}

let twoByteTable: Map<number, number> | undefined;
let fourByteTable: Map<number, number> | undefined;

function twoByteCodes(): Map<number, number> {
  if (twoByteTable) return twoByteTable;
  const table = new Map<number, number>();
  const decoder = new TextDecoder('gb18030');
  const pair = new Uint8Array(2);
  for (let lead = LEAD_FIRST; lead <= LEAD_LAST; lead++) {
    for (let trail = TRAIL_FIRST; trail <= TRAIL_LAST; trail++) {
      if (trail === TRAIL_GAP) continue;
      pair[0] = lead;
      pair[1] = trail;
      const text = decoder.decode(pair);
      const code = text.codePointAt(0) ?? REPLACEMENT;
      // The first code wins, as the encoding standard says for characters that stand twice in the table.
      if (code !== REPLACEMENT && text.length === 1 && !table.has(code)) table.set(code, (lead << 8) | trail);
    }
  }
  twoByteTable = table;
  return table;
}

function fourBytes(linear: number): [number, number, number, number] {
  const fourth = linear % 10;
  const third = Math.floor(linear / 10) % 126;
  const second = Math.floor(linear / 1260) % 10;
  const first = Math.floor(linear / 12_600);
  return [0x81 + first, 0x30 + second, 0x81 + third, 0x30 + fourth];
}

/** Built only when a text holds a rare character: most exports never pay for it. */
function fourByteCodes(): Map<number, number> {
  if (fourByteTable) return fourByteTable;
  const table = new Map<number, number>();
  const decoder = new TextDecoder('gb18030');
  for (let linear = 0; linear < FOUR_BYTE_BASIC_COUNT; linear++) {
    const code = decoder.decode(Uint8Array.from(fourBytes(linear))).codePointAt(0) ?? REPLACEMENT;
    if (code !== REPLACEMENT && !table.has(code)) table.set(code, linear);
  }
  // U+FFFD has a four-byte code of its own, which decoding cannot tell from a failure.
  fourByteTable = table;
  return table;
}

/**
 * Text as GB18030 bytes, which are plain GBK wherever GBK has a two-byte code; rarer characters get their four-byte code.
 * Throws {@link UnencodableCharacterError} for a character without any (a lone surrogate, U+FFFD).
 */
export function encodeGbk(text: string): Uint8Array {
  const twoByte = twoByteCodes();
  const bytes = new Uint8Array(text.length * 4);
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? REPLACEMENT;
    if (code < 0x80) {
      bytes[length++] = code;
      continue;
    }
    const pair = twoByte.get(code);
    if (pair !== undefined) {
      bytes[length++] = pair >> 8;
      bytes[length++] = pair & 0xff;
      continue;
    }
    const linear = code >= 0x10000 ? FOUR_BYTE_SUPPLEMENT_START + code - 0x10000 : fourByteCodes().get(code);
    if (linear === undefined) throw new UnencodableCharacterError(character);
    for (const byte of fourBytes(linear)) bytes[length++] = byte;
  }
  return bytes.slice(0, length);
}

/** What stands for a character that GBK lacks: 〓, which printers have always put there. */
const GETA = 0xa1fe;

/** Codes that GB18030 has and code page 936 has not: readers that take GBK at its word would not decode them. */
function isGbk(pair: number, code: number): boolean {
  if (code >= 0xe000 && code <= 0xf8ff) return false; // user-defined characters
  if (pair >= 0xfe50 || (pair >= 0xa989 && pair <= 0xa995) || (pair >= 0xa6d9 && pair <= 0xa6df)) return false;
  return ![0xa2e3, 0xa3a0, 0xa6ec, 0xa6ed, 0xa6f3, 0xa8bc, 0xa8bf].includes(pair);
}

let strictTable: Uint16Array | undefined;

/** Two-byte codes of code page 936 by character, 0 where it has none. */
function strictCodes(): Uint16Array {
  if (strictTable) return strictTable;
  const table = new Uint16Array(0x10000);
  for (const [code, pair] of twoByteCodes()) if (isGbk(pair, code)) table[code] = pair;
  strictTable = table;
  return table;
}

export interface GbkWritten {
  /** Bytes written. */
  readonly length: number;
  /** Characters that GBK lacks, and controls that no table keeps; 〓 stands for each. */
  readonly replaced: number;
  /** Not all of the text fitted. */
  readonly cut: boolean;
}

/** Writes a text as GBK proper into `bytes` from `at` on: whole characters, `most` bytes of them. */
export function writeGbk(text: string, bytes: Uint8Array, at: number, most: number): GbkWritten {
  const table = strictCodes();
  const end = at + most;
  let to = at;
  let replaced = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if ((unit >= 0x20 && unit < 0x7f) || unit === 0x09 || unit === 0x0a || unit === 0x0d) {
      if (to === end) return { length: to - at, replaced, cut: true };
      bytes[to++] = unit;
      continue;
    }
    if (to + 2 > end) return { length: to - at, replaced, cut: true };
    let pair = table[unit] as number;
    if (pair === 0) {
      pair = GETA;
      replaced++;
      if (unit >= 0xd800 && unit < 0xdc00 && text.charCodeAt(i + 1) >= 0xdc00) i++; // the other half of the same character
    }
    bytes[to++] = pair >> 8;
    bytes[to++] = pair & 0xff;
  }
  return { length: to - at, replaced, cut: false };
}
