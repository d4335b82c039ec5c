// Paints symbols and patterns as images for the map. Canvas only: no sprite has to be fetched.
import type { Palette } from './palette.ts';
import { SHELTER_HOUSE, SHELTER_STRIKE, type Shape } from './symbols.ts';

export const RATIO = 2; // images are painted twice as fine as they are shown

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

type Context = OffscreenCanvasRenderingContext2D;

function canvas(size: number, draw: (context: Context) => void): Picture {
  const pixels = Math.round(size * RATIO);
  const context = new OffscreenCanvas(pixels, pixels).getContext('2d');
  if (!context) throw new Error('The browser gives no 2D canvas to paint map symbols on.');
  context.scale(RATIO, RATIO);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  draw(context);
  const { width, height, data } = context.getImageData(0, 0, pixels, pixels);
  return { width, height, data };
}

const LINE = 2.4;

/** A silhouette with a casing that keeps it readable on any ground; `mark` sits at the lower right. */
export function paintShape(shape: Shape, size: number, ink: string, casing: string, mark?: string): Picture {
  const margin = 3;
  return canvas(size + margin * 2, (c) => {
    c.translate(size / 2 + margin, size / 2 + margin);
    c.scale(size / 20, size / 20);
    const solid = shape.solid && new Path2D(shape.solid);
    const line = shape.line && new Path2D(shape.line);
    c.strokeStyle = casing;
    c.lineWidth = 4.5;
    if (solid) c.stroke(solid);
    c.lineWidth = LINE + 4;
    if (line) c.stroke(line);
    if (!solid && line) {
      c.fillStyle = casing;
      c.fill(line);
    }
    c.fillStyle = ink;
    c.strokeStyle = ink;
    c.lineWidth = LINE;
    if (solid) c.fill(solid);
    if (line) c.stroke(line);
    if (shape.cut) {
      c.strokeStyle = casing;
      c.lineWidth = 1.8;
      c.stroke(new Path2D(shape.cut));
    }
    const sign = mark && new Path2D(mark);
    if (sign) {
      c.translate(6.5, 6);
      c.strokeStyle = casing;
      c.lineWidth = 4;
      c.stroke(sign);
      c.fill(sign);
    }
  });
}

/** House and arrow on a plate; a shelter inside a hazard is grey and struck through. */
export function paintShelter(size: number, palette: Palette, usable: boolean): Picture {
  return canvas(size + 4, (c) => {
    c.translate(size / 2 + 2, size / 2 + 2);
    c.scale(size / 20, size / 20);
    c.beginPath();
    c.roundRect(-10, -10, 20, 20, 3.5);
    c.fillStyle = usable ? palette.shelter : palette.revoked;
    c.strokeStyle = palette.casing;
    c.lineWidth = 2.4;
    c.stroke();
    c.fill();
    c.lineWidth = 2;
    c.stroke(new Path2D(SHELTER_HOUSE));
    if (usable) return;
    c.lineWidth = 5;
    c.stroke(new Path2D(SHELTER_STRIKE));
    c.strokeStyle = palette.ink;
    c.lineWidth = 2.2;
    c.stroke(new Path2D(SHELTER_STRIKE));
  });
}

/** Hatch at 45°: mining ground. The square tile carries the line over its corners, so it meets itself. */
export function paintHatch(color: string, step: number, width: number): Picture {
  return canvas(step, (c) => {
    c.strokeStyle = color;
    c.lineWidth = width;
    c.lineCap = 'square';
    c.beginPath();
    for (const shift of [-step, 0, step]) {
      c.moveTo(shift - 2, step + 2);
      c.lineTo(shift + step + 2, -2);
    }
    c.stroke();
  });
}

/** Horizontal waves: ground that water reaches. */
export function paintWaves(color: string): Picture {
  const step = 8; // small: MapLibre shows a pattern at up to twice its size between two zooms
  return canvas(step, (c) => {
    c.strokeStyle = color;
    c.lineWidth = 0.9;
    c.beginPath();
    for (let x = -step; x <= step * 2; x += 0.5) c.lineTo(x, step / 2 + 1.2 * Math.sin((x / step) * 2 * Math.PI));
    c.stroke();
  });
}

/** Ticks from the middle of a line to its inner side: an extent that is shown and not counted. */
export function paintEdgeTicks(color: string): Picture {
  return canvas(8, (c) => {
    c.strokeStyle = color;
    c.lineWidth = 1.1;
    c.lineCap = 'butt';
    c.beginPath();
    // Towards the inner side of an outer ring; short of the rim, where the other side of the image shines through.
    c.moveTo(4, 4);
    c.lineTo(4, 0.8);
    c.stroke();
  });
}

/** Short upright strokes: slopes that may move, without water. */
export function paintTicks(color: string): Picture {
  return canvas(8, (c) => {
    c.strokeStyle = color;
    c.lineWidth = 1.1;
    c.beginPath();
    c.moveTo(2, 0.8);
    c.lineTo(2, 3.4);
    c.moveTo(6, 4.8);
    c.lineTo(6, 7.4);
    c.stroke();
  });
}
