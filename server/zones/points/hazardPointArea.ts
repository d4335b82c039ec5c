// The area that a hidden-hazard point threatens: by survey, by its register, or by the rule of its type.
import { textOf, zoneName, type Properties } from '../../domain/feature.ts';
import { parameterOf, ruleOf, type RuleSet } from '../../domain/rules.ts';
import type { StoredFeature } from '../../store/store.ts';
import type { GeometryKernel } from '../kernel/geos.ts';
import { fieldWords, gap, NO_AREA, type Derived } from '../threatenedArea.ts';
import { disc, sizeOf, type Choice, type PointSurroundings, type TypedPoint } from './choice.ts';
import { pointsWithFallback } from './provisional.ts';
import { byDebrisFan } from './types/debrisFlow.ts';
import { byFissure } from './types/groundFissure.ts';
import { byLandslide } from './types/landslide.ts';
import { byPit } from './types/pit.ts';
import { byCutSlope, isSteepSlope } from './types/cutSlope.ts';

/** States in which a point counts; a point without a state is taken as registered (the import warns). */
const COUNTING_STATES = new Set(['registered', 'under_treatment', 'removal_proposed', 'removal_published']);

/** Does this point threaten anyone by the register, before any danger zone is looked at? */
export function pointCounts(properties: Properties): boolean {
  if (textOf(properties, 'hazard_type') === 'high_cut_slope') return false;
  return COUNTING_STATES.has(textOf(properties, 'state') ?? 'registered');
}

/** The area of a point that counts; none for one that does not. */
export function hazardPointArea(point: StoredFeature, around: PointSurroundings, rules: RuleSet, kernel: GeometryKernel): Derived {
  return pointCounts(point.properties) ? proposedPointArea(point, around, rules, kernel) : NO_AREA;
}

/** The area that the rules propose for a point, whatever its state: a high cut slope has one too, to be drawn from. */
export function proposedPointArea(point: StoredFeature, around: PointSurroundings, rules: RuleSet, kernel: GeometryKernel): Derived {
  const { geometry, properties } = point;
  if (geometry?.type !== 'Point') return NO_AREA;
  const zone = zoneName('hazard-points', point.id);
  const register = textOf(properties, 'register') ?? 'geological';
  const choice = choose({ ...around, at: geometry.coordinates, properties, rules, kernel }, register);
  const label = textOf(properties, 'name') ?? textOf(properties, 'code') ?? point.id;
  if ('refused' in choice) {
    const words = fieldWords('hazard-points', choice.refused);
    return gap(
      zone,
      `${choice.refused[0] ?? 'area'}_missing`,
      `隐患点 ${label}：${choice.why.zh}；请补充${words.zh}，或填写影响半径、划定风险范围`,
      `Hazard point ${label}: ${choice.why.en}; give ${words.en}, or a surveyed radius, or draw a risk extent`,
    );
  }
  const { unassessed = [], ...chosen } = choice;
  const words = fieldWords('hazard-points', unassessed);
  return {
    area: {
      ...chosen,
      zone,
      layer: 'hazard-points',
      sourceId: point.id,
      attributes: {
        name: textOf(properties, 'name') ?? textOf(properties, 'code'),
        hazard_type: textOf(properties, 'hazard_type'),
        register,
        state: textOf(properties, 'state') ?? 'registered',
      },
    },
    gaps:
      unassessed.length === 0
        ? []
        : [
            {
              zone,
              code: `${unassessed[0]}_missing`,
              zh: `隐患点 ${label}：缺${words.zh}，只按规则的最小值计`,
              en: `Hazard point ${label}: ${words.en} missing, counted by the rule's least value only`,
            },
          ],
  };
}

function choose(point: TypedPoint, register: string): Choice {
  const { properties, rules, at } = point;
  const surveyed = sizeOf(properties, 'radius_m');
  if (surveyed !== null) return disc('surveyed-radius', at, surveyed, `r = ${surveyed} m`, { radius_m: surveyed });
  if (register === 'school')
    return {
      refused: ['radius_m'],
      why: { zh: '学校登记没有默认范围', en: 'the school register has no default area' },
    };
  if (register === 'flood') {
    const radius = parameterOf(ruleOf(rules, 'flood-register'), 'radius_m');
    return disc('flood-register', at, radius, `r = ${radius} m`, { register });
  }
  return byType(point);
}

function byType(point: TypedPoint): Choice {
  switch (textOf(point.properties, 'hazard_type')) {
    case 'rockfall':
    case 'high_cut_slope':
      return byCutSlope(point);
    case 'unstable_slope':
      return isSteepSlope(point) ? byCutSlope(point) : byLandslide(point);
    case 'landslide':
      return byLandslide(point);
    case 'debris_flow':
      return byDebrisFan(point);
    case 'ground_collapse':
      return byPit(point);
    case 'ground_fissure':
      return byFissure(point);
    case 'land_subsidence':
      return {
        refused: ['radius_m'],
        why: {
          zh: '区域性地面沉降没有由一点推出的范围',
          en: 'regional land subsidence has no area that follows from a point',
        },
      };
    default:
      return pointsWithFallback(point, []);
  }
}
