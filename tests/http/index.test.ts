// The packed index on the wire: compressed once for each version for those who read gzip, the same bytes for those who do not.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unpackIndex } from '../../server/exposure/packed.ts';
import { Client, startServer, type TestServer } from '../support/server.ts';

const ROWS = 9000;
let server: TestServer;
let planner: Client;

beforeAll(async () => {
  server = await startServer();
  planner = await Client.as(server, 'planner');
  const rows = Array.from(
    { length: ROWS },
    (_, n) => `h${n},${(113.5 + (n % 300) * 0.0007).toFixed(6)},${(37.8 + (n % 291) * 0.0003).toFixed(6)},${n % 6}`,
  );
  const report = await planner.report('户.csv', `id,lon,lat,people\n${rows.join('\n')}\n`, { layer: 'households' });
  expect(report.accepted).toBe(ROWS);
});
afterAll(() => server.stop());

const ask = (headers: Record<string, string> = {}) => planner.get('/api/exposure/index', headers);
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

test('is sent compressed, and is the same index either way', async () => {
  const [small, whole] = [await ask({ 'Accept-Encoding': 'gzip' }), await ask({ 'Accept-Encoding': 'identity' })];
  expect([small.headers.get('content-encoding'), whole.headers.get('content-encoding')]).toEqual(['gzip', null]);
  expect(Number(small.headers.get('content-length'))).toBeLessThan(Number(whole.headers.get('content-length')) * 0.7);
  expect(small.headers.get('vary')).toBe('Cookie, Accept-Encoding');
  const [unzipped, plain] = [await bytesOf(small), await bytesOf(whole)];
  expect(Buffer.from(unzipped).equals(Buffer.from(plain))).toBe(true);
  expect(unpackIndex(unzipped).township.length).toBeGreaterThan(ROWS);
});

test('whoever has it is told so, and after a change gets the new one', async () => {
  const first = await ask({ 'Accept-Encoding': 'gzip' });
  const etag = first.headers.get('etag') ?? '';
  const { revision } = unpackIndex(await bytesOf(first));
  expect((await ask({ 'Accept-Encoding': 'gzip', 'If-None-Match': etag })).status).toBe(304);
  await planner.report('学校.csv', 'id,lon,lat\ns1,113.5,37.8\n', { layer: 'schools' });
  const next = await ask({ 'Accept-Encoding': 'gzip', 'If-None-Match': etag });
  expect(next.status).toBe(200);
  expect(unpackIndex(await bytesOf(next)).revision).toBeGreaterThan(revision);
});
