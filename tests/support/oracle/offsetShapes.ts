// Sources that an offset may break on, made in metres around 0: ragged, folded, touching themselves, thin, wound up.
import type { Geometry, Position, Ring } from '../../../server/domain/feature.ts';

export type Random = () => number;

const closed = (ring: readonly Position[]): Position[] => [...ring, ring[0] as Position];
const polygon = (...rings: readonly (readonly Position[])[]): Geometry => ({ type: 'Polygon', coordinates: rings.map(closed) });
const line = (positions: readonly Position[]): Geometry => ({ type: 'LineString', coordinates: positions });

const between = (random: Random, low: number, high: number): number => low + (high - low) * random();
/** Each power of ten as likely as the next. */
export const logBetween = (random: Random, low: number, high: number): number => low * (high / low) ** random();
const whole = (random: Random, low: number, high: number): number => low + Math.floor((high - low + 1) * random());

/** A star-shaped ring, ragged. */
function star(random: Random, size: number, vertices: number, inner = 0.25): Position[] {
  const turn = random() * 2 * Math.PI;
  return Array.from({ length: vertices }, (_, i): Position => {
    const angle = turn + ((i + 0.8 * random()) / vertices) * 2 * Math.PI;
    const radius = (size / 2) * (inner + (1 - inner) * random());
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/** A comb: teeth with deep bays between them, of random widths. */
function comb(random: Random, size: number, teeth: number): Position[] {
  const ring: Position[] = [
    [0, 0],
    [size, 0],
  ];
  const pitch = size / teeth;
  for (let i = teeth; i > 0; i--) {
    const width = pitch * between(random, 0.2, 0.9);
    const height = size * between(random, 0.5, 1);
    const floor = size * between(random, 0.02, 0.2);
    ring.push([i * pitch, height], [i * pitch - width, height * between(random, 0.95, 1)], [i * pitch - width, floor]);
    if (i > 1) ring.push([(i - 1) * pitch, floor]);
  }
  return ring;
}

/** A band along an Archimedean spiral. */
function spiral(random: Random, size: number, turns: number): Position[] {
  const steps = turns * 24;
  const width = (size / 2 / (turns + 1)) * between(random, 0.1, 0.6);
  const at = (i: number, off: number): Position => {
    const angle = (i / 24) * 2 * Math.PI;
    const radius = (size / 2) * ((i / 24 + 1) / (turns + 1)) + off;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  };
  const out = Array.from({ length: steps + 1 }, (_, i) => at(i, -width / 2));
  const back = Array.from({ length: steps + 1 }, (_, i) => at(steps - i, width / 2));
  return [...out, ...back];
}

/** Two lobes that share one vertex: the ring touches itself there. */
function figureOfEight(random: Random, size: number): Position[] {
  const lobe = (sign: number): Position[] =>
    Array.from({ length: 7 }, (_, i): Position => {
      const angle = ((i + 1) / 8 - 0.5) * Math.PI * 0.9;
      const radius = (size / 2) * between(random, 0.5, 1);
      return [sign * radius * Math.cos(angle), radius * Math.sin(angle)];
    });
  return [[0, 0], ...lobe(1), [0, 0], ...lobe(-1).toReversed()];
}

/** Sides that cross: no valid ring, but an area by the even-odd rule. */
function crossed(random: Random, size: number): Position[] {
  return Array.from({ length: whole(random, 4, 9) }, (): Position => [size * (random() - 0.5), size * (random() - 0.5)]);
}

/** 1 cm wide. */
function sliver(random: Random, size: number): Position[] {
  const angle = random() * Math.PI;
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  const at = (along: number, left: number): Position => [along * x - left * y, along * y + left * x];
  return [at(0, 0), at(size / 2, 0.004 * random()), at(size, 0), at(size, 0.01), at(size / 3, 0.01), at(0, 0.01)];
}

function shrunk(ring: Ring, by: number, [x, y]: Position): Position[] {
  return ring.map(([px, py]) => [px * by + x, py * by + y]);
}

/** Valid areas, and some that only their repair makes valid. @param size metres across */
export const AREAS: Readonly<Record<string, (random: Random, size: number) => Geometry>> = {
  'ragged blob': (random, size) => polygon(star(random, size, whole(random, 3, 40))),
  'comb with deep bays': (random, size) => polygon(comb(random, size, whole(random, 2, 7))),
  'ring that touches itself': (random, size) => polygon(figureOfEight(random, size)),
  'area with holes': (random, size) => {
    const outer = star(random, size, whole(random, 12, 40), 0.7);
    const hole = (x: number) => shrunk(star(random, size, whole(random, 3, 20)), 0.25, [x * size, 0]).toReversed();
    return polygon(outer, hole(-0.16), hole(0.16));
  },
  'sliver of a centimetre': (random, size) => polygon(sliver(random, size)),
  spiral: (random, size) => polygon(spiral(random, size, whole(random, 2, 4))),
  'ring that crosses itself': (random, size) => polygon(crossed(random, size)),
  'parts side by side': (random, size) => {
    const part = (x: number) => [closed(shrunk(star(random, size, whole(random, 3, 12)), 0.3, [x * size, 0]))];
    return { type: 'MultiPolygon', coordinates: [part(-0.4), part(0), part(0.4)] };
  },
  'repeated vertices': (random, size) => {
    const ring = star(random, size, whole(random, 4, 12));
    return polygon(ring.flatMap((p, i) => (i % 3 === 0 ? [p, p, p] : [p])));
  },
};

/** Thousands of vertices. */
export function largeBlob(random: Random, size: number, vertices: number): Geometry {
  return polygon(star(random, size, vertices, 0.6));
}

export const LINES: Readonly<Record<string, (random: Random, size: number) => Geometry>> = {
  'winding line': (random, size) => {
    const count = whole(random, 2, 12);
    return line(Array.from({ length: count }, (_, i): Position => [(size * i) / count, size * 0.3 * (random() - 0.5)]));
  },
  'line that folds back on itself': (random, size) => {
    const there: Position[] = [
      [0, 0],
      [size * 0.6, size * 0.1],
      [size, 0],
    ];
    return line([...there, [size * 0.6, size * 0.1], [size * 0.3, size * (random() - 0.5)], [size * 0.6, size * 0.1]]);
  },
  'line with repeated vertices': (random, size) =>
    line([
      [0, 0],
      [0, 0],
      [size * 0.5, size * 0.2 * random()],
      [size * 0.5, size * 0.2 * random()],
      [size, 0],
      [size, 0],
    ]),
  'nearly straight line': (random, size) =>
    line(Array.from({ length: 8 }, (_, i): Position => [(size * i) / 8 + size * 0.01 * random(), 1e-6 * (random() - 0.5)])),
  'line that crosses itself': (random, size) =>
    line(Array.from({ length: whole(random, 3, 8) }, (): Position => [size * (random() - 0.5), size * (random() - 0.5)])),
  'lines in parts': (random, size) => ({
    type: 'MultiLineString',
    coordinates: [0, 1].map(() => Array.from({ length: 3 }, (): Position => [size * (random() - 0.5), size * (random() - 0.5)])),
  }),
};
