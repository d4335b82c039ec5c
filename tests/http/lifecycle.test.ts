// The life of a danger zone in law and of a hazard point on its register, through the one way to change features.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';
import { square } from '../support/square.ts';

let server: TestServer;
let planner: Client;
let visitor: Client;
let analyst: Client;

const POINT = { type: 'Point', coordinates: [113.56, 37.87] };

beforeAll(async () => {
  server = await startServer();
  planner = await Client.as(server, 'planner');
  analyst = await Client.as(server, 'analyst');
  visitor = new Client(server.url);
  await planner.report('h.geojson', collectionOf([{ id: 'H1', geometry: POINT, properties: { people: 3 } }] as never), {
    layer: 'households',
  });
});
afterAll(() => server.stop());

interface Faults {
  code: string;
  detail: string;
  errors: { pointer: string; code: string; detail: string }[];
}

async function patch(layer: string, id: string, properties: Record<string, unknown>, headers: Record<string, string> = {}) {
  const response = await planner.send('PATCH', `/ogc/collections/${layer}/items/${id}`, { properties }, { 'If-Match': '*', ...headers });
  const body = (await response.json()) as Faults;
  return {
    status: response.status,
    code: body.code,
    detail: body.detail,
    at: (body.errors ?? []).map(({ pointer }) => pointer.replace('/properties/', '')),
  };
}

async function draw(id: string, properties: Record<string, unknown>) {
  const feature = {
    type: 'Feature',
    id,
    geometry: square(113.5595, 37.8695, 0.001),
    properties: { name: id, extent: 'risk_extent', ...properties },
  };
  return planner.send('POST', '/ogc/collections/danger-zones/items', feature);
}

const publicZones = async () =>
  (await visitor.json<{ features: { id: string }[] }>('/ogc/collections/danger-zones/items')).features.map(({ id }) => id);
const zonesOverHouse = async () =>
  (await analyst.json<{ reasons: { zone: string }[] }>('/api/exposure/households/H1')).reasons.map(({ zone }) => zone);

describe('a danger zone', () => {
  test('goes from draft to confirmed to announced to revoked, each step refused by name until it has what it needs', async () => {
    expect((await draw('Z1', { status: 'draft', basis: 'default_rule' })).status).toBe(201);
    expect(await publicZones()).toEqual([]);
    expect(await zonesOverHouse()).toEqual([]);

    expect(await patch('danger-zones', 'Z1', { status: 'announced' })).toMatchObject({
      status: 422,
      code: 'lifecycle',
      at: ['technical_unit', 'confirmed_by', 'document_no', 'announced_on'],
    });
    expect(await patch('danger-zones', 'Z1', { status: 'confirmed', technical_unit: '地勘院' })).toMatchObject({
      status: 422,
      at: ['confirmed_by'],
    });
    expect((await patch('danger-zones', 'Z1', { status: 'confirmed', technical_unit: '地勘院', confirmed_by: '王工' })).status).toBe(200);
    expect(await zonesOverHouse()).toEqual(['danger-zones:Z1']);
    expect(await publicZones()).toEqual([]);

    expect(await patch('danger-zones', 'Z1', { status: 'announced', document_no: '矿政〔2026〕1号' })).toMatchObject({
      status: 422,
      at: ['announced_on'],
    });
    expect(await patch('danger-zones', 'Z1', { status: 'revoked', revocation_no: 'x', revoked_on: '2026-07-01' })).toMatchObject({
      status: 422,
      at: ['status'],
    });
    expect(
      (await patch('danger-zones', 'Z1', { status: 'announced', document_no: '矿政〔2026〕1号', announced_on: '2026-06-10' })).status,
    ).toBe(200);
    expect(await publicZones()).toEqual(['Z1']);

    expect(await patch('danger-zones', 'Z1', { status: 'draft' })).toMatchObject({ status: 422, at: ['status'] });
    expect(await patch('danger-zones', 'Z1', { document_no: null })).toMatchObject({ status: 422, at: ['document_no'] });
    expect((await patch('danger-zones', 'Z1', { document_no: '矿政〔2026〕2号' })).status).toBe(200);
    expect(
      await patch('danger-zones', 'Z1', { status: 'revoked', revocation_no: '矿政〔2026〕9号', revoked_on: '2026-06-01' }),
    ).toMatchObject({ status: 422, at: ['revoked_on'] });
    expect(
      (await patch('danger-zones', 'Z1', { status: 'revoked', revocation_no: '矿政〔2026〕9号', revoked_on: '2026-09-30' })).status,
    ).toBe(200);
    expect(await publicZones()).toEqual([]);
    expect(await zonesOverHouse()).toEqual([]);
    expect(await patch('danger-zones', 'Z1', { status: 'announced' })).toMatchObject({ status: 422, at: ['status'] });

    const history = await analyst.json<{ revisions: { reason: string | null }[] }>('/ogc/collections/danger-zones/items/Z1/history');
    expect(history.revisions).toHaveLength(5);
  });

  test('proposed by a default rule cannot be announced, by a new zone either, before a technical unit has confirmed it', async () => {
    const refused = await draw('Z2', { status: 'announced', basis: 'default_rule', document_no: 'x', announced_on: '2026-06-10' });
    expect(refused.status).toBe(422);
    expect(((await refused.json()) as Faults).errors.map(({ pointer }) => pointer)).toEqual([
      '/properties/technical_unit',
      '/properties/confirmed_by',
    ]);
    expect((await draw('Z2', { status: 'draft', basis: 'default_rule' })).status).toBe(201);
    const all = { technical_unit: '地勘院', confirmed_by: '王工', document_no: 'x', announced_on: '2026-06-10' };
    expect((await patch('danger-zones', 'Z2', { status: 'announced', ...all })).status).toBe(200);
    expect(await publicZones()).toEqual(['Z2']);
  });

  test('keeps the reason of its latest change, and a risk extent says what it replaces and why', async () => {
    await planner.send('POST', '/ogc/collections/hazard-points/items', {
      type: 'Feature',
      id: 'P9',
      geometry: { type: 'Point', coordinates: [113.57, 37.88] },
      properties: { hazard_type: 'landslide', length_m: 40, width_m: 30, aspect_deg: 180 },
    });
    const zone = { technical_unit: 'a', confirmed_by: 'b', basis: 'survey', hazard_id: 'P9' };
    await draw('Z3', zone);
    const reason = encodeURIComponent('现场调查，沟道在东侧');
    expect((await patch('danger-zones', 'Z3', { status: 'confirmed' }, { 'X-Reason': reason })).status).toBe(200);
    const area = await analyst.json<{ properties: { inputs: Record<string, unknown> } }>(
      '/ogc/collections/threatened-areas/items/danger-zones:Z3',
    );
    expect(area.properties.inputs).toMatchObject({ reason: '现场调查，沟道在东侧', replaces: { rule: 'landslide' } });
    expect((await analyst.get('/ogc/collections/threatened-areas/items/hazard-points:P9')).status).toBe(404);
  });
});

describe('a hazard point', () => {
  const counting = async () => (await analyst.get('/ogc/collections/threatened-areas/items/hazard-points:P1')).status === 200;

  test('leaves the register only with evidence, opinion, ten days of publication and approval, and comes back with a reason', async () => {
    const properties = { hazard_type: 'landslide', length_m: 40, width_m: 30, aspect_deg: 180, state: 'registered' };
    await planner.send('POST', '/ogc/collections/hazard-points/items', { type: 'Feature', id: 'P1', geometry: POINT, properties });
    expect(await counting()).toBe(true);

    expect(await patch('hazard-points', 'P1', { state: 'removed' })).toMatchObject({
      status: 422,
      code: 'lifecycle',
      at: ['removal_evidence', 'removal_opinion', 'removal_published_from', 'removal_published_to', 'removal_approved_by', 'removed_on'],
    });
    expect(await patch('hazard-points', 'P1', { state: 'removal_proposed' })).toMatchObject({ status: 422, at: ['removal_evidence'] });
    expect((await patch('hazard-points', 'P1', { state: 'removal_proposed', removal_evidence: 'acceptance' })).status).toBe(200);
    const published = { state: 'removal_published', removal_opinion: '同意', removal_published_from: '2026-07-01' };
    expect(await patch('hazard-points', 'P1', { ...published, removal_published_to: '2026-07-10' })).toMatchObject({
      status: 422,
      at: ['removal_published_to'],
    });
    expect((await patch('hazard-points', 'P1', { ...published, removal_published_to: '2026-07-11' })).status).toBe(200);
    expect(await counting()).toBe(true);
    const removed = { state: 'removed', removal_approved_by: '区自然资源局', removed_on: '2026-07-05' };
    expect(await patch('hazard-points', 'P1', removed)).toMatchObject({ status: 422, at: ['removed_on'] });
    expect((await patch('hazard-points', 'P1', { ...removed, removed_on: '2026-07-12' })).status).toBe(200);
    expect(await counting()).toBe(false);

    expect(await patch('hazard-points', 'P1', { state: 'registered' })).toMatchObject({ status: 422, at: ['/reason'] });
    expect((await patch('hazard-points', 'P1', { state: 'registered' }, { 'X-Reason': 'moves again' })).status).toBe(200);
    expect(await counting()).toBe(true);
  });

  test('may be entered as removed: registers are older than this service', async () => {
    const response = await planner.send('POST', '/ogc/collections/hazard-points/items', {
      type: 'Feature',
      id: 'P2',
      geometry: POINT,
      properties: { hazard_type: 'landslide', state: 'removed' },
    });
    expect(response.status).toBe(201);
  });
});
