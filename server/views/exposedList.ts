// The lists behind the numbers, in the formats they are asked for. Personal data: staff only, audited by the caller.
import type { UnitKind } from '../exposure/unit.ts';
import type { Exposed } from '../exposure/lists.ts';
import { vulnerableOf } from '../exposure/unit.ts';
import type { FeatureStore, StoredFeature } from '../store/store.ts';
import { CSV_BOM, csvLine } from '../exchange/csv.ts';
import { xlsxTable } from '../export/xlsx.ts';
import { BASE_FIELD, type PopulationBase } from '../domain/figure.ts';

export const LIST_FORMATS = ['json', 'csv', 'xlsx', 'geojson'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

export interface ListPage {
  readonly kind: UnitKind;
  readonly total: number;
  readonly items: readonly Exposed[];
  readonly next: string | null;
}

export type Row = Record<string, unknown>;

const BATCH = 1000;

export async function listBytes(store: FeatureStore, page: ListPage, base: PopulationBase, format: ListFormat): Promise<Uint8Array> {
  const features = await featuresOf(
    store,
    page.kind,
    page.items.map((exposed) => exposed.unit.id),
  );
  const rows = page.items.map(({ unit, certainty, zones }): Row => ({
    ...factsOf(page.kind, unit.id, features.get(unit.id), base),
    certainty,
    zones,
  }));
  const encoder = new TextEncoder();
  if (format === 'json') return encoder.encode(JSON.stringify({ total: page.total, [page.kind]: rows, next: page.next }));
  if (format === 'csv' || format === 'xlsx') {
    const names = Object.keys(rows[0] ?? { id: '' });
    const cells = rows.map((row) => names.map((name) => (Array.isArray(row[name]) ? (row[name] as string[]).join(' ') : row[name])));
    return format === 'xlsx' ? xlsxTable(names, cells) : encoder.encode(CSV_BOM + csvLine(names) + cells.map(csvLine).join(''));
  }
  return encoder.encode(
    JSON.stringify({
      type: 'FeatureCollection',
      features: rows.map((row, i) => ({
        type: 'Feature',
        id: row['id'],
        geometry: page.items[i]?.unit.geometry ?? null,
        properties: row,
      })),
    }),
  );
}

/** The features of these ids that are there. */
export async function featuresOf(store: FeatureStore, kind: UnitKind, ids: readonly string[]): Promise<Map<string, StoredFeature>> {
  const found = new Map<string, StoredFeature>();
  for (let at = 0; at < ids.length; at += BATCH) {
    for await (const feature of store.select(kind, { ids: ids.slice(at, at + BATCH) })) found.set(feature.id, feature);
  }
  return found;
}

/** What a list says of a household or school itself; people by the base. */
export function factsOf(kind: UnitKind, id: string, feature: StoredFeature | undefined, base: PopulationBase): Row {
  const p = feature?.properties ?? {};
  if (kind === 'schools') {
    return {
      id,
      name: p['name'] ?? null,
      kind: p['kind'] ?? null,
      township: p['township'] ?? null,
      students: p['students'] ?? null,
      boarders: p['boarders'] ?? null,
    };
  }
  return {
    id,
    address: p['address'] ?? null,
    township: p['township'] ?? null,
    village: p['village'] ?? null,
    group: p['group'] ?? null,
    house_no: p['house_no'] ?? null,
    people: p[BASE_FIELD[base]] ?? null,
    vulnerable: feature ? vulnerableOf(feature.properties) : null,
  };
}
