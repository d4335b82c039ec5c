// A staged import on its way into the store: what it would change, what the store would not have, and the storing itself.
import type { Feature, JsonValue, PropertyValue } from '../domain/feature.ts';
import type { ChangeSummary, ImportMode } from '../domain/importReport.ts';
import { BOOKKEEPING, type LayerName } from '../domain/layer.ts';
import { Problem } from '../domain/problem.ts';
import type { RuleSet } from '../domain/rules.ts';
import type { Staging } from '../ingest/staging.ts';
import { TownshipIndex } from '../ingest/townships.ts';
import type { StoredFeature, Transaction } from '../store/store.ts';
import type { SourceChange } from '../zones/deriveZones.ts';
import { checkLifecycle } from './lifecycle.ts';
import { settle } from './settle.ts';

/** A row that passed on its own and that the store would not have. */
export interface Conflict {
  readonly row: number;
  readonly id: string;
  readonly code: 'id_exists' | 'lifecycle';
  readonly message: string;
}

export interface Outlook {
  readonly conflicts: readonly Conflict[];
  /** Only for an upsert. */
  readonly summary: ChangeSummary | null;
}

const BATCH = 2000;
const MOST_EXAMPLES = 200;

/** What a row becomes in the store. */
function settledRow(layer: LayerName, mode: ImportMode, before: StoredFeature | null, feature: Feature, townships: TownshipIndex): Feature {
  return settle(layer, before && mode === 'upsert' ? overlaid(before, feature) : feature, before, feature.properties, townships);
}

/** Looks at every row before any is stored. */
export async function outlookOf(
  transaction: Transaction,
  layer: LayerName,
  mode: ImportMode,
  staging: Staging,
  rules: RuleSet,
): Promise<Outlook> {
  if (mode === 'append') {
    const conflicts = await idConflicts(transaction, layer, staging);
    return {
      conflicts: [...conflicts, ...(await newStates(layer, staging, rules, new Set(conflicts.map(({ id }) => id))))],
      summary: null,
    };
  }
  const townships = await TownshipIndex.read(transaction);
  const conflicts: Conflict[] = [];
  const counts = { created: 0, changed: 0, unchanged: 0 };
  const examples: ChangeSummary['examples'][number][] = [];
  for (const { row, feature } of staging.accepted()) {
    const before = await transaction.get(layer, feature.id);
    const after = settledRow(layer, mode, before, feature, townships);
    const refusal = refusalOf(layer, before, after, rules);
    if (refusal) {
      conflicts.push({ row, id: feature.id, code: 'lifecycle', message: refusal });
      continue;
    }
    const fields = before ? differencesOf(before, after) : [];
    counts[before ? (fields.length > 0 ? 'changed' : 'unchanged') : 'created']++;
    if (fields.length > 0 && examples.length < MOST_EXAMPLES) examples.push({ id: feature.id, fields });
  }
  return { conflicts, summary: mode === 'upsert' ? { ...counts, examples } : null };
}

/** Stores every row but the conflicting ones; each change is told to `note`. */
export async function storeRows(
  transaction: Transaction,
  { layer, mode, staging, conflicts }: { layer: LayerName; mode: ImportMode; staging: Staging; conflicts: readonly Conflict[] },
  note: (change: SourceChange) => void,
): Promise<void> {
  const refused = new Set(conflicts.map(({ id }) => id));
  const townships = await TownshipIndex.read(transaction);
  const kept = mode === 'replace' ? await clear(transaction, layer, staging, note) : null;
  for (const { feature } of staging.accepted()) {
    if (refused.has(feature.id)) continue;
    const before = mode === 'append' || kept?.has(feature.id) === false ? null : await transaction.get(layer, feature.id);
    const after = settledRow(layer, mode, before, feature, townships);
    await transaction.put(layer, after);
    note({ layer, before, after });
  }
}

async function idConflicts(transaction: Transaction, layer: LayerName, staging: Staging): Promise<Conflict[]> {
  if ((await transaction.count(layer)) === 0) return [];
  const conflicts: Conflict[] = [];
  for (const rows of staging.ids(BATCH)) {
    const present = new Set<string>();
    for await (const feature of transaction.select(layer, { ids: rows.map((row) => row.id) })) present.add(feature.id);
    for (const { row, id } of rows) {
      if (present.has(id))
        conflicts.push({
          row,
          id,
          code: 'id_exists',
          message: `库中已有编号 ${id}；更新请用 mode=upsert ${layer} already has the id ${id}; use mode=upsert to change it`,
        });
    }
  }
  return conflicts;
}

/** New zones that a default rule proposed and that claim to be in force. */
async function newStates(layer: LayerName, staging: Staging, rules: RuleSet, taken: ReadonlySet<string>): Promise<Conflict[]> {
  if (layer !== 'danger-zones') return [];
  const conflicts: Conflict[] = [];
  for (const { row, feature } of staging.accepted()) {
    const refusal = taken.has(feature.id) ? null : refusalOf(layer, null, feature, rules);
    if (refusal) conflicts.push({ row, id: feature.id, code: 'lifecycle', message: refusal });
  }
  return conflicts;
}

function refusalOf(layer: LayerName, before: Feature | null, after: Feature, rules: RuleSet): string | null {
  try {
    checkLifecycle(layer, before, after, rules, 'import');
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}

function differencesOf(before: Feature, after: Feature) {
  const fields: { field: string; from: JsonValue; to: JsonValue }[] = [];
  const names = new Set([...Object.keys(before.properties), ...Object.keys(after.properties)]);
  for (const field of names) {
    if (BOOKKEEPING.has(field)) continue;
    const [from, to] = [before.properties[field] ?? null, after.properties[field] ?? null];
    if (JSON.stringify(from) !== JSON.stringify(to)) fields.push({ field, from, to });
  }
  if (JSON.stringify(before.geometry) !== JSON.stringify(after.geometry)) {
    const told = (geometry: Feature['geometry']): JsonValue =>
      geometry?.type === 'Point' ? geometry.coordinates.join(', ') : (geometry?.type ?? null);
    fields.push({ field: 'geometry', from: told(before.geometry), to: told(after.geometry) });
  }
  return fields;
}

/** Removes what the file does not bring again; answers the ids that stay. */
async function clear(
  transaction: Transaction,
  layer: LayerName,
  staging: Staging,
  note: (change: SourceChange) => void,
): Promise<Set<string>> {
  const brought = new Set<string>();
  for (const rows of staging.ids(BATCH)) for (const { id } of rows) brought.add(id);
  const stay = new Set<string>();
  const leave: StoredFeature[] = [];
  for await (const feature of transaction.select(layer)) {
    if (brought.has(feature.id)) stay.add(feature.id);
    else leave.push(feature);
  }
  for (const feature of leave) {
    await transaction.remove(layer, feature.id);
    note({ layer, before: feature, after: null });
  }
  return stay;
}

/** A row laid over a feature: what the row leaves open stays. */
function overlaid(before: Feature, row: Feature): Feature {
  const object = (value: PropertyValue | undefined) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, PropertyValue>) : {};
  const extra = { ...object(before.properties['extra']), ...object(row.properties['extra']) };
  return {
    id: row.id,
    geometry: row.geometry ?? before.geometry,
    properties: { ...before.properties, ...row.properties, extra: Object.keys(extra).length > 0 ? extra : null },
  };
}
