// Threatened areas: how long it takes to derive them all anew, as after a change of the rules, and what the kernel is worth.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZONE_SOURCE_LAYERS, type LayerName } from '../../server/domain/layer.ts';
import type { RuleSet } from '../../server/domain/rules.ts';
import { importFile } from '../../server/ingest/importFile.ts';
import { Staging } from '../../server/ingest/staging.ts';
import { readShippedRules } from '../../server/service/shippedRules.ts';
import { PATHS } from '../../server/service/settings.ts';
import { openGeoPackage } from '../../server/store/gpkg/geopackageStore.ts';
import type { FeatureStore } from '../../server/store/store.ts';
import { Derivation } from '../../server/zones/derivation.ts';
import { deriveEverything } from '../../server/zones/deriveZones.ts';
import { loadKernel, type GeometryKernel } from '../../server/zones/kernel/geos.ts';
import { makeDistrict } from '../demo/district.ts';
import { areaFile, riverFile, workingFile } from '../demo/groundFiles.ts';
import { floodFile, geologicalFile, zoneFile } from '../demo/hazardFiles.ts';
import { compareKernels } from './areas/kernels.ts';
import { madeHazards, zoneOf } from './areas/hazards.ts';
import { timed } from './measure.ts';
import type { AreasResult, LayerTimes, Rebuild } from './types.ts';

const BENCH = { by: 'bench', reason: null };

export interface AreasPlan {
  /** Made hazards. */
  readonly hazards: number;
  /** Shapes that each kernel offsets. */
  readonly shapes: number;
  /** The demo district too: some seconds to make it. */
  readonly demo: boolean;
  readonly postgis: boolean;
}

export async function benchAreas({ hazards, shapes, demo, postgis }: AreasPlan): Promise<AreasResult> {
  const kernel = await loadKernel();
  const rules = readShippedRules(PATHS.rules);
  const rebuilds: Rebuild[] = [];
  if (demo) rebuilds.push((await rebuilt('demo district', rules, kernel, putDemo)).rebuild);
  const made = madeHazards(hazards);
  const put = (store: FeatureStore) =>
    store.transact(BENCH, async (transaction) => {
      for (const { layer, ...feature } of made) await transaction.put(layer, feature);
    });
  const { rebuild, layers } = await rebuilt(`${made.length.toLocaleString('en-US')} made hazards`, rules, kernel, put, made.map(zoneOf));
  return { rebuilds: [...rebuilds, rebuild], layers, ...(await compareKernels(shapes, postgis)) };
}

/** Fills a store of its own, derives everything in it as the writer does, and each zone once more by itself where they are named. */
async function rebuilt(
  what: string,
  rules: RuleSet,
  kernel: GeometryKernel,
  fill: (store: FeatureStore, folder: string) => Promise<unknown>,
  zones: readonly string[] = [],
): Promise<{ rebuild: Rebuild; layers: LayerTimes[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'xiantu-bench-areas-'));
  const store = openGeoPackage(join(folder, 'xiantu.gpkg'), { readOnly: false });
  try {
    await fill(store, folder);
    const [ms] = await timed(() => store.transact(BENCH, (transaction) => deriveEverything(transaction, rules, kernel)));
    let sources = 0;
    for (const layer of ZONE_SOURCE_LAYERS) sources += await store.count(layer);
    const areas = await store.count('threatened-areas', { filter: { op: 'not', arg: { op: 'isNull', property: 'rule' } } });
    return {
      rebuild: { what, sources, areas, shown: await store.count('reference-areas'), ms },
      layers: await timesByLayer(store, rules, kernel, zones),
    };
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timesByLayer(store: FeatureStore, rules: RuleSet, kernel: GeometryKernel, zones: readonly string[]): Promise<LayerTimes[]> {
  const derivation = new Derivation(store, rules, kernel);
  const byLayer = new Map<string, number[]>();
  for (const zone of zones) {
    const layer = zone.slice(0, zone.indexOf(':'));
    const [ms] = await timed(() => derivation.threatenedArea(zone));
    byLayer.set(layer, [...(byLayer.get(layer) ?? []), ms]);
  }
  return [...byLayer].map(([layer, ms]) => ({ layer, ms }));
}

/** The sources of the demo district, read as any county's files are. */
async function putDemo(store: FeatureStore, folder: string): Promise<void> {
  const district = makeDistrict();
  const files = [
    riverFile(district),
    workingFile(district),
    areaFile(district),
    floodFile(district),
    geologicalFile(district),
    zoneFile(district),
  ];
  for (const { file, bytes, layer, crs, encoding, mapping, defaults } of files) {
    const path = join(folder, file);
    const staged = `${path}.staged`;
    await writeFile(path, bytes);
    const order = {
      importId: file,
      path,
      fileName: file,
      layer: layer as LayerName,
      crs: crs ?? null,
      encoding: encoding ?? null,
      table: null,
      mappingsPath: join(folder, 'mappings'),
      transform: null,
    };
    await importFile(
      { ...order, mapping: mapping ?? {}, defaults: defaults ?? {}, mode: 'append', dryRun: false, allowPartial: true },
      store,
      staged,
      () => undefined,
    );
    const staging = Staging.open(staged);
    await store.transact(BENCH, async (transaction) => {
      for (const { feature } of staging.accepted()) await transaction.put(layer as LayerName, feature);
    });
    staging.close();
  }
}
