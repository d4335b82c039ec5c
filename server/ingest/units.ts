// Units that people write behind numbers and into headers, as factors to the unit of the field.
import type { Field } from '../domain/field.ts';

/** Field unit → written unit → factor. */
const FACTORS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  m: { m: 1, 米: 1, km: 1000, 公里: 1000, 千米: 1000, cm: 0.01, 厘米: 0.01, mm: 0.001, 毫米: 0.001 },
  'm²': { m2: 1, 平方米: 1, 平米: 1, 万m2: 1e4, 万平方米: 1e4, 公顷: 1e4, ha: 1e4, 亩: 10_000 / 15, km2: 1e6, 平方公里: 1e6 },
  'm³': { m3: 1, 立方米: 1, 方: 1, 万m3: 1e4, 万立方米: 1e4, 万方: 1e4, '104m3': 1e4, '10^4m3': 1e4 },
  万元: { 万元: 1, 万: 1, 元: 1e-4, 千元: 0.1, 亿元: 1e4, 亿: 1e4 },
  '°': { '°': 1, 度: 1 },
  a: { a: 1, 年: 1 },
};

/** Units of plain counts. */
const COUNTED: Readonly<Record<string, number>> = { 人: 1, 户: 1, 名: 1, 间: 1, 层: 1, 个: 1, 所: 1, 班: 1, 万人: 1e4, 万: 1e4 };

const word = (unit: string) => unit.normalize('NFKC').replace(/\s/g, '').toLowerCase();

/** Factor from a written unit to the field's own; null for a unit that does not fit the field. No unit is factor 1. */
export function unitFactor(field: Field, written: string): number | null {
  const unit = word(written);
  if (unit === '') return 1;
  return (field.unit === undefined ? COUNTED : (FACTORS[field.unit] ?? {}))[unit] ?? null;
}

/** What stands in the brackets of a header, if it reads like a unit: `体积（万m³）` → `万m³`. */
export function unitInHeader(header: string): string {
  return /[([（【]([^)\]）】]*)[)\]）】]\s*$/.exec(header)?.[1]?.trim() ?? '';
}
