// What a row says that does not fit together: warned of, never changed.
import { numberOf, textOf, type Properties } from '../domain/feature.ts';
import type { LayerName } from '../domain/layer.ts';

export interface Doubt {
  readonly field: string;
  readonly code: 'code_form' | 'code_type_differs' | 'volume_implausible' | 'same_two_people' | 'more_vulnerable_than_people';
  readonly message: string;
}

/** 统一编号: county, type and serial (domain practice 3.2). */
const NATIONAL = /^\d{6}(0[0-7])\d{4}$/;
const TYPES = ['unstable_slope', 'landslide', 'rockfall', 'debris_flow', 'ground_collapse', 'ground_fissure', 'land_subsidence', 'other'];

/** A volume this many times more, or less, than length × width × depth has another unit. */
const VOLUME_FACTOR = 50;

export function doubtsAbout(layer: LayerName, properties: Properties): Doubt[] {
  if (layer === 'hazard-points') return pointDoubts(properties);
  return layer === 'households' ? householdDoubts(properties) : [];
}

function pointDoubts(properties: Properties): Doubt[] {
  const doubts: Doubt[] = [];
  const code = textOf(properties, 'code');
  const type = textOf(properties, 'hazard_type');
  // other schemes are kept as they are; twelve digits mean the national one
  if (code !== null && /^\d{12}$/.test(code)) {
    const digits = NATIONAL.exec(code)?.[1];
    const said = digits === undefined ? undefined : TYPES[Number(digits)];
    if (said === undefined)
      doubts.push({
        field: 'code',
        code: 'code_form',
        message: `统一编号 ${code} 不合“县码 6 位 + 灾种 00–07 + 序号 4 位” not of the form county, type 00 to 07, serial`,
      });
    else if (type !== null && type !== said && type !== 'high_cut_slope')
      doubts.push({
        field: 'hazard_type',
        code: 'code_type_differs',
        message: `统一编号 ${code} 的灾种为 ${said}，灾害类型为 ${type} the code says ${said}, the type ${type}`,
      });
  }
  const [length, width, depth, volume] = ['length_m', 'width_m', 'depth_m', 'volume_m3'].map((name) => numberOf(properties, name));
  if (length && width && depth && volume) {
    const ratio = volume / (length * width * depth);
    if (ratio > VOLUME_FACTOR || ratio < 1 / VOLUME_FACTOR)
      doubts.push({
        field: 'volume_m3',
        code: 'volume_implausible',
        message: `体积 ${volume} m³ 与长×宽×厚 ${Math.round(length * width * depth)} m³ 相差过大，单位是否为万 m³？ the volume is far from length × width × depth: is its unit 10⁴ m³?`,
      });
  }
  const [responsible, monitor] = [textOf(properties, 'responsible_person'), textOf(properties, 'monitor_person')];
  if (responsible !== null && responsible === monitor)
    doubts.push({
      field: 'monitor_person',
      code: 'same_two_people',
      message: `防灾责任人与监测人同为 ${responsible}，应为两人 the responsible person and the monitor are the same; there have to be two`,
    });
  return doubts;
}

function householdDoubts(properties: Properties): Doubt[] {
  const [people, vulnerable] = [numberOf(properties, 'people'), numberOf(properties, 'vulnerable')];
  if (people === null || vulnerable === null || vulnerable <= people) return [];
  return [
    {
      field: 'vulnerable',
      code: 'more_vulnerable_than_people',
      message: `弱势人口 ${vulnerable} 多于常住人口 ${people} more vulnerable people than people`,
    },
  ];
}
