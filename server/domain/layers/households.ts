import { code, count, integer, metres, number, text } from '../field.ts';
import type { LayerDefinition } from '../layer.ts';
import { BUILDING_GRADES } from './buildingGrades.ts';

/** 户: all of it is personal data. No field is public, and the layer is not in the public dataset. */
export const households: LayerDefinition = {
  name: 'households',
  zh: '户',
  en: 'Households',
  geometry: ['Point', 'Polygon', 'MultiPolygon'],
  geometryOptional: true,
  fields: [
    text('address', '住址', 'Address', { aliases: ['地址', '家庭住址', '门牌地址', '居住地址'] }),
    text('village', '村', 'Village', { aliases: ['村社区', '社区', '行政村', '所属村'] }),
    text('group', '组', 'Group', { aliases: ['村民小组', '村组'] }),
    text('house_no', '门牌号', 'House number', { aliases: ['门牌'] }),
    text('head_name', '户主', 'Head of household', { aliases: ['户主姓名'] }),
    text('phone', '电话', 'Phone', { aliases: ['联系电话', '手机', '手机号', '户主电话'] }),
    count('people_registered', '户籍人口', 'Registered people', { aliases: ['户籍人数'] }),
    count('people', '常住人口', 'Resident people', { aliases: ['人口', '人数', '常住人数', '家庭人数', '家庭人口'] }),
    count('people_at_home', '在家人数', 'People at home', { aliases: ['在家人口'] }),
    count('elderly', '老人', 'Elderly (60+)', { aliases: ['60岁以上', '老年人', '老人数'] }),
    count('children', '儿童', 'Children (under 14)', { aliases: ['14岁以下', '儿童数'] }),
    count('disabled', '残疾人', 'Disabled', { aliases: ['残疾', '残疾人数'] }),
    count('bedridden', '卧床', 'Bedridden', { aliases: ['卧床人数', '失能'] }),
    count('vulnerable', '弱势人口', 'Vulnerable people', { aliases: ['弱势', '弱势人数', '弱势群体'] }),
    code(
      'structure',
      '结构',
      'Structure',
      {
        reinforced_concrete: { zh: '框架', en: 'Reinforced concrete', synonyms: ['钢混', '钢筋混凝土'] },
        brick_concrete: { zh: '砖混', en: 'Brick and concrete' },
        brick_timber: { zh: '砖木', en: 'Brick and timber', synonyms: ['土木'] },
        adobe: { zh: '土坯', en: 'Adobe' },
        cave_dwelling: { zh: '窑洞', en: 'Cave dwelling', synonyms: ['土窑洞'] },
        other: { zh: '其他', en: 'Other', synonyms: ['其它'] },
      },
      { aliases: ['房屋结构', '房屋类型', '结构类型'] },
    ),
    code('building_grade', '鉴定等级', 'Building grade', BUILDING_GRADES, { aliases: ['房屋鉴定等级'] }),
    integer('floors', '层数', 'Floors', { min: 0, aliases: ['楼层数'] }),
    number('property_wan', '财产', 'Property', { min: 0, unit: '万元', aliases: ['家庭财产', '财产价值'] }),
    metres('position_accuracy_m', '定位精度', 'Position accuracy', { aliases: ['定位误差'] }),
  ],
};
