import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { assertSoundSqlite, openGeoPackage } from '../../../server/store/gpkg/geopackageStore.ts';
import { storeContract } from './storeContract.ts';

const newPath = () => join(mkdtempSync(join(tmpdir(), 'xiantu-store-')), 'xiantu.gpkg');

storeContract('the GeoPackage store', async () => openGeoPackage(newPath(), { readOnly: false }));

test('a reader sees a commit at once, and cannot write', async () => {
  const path = newPath();
  const writer = openGeoPackage(path, { readOnly: false });
  const reader = openGeoPackage(path, { readOnly: true });
  await writer.transact({ by: 'a', reason: null }, (t) =>
    t.put('schools', { id: 's', geometry: { type: 'Point', coordinates: [113, 37] }, properties: {} }),
  );
  expect(await reader.revision()).toBe(1);
  expect((await reader.get('schools', 's'))?.id).toBe('s');
  await expect(reader.transact({ by: 'a', reason: null }, (t) => t.remove('schools', 's'))).rejects.toThrow();
  await reader.close();
  await writer.close();
});

test('an outside write is noticed', async () => {
  const path = newPath();
  const store = openGeoPackage(path, { readOnly: false });
  await store.transact({ by: 'a', reason: null }, (t) =>
    t.put('schools', { id: 's', geometry: { type: 'Point', coordinates: [113, 37] }, properties: {} }),
  );
  expect(await store.changedOutside()).toBe(false);
  const other = new DatabaseSync(path);
  other.exec(`UPDATE facts SET value = 'x' WHERE name = 'schema_version'`);
  other.close();
  expect(await store.changedOutside()).toBe(true);
  expect(await store.changedOutside()).toBe(false);
  await store.close();
});

test('SQLite releases that can lose commits are refused', () => {
  for (const version of ['3.40.1', '3.51.2', '3.52.0', '3.7.0']) expect(() => assertSoundSqlite(version)).toThrow(/can lose/);
  for (const version of ['3.51.3', '3.53.4', '3.50.7', '3.44.6']) expect(() => assertSoundSqlite(version)).not.toThrow();
});

const gdal = existsSync('/usr/bin/ogrinfo');
test.skipIf(!gdal && process.env['CI'] !== 'true')('GDAL opens the file as it is, with its layers, counts, CRS and R-tree', async () => {
  const path = newPath();
  const store = openGeoPackage(path, { readOnly: false });
  await store.transact({ by: 'a', reason: null }, async (t) => {
    for (let i = 0; i < 30; i++)
      await t.put('schools', {
        id: `s${i}`,
        geometry: { type: 'Point', coordinates: [113 + i / 100, 37] },
        properties: { name: `校${i}` },
      });
  });
  await store.close();
  const { stdout, stderr } = spawnSync('ogrinfo', ['-ro', '-al', '-so', path, 'schools'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toContain('Feature Count: 30');
  expect(stdout).toContain('ID["EPSG",4326]');
  expect(stdout).toContain('Extent: (113.000000, 37.000000) - (113.290000, 37.000000)');
  const filtered = spawnSync('ogrinfo', ['-ro', '-so', '-spat', '112.99', '36.9', '113.055', '37.1', path, 'schools'], {
    encoding: 'utf8',
  });
  expect(filtered.stdout).toContain('Feature Count: 6');
  const history = spawnSync('ogrinfo', ['-ro', '-so', path, 'schools_history'], { encoding: 'utf8' });
  expect(history.stdout).toContain('Feature Count: 0');
});
