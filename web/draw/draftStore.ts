// Drafts outlive a crash, a reload and a lost network: each is kept in this browser until it is saved or given up. They hold
// shapes and attributes of zones, and nothing of who lives in them. Whoever signs in sees their own.
import { createStore, del, entries, set, type UseStore } from 'idb-keyval';
import type { Item } from '../api/features.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import type { History } from '../draft/history.ts';

export interface KeptDraft {
  /** `layer:id`, or `layer:new-…` of what was never saved. */
  readonly key: string;
  readonly layer: LayerName;
  /** null: it was never saved. */
  readonly id: string | null;
  /** As it was read, with the ETag that a change has to name. */
  readonly base: Item | null;
  readonly history: History;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

let store: UseStore | null = null;
const drafts = (): UseStore => (store ??= createStore('xiantu-drafts', 'drafts'));

const keyOf = (user: string, key: string): string => `${user}\n${key}`;

export async function keepDraft(user: string, draft: KeptDraft): Promise<void> {
  await set(keyOf(user, draft.key), draft, drafts());
}

export async function forgetDraft(user: string, key: string): Promise<void> {
  await del(keyOf(user, key), drafts());
}

/** The drafts of a user, the latest first. */
export async function keptDrafts(user: string): Promise<KeptDraft[]> {
  const all = await entries<string, KeptDraft>(drafts());
  return all
    .filter(([key]) => key.startsWith(`${user}\n`))
    .map(([, draft]) => draft)
    .sort((a, b) => b.at - a.at);
}
