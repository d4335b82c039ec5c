// What the page needs to count a drawn shape with the service: the runs of counted zones, and the lists behind a comparison.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpackIndex } from '../../server/exposure/packed.ts';
import { positionsIn } from '../../server/exposure/runs/runList.ts';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';
import { square } from '../support/square.ts';

let server: TestServer;
let analyst: Client;
let planner: Client;

const homes = Array.from({ length: 20 }, (_, i) => ({
  id: `h${String(i).padStart(2, '0')}`,
  geometry: { type: 'Point', coordinates: [113.5 + i / 1000, 37.8] },
  properties: { address: `某村${i}号`, people: 3, people_registered: 5, elderly: 1, position_accuracy_m: 5 },
}));
const school = { id: 's', geometry: { type: 'Point', coordinates: [113.5051, 37.8] }, properties: { name: '小学', students: 80 } };
const point = {
  id: 'p',
  geometry: { type: 'Point', coordinates: [113.51, 37.8] },
  properties: { name: '滑坡', hazard_type: 'unstable_slope', register: 'flood', state: 'registered' },
};
const zone = {
  id: 'z',
  geometry: square(113.4995, 37.795, 0.01),
  properties: { hazard_id: 'p', extent: 'risk_extent', status: 'confirmed' },
};

interface Runs {
  revision: number;
  order: string;
  zones: Record<string, { inside: number[]; near: number[] } | null>;
}
interface Listed {
  total: number;
  rows: Record<string, unknown>[];
}
interface Lists {
  revision: number;
  inside: Record<string, number>;
  comesIn: { households: Listed; schools: Listed };
  dropsOut: { households: Listed; schools: Listed };
}

beforeAll(async () => {
  server = await startServer();
  analyst = await Client.as(server, 'analyst');
  planner = await Client.as(server, 'planner');
  for (const [layer, features] of Object.entries({
    households: homes,
    schools: [school],
    'hazard-points': [point],
    'danger-zones': [zone],
  }))
    expect((await planner.report(`${layer}.geojson`, collectionOf(features), { layer })).httpStatus).toBe(201);
});
afterAll(() => server.stop());

const lists = async (body: unknown, query = '') => {
  const response = await analyst.send('POST', `/api/exposure/what-if/list${query}`, body);
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  return (await response.json()) as Lists;
};

describe('GET /api/exposure/membership', () => {
  test('gives the runs of a zone over the packed index of the same revision, and null for one that does not count', async () => {
    const response = await analyst.get('/api/exposure/membership?zone=danger-zones:z&zone=hazard-points:p&zone=danger-zones:none');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const { revision, order, zones } = (await response.json()) as Runs;
    const index = unpackIndex(new Uint8Array(await (await analyst.get('/api/exposure/index')).arrayBuffer()));
    expect([index.revision, index.order]).toEqual([revision, order]);
    const inside = [...positionsIn(Int32Array.from(zones['danger-zones:z']?.inside ?? []))];
    expect(inside.map((position) => index.lon[position]).toSorted()).toEqual(
      [...homes.slice(0, 10).map((one) => one.geometry.coordinates[0]), 113.5051].toSorted(),
    );
    expect(inside.every((position) => index.covers.inside[position] === 1)).toBe(true);
    // the point's own area gives way to the drawn one
    expect(zones['hazard-points:p']).toBeNull();
    expect(zones['danger-zones:none']).toBeNull();
  });

  test('a point counts under its own name again when the zone is a draft', async () => {
    const draft = { ...zone, id: 'other', properties: { ...zone.properties, hazard_id: 'q' } };
    const q = { ...point, id: 'q', properties: { ...point.properties, radius_m: 50 } };
    await planner.send('POST', '/ogc/collections/hazard-points/items', { type: 'Feature', ...q });
    await planner.send('POST', '/ogc/collections/danger-zones/items', {
      type: 'Feature',
      ...draft,
      properties: { ...draft.properties, status: 'draft' },
    });
    const { zones } = await analyst.json<Runs>('/api/exposure/membership?zone=danger-zones:other&zone=hazard-points:q');
    expect(zones['danger-zones:other']).toBeNull();
    expect(zones['hazard-points:q']).toMatchObject({ inside: expect.anything() as unknown });
  });

  test('positions that are sorted anew are told from those before, though the revision is the same', async () => {
    const index = async () => {
      const response = await analyst.get('/api/exposure/index');
      return { ...unpackIndex(new Uint8Array(await response.arrayBuffer())), etag: response.headers.get('etag') ?? '' };
    };
    const before = await index();
    expect((await analyst.get('/api/exposure/index', { 'If-None-Match': before.etag })).status).toBe(304);
    await server.running.service.reader.load();
    const { revision, order } = await analyst.json<Runs>('/api/exposure/membership?zone=danger-zones:z');
    expect(revision).toBe(before.revision);
    expect(order).not.toBe(before.order);
    expect((await analyst.get('/api/exposure/index', { 'If-None-Match': before.etag })).status).toBe(200);
    expect((await index()).order).toBe(order);
  });

  test('refuses what is no zone, too many, and whoever is not staff; is audited', async () => {
    expect((await analyst.get('/api/exposure/membership')).status).toBe(400);
    expect((await analyst.get('/api/exposure/membership?zone=households:h01')).status).toBe(400);
    const many = Array.from({ length: 51 }, (_, i) => `zone=danger-zones:${i}`).join('&');
    expect((await analyst.get(`/api/exposure/membership?${many}`)).status).toBe(400);
    expect((await new Client(server.url).get('/api/exposure/membership?zone=danger-zones:z')).status).toBe(401);
    const admin = await Client.as(server, 'admin');
    const { entries } = await admin.json<{ entries: { subject: string; by: string }[] }>('/api/audit');
    expect(entries.some(({ subject, by }) => by === 'analyst' && subject.startsWith('runs of danger-zones:z'))).toBe(true);
  });
});

describe('POST /api/exposure/what-if/list', () => {
  test('lists who comes in and who drops out', async () => {
    const { inside, comesIn, dropsOut, revision } = await lists({
      geometry: square(113.5035, 37.795, 0.01),
      against: square(113.4995, 37.795, 0.01),
    });
    expect(revision).toBeGreaterThan(0);
    expect(inside).toEqual({ households: 10, schools: 1 });
    expect(comesIn.households.rows.map((row) => row['id'])).toEqual(['h10', 'h11', 'h12', 'h13']);
    expect(dropsOut.households.rows.map((row) => row['id'])).toEqual(['h00', 'h01', 'h02', 'h03']);
    expect(comesIn.schools).toEqual({ total: 0, rows: [] });
    expect(comesIn.households.rows[0]).toEqual({
      id: 'h10',
      address: '某村10号',
      township: null,
      village: null,
      group: null,
      house_no: null,
      people: 3,
      vulnerable: 1,
      certainty: 'certain',
      at: [113.51, 37.8],
    });
  });

  test('without another area all are listed: as many as asked for, by the base asked for', async () => {
    const { comesIn, dropsOut } = await lists({ geometry: square(113.5, 37.795, 0.01), limit: 3 }, '?base=registered');
    expect(comesIn.households.total).toBe(11);
    expect(comesIn.households.rows.map((row) => [row['id'], row['people'], row['certainty']])).toEqual([
      ['h00', 5, 'possible'],
      ['h01', 5, 'certain'],
      ['h02', 5, 'certain'],
    ]);
    expect(comesIn.schools.rows[0]).toMatchObject({ id: 's', name: '小学', students: 80, certainty: 'certain', at: [113.5051, 37.8] });
    expect(dropsOut.households.total).toBe(0);
  });

  test('counts a household that left no more', async () => {
    const gone = { type: 'Feature', id: 'gone', geometry: { type: 'Point', coordinates: [113.6, 37.8] }, properties: {} };
    await planner.send('POST', '/ogc/collections/households/items', gone);
    const there = square(113.595, 37.795, 0.01);
    expect((await lists({ geometry: there })).comesIn.households.total).toBe(1);
    await planner.send('DELETE', '/ogc/collections/households/items/gone', undefined, { 'If-Match': '*' });
    expect(await lists({ geometry: there })).toMatchObject({ inside: { households: 0 }, comesIn: { households: { total: 0 } } });
  });

  test('refuses what is no area, and whoever is not staff; is audited', async () => {
    const status = async (body: unknown) => {
      const response = await analyst.send('POST', '/api/exposure/what-if/list', body);
      return [response.status, ((await response.json()) as { code: string }).code];
    };
    expect(await status({ geometry: school.geometry })).toEqual([422, 'geometry_type']);
    expect(await status({ geometry: null })).toEqual([422, 'geometry_missing']);
    expect(await status({ geometry: square(1, 1, 1), against: { type: 'Polygon', coordinates: [[[0, 0]]] } })).toEqual([
      422,
      'ring_too_short',
    ]);
    expect(await status({ geometry: square(1, 1, 1), limit: 0 })).toEqual([400, 'bad_what_if']);
    expect(await status({ geometry: square(1, 1, 1), zone: 'x' })).toEqual([400, 'bad_what_if']);
    expect((await new Client(server.url).send('POST', '/api/exposure/what-if/list', { geometry: square(1, 1, 1) })).status).toBe(401);
    const admin = await Client.as(server, 'admin');
    const { entries } = await admin.json<{ entries: { subject: string; count: number }[] }>('/api/audit');
    expect(entries.some(({ subject, count }) => subject === 'what-if list, two areas compared' && count === 8)).toBe(true);
  });
});
