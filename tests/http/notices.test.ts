// Public notices over HTTP: who gets them, that both files say what the zone says, and that nothing personal is in them.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';

const PDFTOTEXT = '/usr/bin/pdftotext';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

let server: TestServer;
let analyst: Client;
let planner: Client;

const ring = (x: number, y: number, size: number) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];

const zones = [
  {
    id: 'WXQ.1',
    geometry: { type: 'Polygon', coordinates: [ring(113.559066, 37.870085, 0.003), ring(113.56, 37.871, 0.0005)] },
    properties: {
      name: '段南沟滑坡风险范围',
      hazard_id: 'p1',
      extent: 'risk_extent',
      status: 'announced',
      document_no: '矿政发〔2026〕7号',
      announced_on: '2026-07-03',
      reason: '险情扩大',
    },
  },
  {
    id: 'over',
    geometry: { type: 'Polygon', coordinates: [ring(113.57, 37.87, 0.001)] },
    properties: {
      name: '北沟崩塌危险区',
      extent: 'risk_extent',
      status: 'revoked',
      document_no: '矿政发〔2026〕1号',
      announced_on: '2026-05-01',
      revocation_no: '矿政发〔2026〕99号',
      revoked_on: '2026-10-08',
      reason: '治理工程已验收',
    },
  },
  {
    id: 'draft',
    geometry: { type: 'Polygon', coordinates: [ring(113.58, 37.87, 0.001)] },
    properties: { name: '南坡𠀀危险区', extent: 'risk_extent', status: 'draft', basis: 'default_rule' },
  },
];

beforeAll(async () => {
  server = await startServer({ XIANTU_MAP_REVIEW_NUMBER: '晋S（2026）001号' });
  [analyst, planner] = [await Client.as(server, 'analyst'), await Client.as(server, 'planner')];
  const layers = {
    'hazard-points': [
      {
        id: 'p1',
        geometry: { type: 'Point', coordinates: [113.5601234, 37.8711234] },
        properties: {
          code: '140303010012',
          name: '段南沟滑坡',
          hazard_type: 'landslide',
          responsible_person: '王主任',
          responsible_phone: '13812345678',
          monitor_person: '李四',
          monitor_phone: '13900000001',
        },
      },
    ],
    'danger-zones': zones,
    households: [
      { id: 'h1', geometry: { type: 'Point', coordinates: [113.5605, 37.8705] }, properties: { head_name: '张秘密', people: 3 } },
    ],
    schools: [{ id: 's1', geometry: { type: 'Point', coordinates: [113.5602, 37.8725] }, properties: { name: '段南沟小学' } }],
  };
  for (const [layer, features] of Object.entries(layers)) {
    expect((await planner.report(`${layer}.geojson`, collectionOf(features), { layer })).httpStatus).toBe(201);
  }
});

afterAll(() => server.stop());

const bytesOf = async (path: string): Promise<Uint8Array> => {
  const response = await analyst.get(`/api/notices/danger-zones/${path}`);
  expect(response.status, path).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
};
const pdfText = (bytes: Uint8Array) => execFileSync(PDFTOTEXT, ['-layout', '-', '-'], { input: bytes, maxBuffer: 1e8 }).toString();
const docxXml = (bytes: Uint8Array) => strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
/** The words of a Word file, without its tags. */
const docxText = (bytes: Uint8Array) => docxXml(bytes).replace(/<[^>]*>/g, '');

describe('who may', () => {
  test('the public must sign in, every member of staff may', async () => {
    expect((await new Client(server.url).get('/api/notices/danger-zones/WXQ.1.pdf')).status).toBe(401);
    for (const role of ['analyst', 'planner', 'admin'] as const) {
      expect((await (await Client.as(server, role)).get('/api/notices/danger-zones/WXQ.1.docx')).status, role).toBe(200);
    }
  });

  test('what is not there is 404, what is asked wrongly is 400, another method is 405', async () => {
    const status = async (path: string) => (await analyst.get(`/api/notices/danger-zones/${path}`)).status;
    expect(await Promise.all(['nowhere.pdf', 'WXQ.1', 'WXQ.1.odt', '.pdf'].map(status))).toEqual([404, 404, 404, 404]);
    expect(await Promise.all(['WXQ.1.pdf?kind=other', 'WXQ.1.pdf?kind=', 'WXQ.1.pdf?lang=en'].map(status))).toEqual([400, 400, 400]);
    expect((await analyst.send('POST', '/api/notices/danger-zones/WXQ.1.pdf')).status).toBe(405);
  });

  test('each notice is in the audit log', async () => {
    await bytesOf('over.pdf');
    const admin = await Client.as(server, 'admin');
    const { entries } = await admin.json<{ entries: { by: string; action: string; subject: string; count: number }[] }>('/api/audit');
    expect(entries.find((entry) => entry.subject === 'notice danger-zones:over revocation pdf')).toMatchObject({
      by: 'analyst',
      action: 'export',
      count: 4,
    });
  });
});

describe('the files', () => {
  test('come with their type and a name in Chinese', async () => {
    for (const [ending, type] of [
      ['pdf', 'application/pdf'],
      ['docx', DOCX],
    ]) {
      const { headers } = await analyst.get(`/api/notices/danger-zones/WXQ.1.${ending}`);
      expect(headers.get('content-type')).toBe(type);
      expect(headers.get('content-disposition')).toMatch(
        new RegExp(`^attachment; filename="notice-announcement\\.${ending}"; filename\\*=UTF-8''`),
      );
      expect(decodeURIComponent(headers.get('content-disposition')?.split("''")[1] ?? '')).toBe(
        `划定公告-段南沟滑坡地质灾害危险区-矿政发〔2026〕7号.${ending}`,
      );
    }
  });

  test('Word: all corners of all rings, the map, what is missing, and no private number', async () => {
    const bytes = await bytesOf('WXQ.1.docx');
    const xml = docxXml(bytes);
    for (const cell of ['J1', '113.5590660', '37.8700850', '113°33′32.6376″', '37°52′12.3060″', '4193169.71', '38461203.36', 'J8'])
      expect(xml).toContain(`<w:t>${cell}</w:t>`);
    expect(xml).not.toContain('<w:t>J9</w:t>');
    expect(xml).toContain('内环1（环内不属于危险区）：J5至J8');
    const text = docxText(bytes);
    for (const part of [
      '关于划定段南沟滑坡地质灾害危险区的公告',
      '矿政发〔2026〕7号',
      '2026年7月3日',
      '「未注明」',
      '要素缺失',
      'announced_media',
      '王主任',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/1381234|1390000|李四|张秘密|草稿/);
    expect(Object.keys(unzipSync(bytes)).filter((name) => name.startsWith('word/media/'))).toHaveLength(1);
  });

  test('a revocation: why, the notice it ends, the lifting', async () => {
    const text = docxText(await bytesOf('over.docx'));
    for (const part of [
      '关于撤销北沟崩塌',
      '矿政发〔2026〕99号',
      '治理工程已验收',
      '矿政发〔2026〕1号',
      '2026年5月1日',
      '解除',
      '拆除',
      '2026年10月8日',
    ])
      expect(text).toContain(part);
    const announcement = docxText(await bytesOf('over.docx?kind=announcement'));
    expect(announcement).toContain('关于划定北沟崩塌');
    expect(announcement).toContain('已于2026年10月8日撤销');
  });

  test('a draft says so across every page, and that it is only a proposal', async () => {
    const bytes = await bytesOf('draft.docx');
    expect(docxText(bytes)).toContain('草稿，未公告');
    expect(docxText(bytes)).toContain('仅为建议');
    const headers = Object.entries(unzipSync(bytes)).filter(([name]) => name.startsWith('word/header'));
    expect(headers.length).toBeGreaterThan(0);
    for (const [, header] of headers) expect(strFromU8(header)).toMatch(/v:textpath[^>]*草稿，未公告/);
  });

  test.runIf(existsSync(PDFTOTEXT))('PDF: text that can be selected, figures too', async () => {
    const text = pdfText(await bytesOf('WXQ.1.pdf'));
    expect(text).toMatch(/J1\s+113\.5590660\s+37\.8700850\s+113°33′32\.6376″\s+37°52′12\.3060″\s+4193169\.71\s+38461203\.36/);
    for (const part of [
      '关于划定段南沟滑坡地质灾害危险区的公告',
      '矿政发〔2026〕7号',
      'EPSG:4526',
      '「未注明」',
      '段南沟小学',
      '审图号：晋S（2026）001号',
      'J8',
      '附注',
    ])
      expect(text).toContain(part);
    expect(text).toMatch(/1:\d+00/);
    expect(text).not.toMatch(/1381234|1390000|李四|张秘密|草稿/);
    const draft = pdfText(await bytesOf('draft.pdf'));
    expect(draft).toContain('草稿，未公告：本危险区尚未公告');
    const revocation = pdfText(await bytesOf('over.pdf'));
    for (const part of ['治理工程已验收', '矿政发〔2026〕1号', '应予拆除']) expect(revocation).toContain(part);
  });

  test('several at once wait for each other, and all come', async () => {
    const statuses = await Promise.all(
      ['WXQ.1.pdf', 'nowhere.pdf', 'over.pdf', 'draft.pdf'].map(
        async (path) => (await analyst.get(`/api/notices/danger-zones/${path}`)).status,
      ),
    );
    expect(statuses).toEqual([200, 404, 200, 200]);
  });
});
