// Counting everything anew by several threads: the same to the last position, with progress, and it can be called off.
import { expect, test } from 'vitest';
import { makeWorld } from '../../../scripts/bench/world.ts';
import { flatShape } from '../../../server/exposure/flatShape.ts';
import { membershipOf } from '../../../server/exposure/membership.ts';
import type { Unit } from '../../../server/exposure/unit.ts';
import { UnitIndex } from '../../../server/exposure/units/unitIndex.ts';
import { Cancelled } from '../../../server/views/reader.ts';
import { countWith } from '../../../server/workers/countingThreads.ts';

const world = makeWorld(3000);
const NOTHING = {
  people: 2,
  people_registered: null,
  people_at_home: null,
  vulnerable: null,
  property: null,
  students: null,
  boarders: null,
};
const homes = Array.from(world.lon, (lon, i): Unit => ({
  kind: 'households',
  id: world.ids(i),
  geometry: { type: 'Point', coordinates: [lon, world.lat[i] as number] },
  bounds: null,
  accuracy: i % 5,
  township: null,
  village: null,
  values: NOTHING,
}));
const units = UnitIndex.build(homes, (bytes) => new SharedArrayBuffer(bytes));
const shapes = world.zones.map(({ shape }) =>
  flatShape(shape, shape.kind === 'area' ? shape.geometry : { type: 'MultiPolygon', coordinates: [] }),
);
const alone = shapes.map((shape) => membershipOf(units, shape));

test.each([1, 2, 3])('%i threads find what one pass finds', async (threads) => {
  const seen: number[] = [];
  const together = await countWith(threads, { always: true })(units, shapes, { progress: (done) => seen.push(done) });
  expect(together).toEqual(alone);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

test('the order in which the units came changes nothing', () => {
  const other = UnitIndex.build(homes.toReversed());
  expect([...other.lon]).toEqual([...units.lon]);
  expect(shapes.map((shape) => membershipOf(other, shape))).toEqual(alone);
  expect(Array.from(alone[0]?.inside ?? [], (position) => other.idAt(position))).toEqual(
    Array.from(alone[0]?.inside ?? [], (position) => units.idAt(position)),
  );
});

test('a computation that was called off says so', async () => {
  const abort = new AbortController();
  const counting = countWith(2, { always: true })(units, shapes, { signal: abort.signal });
  abort.abort();
  await expect(counting).rejects.toThrow(Cancelled);
});
