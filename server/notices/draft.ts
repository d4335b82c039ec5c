// What the texts of a notice are written from: the zone read once, with its name, hazard, corners, sizes and signs (pure).
import { textOf, type Feature, type Geometry, type Properties } from '../domain/feature.ts';
import { parameterOf, ruleOf, type RuleSet } from '../domain/rules.ts';
import { polygonsOf } from '../geo/covers.ts';
import { cornerRings, extentsOf, localZoneOf, type CornerRing, type Extent, type LocalZone } from './corners.ts';
import { Elements, legible, wordOf } from './elements.ts';
import { hazardShown, type HazardShown } from './hazardShown.ts';
import type { NoticeKind, Section, Text } from './noticeModel.ts';
import { signPlan, type SignPlan } from './signPoints.ts';

/** What a notice is made from. */
export interface NoticeInput {
  readonly kind: NoticeKind;
  readonly zone: Feature;
  /** The point that the zone stands for, as stored; null when none is named or found. */
  readonly hazard: Feature | null;
  readonly township: string | null;
  /** Name of the county; null when the store does not know it. */
  readonly district: string | null;
  readonly synthetic: boolean;
  /** Facilities of kind road near the zone. */
  readonly roads: readonly Feature[];
  readonly rules: RuleSet;
  readonly mapReviewNumber: string | null;
  /** Revision of the store that was read. */
  readonly revision: number;
  /** Day of making, YYYY-MM-DD. */
  readonly madeOn: string;
}

/** The parts that the texts of both kinds are written from. */
export interface Draft {
  readonly input: NoticeInput;
  readonly elements: Elements;
  readonly properties: Properties;
  /** 小南沟滑坡: the name without 危险区 or 风险范围 at its end. */
  readonly shortName: string;
  /** 地质灾害危险区, or 危险区 where the hazard is registered as another one. */
  readonly what: string;
  /** The regulation on geological hazards is about this zone. */
  readonly geological: boolean;
  readonly hazard: HazardShown;
  readonly zone: LocalZone;
  readonly rings: readonly CornerRing[];
  readonly extents: { readonly parts: readonly Extent[]; readonly all: Extent };
  readonly signs: SignPlan;
}

/** What the two kinds of notices write by themselves. */
export interface Written {
  readonly opening: Text;
  readonly sections: readonly Section[];
}

/** Reads a zone of this area. @throws Problem 422 outside the Chinese 3° zones, or with too many corners */
export function draftOf(input: NoticeInput, geometry: Geometry): Draft {
  const elements = new Elements();
  const { properties } = input.zone;
  const zone = localZoneOf(geometry);
  const rings = cornerRings(geometry, zone);
  const register = (input.hazard ? textOf(input.hazard.properties, 'register') : null) ?? 'geological';
  const geological = register === 'geological';
  const what = geological ? '地质灾害危险区' : '危险区';
  const name = wordOf('danger-zones', properties, 'name');
  if (name === null) elements.field('danger-zones', properties, 'name');
  const spacing = parameterOf(ruleOf(input.rules, 'boundary-signs'), 'spacing_m');
  return {
    input,
    elements,
    properties,
    shortName: name === null ? `名称未注明（${legible(input.zone.id).slice(0, 60)}）` : shortened(name),
    what,
    geological,
    hazard: hazardShown(input.hazard, textOf(properties, 'hazard_id')),
    zone,
    rings,
    extents: extentsOf(geometry),
    signs: signPlan(
      properties['signs'] ?? null,
      // a revocation takes signs down: places where none was ever put are not for it
      input.kind === 'revocation' ? [] : polygonsOf(geometry).flatMap((polygon) => polygon.slice(0, 1)),
      input.roads,
      spacing,
      { boundary: `前方${what}，禁止入内`, road: `前方${what}，禁止停留` },
    ),
  };
}

/** The name without the words that the title adds. */
function shortened(name: string): string {
  return name.replace(/(地质灾害)?(临时划定)?(危险|风险)(区|范围|区域)$/, '') || name;
}

/** The title of the notice of this kind about the zone. */
export function titleOf(draft: Draft, kind: NoticeKind): string {
  return titleParts(draft, kind).join('');
}

/** The title in the two lines that it takes when one is too short: broken by its sense, as GB/T 9704 asks. */
export function titleParts({ shortName, what }: Draft, kind: NoticeKind): string[] {
  return [`关于${kind === 'revocation' ? '撤销' : '划定'}${shortName}`, `${what}的公告`];
}
