// CRC-32 as in ISO 3309 and zip, eight bytes at a time: it tells a damaged index from a whole one.

const TABLES = Array.from({ length: 8 }, () => new Int32Array(256));
const [FIRST] = TABLES as [Int32Array];
for (let byte = 0; byte < 256; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  FIRST[byte] = crc;
}
for (let slice = 1; slice < 8; slice++) {
  const [before, own] = [TABLES[slice - 1] as Int32Array, TABLES[slice] as Int32Array];
  for (let byte = 0; byte < 256; byte++) {
    const crc = before[byte] as number;
    own[byte] = (crc >>> 8) ^ (FIRST[crc & 255] as number);
  }
}
const [T0, T1, T2, T3, T4, T5, T6, T7] = TABLES as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

/** The checksum as an unsigned number of 32 bits. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  let i = 0;
  const whole = bytes.length - (bytes.length % 8);
  for (; i < whole; i += 8) {
    crc =
      (T7[(crc ^ (bytes[i] as number)) & 255] as number) ^
      (T6[((crc >>> 8) ^ (bytes[i + 1] as number)) & 255] as number) ^
      (T5[((crc >>> 16) ^ (bytes[i + 2] as number)) & 255] as number) ^
      (T4[((crc >>> 24) ^ (bytes[i + 3] as number)) & 255] as number) ^
      (T3[bytes[i + 4] as number] as number) ^
      (T2[bytes[i + 5] as number] as number) ^
      (T1[bytes[i + 6] as number] as number) ^
      (T0[bytes[i + 7] as number] as number);
  }
  for (; i < bytes.length; i++) crc = (crc >>> 8) ^ (T0[(crc ^ (bytes[i] as number)) & 255] as number);
  return ~crc >>> 0;
}
