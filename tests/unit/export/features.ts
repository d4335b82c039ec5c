// Features of every layer with values that formats find hard, as the store may hold them after an import.
import fc from 'fast-check';
import type { Feature, Geometry, JsonValue, Position, PropertyValue, Ring } from '../../../server/domain/feature.ts';
import type { Field } from '../../../server/domain/field.ts';
import { layerOf, writableFieldsOf, type GeometryType, type LayerName } from '../../../server/domain/layer.ts';
import type { Reads, StoredFeature } from '../../../server/store/store.ts';
import { isBlank } from '../../../server/ingest/values.ts';

const HOSTILE: readonly string[] = [
  '𠀀姓',
  '赛鱼·滑坡①\n第二行',
  'a "quoted", text; with | and，many\tmore',
  '=1+1',
  "'=1+1",
  "''+2",
  '+86 138-0013-8000',
  '-5',
  '@home',
  '＝总数',
  '140303198001011234',
  '0012',
  '1e5',
  'null',
  'true',
  'NaN',
  '2026-05-18',
  '<a href="x">&amp;</a>',
  '€ ḿ ⿰ 㐀',
  '\r\n结束\r\n.',
  '长'.repeat(127),
  '长'.repeat(300),
  `${'x'.repeat(253)}长`,
  'e\u0301 👨‍👩‍👧 \u202eabc',
];

/** What the importer makes of it is the text itself. */
const keeps = (text: string) => text === text.trim() && !isBlank(text) && text.isWellFormed();

// oxlint-disable-next-line no-control-regex -- what no import lets through
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Texts that every format but a shapefile keeps. `_x0041_` is left out: a workbook writes it escaped. */
export const text = fc
  .oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 }))
  .filter((value) => keeps(value) && !CONTROLS.test(value) && !/_x[\da-f]{4}_/i.test(value));

/** JSON that is no bare text: that would read like a word in a cell. */
const object = fc
  .dictionary(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 4 })
  .filter((value) => !('extra' in value) && !('__proto__' in value) && !JSON.stringify(value).includes('__proto__'))
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonValue)
  .filter((value) => {
    const written = JSON.stringify(value);
    // a whole number beyond 2^53 is read as its digits, for the sake of ids
    return !/\d{16}/.test(written) && written.isWellFormed() && !/_x[\da-f]{4}_/i.test(written) && !/[\ufffe\uffff]/.test(written);
  });

const HARD_NUMBERS = [0, 0.1, 0.30000000000000004, -0.5, 1e-7, 1e21, 1e300, 5e-324, 123456789.123456, 1 / 3, 2 ** 53 - 1, -(2 ** 53 - 1)];

function valueOf(layer: LayerName, field: Field): fc.Arbitrary<PropertyValue> {
  const inRange = (value: number) => value >= (field.min ?? -Infinity) && value <= (field.max ?? Infinity) && !Object.is(value, -0);
  switch (field.type) {
    case 'text':
      // a township is a code, or it is looked up
      if (field.name === 'township' && layer !== 'townships') return fc.stringMatching(/^14\d{10}$/);
      return text;
    case 'integer':
      return fc
        .oneof(fc.constantFrom(...HARD_NUMBERS.filter(Number.isSafeInteger)), fc.maxSafeInteger(), fc.nat({ max: 9999 }))
        .filter(inRange);
    case 'number':
      return fc
        .oneof(
          fc.constantFrom(...HARD_NUMBERS),
          fc.double({ noNaN: true, noDefaultInfinity: true, min: field.min ?? -1e308, max: field.max ?? 1e308 }),
          fc.nat({ max: 9999 }).map((value) => value / 100),
        )
        .filter(inRange);
    case 'boolean':
      return fc.boolean();
    case 'date':
      return fc
        .oneof(
          fc.constant('1687-12-31'),
          fc.constant('9999-12-31'),
          fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        )
        .map((value) => (typeof value === 'string' ? value : value.toISOString().slice(0, 10)));
    case 'month_day':
      return fc.constantFrom('01-01', '02-29', '06-15', '12-31');
    case 'code':
      return fc.constantFrom(...Object.keys(field.codes ?? {}));
    case 'json':
      return object;
  }
}

const CENTRE: Position = [113.56, 37.87];
const place = fc
  .tuple(fc.double({ min: -0.4, max: 0.4, noNaN: true }), fc.double({ min: -0.4, max: 0.4, noNaN: true }))
  .map(([x, y]): Position => [CENTRE[0] + x, CENTRE[1] + y]);

/** A star-shaped ring around a place, counterclockwise. */
function ring([x, y]: Position, radii: readonly number[], scale: number): Ring {
  const corners = radii.map((radius, i): Position => {
    const angle = (i / radii.length) * 2 * Math.PI;
    return [x + Math.cos(angle) * radius * scale, y + Math.sin(angle) * radius * scale];
  });
  return [...corners, corners[0] as Position];
}

const radii = fc.array(fc.double({ min: 0.6, max: 1, noNaN: true }), { minLength: 3, maxLength: 9 });

/** A polygon with a hole or without, as RFC 7946 winds it. */
const polygonAt = (centre: Position) =>
  fc.tuple(radii, fc.option(radii)).map(([outer, inner]): Ring[] => {
    const shell = ring(centre, outer, 0.01);
    // a third of the least radius of a triangle fits into any of the shells
    return inner ? [shell, ring(centre, inner, 0.002).toReversed()] : [shell];
  });

const line = fc
  .array(place, { minLength: 2, maxLength: 6 })
  .filter((list) => list.every((p, i) => i === 0 || p[0] !== list[i - 1]?.[0] || p[1] !== list[i - 1]?.[1]));

const GEOMETRIES: Readonly<Record<GeometryType, fc.Arbitrary<Geometry>>> = {
  Point: place.map((coordinates) => ({ type: 'Point', coordinates })),
  LineString: line.map((coordinates) => ({ type: 'LineString', coordinates })),
  MultiLineString: fc.array(line, { minLength: 2, maxLength: 3 }).map((coordinates) => ({ type: 'MultiLineString', coordinates })),
  Polygon: place.chain(polygonAt).map((coordinates) => ({ type: 'Polygon', coordinates })),
  MultiPolygon: place
    .chain(([x, y]) => fc.tuple(polygonAt([x, y]), polygonAt([x + 0.1, y])))
    .map((coordinates) => ({ type: 'MultiPolygon', coordinates })),
};

/** Some features of a layer, each field set or null, every geometry type that the layer has among them. */
export function features(layer: LayerName): fc.Arbitrary<Feature[]> {
  const { geometry, geometryOptional } = layerOf(layer);
  const properties = fc.record(
    Object.fromEntries(writableFieldsOf(layer).map((field) => [field.name, fc.option(valueOf(layer, field), { freq: 3 })])),
  );
  const types = [...geometry, ...geometry, ...(geometryOptional ? [null] : [])];
  return fc.tuple(...types.map((type) => fc.tuple(type === null ? fc.constant(null) : GEOMETRIES[type], properties, text))).map((list) =>
    list.map(([shape, values, id], i) => ({
      id: `${id.slice(0, 60).toWellFormed()}-${i}`,
      geometry: shape,
      properties: {
        ...values,
        // what the service keeps of every feature
        revision: i + 1,
        updated_at: '2026-05-18T08:00:00.000Z',
        updated_by: 'planner',
        source: `ledger.csv#${i + 1}`,
        source_crs: 'EPSG:4547',
        source_position: '500123.4 | 4193004.5',
        position_method: 'grid',
      },
    })),
  );
}

/** A store that holds these features and no others. */
export function storeOf(layer: LayerName, list: readonly Feature[]): Reads {
  const stored = list.map((feature, i): StoredFeature => ({ ...feature, sequence: i + 1, revision: i + 1 }));
  return {
    get: async (asked, id) => (asked === layer ? (stored.find((feature) => feature.id === id) ?? null) : null),
    count: async (asked) => (asked === layer ? stored.length : 0),
    // oxlint-disable-next-line typescript/require-await -- a store answers with a stream
    select: async function* (asked) {
      if (asked === layer) yield* stored;
    },
  };
}
