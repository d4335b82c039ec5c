// What a shapefile cannot hold is told value by value, and stands whole beside it; what a table cannot hold is told as well.
import { rmSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { Feature, Geometry, PropertyValue } from '../../../server/domain/feature.ts';
import type { LayerName } from '../../../server/domain/layer.ts';
import type { ExportFormat } from '../../../server/export/exportLayer.ts';
import { storeOf } from './features.ts';
import { readBack, shapefilesOf, textOf, toldOf, written } from './readBack.ts';

const point: Geometry = { type: 'Point', coordinates: [113.5, 37.8] };
const feature = (id: string, properties: Record<string, PropertyValue>, geometry: Geometry | null = point): Feature => ({
  id,
  geometry,
  properties,
});

async function exported<T>(
  layer: LayerName,
  format: ExportFormat,
  list: readonly Feature[],
  look: (file: Awaited<ReturnType<typeof written>>) => T | Promise<T>,
  epsg = 4326,
): Promise<T> {
  const file = await written(storeOf(layer, list), layer, format, epsg);
  try {
    return await look(file);
  } finally {
    rmSync(file.folder, { recursive: true });
  }
}

/** The columns that the head of a .dbf describes. */
function columnsOf(dbf: Uint8Array): Record<string, { type: string; length: number; decimals: number }> {
  const columns: Record<string, { type: string; length: number; decimals: number }> = {};
  for (let at = 32; dbf[at] !== 0x0d; at += 32) {
    const name = dbf.subarray(at, dbf.indexOf(0, at) < at + 11 ? dbf.indexOf(0, at) : at + 10);
    columns[new TextDecoder('gbk').decode(name)] = {
      type: String.fromCharCode(dbf[at + 11] ?? 0),
      length: dbf[at + 16] ?? 0,
      decimals: dbf[at + 17] ?? 0,
    };
  }
  return columns;
}

describe('a zip of shapefiles', () => {
  const long = '长'.repeat(128);
  const list = [
    feature('a', { address: long, village: '𠀀村', head_name: '€uro', phone: '', group: '组 ' }),
    feature('b', { address: `${'x'.repeat(253)}长`, extra: { 备注: 'x'.repeat(300) } }),
    feature('c', { address: '长'.repeat(127), extra: { 备注: 'x' }, valid_from: '1899-12-31', property_wan: 1 / 3, people: 12 }),
    feature('d', { address: '无处' }, null),
  ];

  test('tells each field and how many of its values were shortened, replaced or left out', async () => {
    await exported('households', 'shp', list, (file) => {
      const { members } = shapefilesOf(file);
      expect(Object.keys(members).toSorted()).toEqual(
        [
          'households.cpg',
          'households.dbf',
          'households.prj',
          'households.shp',
          'households.shx',
          '字段对照.csv',
          '截短原文.csv',
          '无位置.csv',
          '说明.txt',
        ].toSorted(),
      );
      expect(Object.fromEntries(toldOf(members))).toEqual({
        address: [2],
        village: [1],
        head_name: [1],
        phone: [1],
        group: [1],
        extra: [1],
      });
      expect(file.losses.split(';').toSorted()).toEqual(
        ['7', 'text_cut=2', 'character_replaced=2', 'empty_text=1', 'trailing_space=1', 'value_left_out=1'].toSorted(),
      );
      const notes = textOf(members, '说明.txt');
      expect(notes).toContain('无位置.csv: 1 条');
      expect(notes).toContain('截短原文.csv: 上述过长文字的原文，3 条');
      expect(Buffer.from(members['说明.txt'] ?? []).toString('hex', 0, 3)).toBe('efbbbf');
      const kept = parse(textOf(members, '截短原文.csv'), { bom: true, from_line: 2 });
      expect(kept).toEqual([
        ['a', 'address', '住址', long],
        ['b', 'address', '住址', `${'x'.repeat(253)}长`],
        ['b', 'extra', '其他字段', JSON.stringify({ 备注: 'x'.repeat(300) })],
      ]);
    });
  });

  test('has the texts shortened at a whole character, and 〓 for what GBK lacks', async () => {
    const found = await exported('households', 'shp', list, (file) => readBack(file, 'households', 'shp', 4326));
    expect(found.get('a')?.properties).toMatchObject({
      address: '长'.repeat(127),
      village: '〓村',
      head_name: '〓uro',
      phone: null,
      group: '组',
    });
    expect(found.get('b')?.properties).toMatchObject({ address: 'x'.repeat(253), extra: null });
    expect(found.get('c')?.properties).toMatchObject({
      address: '长'.repeat(127),
      extra: { 备注: 'x' },
      valid_from: '1899-12-31',
      property_wan: 1 / 3,
      people: 12,
    });
    expect(found.get('d')).toMatchObject({ geometry: null, properties: { address: '无处' } });
  });

  test('says GBK in the .cpg and in the table, and types its columns', async () => {
    await exported(
      'schools',
      'shp',
      [feature('s', { is_shelter: true, valid_to: '2026-05-18', students: 7, position_accuracy_m: 5 })],
      (file) => {
        const { members } = shapefilesOf(file);
        const dbf = members['schools.dbf'] as Uint8Array;
        expect(textOf(members, 'schools.cpg')).toBe('GBK');
        expect(dbf[29]).toBe(0x4d);
        expect(columnsOf(dbf)).toMatchObject({
          id: { type: 'C' },
          是否避难: { type: 'L', length: 1 },
          失效日期: { type: 'D', length: 8 },
          在校生: { type: 'N', decimals: 0 },
          定位精度: { type: 'N', decimals: 1 },
        });
        expect(toldOf(members).size).toBe(0);
        expect(textOf(members, '说明.txt')).toContain('无 none');
      },
    );
  });

  test('has a shapefile for each kind of geometry, and one for a layer without features', async () => {
    const road: Geometry = {
      type: 'LineString',
      coordinates: [
        [113.5, 37.8],
        [113.6, 37.8],
      ],
    };
    const yard: Geometry = {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [113.5, 37.8],
            [113.6, 37.8],
            [113.6, 37.9],
            [113.5, 37.8],
          ],
        ],
      ],
    };
    const names = await exported('facilities', 'shp', [feature('p', {}), feature('l', {}, road), feature('y', {}, yard)], (file) => {
      expect(file.losses).toBe('1;single_part=1');
      return [...shapefilesOf(file).zips.keys()];
    });
    expect(names).toEqual(['facilities_point', 'facilities_line', 'facilities_polygon']);
    await exported('facilities', 'shp', [], async (file) => {
      expect([...shapefilesOf(file).zips.keys()]).toEqual(['facilities']);
      expect((await readBack(file, 'facilities', 'shp', 4326)).size).toBe(0);
    });
  });

  test('lists which column is which field', async () => {
    await exported('subsidence-zones', 'shp', [], (file) => {
      const rows: string[][] = parse(textOf(shapefilesOf(file).members, '字段对照.csv'), { bom: true });
      expect(rows).toContainEqual(['影响角正切', 'tan_beta', '主要影响角正切', 'tan β', 'number', '', '']);
      expect(rows).toContainEqual(['采深', 'depth_m', '采深', 'Mining depth', 'number', 'm', '']);
      expect(rows.find(([, field]) => field === 'activity')?.at(-1)).toBe(
        'active = 活跃 Active; declining = 衰退 Declining; settled = 稳沉 Settled',
      );
    });
  });
});

describe('tables', () => {
  test('CSV tells empty texts and guarded formulas', async () => {
    const list = [feature('=a', { name: '=1+1', owner: '', status: '-5' })];
    await exported('facilities', 'csv', list, (file) => expect(file.losses).toBe('3;empty_text=1;formula_guarded=2'));
    const found = await exported('facilities', 'csv', list, (file) => readBack(file, 'facilities', 'csv', 4326));
    expect(found.get('=a')?.properties).toMatchObject({ name: '=1+1', owner: null, status: '-5' });
  });

  test('a workbook leaves out what a cell cannot hold, and says so', async () => {
    const chain = Array.from({ length: 3000 }, (_, i): [number, number] => [113.5 + i / 1e5 + 1e-12, 37.8]);
    const list = [feature('a', { name: 'x'.repeat(32_768), extra: { a: 'x'.repeat(40_000) } }, { type: 'LineString', coordinates: chain })];
    await exported('facilities', 'xlsx', list, (file) => {
      expect(file.losses.split(';').toSorted()).toEqual(['3', 'geometry_left_out=1', 'text_cut=1', 'value_left_out=1'].toSorted());
    });
  });

  test('control characters, which no table keeps, are told', async () => {
    const list = [feature('a', { name: 'a\u0000b\u0007' })];
    for (const format of ['csv', 'xlsx', 'shp'] as const) {
      await exported('facilities', format, list, (file) => expect(file.losses, format).toBe('1;character_replaced=1'));
    }
  });
});

test('a place that the system cannot hold is refused, with systems that can', async () => {
  await expect(exported('facilities', 'csv', [feature('a', {})], () => null, 4513)).rejects.toMatchObject({
    status: 422,
    code: 'crs_out_of_zone',
    message: expect.stringContaining('EPSG:4526 / EPSG:4547') as string,
  });
});
