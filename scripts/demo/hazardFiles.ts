// Files of the hazard registers: flood points, geological points, danger zones.
import { esriWktOf } from '../../server/export/prj.ts';
import { writeShapefile, type ShapefileFeature } from '../../server/export/shapefile.ts';
import { csvGb18030 } from './csv.ts';
import type { District } from './district.ts';
import { toLonLat, toPrefixedGrid, ZONE } from './frame.ts';
import { defaultRadius, TYPE_WORDS, type GeologicalPoint } from './geological.ts';
import { lonLatRing } from './groundFiles.ts';
import { SpatialHash } from './hash.ts';
import { geojson, SYNTHETIC_NOTE, type WrittenFile } from './manifest.ts';
import type { Household } from './people.ts';
import { centroid, insideRing } from './plane.ts';
import { randomOf } from './random.ts';

/** Two people a point, in the numbers of the township's office and of nobody. */
function contacts(index: number): { responsible: string; responsiblePhone: string; monitor: string; monitorPhone: string } {
  return {
    responsible: `演示责任人${String((index % 37) + 1).padStart(2, '0')}`,
    responsiblePhone: `0353-000${String((index % 37) + 1).padStart(4, '0')}`,
    monitor: `演示监测人${String(index + 1).padStart(4, '0')}`,
    monitorPhone: `0000-10${String(index + 1).padStart(5, '0')}`,
  };
}

export function floodFile({ floodPoints }: District): WrittenFile {
  const features = floodPoints.map((point, index): ShapefileFeature => {
    const people = contacts(index);
    return {
      geometry: { type: 'Point', coordinates: toPrefixedGrid(point.at) },
      properties: {
        编号: point.id,
        统一编号: point.id,
        名称: point.name,
        灾害类型: point.type,
        街道代码: point.township.code,
        村社区: point.village,
        诱发因素: point.trigger,
        状态: '在册',
        责任人: people.responsible,
        责任人电话: people.responsiblePhone,
        监测人: people.monitor,
        监测人电话: people.monitorPhone,
        备注: SYNTHETIC_NOTE,
      },
    };
  });
  const bytes = writeShapefile({
    name: '防汛隐患点',
    features,
    encoding: 'gbk',
    prj: esriWktOf(ZONE, true),
    cpg: false,
    fields: [
      { name: '编号', type: 'C', length: 20 },
      { name: '统一编号', type: 'C', length: 20 },
      { name: '名称', type: 'C', length: 50 },
      { name: '灾害类型', type: 'C', length: 16 },
      { name: '街道代码', type: 'C', length: 12 },
      { name: '村社区', type: 'C', length: 24 },
      { name: '诱发因素', type: 'C', length: 40 },
      { name: '状态', type: 'C', length: 8 },
      { name: '责任人', type: 'C', length: 20 },
      { name: '责任人电话', type: 'C', length: 16 },
      { name: '监测人', type: 'C', length: 20 },
      { name: '监测人电话', type: 'C', length: 16 },
      { name: '备注', type: 'C', length: 20 },
    ],
  });
  return {
    file: 'hazard-points-flood.zip',
    layer: 'hazard-points',
    crs: 'EPSG:4526',
    bytes,
    mapping: {
      id: '编号',
      code: '统一编号',
      township: '街道代码',
      village: '村社区',
      responsible_person: '责任人',
      responsible_phone: '责任人电话',
    },
    defaults: { register: 'flood' },
    note: '防汛隐患 3,232 处；GBK 无 .cpg，2000 坐标 38 带（带号）',
  };
}

/** What the register claims, next to what is really in the area: close, seldom equal. */
function claimsOf(district: District): (point: GeologicalPoint) => { households: number; people: number; property: number } {
  const homes = new SpatialHash<Household>(60);
  for (const household of district.households) homes.add(household.dwelling.at, household);
  const random = randomOf('register claims');
  return (point) => {
    const zone = district.zones.find((one) => one.hazard === point && one.extent === 'risk_extent');
    const found = zone
      ? [...homes.within(centroid(zone.ring), 330)].filter((household) => insideRing(household.dwelling.at, zone.ring))
      : [...homes.within(point.at, defaultRadius(point))];
    const households = point.namedCase ? found.length : Math.max(1, Math.round(found.length * random.between(0.7, 1.25)));
    const mean = found.length > 0 ? found.reduce((sum, household) => sum + household.resident, 0) / found.length : 2.6;
    const worth = found.length > 0 ? found.reduce((sum, household) => sum + household.propertyWan, 0) / found.length : 12;
    return { households, people: Math.round(households * mean), property: Math.round(households * worth * 10) / 10 };
  };
}

export function geologicalFile(district: District): WrittenFile {
  const header = [
    '编号',
    '统一编号',
    '名称',
    '登记类别',
    '灾害类型',
    '经度',
    '纬度',
    '街道代码',
    '村',
    '地理位置',
    '长度',
    '宽度',
    '坡高',
    '深度',
    '坡度',
    '坡向',
    '稳定性',
    '防治措施',
    '诱发因素',
    '状态',
    '防灾责任人',
    '防灾责任人电话',
    '监测人',
    '监测人电话',
    '威胁户数',
    '威胁人数',
    '威胁财产(万元)',
    '上报人口口径',
    '备注',
  ];
  const claims = claimsOf(district);
  const rows = district.geological.map((point, index) => {
    const [lon, lat] = toLonLat(point.at);
    const people = contacts(4000 + index);
    const claim = claims(point);
    return [
      point.id,
      point.id,
      point.name,
      '地质灾害',
      TYPE_WORDS[point.type].zh,
      lon.toFixed(8),
      lat.toFixed(8),
      point.township?.code ?? null,
      point.village,
      `${point.township?.name ?? '郊区'}${point.village}`,
      point.size?.length ?? null,
      point.size?.width ?? null,
      point.size?.height || null,
      point.depth,
      point.slopeDegrees,
      point.aspectDegrees,
      point.stability,
      point.treatment,
      '降雨',
      point.state,
      people.responsible,
      people.responsiblePhone,
      people.monitor,
      people.monitorPhone,
      claim.households,
      claim.people,
      claim.property,
      '常住',
      point.note ? `${SYNTHETIC_NOTE}；${point.note}` : SYNTHETIC_NOTE,
    ];
  });
  return {
    file: 'hazard-points-geological.csv',
    layer: 'hazard-points',
    encoding: 'gb18030',
    bytes: csvGb18030(header, rows),
    mapping: { id: '编号', code: '统一编号', township: '街道代码', lon: '经度', lat: '纬度' },
    note: '地质灾害隐患点台账；GB18030，经纬度列；含六处点名案例，一处隐患源在区外',
  };
}

const RESTRICTIONS = '汛期不得留宿；不得爆破、削坡、堆载及从事其他可能引发地质灾害的活动';

export function zoneFile({ zones }: District): WrittenFile {
  const features = zones.map((zone) => {
    const confirmed = zone.status !== 'draft';
    const optional = {
      hazard_id: zone.hazard?.id,
      document_no: zone.documentNo,
      announced_on: zone.announcedOn,
      revoked_on: zone.revokedOn,
      revocation_no: zone.revocationNo,
    };
    return {
      type: 'Feature',
      id: zone.id,
      properties: {
        id: zone.id,
        name: zone.name,
        extent: zone.extent,
        status: zone.status,
        basis: zone.basis,
        method: '沿坡向勾绘（演示）',
        technical_unit: '演示地质勘查院',
        ...(confirmed ? { confirmed_by: '演示技术支撑专家' } : {}),
        ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null && value !== undefined)),
        restrictions: RESTRICTIONS,
        reason: zone.reason,
        note: SYNTHETIC_NOTE,
      },
      geometry: { type: 'Polygon', coordinates: [lonLatRing(zone.ring)] },
    };
  });
  return {
    file: 'danger-zones.geojson',
    layer: 'danger-zones',
    bytes: geojson('危险区（演示）', features),
    note: '多数已公告，两处拟划定、两处已确认、一处已撤销，四处为危险范围（不计人），一处未挂接隐患点',
  };
}
