// The danger line of a mining-subsidence zone: how far beyond the goaf the ground may break buildings.
// Formulae: domain reference 4.2 and 4.3 (movement angles; probability integral method, semi-infinite flat seam).
import { numberOf, textOf, zoneName, type JsonValue, type Properties } from '../domain/feature.ts';
import type { StoredFeature } from '../store/store.ts';
import { parameterOf, ruleOf, tableOf, type RuleSet } from './ruleSet.ts';
import { NO_AREA, type Derived } from './threatenedArea.ts';

const RADIANS = Math.PI / 180;
const cot = (degrees: number) => 1 / Math.tan(degrees * RADIANS);

/** The area inside the danger line; without a depth the polygon itself, and its margin is said to be missing. */
export function subsidenceArea(zone: StoredFeature, rules: RuleSet): Derived {
  const { geometry, properties } = zone;
  if (!geometry) return NO_AREA;
  const name = zoneName('subsidence-zones', zone.id);
  const label = textOf(properties, 'name') ?? zone.id;
  const attributes: Properties = { name: textOf(properties, 'name'), kind: textOf(properties, 'kind') };
  const base = { zone: name, layer: 'subsidence-zones' as const, sourceId: zone.id, capsHit: [], attributes };
  const margin = dangerMargin(properties, rules);
  if (margin.value === null) {
    return {
      area: { ...base, rule: 'subsidence-polygon', shape: { kind: 'area', geometry }, inputs: margin.inputs },
      gaps: [
        {
          zone: name,
          code: margin.missing,
          zh: `沉陷区 ${label}：${margin.missing === 'depth_missing' ? '需补充采深' : '需补充移动角或主要影响角正切'}，危险线未评估`,
          en: `Subsidence zone ${label}: ${margin.missing === 'depth_missing' ? 'mining depth' : 'movement angle or tan β'} missing, danger line not assessed`,
        },
      ],
    };
  }
  return {
    area: {
      ...base,
      rule: 'subsidence-danger-line',
      shape: { kind: 'margin', geometry, margin: margin.value },
      inputs: margin.inputs,
      margin: margin.value,
    },
    gaps: [],
  };
}

type Margin =
  | { value: number; inputs: Record<string, JsonValue> }
  | { value: null; missing: 'depth_missing' | 'angle_missing'; inputs: Record<string, JsonValue> };

/** Width in metres of the danger margin, guard belt included. */
export function dangerMargin(properties: Properties, rules: RuleSet): Margin {
  const rule = ruleOf(rules, 'subsidence-danger-line');
  const depth = numberOf(properties, 'depth_m');
  if (depth === null) return { value: null, missing: 'depth_missing', inputs: {} };
  const loose = Math.min(numberOf(properties, 'loose_m') ?? 0, depth);
  const looseAngle = numberOf(properties, 'loose_angle_deg') ?? parameterOf(rule, 'loose_angle_deg');
  const movement = numberOf(properties, 'movement_angle_deg');
  const tanBeta = numberOf(properties, 'tan_beta');
  const dip = numberOf(properties, 'dip_deg');
  const byAngle = movement === null ? null : loose * cot(looseAngle) + (depth - loose) * cot(movement);
  const radius = tanBeta === null || tanBeta === 0 ? null : depth / tanBeta;
  const protection = textOf(properties, 'protection_class');
  const belt = protection === null ? 0 : (tableOf(rule, 'belt_m')[protection] ?? 0);
  const byTilt = radius === null ? null : tiltDistance(properties, radius, parameterOf(rule, 'tilt_limit_mm_per_m'));
  const inputs: Record<string, JsonValue> = {
    depth_m: depth,
    loose_m: loose,
    loose_angle_deg: looseAngle,
    movement_angle_deg: movement,
    tan_beta: tanBeta,
    by_angle_m: byAngle,
    by_tilt_m: byTilt,
    belt_m: belt,
    assumption: dip !== null && dip > parameterOf(rule, 'uniform_up_to_dip_deg') ? 'uniform_although_dipping' : 'uniform',
  };
  // with neither angle nor tilt known, the major influence radius stands for the margin
  const known = [byAngle, byTilt].filter((value) => value !== null);
  if (known.length === 0 && radius === null) return { value: null, missing: 'angle_missing', inputs };
  return { value: (known.length > 0 ? Math.max(...known) : (radius ?? 0)) + belt, inputs };
}

/**
 * Distance in metres beyond the goaf edge where the tilt falls to the limit: i(x) = Wmax / r · exp(−π x² / r²), with
 * Wmax = m q cos α. Null without the seam's thickness and subsidence factor.
 */
function tiltDistance(properties: Properties, radius: number, limit: number): number | null {
  const thickness = numberOf(properties, 'thickness_m');
  const factor = numberOf(properties, 'subsidence_factor');
  if (thickness === null || factor === null) return null;
  if (radius === 0) return 0;
  const subsidence = thickness * factor * Math.cos((numberOf(properties, 'dip_deg') ?? 0) * RADIANS);
  const greatest = (subsidence / radius) * 1000;
  return greatest <= limit ? 0 : radius * Math.sqrt(Math.log(greatest / limit) / Math.PI);
}
