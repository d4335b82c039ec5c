// The signs of a notice's map: areas, lines, points, north arrow and scale bar. Lengths are points; y goes down.
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Position } from '../domain/feature.ts';
import { hatch } from './hatch.ts';
import { INK, type Lettering } from './lettering.ts';

/** The colours of the product's map on paper. */
export const COLORS = {
  zone: '#93390F',
  zoneFill: 'rgba(174, 76, 28, 0.12)',
  revoked: '#6A746F',
  revokedFill: 'rgba(106, 116, 111, 0.12)',
  water: '#3C7F9B',
  waterName: '#1F5A74',
  township: '#6A746F',
  school: '#15201D',
  shelter: '#17663A',
  grid: '#7F8983',
  ground: '#FBFBF8',
  sign: '#FFD21A',
  plate: 'rgba(251, 251, 248, 0.85)',
  watermark: 'rgba(142, 27, 132, 0.11)',
} as const;

/** Points between hatching lines, along x. */
const HATCH = 7;

/** What a map is drawn with. */
export interface Pen {
  readonly context: SKRSContext2D;
  readonly letters: Lettering;
}

/** Traces rings as one path, so that a hole is a hole under the even-odd rule. */
function traceRings(context: SKRSContext2D, rings: readonly (readonly Position[])[]): void {
  context.beginPath();
  for (const ring of rings) {
    for (const [i, [x, y]] of ring.entries()) {
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.closePath();
  }
}

/** A danger zone: washed and hatched, with a firm outline; a revoked one in grey and dashed. */
export function drawZone({ context }: Pen, rings: readonly (readonly Position[])[], revoked: boolean): void {
  const color = revoked ? COLORS.revoked : COLORS.zone;
  traceRings(context, rings);
  context.fillStyle = revoked ? COLORS.revokedFill : COLORS.zoneFill;
  context.fill('evenodd');
  context.beginPath();
  for (const [from, to] of hatch(rings, HATCH)) {
    context.moveTo(from[0], from[1]);
    context.lineTo(to[0], to[1]);
  }
  outline(context, color, 0.4);
  traceRings(context, rings);
  outline(context, color, 1.6, revoked ? [6, 3] : []);
}

/** Strokes the current path. */
export function outline(context: SKRSContext2D, color: string, width: number, dash: number[] = []): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

/** A boundary corner: a small ring, as surveyors draw it. */
export function drawCorner({ context }: Pen, [x, y]: Position, color: string): void {
  context.beginPath();
  context.arc(x, y, 1.7, 0, 2 * Math.PI);
  context.fillStyle = '#FFFFFF';
  context.fill();
  outline(context, color, 0.9);
}

/** A warning sign: filled where it is registered, open where it is a proposal. */
export function drawSign({ context }: Pen, [x, y]: Position, proposed: boolean): void {
  context.beginPath();
  context.moveTo(x, y - 5);
  context.lineTo(x + 4.8, y + 3.4);
  context.lineTo(x - 4.8, y + 3.4);
  context.closePath();
  context.fillStyle = proposed ? '#FFFFFF' : COLORS.sign;
  context.fill();
  outline(context, INK, 0.9);
  context.beginPath();
  context.moveTo(x, y - 2);
  context.lineTo(x, y + 1);
  outline(context, INK, 0.9);
  context.fillStyle = INK;
  context.fillRect(x - 0.5, y + 1.6, 1, 1);
}

/** A hazard point: a black disc in a ring. */
export function drawHazard({ context }: Pen, [x, y]: Position): void {
  context.beginPath();
  context.arc(x, y, 4.4, 0, 2 * Math.PI);
  context.fillStyle = '#FFFFFF';
  context.fill();
  outline(context, INK, 1);
  context.beginPath();
  context.arc(x, y, 2.2, 0, 2 * Math.PI);
  context.fillStyle = INK;
  context.fill();
}

/** A school (文) or a shelter (避): one character in a coloured disc. */
export function drawPlace({ context, letters }: Pen, [x, y]: Position, kind: 'school' | 'shelter'): void {
  context.beginPath();
  context.arc(x, y, 4.8, 0, 2 * Math.PI);
  context.fillStyle = kind === 'school' ? COLORS.school : COLORS.shelter;
  context.fill();
  letters.draw(kind === 'school' ? '文' : '避', x, y + 2.4, { size: 6.6, strong: true, color: '#FFFFFF', align: 'center' });
}

/** Grid north, its tip at y. */
export function drawNorthArrow({ context, letters }: Pen, x: number, y: number): void {
  context.fillStyle = COLORS.plate;
  context.fillRect(x - 13, y - 13, 26, 60);
  for (const [side, color] of [
    [-1, INK],
    [1, '#FFFFFF'],
  ] as const) {
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + side * 7, y + 28);
    context.lineTo(x, y + 22);
    context.closePath();
    context.fillStyle = color;
    context.fill();
    outline(context, INK, 0.7);
  }
  letters.draw('北', x, y - 3, { size: 9, strong: true, align: 'center' });
  letters.draw('坐标北', x, y + 39, { size: 6.5, align: 'center' });
}

/** A scale bar of four fields with its ends and middle in metres. */
export function drawScaleBar({ context, letters }: Pen, x: number, y: number, length: number, metres: number): void {
  for (let field = 0; field < 4; field++) {
    context.fillStyle = field % 2 === 0 ? INK : '#FFFFFF';
    context.fillRect(x + (length * field) / 4, y, length / 4, 4);
  }
  context.beginPath();
  context.rect(x, y, length, 4);
  outline(context, INK, 0.7);
  const unit = metres >= 4000 ? { name: '千米', per: 1000 } : { name: '米', per: 1 };
  for (const part of [0, 0.5, 1]) {
    const text = `${+((metres * part) / unit.per).toFixed(2)}${part === 1 ? unit.name : ''}`;
    letters.draw(text, x + length * part, y - 3, { size: 7.5, align: 'center' });
  }
}

/** Words from corner to corner of a page, over tables and map too, so faint that all of it can be read. */
export function drawWatermark({ context, letters }: Pen, text: string, page: { readonly width: number; readonly height: number }): void {
  const size = Math.min(120, 620 / text.length);
  context.save();
  context.translate(page.width / 2, page.height / 2);
  context.rotate(-Math.atan2(page.height, page.width));
  letters.draw(text, 0, size / 3, { size, strong: true, color: COLORS.watermark, align: 'center' });
  context.restore();
}
