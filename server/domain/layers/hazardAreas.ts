import { code, monthDay, number, text } from '../field.ts';
import type { LayerDefinition } from '../layer.ts';

/** 其他危险区域: areas under water, below a dam, prone to slides, or only marked for priority. */
export const hazardAreas: LayerDefinition = {
  name: 'hazard-areas',
  zh: '其他危险区域',
  en: 'Other hazard areas',
  geometry: ['Polygon', 'MultiPolygon'],
  fields: [
    code(
      'kind',
      '类别',
      'Kind',
      {
        low_lying: { zh: '低洼', en: 'Low-lying', synonyms: ['低洼地'] },
        reservoir_downstream: { zh: '水库塘坝下游', en: 'Below a reservoir', synonyms: ['水库下游', '塘坝下游'] },
        flood_extent: { zh: '淹没范围', en: 'Flood extent', synonyms: ['洪水淹没范围'] },
        susceptible_area: { zh: '易发区', en: 'Susceptible area' },
        priority_area: { zh: '重点防治区', en: 'Priority area' },
        quarry_slope: { zh: '采石宕口', en: 'Quarry slope', synonyms: ['宕口'] },
      },
      { public: true },
    ),
    text('name', '名称', 'Name', { public: true }),
    number('return_period_a', '重现期', 'Return period', { min: 0, unit: 'a', public: true }),
    monthDay('season_from', '起始月日', 'Season from', { public: true }),
    monthDay('season_to', '终止月日', 'Season to', { public: true }),
    text('basis', '依据', 'Basis', { public: true }),
  ],
};
