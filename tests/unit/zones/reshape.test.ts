// Areas made narrower against the geodesic, and shapes made simpler against their own vertices. XIANTU_FUZZ multiplies the cases.
import { beforeAll, expect, test } from 'vitest';
import type { Geometry, Position } from '../../../server/domain/feature.ts';
import { geodesicArea } from '../../../server/geo/area.ts';
import { mendArea } from '../../../server/ingest/geometry/mend.ts';
import { loadKernel, type GeometryKernel } from '../../../server/zones/kernel/geos.ts';
import { narrowed, simplified, verticesOf, widened } from '../../../server/zones/kernel/reshape.ts';
import { nearestOf, project, setDown } from '../../support/oracle/offsetGeodesic.ts';
import { PlaneArea, ringsOf } from '../../support/oracle/offsetPlane.ts';
import { AREAS, LINES, logBetween, type Random } from '../../support/oracle/offsetShapes.ts';
import { seeded } from '../../support/postgis.ts';
import { square } from '../../support/square.ts';

const times = (cases: number) => Math.round(cases * Number(process.env['XIANTU_FUZZ'] ?? 1));
const PLACES: readonly Position[] = [
  [105, 26],
  [113.5, 38],
  [25, 60],
];
/** Metres. */
const CLOSE = 0.02;
const SAGITTA = 0.01;

let kernel: GeometryKernel;
beforeAll(async () => {
  kernel = await loadKernel();
});

const anyOf = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** An area of the collection as an editor would have it: valid. */
function made(random: Random, i: number, size: number): { named: string; area: Geometry } | null {
  const [kind, make] = Object.entries(AREAS)[i % Object.keys(AREAS).length] as [string, (typeof AREAS)[string]];
  const where = anyOf(random, PLACES);
  const area = mendArea(setDown(make(random, size), where), kernel, [], false);
  return area && { named: `${i}: ${kind} of ${size.toFixed(1)} m at ${where.join()}`, area };
}

test('a narrower area is what lies further from the edge than asked for', { timeout: times(120_000) }, () => {
  const random = seeded(77);
  let emptied = 0;
  for (let i = 0; i < times(200); i++) {
    const size = logBetween(random, 10, 3000);
    const metres = size * logBetween(random, 0.005, 0.3);
    const one = made(random, i, size);
    if (!one) continue;
    const within = new PlaneArea(one.area);
    const left = narrowed(one.area, metres, kernel);
    if (!left) emptied++;
    else expect([one.named, kernel.isValid(left)]).toEqual([one.named, true]);
    const drawn = left && new PlaneArea(left);
    for (let k = 0; k < 30; k++) {
      const ring = anyOf(random, ringsOf(one.area));
      const at = 1 + Math.floor(random() * (ring.length - 1));
      const [a, b] = [ring[at - 1] as Position, ring[at] as Position];
      const t = k % 3 === 0 ? 0 : random();
      const place: Position = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
      const p = project(place, 360 * random(), metres + (random() < 0.5 ? CLOSE : -CLOSE - SAGITTA) * 1.01);
      const off = within.contains(p) ? nearestOf(one.area, p).metres : 0;
      if (off > metres + CLOSE) expect([one.named, metres, p, drawn?.contains(p)]).toEqual([one.named, metres, p, true]);
      if (off < metres - CLOSE - SAGITTA)
        expect([one.named, metres, p, drawn?.contains(p) ?? false]).toEqual([one.named, metres, p, false]);
    }
  }
  expect(emptied).toBeGreaterThan(0);
  expect(emptied).toBeLessThan(times(100));
});

test('wider and narrower again is the same ground, but for round corners', () => {
  const area = square(113.5, 37.8, 0.01);
  const wider = widened(area, 100, kernel);
  const { area: before, perimeter } = geodesicArea(area);
  expect(Math.abs(geodesicArea(wider).area - (before + perimeter * 100 + Math.PI * 100 ** 2))).toBeLessThan(perimeter * 0.02);
  expect(Math.abs(geodesicArea(narrowed(wider, 100, kernel) as Geometry).area - before)).toBeLessThan(perimeter * 0.02);
  expect(narrowed(area, 600, kernel)).toBeNull();
  expect(geodesicArea(widened({ type: 'Point', coordinates: [113.5, 37.8] }, 50, kernel)).area / (Math.PI * 2500)).toBeCloseTo(1, 3);
});

test(
  'a simpler shape has vertices of its own only, every ring, and keeps to the tolerance, to twice of it where a ring begins',
  { timeout: 120_000 },
  () => {
    const random = seeded(78);
    const ratios: number[] = [];
    for (let i = 0; i < times(200); i++) {
      const size = logBetween(random, 10, 3000);
      const tolerance = size * logBetween(random, 0.001, 0.2);
      const one = made(random, i, size);
      if (!one) continue;
      const simpler = simplified(one.area, tolerance, kernel);
      expect([one.named, kernel.isValid(simpler)]).toEqual([one.named, true]);
      expect(ringsOf(simpler)).toHaveLength(ringsOf(one.area).length);
      const own = new Set(ringsOf(one.area).flat().map(String));
      expect(
        ringsOf(simpler)
          .flat()
          .every((p) => own.has(String(p))),
      ).toBe(true);
      expect(verticesOf(simpler)).toBeLessThanOrEqual(verticesOf(one.area));
      const off = ringsOf(one.area).flat().map((p) => nearestOf(simpler, p).metres / tolerance); // prettier-ignore
      expect(Math.max(...off)).toBeLessThan(2.01);
      ratios.push(...off);
    }
    expect(ratios.filter((ratio) => ratio > 1.01).length / ratios.length).toBeLessThan(0.01);
  },
);

test('a line is made simpler too', () => {
  const random = seeded(79);
  const make = Object.values(LINES)[0] as (typeof LINES)[string];
  const line = setDown(make(random, 1000), [113.5, 38]);
  expect(simplified(line, 50, kernel).type).toBe(line.type);
});
