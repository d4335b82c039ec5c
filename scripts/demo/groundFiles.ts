// Files of the ground: sub-districts, rivers, workings, other hazard areas.
import { esriWktOf } from '../../server/export/prj.ts';
import { writeShapefile, type ShapefileFeature } from '../../server/export/shapefile.ts';
import type { District } from './district.ts';
import { closedRing, toGrid, toLonLat, toPrefixedGrid, ZONE } from './frame.ts';
import { geojson, SYNTHETIC_NOTE, type WrittenFile } from './manifest.ts';
import type { Ring } from './plane.ts';
import { TOWNSHIPS } from './townships.ts';

/** A ring as GeoJSON coordinates of a polygon; outer rings counter-clockwise as RFC 7946 wants them. */
export function lonLatRing(ring: Ring): [number, number][] {
  const closed = closedRing(ring, toLonLat);
  let twice = 0;
  closed.forEach(([x, y], i) => {
    const [px, py] = closed[i - 1] ?? [x, y];
    twice += px * y - x * py;
  });
  return twice >= 0 ? closed : closed.toReversed();
}

export function townshipFile(): WrittenFile {
  const features = TOWNSHIPS.map(({ code, name, ring }) => ({
    type: 'Feature',
    id: code,
    properties: {
      id: code,
      code,
      name,
      level: 'township',
      parent: '140303000000',
      responsible_person: `${name}值班室（演示）`,
      note: SYNTHETIC_NOTE,
    },
    geometry: { type: 'Polygon', coordinates: [lonLatRing(ring)] },
  }));
  return {
    file: 'townships.geojson',
    layer: 'townships',
    bytes: geojson('街道（演示）', features),
    note: '六个街道，名称与代码为真，边界为合成；相邻界线顶点相同',
  };
}

export function riverFile({ sections }: District): WrittenFile {
  const features = sections.map((section, index): ShapefileFeature => ({
    geometry: { type: 'LineString', coordinates: section.line.map(toGrid) },
    properties: {
      编号: section.id,
      河流: section.river,
      河段名: section.name,
      河流编码: section.code,
      起点桩号: section.chainageFrom,
      终点桩号: section.chainageTo,
      桩号起算: section.origin,
      岸别: section.bank,
      左岸宽度: section.widthLeft,
      右岸宽度: section.widthRight,
      左管理范围: section.managementLeft,
      右管理范围: section.managementRight,
      重现期: section.returnPeriod,
      县级河长: `演示县级河长${(index % 3) + 1}`,
      乡级河长: `演示乡级河长${(index % 6) + 1}`,
      责任单位: '演示区河道管理站',
      清障量: section.clearedM3,
      清障长度: section.clearedM,
      备注: SYNTHETIC_NOTE,
    },
  }));
  const bytes = writeShapefile({
    name: '河段',
    features,
    encoding: 'gbk',
    prj: esriWktOf(ZONE, false),
    cpg: false,
    fields: [
      { name: '编号', type: 'C', length: 12 },
      { name: '河流', type: 'C', length: 20 },
      { name: '河段名', type: 'C', length: 40 },
      { name: '河流编码', type: 'C', length: 20 },
      { name: '起点桩号', type: 'N', length: 8 },
      { name: '终点桩号', type: 'N', length: 8 },
      { name: '桩号起算', type: 'C', length: 8 },
      { name: '岸别', type: 'C', length: 6 },
      { name: '左岸宽度', type: 'N', length: 7, decimals: 1 },
      { name: '右岸宽度', type: 'N', length: 7, decimals: 1 },
      { name: '左管理范围', type: 'N', length: 5 },
      { name: '右管理范围', type: 'N', length: 5 },
      { name: '重现期', type: 'N', length: 5 },
      { name: '县级河长', type: 'C', length: 24 },
      { name: '乡级河长', type: 'C', length: 24 },
      { name: '责任单位', type: 'C', length: 30 },
      { name: '清障量', type: 'N', length: 8 },
      { name: '清障长度', type: 'N', length: 8 },
      { name: '备注', type: 'C', length: 20 },
    ],
  });
  return {
    file: 'river-sections.zip',
    layer: 'river-sections',
    crs: 'EPSG:4547',
    bytes,
    mapping: { id: '编号', management_left_m: '左管理范围', management_right_m: '右管理范围' },
    note: 'GBK 无 .cpg，坐标不带带号；一段未测宽度（未评估），数段只管一岸；洪桥排洪渠桩号自河口起算',
  };
}

export function workingFile({ workings }: District): WrittenFile {
  const features = workings.map((working): ShapefileFeature => {
    const polygons = working.areas.map((area) => area.map((ring) => closedRing(ring, toPrefixedGrid)));
    const [only] = polygons;
    return {
      geometry: polygons.length === 1 && only ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: polygons },
      properties: {
        编号: working.id,
        类别: working.kind,
        名称: working.name,
        矿山: working.mine,
        煤层: working.seam,
        采深: working.depth,
        采厚: working.thickness,
        松散层厚: working.loose,
        煤层倾角: working.dip,
        煤层倾向: working.dipping?.direction ?? null,
        边界角: working.boundaryAngle,
        移动角: working.movementAngle,
        下山边界角: working.dipping?.boundaryDown ?? null,
        上山边界角: working.dipping?.boundaryUp ?? null,
        下山移动角: working.dipping?.movementDown ?? null,
        上山移动角: working.dipping?.movementUp ?? null,
        松散移动角: working.looseAngle,
        影响角正切: working.tanBeta,
        下沉系数: working.subsidenceFactor,
        水平移动系: working.displacementFactor,
        活动性: working.activity,
        备注: SYNTHETIC_NOTE,
      },
    };
  });
  const number = (name: string, decimals: number) => ({ name, type: 'N' as const, length: 8, decimals });
  const bytes = writeShapefile({
    name: '沉陷区',
    features,
    encoding: 'gbk',
    prj: esriWktOf(ZONE, true),
    cpg: true,
    fields: [
      { name: '编号', type: 'C', length: 12 },
      { name: '类别', type: 'C', length: 12 },
      { name: '名称', type: 'C', length: 50 },
      { name: '矿山', type: 'C', length: 40 },
      { name: '煤层', type: 'C', length: 12 },
      number('采深', 1),
      number('采厚', 2),
      number('松散层厚', 1),
      number('煤层倾角', 1),
      number('煤层倾向', 0),
      number('边界角', 1),
      number('移动角', 1),
      number('下山边界角', 1),
      number('上山边界角', 1),
      number('下山移动角', 1),
      number('上山移动角', 1),
      number('松散移动角', 1),
      number('影响角正切', 2),
      number('下沉系数', 3),
      number('水平移动系', 2),
      { name: '活动性', type: 'C', length: 8 },
      { name: '备注', type: 'C', length: 20 },
    ],
  });
  return {
    file: 'subsidence-zones.zip',
    layer: 'subsidence-zones',
    crs: 'EPSG:4526',
    encoding: 'gbk',
    bytes,
    mapping: { id: '编号', loose_angle_deg: '松散移动角', tan_beta: '影响角正切', displacement_factor: '水平移动系' },
    note: 'GBK 带 .cpg；一处无采深（只计多边形本身，缺边距）；一处为双翼，一处留有煤柱（孔）；一处煤层倾斜，各方向边距不同；一处上下两层煤，重复采动',
  };
}

export function areaFile({ areas }: District): WrittenFile {
  const features = areas.map(({ id, kind, name, ring, returnPeriod, season, basis }) => ({
    type: 'Feature',
    id,
    properties: {
      id,
      kind,
      name,
      basis,
      ...(returnPeriod === null ? {} : { return_period_a: returnPeriod }),
      ...(season ? { season_from: season[0], season_to: season[1] } : {}),
      note: SYNTHETIC_NOTE,
    },
    geometry: { type: 'Polygon', coordinates: [lonLatRing(ring)] },
  }));
  return {
    file: 'hazard-areas.geojson',
    layer: 'hazard-areas',
    bytes: geojson('其他危险区域（演示）', features),
    note: '低洼、塘坝下游、淹没范围、易发区、宕口；重点防治区不计人',
  };
}
