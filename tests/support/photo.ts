// Photos as a telephone makes them: with an orientation and a position among their notes.
import { createCanvas } from '@napi-rs/canvas';

/** Left half red, right half blue. */
export function picture(width: number, height: number, format: 'jpeg' | 'png' | 'webp' = 'jpeg'): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ff0000';
  context.fillRect(0, 0, width / 2, height);
  context.fillStyle = '#0000ff';
  context.fillRect(width / 2, 0, width / 2, height);
  if (format === 'png') return canvas.toBuffer('image/png');
  return format === 'jpeg' ? canvas.toBuffer('image/jpeg') : canvas.toBuffer('image/webp');
}

/** The same JPEG with notes of the camera: how it was held (1 to 8), and where. */
export function withNotes(jpeg: Buffer, orientation: number): Buffer {
  const head = Buffer.from('4d4d002a00000008', 'hex');
  const entries = Buffer.from(`00010112000300000001${orientation.toString(16).padStart(4, '0')}000000000000`, 'hex');
  const place = Buffer.from('GPS 37.8567N 113.5801E');
  const body = Buffer.concat([Buffer.from('Exif\0\0'), head, entries, place]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, body, jpeg.subarray(2)]);
}
