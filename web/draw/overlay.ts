// Draws the draft over the map on a canvas of its own, in the same frame as the map beneath: the shape follows the hand
// without waiting for tiles. Magenta is what is edited; the saved outline is dotted; what is gained is filled, what is lost is
// hatched; who comes in has a plus, who drops out a minus.
import { effect } from '@preact/signals';
import { MercatorCoordinate, type Map as MapLibre } from 'maplibre-gl';
import type { Position } from '../../server/domain/feature.ts';
import type { Palette } from '../map/palette.ts';
import { paletteOf } from '../map/mapState.ts';
import { theme } from '../state/preferences.ts';
import { positionAt, ringsOf, type Ring, type Shape } from '../draft/shape.ts';
import { compared } from './comparing.ts';
import { counted } from './counting.ts';
import { savedShape } from './draft.ts';
import { liveFaults, liveShape, ringOf } from './live.ts';
import { aim, byTouch, carried, placing, selected, sketch, tool } from './tools.ts';

type Project = (at: Position) => [number, number];

/** Handles nearer to each other than this would hide the line: only the chosen one is drawn. */
const MOST_HANDLES = 400;
/** Marks of single households from this zoom on. */
const MARKS_ZOOM = 14;

export function followOverlay(map: MapLibre): () => void {
  const canvas = document.createElement('canvas');
  canvas.className = 'draft-overlay';
  canvas.setAttribute('aria-hidden', 'true');
  map.getCanvasContainer().after(canvas);
  const pen = canvas.getContext('2d');
  let waiting = false;
  const draw = (): void => {
    waiting = false;
    if (pen) paint(map, canvas, pen);
  };
  const soon = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(draw);
  };
  // with the map's own frame, so that the two never part while it moves
  map.on('move', draw);
  map.on('resize', draw);
  const stop = effect(() => {
    void [
      liveShape.value,
      savedShape.value,
      selected.value,
      sketch.value,
      aim.value,
      counted.value,
      tool.value,
      carried.value,
      theme.value,
    ];
    void [liveFaults.value, compared.value, byTouch.value];
    soon();
  });
  return () => {
    stop();
    map.off('move', draw);
    map.off('resize', draw);
    canvas.remove();
  };
}

function paint(map: MapLibre, canvas: HTMLCanvasElement, pen: CanvasRenderingContext2D): void {
  const { clientWidth: width, clientHeight: height } = map.getCanvas();
  const ratio = devicePixelRatio;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const palette = paletteOf(theme.peek());
  const project = projection(map, width, height);
  const live = liveShape.peek();
  const saved = savedShape.peek();
  const other = compared.peek();
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  if (other)
    outline(pen, pathOf(other.shape, project), other.look === 'theirs' ? palette.zone : palette.select, [9, 5], 2.2, palette.casing);
  if (live) {
    const now = pathOf(live, project);
    if (live.kind === 'area') {
      pen.fillStyle = palette.draftFill;
      pen.fill(now, 'evenodd');
    }
    if (saved && saved !== live && saved.parts.length > 0) difference(pen, now, pathOf(saved, project), palette, width, height);
    pen.strokeStyle = palette.casing;
    pen.lineWidth = 6;
    pen.stroke(now);
    pen.strokeStyle = palette.draft;
    pen.lineWidth = 2.6;
    const broken = liveFaults.peek().some(({ code }) => code === 'crosses_itself');
    pen.setLineDash(broken ? [7, 5] : []);
    pen.stroke(now);
    pen.setLineDash([]);
    people(map, pen, project, palette);
    if (tool.peek() === 'select') handles(map, pen, live, project, palette);
  }
  rubber(pen, project, palette);
  faults(pen, project, palette);
  target(pen, project, palette);
}

/** Degrees to pixels. The map neither turns nor tilts, so two products do what `map.project` does in fifty steps. */
function projection(map: MapLibre, width: number, height: number): Project {
  const world = 512 * 2 ** map.getZoom();
  const centre = MercatorCoordinate.fromLngLat(map.getCenter());
  return ([lon, lat]) => {
    const sin = Math.sin((lat * Math.PI) / 180);
    const x = lon / 360 + 0.5;
    const y = 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
    return [(x - centre.x) * world + width / 2, (y - centre.y) * world + height / 2];
  };
}

function pathOf(shape: Shape, project: Project): Path2D {
  const path = new Path2D();
  for (const { positions } of ringsOf(shape)) line(path, positions, project, shape.kind === 'area');
  return path;
}

/** Vertices nearer to the last one than this many pixels change nothing that anybody could see. */
const NOTICEABLE_PX = 0.5;

function line(path: Path2D, positions: Ring, project: Project, closed: boolean): void {
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  for (const [i, position] of positions.entries()) {
    const [x, y] = project(position);
    if (i === 0) path.moveTo(x, y);
    else if (i < positions.length - 1 && Math.abs(x - lastX) < NOTICEABLE_PX && Math.abs(y - lastY) < NOTICEABLE_PX) continue;
    else path.lineTo(x, y);
    [lastX, lastY] = [x, y];
  }
  if (closed) path.closePath();
}

function outline(pen: CanvasRenderingContext2D, path: Path2D, color: string, dash: number[], width: number, casing: string): void {
  pen.strokeStyle = casing;
  pen.lineWidth = width + 2.4;
  pen.stroke(path);
  pen.setLineDash(dash);
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.stroke(path);
  pen.setLineDash([]);
}

/** What the change gains is filled once more, what it loses is hatched; the saved outline is dotted. */
function difference(pen: CanvasRenderingContext2D, now: Path2D, saved: Path2D, palette: Palette, width: number, height: number): void {
  const everything = new Path2D();
  everything.rect(0, 0, width, height);
  const outside = (of: Path2D): Path2D => {
    const rest = new Path2D(everything);
    rest.addPath(of);
    return rest;
  };
  pen.save();
  pen.clip(outside(saved), 'evenodd');
  pen.globalAlpha = 0.16;
  pen.fillStyle = palette.draft;
  pen.fill(now, 'evenodd');
  pen.restore();
  pen.save();
  pen.clip(saved, 'evenodd');
  pen.clip(outside(now), 'evenodd');
  pen.strokeStyle = palette.labelSecond;
  pen.globalAlpha = 0.7;
  pen.lineWidth = 1;
  pen.beginPath();
  for (let x = -height; x < width; x += 7) {
    pen.moveTo(x, height);
    pen.lineTo(x + height, 0);
  }
  pen.stroke();
  pen.restore();
  outline(pen, saved, palette.labelSecond, [1, 5], 1.8, 'rgba(0,0,0,0)');
}

function people(map: MapLibre, pen: CanvasRenderingContext2D, project: Project, palette: Palette): void {
  const changed = counted.peek()?.changed;
  if (!changed || !savedShape.peek() || map.getZoom() < MARKS_ZOOM) return;
  const mark = (at: Position, plus: boolean): void => {
    const [x, y] = project(at);
    pen.beginPath();
    pen.arc(x, y, 6, 0, 2 * Math.PI);
    pen.fillStyle = palette.surface;
    pen.fill();
    pen.strokeStyle = plus ? palette.draft : palette.labelSecond;
    pen.lineWidth = 1.6;
    pen.stroke();
    pen.beginPath();
    pen.moveTo(x - 3, y);
    pen.lineTo(x + 3, y);
    if (plus) {
      pen.moveTo(x, y - 3);
      pen.lineTo(x, y + 3);
    }
    pen.stroke();
  };
  for (const at of changed.comesIn) mark(at, true);
  for (const at of changed.dropsOut) mark(at, false);
}

function handles(map: MapLibre, pen: CanvasRenderingContext2D, shape: Shape, project: Project, palette: Palette): void {
  const size = byTouch.peek() ? 13 : 9;
  const seen = seenHandles(map, shape, project);
  if (seen) {
    for (const [x, y] of seen.middles) dot(pen, x, y, 3.4, palette.draft, palette.casing, 1);
    for (const [x, y] of seen.vertices) square(pen, x, y, size, palette.surface, palette.draft, 2);
  }
  const chosen = selected.peek();
  const at = chosen && positionAt(shape, chosen);
  if (!at) return;
  const [x, y] = project(at);
  pen.globalAlpha = 0.3;
  dot(pen, x, y, 13, palette.draft, palette.draft, 0);
  pen.globalAlpha = 1;
  dot(pen, x, y, 7, palette.draft, palette.casing, 2);
}

interface Handles {
  readonly vertices: [number, number][];
  readonly middles: [number, number][];
}

const APART_PX = 14;
/** Pixels of an edge below which its middle would stand on its ends. */
const ROOMY_PX = 44;

/** The vertices in view, and middles of edges with room for one; null where they are too many to tell apart. */
function seenHandles(map: MapLibre, shape: Shape, project: Project): Handles | null {
  const bounds = map.getBounds();
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const inView = ([lon, lat]: Position): boolean => lon >= west && lon <= east && lat >= south && lat <= north;
  const vertices: [number, number][] = [];
  const middles: [number, number][] = [];
  for (const { positions } of ringsOf(shape)) {
    let before = shape.kind === 'area' ? positions.at(-1) : undefined;
    for (const position of positions) {
      const here = inView(position);
      if (here) {
        const [x, y] = project(position);
        const last = vertices.at(-1);
        // handles that would touch each other tell nobody anything
        if (!last || Math.hypot(x - last[0], y - last[1]) > APART_PX) vertices.push([x, y]);
      }
      if (vertices.length > MOST_HANDLES) return null;
      if (before && (here || inView(before))) {
        const [a, b] = [project(before), project(position)];
        if (Math.hypot(a[0] - b[0], a[1] - b[1]) > ROOMY_PX) middles.push([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
      }
      before = position;
    }
  }
  return { vertices, middles };
}

function dot(pen: CanvasRenderingContext2D, x: number, y: number, radius: number, fill: string, edge: string, width: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = fill;
  pen.fill();
  if (width === 0) return;
  pen.strokeStyle = edge;
  pen.lineWidth = width;
  pen.stroke();
}

function square(pen: CanvasRenderingContext2D, x: number, y: number, size: number, fill: string, edge: string, width: number): void {
  pen.fillStyle = fill;
  pen.fillRect(x - size / 2, y - size / 2, size, size);
  pen.strokeStyle = edge;
  pen.lineWidth = width;
  pen.strokeRect(x - size / 2, y - size / 2, size, size);
}

/** The sketch: what was placed, and the line from there to the aim. */
function rubber(pen: CanvasRenderingContext2D, project: Project, palette: Palette): void {
  const placed = sketch.peek();
  const form = tool.peek();
  if (placed.length === 0) return;
  const at = aim.peek()?.position;
  const measuring = form === 'measure' || form === 'split';
  const path = new Path2D();
  if (form === 'polygon' || form === 'hole' || measuring) line(path, at ? [...placed, at] : placed, project, false);
  else {
    const ring = ringOf(form, placed, at ?? null);
    if (ring) line(path, ring, project, form !== 'freehand');
    else line(path, placed, project, false);
  }
  outline(pen, path, measuring ? palette.ink : palette.draft, measuring ? [6, 4] : [], 2.4, palette.casing);
  if (form === 'freehand') return;
  placed.forEach((position, i) => {
    const [x, y] = project(position);
    if (i === 0 && placed.length >= 3 && !measuring) dot(pen, x, y, 7, palette.surface, palette.draft, 2.4);
    else dot(pen, x, y, 4, measuring ? palette.ink : palette.draft, palette.casing, 1.4);
  });
}

/** Where the shape is wrong. */
function faults(pen: CanvasRenderingContext2D, project: Project, palette: Palette): void {
  for (const { at } of liveFaults.peek()) {
    if (!at) continue;
    const [x, y] = project(at);
    pen.strokeStyle = palette.ink;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(x, y, 11, 0, 2 * Math.PI);
    pen.moveTo(x - 4, y - 4);
    pen.lineTo(x + 4, y + 4);
    pen.moveTo(x + 4, y - 4);
    pen.lineTo(x - 4, y + 4);
    pen.stroke();
  }
}

/** What the aim has snapped to. */
function target(pen: CanvasRenderingContext2D, project: Project, palette: Palette): void {
  const now = aim.peek();
  if (!now?.snapped || !(placing.peek() || carried.peek())) return;
  const [x, y] = project(now.position);
  pen.strokeStyle = palette.select;
  pen.lineWidth = 2;
  pen.beginPath();
  if (now.snapped.to === 'vertex') pen.rect(x - 8, y - 8, 16, 16);
  else pen.arc(x, y, 8, 0, 2 * Math.PI);
  pen.stroke();
}
