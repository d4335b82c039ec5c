// What an image says of itself before it is decoded.
import { expect, test } from 'vitest';
import { imageHead } from '../../../server/photos/imageHead.ts';
import { picture, withNotes } from '../../support/photo.ts';

test('reads format and size of each kind', () => {
  for (const format of ['jpeg', 'png', 'webp'] as const)
    expect(imageHead(picture(301, 17, format))).toEqual({ format, width: 301, height: 17 });
  expect(imageHead(withNotes(picture(301, 17), 6))).toEqual({ format: 'jpeg', width: 301, height: 17 });
});

test('the three kinds of WebP', () => {
  const chunk = (kind: string, rest: string) => Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), Buffer.from(kind), Buffer.from(rest, 'hex')]); // prettier-ignore
  expect(imageHead(chunk('VP8 ', '000000000000009d012a20032c01'))).toMatchObject({ width: 800, height: 300 });
  expect(imageHead(chunk('VP8L', '000000002f1fc34a00'))).toMatchObject({ width: 800, height: 300 });
  expect(imageHead(chunk('VP8X', '0a000000000000001f03002b0100'))).toMatchObject({ width: 800, height: 300 });
});

test('anything else, and what is cut short, is none', () => {
  const jpeg = picture(20, 20);
  for (let length = 0; length < 150; length++) expect(() => imageHead(jpeg.subarray(0, length))).not.toThrow();
  expect(imageHead(jpeg.subarray(0, 30))).toBeNull();
  for (const text of ['', 'GIF89a..........', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'RIFF....WAVEfmt ............', '\xff\xd8\xff'])
    expect(imageHead(Buffer.from(text, 'latin1'))).toBeNull();
});
