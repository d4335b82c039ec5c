// The lists behind the numbers in every format, what an asynchronous import tells, and the events that follow a change.
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ImportBench } from '../support/importing.ts';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let planner: Client;

const area = {
  id: 'z',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [113, 37],
        [114, 37],
        [114, 38],
        [113, 38],
        [113, 37],
      ],
    ],
  },
  properties: { kind: 'low_lying' },
};
const homes = Array.from({ length: 12 }, (_, i) => ({
  id: `h${String(i).padStart(2, '0')}`,
  geometry: { type: 'Point', coordinates: [113.5 + i / 100, 37.5] },
  properties: { address: i === 0 ? '=cmd()' : `某村${i}号`, people: i },
}));

beforeAll(async () => {
  server = await startServer();
  planner = await Client.as(server, 'planner');
  await planner.report('h.geojson', collectionOf(homes), { layer: 'households' });
  await planner.report('z.geojson', collectionOf([area]), { layer: 'hazard-areas' });
});
afterAll(() => server.stop());

describe('GET /api/exposure/households', () => {
  test('pages by cursor, each household once', async () => {
    const ids: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: { total: number; households: { id: string }[]; next: string | null } = await planner.json(
        `/api/exposure/households?limit=5${next ? `&cursor=${next}` : ''}`,
      );
      expect(page.total).toBe(12);
      ids.push(...page.households.map((household) => household.id));
      next = page.next;
    }
    expect(ids).toEqual(homes.map((one) => one.id));
  });

  test('as CSV with a BOM and no formula', async () => {
    const response = await planner.get('/api/exposure/households?format=csv');
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
    expect(text.startsWith('\uFEFFid,address')).toBe(true);
    expect(text.trim().split('\r\n')).toHaveLength(13);
    expect(text).toContain("h00,'=cmd()");
    expect(response.headers.get('content-disposition')).toContain('attachment');
  });

  test('as xlsx, with texts as texts', async () => {
    const response = await planner.get('/api/exposure/households?format=xlsx');
    const members = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const sheet = new TextDecoder().decode(members['xl/worksheets/sheet1.xml']);
    expect(sheet.match(/<row /g)).toHaveLength(13);
    expect(sheet).not.toContain('<f>');
  });

  test.each(['gpkg', 'shp', 'geojson', 'csv', 'xlsx'])(
    'as %s in CGCS2000 zone 38, with every field and how each stands',
    async (format) => {
      const response = await planner.get(`/api/exposure/households?format=${format}&crs=EPSG:4526&certainty=certain`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-disposition')).toContain('exposure-households.EPSG4526');
      expect(response.headers.get('x-xiantu-losses')).toMatch(/^\d/);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const bench = new ImportBench();
      try {
        const { report, features } = await bench.read(`x.${format === 'shp' ? 'zip' : format}`, bytes, { layer: 'households' });
        expect(report).toMatchObject({ read: 12, accepted: 12, crs: 'EPSG:4526' });
        expect(features.map(({ id }) => id)).toEqual(homes.map(({ id }) => id));
        expect(features[3]?.properties).toMatchObject({ people: 3, address: '某村3号' });
        const [lon = 0, lat = 0] = features[3]?.geometry?.type === 'Point' ? features[3].geometry.coordinates : [];
        expect(Math.abs(lon - 113.53) + Math.abs(lat - 37.5)).toBeLessThan(1e-8);
        // how they stand is no further column of theirs
        expect(features[3]?.properties['extra'] ?? null).toBeNull();
      } finally {
        await bench.close();
      }
    },
  );

  test('a file in a system that is not known is refused; the public gets none', async () => {
    expect((await planner.get('/api/exposure/households?format=shp&crs=EPSG:9999')).status).toBe(400);
    expect((await new Client(server.url).get('/api/exposure/households?format=gpkg')).status).toBe(401);
  });

  test('as GeoJSON with positions', async () => {
    const { features } = await planner.json<{ features: { geometry: { type: string } }[] }>('/api/exposure/households?format=geojson');
    expect(features).toHaveLength(12);
    expect(features.every((feature) => feature.geometry.type === 'Point')).toBe(true);
  });

  test('an unknown format is refused', async () => {
    expect((await planner.get('/api/exposure/households?format=pdf')).status).toBe(400);
  });
});

describe('POST /api/exposure/what-if', () => {
  const ask = async (body: object) =>
    (await planner.send('POST', '/api/exposure/what-if', body)).json() as Promise<Record<string, unknown> & { households: number }>;
  const half = {
    type: 'Polygon',
    coordinates: [
      [
        [113.4, 37.4],
        [113.555, 37.4],
        [113.555, 37.6],
        [113.4, 37.6],
        [113.4, 37.4],
      ],
    ],
  };

  test('counts inside a drawn polygon, and within a radius of a point', async () => {
    expect(await ask({ geometry: half })).toMatchObject({ households: 6, people: 15, certain: { households: 6 } });
    // a hundredth of a degree of longitude is 884 m here
    expect(await ask({ geometry: { type: 'Point', coordinates: [113.5, 37.5] }, radius: 1800 })).toMatchObject({ households: 3 });
  });

  test('with a zone: the totals as they would be, and who comes in and drops out', async () => {
    const answer = await ask({ zone: 'hazard-areas:z', geometry: half });
    expect(answer).toMatchObject({ households: 6, totals: { households: 6 }, comesIn: [] });
    expect((answer['dropsOut'] as { id: string }[]).map((unit) => unit.id)).toEqual(homes.slice(6).map((one) => one.id));
  });

  test('a line without a radius, an unknown zone and a body that is none are refused', async () => {
    const status = async (body: object) => (await planner.send('POST', '/api/exposure/what-if', body)).status;
    expect(
      await status({
        geometry: {
          type: 'LineString',
          coordinates: [
            [113, 37],
            [114, 37],
          ],
        },
      }),
    ).toBe(422);
    expect(await status({ zone: 'hazard-areas:none', geometry: half })).toBe(404);
    expect(await status({ shape: half })).toBe(400);
  });
});

test('an asynchronous import answers at once, and its state can be asked for', async () => {
  const response = await planner.upload(
    'more.csv',
    '户号,经度,纬度\nx1,113.5,37.6\nx2,113.5,37.6\n',
    { layer: 'households' },
    { Prefer: 'respond-async' },
  );
  expect(response.status).toBe(202);
  const location = response.headers.get('location') ?? '';
  await expect.poll(async () => (await planner.json<{ state: string }>(location)).state).toBe('stored');
  expect(await planner.json(location)).toMatchObject({ state: 'stored', progress: 2, accepted: 2, layer: 'households' });
});

test('a stored import can be taken back as a whole, while nothing of it was changed since', async () => {
  const figures = async () => (await planner.json<{ totals: object }>('/api/exposure')).totals;
  const before = await figures();
  const first = await planner.report('u.csv', '户号,人口,经度,纬度\nu1,4,113.5,37.55\nu2,3,113.5,37.55\n', { layer: 'households' });
  const second = await planner.report('u.csv', '户号,人口,经度,纬度\nu1,9,113.5,37.55\nu3,1,113.5,37.55\n', {
    layer: 'households',
    mode: 'upsert',
  });
  expect((await planner.send('DELETE', `/api/imports/${first.importId}`)).status).toBe(409);
  expect((await planner.send('DELETE', `/api/imports/${second.importId}`)).status).toBe(200);
  expect(await planner.json('/ogc/collections/households/items/u1')).toMatchObject({ properties: { people: 4 } });
  expect((await planner.get('/ogc/collections/households/items/u3')).status).toBe(404);
  const ring = [
    [112, 37],
    [112.5, 37],
    [112.5, 38],
    [112, 37],
  ];
  const area = await planner.report('y.geojson', collectionOf([{ id: 'y', geometry: { type: 'Polygon', coordinates: [ring] } }]), {
    layer: 'hazard-areas',
  });
  expect((await planner.send('DELETE', `/api/imports/${area.importId}`)).status).toBe(200);
  expect((await planner.get('/ogc/collections/threatened-areas/items/hazard-areas:y')).status).toBe(404);
  for (const id of ['u1', 'u2']) {
    const etag = (await planner.get(`/ogc/collections/households/items/${id}`)).headers.get('etag') ?? '';
    await planner.send('DELETE', `/ogc/collections/households/items/${id}`, undefined, { 'If-Match': etag });
  }
  expect(await figures()).toEqual(before);
});

test('staff hear of every change, the public of publications alone', async () => {
  const abort = new AbortController();
  /** Listens once the stream is open, so that nothing is missed. */
  const listen = async (client: Client): Promise<string[]> => {
    const seen: string[] = [];
    const response = await client.stream('/api/events', abort.signal);
    const decoder = new TextDecoder();
    const read = async () => {
      for await (const chunk of response.body ?? []) {
        for (const [, type] of decoder.decode(chunk).matchAll(/event: (\w+)/g)) seen.push(type ?? '');
      }
    };
    read().catch(() => undefined); // aborted at the end of the test
    return seen;
  };
  const staff = await listen(planner);
  const outside = await listen(new Client(server.url));
  const admin = await Client.as(server, 'admin');
  await planner.send('POST', '/ogc/collections/schools/items', {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [113.5, 37.5] },
    properties: {},
  });
  await admin.send('POST', '/api/publications');
  // who edits at this moment is told at once
  await expect.poll(() => staff).toEqual(['editing', 'feature', 'exposure', 'published']);
  await expect.poll(() => outside).toEqual(['published']);
  abort.abort();
});

test('an export of a layer can be imported again to the same features', async () => {
  const exported = await (await planner.get('/api/exports/hazard-areas?format=geojson')).text();
  const again = await planner.report('again.geojson', exported, { layer: 'hazard-areas', mode: 'replace' });
  expect(again).toMatchObject({ httpStatus: 201, read: 1, accepted: 1, rejected: 0 });
  const { properties } = await planner.json<{ properties: Record<string, unknown> }>('/ogc/collections/hazard-areas/items/z');
  expect(properties).toMatchObject({ kind: 'low_lying', extra: null });
});
