// A feature as a row of its layer's table, and back.
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Feature, JsonValue, Properties, PropertyValue } from '../../domain/feature.ts';
import type { Field } from '../../domain/field.ts';
import type { StoredFeature } from '../store.ts';
import { fromBlob, toBlob } from './blob.ts';

export type Row = Record<string, SQLOutputValue>;

/** The SQL value of a property; undefined never reaches SQLite, which would throw. */
export function toColumn(field: Field, value: PropertyValue | undefined): SQLInputValue {
  if (value === undefined || value === null) return null;
  if (field.type === 'json') return JSON.stringify(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return JSON.stringify(value);
}

function fromColumn(field: Field, value: SQLOutputValue | undefined): PropertyValue {
  if (value === undefined || value === null || value instanceof Uint8Array) return null;
  if (field.type === 'boolean') return Number(value) !== 0;
  if (field.type === 'json') return typeof value === 'string' ? (JSON.parse(value) as JsonValue) : null;
  return typeof value === 'bigint' ? Number(value) : value;
}

/** Values for `geom, id` and then the fields, in their order. */
export function toRow(fields: readonly Field[], feature: Feature): SQLInputValue[] {
  return [
    feature.geometry ? toBlob(feature.geometry) : null,
    feature.id,
    ...fields.map((field) => toColumn(field, feature.properties[field.name])),
  ];
}

export function fromRow(fields: readonly Field[], row: Row): StoredFeature {
  const properties: Record<string, PropertyValue> = {};
  for (const field of fields) properties[field.name] = fromColumn(field, row[field.name]);
  return {
    id: String(row['id']),
    geometry: row['geom'] instanceof Uint8Array ? fromBlob(row['geom']) : null,
    properties: properties satisfies Properties,
    sequence: Number(row['fid']),
    revision: Number(row['revision']),
  };
}
