// Who may see and do what. Every path (API, OGC, tiles, exports, events) asks here and nowhere else.
//
// The public never sees households: for it the layer does not exist. Of the other layers it sees the fields marked
// `public` in the catalogue and the features that `publicSees` lets through, hazard points snapped to about 11 m.
import { textOf, type Feature, type Geometry, type Position, type PropertyValue } from '../domain/feature.ts';
import { fieldsOf, LAYER_NAMES, layerOf, type LayerName } from '../domain/layer.ts';
import type { Field } from '../domain/field.ts';
import { atLeast, type Role } from '../domain/role.ts';

/** Layers of which the public sees something. */
const PUBLIC_LAYERS: ReadonlySet<LayerName> = new Set([
  'townships',
  'river-sections',
  'schools',
  'shelters',
  'hazard-points',
  'danger-zones',
  'hazard-areas',
]);

/** Kinds of hazard areas that are announced to the public. */
const PUBLIC_AREA_KINDS: ReadonlySet<string> = new Set(['flood_extent', 'priority_area']);

export type Action = 'read' | 'edit' | 'export' | 'history' | 'filter';

/** May this role do this to a layer? For a layer that a role may not read, answer as if it did not exist. */
export function may(role: Role, action: Action, layer: LayerName): boolean {
  const reads = atLeast(role, 'analyst') || PUBLIC_LAYERS.has(layer);
  switch (action) {
    case 'read':
    case 'export':
      return reads;
    case 'history':
    case 'filter':
      return atLeast(role, 'analyst');
    case 'edit':
      return atLeast(role, 'planner') && layerOf(layer).derived !== true;
  }
}

/** Reading this layer is reading personal data, and is audited. */
export function isPersonal(layer: LayerName): boolean {
  return layer === 'households';
}

/** The layers a role may read. */
export function readableLayers(role: Role): LayerName[] {
  return LAYER_NAMES.filter((layer) => may(role, 'read', layer));
}

/** The fields a role may see, filter and sort by: a hidden field does not exist for it. */
export function visibleFields(role: Role, layer: LayerName): readonly Field[] {
  const fields = fieldsOf(layer);
  return atLeast(role, 'analyst') ? fields : fields.filter((field) => field.public === true);
}

/** What the view of a feature depends on beside the feature itself. */
export interface ViewContext {
  /** Points that an announced danger zone stands for: their duty holders are named to the public. */
  isAnnounced(point: string): boolean;
}

/** The feature as a role sees it, or null when it does not see it at all. */
export function viewOf<F extends Feature>(role: Role, layer: LayerName, feature: F, context: ViewContext): F | null {
  if (layer === 'threatened-areas' && feature.geometry === null) return null; // only says why nothing was assessed
  if (atLeast(role, 'analyst')) return feature;
  if (!publicSees(layer, feature)) return null;
  const properties: Record<string, PropertyValue> = {};
  for (const field of visibleFields(role, layer)) properties[field.name] = feature.properties[field.name] ?? null;
  if (layer === 'hazard-points') hideDutyHolder(properties, context.isAnnounced(feature.id));
  const geometry = layer === 'hazard-points' && feature.geometry ? snapped(feature.geometry) : feature.geometry;
  return { ...feature, geometry, properties };
}

function publicSees(layer: LayerName, feature: Feature): boolean {
  const { properties } = feature;
  switch (layer) {
    case 'danger-zones':
      return textOf(properties, 'status') === 'announced';
    case 'hazard-areas':
      return PUBLIC_AREA_KINDS.has(textOf(properties, 'kind') ?? '');
    case 'hazard-points':
      return !['suspected', 'removed'].includes(textOf(properties, 'state') ?? 'registered');
    default:
      return PUBLIC_LAYERS.has(layer);
  }
}

/** A fixed line with an area code, or a short service number. A mobile number is a private person's. */
const OFFICE_PHONE = /^(0\d{2,3}[-\s]?\d{7,8}(-\d{1,5})?|1\d{2,4}|9\d{4})$/;

function hideDutyHolder(properties: Record<string, PropertyValue>, announced: boolean): void {
  const phone = properties['responsible_phone'];
  if (!announced) properties['responsible_person'] = null;
  if (!announced || typeof phone !== 'string' || !OFFICE_PHONE.test(phone.trim())) properties['responsible_phone'] = null;
}

/** Four decimals, about 11 m: a public map shows no point more exactly. */
function snapped(geometry: Geometry): Geometry {
  const round = (value: number) => Math.round(value * 1e4) / 1e4;
  const snap = (p: Position): Position => [round(p[0]), round(p[1])];
  return geometry.type === 'Point' ? { type: 'Point', coordinates: snap(geometry.coordinates) } : geometry;
}
