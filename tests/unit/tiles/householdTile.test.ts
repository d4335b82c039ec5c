// Household tiles, read back with the reader that maps use: nobody is missing, and nobody is there twice.
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { expect, test } from 'vitest';
import type { Feature } from '../../../server/domain/feature.ts';
import { Exposure } from '../../../server/exposure/exposure.ts';
import { unitOf } from '../../../server/exposure/unit.ts';
import { UnitIndex } from '../../../server/exposure/units/unitIndex.ts';
import { zoneOf, type Zone } from '../../../server/exposure/zone.ts';
import { householdTile } from '../../../server/tiles/householdTile.ts';
import { TileFrame } from '../../../server/tiles/mercator.ts';
import { square } from '../../support/square.ts';

const WEST = 113.5;
const SOUTH = 37.8;

const homes: Feature[] = Array.from({ length: 400 }, (_, i) => ({
  id: `户-${i}`,
  geometry: { type: 'Point', coordinates: [WEST + ((i * 37) % 400) / 4000, SOUTH + ((i * 91) % 400) / 4000] },
  properties: { position_accuracy_m: i % 3 === 0 ? 12 : null },
}));
homes.push({ id: 'footprint', geometry: square(WEST + 0.05, SOUTH + 0.05, 0.0002), properties: {} });
const zone = zoneOf({
  id: 'hazard-areas:a',
  geometry: square(WEST, SOUTH, 0.05),
  properties: { layer: 'hazard-areas', rule: 'test' },
}) as Zone;
const exposure = new Exposure({
  units: UnitIndex.build(homes.map((home) => unitOf('households', home))),
  unlocated: [],
  zones: [zone],
  townships: [],
});

interface Seen {
  type: number;
  properties: Record<string, unknown>;
}

/** All features of the layer at one zoom. */
function allAt(z: number): Seen[] {
  const side = 2 ** z;
  const column = (lon: number) => Math.floor(((lon + 180) / 360) * side);
  const row = (lat: number) => Math.floor((0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * side);
  const seen: Seen[] = [];
  for (let x = column(WEST - 0.01); x <= column(WEST + 0.12); x++) {
    for (let y = row(SOUTH + 0.12); y <= row(SOUTH - 0.01); y++) {
      const bytes = householdTile(exposure, z, x, y);
      if (bytes.length === 0) continue;
      const layer = new VectorTile(new PbfReader(bytes)).layers['households'];
      for (let i = 0; i < (layer?.length ?? 0); i++) {
        const feature = layer?.feature(i);
        if (feature) seen.push({ type: feature.type, properties: feature.properties });
      }
    }
  }
  return seen;
}

test.each([0, 5, 8, 10, 12, 13, 14])('at zoom %i the figures of all tiles add up to those of the report', (z) => {
  const seen = allAt(z);
  const sum = (name: string) => seen.reduce((total, { properties }) => total + ((properties[name] as number | undefined) ?? 0), 0);
  const { inside, certain, any } = exposure.covers;
  expect(sum('n')).toBe(homes.length);
  expect(sum('hit')).toBe(inside.sums[0]);
  expect(sum('certain')).toBe(certain.sums[0]);
  expect(sum('possible')).toBe(any.sumsWithout(certain)[0]);
});

test('from zoom 15 on every household is a feature of its own, with its id; a footprint is a polygon', () => {
  const seen = allAt(15);
  const points = seen.filter(({ type }) => type === 1);
  expect(points.map(({ properties }) => properties['id']).toSorted()).toEqual(
    homes
      .slice(0, 400)
      .map(({ id }) => id)
      .toSorted(),
  );
  expect(points.every(({ properties }) => properties['n'] === 1)).toBe(true);
  expect(points.filter(({ properties }) => properties['hit'] === 1).length).toBe((exposure.covers.inside.sums[0] as number) - 1);
  const footprints = seen.filter(({ type }) => type === 3);
  expect(new Set(footprints.map(({ properties }) => properties['id']))).toEqual(new Set(['footprint']));
});

test('rows of a tile agree with the Mercator formula at every zoom', () => {
  for (let z = 0; z <= 16; z++) {
    for (const lat of [37.87, 0.001, -60, 80]) {
      const side = 2 ** z;
      const exact = (0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * side;
      const y = Math.floor(exact);
      expect(new TileFrame(z, 0, y).row(lat)).toBeCloseTo((exact - y) * 4096, 2);
    }
  }
});
