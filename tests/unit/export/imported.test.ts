// An export given to the importer whole, without a mapping, is what it was: every layer, every format, points and all else.
import { readFileSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LAYERS, writableFieldsOf } from '../../../server/domain/layer.ts';
import { EXPORT_FORMATS } from '../../../server/export/exportLayer.ts';
import { ImportBench } from '../../support/importing.ts';
import { features, storeOf } from './features.ts';
import { shapefilesOf, toldOf, written } from './readBack.ts';

const EDITABLE = LAYERS.filter(({ derived }) => derived !== true).map(({ name }) => name);
let bench: ImportBench;
beforeAll(() => {
  bench = new ImportBench();
});
afterAll(() => bench.close());

describe.each(EDITABLE)('%s', (layer) => {
  test.each(EXPORT_FORMATS)('as %s', async (format) => {
    const list = fc
      .sample(features(layer), { numRuns: 3 })
      .flatMap((some, run) => some.map((one, i) => ({ ...one, id: `编号${run}-${i}` })));
    const file = await written(storeOf(layer, list), layer, format, 4547);
    const { report, features: found } = await bench.read(`x.${format === 'shp' ? 'zip' : format}`, readFileSync(file.path), { layer });
    const told: ReadonlyMap<string, unknown> = format === 'shp' ? toldOf(shapefilesOf(file).members) : new Map();
    rmSync(file.folder, { recursive: true });
    expect(report).toMatchObject({ read: list.length, accepted: list.length, rejected: 0, skipped: 0, unmapped: [] });
    const byId = new Map(found.map((feature) => [feature.id, feature]));
    for (const { id, geometry, properties } of list) {
      const back = byId.get(id);
      expect(back?.geometry?.type ?? null).toBe(geometry?.type ?? null);
      for (const { name } of writableFieldsOf(layer)) {
        if (told.has(name)) continue;
        expect(back?.properties[name] ?? null, name).toEqual(properties[name]);
      }
    }
  });
});
