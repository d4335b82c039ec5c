// GDAL, a reader that shares no code with this service, opens the exports: layers, counts, systems, types and texts.
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LAYERS } from '../../../server/domain/layer.ts';
import { crsNamed } from '../../../server/geo/crs.ts';
import { esriWkt } from '../../../server/export/prj.ts';
import { features, storeOf } from './features.ts';
import { shapefilesOf, written } from './readBack.ts';

const hasGdal = existsSync('/usr/bin/ogrinfo') || process.env['CI'] === 'true';
const hasValidator = existsSync('/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py');

const SYSTEMS = [4326, 4490, 4526, 4547, 4497, 4508, 32649, 3857];
const EDITABLE = LAYERS.filter(({ derived }) => derived !== true).map(({ name }) => name);

/** What ogrinfo says, and that it has nothing to warn of. */
function ogrinfo(...args: string[]): string {
  const { stdout, stderr, status } = spawnSync('ogrinfo', ['-ro', ...args], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

const some = (layer: (typeof EDITABLE)[number]) =>
  fc.sample(features(layer), { numRuns: 2, seed: 7 }).flatMap((list, run) => list.map((one) => ({ ...one, id: `${one.id}.${run}` })));

describe.skipIf(!hasGdal)('GDAL', () => {
  test.each(EDITABLE)('reads %s from a GeoPackage and from shapefiles, in the system asked for', async (layer) => {
    const list = some(layer);
    for (const epsg of SYSTEMS) {
      const gpkg = await written(storeOf(layer, list), layer, 'gpkg', epsg);
      const told = ogrinfo('-so', gpkg.path, layer);
      expect(told).toContain(`Feature Count: ${list.length}`);
      expect(told).toMatch(new RegExp(`^ {4}ID\\["EPSG",${epsg}\\]\\]$`, 'm'));
      if (hasValidator) {
        const check = spawnSync('/usr/bin/python3', ['-m', 'osgeo_utils.samples.validate_gpkg', '--extra', gpkg.path], {
          encoding: 'utf8',
        });
        expect(check.stdout + check.stderr).toBe('');
        expect(check.status).toBe(0);
      }
      const shp = await written(storeOf(layer, list), layer, 'shp', epsg);
      let count = 0;
      for (const [stem, zip] of shapefilesOf(shp).zips) {
        const one = ogrinfo('-so', `/vsizip/${zip}`, stem);
        count += Number(/Feature Count: (\d+)/.exec(one)?.[1]);
        expect(one, stem).toMatch(new RegExp(`^ {4}ID\\["EPSG",${epsg}\\]\\]$`, 'm'));
      }
      expect(count).toBe(list.filter(({ geometry }) => geometry !== null).length);
      for (const { folder } of [gpkg, shp]) rmSync(folder, { recursive: true });
    }
  });

  test('reads the same values from every format', async () => {
    const properties = {
      name: '赛鱼二中“新校区”',
      students: 1200,
      is_shelter: true,
      position_accuracy_m: 0.5,
      valid_from: '2026-05-18',
      calendar: { terms: 2 },
    };
    const list = [{ id: '140303198001011234', geometry: { type: 'Point', coordinates: [113.5, 37.8] } as const, properties }];
    const gpkg = await written(storeOf('schools', list), 'schools', 'gpkg', 4547);
    const inGpkg = ogrinfo(gpkg.path, 'schools');
    for (const line of [
      'id (String) = 140303198001011234',
      'name (String) = 赛鱼二中“新校区”',
      'students (Integer64) = 1200',
      'is_shelter (Integer(Boolean)) = 1',
      'position_accuracy_m (Real) = 0.5',
      'valid_from (Date) = 2026/05/18',
      'calendar (String(JSON)) = {"terms":2}',
    ])
      expect(inGpkg).toContain(line);
    const shp = await written(storeOf('schools', list), 'schools', 'shp', 4547);
    renameSync(shp.path, `${shp.path}.zip`);
    const inShp = ogrinfo(`/vsizip/${shp.path}.zip/schools.shp`, 'schools');
    for (const line of [
      'id (String) = 140303198001011234',
      '名称 (String) = 赛鱼二中“新校区”',
      '在校生 (Integer64) = 1200',
      '定位精度 (Real) = 0.5',
      '生效日期 (Date) = 2026/05/18',
      '校历 (String) = {"terms":2}',
    ])
      expect(inShp).toContain(line);
    expect(inShp).toMatch(/POINT \(455\d{3}\.\d+ 418\d{4}\.\d+\)/);
    for (const { folder } of [gpkg, shp]) rmSync(folder, { recursive: true });
  });

  test('opens CSV with well-known text, and the workbook with its header', async () => {
    const list = some('hazard-areas');
    const csv = await written(storeOf('hazard-areas', list), 'hazard-areas', 'csv', 4326);
    expect(ogrinfo('-so', '-al', csv.path)).toContain('Geometry: Unknown (any)');
    expect(ogrinfo('-so', '-al', csv.path)).toContain(`Feature Count: ${list.length}`);
    const xlsx = await written(storeOf('hazard-areas', list), 'hazard-areas', 'xlsx', 4326);
    const sheet = ogrinfo('-so', '-al', xlsx.path);
    expect(sheet).toContain('Layer name: 其他危险区域');
    expect(sheet).toContain(`Feature Count: ${list.length}`);
    expect(sheet).toContain('名称 name: String');
    for (const { folder } of [csv, xlsx]) rmSync(folder, { recursive: true });
  });
});

test('the importer knows every .prj again: the same system, or one whose numbers are the same', () => {
  const codes = [4326, 4490, 3857, ...Array.from({ length: 64 }, (_, i) => 4491 + i), 32648, 32651, 32750];
  for (const epsg of codes) {
    const named = crsNamed(esriWkt(epsg));
    const system = crsNamed(`EPSG:${epsg}`);
    if (!('crs' in named) || !('crs' in system)) throw new Error(`EPSG:${epsg} is not known`);
    const place = system.crs.fromLonLat([113.5, 37.8]);
    const back = named.crs.toLonLat(place);
    expect(Math.abs(back[0] - 113.5), `EPSG:${epsg}`).toBeLessThan(1e-9);
    expect(Math.abs(back[1] - 37.8), `EPSG:${epsg}`).toBeLessThan(1e-9);
  }
});
