// The one way to the features, for every caller. The GeoPackage is the first implementation; a second one (PostGIS)
// passes the same contract test (tests/unit/store/storeContract.ts) and changes no caller.
import type { Feature, LayerFeature } from '../domain/feature.ts';
import type { LayerName } from '../domain/layer.ts';
import type { RuleSet, RuleSetEntry } from '../domain/rules.ts';
import type { Bounds } from '../domain/service.ts';
import type { Filter } from './filter.ts';

/** Which features of a layer are wanted. Everything given must hold. */
export interface Query {
  /** Boxes in degrees; a feature is in when its box meets one of them. Features without geometry always are. */
  readonly boxes?: readonly Bounds[];
  readonly filter?: Filter;
  readonly ids?: readonly string[];
  /** Continue behind this sequence number (of the last feature had). */
  readonly after?: number;
  readonly limit?: number;
}

/** A current feature; `sequence` orders a layer's features stably. Properties include the common fields. */
export interface StoredFeature extends Feature {
  readonly sequence: number;
  readonly revision: number;
}

/** One state a feature had: `properties` and `geometry` as they were from `revision` on. */
export interface FeatureRevision extends Feature {
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  readonly reason: string | null;
  /** `removed` is the end of the feature: geometry and properties are those it had. */
  readonly operation: 'created' | 'changed' | 'removed';
}

/** Who makes a change, and why. */
export interface ChangeContext {
  readonly by: string;
  readonly reason: string | null;
  /** Set by an import. */
  readonly importId?: string;
}

export interface Reads {
  get(layer: LayerName, id: string): Promise<StoredFeature | null>;
  /** Features in order of their sequence. */
  select(layer: LayerName, query?: Query): AsyncIterable<StoredFeature>;
  count(layer: LayerName, query?: Query): Promise<number>;
}

/** A transaction: all of it becomes one revision, or nothing does. */
export interface Transaction extends Reads {
  readonly revision: number;
  /** Creates or replaces. The store sets revision, updated_at and updated_by. */
  put(layer: LayerName, feature: Feature): Promise<void>;
  /** Removes to history; false when there is no such feature. */
  remove(layer: LayerName, id: string): Promise<boolean>;
  /** Puts a rule set in force from this revision on; earlier ones stay on record. The first set of a new store takes no revision. */
  putRules(set: RuleSet): Promise<void>;
}

/** What a transaction changed, in order. `feature` is null where it was removed. */
export interface Change {
  readonly layer: LayerName;
  readonly id: string;
  readonly feature: LayerFeature | null;
}

export interface Commit<T> {
  readonly revision: number;
  readonly result: T;
}

/** What one import did to a feature: `before` is null where the import created it. */
export interface ImportedChange {
  readonly layer: LayerName;
  readonly id: string;
  readonly before: Feature | null;
  /** The feature was changed, removed or made again after the import. */
  readonly changedSince: boolean;
}

/** Facts about the store as a whole, kept beside the features. */
export type Fact = 'district' | 'synthetic' | 'ground' | 'demo';

export interface FeatureStore extends Reads {
  revision(): Promise<number>;
  fact(name: Fact): Promise<string | null>;
  setFact(name: Fact, value: string): Promise<void>;
  /** What an import changed, derived layers left out; null when no such import was stored. */
  importedChanges(importId: string): Promise<ImportedChange[] | null>;
  history(layer: LayerName, id: string): Promise<FeatureRevision[]>;
  /**
   * Features that were removed and are not there now, as they were last; the latest removal first. `revision` is that of the removal.
   * @param of only the feature of this id
   */
  removed(layer: LayerName, of: { readonly id?: string; readonly limit: number }): Promise<FeatureRevision[]>;
  /** Every rule set that was in force, the latest first. */
  ruleSets(): Promise<RuleSetEntry[]>;
  /** The rule set in force, or null in a store that has none yet. */
  rules(): Promise<RuleSetEntry | null>;
  /** Box of all features of a layer, or null when none has a position. */
  extent(layer: LayerName): Promise<Bounds | null>;
  /** Time of the latest change of a layer (RFC 3339), or null. */
  lastChange(layer: LayerName): Promise<string | null>;
  /**
   * Runs the work in one transaction, durable on disk before this resolves. A throw undoes everything.
   * A transaction that changes nothing takes no revision.
   */
  transact<T>(context: ChangeContext, work: (transaction: Transaction) => Promise<T>): Promise<Commit<T>>;
  /** Has another program written to the store since this was last asked? */
  changedOutside(): Promise<boolean>;
  close(): Promise<void>;
}
