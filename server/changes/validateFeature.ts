// A feature as a client sends it (OGC API - Features Part 4): checked against its layer's fields before it is stored.
import * as z from 'zod';
import { textOf, type Feature, type JsonValue, type PropertyValue } from '../domain/feature.ts';
import type { Field } from '../domain/field.ts';
import { BOOKKEEPING, layerOf, writableFieldsOf, type LayerName } from '../domain/layer.ts';
import { Problem, type Fault } from '../domain/problem.ts';
import type { Crs } from '../geo/crs.ts';
import { checkGeometry } from '../ingest/geometry/check.ts';

const jsonValue: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(jsonValue), z.record(z.string(), jsonValue)]),
);

function schemaOfField(field: Field): z.ZodType {
  const range = (schema: z.ZodNumber) => {
    const low = field.min === undefined ? schema : schema.min(field.min);
    return field.max === undefined ? low : low.max(field.max);
  };
  switch (field.type) {
    case 'text':
      return z.string().max(4000);
    case 'integer':
      return range(z.int());
    case 'number':
      return range(z.number());
    case 'boolean':
      return z.boolean();
    case 'date':
      return z.iso.date();
    case 'month_day':
      return z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a month and day as MM-DD');
    case 'code':
      return z.enum(Object.keys(field.codes ?? {}) as [string, ...string[]]);
    case 'json':
      return jsonValue;
  }
}

const schemas = new Map<LayerName, z.ZodType<Record<string, PropertyValue | undefined>>>();

/** The zod schema of a layer's writable properties: one for every way in. */
export function propertiesSchema(layer: LayerName): z.ZodType<Record<string, PropertyValue | undefined>> {
  let schema = schemas.get(layer);
  if (!schema) {
    const shape = Object.fromEntries(writableFieldsOf(layer).map((field) => [field.name, schemaOfField(field).nullable().optional()]));
    schema = z.strictObject(shape) as unknown as z.ZodType<Record<string, PropertyValue | undefined>>;
    schemas.set(layer, schema);
  }
  return schema;
}

/** Text that a path can carry: whole characters, and no folder of its own. */
const featureId = z
  .string()
  .min(1)
  .max(200)
  .refine((id) => id.isWellFormed() && id !== '.' && id !== '..', 'an id that an address can carry');

const patch = z.strictObject({
  type: z.literal('Feature').optional(),
  id: z.union([z.string(), z.number()]).optional(),
  geometry: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).nullable().optional(),
});

/** Checks the outline of a PATCH body. @throws Problem 400 for one that changes nothing, or names another feature */
export function validatePatch(body: unknown, id: string): z.infer<typeof patch> {
  const parsed = patch.safeParse(body);
  if (!parsed.success)
    throw new Problem(400, 'not_a_patch', 'Send {"properties": {…}} or {"geometry": …}.', { errors: faultsOf(parsed.error, '') });
  if (parsed.data.id !== undefined && String(parsed.data.id) !== id)
    throw new Problem(400, 'id_differs', 'The id of the body is not the id of the path.');
  if (!('geometry' in parsed.data) && !parsed.data.properties) throw new Problem(400, 'not_a_patch', 'The body changes nothing.');
  return parsed.data;
}

const envelope = z.object({
  type: z.literal('Feature'),
  id: z.union([featureId, z.number()]).optional(),
  geometry: z.unknown(),
  properties: z.record(z.string(), z.unknown()).nullable().optional(),
});

export interface FeatureBody {
  readonly id: string | null;
  readonly geometry: Feature['geometry'];
  readonly properties: Record<string, PropertyValue>;
}

/**
 * Checks the body of a POST or PUT.
 * @throws Problem 400 for what is no Feature, 422 with every fault for one that does not fit its layer
 */
export function validateFeature(layer: LayerName, body: unknown, crs: Crs): FeatureBody {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) {
    throw new Problem(400, 'not_a_feature', 'The body is not a GeoJSON Feature.', { errors: faultsOf(parsed.error, '') });
  }
  const properties = validateProperties(layer, parsed.data.properties ?? {});
  const checked = checkGeometry(layer, parsed.data.geometry, crs);
  if ('fault' in checked) throw geometryProblem(checked.fault, checked.message);
  if (checked.geometry === null && layerOf(layer).geometryOptional !== true) {
    throw geometryProblem('geometry_missing', `A feature of ${layer} needs a geometry.`);
  }
  return { id: parsed.data.id === undefined ? null : String(parsed.data.id), geometry: checked.geometry, properties };
}

/** Of a household, what says that it is there: where it is, whose it is, or how many live in it. */
const HOUSEHOLD_WORDS = ['address', 'house_no', 'head_name'] as const;
const HOUSEHOLD_PEOPLE = [
  'people_registered',
  'people',
  'people_at_home',
  'elderly',
  'children',
  'disabled',
  'bedridden',
  'vulnerable',
] as const;

/**
 * Refuses the empty form: a household, new or put in place of another, of which nothing is said. Imports have rules of their own.
 * @throws Problem 422
 */
export function assertNotEmpty(layer: LayerName, { geometry, properties }: FeatureBody): void {
  if (layer !== 'households' || geometry !== null) return;
  if (HOUSEHOLD_WORDS.some((name) => textOf(properties, name)?.trim())) return;
  if (HOUSEHOLD_PEOPLE.some((name) => Number(properties[name] ?? 0) > 0)) return;
  const detail =
    '请至少填写位置、住址、门牌号、户主或人口之一 Give at least one of: a position, an address, a house number, a head of household, a number of people.';
  throw new Problem(422, 'empty_household', detail, { errors: [{ pointer: '/properties', code: 'empty_household', detail }] });
}

function geometryProblem(code: string, detail: string): Problem {
  return new Problem(422, code, detail, { errors: [{ pointer: '/geometry', code, detail }] });
}

/**
 * Checks properties alone (the body of a PATCH may have no geometry). What the service keeps itself, and what it computes, may be sent
 * back as an answer had it: it is left as it is.
 */
export function validateProperties(layer: LayerName, properties: Record<string, unknown>): Record<string, PropertyValue> {
  const computed = layerOf(layer)
    .fields.filter((field) => field.computed)
    .map((field) => field.name);
  const own = Object.fromEntries(Object.entries(properties).filter(([name]) => !BOOKKEEPING.has(name) && !computed.includes(name)));
  const parsed = propertiesSchema(layer).safeParse(own);
  if (!parsed.success) {
    throw new Problem(422, 'invalid_properties', `The properties do not fit ${layer}.`, { errors: faultsOf(parsed.error, '/properties') });
  }
  return Object.fromEntries(Object.entries(parsed.data).filter((entry): entry is [string, PropertyValue] => entry[1] !== undefined));
}

function faultsOf(error: z.ZodError, prefix: string): Fault[] {
  return error.issues.slice(0, 50).map((issue) => ({
    pointer: `${prefix}/${issue.path.join('/')}`,
    code: issue.code,
    detail: issue.message,
  }));
}
