// The danger and the influence line of a mining-subsidence zone. The danger line counts; the influence line is shown.
import { textOf, zoneName, type Geometry, type JsonValue } from '../../domain/feature.ts';
import type { RuleSet } from '../../domain/rules.ts';
import type { StoredFeature } from '../../store/store.ts';
import type { GeometryKernel } from '../kernel/geos.ts';
import { outlineOf, sweptBy } from '../kernel/outline.ts';
import { convexHull, convexSum, disc, halfEllipses, type Convex } from '../kernel/sweep.ts';
import { heading } from '../points/directedArea.ts';
import type { ReferenceArea } from '../referenceArea.ts';
import { fieldWords, NO_AREA, type Derived } from '../threatenedArea.ts';
import { dangerMargin, influenceMargin, widestMargin, type Margin } from './margins.ts';

/** Solution cavities and soft ground: the angles of coal mining say nothing of them. */
const NOT_COAL: ReadonlySet<string> = new Set(['salt_mine', 'soft_soil']);

/**
 * The area inside the danger line; without what it takes the polygon itself, and its margin is said to be missing.
 * @param overlapping names of zones of other seams that overlap this one: its ground is mined again
 */
export function subsidenceArea(zone: StoredFeature, overlapping: readonly string[], rules: RuleSet, kernel: GeometryKernel): Derived {
  const { geometry, properties } = zone;
  if (!geometry) return NO_AREA;
  const name = zoneName('subsidence-zones', zone.id);
  const label = textOf(properties, 'name') ?? zone.id;
  const base = {
    zone: name,
    layer: 'subsidence-zones' as const,
    sourceId: zone.id,
    capsHit: [],
    attributes: { name: textOf(properties, 'name'), kind: textOf(properties, 'kind') },
  };
  const polygon = { ...base, rule: 'subsidence-polygon', formula: 'polygon as surveyed', shape: { kind: 'area', geometry } } as const;
  const kind = textOf(properties, 'kind');
  if (kind !== null && NOT_COAL.has(kind)) {
    return {
      area: { ...polygon, inputs: { kind } },
      gaps: [
        {
          zone: name,
          code: 'margin_not_applicable',
          zh: `沉陷区 ${label}：采煤角量参数不适用，只计实测范围，外扩未评估`,
          en: `Subsidence zone ${label}: the angles of coal mining do not apply; the surveyed area counts, its margin is not assessed`,
        },
      ],
    };
  }
  const margin = dangerMargin(properties, rules, overlapping.length > 0);
  if (!('rock' in margin)) {
    const words = fieldWords('subsidence-zones', margin.missing);
    return {
      area: { ...polygon, inputs: margin.inputs, missing: margin.missing },
      gaps: [
        {
          zone: name,
          code: margin.missing[0] === 'depth_m' ? 'depth_missing' : 'angle_missing',
          zh: `沉陷区 ${label}：需补充${words.zh}，危险线未评估，只计沉陷区本身`,
          en: `Subsidence zone ${label}: ${words.en} missing, danger line not assessed; the zone itself counts`,
        },
      ],
    };
  }
  const inputs: Record<string, JsonValue> = { ...margin.inputs, ...(overlapping.length > 0 ? { repeated_mining: [...overlapping] } : {}) };
  const widest = widestMargin(margin);
  const { formula, fallback, missing } = margin;
  const said = {
    ...base,
    rule: 'subsidence-danger-line',
    formula,
    inputs,
    margin: widest,
    ...(fallback ? { fallback } : {}),
    ...(missing ? { missing } : {}),
  };
  if (margin.dipDirection === null) return { area: { ...said, shape: { kind: 'margin', geometry, margin: widest } }, gaps: [] };
  return { area: { ...said, shape: { kind: 'area', geometry: offsetBy(geometry, margin, kernel) } }, gaps: [] };
}

/** The influence line, to be shown; null where it cannot be said. */
export function influenceArea(
  zone: StoredFeature,
  overlapping: readonly string[],
  rules: RuleSet,
  kernel: GeometryKernel,
): ReferenceArea | null {
  const { geometry, properties } = zone;
  if (!geometry) return null;
  if (NOT_COAL.has(textOf(properties, 'kind') ?? '')) return null;
  const margin = influenceMargin(properties, rules, overlapping.length > 0);
  if (!('rock' in margin)) return null;
  const { formula, inputs, fallback } = margin;
  return {
    id: zoneName('subsidence-zones', zone.id),
    kind: 'influence_line',
    layer: 'subsidence-zones',
    sourceId: zone.id,
    name: textOf(properties, 'name'),
    rule: 'subsidence-influence-line',
    formula,
    inputs: { ...inputs, ...(fallback ? { fallback } : {}) },
    geometry:
      margin.dipDirection === null
        ? outlineOf({ kind: 'margin', geometry, margin: widestMargin(margin) }, kernel)
        : offsetBy(geometry, margin, kernel),
  };
}

/** All within a margin that differs by direction. @returns lon/lat */
function offsetBy(geometry: Geometry, margin: Margin, kernel: GeometryKernel): Geometry {
  return sweptBy(geometry, () => reachOf(margin), kernel);
}

/**
 * The reach of a margin around a point of the goaf's edge. Between strike and dip the rock's part follows
 * cot² β′ = cot² β cos² θ + cot² δ sin² θ, the rule for oblique sections, which is the support function of an ellipse.
 */
export function reachOf({ rock, loose, least, belt, dipDirection }: Margin): Convex {
  const direction = heading(dipDirection ?? 0);
  const byAngle = rock ? plus(halfEllipses(rock.down, rock.up, rock.strike, direction), loose) : [];
  const either = convexHull([...byAngle, ...(least > 0 ? disc(least) : [])]);
  return plus(either, belt);
}

function plus(reach: Convex, metres: number): Convex {
  return metres > 0 ? convexSum(reach, disc(metres)) : reach;
}
