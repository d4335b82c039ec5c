// What a notice says, and that it never says what nobody entered.
import { describe, expect, test } from 'vitest';
import type { Geometry } from '../../../server/domain/feature.ts';
import { NOT_GIVEN } from '../../../server/notices/elements.ts';
import { kindOf, noticeContent } from '../../../server/notices/noticeContent.ts';
import { plain } from '../../../server/notices/noticeModel.ts';
import { inputOf, POINT, pointOf, WHOLE, wordsOf, zoneOf } from './cases.ts';

describe('an announcement', () => {
  test('with everything entered lacks nothing and is no draft', () => {
    const content = noticeContent(inputOf());
    expect(content.title).toBe('关于划定段南沟滑坡地质灾害危险区的公告');
    expect(content).toMatchObject({ watermark: null, banners: [], missing: [], corners: 4 });
    const words = wordsOf(content);
    for (const part of [
      '矿政发〔2026〕7号',
      '2026年7月3日',
      '矿区人民政府',
      '140303010012',
      '赛鱼街道',
      '段南沟村东',
      '办公电话：0353-1234567',
      '第十九条',
      '第38带',
      'EPSG:4526',
      '前方危险，禁止入内',
      '政府网站、村务公开栏',
    ])
      expect(words).toContain(part);
    expect(words).not.toContain(NOT_GIVEN);
  });

  test('bans what the rules ban for the type, then what the zone itself says', () => {
    const words = wordsOf(noticeContent(inputOf({ zone: zoneOf({ ...WHOLE, restrictions: '汛期不得留宿；\n雨天绕行' }) })));
    expect(words).toMatch(/1．禁止爆破.*\n2．禁止堆放渣土弃石.*\n3．汛期不得留宿。\n4．雨天绕行。/);
    const rockfall = wordsOf(noticeContent(inputOf({ hazard: pointOf({ ...POINT, hazard_type: 'rockfall' }) })));
    expect(rockfall).toContain('2．禁止削坡、炸石、露天开采。');
    expect(rockfall).toContain('尚未与正式文本核对');
  });

  test('names everything that is missing, where it stands and in the list', () => {
    const content = noticeContent(
      inputOf({ zone: zoneOf({ status: 'announced', hazard_id: 'point' }), township: null, district: null, mapReviewNumber: null }),
    );
    for (const name of [
      'name',
      'document_no',
      'announced_on',
      'announced_media',
      'basis',
      'method',
      'technical_unit',
      'confirmed_by',
      'extent',
      'signs',
    ])
      expect(content.missing.join('\n')).toContain(name);
    for (const what of ['发布机关', '所在乡镇', '审图号']) expect(content.missing.join('\n')).toContain(what);
    expect(plain(content.documentNo)).toBe(`文号${NOT_GIVEN}`);
    expect(plain(content.signature.date)).toBe(`日期${NOT_GIVEN}`);
    expect(content.documentNo.at(-1)).toMatchObject({ missing: true });
    expect(content.map.reviewNumber).toBe('未取得');
  });

  test('without its hazard point says so once, and prints no type', () => {
    const content = noticeContent(inputOf({ hazard: null, zone: zoneOf({ ...WHOLE, hazard_id: 'gone' }) }));
    expect(content.missing).toEqual([expect.stringContaining('“gone”')]);
    expect(wordsOf(content)).toContain(`灾害类型：${NOT_GIVEN}`);
  });

  test('of a flood hazard cites no regulation on geological hazards', () => {
    const content = noticeContent(inputOf({ hazard: pointOf({ ...POINT, register: 'flood' }) }));
    expect(content.title).toBe('关于划定段南沟滑坡危险区的公告');
    expect(plain(content.opening)).not.toContain('地质灾害');
    expect(content.missing.join()).toContain('法律依据');
  });
});

describe('persons', () => {
  test('a mobile number, and the monitor, are never printed', () => {
    const content = noticeContent(inputOf({ hazard: pointOf({ ...POINT, responsible_phone: '13812345678' }) }));
    const words = wordsOf(content);
    expect(words).not.toMatch(/1381234|1390000|李四/);
    expect(words).toContain('王主任');
    expect(content.missing).toEqual([expect.stringMatching(/办公电话.*手机号码不予公布/)]);
  });

  test('of a removed or suspected point the duty holder is guarded the same way', () => {
    for (const state of ['removed', 'suspected']) {
      const words = wordsOf(noticeContent(inputOf({ hazard: pointOf({ ...POINT, state, responsible_phone: '13812345678' }) })));
      expect(words).toContain('段南沟滑坡');
      expect(words).not.toContain('1381234');
    }
  });
});

describe('drafts and proposals', () => {
  test('a zone that is not announced is marked on every page', () => {
    for (const status of ['draft', 'confirmed', null]) {
      const content = noticeContent(inputOf({ zone: zoneOf({ ...WHOLE, status }) }));
      expect(content.watermark).toBe('草稿，未公告');
      expect(content.banners[0]).toMatch(/^草稿，未公告/);
    }
  });

  test('default rules without a signature are only a proposal', () => {
    const basis = 'default_rule';
    const unsigned = noticeContent(inputOf({ zone: zoneOf({ ...WHOLE, basis, confirmed_by: null }) }));
    expect(unsigned.banners).toContain('范围由默认规则推算，未经技术支撑单位确认，仅为建议');
    expect(noticeContent(inputOf({ zone: zoneOf({ ...WHOLE, basis }) })).banners).toEqual([]);
  });

  test('proposed signs are marked as such, as far apart as the rule says', () => {
    const words = wordsOf(noticeContent(inputOf({ zone: zoneOf({ ...WHOLE, signs: [{ nowhere: true }] }) })));
    expect(words).toContain('建议：边界');
    expect(words).toContain('前方地质灾害危险区，禁止入内');
    expect(words).toContain('有1条警示标志没有可用的位置');
  });

  test('demo data say that they are not to be posted', () => {
    const content = noticeContent(inputOf({ synthetic: true }));
    expect(content.banners.join()).toContain('不得张贴');
    expect(content.watermark).toBe('演示数据');
  });
});

describe('a revocation', () => {
  const revoked = {
    ...WHOLE,
    status: 'revoked',
    revocation_no: '矿政发〔2026〕99号',
    revoked_on: '2026-10-08',
    revoked_media: '政府网站',
    reason: '治理工程已验收',
  };

  test('is what a revoked zone is asked for', () => {
    expect([kindOf(zoneOf(revoked)), kindOf(zoneOf(WHOLE))]).toEqual(['revocation', 'announcement']);
  });

  test('says why, which notice it ends, that bans are lifted and signs come down', () => {
    const content = noticeContent(inputOf({ kind: 'revocation', zone: zoneOf(revoked) }));
    expect(content).toMatchObject({ title: '关于撤销段南沟滑坡地质灾害危险区的公告', watermark: null, missing: [], corners: 4 });
    const words = wordsOf(content);
    for (const part of [
      '矿政发〔2026〕99号',
      '2026年10月8日',
      '治理工程已验收',
      '标题：关于划定段南沟滑坡地质灾害危险区的公告',
      '文号：矿政发〔2026〕7号',
      '公告日期：2026年7月3日',
      '禁止和限制事项解除',
      '1处警示标志应予拆除',
      '第二十条',
    ])
      expect(words).toContain(part);
  });

  test('proposes no signs to take down, and is a draft while the zone stands', () => {
    const content = noticeContent(inputOf({ kind: 'revocation', zone: zoneOf({ ...WHOLE, signs: null }) }));
    expect(content.signs.signs).toEqual([]);
    expect(content.watermark).toBe('草稿，未公告');
    expect(content.missing.join('\n')).toMatch(/revocation_no[\s\S]*signs[\s\S]*revoked_on/);
  });

  test('the announcement of a revoked zone says that it is over', () => {
    expect(noticeContent(inputOf({ zone: zoneOf(revoked) }))).toMatchObject({
      watermark: '已撤销',
      banners: [expect.stringContaining('2026年10月8日撤销')],
    });
  });
});

test('parts and holes are told with their sizes', () => {
  const ring = (x: number, size: number): [number, number][] => [
    [x, 37.8],
    [x + size, 37.8],
    [x + size, 37.8 + size],
    [x, 37.8 + size],
    [x, 37.8],
  ];
  const geometry: Geometry = { type: 'MultiPolygon', coordinates: [[ring(113.5, 0.01)], [ring(113.52, 0.001)]] };
  const words = wordsOf(noticeContent(inputOf({ zone: zoneOf(WHOLE, geometry) })));
  expect(words).toContain('分2部分');
  expect(words).toMatch(/第1部分 97\d{4}\.\d 97\.\d{4} 146\d\.\d{2} 398\d\.\d\n第2部分/);
});

test('control characters and halves of characters never reach a file', () => {
  const words = wordsOf(noticeContent(inputOf({ zone: zoneOf({ ...WHOLE, method: '现场\u0000\u001b调查\uD800\n勾绘' }) })));
  expect(words).toContain('现场调查\uFFFD 勾绘');
});
