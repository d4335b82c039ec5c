// What an image says of itself in its first bytes: format and size, before anything is decoded.

export type ImageFormat = 'jpeg' | 'png' | 'webp';

export interface ImageHead {
  readonly format: ImageFormat;
  /** Pixels as stored, before any rotation. */
  readonly width: number;
  readonly height: number;
}

/** The head of a JPEG, PNG or WebP; null for anything else, and where the size cannot be read. */
export function imageHead(bytes: Uint8Array): ImageHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return jpegHead(view) ?? pngHead(view) ?? webpHead(view);
  } catch (error) {
    if (error instanceof RangeError) return null; // cut short
    throw error;
  }
}

function jpegHead(view: DataView): ImageHead | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    // start of frame, of every kind but the tables that share its numbers
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return sized('jpeg', view.getUint16(at + 7), view.getUint16(at + 5));
    if (marker === 0xda || marker === 0xd9) return null;
    at += 2 + view.getUint16(at + 2);
  }
}

function pngHead(view: DataView): ImageHead | null {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a || textAt(view, 12) !== 'IHDR') return null;
  return sized('png', view.getUint32(16), view.getUint32(20));
}

function webpHead(view: DataView): ImageHead | null {
  if (textAt(view, 0) !== 'RIFF' || textAt(view, 8) !== 'WEBP') return null;
  switch (textAt(view, 12)) {
    case 'VP8 ':
      return sized('webp', view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return sized('webp', (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X':
      return sized('webp', threeBytes(view, 24) + 1, threeBytes(view, 27) + 1);
    default:
      return null;
  }
}

function sized(format: ImageFormat, width: number, height: number): ImageHead | null {
  return width > 0 && height > 0 ? { format, width, height } : null;
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

function threeBytes(view: DataView, at: number): number {
  return view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
}
