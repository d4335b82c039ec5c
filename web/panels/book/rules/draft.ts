// Changes of the rules that an admin has in hand: what was typed, whether it can be read, and the set it makes. Pure.
import type { RuleSet } from '../../../../server/domain/rules.ts';
import { editableLeaves, keyOf, leafAt, withLeaves, type Leaf, type LeafKey } from './leaves.ts';

/** As typed: figures are read when they are asked for, so that half a number can stand in a field. */
export type Draft = ReadonlyMap<LeafKey, string | boolean>;

export type DraftFault = 'not_a_number' | 'negative' | 'empty';

/** May be left empty: a rule without a standard to cite says so. */
const OPTIONAL = /\/(standard|edition)$/;

export const typedOf = (value: Leaf): string | boolean => (typeof value === 'boolean' ? value : value === null ? '' : String(value));

/** What was typed as a value like the one it replaces. */
export function readTyped(key: LeafKey, typed: string | boolean, before: Leaf): { value: Leaf } | { fault: DraftFault } {
  if (typeof typed === 'boolean') return { value: typed };
  const text = typed.trim();
  if (typeof before === 'number') {
    if (text === '') return { fault: 'empty' };
    const value = Number(text.replaceAll('，', '.'));
    if (!Number.isFinite(value)) return { fault: 'not_a_number' };
    return value < 0 ? { fault: 'negative' } : { value };
  }
  if (text === '') return OPTIONAL.test(key) ? { value: null } : { fault: 'empty' };
  return { value: text };
}

/** Keys of the draft that say something else than the set. */
export function changedKeys(set: RuleSet, draft: Draft): LeafKey[] {
  return [...draft].flatMap(([key, typed]) => {
    const before = leafAt(set, key);
    if (before === undefined) return [];
    const read = readTyped(key, typed, before);
    return 'value' in read && read.value === before ? [] : [key];
  });
}

/** The set that the draft makes of another, or where it cannot be read. */
export function setOfDraft(set: RuleSet, draft: Draft): { set: RuleSet } | { faults: ReadonlyMap<LeafKey, DraftFault> } {
  const values = new Map<LeafKey, Leaf>();
  const faults = new Map<LeafKey, DraftFault>();
  for (const key of changedKeys(set, draft)) {
    const read = readTyped(key, draft.get(key) ?? '', leafAt(set, key) ?? null);
    if ('fault' in read) faults.set(key, read.fault);
    else values.set(key, read.value);
  }
  return faults.size > 0 ? { faults } : { set: withLeaves(set, values) };
}

/** The draft that brings the values of an earlier set back; rules that it did not have stay as they are. */
export function draftOf(now: RuleSet, wanted: RuleSet): Draft {
  const draft = new Map<LeafKey, string | boolean>();
  for (const rule of wanted.rules) {
    const current = now.rules.find(({ id }) => id === rule.id);
    if (!current) continue;
    const leaves = editableLeaves(current);
    for (const [path, value] of editableLeaves(rule)) {
      const before = leaves.get(path);
      if (before !== undefined && before !== value) draft.set(keyOf(rule.id, path), typedOf(value));
    }
  }
  return draft;
}
