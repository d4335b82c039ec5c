// One import in a process of its own, so that its memory is its own: read, checked, staged and stored with what follows from it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Writer } from '../../../server/changes/writer.ts';
import { adoptRules } from '../../../server/changes/adoptRules.ts';
import { importFile } from '../../../server/ingest/importFile.ts';
import { readShippedRules } from '../../../server/service/shippedRules.ts';
import { PATHS } from '../../../server/service/settings.ts';
import { openGeoPackage } from '../../../server/store/gpkg/geopackageStore.ts';
import { loadKernel } from '../../../server/zones/kernel/geos.ts';
import { timed } from '../measure.ts';

const [path = '', table = ''] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'xiantu-bench-import-'));
const store = openGeoPackage(join(folder, 'xiantu.gpkg'), { readOnly: false });
const kernel = await loadKernel();
const writer = new Writer(store, await adoptRules(store, readShippedRules(PATHS.rules), kernel), kernel);
const stagingPath = join(folder, 'staged');
const order = {
  importId: 'bench',
  layer: 'households',
  mode: 'append',
  allowPartial: true,
  dryRun: false,
  fileName: basename(path),
} as const;
const [ms, accepted] = await timed(async () => {
  const report = await importFile(
    {
      ...order,
      path,
      crs: null,
      transform: null,
      encoding: null,
      table: table === '' ? null : table,
      mapping: {},
      defaults: {},
      mappingsPath: join(folder, 'mappings'),
    },
    store,
    stagingPath,
    () => undefined,
  );
  await writer.commitImport({ ...order, stagingPath, by: 'bench' }, () => undefined);
  return report.accepted;
});
await store.close();
await rm(folder, { recursive: true, force: true });
process.stdout.write(JSON.stringify({ ms, accepted }));
