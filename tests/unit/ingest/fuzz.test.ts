// Spoilt files by the thousand: whatever comes, every reader answers with a report or with a problem that is the file's own
// fault, in seconds. An import's thread is then never lost to a file.
import { unzipSync, zipSync } from 'fflate';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Problem } from '../../../server/domain/problem.ts';
import { openGeoPackage } from '../../../server/store/gpkg/geopackageStore.ts';
import { toGbk } from '../../support/gb18030.ts';
import { ImportBench } from '../../support/importing.ts';
import { mutate, numbers } from '../../support/mutate.ts';
import { dbfOf, shpOf, zipOf } from '../../support/rawShapefile.ts';
import { workbook } from '../../support/workbook.ts';

/** Spoilt files of each of eleven formats: more than 20,000 in all. */
const EACH = Number(process.env['XIANTU_FUZZ'] ?? 1850);
const SLOWEST = 10_000;

const bench = new ImportBench();
afterAll(() => bench.close());

const TABLE = [
  ['东山镇登记表', '', '', '', '', ''],
  ['户号', '户主', '常住人口', '财产（万元）', '经度', '纬度'],
  ['h1', '王小明', '3', '12.5', '113°33′00″', '28°9′0″'],
  ['h2', '李,四', '2人', '1,000', '113.551', '28.151'],
  ['h3', '赵 六', '', '——', '113.552', '28.152'],
  ['合计', '', '5', '', '', ''],
];
const csv = TABLE.map((row) => row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')).join('\r\n');
const ring = [
  [113.55, 28.15],
  [113.551, 28.15],
  [113.551, 28.151],
  [113.55, 28.151],
  [113.55, 28.15],
] as const;
const features = [
  {
    type: 'Feature',
    id: 'z1',
    properties: { name: '后山', extent: 'risk_extent', status: 'draft' },
    geometry: { type: 'Polygon', coordinates: [ring] },
  },
  { type: 'Feature', id: 'z2', properties: { name: '前山' }, geometry: { type: 'MultiPolygon', coordinates: [[ring], [ring]] } },
];
const kml = `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>${['z1', 'z2'].map((id) => `<Placemark id="${id}"><name>后山 &amp; 前山</name><ExtendedData><Data name="status"><value><![CDATA[draft]]></value></Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>${ring.map((p) => p.join(',')).join(' ')}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>`).join('')}</Document></kml>`;
const shapefile = () => ({
  'z.shp': shpOf(5, [{ type: 5, rings: [ring, ring.toReversed()] }, { type: 5, rings: [ring] }, { type: 0 }]),
  'z.dbf': dbfOf({
    fields: [
      { name: '名称', width: 20 },
      { name: 'announced', kind: 'D', width: 8 },
      { name: 'signs', kind: 'N', width: 8 },
    ],
    rows: [
      ['后山', '20210506', '3'],
      ['前山', '00000000', ''],
      ['', '', 'x'],
    ],
    encoding: 'gbk',
  }),
  'z.prj': new TextEncoder().encode(
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]',
  ),
  'z.cpg': new TextEncoder().encode('GBK'),
});

/** The members spoilt and packed anew: what is inside is reached, whatever the zip's checksums. */
const inside = (zip: Uint8Array, next: (below: number) => number): Uint8Array => {
  const members = unzipSync(zip);
  const names = Object.keys(members).filter((name) => (members[name]?.length ?? 0) > 0);
  const name = names[next(names.length)] ?? '';
  return zipSync({ ...members, [name]: mutate(members[name] as Uint8Array, next) }, { level: 1 });
};
const spoilZip = (zip: Uint8Array, next: (below: number) => number) => (next(4) === 0 ? mutate(zip, next) : inside(zip, next));

async function geopackage(): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'xiantu-fuzz-'));
  const path = join(folder, 'x.gpkg');
  const store = openGeoPackage(path, { readOnly: false });
  await store.transact({ by: 'a', reason: null }, async (t) => {
    for (let i = 0; i < 20; i++)
      await t.put('households', {
        id: `h${i}`,
        geometry: { type: 'Point', coordinates: [113.5 + i / 1000, 28.1] },
        properties: { people: i, head_name: '王' },
      });
  });
  await store.close();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

interface Seed {
  readonly name: string;
  readonly layer: 'households' | 'danger-zones';
  readonly file: string;
  readonly content: () => Uint8Array | Promise<Uint8Array>;
  readonly spoil?: (bytes: Uint8Array, next: (below: number) => number) => Uint8Array;
  readonly table?: string;
}

const utf8 = (text: string) => () => new TextEncoder().encode(text);
const SEEDS: readonly Seed[] = [
  { name: 'CSV', layer: 'households', file: 'h.csv', content: utf8(csv) },
  { name: 'CSV in GBK', layer: 'households', file: 'h.csv', content: () => toGbk(csv.replaceAll('——', '/')) },
  { name: 'TSV', layer: 'households', file: 'h.tsv', content: utf8(TABLE.map((row) => row.join('\t')).join('\n')) },
  { name: 'GeoJSON', layer: 'danger-zones', file: 'z.geojson', content: utf8(JSON.stringify({ type: 'FeatureCollection', features })) },
  {
    name: 'GeoJSON, a feature a line',
    layer: 'danger-zones',
    file: 'z.ndjson',
    content: utf8(features.map((one) => JSON.stringify(one)).join('\n')),
  },
  { name: 'KML', layer: 'danger-zones', file: 'z.kml', content: utf8(kml) },
  { name: 'KMZ', layer: 'danger-zones', file: 'z.kmz', content: () => zipOf({ 'doc.kml': kml }), spoil: spoilZip },
  { name: 'workbook', layer: 'households', file: 'h.xlsx', content: () => workbook(TABLE), spoil: spoilZip },
  { name: 'shapefile', layer: 'danger-zones', file: 'z.zip', content: () => zipOf(shapefile()), spoil: spoilZip },
  { name: 'GeoPackage', layer: 'households', file: 'h.gpkg', content: geopackage, table: 'households' },
];

test.each(SEEDS)(
  'spoilt files of the format $name',
  { timeout: 900_000 },
  async ({ layer, file, content, spoil = mutate, table = null }) => {
    const seed = await content();
    expect((await bench.read(file, seed, { layer, table })).report.accepted).toBeGreaterThan(0);
    const tally = { taken: 0, refused: 0 };
    for (let i = 0; i < EACH; i++) {
      const next = numbers(i);
      await outcome(() => bench.read(file, spoil(seed, next), { layer, table }), `${file} spoilt by ${i}`, tally);
    }
    // spoilt so that some are still read and some are not: else the trial proves little
    expect(tally.taken).toBeGreaterThan(0);
    expect(tally.refused).toBeGreaterThan(0);
  },
);

test('spoilt parts of a shapefile, side by side', { timeout: 900_000 }, async () => {
  const tally = { taken: 0, refused: 0 };
  for (let i = 0; i < EACH; i++) {
    const next = numbers(i);
    const parts = Object.entries(shapefile());
    const wounded = next(parts.length);
    const files = parts.map(([name, bytes], at) => [name, at === wounded ? mutate(bytes, next) : bytes] as const);
    await outcome(() => bench.readParts(files, { layer: 'danger-zones' }), `parts spoilt by ${i}`, tally);
  }
  expect(tally.taken).toBeGreaterThan(0);
  expect(tally.refused).toBeGreaterThan(0);
});

test('a file of one format under the name of another', { timeout: 900_000 }, async () => {
  const contents: Uint8Array[] = [];
  for (const { content } of SEEDS) contents.push(await content());
  for (const { file, layer } of SEEDS)
    for (const [i, content] of contents.entries())
      for (const wounded of [content, mutate(content, numbers(i))])
        await outcome(() => bench.read(file, wounded, { layer }), `${file} with the content of ${SEEDS[i]?.name}`, {
          taken: 0,
          refused: 0,
        });
});

async function outcome(read: () => Promise<unknown>, what: string, tally: { taken: number; refused: number }): Promise<void> {
  const start = performance.now();
  try {
    await read();
    tally.taken++;
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw new Error(`${what}: ${String(error)}`, { cause: error });
    tally.refused++;
  }
  const took = performance.now() - start;
  if (took > SLOWEST) throw new Error(`${what}: took ${Math.round(took)} ms`);
}
