import { code, degrees, metres, number, text } from '../field.ts';
import type { LayerDefinition } from '../layer.ts';

/** 沉陷区: mined-out or settling ground; margins are computed from depth, loose layer and angles. */
export const subsidenceZones: LayerDefinition = {
  name: 'subsidence-zones',
  zh: '沉陷区',
  en: 'Subsidence zones',
  geometry: ['Polygon', 'MultiPolygon'],
  fields: [
    code('kind', '类别', 'Kind', {
      coal_goaf: { zh: '采空区', en: 'Coal goaf', synonyms: ['煤矿采空区'] },
      salt_mine: { zh: '盐矿沉降区', en: 'Salt mine', synonyms: ['盐矿'] },
      soft_soil: { zh: '软土', en: 'Soft soil' },
      surveyed: { zh: '实测沉陷', en: 'Surveyed subsidence' },
    }),
    text('name', '名称', 'Name', { aliases: ['沉陷区名称'] }),
    text('mine', '矿山', 'Mine', { aliases: ['煤矿', '矿井', '矿山名称'] }),
    text('seam', '煤层', 'Seam'),
    metres('depth_m', '采深', 'Mining depth', { aliases: ['开采深度'] }),
    metres('thickness_m', '采厚', 'Mined thickness', { aliases: ['开采厚度'] }),
    metres('loose_m', '松散层厚', 'Loose layer', { aliases: ['松散层厚度'] }),
    degrees('dip_deg', '煤层倾角', 'Dip', 90, { aliases: ['倾角'] }),
    degrees('dip_direction_deg', '煤层倾向', 'Dip direction', 360, { aliases: ['倾向'] }),
    degrees('boundary_angle_deg', '边界角', 'Boundary angle (along strike)', 90, { aliases: ['走向边界角'] }),
    degrees('boundary_angle_down_deg', '下山边界角', 'Boundary angle, down-dip', 90),
    degrees('boundary_angle_up_deg', '上山边界角', 'Boundary angle, up-dip', 90),
    degrees('movement_angle_deg', '移动角', 'Movement angle (along strike)', 90, { aliases: ['走向移动角'] }),
    degrees('movement_angle_down_deg', '下山移动角', 'Movement angle, down-dip', 90),
    degrees('movement_angle_up_deg', '上山移动角', 'Movement angle, up-dip', 90),
    degrees('loose_angle_deg', '松散层移动角', 'Loose-layer angle', 90),
    number('tan_beta', '主要影响角正切', 'tan β', { min: 0 }),
    number('subsidence_factor', '下沉系数', 'Subsidence factor', { min: 0 }),
    number('displacement_factor', '水平移动系数', 'Displacement factor', { min: 0 }),
    code('activity', '活动性', 'Activity', {
      active: { zh: '活跃', en: 'Active' },
      declining: { zh: '衰退', en: 'Declining' },
      settled: { zh: '稳沉', en: 'Settled', synonyms: ['已稳沉'] },
    }),
    code('protection_class', '保护等级', 'Protection class', {
      special: { zh: '特级', en: 'Special' },
      first: { zh: 'Ⅰ级', en: 'Class I', synonyms: ['I', 'Ⅰ', 'I级', '一级'] },
      second: { zh: 'Ⅱ级', en: 'Class II', synonyms: ['II', 'Ⅱ', 'II级', '二级'] },
      third: { zh: 'Ⅲ级', en: 'Class III', synonyms: ['III', 'Ⅲ', 'III级', '三级'] },
      fourth: { zh: 'Ⅳ级', en: 'Class IV', synonyms: ['IV', 'Ⅳ', 'IV级', '四级'] },
    }),
  ],
};
