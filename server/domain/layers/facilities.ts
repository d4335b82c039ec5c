import { code, count, text } from '../field.ts';
import type { LayerDefinition } from '../layer.ts';

/** 其他承灾体: hospitals, works, mines, dams, roads and what else may be hit. */
export const facilities: LayerDefinition = {
  name: 'facilities',
  zh: '其他承灾体',
  en: 'Facilities',
  geometry: ['Point', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'],
  fields: [
    code(
      'kind',
      '类别',
      'Kind',
      {
        hospital: { zh: '医院', en: 'Hospital', synonyms: ['clinic', 'doctors', '卫生院'] },
        nursing_home: { zh: '养老院', en: 'Nursing home', synonyms: ['敬老院', '养老机构'] },
        enterprise: { zh: '企业', en: 'Enterprise' },
        chemical_plant: { zh: '化工厂', en: 'Chemical plant', synonyms: ['化工企业'] },
        chemical_park: { zh: '化工园区', en: 'Chemical park' },
        construction_site: { zh: '工地', en: 'Construction site', synonyms: ['施工工地'] },
        mine: { zh: '矿山', en: 'Mine', synonyms: ['煤矿'] },
        open_pit_mine: { zh: '露天矿山', en: 'Open-pit mine', synonyms: ['露天矿'] },
        wharf: { zh: '码头', en: 'Wharf' },
        outfall: { zh: '排污口', en: 'Outfall' },
        water_intake: { zh: '取水口', en: 'Water intake' },
        reservoir: { zh: '水库', en: 'Reservoir' },
        dam: { zh: '塘坝', en: 'Dam', synonyms: ['大坝'] },
        bridge: { zh: '桥梁', en: 'Bridge', synonyms: ['桥'] },
        road: { zh: '道路', en: 'Road', synonyms: ['公路'] },
        building: { zh: '建筑', en: 'Building' },
        other: { zh: '其他', en: 'Other', synonyms: ['其它'] },
      },
      { aliases: ['类型'] },
    ),
    text('name', '名称', 'Name'),
    count('people', '人数', 'People', { aliases: ['人员数', '职工人数'] }),
    text('owner', '权属单位', 'Owner', { aliases: ['所属单位', '权属'] }),
    text('status', '状态', 'Status'),
  ],
};
