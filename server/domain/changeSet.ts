// What a commit changed, as it travels from the writer to whoever must follow.
import type { LayerName } from './layer.ts';

export interface ChangeSet {
  readonly revision: number;
  /** `ids` null: so many that the layer is best read anew. */
  readonly changes: readonly { readonly layer: LayerName; readonly ids: readonly string[] | null }[];
  /** The rules are others from this revision on. */
  readonly rules?: true;
}

/** Above this many features of a layer, followers read the layer anew. */
export const MAX_LISTED_CHANGES = 500;

/** Collects changed features into a change set. */
export class ChangeCollector {
  private readonly byLayer = new Map<LayerName, Set<string>>();

  add(layer: LayerName, id: string): void {
    const ids = this.byLayer.get(layer);
    // one more than is listed tells that there are too many: an import of a million rows need not be remembered id by id
    if (ids && ids.size > MAX_LISTED_CHANGES) return;
    if (ids) ids.add(id);
    else this.byLayer.set(layer, new Set([id]));
  }

  set(revision: number): ChangeSet {
    return {
      revision,
      changes: [...this.byLayer].map(([layer, ids]) => ({ layer, ids: ids.size > MAX_LISTED_CHANGES ? null : [...ids] })),
    };
  }
}
