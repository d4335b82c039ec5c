// The map of a notice: the zone with its numbered corners and signs among what lies round it, ready for a page of its own.
import type { Feature, Position } from '../domain/feature.ts';
import { drawGround, drawNames, drawPlaces, middleOf, type MapSurroundings } from './mapContext.ts';
import type { MapFrame } from './mapFrame.ts';
import { coarseToFine, isClockwise, LabelPlaces, outward } from './mapLabels.ts';
import { drawPanel, type Drawn } from './mapPanel.ts';
import { MAP, MM, paperOf, SHEET, type Paper } from './mapPaper.ts';
import { COLORS, drawCorner, drawNorthArrow, drawSign, drawZone, outline, type Pen } from './mapSymbols.ts';
import type { CornerRing } from './corners.ts';
import { INK } from './lettering.ts';
import type { NoticeContent } from './noticeModel.ts';

/** Above this, only corners with a number get a mark: marks in a row would hide the boundary. */
const MOST_MARKS = 400;
/** Numbers tried on one ring: what is left then has no room either. */
const MOST_TRIES = 3000;
const TITLE = 15;
/** Points between two places of the boundary that names keep off. */
const STEP = 4;

/** Draws the sheet with its upper left corner at the origin; the measures are those of {@link SHEET}. */
export function drawMapSheet(pen: Pen, content: NoticeContent, frame: MapFrame, surroundings: MapSurroundings): void {
  const { context, letters } = pen;
  const { face } = SHEET;
  const paper = paperOf(frame, content.zone);
  const places = new LabelPlaces(paper.width, paper.height);
  const fit = Math.min(1, (face.width * MM) / letters.width(content.map.title, { size: TITLE, strong: true }));
  letters.draw(content.map.title, (SHEET.width * MM) / 2, 6.5 * MM, { size: TITLE * fit, strong: true, align: 'center' });
  context.save();
  context.translate(face.left * MM, face.top * MM);
  context.save();
  context.beginPath();
  context.rect(0, 0, paper.width, paper.height);
  context.fillStyle = COLORS.ground;
  context.fill();
  context.clip();
  drawGround(pen, paper, surroundings);
  drawGridCrosses(pen, frame);
  drawZone(pen, paper.chains(content.geometry), content.kind === 'revocation');
  // the north arrow's corner belongs to it
  places.take(paper.width - 40, 0, 40, 74, true);
  drawSigns(pen, paper, content, places);
  drawPlaces(pen, paper, surroundings, places);
  const numbered = drawCorners(pen, paper, content, places);
  nameSigns(pen, paper, content, places);
  keepClear(paper.chains(content.geometry), places);
  drawNames(pen, paper, surroundings, places);
  drawNorthArrow(pen, paper.width - 20, 18);
  context.restore();
  drawNeatLine(pen, paper, frame);
  context.restore();
  drawPanel(pen, content, frame, drawnOf(paper, content, surroundings, numbered));
}

function drawnOf(paper: Paper, { signs }: NoticeContent, around: MapSurroundings, numbered: number): Drawn {
  const crossed = (features: readonly Feature[]) => features.some(({ geometry }) => paper.edges(geometry).length > 0);
  const marked = (features: readonly Feature[]) => features.some(({ geometry }) => paper.point(middleOf(geometry)) !== null);
  return {
    numbered,
    rivers: crossed(around.rivers),
    townships: crossed(around.townships),
    zones: crossed(around.zones),
    schools: marked(around.schools),
    shelters: marked(around.shelters),
    hazard: around.hazard !== null && marked([around.hazard]),
    signs: signs.signs.some(({ position }) => paper.point(position) !== null),
  };
}

function drawSigns(pen: Pen, paper: Paper, { signs }: NoticeContent, places: LabelPlaces): void {
  for (const sign of signs.signs) {
    const at = paper.point(sign.position);
    if (!at) continue;
    drawSign(pen, at, sign.proposed);
    places.take(at[0] - 5, at[1] - 5.5, 10, 9.5, true);
  }
}

/** Keeps names off the boundary: it is what the map is for. */
function keepClear(rings: readonly (readonly Position[])[], places: LabelPlaces): void {
  for (const ring of rings) {
    let left = 0;
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1] as Position, ring[i] as Position];
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      for (; left <= length; left += STEP) {
        const t = length === 0 ? 0 : left / length;
        places.take(a[0] + (b[0] - a[0]) * t - 1.5, a[1] + (b[1] - a[1]) * t - 1.5, 3, 3, true);
      }
      left -= length;
    }
  }
}

/** Names the signs after the corners: a number of the boundary is worth more than that of a sign. */
function nameSigns({ letters }: Pen, paper: Paper, { signs }: NoticeContent, places: LabelPlaces): void {
  const size = MAP.small;
  for (const { label, position } of signs.signs) {
    const at = paper.point(position);
    if (!at) continue;
    const width = letters.width(label, { size });
    for (const [left, baseline] of [
      [at[0] + 6, at[1] + 2],
      [at[0] - 6 - width, at[1] + 2],
      [at[0] - width / 2, at[1] - 7],
      [at[0] - width / 2, at[1] + 11],
    ] as const) {
      if (!places.take(left, baseline - size * 0.85, width, size)) continue;
      letters.draw(label, left, baseline, { size, plate: COLORS.plate });
      break;
    }
  }
}

/** Marks and numbers; answers how many corners got their number. */
function drawCorners(pen: Pen, paper: Paper, content: NoticeContent, places: LabelPlaces): number {
  const color = content.kind === 'revocation' ? COLORS.revoked : COLORS.zone;
  const all = content.corners <= MOST_MARKS;
  const rings = content.rings.map((ring) => ({
    ring,
    at: paper.chains({ type: 'LineString', coordinates: ring.corners.map((c) => c.position) })[0] ?? [],
  }));
  if (all) {
    for (const { at } of rings) {
      for (const [x, y] of at) {
        drawCorner(pen, [x, y], color);
        places.take(x - 2, y - 2, 4, 4, true);
      }
    }
  }
  return rings.reduce((sum, { ring, at }) => sum + numberRing(pen, ring, at, places, all ? null : color), 0);
}

/** Numbers the corners of a ring, evenly thinned where they are too many; `mark` is the colour of marks still to be drawn. */
function numberRing(pen: Pen, ring: CornerRing, at: readonly Position[], places: LabelPlaces, mark: string | null): number {
  const size = MAP.small;
  const clockwise = isClockwise(at) !== (ring.hole !== null);
  let [numbered, tries] = [0, 0];
  for (const i of coarseToFine(at.length)) {
    if (++tries > MOST_TRIES) break;
    const place = at[i] as Position;
    const [dx, dy] = outward(at[(i + at.length - 1) % at.length] as Position, place, at[(i + 1) % at.length] as Position, clockwise);
    const label = `J${ring.corners[i]?.number ?? ''}`;
    const width = pen.letters.width(label, { size });
    for (const [reach, side] of [
      [7, 1],
      [11, 1],
      [8, -1],
    ] as const) {
      const x = place[0] + dx * side * (reach + width / 4);
      const y = place[1] + dy * side * reach;
      if (!places.take(x - width / 2, y - size / 2, width, size)) continue;
      if (mark) drawCorner(pen, place, mark);
      pen.letters.draw(label, x, y + size * 0.36, { size, align: 'center', plate: COLORS.plate });
      numbered++;
      break;
    }
  }
  return numbered;
}

function drawGridCrosses({ context }: Pen, frame: MapFrame): void {
  context.beginPath();
  for (const x of frame.grid.eastings) {
    for (const y of frame.grid.northings) {
      const [px, py] = gridPoint(frame, x, y);
      context.moveTo(px - 5, py);
      context.lineTo(px + 5, py);
      context.moveTo(px, py - 5);
      context.lineTo(px, py + 5);
    }
  }
  outline(context, COLORS.grid, 0.5);
}

function gridPoint({ origin, scale, height }: MapFrame, easting: number, northing: number): Position {
  return [((easting - origin[0]) / scale) * 1000 * MM, (height - ((northing - origin[1]) / scale) * 1000) * MM];
}

/** The frame with grid ticks and their figures: eastings above and below, northings at both sides. */
function drawNeatLine({ context, letters }: Pen, paper: Paper, frame: MapFrame): void {
  const xs = frame.grid.eastings.map((easting) => ({ text: easting.toFixed(0), x: gridPoint(frame, easting, 0)[0] }));
  const ys = frame.grid.northings.map((northing) => ({ text: northing.toFixed(0), y: gridPoint(frame, 0, northing)[1] }));
  context.beginPath();
  context.rect(0, 0, paper.width, paper.height);
  outline(context, INK, 1.2);
  context.beginPath();
  for (const { x } of xs) {
    for (const [from, to] of [
      [-4, 0],
      [paper.height, paper.height + 4],
    ] as const) {
      context.moveTo(x, from);
      context.lineTo(x, to);
    }
  }
  for (const { y } of ys) {
    for (const [from, to] of [
      [-4, 0],
      [paper.width, paper.width + 4],
    ] as const) {
      context.moveTo(from, y);
      context.lineTo(to, y);
    }
  }
  outline(context, INK, 0.7);
  const style = { size: 6.8, align: 'center' } as const;
  for (const { text, x } of xs) for (const y of [-6, paper.height + 11]) letters.draw(text, x, y, style);
  for (const { text, y } of ys) {
    for (const x of [-6, paper.width + 11]) {
      context.save();
      context.translate(x, y);
      context.rotate(-Math.PI / 2);
      letters.draw(text, 0, 0, style);
      context.restore();
    }
  }
}
