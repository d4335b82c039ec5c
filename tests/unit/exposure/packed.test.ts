// The index that goes to the page: it counts as the service does, and says nothing of who lives where.
import { crc32 as crcOfNode } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Feature } from '../../../server/domain/feature.ts';
import { crc32 } from '../../../server/exposure/crc32.ts';
import { Exposure } from '../../../server/exposure/exposure.ts';
import { flatShape } from '../../../server/exposure/flatShape.ts';
import { certainOf, membershipOf } from '../../../server/exposure/membership.ts';
import { NO_FILTER } from '../../../server/exposure/filter.ts';
import { countPacked } from '../../../server/exposure/packedCount.ts';
import { positionsIn } from '../../../server/exposure/runs/runList.ts';
import { whatIf } from '../../../server/exposure/whatIf.ts';
import { BadIndex, packIndex, unpackIndex } from '../../../server/exposure/packed.ts';
import { unitOf } from '../../../server/exposure/unit.ts';
import { sumsOf } from '../../../server/exposure/units/runSums.ts';
import { UnitIndex } from '../../../server/exposure/units/unitIndex.ts';
import { zoneOf, type Zone } from '../../../server/exposure/zone.ts';
import { square } from '../../support/square.ts';

const home = (i: number): Feature => ({
  id: `secret-${i}`,
  geometry: i % 10 === 0 ? square(0.01 * i, 0.3, 0.005) : { type: 'Point', coordinates: [0.01 * i, 0.3 + 0.001 * (i % 7)] },
  properties: { people: i % 5, property_wan: 1.5, township: '140302001000', village: '秘密村', position_accuracy_m: i % 4 ? 3 : null },
});
const zone = zoneOf({ id: 'hazard-areas:a', geometry: square(0, 0, 1), properties: { layer: 'hazard-areas', rule: 'test' } }) as Zone;

function world(): Exposure {
  const exposure = new Exposure({
    units: UnitIndex.build(Array.from({ length: 200 }, (_, i) => unitOf('households', home(i)))),
    unlocated: [],
    zones: [zone],
    townships: [],
  });
  // some that came and went since
  exposure.putUnit(unitOf('households', { ...home(500), geometry: { type: 'Point', coordinates: [0.5, 0.5] } }));
  exposure.removeUnit('households', 'secret-11');
  return exposure;
}

describe('the packed index', () => {
  const exposure = world();
  const bytes = packIndex(exposure, 7);
  const index = unpackIndex(bytes);

  test('counts any shape as the service does', () => {
    for (const geometry of [square(0.2, 0.1, 0.5), square(0.25, 0.29, 0.02), square(5, 5, 1)]) {
      const shape = flatShape({ kind: 'area', geometry }, geometry);
      const here = membershipOf(index, shape);
      const there = membershipOf(exposure.units, shape);
      expect(here).toEqual(there);
      expect(sumsOf(index, here.inside)).toEqual(sumsOf(exposure.units, there.inside));
      expect(sumsOf(index, certainOf(here))).toEqual(sumsOf(exposure.units, certainOf(there)));
    }
    expect(sumsOf(index, membershipOf(index, zone.shape).inside)).toEqual(exposure.covers.inside.sums);
  });

  test('answers a drawn shape as what-if does, and says how many inside are threatened', () => {
    for (const geometry of [square(0.2, 0.1, 0.5), square(0.9, 0.2, 0.5), square(5, 5, 1)]) {
      const shape = flatShape({ kind: 'area', geometry }, geometry);
      const { threatened, revision, ...figure } = countPacked(index, shape, 'resident', 'night');
      expect(figure).toEqual(whatIf(exposure, shape, null, NO_FILTER));
      const inBoth = [...positionsIn(membershipOf(index, shape).inside)].filter(
        (position) => exposure.units.alive[position] && exposure.covers.inside.covers(position),
      );
      expect([threatened.households, revision]).toEqual([inBoth.length, 7]);
    }
  });

  test('knows how many zones cover each position, the revision and what is stated', () => {
    expect(index.revision).toBe(7);
    expect(index.covers.inside).toEqual(exposure.covers.inside.count.slice(0, exposure.units.end));
    expect(index.stated).toContain('property');
    expect(index.stated).not.toContain('vulnerable');
  });

  test('holds no id and no village', () => {
    const text = Buffer.from(bytes).toString('utf8');
    expect(text).not.toContain('secret');
    expect(text).not.toContain('秘密村');
  });

  test('damage, another version and other bytes are told apart', () => {
    const damaged = bytes.slice();
    damaged[damaged.length - 9] = (damaged[damaged.length - 9] as number) ^ 1;
    expect(() => unpackIndex(damaged)).toThrow(/damaged/);
    const older = bytes.slice();
    older[4] = 99;
    expect(() => unpackIndex(older)).toThrow(/version 99/);
    expect(() => unpackIndex(new Uint8Array(3))).toThrow(BadIndex);
    expect(() => unpackIndex(bytes.slice(0, bytes.length - 8))).toThrow(BadIndex);
  });
});

test('the checksum is that of ISO 3309', () => {
  for (const length of [0, 1, 7, 8, 9, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 131) & 255);
    expect(crc32(bytes)).toBe(crcOfNode(bytes));
  }
});
