// Areas as a surveyor or planner would draw them: blobs, corridors along a line, tongues down a slope. None crosses itself.
import { along, distance, left, minus, segments, signedArea, times, turned, unit, type Place, type Ring } from './plane.ts';
import { randomOf } from './random.ts';
import type { Terrain } from './terrain.ts';

function cross(a: Place, b: Place, c: Place): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** Whether no two edges of the ring meet except neighbours in their vertex. */
export function isSimple(ring: Ring): boolean {
  const edges = [...segments(ring, true)];
  return edges.every(([a, b], i) =>
    edges.every(([c, d], j) => {
      if (j <= i + 1 || (i === 0 && j === edges.length - 1)) return true;
      return cross(a, b, c) * cross(a, b, d) > 0 || cross(c, d, a) * cross(c, d, b) > 0;
    }),
  );
}

const counterClockwise = (ring: Ring): Ring => (signedArea(ring) > 0 ? ring : ring.toReversed());

/** An irregular closed shape; radii in metres along and across `direction`. */
export function blob(centre: Place, along_: number, across: number, direction: Place, corners: number, stream: string): Ring {
  const random = randomOf(stream);
  const angle = Math.atan2(direction[1], direction[0]);
  return Array.from({ length: corners }, (_, i): Place => {
    const around = (2 * Math.PI * (i + random.between(-0.2, 0.2))) / corners;
    const reach = random.between(0.82, 1.12);
    const [x, y] = turned([Math.cos(around) * along_ * reach, Math.sin(around) * across * reach], angle);
    return [centre[0] + x, centre[1] + y];
  });
}

/** Both sides of a line, `toLeft` and `toRight` metres out; drawn narrower where a bend would make it cross itself. */
export function corridor(line: readonly Place[], toLeft: number, toRight: number, stream: string): Ring {
  const random = randomOf(stream);
  const kept = line.filter((_, index) => index % 3 === 0 || index === line.length - 1);
  const wobble = kept.map(() => random.between(0.8, 1.15));
  for (let share = 1; share > 0.2; share -= 0.1) {
    const side = (width: number): Place[] =>
      kept.map((place, index) => {
        const before = kept[index - 1] ?? place;
        const after = kept[index + 1] ?? place;
        return along(place, left(unit(minus(after, before))), width * share * (wobble[index] ?? 1));
      });
    const ring = [...side(toLeft), ...side(-toRight).toReversed()];
    if (isSimple(ring)) return counterClockwise(ring);
  }
  throw new Error(`no corridor of ${toLeft} and ${toRight} m along this line`);
}

/** The way a stone or a slide takes: downhill, never turning sharply, until it has run `length` metres or reached a river bed. */
export function descent(terrain: Terrain, from: Place, length: number): Place[] {
  const step = 12;
  const path: Place[] = [from];
  let place = from;
  const start = times(terrain.uphill(from), -1);
  let heading = start;
  for (let run = 0; run < length; run += step) {
    const down = times(terrain.uphill(place), -1);
    heading = unit([heading[0] * 2 + down[0], heading[1] * 2 + down[1]]);
    // A gully may turn the way aside; what comes down the slope does not follow it round the corner.
    if (heading[0] * start[0] + heading[1] * start[1] < 0.55) break;
    place = along(place, heading, step);
    path.push(place);
    if (terrain.toCourse(place) < 14) break;
  }
  return path;
}

/** A tongue down the slope: narrow at the head, widest near the toe, both rounded; half widths in metres. Null: no room. */
export function tongueAlong(path: readonly Place[], headHalf: number, toeHalf: number, stream: string): Ring | null {
  const random = randomOf(stream);
  const stations = Math.min(6, path.length);
  const points = Array.from(
    { length: stations },
    (_, i) => path[Math.round((i * (path.length - 1)) / (stations - 1))] ?? ([0, 0] as const),
  );
  for (let share = 1; share > 0.2; share -= 0.12) {
    const sides = points.map((place, index) => {
      const before = points[index - 1] ?? place;
      const after = points[index + 1] ?? place;
      const part = index / (stations - 1);
      const ends = index === 0 ? 0.5 : index === stations - 1 ? 0.62 : 1;
      const half = (headHalf + (toeHalf - headHalf) * part) * ends * share;
      const across = left(unit(minus(after, before)));
      return {
        left: along(place, across, half * random.between(0.88, 1.15)),
        right: along(place, across, -half * random.between(0.88, 1.15)),
      };
    });
    const last = points.at(-1) ?? [0, 0];
    const heading = unit(minus(last, points.at(-2) ?? last));
    const ring = [...sides.map((s) => s.left), along(last, heading, toeHalf * 0.3 * share), ...sides.map((s) => s.right).toReversed()];
    if (isSimple(ring) && distance(points[0] ?? last, last) > 30) return counterClockwise(ring);
  }
  return null;
}
