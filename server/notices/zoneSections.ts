// Sections that the announcement and the revocation share: the hazard, the extent, the list of signs.
import type { Draft } from './draft.ts';
import { say, type Block, type Section, type Text } from './noticeModel.ts';
import { legible } from './elements.ts';
import type { Extent } from './corners.ts';
import type { Sign } from './signPoints.ts';

/** The hazard point by name, code, type and place. */
export function hazardSection({ hazard, elements, input, properties }: Draft): Section {
  const of = (name: string): Text => {
    if (hazard.properties) return [elements.field('hazard-points', hazard.properties, name)];
    const remedy =
      hazard.named === null
        ? '危险区字段 hazard_id 为空，请填写；统一编号、灾害类型、地理位置和防灾责任人随之补齐'
        : `危险区字段 hazard_id 为“${hazard.named.slice(0, 60)}”，隐患点图层没有此点，请核对`;
    return [elements.lacks('隐患点', remedy)];
  };
  const township = elements.of(input.township, '所在乡镇（街道）', '请填写隐患点或危险区字段 township，并核对乡镇街道图层');
  return {
    heading: '灾害体基本情况',
    blocks: [
      {
        kind: 'facts',
        rows: [
          ['危险区名称', [elements.field('danger-zones', properties, 'name')]],
          ['隐患点名称', of('name')],
          ['统一编号', of('code')],
          ['灾害类型', of('hazard_type')],
          ['所在乡镇（街道）', [township]],
          ['地理位置', of('location_text')],
        ],
      },
    ],
  };
}

/** Corners, sizes and coordinate systems; each part of a zone of several. */
export function extentBlocks({ rings, extents, zone, properties, elements }: Draft, revoked: boolean): Block[] {
  const corners = rings.reduce((sum, ring) => sum + ring.corners.length, 0);
  const holes = rings.filter((ring) => ring.hole !== null).length;
  const shape =
    `由J1至J${corners}共${corners}个拐点分环顺次连线围成` +
    (extents.parts.length > 1 ? `，分${extents.parts.length}部分` : '') +
    (holes > 0 ? `，内有${holes}处不属于危险区` : '');
  const { area, perimeter } = extents.all;
  const class_ = elements.field('danger-zones', properties, 'extent');
  return [
    {
      kind: 'paragraph',
      text: say`${revoked ? '撤销的' : ''}范围类别为${class_}，${shape}；面积${squareMetres(area)}平方米（${hectares(area)}公顷，合${mu(area)}亩），周长${metres(perimeter)}米。`,
    },
    ...(extents.parts.length > 1 ? [partsTable([...extents.parts, extents.all])] : []),
    {
      kind: 'paragraph',
      text: say`坐标系为2000国家大地坐标系（EPSG:4490）；平面坐标为高斯－克吕格投影3°分带第${zone.zone}带，中央子午线东经${zone.meridian}°（EPSG:${zone.epsg}）。拐点坐标见附件1，范围见附件2。`,
    },
  ];
}

function partsTable(extents: readonly Extent[]): Block {
  const column = (title: string) => ({ title, share: 1, align: 'center' as const });
  return {
    kind: 'table',
    columns: ['范围', '面积（平方米）', '面积（公顷）', '面积（亩）', '周长（米）'].map(column),
    rows: extents.map(({ name, area, perimeter }) =>
      [name, squareMetres(area), hectares(area), mu(area), metres(perimeter)].map((text) => [{ text }]),
    ),
  };
}

const squareMetres = (area: number) => area.toFixed(1);
const hectares = (area: number) => (area / 10_000).toFixed(4);
const mu = (area: number) => ((area * 15) / 10_000).toFixed(2);
const metres = (length: number) => length.toFixed(1);

/** The signs with places in degrees and in the local zone. */
export function signTable({ signs, zone, elements }: Draft): Block {
  return {
    kind: 'table',
    columns: [
      { title: '编号', share: 36, align: 'center' },
      { title: '经度、纬度（°）', share: 82, align: 'center' },
      { title: 'X 北、Y 东（m）', share: 82, align: 'center' },
      { title: '位置', share: 92, align: 'left' },
      { title: '标志文字', share: 156, align: 'left' },
    ],
    rows: signs.signs.map((sign) => {
      const [lon, lat] = sign.position;
      const [y, x] = zone.crs.fromLonLat(sign.position);
      return [
        say`${sign.label}`,
        say`${lon.toFixed(7)} ${lat.toFixed(7)}`,
        say`${x.toFixed(2)} ${y.toFixed(2)}`,
        say`${sign.proposed ? '建议：' : ''}${sign.place}`,
        signText(sign, () => elements.lacks('警示标志文字', '请在危险区字段 signs 的 text 中填写')),
      ];
    }),
  };
}

function signText({ text }: Sign, lacking: () => Text[number]): Text {
  return text === null ? [lacking()] : [{ text: legible(text) }];
}
