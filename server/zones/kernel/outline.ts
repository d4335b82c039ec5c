// The polygon of a counting shape, for maps and exports: arcs keep a sagitta of at most 1 cm.
import type { Geometry, Position } from '../../domain/feature.ts';
import { boundsOf, boundsOfPositions, joinBounds } from '../../geo/bounds.ts';
import { metresPerDegree } from '../../geo/ellipsoid.ts';
import { localFrame, mapPositions, type LocalFrame } from '../../geo/localFrame.ts';
import type { CountingShape, Join } from '../../geo/shape.ts';
import { quadrantSegments, type GeometryKernel } from './geos.ts';
import { disc, sweep, validParts, type Convex } from './sweep.ts';

/** Lines are straight in lon/lat; pieces of at most this length (degrees, about 200 m) keep them so in metres. */
const PIECE = 0.002;

export function outlineOf(shape: CountingShape, kernel: GeometryKernel): Geometry {
  switch (shape.kind) {
    case 'area':
      return shape.geometry;
    case 'disc':
      return discOutline(shape.center, shape.radius);
    case 'margin':
      return marginOutline(shape.geometry, shape.margin, kernel);
    case 'strip':
      return stripOutline(shape, kernel);
  }
}

/** Positions at a distance in metres around a centre, by the metric at the middle latitude (0.1 mm within 2 km). */
function discOutline(center: Position, radius: number): Geometry {
  const count = quadrantSegments(radius) * 4;
  const ring: Position[] = [];
  for (let i = 0; i < count; i++) {
    const bearing = (i / count) * 2 * Math.PI;
    const north = radius * Math.cos(bearing);
    const east = radius * Math.sin(bearing);
    let latitude = center[1];
    for (let step = 0; step < 3; step++) latitude = center[1] + north / metresPerDegree((center[1] + latitude) / 2).y;
    ring.push([center[0] + east / metresPerDegree((center[1] + latitude) / 2).x, latitude]);
  }
  ring.push(ring[0] as Position);
  return { type: 'Polygon', coordinates: [ring.toReversed()] };
}

function marginOutline(geometry: Geometry, margin: number, kernel: GeometryKernel): Geometry {
  return margin > 0 ? sweptBy(geometry, () => disc(margin), kernel) : geometry;
}

/**
 * All within a convex reach of a geometry, built in a transverse Mercator of scale 1 centred on it.
 * @param geometry lon/lat
 * @param reachIn the reach in metres; it is given the geometry in the frame's metres
 * @returns valid area in lon/lat
 */
export function sweptBy(geometry: Geometry, reachIn: (local: Geometry) => Convex, kernel: GeometryKernel): Geometry {
  const frame = localFrame(boundsOf(geometry));
  const local = mapPositions(densified(geometry), frame.toMetres);
  return inDegrees(sweep(local, reachIn(local), kernel), frame, kernel);
}

/** An area built in a frame's metres, as a valid one in lon/lat with edges straight there too. */
export function inDegrees(area: Geometry, frame: LocalFrame, kernel: GeometryKernel): Geometry {
  const placed = mapPositions(cut(area, LONGEST_EDGE), frame.toDegrees);
  return kernel.isValid(placed) ? placed : kernel.makeValid(placed);
}

/** Metres: a straight edge of the frame this long parts from one straight in lon/lat by less than 1 mm at 60°. */
const LONGEST_EDGE = 200;

/** A geometry whose edges are straight in lon/lat, in pieces short enough to be straight in metres. */
export function densified(geometry: Geometry): Geometry {
  return cut(geometry, PIECE);
}

/** The geometry with long edges cut; `longest` is in its own units, along either axis. */
function cut(geometry: Geometry, longest: number): Geometry {
  switch (geometry.type) {
    case 'Point':
      return geometry;
    case 'LineString':
      return { type: 'LineString', coordinates: densify(geometry.coordinates, longest) };
    case 'MultiLineString':
    case 'Polygon':
      return {
        ...geometry,
        coordinates: geometry.coordinates.map((line) => densify(line, longest)),
      };
    case 'MultiPolygon':
      return {
        ...geometry,
        coordinates: geometry.coordinates.map((rings) => rings.map((ring) => densify(ring, longest))),
      };
  }
}

function densify(positions: readonly Position[], longest = PIECE): Position[] {
  return positions.flatMap((b, i) => {
    const a = positions[i - 1];
    if (!a) return [b];
    const pieces = Math.max(1, Math.ceil(Math.max(Math.abs(b[0] - a[0]), Math.abs(b[1] - a[1])) / longest));
    return Array.from({ length: pieces }, (_, k): Position => {
      const t = (k + 1) / pieces;
      return k + 1 === pieces ? b : [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    });
  });
}

function stripOutline(shape: Extract<CountingShape, { kind: 'strip' }>, kernel: GeometryKernel): Geometry {
  const frame = localFrame(boundsOfPositions(shape.lines.flat()));
  const parts: Geometry[] = [];
  for (const line of shape.lines) {
    const local = densify(line).map(frame.toMetres);
    for (let i = 1; i < local.length; i++) {
      const box = rectangle(local[i - 1] as Position, local[i] as Position, shape.left, shape.right);
      if (box) parts.push(box);
    }
    // between the pieces of one straight segment the directions differ by micrometres: a wedge closes the crack
    for (let i = 2; i < local.length; i++) {
      parts.push(...wedges(local[i - 2] as Position, local[i - 1] as Position, local[i] as Position, shape.left, shape.right));
    }
  }
  for (const join of shape.joins) parts.push(...joinWedges(join, frame, shape.left, shape.right));
  const united = withoutCracks(kernel.union(parts));
  return inDegrees(united, frame, kernel);
}

function joinWedges(join: Join, frame: LocalFrame, left: number, right: number): Geometry[] {
  return wedges(frame.toMetres(join.from), frame.toMetres(join.vertex), frame.toMetres(join.to), left, right);
}

function rectangle(a: Position, b: Position, left: number, right: number): Geometry | null {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  if (length === 0) return null;
  const nx = -(b[1] - a[1]) / length;
  const ny = (b[0] - a[0]) / length;
  const off = (p: Position, by: number): Position => [p[0] + nx * by, p[1] + ny * by];
  return {
    type: 'Polygon',
    coordinates: [[off(a, -right), off(b, -right), off(b, left), off(a, left), off(a, -right)]],
  };
}

/** The rounded outer side of a bend, as a fan from the vertex. */
export function wedges(from: Position, vertex: Position, to: Position, left: number, right: number): Geometry[] {
  const incoming = Math.atan2(vertex[1] - from[1], vertex[0] - from[0]);
  const outgoing = Math.atan2(to[1] - vertex[1], to[0] - vertex[0]);
  let turn = outgoing - incoming;
  while (turn > Math.PI) turn -= 2 * Math.PI;
  while (turn <= -Math.PI) turn += 2 * Math.PI;
  if (Math.PI - Math.abs(turn) < 1e-5 && left !== right) {
    // straight back: either side keeps its own width, as it is counted
    const aside: Position = [vertex[0] - (vertex[1] - from[1]), vertex[1] + (vertex[0] - from[0])];
    const opposite: Position = [2 * vertex[0] - aside[0], 2 * vertex[1] - aside[1]];
    // a quarter turn to the right opens to the left
    return [...wedges(from, vertex, opposite, left, 0), ...wedges(from, vertex, aside, 0, right)];
  }
  const radius = turn > 0 ? right : left;
  if (radius <= 0 || Math.abs(turn) < 1e-12) return [];
  const start = incoming + (turn > 0 ? -Math.PI / 2 : Math.PI / 2);
  const steps = Math.max(1, Math.ceil((Math.abs(turn) / (Math.PI / 2)) * quadrantSegments(radius)));
  const arc = Array.from({ length: steps + 1 }, (_, i): Position => {
    const angle = start + (turn * i) / steps;
    return [vertex[0] + radius * Math.cos(angle), vertex[1] + radius * Math.sin(angle)];
  });
  return [{ type: 'Polygon', coordinates: [[vertex, ...arc, vertex]] }];
}

/** Without holes smaller than 1 cm², which are cracks between the pieces and no islands. */
function withoutCracks(geometry: Geometry): Geometry {
  const area = (ring: readonly Position[]) =>
    Math.abs(
      ring.reduce((sum, p, i) => {
        const q = ring[(i + 1) % ring.length] as Position;
        return sum + p[0] * q[1] - q[0] * p[1];
      }, 0) / 2,
    );
  const clean = (rings: readonly (readonly Position[])[]) => rings.filter((ring, i) => i === 0 || area(ring) > 1e-4);
  if (geometry.type === 'Polygon') return { type: 'Polygon', coordinates: clean(geometry.coordinates) };
  if (geometry.type === 'MultiPolygon') return { type: 'MultiPolygon', coordinates: geometry.coordinates.map(clean) };
  return geometry;
}

/** Areas in lon/lat as one. */
export function unitedOutline(parts: readonly Geometry[], kernel: GeometryKernel): Geometry {
  const boxes = parts.map(boundsOf).reduce((all, box) => joinBounds(all, box) ?? box);
  const frame = localFrame(boxes);
  return inDegrees(kernel.union(parts.flatMap((part) => validParts(mapPositions(part, frame.toMetres), kernel))), frame, kernel);
}
