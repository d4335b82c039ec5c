// Every change to the features goes through here: the change itself and the threatened areas that follow from it, in
// one transaction and one revision.
import { randomUUID } from 'node:crypto';
import { ChangeCollector, type ChangeSet } from '../domain/changeSet.ts';
import type { Feature, PropertyValue } from '../domain/feature.ts';
import type { ChangeSummary, ImportMode } from '../domain/importReport.ts';
import { LAYERS, type LayerName } from '../domain/layer.ts';
import { Problem } from '../domain/problem.ts';
import { Staging } from '../ingest/staging.ts';
import { codeOf, TownshipIndex } from '../ingest/townships.ts';
import type { FeatureStore, StoredFeature, Transaction } from '../store/store.ts';
import { deriveEverything, deriveZones, type SourceChange } from '../zones/deriveZones.ts';
import { outlookOf, storeRows, type Conflict } from './importCommit.ts';
import { checkLifecycle } from './lifecycle.ts';
import { settle } from './settle.ts';
import type { GeometryKernel } from '../zones/kernel/geos.ts';
import type { RuleSet } from '../domain/rules.ts';

export interface Editor {
  readonly by: string;
  readonly reason: string | null;
}

/** Revisions of which the feature must be, or any. */
export type IfRevisions = readonly number[] | 'any';

export type Edit =
  | { kind: 'create'; layer: LayerName; id: string | null; geometry: Feature['geometry']; properties: Record<string, PropertyValue> }
  | {
      kind: 'replace';
      layer: LayerName;
      id: string;
      ifRevisions: IfRevisions;
      geometry: Feature['geometry'];
      properties: Record<string, PropertyValue>;
    }
  /** Merge patch (RFC 7396): null removes a property; geometry undefined leaves it. */
  | {
      kind: 'patch';
      layer: LayerName;
      id: string;
      ifRevisions: IfRevisions;
      geometry?: Feature['geometry'];
      properties: Record<string, PropertyValue>;
    }
  | { kind: 'remove'; layer: LayerName; id: string; ifRevisions: IfRevisions };

export interface EditResult {
  readonly id: string;
  readonly changes: ChangeSet;
}

export interface StagedImport {
  readonly importId: string;
  readonly stagingPath: string;
  readonly layer: LayerName;
  readonly mode: ImportMode;
  readonly allowPartial: boolean;
  readonly dryRun: boolean;
  readonly by: string;
  readonly fileName: string;
}

export interface StagedResult {
  readonly conflicts: readonly Conflict[];
  readonly summary: ChangeSummary | null;
  readonly stored: boolean;
  readonly changes: ChangeSet | null;
}

/** Rows stored between two words of how far an import is. */
const TELL_EVERY = 5000;

export class Writer {
  private readonly store: FeatureStore;
  private rules: RuleSet;
  private readonly kernel: GeometryKernel;

  constructor(store: FeatureStore, rules: RuleSet, kernel: GeometryKernel) {
    this.store = store;
    this.rules = rules;
    this.kernel = kernel;
  }

  /**
   * Puts other rules in force and derives every area by them, as one revision.
   * @throws Problem 412 when the rules are no longer those that the change was made from
   */
  async setRules(set: RuleSet, editor: Editor): Promise<ChangeSet> {
    const collector = new ChangeCollector();
    const commit = await this.store.transact(editor, async (transaction) => {
      if (set.version !== this.rules.version + 1)
        throw new Problem(412, 'stale', `The rules are at version ${this.rules.version} by now. Read them again and decide.`);
      await transaction.putRules(set);
      for (const { layer, id } of await deriveEverything(transaction, set, this.kernel)) collector.add(layer, id);
    });
    this.rules = set;
    return { ...collector.set(commit.revision), rules: true };
  }

  /** Makes one edit. @throws Problem 404, 409 (id taken) or 412 (changed since it was read) */
  async edit(edit: Edit, editor: Editor): Promise<EditResult> {
    const collector = new ChangeCollector();
    const commit = await this.store.transact(editor, async (transaction) => {
      const id = edit.id ?? randomUUID();
      const before = await transaction.get(edit.layer, id);
      const after = await this.featureAfter(transaction, withReason(edit, editor), id, before);
      if (after) checkLifecycle(edit.layer, before, after, this.rules, editor.reason);
      if (after) await transaction.put(edit.layer, after);
      else await transaction.remove(edit.layer, id);
      collector.add(edit.layer, id);
      await this.follow(transaction, [{ layer: edit.layer, before, after }], collector);
      return id;
    });
    return { id: commit.result, changes: collector.set(commit.revision) };
  }

  /**
   * Puts a removed feature back as it was last, with the areas that follow from it, as a new revision.
   * @param ifRevisions revisions of which its removal must be
   * @throws Problem 409 where there is such a feature, 404 where there never was one, 412 when it is another removal by now, 422 for a
   *   feature that may not begin in its state
   */
  async restore(layer: LayerName, id: string, ifRevisions: IfRevisions, editor: Editor): Promise<EditResult> {
    const collector = new ChangeCollector();
    const commit = await this.store.transact(editor, async (transaction) => {
      if (await transaction.get(layer, id)) throw idTaken(layer, id);
      const [last] = await this.store.removed(layer, { id, limit: 1 });
      if (!last) throw new Problem(404, 'no_feature', `${layer} had no feature ${id.slice(0, 120)}.`);
      if (ifRevisions !== 'any' && !ifRevisions.includes(last.revision)) throw stale(layer, id, last.revision);
      const after: Feature = { id, geometry: last.geometry, properties: last.properties };
      checkLifecycle(layer, null, after, this.rules, editor.reason);
      await transaction.put(layer, after);
      collector.add(layer, id);
      await this.follow(transaction, [{ layer, before: null, after }], collector);
    });
    return { id, changes: collector.set(commit.revision) };
  }

  private async featureAfter(transaction: Transaction, edit: Edit, id: string, before: StoredFeature | null): Promise<Feature | null> {
    const { layer } = edit;
    if (edit.kind === 'create') {
      if (before) throw idTaken(layer, id);
      const properties = { ...edit.properties, source: 'drawn', source_crs: 'EPSG:4326', ...(edit.geometry ? BY_HAND : {}) };
      return this.settled(transaction, layer, { id, geometry: edit.geometry, properties }, null, edit.properties);
    }
    if (!before) throw new Problem(404, 'no_feature', `${layer} has no feature ${id}.`);
    if (edit.ifRevisions !== 'any' && !edit.ifRevisions.includes(before.revision)) {
      throw stale(layer, id, before.revision);
    }
    if (edit.kind === 'remove') return null;
    const geometry = edit.geometry === undefined ? before.geometry : edit.geometry;
    const moved = geometry !== null && JSON.stringify(geometry) !== JSON.stringify(before.geometry);
    const kept = Object.fromEntries(ORIGIN.map((name) => [name, before.properties[name] ?? null]));
    const origin = moved ? { ...kept, ...BY_HAND } : kept;
    const properties =
      edit.kind === 'replace' ? { ...edit.properties, ...origin } : { ...before.properties, ...edit.properties, ...origin };
    return this.settled(transaction, layer, { id, geometry, properties }, before, edit.properties);
  }

  /** @throws Problem 422 for a township that is neither a code nor a name of one here */
  private async settled(
    transaction: Transaction,
    layer: LayerName,
    feature: Feature,
    before: Feature | null,
    given: Record<string, PropertyValue>,
  ): Promise<Feature> {
    if (layer === 'townships') return feature;
    const townships = await TownshipIndex.read(transaction);
    const written = given['township'];
    if (typeof written === 'string' && written !== '' && townships.list.length > 0 && townships.resolve(written) === null) {
      const detail = `There is no township ${written.slice(0, 60)} here. Give its code or name, or leave it out: it is found by position.`;
      throw new Problem(422, 'unknown_township', detail, {
        errors: [{ pointer: '/properties/township', code: 'unknown_township', detail }],
      });
    }
    return settle(layer, feature, before, given, townships);
  }

  /** Takes a staged import as one revision, telling how many rows are stored. Conflicting rows stop it unless partial imports are allowed. */
  async commitImport(staged: StagedImport, progress: (stored: number) => void = () => undefined): Promise<StagedResult> {
    const { layer, mode } = staged;
    const staging = Staging.open(staged.stagingPath);
    try {
      const collector = new ChangeCollector();
      const context = { by: staged.by, reason: `import ${staged.fileName}`, importId: staged.importId };
      const commit = await this.store.transact(context, async (transaction) => {
        const { conflicts, summary } = await outlookOf(transaction, layer, mode, staging, this.rules);
        if (staged.dryRun || (conflicts.length > 0 && !staged.allowPartial)) return { conflicts, summary, stored: false };
        const sources: SourceChange[] = [];
        let stored = 0;
        await storeRows(transaction, { layer, mode, staging, conflicts }, (change) => {
          if (++stored % TELL_EVERY === 0) progress(stored);
          if (ZONED.has(change.layer)) sources.push(change);
          const id = change.after?.id ?? change.before?.id;
          if (id !== undefined) collector.add(change.layer, id);
        });
        await this.follow(transaction, sources, collector);
        return { conflicts, summary, stored: true };
      });
      return { ...commit.result, changes: commit.result.stored ? collector.set(commit.revision) : null };
    } finally {
      staging.close();
    }
  }

  /**
   * Takes a stored import back as a whole, in a revision of its own.
   * @throws Problem 404 for an import that was not stored, 409 when something it brought was changed since
   */
  async undoImport(importId: string, by: string): Promise<ChangeSet> {
    const collector = new ChangeCollector();
    const commit = await this.store.transact({ by, reason: `undo of import ${importId}` }, async (transaction) => {
      const changes = await this.store.importedChanges(importId);
      if (!changes || changes.length === 0) throw new Problem(404, 'no_import', 'There is no stored import of this id.');
      const since = changes.filter((change) => change.changedSince);
      if (since.length > 0) {
        const names = since.slice(0, 5).map(({ layer, id }) => `${layer}:${id}`);
        throw new Problem(
          409,
          'changed_since',
          `${since.length} of its features were changed since (${names.join(', ')} …), so the import cannot be taken back as a whole.`,
        );
      }
      const sources: SourceChange[] = [];
      for (const { layer, id, before } of changes) {
        const now = await transaction.get(layer, id);
        if (before) await transaction.put(layer, before);
        else await transaction.remove(layer, id);
        collector.add(layer, id);
        if (ZONED.has(layer)) sources.push({ layer, before: now, after: before });
      }
      await this.follow(transaction, sources, collector);
    });
    return collector.set(commit.revision);
  }

  private async follow(transaction: Transaction, sources: readonly SourceChange[], collector: ChangeCollector): Promise<void> {
    if (sources.some((change) => change.layer === 'townships')) await refileByTownship(transaction, sources, collector);
    for (const { layer, id } of await deriveZones(transaction, sources, this.rules, this.kernel)) collector.add(layer, id);
  }
}

function idTaken(layer: LayerName, id: string): Problem {
  return new Problem(409, 'id_taken', `${layer} already has a feature ${id.slice(0, 120)}.`);
}

function stale(layer: LayerName, id: string, revision: number): Problem {
  return new Problem(
    412,
    'stale',
    `${layer} ${id.slice(0, 120)} was changed since it was read (it is at revision ${revision}). Read it again and decide.`,
    { headers: { ETag: `"${revision}.s"` } },
  );
}

/** Where a feature and its position come from: not the client's to say. */
const ORIGIN = ['source', 'source_crs', 'source_position', 'position_method'] as const;

/** A position that somebody drew or corrected. */
const BY_HAND = { position_method: 'by_hand', source_position: null } as const;

/** A danger zone keeps the reason of its latest change with it, wherever the editor gave it. */
function withReason(edit: Edit, { reason }: Editor): Edit {
  if (edit.layer !== 'danger-zones' || edit.kind === 'remove' || reason === null || edit.properties['reason'] !== undefined) return edit;
  return { ...edit, properties: { ...edit.properties, reason } };
}

/** Layers whose changes have consequences: areas that follow from them, or the township of everything. */
const ZONED: ReadonlySet<LayerName> = new Set([
  'townships',
  'hazard-points',
  'danger-zones',
  'hazard-areas',
  'subsidence-zones',
  'river-sections',
]);

/**
 * After a change of the townships: what has none, or one that is gone, is filed under the one it lies in. A code that
 * was given and never was one of the loaded townships stays.
 */
async function refileByTownship(transaction: Transaction, sources: readonly SourceChange[], collector: ChangeCollector): Promise<void> {
  const townships = await TownshipIndex.read(transaction);
  const present = new Set(townships.list.map((one) => one.code));
  const gone = new Set(
    sources.flatMap(({ layer, before }) => (layer === 'townships' && before ? [codeOf(before)] : [])).filter((code) => !present.has(code)),
  );
  for (const { name, derived } of LAYERS) {
    if (name === 'townships' || derived === true) continue;
    const stale: Feature[] = [];
    for await (const { id, geometry, properties } of transaction.select(name)) {
      const code = properties['township'];
      if (!geometry || (typeof code === 'string' && !gone.has(code))) continue;
      const found = townships.at(geometry);
      if (found !== code) stale.push({ id, geometry, properties: { ...properties, township: found } });
    }
    for (const feature of stale) {
      await transaction.put(name, feature);
      collector.add(name, feature.id);
    }
  }
}
