// A zone, its hazard and what else a notice is made from, to be changed by each test.
import type { Feature, Geometry, Properties, Ring } from '../../../server/domain/feature.ts';
import { polygonsOf } from '../../../server/geo/covers.ts';
import type { NoticeInput } from '../../../server/notices/draft.ts';
import { plain, type NoticeContent } from '../../../server/notices/noticeModel.ts';
import { square } from '../../support/square.ts';
import { shippedRules } from '../../support/rules.ts';

export const WHOLE: Properties = {
  name: '段南沟滑坡风险范围',
  hazard_id: 'point',
  extent: 'risk_extent',
  status: 'announced',
  basis: 'survey',
  method: '现场调查勾绘',
  technical_unit: '某地质队',
  confirmed_by: '张工',
  document_no: '矿政发〔2026〕7号',
  announced_on: '2026-07-03',
  announced_media: '政府网站、村务公开栏',
  township: 'T1',
  signs: [{ point: [113.5, 37.8], text: '前方危险，禁止入内' }],
};

export const POINT: Properties = {
  code: '140303010012',
  name: '段南沟滑坡',
  register: 'geological',
  hazard_type: 'landslide',
  location_text: '段南沟村东',
  responsible_person: '王主任',
  responsible_phone: '0353-1234567',
  monitor_person: '李四',
  monitor_phone: '13900000001',
};

export const zoneOf = (properties: Properties, geometry: Geometry = square(113.5, 37.8, 0.003)): Feature => ({
  id: 'zone',
  geometry,
  properties,
});

export const pointOf = (properties: Properties): Feature => ({
  id: 'point',
  geometry: { type: 'Point', coordinates: [113.5012345, 37.8012345] },
  properties,
});

export function inputOf(changes: Partial<NoticeInput> = {}): NoticeInput {
  return {
    kind: 'announcement',
    zone: zoneOf(WHOLE),
    hazard: pointOf(POINT),
    township: '赛鱼街道',
    district: '矿区',
    synthetic: false,
    roads: [],
    rules: shippedRules,
    mapReviewNumber: '晋S（2026）001号',
    revision: 9,
    madeOn: '2026-07-02',
    ...changes,
  };
}

/** The outer ring of a square. */
export const ringOf = (x: number, y: number, size: number): Ring => polygonsOf(square(x, y, size))[0]?.[0] ?? [];

/** Every word of a notice, tables too. */
export function wordsOf(content: NoticeContent): string {
  const blocks = content.sections.flatMap((section) =>
    section.blocks.flatMap((block) => {
      if (block.kind === 'paragraph') return [plain(block.text)];
      if (block.kind === 'facts') return block.rows.map(([label, value]) => `${label}：${plain(value)}`);
      return block.rows.map((row) => row.map(plain).join(' '));
    }),
  );
  const { title, documentNo, opening, signature, banners, missing, notes } = content;
  return [
    ...banners,
    title,
    plain(documentNo),
    plain(opening),
    ...blocks,
    plain(signature.authority),
    plain(signature.date),
    ...missing,
    ...notes,
  ].join('\n');
}
