// Ledgers as text: encodings, delimiters, title and total rows, cells.
import { toGbk } from '../../../support/gb18030.ts';
import { households, one, type TrickyFile } from './trickyFile.ts';

const HEAD = '户号,户主,常住人口,经度,纬度';
const ROW = 'h1,王小明,3,113.55,28.15';
const PLACE = { type: 'Point', coordinates: [113.55, 28.15] };
const text = (...lines: readonly string[]) => lines.join('\n');
const utf16 = (content: string, big: boolean) => {
  const bytes = Buffer.from(`\uFEFF${content}`, 'utf16le');
  return new Uint8Array(big ? bytes.swap16() : bytes);
};
const person = { id: 'h1', geometry: PLACE, properties: { head_name: '王小明', people: 3 } };

const ENCODINGS: readonly TrickyFile[] = [
  households('UTF-8', text(HEAD, ROW), one({ encoding: 'utf-8', features: [person] })),
  households('UTF-8 with a byte order mark', `\uFEFF${text(HEAD, ROW)}`, one({ encoding: 'utf-8', features: [person] })),
  households('GBK', () => toGbk(text(HEAD, ROW)), one({ encoding: 'gb18030', issues: { encoding_guessed: 1 }, features: [person] })),
  households(
    'a rare name in GB18030’s four bytes',
    () => Buffer.concat([toGbk(`${HEAD}\nh1,王`), Buffer.from([0x82, 0x30, 0x9c, 0x36]), toGbk('明,3,113.55,28.15')]),
    one({
      encoding: 'gb18030',
      issues: { encoding_guessed: 1 },
      features: [{ properties: { head_name: `王${new TextDecoder('gb18030').decode(Uint8Array.of(0x82, 0x30, 0x9c, 0x36))}明` } }],
    }),
  ),
  households(
    'UTF-16, as Excel saves “Unicode text”',
    utf16(text(HEAD, ROW).replaceAll(',', '\t'), false),
    one({ encoding: 'utf-16le', features: [person] }),
  ),
  households('UTF-16 big endian', utf16(text(HEAD, ROW), true), one({ encoding: 'utf-16be', features: [person] })),
  households('an encoding that the user states', () => toGbk(text(HEAD, ROW)), one({ encoding: 'gb18030', features: [person] }), {
    encoding: 'GBK',
  }),
  households('an encoding that nobody knows', text(HEAD, ROW), { refused: 'encoding_unknown', says: /gb18030/ }, { encoding: 'klingon' }),
];

const DELIMITERS: readonly TrickyFile[] = [
  ...[';', '\t', '|', '，'].map((delimiter) =>
    households(`cells parted by ${JSON.stringify(delimiter)}`, text(HEAD, ROW).replaceAll(',', delimiter), one({ features: [person] })),
  ),
  households('lines that end in CR alone', `${HEAD}\r${ROW}\rh2,李四,2,113.551,28.15\r`, {
    counts: [2, 2, 0, 0, 0],
    issues: {},
    features: [person, { id: 'h2' }],
  }),
  households('CR LF and blank lines behind', `${HEAD}\r\n${ROW}\r\n\r\n\r\n`, one({ features: [person] })),
  households(
    'a line break and commas inside quotes',
    text('户号,户主,住址,常住人口,经度,纬度', 'h1,王小明,"东山镇,一组\n3号",3,113.55,28.15'),
    one({ features: [{ properties: { address: '东山镇,一组\n3号', people: 3 } }] }),
  ),
  households(
    'an unquoted comma in an address',
    text('户号,住址,常住人口,经度,纬度', 'h1,东山镇,一组3号,3,113.55,28.15', 'h2,东山镇,4,113.55,28.15'),
    {
      counts: [2, 1, 0, 1, 0],
      issues: { too_many_columns: 1 },
      rejectedRows: [[1, null, 'too_many_columns']],
      features: [{ id: 'h2' }],
    },
  ),
  households('a row that ends early', text(`${HEAD},备注`, ROW), one({ features: [person] })),
  households('blank cells only: what a spreadsheet leaves below', text(HEAD, ROW, ',,,,', ' , , , , '), {
    counts: [3, 1, 0, 0, 2],
    issues: {},
  }),
  households('a quote that never ends', text(HEAD, 'h1,"王小明,3,113.55,28.15', 'h2,李四,2,113.55,28.15'), { refused: 'csv_malformed' }),
  households(
    'binary under the name of a table',
    Uint8Array.from({ length: 3000 }, (_, i) => (i * 7) % 256),
    { refused: 'not_text' },
  ),
  households('nothing at all', '', { refused: 'empty_file' }),
  households('a header and no rows', HEAD, { refused: 'empty_file' }),
  households(
    'a column that has a field’s name and is none, as the user says',
    text('户号,人口,常住人口,经度,纬度', 'h1,丙,3,113.55,28.15'),
    one({ features: [{ properties: { people: 3, extra: { 人口: '丙' } } }] }),
    { mapping: { people_registered: '', people: '常住人口' } },
  ),
  households(
    'a field that is to take no column',
    text(HEAD, ROW),
    one({ features: [{ id: 'h1', properties: { extra: { 户主: '王小明' } } }] }),
    { mapping: { head_name: '' } },
  ),
  households('no column that is known', text('甲,乙,丙', '1,2,3'), { refused: 'no_known_columns', says: /甲, 乙, 丙/ }),
  households('a JSON file called .csv', '{"a":1}', { refused: 'no_known_columns' }),
];

const LAYOUT: readonly TrickyFile[] = [
  households('two title rows above the header', text('东山镇受威胁住户登记表,,,,', '填报单位：东山镇,,,,', HEAD, ROW), {
    counts: [3, 1, 0, 0, 2],
    issues: { title_row: 1 },
    features: [person],
  }),
  households('subtotals and a total', text(HEAD, ROW, '小计,,3,,', 'h2,李四,2,113.56,28.15', '合 计,,5,,'), {
    counts: [4, 2, 0, 0, 2],
    issues: { total_row: 1 },
    features: [{ id: 'h1' }, { id: 'h2' }],
  }),
  households('a township’s name over its rows', text(HEAD, '东山镇,,,,', ROW, '西河乡,,,,', 'h2,李四,2,113.59,28.15'), {
    counts: [4, 2, 0, 0, 2],
    issues: { section_row: 1 },
    features: [{ properties: { township: '430181101000' } }, { properties: { township: '430181202000' } }],
  }),
  households('the header again, as printed on every page', text(HEAD, ROW, HEAD, 'h2,李四,2,113.56,28.15'), {
    counts: [3, 2, 0, 0, 1],
    issues: { repeated_header: 1 },
  }),
  households(
    'a header of two lines with groups',
    text('户号,户主,人口,,位置,', ',,常住人口,老人,经度,纬度', 'h1,王小明,3,1,113.55,28.15'),
    one({ features: [{ ...person, properties: { people: 3, elderly: 1 } }] }),
  ),
  households('a note below the table', text(HEAD, ROW, '注：以上人口为常住人口,,,,'), {
    counts: [2, 1, 0, 0, 1],
    issues: { section_row: 1 },
  }),
  households(
    'two columns of one name',
    text('户号,备注,备注,常住人口,经度,纬度', 'h1,甲,乙,3,113.55,28.15'),
    one({ features: [{ properties: { extra: { 备注: '甲', '备注 (2)': '乙' } } }] }),
  ),
  households('a lone household of which only the number is known', text(HEAD, 'h1,,,,'), {
    counts: [1, 1, 0, 0, 0],
    issues: { unlocated: 1 },
    features: [{ id: 'h1', geometry: null }],
  }),
];

const cells = (header: string, row: string) => text(`户号,${header},经度,纬度`, `h1,${row},113.55,28.15`);
const refusedCell = (field: string, code: string) => ({
  counts: [1, 0, 0, 1, 0] as const,
  issues: { [code]: 1 },
  rejectedRows: [[1, field, code]] as const,
});

const CELLS: readonly TrickyFile[] = [
  households('full-width digits', cells('常住人口', '１２'), one({ features: [{ properties: { people: 12 } }] })),
  households('thousands with a comma', cells('财产', '"1,234.5"'), one({ features: [{ properties: { property_wan: 1234.5 } }] })),
  households(
    'the unit in the cell',
    cells('常住人口,财产', '3人,2亿元'),
    one({ features: [{ properties: { people: 3, property_wan: 20000 } }] }),
  ),
  households('the unit in the header', cells('财产（元）', '123456'), one({ features: [{ properties: { property_wan: 12.3456 } }] })),
  households('a unit that does not fit', cells('财产', '3吨'), refusedCell('property_wan', 'unit_unknown')),
  households('fewer than no people', cells('常住人口', '-3'), refusedCell('people', 'out_of_range')),
  households('half a person', cells('常住人口', '2.5'), refusedCell('people', 'not_whole')),
  households('words for a number', cells('常住人口', '三四人'), refusedCell('people', 'not_a_number')),
  households('a day that is not', cells('生效日期', '2021-02-30'), refusedCell('valid_from', 'not_a_date')),
  ...['2021.5.6', '2021年5月6日', '20210506', '2021/5/6', '2021-05-06T08:00:00'].map((day) =>
    households(`the date ${day}`, cells('生效日期', day), one({ features: [{ properties: { valid_from: '2021-05-06' } }] })),
  ),
  households('a dash for nothing', cells('常住人口,弱势人口', '——,/'), one({ features: [{ id: 'h1', geometry: PLACE }] })),
  households(
    'a structure by another name, and an unknown one',
    text('户号,结构,经度,纬度', 'h1,砖混结构,113.55,28.15', 'h2,竹屋,113.551,28.15'),
    {
      counts: [2, 2, 0, 0, 0],
      issues: { unknown_code: 1 },
      features: [{ properties: { structure: 'brick_concrete' } }, { properties: { structure: 'other', extra: { 结构: '竹屋' } } }],
    },
  ),
  households('controls inside a name', cells('户主', '王\u0000小\u0007明'), { refused: 'not_text' }),
  households('a text without end', cells('住址', '长'.repeat(5000)), refusedCell('address', 'too_long')),
  households(
    'a formula in a cell is text',
    cells('住址', '"=HYPERLINK(""http://x"",""y"")"'),
    one({ features: [{ properties: { address: '=HYPERLINK("http://x","y")' } }] }),
  ),
  households(
    'an id of 18 digits',
    text('编号,常住人口,经度,纬度', '430181199001011234,3,113.55,28.15'),
    one({ features: [{ id: '430181199001011234' }] }),
  ),
  households('the same id twice', text(HEAD, ROW, 'h1,李四,2,113.56,28.15'), {
    counts: [2, 1, 0, 1, 0],
    issues: { duplicate_id: 1 },
    rejectedRows: [[2, 'id', 'duplicate_id']],
  }),
  households('more vulnerable people than people', cells('常住人口,弱势人口', '2,3'), one({ issues: { more_vulnerable_than_people: 1 } })),
  households(
    'a township without its suffix, with stray spaces',
    cells('乡镇', ' 东山 '),
    one({ features: [{ properties: { township: '430181101000' } }] }),
  ),
  households(
    'a township that is not here',
    cells('乡镇', '南塘镇'),
    one({ issues: { unknown_township: 1 }, features: [{ properties: { extra: { township: '南塘镇' } } }] }),
  ),
  households(
    'a township code of nine digits',
    cells('乡镇代码', '430181202'),
    one({ features: [{ properties: { township: '430181202000' } }] }),
  ),
  households(
    'a code that ended when townships were merged',
    cells('乡镇代码', '430181203'),
    one({ issues: { township_retired: 1 }, features: [{ properties: { township: '430181202000' } }] }),
  ),
  households(
    'the name of that township',
    cells('乡镇', '南岸'),
    one({ issues: { township_retired: 1 }, features: [{ properties: { township: '430181202000' } }] }),
  ),
  households('a township code that is none of the loaded', cells('乡镇代码', '430181999'), one({ issues: { township_not_loaded: 1 } })),
  households('two households at one place', text(HEAD, ROW, 'h2,李四,2,113.55,28.15'), {
    counts: [2, 2, 0, 0, 0],
    issues: { equal_positions: 1 },
  }),
  {
    name: 'a hazard point that contradicts itself',
    files: [
      [
        '隐患点.csv',
        text(
          '统一编号,名称,灾害类型,登记类别,状态,长,宽,厚,体积（万m³）,责任人,监测人,经度,纬度',
          '430181030001,后山滑坡,滑坡,地质灾害,在册,10,10,2,200,张三,张三,113.55,28.15',
        ),
      ],
    ],
    layer: 'hazard-points',
    expected: one({
      issues: { code_type_differs: 1, volume_implausible: 1, same_two_people: 1, state_assumed: 0 },
      features: [{ id: '430181030001', properties: { volume_m3: 2_000_000, hazard_type: 'landslide' } }],
    }),
  },
  {
    name: 'the same name at the same place under two numbers',
    files: [
      [
        '学校.csv',
        text('名称,学校标识码,在校生,经度,纬度', '东山小学,2143001111,120,113.55,28.15', '东山小学,2143001112,121,113.55,28.15'),
      ],
    ],
    layer: 'schools',
    expected: { counts: [2, 2, 0, 0, 0], issues: { equal_positions: 1, possible_duplicate: 1 } },
  },
];

export const TABLES: readonly TrickyFile[] = [...ENCODINGS, ...DELIMITERS, ...LAYOUT, ...CELLS];
