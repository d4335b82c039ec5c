// A photo as it is kept: written anew from its pixels, so that nothing else of the file survives, the position of a telephone above
// all; upright, and no larger than a screen can show.
import { createCanvas, loadImage, type Canvas } from '@napi-rs/canvas';
import { readFile, writeFile } from 'node:fs/promises';
import { Problem } from '../domain/problem.ts';
import { imageHead, type ImageFormat } from './imageHead.ts';

/** Pixels that are decoded: 50 million take 200 MB for a moment. */
const MOST_PIXELS = 50_000_000;
/** Pixels of the longer side. */
const LARGE = 2560;
const SMALL = 480;
/** Of 100. */
const QUALITY = 85;

export interface PhotoFiles {
  readonly photo: string;
  readonly thumbnail: string;
}

export interface EncodedPhoto {
  /** Pixels of the photo as it is kept. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/**
 * Reads an upload and writes the photo and its thumbnail as JPEG.
 * @param named the format that the file's name says
 * @throws Problem 415 when the content is of another format, 413 when it has too many pixels, 422 when it cannot be decoded
 */
export async function encodePhoto(upload: string, named: ImageFormat, files: PhotoFiles): Promise<EncodedPhoto> {
  const original = await readFile(upload);
  const head = imageHead(original);
  if (head?.format !== named)
    throw new Problem(
      415,
      'photo_type',
      `文件名是 ${named}，内容${head ? `是 ${head.format}` : '不是图片'} The file is called ${named}, and its content is ${head?.format ?? 'no image'}.`,
    );
  if (head.width * head.height > MOST_PIXELS)
    throw new Problem(
      413,
      'photo_too_large',
      `照片 ${head.width}×${head.height}，超过 ${MOST_PIXELS / 1e6} 百万像素 The photo has ${head.width}×${head.height} pixels; ${MOST_PIXELS / 1e6} million are taken at most.`,
    );
  const large = await drawn(original);
  const bytes = await large.encode('jpeg', QUALITY);
  await writeFile(files.photo, bytes, { mode: 0o600, flush: true });
  await writeFile(files.thumbnail, await scaled(large, large.width, large.height, SMALL).encode('jpeg', QUALITY), {
    mode: 0o600,
    flush: true,
  });
  return { width: large.width, height: large.height, bytes: bytes.length };
}

/** Upright: the decoder turns the image as its EXIF orientation says. */
async function drawn(original: Buffer): Promise<Canvas> {
  try {
    const image = await loadImage(original);
    return scaled(image, image.width, image.height, LARGE);
  } catch (cause) {
    throw new Problem(422, 'photo_unreadable', '照片无法解码，可能已损坏 The photo cannot be decoded; the file may be damaged.', { cause });
  }
}

function scaled(image: Parameters<ReturnType<Canvas['getContext']>['drawImage']>[0], width: number, height: number, most: number): Canvas {
  const scale = Math.min(1, most / Math.max(width, height));
  const canvas = createCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext('2d');
  // JPEG has no transparency
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}
