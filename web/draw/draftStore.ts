// Drafts outlive a crash, a reload and a lost network: each is kept in this browser until it is saved or given up. They hold
// shapes and attributes of zones, and nothing of who lives in them. Whoever signs in sees their own.
import { createStore, del, entries, set, type UseStore } from 'idb-keyval';
import type { Item } from '../api/features.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import type { History } from '../draft/history.ts';
import type { Ring } from '../draft/shape.ts';
import type { Tool } from './hand.ts';

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
  /** The window that keeps it: two windows on one zone keep one each. */
  readonly page: string;
  /** What was placed and not finished. */
  readonly sketch?: { readonly tool: Tool; readonly placed: Ring };
}

const PAGE_KEY = 'xiantu.page';

/** Names this window, also after a reload. */
export const PAGE = ownPage();

function ownPage(): string {
  const fresh = crypto.randomUUID();
  try {
    const kept = sessionStorage.getItem(PAGE_KEY);
    if (kept) return kept;
    sessionStorage.setItem(PAGE_KEY, fresh);
  } catch {
    // storage switched off: the name lasts as long as the page
  }
  return fresh;
}

let store: UseStore | null = null;
const drafts = (): UseStore => (store ??= createStore('xiantu-drafts', 'drafts'));

const recordOf = (user: string, { key, page }: Pick<KeptDraft, 'key' | 'page'>): string => `${user}\n${key}\n${page}`;

export async function keepDraft(user: string, draft: KeptDraft): Promise<void> {
  await set(recordOf(user, draft), draft, drafts());
}

/** Forgets what a window keeps of a feature. */
export async function forgetDraft(user: string, key: string, page = PAGE): Promise<void> {
  await del(recordOf(user, { key, page }), drafts());
}

/** The drafts of a user, the latest first. */
export async function keptDrafts(user: string): Promise<KeptDraft[]> {
  const all = await entries<string, KeptDraft>(drafts());
  return all
    .filter(([record]) => record.startsWith(`${user}\n`))
    .map(([, draft]) => draft)
    .sort((a, b) => b.at - a.at);
}
