// Areas kept up to date change by change are those of a fresh derivation: random edits of everything that areas follow from.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { adoptRules } from '../../../server/changes/adoptRules.ts';
import { Writer, type Edit } from '../../../server/changes/writer.ts';
import type { Geometry, Position, Properties } from '../../../server/domain/feature.ts';
import type { LayerName } from '../../../server/domain/layer.ts';
import { openGeoPackage } from '../../../server/store/gpkg/geopackageStore.ts';
import { deriveEverything } from '../../../server/zones/deriveZones.ts';
import { loadKernel } from '../../../server/zones/kernel/geos.ts';
import { seeded } from '../../support/postgis.ts';
import { shippedRules } from '../../support/rules.ts';
import { square } from '../../support/square.ts';

const EDITOR = { by: 'tester', reason: 'because' };
const TYPES = ['landslide', 'rockfall', 'debris_flow', 'ground_collapse', 'ground_fissure', 'unstable_slope'];

async function workshop() {
  const folder = mkdtempSync(join(tmpdir(), 'xiantu-derive-'));
  const store = openGeoPackage(join(folder, 'xiantu.gpkg'), { readOnly: false });
  const kernel = await loadKernel();
  const writer = new Writer(store, await adoptRules(store, shippedRules, kernel), kernel);
  const close = async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  };
  return { store, kernel, writer, close };
}

test.each([1, 2, 3])('after 150 random edits nothing is left to derive (seed %i)', async (seed) => {
  const { store, kernel, writer, close } = await workshop();
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const maybe = (properties: Record<string, () => unknown>): Properties =>
    Object.fromEntries(
      Object.entries(properties)
        .filter(() => random() < 0.8)
        .map(([name, value]) => [name, value()]),
    ) as Properties;
  const at = (): Position => [113.5 + random() * 0.01, 37.8 + random() * 0.01];
  /** Ends of sections and channels come from a few places, so that they meet. */
  const nodes = Array.from({ length: 5 }, at);
  const made: Record<string, () => { geometry: Geometry; properties: Properties }> = {
    'hazard-points': () => ({
      geometry: { type: 'Point', coordinates: at() },
      properties: maybe({
        hazard_type: () => pick(TYPES),
        length_m: () => 20 + random() * 100,
        width_m: () => 10 + random() * 50,
        height_m: () => 5 + random() * 30,
        aspect_deg: () => random() * 360,
        channel_id: () => pick(['R0', 'R1', 'R2']),
        state: () => pick(['registered', 'suspected', 'removed']),
      }),
    }),
    'danger-zones': () => ({
      geometry: square(...at(), 0.002),
      properties: {
        hazard_id: pick(['P0', 'P1', 'P2', 'P3']),
        extent: pick(['risk_extent', 'hazard_extent']),
        status: pick(['draft', 'confirmed', 'announced']),
        technical_unit: 'a',
        confirmed_by: 'b',
        document_no: 'c',
        announced_on: '2026-06-01',
      },
    }),
    'river-sections': () => ({
      geometry: { type: 'LineString', coordinates: [pick(nodes), at(), pick(nodes)] },
      properties: { river: pick(['甲', '乙']), ...maybe({ width_left_m: () => 20, width_right_m: () => 30, management_left_m: () => 40 }) },
    }),
    'subsidence-zones': () => ({
      geometry: square(...at(), 0.004),
      properties: {
        mine: pick(['一矿', '二矿']),
        ...maybe({ seam: () => pick(['3', '15']), depth_m: () => 80 + random() * 100, movement_angle_deg: () => 70, tan_beta: () => 2 }),
      },
    }),
    'hazard-areas': () => ({ geometry: square(...at(), 0.002), properties: { kind: pick(['low_lying', 'priority_area']) } }),
  };
  const prefix: Record<string, string> = {
    'hazard-points': 'P',
    'danger-zones': 'Z',
    'river-sections': 'R',
    'subsidence-zones': 'S',
    'hazard-areas': 'A',
  };
  for (let i = 0; i < 150; i++) {
    const layer = pick(Object.keys(made)) as LayerName;
    const id = `${prefix[layer]}${Math.floor(random() * 4)}`;
    const present = await store.get(layer, id);
    const { geometry, properties } = (made[layer] as () => { geometry: Geometry; properties: Properties })();
    const edit: Edit = !present
      ? { kind: 'create', layer, id, geometry, properties: { ...properties } }
      : random() < 0.25
        ? { kind: 'remove', layer, id, ifRevisions: 'any' }
        : { kind: 'replace', layer, id, ifRevisions: 'any', geometry, properties: { ...properties } };
    // a step that the law does not know is refused, and leaves everything as it was
    await writer.edit(edit, EDITOR).catch((error: unknown) => expect(error).toMatchObject({ status: 422 }));
  }
  const { result } = await store.transact(EDITOR, (transaction) => deriveEverything(transaction, shippedRules, kernel));
  expect(result).toEqual([]);
  expect(await store.count('threatened-areas')).toBeGreaterThan(5);
  expect(await store.count('reference-areas')).toBeGreaterThan(1);
  await close();
});

test('areas whose source is gone are gone too, when everything is derived anew', async () => {
  const { store, kernel, writer, close } = await workshop();
  await writer.edit(
    { kind: 'create', layer: 'hazard-points', id: 'P', geometry: { type: 'Point', coordinates: [113.5, 37.8] }, properties: {} },
    EDITOR,
  );
  await store.transact(EDITOR, (transaction) => transaction.remove('hazard-points', 'P'));
  await store.transact(EDITOR, (transaction) => deriveEverything(transaction, shippedRules, kernel));
  expect(await store.count('threatened-areas')).toBe(0);
  await close();
});

test('a store of an earlier release keeps what the county set and gets the rules it lacks', async () => {
  const { store, kernel, close } = await workshop();
  const set = (await store.rules())?.set ?? shippedRules;
  const older = {
    ...set,
    version: 2,
    groups: set.groups.map((group) => ({ ...group, version: 0 })),
    rules: set.rules
      .filter(({ id }) => id !== 'pit')
      .map((rule) => (rule.id === 'flood-register' ? { ...rule, parameters: { radius_m: 18 } } : rule)),
  };
  await store.transact(EDITOR, (transaction) => transaction.putRules(older));
  const adopted = await adoptRules(store, shippedRules, kernel);
  expect(adopted.version).toBe(3);
  expect(adopted.rules.find(({ id }) => id === 'flood-register')?.parameters).toEqual({ radius_m: 18 });
  expect(adopted.rules.map(({ id }) => id).toSorted()).toEqual(shippedRules.rules.map(({ id }) => id).toSorted());
  expect(await adoptRules(store, shippedRules, kernel)).toEqual(adopted);
  await close();
});
