// The index as one run of bytes for the page: positions, sums and covers. No id, no name, no village: nothing in it says
// who lives anywhere. It is still personal data (one can see where each household is), and goes to staff only.
//
// Form: 'XTIX', version (uint32), CRC-32 of all that follows (uint32), length of the directory (uint32), the directory
// (JSON), padding to 8, then the arrays one after another, each padded to 8. Little-endian.
import type { Geometry } from '../domain/feature.ts';
import { crc32 } from './crc32.ts';
import { SLOTS, VALUE_NAMES, type ValueName } from './sums.ts';
import type { Exposure } from './exposure.ts';
import type { Positions, Tail } from './units/positions.ts';
import type { Sheet } from './units/sheet.ts';

export const PACKED_VERSION = 1;

const MAGIC = 0x58495458; // 'XTIX'
const HEAD = 16;

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;
type NumbersName = 'u8' | 'u16' | 'u32' | 'f64';

interface Section {
  readonly type: NumbersName;
  /** Bytes from the end of the directory. */
  readonly at: number;
  readonly length: number;
}

type SheetFields = Omit<Sheet, 'starts' | 'counts' | 'money'>;

interface Directory {
  readonly revision: number;
  readonly order: string;
  readonly stated: PackedIndex['stated'];
  readonly townships: readonly string[];
  readonly sheets: readonly SheetFields[];
  readonly tail: { readonly first: number; readonly next: number };
  readonly footprints: readonly (readonly [number, Geometry])[];
  readonly sections: Readonly<Record<string, Section>>;
}

/** The index as the page has it: enough to count any shape, and how many zones cover each position. */
export interface PackedIndex extends Positions {
  readonly revision: number;
  /** Names the order of the positions: units are sorted anew now and then, at a start for one, and their revision stays. */
  readonly order: string;
  /** Values that somebody in the store states: tells a figure that nobody knows from zero. */
  readonly stated: readonly ValueName[];
  readonly townships: readonly string[];
  /** By position: number of the township in `townships`; 0 is none. */
  readonly township: Uint16Array;
  /** By position: how many zones take it in nominally, for certain, and for certain or possibly. */
  readonly covers: { readonly inside: Uint16Array; readonly certain: Uint16Array; readonly any: Uint16Array };
}

/**
 * The index as bytes.
 * @param order names the order of the positions; runs of another order are of no use beside it
 */
export function packIndex({ units, covers, census }: Exposure, revision: number, order = ''): Uint8Array<ArrayBuffer> {
  const { end, tail } = units;
  const arrays = new Map<string, Numbers>();
  const counts = (array: Uint16Array | Uint32Array) =>
    array instanceof Uint16Array ? array.subarray(0, end) : Uint16Array.from(array.subarray(0, end), (n) => Math.min(n, 0xffff));
  arrays.set('lon', units.lon.subarray(0, end)).set('lat', units.lat.subarray(0, end));
  if (units.accuracy) arrays.set('accuracy', units.accuracy.subarray(0, end));
  arrays.set('township', units.township.subarray(0, end));
  for (const name of ['inside', 'certain', 'any'] as const) arrays.set(name, counts(covers[name].count));
  arrays.set('tailSums', tail.sums.subarray(0, (end - tail.first) * SLOTS)).set('tailReach', tail.reach.subarray(0, end - tail.first));
  units.sheets.forEach((sheet, i) => {
    arrays.set(`starts${i}`, sheet.starts).set(`counts${i}`, sheet.counts);
    if (sheet.money) arrays.set(`money${i}`, sheet.money);
  });
  const sections: Record<string, Section> = {};
  let at = 0;
  for (const [name, array] of arrays) {
    sections[name] = { type: typeOf(array), at, length: array.length };
    at += padded(array.byteLength);
  }
  const directory: Directory = {
    revision,
    order,
    stated: VALUE_NAMES.filter((name) => census.states(SCHOOL_VALUES.has(name) ? 'schools' : 'households', name)),
    townships: units.townships.list,
    sheets: units.sheets.map(({ starts: _starts, counts: _counts, money: _money, ...fields }) => fields),
    tail: { first: tail.first, next: end },
    footprints: [...units.footprints],
    sections,
  };
  const text = new TextEncoder().encode(JSON.stringify(directory));
  const base = padded(HEAD + text.length);
  const bytes = new Uint8Array(base + at);
  bytes.set(text, HEAD);
  for (const [name, array] of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), base + (sections[name] as Section).at);
  }
  const head = new DataView(bytes.buffer);
  head.setUint32(0, MAGIC, true);
  head.setUint32(4, PACKED_VERSION, true);
  head.setUint32(12, text.length, true);
  head.setUint32(8, crc32(bytes.subarray(12)), true);
  return bytes;
}

/** Bytes that are no index, of another version, or damaged on their way. */
export class BadIndex extends Error {}

/** Reads the index without copying it. @throws BadIndex */
export function unpackIndex(bytes: Uint8Array<ArrayBuffer>): PackedIndex {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEAD || head.getUint32(0, true) !== MAGIC) throw new BadIndex('These bytes are not a counting index.');
  const version = head.getUint32(4, true);
  if (version !== PACKED_VERSION)
    throw new BadIndex(`The counting index is of version ${version}, not ${PACKED_VERSION}: load the page anew.`);
  if (head.getUint32(8, true) !== crc32(bytes.subarray(12)))
    throw new BadIndex('The counting index was damaged on its way: fetch it again.');
  const length = head.getUint32(12, true);
  const directory = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD, HEAD + length))) as Directory;
  const base = bytes.byteOffset + padded(HEAD + length);
  const section = (name: string): Section => {
    const found = directory.sections[name];
    if (!found) throw new BadIndex(`The counting index lacks ${name}.`);
    return found;
  };
  const f64 = (name: string) => new Float64Array(bytes.buffer, base + section(name).at, section(name).length);
  const u32 = (name: string) => new Uint32Array(bytes.buffer, base + section(name).at, section(name).length);
  const u16 = (name: string) => new Uint16Array(bytes.buffer, base + section(name).at, section(name).length);
  const tail: Tail = {
    ...directory.tail,
    capacity: directory.tail.next - directory.tail.first,
    sums: f64('tailSums'),
    reach: f64('tailReach'),
  };
  return {
    revision: directory.revision,
    order: directory.order,
    stated: directory.stated,
    townships: directory.townships,
    township: u16('township'),
    sheets: directory.sheets.map((fields, i): Sheet => ({
      ...fields,
      starts: u32(`starts${i}`),
      counts: u32(`counts${i}`),
      money: directory.sections[`money${i}`] ? f64(`money${i}`) : null,
    })),
    lon: f64('lon'),
    lat: f64('lat'),
    accuracy: directory.sections['accuracy'] ? f64('accuracy') : null,
    footprints: new Map(directory.footprints),
    tail,
    covers: { inside: u16('inside'), certain: u16('certain'), any: u16('any') },
  };
}

const SCHOOL_VALUES: ReadonlySet<ValueName> = new Set(['students', 'boarders']);

const padded = (length: number) => (length + 7) & ~7;

function typeOf(array: Numbers): NumbersName {
  if (array instanceof Float64Array) return 'f64';
  if (array instanceof Uint32Array) return 'u32';
  return array instanceof Uint16Array ? 'u16' : 'u8';
}
