// The same made households in every format that is read.
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { esriWkt } from '../../../server/export/prj.ts';
import { writeShapefile } from '../../../server/export/shapefile.ts';
import { openGeoPackage } from '../../../server/store/gpkg/geopackageStore.ts';
import { randomOf } from '../../demo/random.ts';

export interface FormatFile {
  readonly format: string;
  readonly path: string;
  /** As GDAL names it, where that differs. */
  readonly inGdal?: string;
  readonly table?: string;
  /** For GDAL: which columns are the position. */
  readonly options: readonly string[];
}

interface MadeHousehold {
  readonly id: string;
  readonly head: string;
  readonly address: string;
  readonly people: number;
  readonly lon: number;
  readonly lat: number;
}

const COLUMNS = ['户号', '户主', '住址', '常住人口', '经度', '纬度'];

export async function writeFormats(folder: string, count: number): Promise<FormatFile[]> {
  const made = households(count);
  const at = (name: string) => join(folder, name);
  const put = (name: string, parts: Iterable<string>) => pipeline(Readable.from(parts), createWriteStream(at(name)));
  await put('户.csv', csv(made));
  await put('户.geojson', geojson(made));
  await put('户.geojsonl', lines(made));
  await put('户.kml', kml(made));
  await writeFile(at('户.xlsx'), await writeXlsxFile(sheet(made)).toBuffer());
  await packageOf(made, at('户.gpkg'));
  await writeFile(at('户.zip'), shapefile(made));
  const columns = ['-oo', 'X_POSSIBLE_NAMES=经度', '-oo', 'Y_POSSIBLE_NAMES=纬度', '-a_srs', 'EPSG:4326'];
  return [
    { format: 'CSV', path: at('户.csv'), options: columns },
    { format: 'Excel (GDAL: no positions)', path: at('户.xlsx'), options: ['-oo', 'HEADERS=FORCE'] },
    { format: 'GeoJSON', path: at('户.geojson'), options: [] },
    { format: 'GeoJSON, a feature a line', path: at('户.geojsonl'), inGdal: `GeoJSONSeq:${at('户.geojsonl')}`, options: [] },
    { format: 'KML', path: at('户.kml'), options: [] },
    { format: 'shapefile', path: at('户.zip'), inGdal: `/vsizip/${at('户.zip')}/hh.shp`, options: [] },
    { format: 'GeoPackage', path: at('户.gpkg'), table: 'households', options: [] },
  ];
}

function households(count: number): MadeHousehold[] {
  const random = randomOf('imports');
  return Array.from({ length: count }, (_, i) => ({
    id: `h${i}`,
    head: `户主${i % 997}`,
    address: `第${i % 40}村${i % 9}组${i}号`,
    people: 1 + Math.floor(random.next() * 6),
    lon: 113 + Math.round(random.next() * 4e6) / 1e7,
    lat: 37.6 + Math.round(random.next() * 4e6) / 1e7,
  }));
}

const cells = ({ id, head, address, people, lon, lat }: MadeHousehold) => [id, head, address, people, lon, lat] as const;

function* csv(made: readonly MadeHousehold[]): Generator<string> {
  yield `\uFEFF${COLUMNS.join(',')}\r\n`;
  for (const one of made) yield `${cells(one).join(',')}\r\n`;
}

const feature = ({ id, head, address, people, lon, lat }: MadeHousehold) =>
  JSON.stringify({
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: { 户号: id, 户主: head, 住址: address, 常住人口: people },
  });

function* geojson(made: readonly MadeHousehold[]): Generator<string> {
  yield '{"type":"FeatureCollection","features":[';
  for (const [i, one] of made.entries()) yield `${i > 0 ? ',' : ''}\n${feature(one)}`;
  yield ']}';
}

function* lines(made: readonly MadeHousehold[]): Generator<string> {
  for (const one of made) yield `${feature(one)}\n`;
}

function* kml(made: readonly MadeHousehold[]): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>';
  for (const { id, head, address, people, lon, lat } of made) {
    const data = Object.entries({ 户主: head, 住址: address, 常住人口: people }).map(
      ([name, value]) => `<Data name="${name}"><value>${value}</value></Data>`,
    );
    yield `<Placemark id="${id}"><name>${id}</name><ExtendedData>${data.join('')}</ExtendedData><Point><coordinates>${lon},${lat}</coordinates></Point></Placemark>\n`;
  }
  yield '</Document></kml>';
}

function shapefile(made: readonly MadeHousehold[]): Uint8Array {
  return writeShapefile({
    name: 'hh',
    features: made.map(({ id, head, address, people, lon, lat }) => ({
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { 户号: id, 户主: head, 住址: address, 人口: people },
    })),
    fields: [
      { name: '户号', type: 'C', length: 12 },
      { name: '户主', type: 'C', length: 20 },
      { name: '住址', type: 'C', length: 60 },
      { name: '人口', type: 'N', length: 6, decimals: 0 },
    ],
    encoding: 'utf-8',
    prj: esriWkt(4326),
    cpg: true,
  });
}

function sheet(made: readonly MadeHousehold[]): SheetData {
  return [COLUMNS.map((value) => ({ value })), ...made.map((one) => cells(one).map((value) => ({ value })))];
}

async function packageOf(made: readonly MadeHousehold[], path: string): Promise<void> {
  const store = openGeoPackage(path, { readOnly: false });
  await store.transact({ by: 'bench', reason: null }, async (transaction) => {
    for (const { id, head, address, people, lon, lat } of made)
      await transaction.put('households', {
        id,
        geometry: { type: 'Point', coordinates: [lon, lat] },
        properties: { head_name: head, address, people },
      });
  });
  await store.close();
}
