// A small PNG writer: 8-bit palette images with an alpha value per colour (PNG specification, third edition).
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PALETTE_IMAGE = 3;
const FILTER_UP = 2;

/** Red, green, blue and alpha, 0 to 255. */
export type Colour = readonly [number, number, number, number];

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/**
 * A palette PNG. `pixels` holds one palette index a pixel, rows from the top. `note` goes into a tEXt chunk as a comment
 * (Latin-1 only).
 */
export function writePalettePng(width: number, height: number, palette: readonly Colour[], pixels: Uint8Array, note: string): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8;
  header[9] = PALETTE_IMAGE;
  const colours = Uint8Array.from(palette.flatMap(([red, green, blue]) => [red, green, blue]));
  const alphas = Uint8Array.from(palette, ([, , , alpha]) => alpha);
  // Neighbouring indices stand for neighbouring shades, so the difference to the row above packs well.
  const filtered = new Uint8Array(height * (width + 1));
  for (let row = 0; row < height; row++) {
    const at = row * (width + 1);
    filtered[at] = FILTER_UP;
    for (let column = 0; column < width; column++) {
      const above = row > 0 ? (pixels[(row - 1) * width + column] ?? 0) : 0;
      filtered[at + 1 + column] = ((pixels[row * width + column] ?? 0) - above) & 0xff;
    }
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${note}`, 'latin1')),
    chunk('PLTE', colours),
    chunk('tRNS', alphas),
    chunk('IDAT', deflateSync(filtered, { level: 7 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}
