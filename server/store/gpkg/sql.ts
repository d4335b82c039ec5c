// Queries as SQL with bound values. Column names come from the layer's fields only: an unknown one is a programming
// error here, because requests are checked before (server/http/ogc).
import type { SQLInputValue } from 'node:sqlite';
import { fieldsOf, type LayerName } from '../../domain/layer.ts';
import type { Filter, Scalar } from '../filter.ts';
import type { Query } from '../store.ts';
import { quoted } from './schema.ts';

export interface Sql {
  text: string;
  values: SQLInputValue[];
}

/** The condition of a query over the layer's table (alias `f`). */
export function whereOf(layer: LayerName, query: Query): Sql {
  const parts: string[] = [];
  const values: SQLInputValue[] = [];
  const add = (sql: Sql) => {
    parts.push(sql.text);
    values.push(...sql.values);
  };
  if (query.boxes) add(boxesOf(layer, query.boxes));
  if (query.ids) add({ text: `f.id IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(query.ids)] });
  if (query.filter) add(filterOf(layer, query.filter));
  if (query.after !== undefined) add({ text: 'f.fid > ?', values: [query.after] });
  return { text: parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '', values };
}

/** Features without geometry meet every box (OGC API - Features 1.0, 7.15.3). */
function boxesOf(layer: LayerName, boxes: NonNullable<Query['boxes']>): Sql {
  const tree = quoted(`rtree_${layer}_geom`);
  const values: SQLInputValue[] = [];
  const hits = boxes.map(([west, south, east, north]) => {
    values.push(west, east, south, north);
    return `SELECT id FROM ${tree} WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?`;
  });
  const nulls = `SELECT fid FROM ${quoted(layer)} WHERE geom IS NULL`;
  return { text: `f.fid IN (${[...hits, nulls].join(' UNION ')})`, values };
}

function filterOf(layer: LayerName, filter: Filter): Sql {
  switch (filter.op) {
    case 'and':
    case 'or': {
      const parts = filter.args.map((arg) => filterOf(layer, arg));
      return {
        text: `(${parts.map((part) => part.text).join(filter.op === 'and' ? ' AND ' : ' OR ')})`,
        values: parts.flatMap((part) => part.values),
      };
    }
    case 'not': {
      const part = filterOf(layer, filter.arg);
      return { text: `NOT (${part.text})`, values: part.values };
    }
    case 'like':
      return {
        text: `${column(layer, filter.property)} LIKE ? ESCAPE '\\'`,
        values: [filter.pattern],
      };
    case 'in':
      return {
        text: `${column(layer, filter.property)} IN (${filter.values.map(() => '?').join(', ')})`,
        values: filter.values.map(bound),
      };
    case 'between':
      return {
        text: `${column(layer, filter.property)} BETWEEN ? AND ?`,
        values: [bound(filter.low), bound(filter.high)],
      };
    case 'unlocated':
      return { text: 'f.geom IS NULL', values: [] };
    case 'isNull':
      return { text: `${column(layer, filter.property)} IS NULL`, values: [] };
    default:
      return { text: `${column(layer, filter.property)} ${filter.op} ?`, values: [bound(filter.value)] };
  }
}

function column(layer: LayerName, property: string): string {
  if (property !== 'id' && !fieldsOf(layer).some((field) => field.name === property)) {
    throw new Error(`${layer} has no field ${property}`);
  }
  return `f.${quoted(property)}`;
}

function bound(value: Scalar): SQLInputValue {
  return typeof value === 'boolean' ? (value ? 1 : 0) : value;
}
