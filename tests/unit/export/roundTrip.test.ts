// What an export holds, read back: the same ids, values and places, in every format, system and layer.
import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Feature, Position } from '../../../server/domain/feature.ts';
import { LAYERS, writableFieldsOf, type LayerName } from '../../../server/domain/layer.ts';
import type { ExportFormat } from '../../../server/export/exportLayer.ts';
import { features, storeOf } from './features.ts';
import { readBack, shapefilesOf, toldOf, written } from './readBack.ts';

/** Without shrinking: the difference tells enough, and every try writes a file. */
const RUNS = { numRuns: 20, endOnFailure: true };
const EXACT = [4326, 4490];
const SYSTEMS = [4326, 4490, 4526, 4547, 4497, 4508, 32649, 3857];
const EDITABLE = LAYERS.filter(({ derived }) => derived !== true).map(({ name }) => name);

const positionsOf = (geometry: Feature['geometry']): Position[] => {
  const walk = (value: unknown): Position[] =>
    Array.isArray(value) && typeof value[0] === 'number' ? [value as unknown as Position] : (value as unknown[]).flatMap(walk);
  return geometry ? walk(geometry.coordinates) : [];
};

/** The same types, parts and vertices; in degrees the same numbers, through metres within 1e-9 degrees (0.1 mm). */
function expectSamePlace(found: Feature['geometry'], wanted: Feature['geometry'], epsg: number): void {
  if (EXACT.includes(epsg)) return expect(found).toEqual(wanted);
  expect(found?.type).toBe(wanted?.type);
  const [a, b] = [positionsOf(found), positionsOf(wanted)];
  expect(a.length).toBe(b.length);
  const most = Math.max(0, ...a.map((p, i) => Math.max(Math.abs(p[0] - (b[i]?.[0] ?? NaN)), Math.abs(p[1] - (b[i]?.[1] ?? NaN)))));
  expect(most).toBeLessThan(1e-9);
}

async function roundTrip(layer: LayerName, format: ExportFormat, epsg: number, list: readonly Feature[]) {
  const file = await written(storeOf(layer, list), layer, format, epsg);
  try {
    return { file, found: await readBack(file, layer, format, epsg) };
  } finally {
    rmSync(file.folder, { recursive: true });
  }
}

describe.each(EDITABLE)('%s', (layer) => {
  test.each(['gpkg', 'geojson', 'csv', 'xlsx'] as const)('%s comes back as it was', async (format) => {
    await fc.assert(
      fc.asyncProperty(features(layer), fc.constantFrom(...SYSTEMS), async (list, epsg) => {
        const { file, found } = await roundTrip(layer, format, epsg, list);
        expect(file.count).toBe(list.length);
        expect([...found.keys()].toSorted()).toEqual(list.map(({ id }) => id).toSorted());
        for (const { id, geometry, properties } of list) {
          const back = found.get(id) as Feature;
          for (const { name } of writableFieldsOf(layer)) expect(back.properties[name], name).toEqual(properties[name]);
          expectSamePlace(back.geometry, geometry, epsg);
        }
        if (format === 'gpkg' || format === 'geojson' || format === 'xlsx') expect(file.losses).toBe('0');
        else expect(file.losses).toMatch(/^0$|^\d+;formula_guarded=\d+$/);
      }),
      RUNS,
    );
  });

  test('a shapefile comes back as it was but for what it says', async () => {
    await fc.assert(
      fc.asyncProperty(features(layer), fc.constantFrom(...SYSTEMS), async (list, epsg) => {
        // an id is in each of its texts, so that a changed one is found: ids of this property are plain
        const plain = list.map((feature, i) => ({ ...feature, id: `户${i}` }));
        const file = await written(storeOf(layer, plain), layer, 'shp', epsg);
        const found = await readBack(file, layer, 'shp', epsg);
        const told = toldOf(shapefilesOf(file).members);
        rmSync(file.folder, { recursive: true });
        expect([...found.keys()].toSorted()).toEqual(plain.map(({ id }) => id).toSorted());
        for (const { name } of writableFieldsOf(layer)) {
          const differ = plain.filter(
            ({ id, properties }) => JSON.stringify(found.get(id)?.properties[name]) !== JSON.stringify(properties[name]),
          );
          // a value may be both too long and full of characters that GBK lacks
          const counts = told.get(name) ?? [0];
          expect(differ.length, name).toBeGreaterThanOrEqual(Math.max(...counts));
          expect(differ.length, name).toBeLessThanOrEqual(counts.reduce((sum, count) => sum + count, 0));
        }
        const guarded = Number(/formula_guarded=(\d+)/.exec(file.losses)?.[1] ?? 0);
        expect(Number.parseInt(file.losses, 10) - guarded).toBe([...told.values()].flat().reduce((sum, count) => sum + count, 0));
        for (const { id, geometry } of plain) expectSamePlace(found.get(id)?.geometry ?? null, geometry, epsg);
      }),
      RUNS,
    );
  });
});
