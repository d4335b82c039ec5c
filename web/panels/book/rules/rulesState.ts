// The rules in hand: the draft, what it would change, whether it can be taken. Outlives the closing of the book, not of the page.
import { effect, signal, untracked } from '@preact/signals';
import type { RulesPreview } from '../../../../server/domain/rulesPreview.ts';
import { announce } from '../../../a11y/announce.ts';
import { ApiError } from '../../../api/http.ts';
import { applyRules, previewRules, type TaggedRules } from '../../../api/rules.ts';
import { bookWords } from '../../../i18n/book/words.ts';
import { count } from '../../../i18n/format.ts';
import { rules } from '../../../state/staff/rules.ts';
import { noteRevision } from '../../../state/service.ts';
import { changedKeys, draftOf, setOfDraft, type Draft } from './draft.ts';
import { keyOfPointer, leafAt, type LeafKey } from './leaves.ts';

export type RulesPage = 'rules' | 'preview' | 'history';

export const page = signal<RulesPage>('rules');
export const editing = signal(false);
export const draft = signal<Draft>(new Map());
/** Where values are at fault: a code that the page has words for, or the service's own sentence. */
export const faults = signal<ReadonlyMap<LeafKey, string>>(new Map());
/** Faults that point at no single value, and failures of the request. */
export const trouble = signal<string | null>(null);
/** The set that somebody else replaced while the draft was made. */
export const replaced = signal<TaggedRules | null>(null);
export const preview = signal<RulesPreview | null>(null);
export const busy = signal<'preview' | 'apply' | null>(null);
export const notice = signal<string | null>(null);

/**
 * The page reads the rules anew whenever anything changed. A draft that was made from older ones must not slip into the new
 * ones unseen: its preview is void, and what the others changed is shown.
 */
export function followRules(): void {
  let last: TaggedRules | null = null;
  effect(() => {
    const set = rules.state.value.data;
    const before = last;
    last = set;
    if (!set || !before || set.version === before.version) return;
    untracked(() => {
      if (draft.peek().size === 0) return;
      replaced.value ??= before;
      preview.value = null;
      if (page.peek() === 'preview') page.value = 'rules';
    });
  });
}

const current = (): TaggedRules | null => rules.state.peek().data;

export function edit(key: LeafKey, typed: string | boolean): void {
  const set = current();
  const next = new Map(draft.peek());
  next.set(key, typed);
  if (set && changedKeys(set, new Map([[key, typed]])).length === 0) next.delete(key);
  draft.value = next;
  preview.value = null;
  if (faults.peek().has(key)) {
    const rest = new Map(faults.peek());
    rest.delete(key);
    faults.value = rest;
  }
}

export function discard(): void {
  draft.value = new Map();
  faults.value = new Map();
  trouble.value = null;
  replaced.value = null;
  preview.value = null;
}

/** Nothing of what one person had in hand is there for the next. */
export function forgetRules(): void {
  discard();
  editing.value = false;
  page.value = 'rules';
  notice.value = null;
}

/** Fills the draft with the values of an earlier set; how many. */
export function restore(earlier: TaggedRules | Parameters<typeof draftOf>[1]): number {
  const set = current();
  if (!set) return 0;
  discard();
  draft.value = draftOf(set, earlier);
  editing.value = true;
  page.value = 'rules';
  return draft.peek().size;
}

function refused(error: unknown, sent: TaggedRules): void {
  if (!(error instanceof ApiError)) {
    trouble.value = String(error);
    return;
  }
  if (error.status === 412) {
    replaced.value = current();
    return;
  }
  const found = new Map<LeafKey, string>();
  const rest: string[] = [];
  for (const { pointer, code, detail } of error.faults) {
    const key = keyOfPointer(pointer, sent);
    if (key === null) rest.push(detail);
    else found.set(key, code in bookWords().faults ? code : detail);
  }
  faults.value = found;
  trouble.value = found.size > 0 && rest.length === 0 ? null : (rest[0] ?? bookWords().networkFailed(error.message));
  page.value = 'rules';
}

/** The set to send, or null with the faults shown. */
function toSend(): TaggedRules | null {
  const set = current();
  if (!set) return null;
  trouble.value = null;
  const made = setOfDraft(set, draft.peek());
  if ('faults' in made) {
    faults.value = made.faults;
    return null;
  }
  faults.value = new Map();
  return made.set as TaggedRules;
}

/** What the service takes: the set alone, without who put it in force. */
function bodyOf({ id, version, title, provisional, groups, rules: list }: TaggedRules) {
  return { id, version, title, provisional, groups, rules: list };
}

export async function askPreview(): Promise<void> {
  const sent = toSend();
  if (!sent || busy.peek()) return;
  const asked = draft.peek();
  busy.value = 'preview';
  notice.value = null;
  try {
    const answer = await previewRules(bodyOf(sent), sent.etag);
    // Typed on meanwhile: the answer is of other values.
    if (draft.peek() !== asked) return;
    preview.value = answer;
    // What the others changed has been read, and is part of what is shown now.
    replaced.value = null;
    page.value = 'preview';
  } catch (error) {
    refused(error, sent);
  } finally {
    busy.value = null;
  }
}

export async function apply(reason: string): Promise<void> {
  const sent = toSend();
  const seen = preview.peek();
  if (!sent || !seen || busy.peek()) return;
  busy.value = 'apply';
  try {
    const answer = await applyRules(bodyOf(sent), sent.etag, reason);
    // Nothing is in hand any more when the new rules arrive, so they are not taken for somebody else's.
    discard();
    noteRevision(answer.revision);
    editing.value = false;
    page.value = 'rules';
    notice.value = bookWords().applied(answer.version, count(seen.after.households));
    announce(notice.value);
  } catch (error) {
    refused(error, sent);
  } finally {
    busy.value = null;
  }
}

/** Reads what somebody else put in force; what was typed stays. */
export function reread(): void {
  rules.retry();
  preview.value = null;
  page.value = 'rules';
}

/** How many changes there are against the set in force. */
export function countChanges(set: TaggedRules): number {
  return changedKeys(set, draft.value).filter((key) => leafAt(set, key) !== undefined).length;
}
