// The parameters of `…/items` as a typed request. All of it is checked here; nothing of it reaches SQL but as a value.
import type { Field } from '../../domain/field.ts';
import type { LayerName } from '../../domain/layer.ts';
import { Problem } from '../../domain/problem.ts';
import type { Role } from '../../domain/role.ts';
import type { Bounds } from '../../domain/service.ts';
import { splitAtDateLine } from '../../geo/bounds.ts';
import { crsOfEpsg, epsgNumber } from '../../geo/crs.ts';
import { may, visibleFields } from '../../policy/policy.ts';
import type { Filter, Scalar } from '../../store/filter.ts';
import type { ItemsRequest } from '../../views/items.ts';
import { badValue, one, wholeNumber, type Query } from '../query.ts';
import { parseCql2Text } from './cql2Text.ts';
import { CRS84 } from './documents.ts';

export const LIMIT = { least: 1, most: 10_000, fallback: 100 } as const;

const FIXED = ['limit', 'bbox', 'bbox-crs', 'crs', 'datetime', 'after', 'f'];
const FILTERING = ['filter', 'filter-lang', 'filter-crs'];

/** Parameters that this role may use on this layer: a hidden field is as unknown as nonsense. */
export function allowedParameters(role: Role, layer: LayerName): string[] {
  const fields = visibleFields(role, layer).filter((field) => field.type !== 'json');
  return [...FIXED, ...(may(role, 'filter', layer) ? FILTERING : []), 'id', ...fields.map((field) => field.name)];
}

export interface CrsChoice {
  readonly epsg: number;
  readonly northFirst: boolean;
  readonly uri: string;
}

/** The CRS of a parameter. CRS84 is lon/lat; EPSG codes come in the axis order that EPSG gives them. */
export function crsChoice(value: string | null, name: string): CrsChoice {
  if (value === null || value === CRS84) return { epsg: 4326, northFirst: false, uri: CRS84 };
  const epsg = /^https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\//.test(value) ? epsgNumber(value) : null;
  const crs = epsg === null ? null : crsOfEpsg(epsg);
  if (epsg === null || !crs)
    throw badValue(name, `${name} is a URI of a coordinate system that the collection lists, not ${value.slice(0, 80)}.`);
  return { epsg, northFirst: crs.northFirst, uri: value };
}

export function itemsRequest(role: Role, layer: LayerName, query: Query): ItemsRequest & { crsUri: string } {
  const crs = crsChoice(one(query, 'crs'), 'crs');
  return {
    role,
    layer,
    boxes: boxesOf(query),
    filter: filterOf(role, layer, query),
    period: periodOf(one(query, 'datetime')),
    after: wholeNumber(query, 'after', { least: 0, most: Number.MAX_SAFE_INTEGER, fallback: 0 }),
    limit: wholeNumber(query, 'limit', LIMIT),
    epsg: crs.epsg,
    northFirst: crs.northFirst,
    crsUri: crs.uri,
  };
}

function boxesOf(query: Query): readonly Bounds[] | null {
  const text = one(query, 'bbox');
  const choice = crsChoice(one(query, 'bbox-crs'), 'bbox-crs');
  if (text === null) return null;
  const numbers = text.split(',').map((part) => (/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(part) ? Number(part) : Number.NaN));
  if ((numbers.length !== 4 && numbers.length !== 6) || numbers.some((value) => !Number.isFinite(value))) {
    throw badValue('bbox', 'bbox is four numbers (or six, with heights) with commas between.');
  }
  const half = numbers.length / 2;
  const low = [numbers[0] as number, numbers[1] as number] as const;
  const high = [numbers[half] as number, numbers[half + 1] as number] as const;
  const lonLat = (pair: readonly [number, number]) => {
    const [x, y] = choice.northFirst ? [pair[1], pair[0]] : pair;
    return crsOfEpsg(choice.epsg)?.toLonLat([x, y]) ?? [x, y];
  };
  const [west, south] = lonLat(low);
  const [east, north] = lonLat(high);
  if (south > north) throw badValue('bbox', 'The box ends south of where it begins.');
  if (Math.abs(south) > 90 || Math.abs(north) > 90) throw badValue('bbox', 'The box lies off the globe.');
  // west of its own beginning: the box crosses the date line (RFC 7946, 5.2)
  return west > east ? splitAtDateLine([west, south, east + 360, north]) : [[west, south, east, north]];
}

function periodOf(text: string | null): ItemsRequest['period'] {
  if (text === null) return null;
  const instant = (part: string): string | null => {
    if (part === '' || part === '..') return null;
    if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[-+]\d{2}:\d{2}))?$/.test(part) || Number.isNaN(Date.parse(part))) {
      throw badValue('datetime', 'datetime is an RFC 3339 time, or two with a slash between (.. for open).');
    }
    return part.length === 10 ? part : new Date(part).toISOString();
  };
  const parts = text.split('/');
  if (parts.length > 2) throw badValue('datetime', 'datetime has at most one slash.');
  const from = instant(parts[0] ?? '');
  const to = parts.length === 1 ? from : instant(parts[1] ?? '');
  if (parts.length === 1 && from === null) throw badValue('datetime', 'A single open time says nothing.');
  if (from !== null && to !== null && Date.parse(from) > Date.parse(to)) throw badValue('datetime', 'datetime ends before it begins.');
  return [from, to];
}

function filterOf(role: Role, layer: LayerName, query: Query): Filter | null {
  const fields = visibleFields(role, layer);
  const parts: Filter[] = [];
  for (const field of [ID_FIELD, ...fields]) {
    const values = query[field.name];
    if (!values || FIXED.includes(field.name) || FILTERING.includes(field.name)) continue;
    const [value, ...more] = values.map((text) => scalar(field, text));
    if (more.length > 0) throw badValue(field.name, `${field.name} may stand only once.`);
    if (value !== undefined) parts.push({ op: '=', property: field.name, value });
  }
  const text = one(query, 'filter');
  if (text !== null) {
    const language = one(query, 'filter-lang') ?? 'cql2-text';
    if (language !== 'cql2-text') throw badValue('filter-lang', 'filter-lang is cql2-text.');
    parts.push(parseCql2Text(text, [ID_FIELD, ...fields]));
  } else if (query['filter-lang'] || query['filter-crs']) {
    throw new Problem(400, 'filter_missing', 'filter-lang and filter-crs say nothing without filter.');
  }
  return parts.length === 0 ? null : parts.length === 1 ? (parts[0] as Filter) : { op: 'and', args: parts };
}

export const ID_FIELD: Field = { name: 'id', type: 'text', zh: '编号', en: 'Id' };

/** A value of a field from text, or 400. */
function scalar(field: Field, text: string): Scalar {
  if (field.type === 'integer' || field.type === 'number') {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) throw badValue(field.name, `${field.name} is a number.`);
    return value;
  }
  if (field.type === 'boolean') {
    if (text !== 'true' && text !== 'false') throw badValue(field.name, `${field.name} is true or false.`);
    return text === 'true';
  }
  return text;
}
