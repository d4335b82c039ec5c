// A base map in one file: checked when the service starts, served by ranges, named with its makers.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSettings } from '../../server/service/settings.ts';
import { Client, startServer, type TestServer } from '../support/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'xiantu-basemap-'));

/** A file with a header, notes and a body, as PMTiles 3 lays it out. */
function pmtiles(notes: string | null, { magic = 'PMTiles', version = 3, gzip = true } = {}): Buffer {
  const header = Buffer.alloc(127);
  header.write(magic, 'latin1');
  header[7] = version;
  const body = notes === null ? Buffer.alloc(0) : gzip ? gzipSync(notes) : Buffer.from(notes);
  header.writeBigUInt64LE(127n, 24);
  header.writeBigUInt64LE(BigInt(body.length), 32);
  header[97] = gzip ? 2 : 1;
  return Buffer.concat([header, body, Buffer.from('0123456789')]);
}

function path(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}
const file = pmtiles('{"attribution":"<a href=\\"https://osm.org\\">&copy; OpenStreetMap</a>"}');

let server: TestServer;
let visitor: Client;
beforeAll(async () => {
  server = await startServer({ XIANTU_BASEMAP: `pmtiles:${path('base.pmtiles', file)}` });
  visitor = new Client(server.url);
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

test('the page is told of it, with its makers as plain text', async () => {
  const { basemap } = await visitor.json<{ basemap: unknown }>('/api/config');
  expect(basemap).toEqual({ kind: 'pmtiles', url: '/basemap/base.pmtiles', attribution: '© OpenStreetMap' });
});

test('is read by ranges, of one file', async () => {
  const end = file.length - 10;
  const part = await visitor.get('/basemap/base.pmtiles', { Range: `bytes=${end + 2}-${end + 5}` });
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
    206,
    '2345',
    `bytes ${end + 2}-${end + 5}/${file.length}`,
  ]);
  expect(part.headers.get('etag')).toMatch(/^"\d+-\d+"$/);
  expect(part.headers.get('cache-control')).toBe('public, max-age=86400');
  const whole = await visitor.get('/basemap/base.pmtiles');
  expect([whole.status, whole.headers.get('accept-ranges'), Buffer.from(await whole.arrayBuffer()).equals(file)]).toEqual([
    200,
    'bytes',
    true,
  ]);
  expect((await visitor.get('/basemap/base.pmtiles', { Range: `bytes=${file.length}-` })).status).toBe(416);
  expect(
    (await visitor.get('/basemap/base.pmtiles', { 'If-None-Match': part.headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' })).status,
  ).toBe(304);
  expect((await visitor.get('/basemap/base.pmtiles?key=1')).status).toBe(400);
  expect((await visitor.send('POST', '/basemap/base.pmtiles')).status).toBe(405);
});

test('without one there is nothing at its path', async () => {
  const plain = await startServer();
  expect((await new Client(plain.url).get('/basemap/base.pmtiles')).status).toBe(404);
  await plain.stop();
});

test('a missing or wrong file stops the start, in one line', () => {
  const start = (text: string) => () => readSettings({ XIANTU_BASEMAP: text });
  for (const [text, words] of [
    [`pmtiles:${join(folder, 'none')}`, /^XIANTU_BASEMAP: .*none cannot be read\.$/],
    [`pmtiles:${folder}`, /^XIANTU_BASEMAP: .*$/],
    [`pmtiles:${path('short', Buffer.from('PMTiles'))}`, /is no PMTiles file\.$/],
    [`pmtiles:${path('other', pmtiles(null, { magic: 'SQLite ' }))}`, /is no PMTiles file\.$/],
    [`pmtiles:${path('old', pmtiles(null, { version: 2 }))}`, /is PMTiles 2; 3 is read/],
    ['mbtiles:x', /must be none, tianditu, xyz:URL or pmtiles:PATH/],
  ] as const)
    expect(start(text)).toThrow(words);
});

test('notes that cannot be read take nothing from the map', () => {
  const attribution = (name: string, bytes: Buffer) => readSettings({ XIANTU_BASEMAP: `pmtiles:${path(name, bytes)}` }).basemapAttribution;
  expect(attribution('none', pmtiles(null))).toBe('');
  expect(attribution('broken', pmtiles('{', { gzip: false }))).toBe('');
  expect(attribution('plain', pmtiles('{"attribution":"国家基础地理信息中心"}', { gzip: false }))).toBe('国家基础地理信息中心');
});
