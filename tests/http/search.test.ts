// The search box: what it finds, in which order, and what of it is audited.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';
import { square } from '../support/square.ts';

let server: TestServer;
let analyst: Client;

const at = (i: number) => ({ type: 'Point', coordinates: [113.5 + i / 1000, 37.8] });

beforeAll(async () => {
  server = await startServer();
  analyst = await Client.as(server, 'analyst');
  const planner = await Client.as(server, 'planner');
  const layers = {
    townships: [{ id: 't1', geometry: square(113.4, 37.7, 0.3), properties: { code: '140303101000', name: '河底镇' } }],
    'hazard-points': [
      {
        id: 'hp1',
        geometry: at(1),
        properties: {
          code: 'H07',
          name: '西沟滑坡',
          responsible_person: '王建国',
          responsible_phone: '13900000007',
          hazard_type: 'landslide',
        },
      },
      { id: 'hp2', geometry: at(2), properties: { code: 'H0712', name: '东沟滑坡', location_text: '50%处_甲', hazard_type: 'landslide' } },
    ],
    'river-sections': [
      { id: 'r1', geometry: { type: 'LineString', coordinates: [[113.5, 37.8], [113.51, 37.8], [113.52, 37.81]] }, properties: { river: '桃河', name: '桃河一段' } }, // prettier-ignore
    ],
    schools: [{ id: 's1', geometry: at(3), properties: { name: '西沟小学' } }],
    shelters: [{ id: 'sh1', geometry: at(4), properties: { name: '广场', manager: '李梅', phone: '0353-1234567' } }],
    facilities: [{ id: 'f1', geometry: at(5), properties: { name: '尾矿库' } }],
    households: [
      ...Array.from({ length: 600 }, (_, i) => ({ id: `x${i}`, geometry: at(i % 50), properties: { address: `旧村东巷${i}号` } })),
      { id: 'home', geometry: at(6), properties: { address: '西沟村3号', head_name: '王建国', phone: '13911112222' } },
      { id: 'homeless', properties: { address: '西沟村9号', head_name: 'O_Neil' }, geometry: null },
      { id: '巷', geometry: at(7), properties: { address: '巷口1号' } },
      ...[11, 1, 2, 21].map((n) => ({ id: `n${n}`, geometry: at(n), properties: { address: `小南洼${n}号`, village: '小南洼村' } })),
      { id: 'far', geometry: at(8), properties: { address: '大南洼 东院', village: '南洼村', head_name: '赵小南洼1号' } },
    ],
  };
  for (const [layer, features] of Object.entries(layers)) {
    const report = await planner.report(`${layer}.geojson`, collectionOf(features), { layer, ...(layer === 'hazard-points' ? { defaults: '{"register":"flood"}' } : {}) }); // prettier-ignore
    expect([layer, report.httpStatus, report.issues]).toMatchObject([layer, 201, expect.anything()]);
  }
});
afterAll(() => server.stop());

interface Answer {
  results: { layer: string; id: string; name: string | null; detail: string | null; at: number[] | null; match: string }[];
  complete: boolean;
}
const find = async (q: string, more = '') => analyst.json<Answer>(`/api/search?q=${encodeURIComponent(q)}${more}`);
const ids = async (q: string) => (await find(q)).results.map(({ layer, id, match }) => `${layer}:${id} ${match}`);

test('an exact code comes before what begins with it', async () => {
  expect(await ids('H07')).toEqual(['hazard-points:hp1 code', 'hazard-points:hp2 code']);
  expect(await ids('h0712')).toEqual(['hazard-points:hp2 code']);
  expect(await ids('140303101000')).toEqual(['townships:t1 code']);
});

test('names, addresses, people and numbers are found, what begins with the text first', async () => {
  expect(await ids('西沟')).toEqual([
    'hazard-points:hp1 name',
    'schools:s1 name',
    'households:home address',
    'households:homeless address',
  ]);
  expect(await ids('王建国')).toEqual(['hazard-points:hp1 person', 'households:home person']);
  expect(await ids('1391111')).toEqual(['households:home phone']);
  expect(await ids('1234567')).toEqual(['shelters:sh1 phone']);
  expect(await ids('尾矿')).toEqual(['facilities:f1 name']);
  expect(await ids('桃河')).toEqual(['river-sections:r1 name']);
  const [river] = (await find('桃河')).results;
  expect(river).toMatchObject({ name: '桃河一段', detail: '桃河', at: [113.51, 37.8] });
  expect((await find('O_Neil')).results[0]).toMatchObject({ id: 'homeless', at: null, name: '西沟村9号' });
});

test('several words must all be in one feature; signs of SQL are signs', async () => {
  expect(await ids('西沟 王建国')).toEqual(['hazard-points:hp1 name', 'households:home address']);
  expect(await ids('西沟　13911112222')).toEqual(['households:home address']);
  expect(await ids('西沟 李梅')).toEqual([]);
  expect(await ids('西 沟 村 3 号 王 建 国 1 3 9')).toEqual(['households:home address']);
  expect(await ids(Array.from({ length: 50 }, () => '沟').join(' '))).toHaveLength(5);
  expect(await ids('50%')).toEqual(['hazard-points:hp2 address']);
  expect(await ids('%%')).toEqual([]);
  expect(await ids('__')).toEqual([]);
  expect(await ids('处_甲')).toEqual(['hazard-points:hp2 address']);
  expect(await ids("' OR 1=1 --")).toEqual([]);
});

test('words that stand together in one field come first, then the feature whose worst word fits best', async () => {
  const found = async (q: string) => (await find(q)).results.map(({ id }) => id);
  expect(await found('小南洼 1号')).toEqual(['n1', 'far', 'n11', 'n21']);
  expect(await found('小南洼 2')).toEqual(['n2', 'n21']);
  expect(await found('小南洼')).toEqual(['n1', 'n2', 'n11', 'n21', 'far']);
  expect(await found('大南洼 东')).toEqual(['far']);
});

test('shows what was found where the name does not', async () => {
  const shown = async (q: string) => (await find(q)).results.map(({ detail }) => detail);
  expect(await shown('n21')).toEqual(['n21']);
  expect(await shown('h0712')).toEqual(['H0712 · 50%处_甲']);
  expect(await shown('hp2')).toEqual(['hp2 · H0712 · 50%处_甲']);
  expect(await shown('小南洼村')).toEqual(Array.from({ length: 4 }, () => '小南洼村'));
  expect(await shown('13900000007')).toEqual(['13900000007 · H07']);
  expect(await shown('西沟 王建国')).toEqual(['王建国 · H07', '王建国 · 13911112222']);
  expect(await shown('西沟小学')).toEqual([null]);
});

test('one Chinese character finds townships alone, anything shorter nothing', async () => {
  expect(await ids('河')).toEqual(['townships:t1 name']);
  for (const q of ['H', '', ' ', '1']) expect(await find(q)).toEqual({ results: [], complete: true });
});

test('what is more than is ranked is said to be, and the best of it is there', async () => {
  const { results, complete } = await find('旧村', '&limit=5');
  expect([results.length, complete]).toEqual([5, false]);
  const lane = await find('巷口');
  expect(lane).toMatchObject({ complete: true, results: [{ id: '巷' }] });
  expect((await find('东巷', '&limit=100')).results).toHaveLength(100);
});

test('reading households by it is audited with the text', async () => {
  await find('王建国 1391111');
  await find('尾矿库');
  const admin = await Client.as(server, 'admin');
  const { entries } = await admin.json<{ entries: { subject: string; count: number; by: string }[] }>('/api/audit');
  expect(entries[0]).toMatchObject({ action: 'sign-in' });
  expect(entries.find(({ subject }) => subject.startsWith('search'))).toMatchObject({
    subject: 'search 王建国 1391111',
    count: 1,
    by: 'analyst',
  });
});

test('is for staff, and strict', async () => {
  expect((await new Client(server.url).get('/api/search?q=ab')).status).toBe(401);
  expect((await analyst.get('/api/search?q=ab&layer=households')).status).toBe(400);
  expect((await analyst.get(`/api/search?q=${'a'.repeat(101)}`)).status).toBe(400);
  expect((await analyst.get('/api/search?q=ab&limit=0')).status).toBe(400);
  expect((await analyst.get('/api/search?q=ab')).headers.get('cache-control')).toBe('private, no-store');
});
