// A public notice (公告) of a danger zone as content: what it says, what it lacks, its corners, signs and sizes (pure).
//
// It is the paper that a county government stamps and posts (地质灾害防治条例, arts 19 and 20), so nothing in it is made up:
// what the register lacks stays visible as 未注明 and is listed. Persons are named as the public may know them.
import { textOf, type Feature, type Geometry } from '../domain/feature.ts';
import { Problem } from '../domain/problem.ts';
import { ruleOf } from '../domain/rules.ts';
import { polygonsOf } from '../geo/covers.ts';
import { announcement } from './announcement.ts';
import { draftOf, titleOf, titleParts, type Draft, type NoticeInput } from './draft.ts';
import { chineseDate, legible, wordOf } from './elements.ts';
import { say, type NoticeContent, type NoticeKind, type Run, type Text } from './noticeModel.ts';
import { revocation } from './revocation.ts';

/** Which half of its life a zone asks a notice of, when nobody says. */
export function kindOf(zone: Feature): NoticeKind {
  return textOf(zone.properties, 'status') === 'revoked' ? 'revocation' : 'announcement';
}

/** The notice. @throws Problem 422 for a zone without an area, outside the Chinese 3° zones, or with too many corners */
export function noticeContent(input: NoticeInput): NoticeContent {
  const { zone: feature, kind } = input;
  const geometry = areaOf(feature);
  const draft = draftOf(input, geometry);
  const { elements, properties } = draft;
  const status = textOf(properties, 'status');
  const inForce = kind === 'revocation' ? status === 'revoked' : status === 'announced' || status === 'revoked';
  const over = kind === 'announcement' && status === 'revoked';
  const documentNo = elements.field('danger-zones', properties, kind === 'revocation' ? 'revocation_no' : 'document_no');
  const written = kind === 'revocation' ? revocation(draft) : announcement(draft);
  const signature = {
    authority: authority(draft),
    date: labelled('日期', elements.field('danger-zones', properties, kind === 'revocation' ? 'revoked_on' : 'announced_on')),
  };
  const reviewNumber = input.mapReviewNumber ?? '未取得';
  if (input.mapReviewNumber === null) elements.lacks('审图号', '地图公开前须送审，取得后在服务设置 XIANTU_MAP_REVIEW_NUMBER 中填写');
  return {
    kind,
    title: titleOf(draft, kind),
    titleParts: titleParts(draft, kind),
    english:
      kind === 'revocation'
        ? `Public notice: revocation of a ${draft.geological ? 'geological-hazard ' : ''}danger zone`
        : `Public notice: delimitation of a ${draft.geological ? 'geological-hazard ' : ''}danger zone`,
    documentNo: labelled('文号', documentNo),
    watermark: !inForce ? '草稿，未公告' : over ? '已撤销' : input.synthetic ? '演示数据' : null,
    banners: banners(draft, inForce, over),
    ...written,
    signature,
    missing: elements.missing,
    notes: notes(draft),
    geometry,
    zone: draft.zone,
    rings: draft.rings,
    corners: draft.rings.reduce((sum, ring) => sum + ring.corners.length, 0),
    extents: draft.extents,
    signs: draft.signs,
    map: {
      title: `${draft.shortName}${draft.what}范围图`,
      source: `${input.district ?? '险图'}危险区数据库（险图），第${input.revision}次修订`,
      date: chineseDate(input.madeOn),
      reviewNumber,
    },
  };
}

/** What stands for itself needs its name where it is missing. */
function labelled(label: string, value: Run): Text {
  return value.missing ? [{ text: label }, value] : [value];
}

function areaOf({ id, geometry }: Feature): Geometry {
  if (geometry && polygonsOf(geometry).length > 0) return geometry;
  throw new Problem(
    422,
    'no_area',
    `危险区 ${id.slice(0, 60)} 没有范围，无法出具公告：请先划定范围。 The zone has no area to give notice of: draw it first.`,
  );
}

/** By law the county people's government delimits, announces and revokes; its name follows from that of the county. */
function authority({ input, elements }: Draft): Text {
  const [, name, remark] = /^(.*?)(（.*）)?$/.exec(legible(input.district ?? '')) ?? [];
  if (name && /[县市区旗]$/.test(name)) return say`${name}人民政府${remark ?? ''}`;
  return labelled('发布机关', elements.lacks('发布机关', '库中没有可据以确定县级人民政府的区划名称，请在落款处填写'));
}

function banners({ input, properties, elements }: Draft, inForce: boolean, over: boolean): string[] {
  const lines: string[] = [];
  const status = wordOf('danger-zones', properties, 'status');
  if (!inForce) {
    const stands = status === null ? '状态未注明' : `当前状态：${status}`;
    lines.push(input.kind === 'revocation' ? `草稿，未公告：本危险区尚未撤销（${stands}）` : `草稿，未公告：本危险区尚未公告（${stands}）`);
    if (status === null) elements.field('danger-zones', properties, 'status');
  }
  if (over) {
    const day = wordOf('danger-zones', properties, 'revoked_on') ?? '日期未注明';
    lines.push(`本危险区已于${day}撤销，本公告仅供查阅`);
  }
  if (textOf(properties, 'basis') === 'default_rule' && wordOf('danger-zones', properties, 'confirmed_by') === null)
    lines.push('范围由默认规则推算，未经技术支撑单位确认，仅为建议');
  if (input.synthetic) lines.push('演示数据：地名、范围、人员均为虚构，不得张贴');
  return lines;
}

/** Where figures and texts come from: small print at the end. */
function notes({ input, signs, geological, zone, rings }: Draft): string[] {
  const lines = [
    '面积、周长按参考椭球面计算（CGCS2000 与 WGS 84 椭球之差不影响所列数位）；有内环的，面积已扣除环内部分，周长含内环。1公顷＝10000平方米，1亩＝10000/15平方米。',
    `拐点按数据库存储的顺序连续编号；平面坐标采用中央子午线距危险区中心最近的3°带（第${zone.zone}带）。`,
  ];
  const far = Math.max(
    ...rings.map((ring) => ring.corners.reduce((most, { position }) => Math.max(most, Math.abs(position[0] - zone.meridian)), 0)),
  );
  if (far > 1.5) lines.push(`部分拐点距中央子午线${zone.meridian}°超过1.5°，仍列于第${zone.zone}带，以免一区两带。`);
  if (input.kind === 'announcement') {
    const rule = ruleOf(input.rules, 'restrictions');
    if (!rule.verified)
      lines.push(`按灾种列出的禁止事项取自现行规则集第${input.rules.version}版规则 restrictions，尚未与正式文本核对，张贴前请核对。`);
  }
  if (signs.malformed > 0) lines.push(`危险区字段 signs 中有${signs.malformed}条警示标志没有可用的位置，未列入。`);
  if (geological) lines.push('落款机关按区划名称和《地质灾害防治条例》（县级人民政府划定、公告、撤销）列出，用印前请核对。');
  lines.push(`本文件由险图依据数据库第${input.revision}次修订生成，生成日期${chineseDate(input.madeOn)}。`);
  return lines;
}
