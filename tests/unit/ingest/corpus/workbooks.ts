// Workbooks and databases.
import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipOf } from '../../../support/rawShapefile.ts';
import { workbook, type TestCell } from '../../../support/workbook.ts';
import { one, type Refused, type Taken, type TrickyFile } from './trickyFile.ts';

const HEAD = ['户号', '户主', '常住人口', '经度', '纬度'];
const ROW: TestCell[] = ['h1', '王小明', 3, 113.55, 28.15];
const person = { id: 'h1', geometry: { type: 'Point', coordinates: [113.55, 28.15] }, properties: { head_name: '王小明', people: 3 } };

const sheet = (name: string, rows: TestCell[][], expected: Taken | Refused): TrickyFile => ({
  name,
  files: [['户.xlsx', () => workbook(rows)]],
  layer: 'households',
  expected,
});

/** A workbook part by part, to be odd where a library would not be. */
function raw(
  sheets: readonly { readonly name: string; readonly xml: string; readonly state?: string }[],
  strings: readonly string[] = [],
): Uint8Array {
  const ns =
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
  return zipOf({
    'xl/workbook.xml': `<workbook ${ns}><sheets>${sheets.map(({ name, state }, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="r${i + 1}"${state ? ` state="${state}"` : ''}/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets.map((_, i) => `<Relationship Id="r${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst ${ns}>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    ...Object.fromEntries(
      sheets.map(({ xml }, i) => [`xl/worksheets/sheet${i + 1}.xml`, `<worksheet ${ns}><sheetData>${xml}</sheetData></worksheet>`]),
    ),
  });
}
const cell = (at: string, value: string | number) =>
  typeof value === 'number' ? `<c r="${at}"><v>${value}</v></c>` : `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
const line = (number: number, values: readonly (string | number)[]) =>
  `<row r="${number}">${values.map((value, i) => cell(`${String.fromCharCode(65 + i)}${number}`, value)).join('')}</row>`;
const LINES = `${line(1, HEAD)}${line(2, ['h1', '王小明', 3, 113.55, 28.15])}`;
const odd = (name: string, content: () => Uint8Array, expected: Taken | Refused, options = {}): TrickyFile => ({
  name,
  files: [['户.xlsx', content]],
  layer: 'households',
  expected,
  options,
});

const BOOKS: readonly TrickyFile[] = [
  sheet('a plain sheet', [HEAD, ROW], one({ features: [person] })),
  sheet(
    'a merged title and a header of two merged lines',
    [
      [{ value: '登记表', columns: 5 }],
      [
        { value: '户号', rows: 2 },
        { value: '户主', rows: 2 },
        { value: '常住人口', rows: 2 },
        { value: '位置', columns: 2 },
      ],
      [null, null, null, '经度', '纬度'],
      ROW,
    ],
    { counts: [2, 1, 0, 0, 1], issues: { title_row: 1 }, features: [person] },
  ),
  sheet(
    'a village merged over its households',
    [
      [...HEAD, '村'],
      [...ROW, { value: '大田村', rows: 2 }],
      ['h2', '李四', 2, 113.56, 28.15],
    ],
    { counts: [2, 2, 0, 0, 0], issues: {}, features: [{ properties: { village: '大田村' } }, { properties: { village: '大田村' } }] },
  ),
  sheet('numbers as text, with the green corner', [HEAD, ['h1', '王小明', '3', '113.55', '28.15']], one({ features: [person] })),
  sheet(
    'a day as Excel stores days',
    [
      [...HEAD, '生效日期'],
      [...ROW, new Date(Date.UTC(2021, 4, 6))],
    ],
    one({ features: [{ properties: { valid_from: '2021-05-06' } }] }),
  ),
  sheet(
    'a day as a clerk writes it',
    [
      [...HEAD, '生效日期'],
      [...ROW, '2021.5.6'],
    ],
    one({ features: [{ properties: { valid_from: '2021-05-06' } }] }),
  ),
  sheet('a total', [HEAD, ROW, ['合计', null, 3, null, null]], { counts: [2, 1, 0, 0, 1], issues: { total_row: 1 }, features: [person] }),
  odd(
    'a hidden sheet beside the one that shows',
    () =>
      raw([
        { name: '草稿', xml: line(1, ['户号']), state: 'hidden' },
        { name: '户', xml: LINES },
      ]),
    one({ features: [person] }),
  ),
  odd(
    'a cover sheet first',
    () =>
      raw([
        { name: '封面', xml: line(1, ['东山镇登记表']) },
        { name: '户', xml: LINES },
      ]),
    one({ issues: { sheet_chosen: 1 }, features: [person] }),
  ),
  odd(
    'two sheets that could be meant',
    () =>
      raw([
        { name: '一月', xml: LINES },
        { name: '二月', xml: LINES },
      ]),
    { refused: 'choose_table', says: /一月, 二月/ },
  ),
  odd(
    'the second of them, as the user says',
    () =>
      raw([
        { name: '一月', xml: line(1, HEAD) },
        { name: '二月', xml: LINES },
      ]),
    one({ features: [person] }),
    { table: '二月' },
  ),
  odd('a sheet that is not there', () => raw([{ name: '户', xml: LINES }]), { refused: 'no_such_table' }, { table: '三月' }),
  odd(
    'a formula with its last value',
    () =>
      raw([
        {
          name: '户',
          xml: `${line(1, HEAD)}<row r="2">${cell('A2', 'h1')}<c r="C2"><f>1+2</f><v>3</v></c>${cell('D2', 113.55)}${cell('E2', 28.15)}</row>`,
        },
      ]),
    one({ features: [{ id: 'h1', properties: { people: 3 } }] }),
  ),
  odd(
    'a formula that failed',
    () =>
      raw([
        {
          name: '户',
          xml: `${line(1, HEAD)}<row r="2">${cell('A2', 'h1')}<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>${cell('D2', 113.55)}${cell('E2', 28.15)}</row>`,
        },
      ]),
    { counts: [1, 0, 0, 1, 0], issues: { not_a_number: 1 }, rejectedRows: [[1, 'people', 'not_a_number']] },
  ),
  odd(
    'rich text with a reading aid',
    () =>
      raw(
        [
          {
            name: '户',
            xml: `${line(1, HEAD)}<row r="2">${cell('A2', 'h1')}<c r="B2" t="s"><v>0</v></c>${cell('C2', 3)}${cell('D2', 113.55)}${cell('E2', 28.15)}</row>`,
          },
        ],
        ['<r><t>王</t></r><r><t>小明</t></r><rPh sb="0" eb="1"><t>wang</t></rPh>'],
      ),
    one({ features: [person] }),
  ),
  odd(
    'a lone cell at the far end of the sheet',
    () => raw([{ name: '户', xml: `${LINES}<row r="3"><c r="XFD3"><v>1</v></c></row>` }]),
    one({ features: [person] }),
  ),
  odd('a row beyond what a sheet can have', () => raw([{ name: '户', xml: `${LINES}<row r="99999999"><c><v>1</v></c></row>` }]), {
    refused: 'sheet_malformed',
  }),
  odd('entities of its own', () => zipOf({ 'xl/workbook.xml': '<!DOCTYPE w [<!ENTITY a "b">]><workbook/>' }), { refused: 'xml_doctype' }),
  odd('a zip without a workbook', () => zipOf({ 'a.xml': '<a/>' }), { refused: 'not_a_workbook' }),
  odd('an empty sheet', () => raw([{ name: '户', xml: '' }]), { refused: 'empty_file' }),
  {
    name: 'the old .xls',
    files: [['户.xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0)]],
    layer: 'households',
    expected: { refused: 'old_workbook', says: /\.xlsx/ },
  },
  {
    name: 'a table called .xlsx',
    files: [['户.xlsx', '户号,经度,纬度\nh1,113.55,28.15']],
    layer: 'households',
    expected: { refused: 'format_mismatch' },
  },
];

/** A database by its statements. */
function database(sql: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'xiantu-corpus-'));
  const path = join(folder, 'x.gpkg');
  const made = new DatabaseSync(path);
  made.exec(sql);
  made.close();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

const POINT = "X'47500001E6100000010100000033333333336 35C406666666666263C40'".replace(' ', '');
const tables = (...names: readonly string[]) => `
  CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
  INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, '');
  CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
  ${names.map((name) => `CREATE TABLE ${name} (fid INTEGER PRIMARY KEY, geom BLOB, 户号 TEXT, 常住人口 INTEGER); INSERT INTO gpkg_geometry_columns VALUES ('${name}', 'geom', 'POINT', 4326, 0, 0);`).join('\n')}`;
const packaged = (name: string, sql: string, expected: Taken | Refused, options = {}): TrickyFile => ({
  name,
  files: [['户.gpkg', () => database(sql)]],
  layer: 'households',
  expected,
  options,
});

const PACKAGES: readonly TrickyFile[] = [
  packaged(
    'a row without a geometry, and one whose geometry is rubbish',
    `${tables('hh')} INSERT INTO hh VALUES (1, NULL, 'h1', 3), (2, X'00112233', 'h2', 2), (3, ${POINT}, 'h3', 1);`,
    {
      counts: [3, 2, 0, 1, 0],
      issues: { unlocated: 1, geometry_unreadable: 1 },
      rejectedRows: [[2, null, 'geometry_unreadable']],
      features: [{ id: 'h1', geometry: null }, { id: 'h3' }],
    },
  ),
  packaged(
    'a table of attributes with its positions in columns',
    `${tables()} CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT); CREATE TABLE hh (fid INTEGER PRIMARY KEY, 户号 TEXT, 经度 TEXT, 纬度 TEXT);
     INSERT INTO gpkg_contents VALUES ('hh', 'attributes'); INSERT INTO hh VALUES (1, 'h1', '113°33′', '28.15');`,
    one({ features: [{ id: 'h1', geometry: { type: 'Point', coordinates: [113.55, 28.15] } }] }),
  ),
  packaged('several tables', tables('a', 'b'), { refused: 'choose_table', says: /a, b/ }),
  packaged('a database that is no GeoPackage', 'CREATE TABLE t (a);', { refused: 'not_a_geopackage' }),
  packaged('a GeoPackage without a layer', tables(), { refused: 'no_feature_table' }),
  packaged(
    'a view that would run code',
    `${tables()} CREATE VIEW v AS SELECT 1 AS fid, NULL AS geom; INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'POINT', 4326, 0, 0);`,
    { refused: 'no_feature_table' },
  ),
  {
    name: 'a damaged database',
    files: [['户.gpkg', () => database(`${tables('hh')} INSERT INTO hh VALUES (1, NULL, 'h1', 3);`).slice(0, 6000)]],
    layer: 'households',
    expected: { refused: 'geopackage_damaged' },
  },
];

export const WORKBOOKS: readonly TrickyFile[] = [...BOOKS, ...PACKAGES];
