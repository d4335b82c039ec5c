import { unzipSync } from 'fflate';
import type { FeatureCollection } from 'geojson';
import { read } from 'shapefile';
import { describe, expect, test } from 'vitest';
import { encodeGbk } from '../../../server/exchange/gbk.ts';
import { esriWktOf } from '../../../server/export/prj.ts';
import { writeShapefile, type DbfField, type ShapefileFeature, type ShapefileOptions } from '../../../server/export/shapefile.ts';

const FIELDS: readonly DbfField[] = [
  { name: '统一编号', type: 'C', length: 20 },
  { name: '坡高', type: 'N', length: 10, decimals: 2 },
  { name: '公告日期', type: 'D', length: 8 },
];

const point = (x: number, y: number, properties: ShapefileFeature['properties']): ShapefileFeature => ({
  geometry: { type: 'Point', coordinates: [x, y] },
  properties,
});

function write(options: Partial<ShapefileOptions>): Record<string, Uint8Array> {
  const zip = writeShapefile({
    name: '层',
    features: [],
    fields: FIELDS,
    encoding: 'gbk',
    prj: esriWktOf(38, true),
    cpg: false,
    ...options,
  });
  return unzipSync(zip);
}

function file(files: Record<string, Uint8Array>, ending: string): Uint8Array {
  const bytes = files[`层.${ending}`];
  if (!bytes) throw new Error(`no .${ending} in the zip`);
  return bytes;
}

function readBack(files: Record<string, Uint8Array>, encoding: string): Promise<FeatureCollection> {
  return read(file(files, 'shp').slice().buffer, file(files, 'dbf').slice().buffer, { encoding });
}

describe('the shapefile writer', () => {
  test('Chinese columns and values come back from a GBK file without a .cpg', async () => {
    const features = [
      point(38461308.125, 4193004.5, { 统一编号: '赛鱼·滑坡①', 坡高: 12.345, 公告日期: '2026-05-18' }),
      point(38461309, 4193005, { 统一编号: null, 坡高: null }),
    ];
    const files = write({ features });
    expect(Object.keys(files).toSorted()).toEqual(['层.dbf', '层.prj', '层.shp', '层.shx']);
    expect(file(files, 'dbf')[29]).toBe(0x4d);
    const back = await readBack(files, 'gb18030');
    expect(back.features[0]?.geometry).toEqual({ type: 'Point', coordinates: [38461308.125, 4193004.5] });
    expect(back.features[0]?.properties).toEqual({ 统一编号: '赛鱼·滑坡①', 坡高: 12.35, 公告日期: new Date(2026, 4, 18) });
    expect(back.features[1]?.properties?.['统一编号']).toBeNull();
    expect(back.features[1]?.properties?.['坡高']).toBeNull();
  });

  test('UTF-8 with a .cpg says so and comes back', async () => {
    const files = write({
      features: [point(1, 2, { 名: '险' })],
      fields: [{ name: '名', type: 'C', length: 3 }],
      encoding: 'utf-8',
      cpg: true,
    });
    expect(new TextDecoder().decode(file(files, 'cpg'))).toBe('UTF-8');
    expect(file(files, 'dbf')[29]).toBe(0);
    expect((await readBack(files, 'utf-8')).features[0]?.properties).toEqual({ 名: '险' });
  });

  test('outer rings are written clockwise and holes counter-clockwise, whichever way they came', async () => {
    const outer = [
      [0, 0],
      [100, 0],
      [100, 100],
      [0, 100],
      [0, 0],
    ];
    const hole = [
      [40, 40],
      [60, 40],
      [60, 60],
      [40, 60],
      [40, 40],
    ];
    const far = [
      [200, 0],
      [300, 0],
      [300, 100],
      [200, 100],
      [200, 0],
    ].toReversed();
    const features: ShapefileFeature[] = [
      { geometry: { type: 'Polygon', coordinates: [outer, hole] }, properties: {} },
      { geometry: { type: 'MultiPolygon', coordinates: [[outer.toReversed(), hole], [far]] }, properties: {} },
    ];
    const back = await readBack(write({ features }), 'gb18030');
    expect(back.features[0]?.geometry).toEqual({ type: 'Polygon', coordinates: [outer.toReversed(), hole] });
    // Told apart by winding alone: had the rings kept their order, the reader would see other polygons.
    expect(back.features[1]?.geometry).toEqual({ type: 'MultiPolygon', coordinates: [[outer.toReversed(), hole], [far]] });
  });

  test('lines of one and of several parts come back vertex for vertex', async () => {
    const one = [
      [0, 0],
      [5, 5],
      [9, 2],
    ];
    const two = [
      [20, 0],
      [25, 5],
    ];
    const features: ShapefileFeature[] = [
      { geometry: { type: 'LineString', coordinates: one }, properties: {} },
      { geometry: { type: 'MultiLineString', coordinates: [one, two] }, properties: {} },
    ];
    const back = await readBack(write({ features }), 'gb18030');
    expect(back.features.map((f) => f.geometry)).toEqual(features.map((f) => f.geometry));
  });

  test('the index file points at every record', () => {
    const files = write({ features: [point(1, 2, {}), { geometry: null, properties: {} }, point(3, 4, {})] });
    const shx = new DataView(file(files, 'shx').slice().buffer);
    const shp = new DataView(file(files, 'shp').slice().buffer);
    expect(shx.getInt32(24, false) * 2).toBe(shx.byteLength);
    expect(shp.getInt32(24, false) * 2).toBe(shp.byteLength);
    [0, 1, 2].forEach((index) => {
      const at = shx.getInt32(100 + 8 * index, false) * 2;
      expect(shp.getInt32(at, false)).toBe(index + 1);
      expect(shp.getInt32(at + 4, false)).toBe(shx.getInt32(104 + 8 * index, false));
    });
    expect([shp.getFloat64(36, true), shp.getFloat64(44, true), shp.getFloat64(52, true), shp.getFloat64(60, true)]).toEqual([1, 2, 3, 4]);
  });

  test('a text too long for its field is an error that names row and field, never cut', () => {
    const features = [point(1, 2, { 统一编号: '十个汉字刚好二十字节' }), point(1, 2, { 统一编号: '十一个汉字是二十二字节' })];
    expect(() => write({ features })).toThrow(/row 2: .*takes 22 bytes, the field "统一编号" holds 20/);
    expect(() => write({ features: [point(1, 2, { 坡高: 123456789 })] })).toThrow(/坡高/);
  });

  test('field names over ten bytes, twice the same, or mixed geometries are refused', () => {
    expect(() => write({ fields: [{ name: '防灾责任人员', type: 'C', length: 10 }] })).toThrow(/takes 12 bytes/);
    expect(() =>
      write({
        fields: [
          { name: 'a', type: 'C', length: 9 },
          { name: 'A', type: 'C', length: 9 },
        ],
      }),
    ).toThrow(/twice/);
    const line: ShapefileFeature = {
      geometry: {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      },
      properties: {},
    };
    expect(() => write({ features: [point(1, 2, {}), line] })).toThrow(/mixture/);
  });

  test('equal input gives equal bytes', () => {
    const features = [point(1, 2, { 统一编号: 'x' })];
    const options: ShapefileOptions = { name: 'n', features, fields: FIELDS, encoding: 'gbk', prj: '', cpg: true };
    expect(writeShapefile(options)).toEqual(writeShapefile(options));
  });
});

describe('GBK encoding', () => {
  test('every character of the basic plane that decodes also encodes back', () => {
    const decoder = new TextDecoder('gb18030');
    let checked = 0;
    for (let code = 0; code < 0xffff; code++) {
      if ((code >= 0xd800 && code <= 0xdfff) || (code >= 0xe000 && code <= 0xf8ff) || code === 0xfffd) continue;
      const character = String.fromCharCode(code);
      if (decoder.decode(encodeGbk(character)) !== character) throw new Error(`U+${code.toString(16)} does not round-trip`);
      checked++;
    }
    expect(checked).toBeGreaterThan(50_000);
  });

  test('common characters take two bytes, rare ones four, as the standard says', () => {
    expect([...encodeGbk('啊')]).toEqual([0xb0, 0xa1]);
    expect([...encodeGbk('€')]).toEqual([0xa2, 0xe3]);
    expect([...encodeGbk('\u0080')]).toEqual([0x81, 0x30, 0x81, 0x30]);
    expect([...encodeGbk('𠀀')]).toEqual([0x95, 0x32, 0x82, 0x36]);
  });

  test('a character without a code is an error that names it', () => {
    expect(() => encodeGbk('a\ud800')).toThrow(/U\+D800/);
  });
});

describe('ESRI WKT of CGCS2000 zones', () => {
  test('zone 38 has meridian 114 and a false easting with or without the prefix', () => {
    expect(esriWktOf(38, true)).toContain('PROJCS["CGCS2000_3_Degree_GK_Zone_38"');
    expect(esriWktOf(38, true)).toContain('PARAMETER["False_Easting",38500000.0]');
    expect(esriWktOf(38, false)).toContain('PROJCS["CGCS2000_3_Degree_GK_CM_114E"');
    expect(esriWktOf(38, false)).toContain('PARAMETER["False_Easting",500000.0]');
    expect(esriWktOf(38, false)).toContain('PARAMETER["Central_Meridian",114.0]');
  });

  test('a zone that does not exist is refused', () => {
    expect(() => esriWktOf(24, true)).toThrow(RangeError);
    expect(() => esriWktOf(38.5, true)).toThrow(RangeError);
  });
});
