// Shapefiles and what is zipped with them.
import { dbfOf, shpOf, zipOf, type RawShape, type RawTable } from '../../../support/rawShapefile.ts';
import { one, type Refused, type Taken, type TrickyFile } from './trickyFile.ts';

const POINT: RawShape = { type: 1, rings: [[[113.55, 28.15]]] };
const TABLE: RawTable = {
  fields: [
    { name: '户号', width: 10 },
    { name: '户主', width: 20 },
    { name: '人口', kind: 'N', width: 5 },
  ],
  rows: [['h1', '王小明', '3']],
};
const WGS84 =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
const gk = (name: string, datum: string, spheroid: string, meridian: number, falseEasting: number) =>
  `PROJCS["${name}",GEOGCS["G",DATUM["${datum}",SPHEROID[${spheroid}]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",${falseEasting}.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",${meridian}.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`;
const CGCS = '"CGCS2000",6378137.0,298.257222101';
const GRID: RawShape = { type: 1, rings: [[[38455798.3493, 3115146.7392]]] };
const BARE: RawShape = { type: 1, rings: [[[455798.3493, 3115146.7392]]] };

const person = { id: 'h1', geometry: { type: 'Point', coordinates: [113.55, 28.15] }, properties: { head_name: '王小明', people: 3 } };
const HERE = [113.55, 28.15] as const;

interface Parts {
  readonly shapes?: readonly RawShape[];
  readonly table?: Partial<RawTable>;
  readonly prj?: string | null;
  readonly cpg?: string | null;
  readonly type?: number;
}

function members({ shapes = [POINT], table = {}, prj = WGS84, cpg = 'UTF-8', type = 1 }: Parts = {}): Record<string, Uint8Array | string> {
  return {
    '户.shp': shpOf(type, shapes),
    '户.dbf': dbfOf({ ...TABLE, ...table }),
    ...(prj === null ? {} : { '户.prj': prj }),
    ...(cpg === null ? {} : { '户.cpg': cpg }),
  };
}

const zipped = (
  name: string,
  parts: Record<string, Uint8Array | string> | (() => Record<string, Uint8Array | string>),
  expected: Taken | Refused,
  options = {},
): TrickyFile => ({
  name,
  files: [['户.zip', () => zipOf(typeof parts === 'function' ? parts() : parts)]],
  layer: 'households',
  expected,
  options,
});
const without = (name: string) => Object.fromEntries(Object.entries(members()).filter(([member]) => member !== name));
const cut = (member: '户.shp' | '户.dbf', bytes: number) => {
  const all = members();
  return { ...all, [member]: (all[member] as Uint8Array).slice(0, -bytes) };
};
const changed = (member: '户.shp' | '户.dbf', change: (view: DataView) => void) => {
  const all = members();
  const bytes = all[member] as Uint8Array;
  change(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return all;
};

const TEXTS: readonly TrickyFile[] = [
  zipped('UTF-8 with .cpg', () => members(), one({ encoding: 'utf-8', features: [person] })),
  zipped('GBK with .cpg', () => members({ table: { encoding: 'gbk' }, cpg: 'GBK' }), one({ encoding: 'gb18030', features: [person] })),
  zipped(
    'GBK by its language byte',
    () => members({ table: { encoding: 'gbk', languageByte: 0x4d }, cpg: null }),
    one({ encoding: 'gb18030', features: [person] }),
  ),
  zipped(
    'GBK that nothing states',
    () => members({ table: { encoding: 'gbk' }, cpg: null }),
    one({ encoding: 'gb18030', issues: { encoding_guessed: 1 }, features: [person] }),
  ),
  zipped('UTF-8 that nothing states', () => members({ cpg: null }), one({ encoding: 'utf-8', features: [person] })),
  zipped(
    'a .cpg that nobody knows',
    () => members({ table: { encoding: 'gbk' }, cpg: 'OEM' }),
    one({ encoding: 'gb18030', issues: { encoding_guessed: 1 }, features: [person] }),
  ),
  zipped(
    'Latin-1',
    () =>
      members({
        table: {
          fields: [
            { name: 'id', width: 5 },
            { name: 'head_name', width: 20 },
          ],
          rows: [['h1', 'José Muñoz']],
          encoding: 'latin1',
        },
        cpg: 'ISO-8859-1',
      }),
    one({ encoding: 'windows-1252', features: [{ properties: { head_name: 'José Muñoz' } }] }),
  ),
];

const SYSTEMS: readonly TrickyFile[] = [
  zipped(
    'CGCS2000 zone 38 in ESRI’s words',
    () => members({ shapes: [GRID], prj: gk('CGCS2000_3_Degree_GK_Zone_38', 'D_China_2000', CGCS, 114, 38500000) }),
    one({ crs: 'EPSG:4526', at: HERE }),
  ),
  zipped(
    'the same without the zone number',
    () => members({ shapes: [BARE], prj: gk('CGCS2000_3_Degree_GK_CM_114E', 'D_China_2000', CGCS, 114, 500000) }),
    one({ crs: 'EPSG:4547', at: HERE }),
  ),
  zipped('no .prj, degrees', () => members({ prj: null }), one({ crs: 'EPSG:4490', issues: { crs_proposed: 1 }, features: [person] })),
  zipped(
    'no .prj, eastings with their zone',
    () => members({ shapes: [GRID], prj: null }),
    one({ crs: 'EPSG:4526', issues: { crs_proposed: 1 }, at: HERE }),
  ),
  zipped('no .prj, eastings without a zone', () => members({ shapes: [BARE], prj: null }), {
    refused: 'crs_needed',
    offered: ['EPSG:4547'],
  }),
  zipped(
    'Xi’an 80 by its .prj',
    () =>
      members({ shapes: [GRID], prj: gk('Xian_1980_3_Degree_GK_Zone_38', 'D_Xian_1980', '"Xian_1980",6378140.0,298.257', 114, 38500000) }),
    { refused: 'crs_other_datum', says: /transform/ },
  ),
  zipped(
    'Beijing 54 by its .prj',
    () =>
      members({
        shapes: [GRID],
        prj: gk('Beijing_1954_3_Degree_GK_Zone_38', 'D_Beijing_1954', '"Krasovsky_1940",6378245.0,298.3', 114, 38500000),
      }),
    { refused: 'crs_other_datum' },
  ),
  zipped('a .prj of something else', () => members({ prj: 'LOCAL_CS["unknown"]' }), { refused: 'crs_unknown' }),
];

const PARTS: readonly TrickyFile[] = [
  {
    name: 'parts side by side',
    files: Object.entries(members()).map(([name, content]) => [name, content] as const),
    layer: 'households',
    expected: one({ features: [person] }),
  },
  { name: 'a .shp alone', files: [['户.shp', shpOf(1, [POINT])]], layer: 'households', expected: { refused: 'no_dbf', says: /\.dbf/ } },
  zipped(
    'names in capitals, in a folder',
    () => Object.fromEntries(Object.entries(members()).map(([name, content]) => [`数据/${name.toUpperCase()}`, content])),
    one({ features: [person] }),
  ),
  zipped('no .dbf', () => without('户.dbf'), { refused: 'no_dbf' }),
  zipped('no .shp', () => without('户.shp'), { refused: 'no_shapefile' }),
  zipped('two shapefiles in one zip', () => ({ ...members(), '校.shp': shpOf(1, [POINT]), '校.dbf': dbfOf(TABLE) }), {
    refused: 'many_shapefiles',
    says: /校/,
  }),
  zipped('a shape more than rows', () => members({ shapes: [POINT, POINT] }), { refused: 'shapefile_parts_differ' }),
  zipped('a .shp cut short', () => cut('户.shp', 8), { refused: 'shapefile_truncated' }),
  zipped('a .dbf cut short', () => cut('户.dbf', 20), { refused: 'dbf_truncated' }),
  zipped('a .shp that is something else', () => changed('户.shp', (view) => view.setInt32(0, 1)), { refused: 'not_a_shapefile' }),
  zipped('a header that promises a million rows', () => changed('户.dbf', (view) => view.setUint32(4, 1_000_000, true)), {
    refused: 'dbf_truncated',
  }),
  zipped('a record that promises gigabytes', () => changed('户.shp', (view) => view.setInt32(104, 0x3fffffff)), {
    refused: 'shapefile_truncated',
  }),
  zipped('a row marked as deleted', () => changed('户.dbf', (view) => view.setUint8(view.getUint16(8, true), 0x2a)), {
    counts: [1, 0, 0, 0, 1],
    issues: { deleted_record: 1 },
  }),
  zipped(
    'a null shape',
    () => members({ shapes: [{ type: 0 }] }),
    one({ issues: { unlocated: 1 }, features: [{ id: 'h1', geometry: null }] }),
  ),
  zipped(
    'heights and measures',
    () => members({ shapes: [{ type: 11, rings: [[[113.55, 28.15]]] }], type: 11 }),
    one({ features: [person] }),
  ),
];

const HOSTILE: readonly TrickyFile[] = [
  zipped('an archive inside the archive', () => ({ ...members(), 'more.zip': new Uint8Array(10) }), { refused: 'zip_nested' }),
  zipped('a member that leaves its folder', () => ({ ...members(), '../../etc/cron.d/x': 'x' }), { refused: 'zip_path' }),
  zipped('a member with an absolute path', () => ({ ...members(), 'C:\\windows\\x.dll': 'x' }), { refused: 'zip_path' }),
  zipped('a bomb', () => ({ ...members(), '户.shp': new Uint8Array(64 * 1024 * 1024) }), { refused: 'zip_bomb' }),
  zipped('too many members', () => Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${i}.txt`, ''])), { refused: 'zip_entries' }),
  {
    name: 'a zip cut short',
    files: [['户.zip', () => zipOf(members()).slice(0, -40)]],
    layer: 'households',
    expected: { refused: 'zip_damaged' },
  },
  {
    name: 'a table called .zip',
    files: [['户.zip', '户号,经度,纬度\nh1,113.55,28.15']],
    layer: 'households',
    expected: { refused: 'format_mismatch', says: /plain text/ },
  },
];

export const SHAPEFILES: readonly TrickyFile[] = [...TEXTS, ...SYSTEMS, ...PARTS, ...HOSTILE];
