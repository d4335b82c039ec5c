// The catalogue of layers: everything else (API, import, store, tiles, page) is driven by it.
import { date, integer, json, text, type Field, type Words } from './field.ts';
import { dangerZones } from './layers/dangerZones.ts';
import { facilities } from './layers/facilities.ts';
import { hazardAreas } from './layers/hazardAreas.ts';
import { hazardPoints } from './layers/hazardPoints.ts';
import { households } from './layers/households.ts';
import { referenceAreas } from './layers/referenceAreas.ts';
import { riverSections } from './layers/riverSections.ts';
import { schools } from './layers/schools.ts';
import { shelters } from './layers/shelters.ts';
import { subsidenceZones } from './layers/subsidenceZones.ts';
import { threatenedAreas } from './layers/threatenedAreas.ts';
import { townships } from './layers/townships.ts';

export type GeometryType = 'Point' | 'LineString' | 'MultiLineString' | 'Polygon' | 'MultiPolygon';

export interface LayerDefinition extends Words {
  readonly name: LayerName;
  readonly geometry: readonly GeometryType[];
  /** A feature may lack a position (households only). */
  readonly geometryOptional?: boolean;
  /** Made by the rules; nobody edits it. */
  readonly derived?: boolean;
  readonly fields: readonly Field[];
}

export const LAYER_NAMES = [
  'hazard-points',
  'river-sections',
  'subsidence-zones',
  'hazard-areas',
  'danger-zones',
  'households',
  'schools',
  'shelters',
  'townships',
  'facilities',
  'threatened-areas',
  'reference-areas',
] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

/** Layers whose features become threatened areas. */
export const ZONE_SOURCE_LAYERS = ['hazard-points', 'danger-zones', 'hazard-areas', 'subsidence-zones', 'river-sections'] as const;
export type ZoneSourceLayer = (typeof ZONE_SOURCE_LAYERS)[number];

/** What every feature carries beside its layer's own fields. `id` is kept apart: it is the feature's name. */
export const COMMON_FIELDS: readonly Field[] = [
  integer('revision', '修订', 'Revision', { computed: true, public: true }),
  date('updated_at', '更新时间', 'Updated at', { computed: true, public: true }),
  text('updated_by', '更新人', 'Updated by', { computed: true }),
  text('source', '来源', 'Source', { computed: true }),
  text('source_crs', '来源坐标系', 'Source CRS', { computed: true }),
  text('source_position', '原始坐标', 'Position as the source has it', { computed: true }),
  text('position_method', '定位方法', 'How the position was read', { computed: true }),
  text('township', '乡镇街道代码', 'Township code', {
    aliases: ['所属乡镇', '乡镇', '街道', '镇', '乡', '所属街道', '乡镇街道', '乡镇代码', '街道代码'],
    public: true,
  }),
  date('valid_from', '生效日期', 'Valid from', { public: true }),
  date('valid_to', '失效日期', 'Valid to', { public: true }),
  json('extra', '其他字段', 'Other columns'),
];

/** Of these the service keeps itself: nothing that an editor says, and of no interest to whoever compares two states. */
export const BOOKKEEPING: ReadonlySet<string> = new Set(COMMON_FIELDS.filter((field) => field.computed).map(({ name }) => name));

const definitions: Readonly<Record<LayerName, LayerDefinition>> = {
  'hazard-points': hazardPoints,
  'river-sections': riverSections,
  'subsidence-zones': subsidenceZones,
  'hazard-areas': hazardAreas,
  'danger-zones': dangerZones,
  households,
  schools,
  shelters,
  townships,
  facilities,
  'threatened-areas': threatenedAreas,
  'reference-areas': referenceAreas,
};

export const LAYERS: readonly LayerDefinition[] = LAYER_NAMES.map((name) => definitions[name]);

/** The definition of a layer. */
export function layerOf(name: LayerName): LayerDefinition {
  return definitions[name];
}

/** Is this the name of a layer? */
export function isLayerName(name: string): name is LayerName {
  return (LAYER_NAMES as readonly string[]).includes(name);
}

/** All fields of a layer: its own, then the common ones that it does not define itself. */
export function fieldsOf(name: LayerName): readonly Field[] {
  const own = definitions[name].fields;
  const taken = new Set(own.map((field) => field.name));
  return [...own, ...COMMON_FIELDS.filter((field) => !taken.has(field.name))];
}

/** Fields that a client or a file may set. */
export function writableFieldsOf(name: LayerName): readonly Field[] {
  return fieldsOf(name).filter((field) => !field.computed);
}
