// What the descriptions of the paths are made of.
import { LAYER_NAMES } from '../../domain/layer.ts';
import { EXPORT_FORMATS } from '../../export/exportLayer.ts';
import { LIMIT } from './itemsQuery.ts';

export type Json = Record<string, unknown>;

export const formatParameter = (formats: readonly string[], fallback: string) => ({
  name: 'format',
  in: 'query',
  required: false,
  schema: { type: 'string', enum: [...formats], default: fallback },
});

export const CRS = {
  name: 'crs',
  in: 'query',
  required: false,
  description: 'EPSG:4326, EPSG:4490 or a CGCS2000 3° zone; with it a list carries every field of its features',
  schema: { type: 'string' },
};

export const LIST_FILE = [formatParameter(['json', ...EXPORT_FORMATS], 'json'), CRS];

export const parameters = {
  limit: {
    name: 'limit',
    in: 'query',
    required: false,
    style: 'form',
    explode: false,
    schema: { type: 'integer', minimum: LIMIT.least, maximum: LIMIT.most, default: LIMIT.fallback },
  },
  bbox: {
    name: 'bbox',
    in: 'query',
    required: false,
    style: 'form',
    explode: false,
    schema: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
  },
  datetime: { name: 'datetime', in: 'query', required: false, style: 'form', explode: false, schema: { type: 'string' } },
  crs: { name: 'crs', in: 'query', required: false, schema: { type: 'string', format: 'uri' } },
  bboxCrs: { name: 'bbox-crs', in: 'query', required: false, schema: { type: 'string', format: 'uri' } },
  filter: { name: 'filter', in: 'query', required: false, description: 'CQL2 text; staff only', schema: { type: 'string' } },
  layer: { name: 'layer', in: 'path', required: true, schema: { type: 'string', enum: [...LAYER_NAMES] } },
  id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
  ifMatch: { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } },
};

export const ref = (name: keyof typeof parameters) => ({ $ref: `#/components/parameters/${name}` });
const problem = {
  description: 'An error (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
export const answer = (description: string, type = 'application/json') => ({
  description,
  content: { [type]: { schema: { type: 'object' } } },
});
export const bytes = (description: string, type: string) => ({
  description,
  content: { [type]: { schema: { type: 'string', format: 'binary' } } },
});

interface Operation {
  summary: string;
  who: string;
  status?: string;
  ok?: Json;
  parameters?: Json[];
  body?: string;
}

export function operation(
  id: string,
  { summary, who, status = '200', ok = answer(summary), parameters: list = [], body }: Operation,
): Json {
  return {
    operationId: id,
    summary,
    description: `Who: ${who}.`,
    ...(list.length > 0 ? { parameters: list } : {}),
    ...(body ? { requestBody: { required: true, content: { [body]: { schema: { type: 'object' } } } } } : {}),
    responses: { [status]: ok, default: problem },
  };
}

export const item = [ref('layer'), ref('id')];
export const everyone = 'by role; households are staff only';
