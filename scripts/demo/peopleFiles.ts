// Files of those who may be hit: the household ledger, outlines surveyed from the air, schools, shelters, facilities.
import { esriWktOf } from '../../server/export/prj.ts';
import { writeShapefile, type ShapefileFeature } from '../../server/export/shapefile.ts';
import { csvUtf8, type Cell } from './csv.ts';
import type { District } from './district.ts';
import { toLonLat, toPrefixedGrid, ZONE } from './frame.ts';
import { lonLatRing } from './groundFiles.ts';
import { geojson, SYNTHETIC_NOTE, type WrittenFile } from './manifest.ts';

const LEDGER = [
  '户号',
  '住址',
  '街道代码',
  '村',
  '组',
  '门牌号',
  '户主',
  '联系电话',
  '户籍人口',
  '常住人口',
  '在家人数',
  '60岁以上',
  '14岁以下',
  '残疾人',
  '卧床',
  '结构',
  '层数',
  '财产（万元）',
  'X坐标',
  'Y坐标',
  '定位精度（米）',
  '备注',
];

export function householdFile({ households }: District): WrittenFile {
  const rows = households
    .filter((household) => !household.surveyed)
    .map((household): Cell[] => {
      const home = household.dwelling;
      const [easting, northing] = toPrefixedGrid(home.at);
      return [
        household.id,
        household.address,
        home.township.code,
        home.village,
        home.group,
        home.houseNo,
        household.headName,
        household.phone,
        household.registered,
        household.resident,
        household.atHome,
        household.elderly,
        household.children,
        household.disabled,
        household.bedridden,
        household.structure,
        home.floors,
        household.propertyWan,
        household.located ? northing.toFixed(3) : null,
        household.located ? easting.toFixed(3) : null,
        household.located ? household.accuracy : null,
        household.located ? SYNTHETIC_NOTE : `${SYNTHETIC_NOTE}；未定位`,
      ];
    });
  return {
    file: 'households.csv',
    layer: 'households',
    crs: 'EPSG:4526',
    encoding: 'utf-8',
    bytes: csvUtf8(LEDGER, rows),
    mapping: {
      id: '户号',
      township: '街道代码',
      village: '村',
      group: '组',
      house_no: '门牌号',
      phone: '联系电话',
      elderly: '60岁以上',
      children: '14岁以下',
      disabled: '残疾人',
      bedridden: '卧床',
      structure: '结构',
      floors: '层数',
      property_wan: '财产（万元）',
      position_accuracy_m: '定位精度（米）',
      x: 'X坐标',
      y: 'Y坐标',
    },
    note: '住户台账；UTF-8 带 BOM；X坐标为北、Y坐标为东（带号 38）；约 120 户无坐标（未定位），约 900 户无定位精度，部分楼房同一坐标',
  };
}

export function footprintFile({ households }: District): WrittenFile {
  const features = households.flatMap((household) => {
    const home = household.dwelling;
    if (!household.surveyed || !home.footprint) return [];
    return [
      {
        type: 'Feature',
        id: household.id,
        properties: {
          id: household.id,
          address: household.address,
          township: home.township.code,
          village: home.village,
          group: home.group,
          house_no: home.houseNo,
          head_name: household.headName,
          phone: household.phone,
          people_registered: household.registered,
          people: household.resident,
          people_at_home: household.atHome,
          elderly: household.elderly,
          children: household.children,
          disabled: household.disabled,
          bedridden: household.bedridden,
          structure: household.structure,
          floors: home.floors,
          property_wan: household.propertyWan,
          ...(household.accuracy === null ? {} : { position_accuracy_m: household.accuracy }),
          note: SYNTHETIC_NOTE,
        },
        geometry: { type: 'Polygon', coordinates: [lonLatRing(home.footprint)] },
      },
    ];
  });
  return {
    file: 'households-footprints.geojson',
    layer: 'households',
    bytes: geojson('住户轮廓（演示）', features),
    note: '航测房屋轮廓，一户一面；与台账户号不重复，追加导入',
  };
}

export function schoolFile({ schools }: District): WrittenFile {
  const features = schools.map((school, index): ShapefileFeature => ({
    geometry: { type: 'Point', coordinates: toPrefixedGrid(school.at) },
    properties: {
      编号: school.id,
      学校标识码: `0000${String(index + 1).padStart(6, '0')}`,
      名称: school.name,
      办学类型: school.kind,
      举办者: school.ownership,
      在校生: school.students,
      寄宿生: school.boarders,
      教职工: school.staff,
      班数: school.classes,
      排查结论: school.finding,
      防汛责任人: `演示责任人${String((index % 37) + 1).padStart(2, '0')}`,
      定位精度: 2,
      备注: SYNTHETIC_NOTE,
    },
  }));
  const bytes = writeShapefile({
    name: '学校',
    features,
    encoding: 'gbk',
    prj: esriWktOf(ZONE, true),
    cpg: false,
    fields: [
      { name: '编号', type: 'C', length: 12 },
      { name: '学校标识码', type: 'C', length: 12 },
      { name: '名称', type: 'C', length: 60 },
      { name: '办学类型', type: 'C', length: 12 },
      { name: '举办者', type: 'C', length: 6 },
      { name: '在校生', type: 'N', length: 6 },
      { name: '寄宿生', type: 'N', length: 6 },
      { name: '教职工', type: 'N', length: 6 },
      { name: '班数', type: 'N', length: 4 },
      { name: '排查结论', type: 'C', length: 16 },
      { name: '防汛责任人', type: 'C', length: 20 },
      { name: '定位精度', type: 'N', length: 6, decimals: 1 },
      { name: '备注', type: 'C', length: 20 },
    ],
  });
  return {
    file: 'schools.zip',
    layer: 'schools',
    crs: 'EPSG:4526',
    bytes,
    mapping: {
      id: '编号',
      school_code: '学校标识码',
      kind: '办学类型',
      ownership: '举办者',
      students: '在校生',
      boarders: '寄宿生',
      staff: '教职工',
      classes: '班数',
      building_finding: '排查结论',
      flood_officer: '防汛责任人',
      position_accuracy_m: '定位精度',
    },
    note: '67 所学校与 196 所幼儿园；GBK 无 .cpg',
  };
}

export function shelterFile({ shelters }: District): WrittenFile {
  const rows = shelters.map((shelter, index): Cell[] => {
    const [lon, lat] = toLonLat(shelter.at);
    return [
      shelter.id,
      shelter.name,
      shelter.class,
      shelter.capacity,
      shelter.areaM2,
      shelter.indoor ? '是' : '否',
      `演示负责人${String(index + 1).padStart(2, '0')}`,
      `0353-0009${String(index + 1).padStart(3, '0')}`,
      lon.toFixed(8),
      lat.toFixed(8),
      SYNTHETIC_NOTE,
    ];
  });
  return {
    file: 'shelters.csv',
    layer: 'shelters',
    encoding: 'utf-8',
    bytes: csvUtf8(['编号', '名称', '类别', '容纳人数', '有效避难面积', '室内', '负责人', '联系电话', '经度', '纬度', '备注'], rows),
    mapping: {
      id: '编号',
      class: '类别',
      capacity: '容纳人数',
      effective_area_m2: '有效避难面积',
      indoor: '室内',
      manager: '负责人',
      phone: '联系电话',
      lon: '经度',
      lat: '纬度',
    },
    note: '避险点与应急避难场所；少数落在受威胁范围内（不接纳人员）',
  };
}

export function facilityFile({ facilities }: District): WrittenFile {
  const features = facilities.map(({ id, kind, name, shape, people }) => ({
    type: 'Feature',
    id,
    properties: { id, kind, name, people, owner: '演示单位', status: '在用', note: SYNTHETIC_NOTE },
    geometry:
      'point' in shape
        ? { type: 'Point', coordinates: toLonLat(shape.point) }
        : 'line' in shape
          ? { type: 'LineString', coordinates: shape.line.map(toLonLat) }
          : { type: 'Polygon', coordinates: [lonLatRing(shape.ring)] },
  }));
  return {
    file: 'facilities.geojson',
    layer: 'facilities',
    bytes: geojson('其他承灾体（演示）', features),
    note: '医院、养老院、企业、矿井、桥梁、塘坝、道路等；点、线、面混合',
  };
}
