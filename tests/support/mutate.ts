// Spoils files the way disks, mail programs and enemies do: by a seed, so that every spoilt file can be made again.

/** Bytes and words that readers trip over. */
const AWKWARD: readonly (readonly number[])[] = [
  [0x00],
  [0xff, 0xff, 0xff, 0xff],
  [0x7f, 0xff, 0xff, 0xff],
  [0x00, 0x00, 0x00, 0x80],
  [0xef, 0xbb, 0xbf],
  [0x81],
  [0x22],
  [0x0a],
  ...[
    '1e999',
    '-0',
    'NaN',
    '99999999999999999999',
    '"',
    '<',
    ']]>',
    '&#0;',
    '{',
    '[',
    '}',
    ',',
    '\\u0000',
    '__proto__',
    '北纬',
    '合计',
  ].map((text) => [...new TextEncoder().encode(text)]),
];

/** A stream of whole numbers below a limit (mulberry32). */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** The file with one to six wounds. */
export function mutate(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  let spoilt = Buffer.from(bytes);
  for (let wounds = 1 + next(6); wounds > 0 && spoilt.length > 0; wounds--) spoilt = wound(spoilt, next);
  return spoilt;
}

function wound(bytes: Buffer, next: (below: number) => number): Buffer<ArrayBuffer> {
  const at = next(bytes.length);
  const awkward = Buffer.from(AWKWARD[next(AWKWARD.length)] ?? []);
  const length = 1 + next(Math.min(64, bytes.length - at));
  const end = at + length;
  switch (next(7)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << next(8));
      return flipped;
    }
    case 1: {
      const written = Buffer.from(bytes);
      awkward.copy(written, at);
      return written;
    }
    case 2:
      return Buffer.concat([bytes.subarray(0, at), awkward, bytes.subarray(at)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
    case 5:
      return Buffer.from(bytes.subarray(0, at));
    default: {
      const other = next(bytes.length);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(other, other + length), bytes.subarray(end)]);
    }
  }
}
