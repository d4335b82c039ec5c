// A rule taken apart into its single values, each under a path: parameters/toe_cap_m, texts/rockfall/zh, verified. Pure.
// Editing, comparing and telling where a value is at fault all work on these.
import type { Rule, RuleSet } from '../../../../server/domain/rules.ts';

export type Leaf = string | number | boolean | null;

/** `rule/path`: ids of rules hold no slash. */
export type LeafKey = string;

export const keyOf = (rule: string, path: string): LeafKey => `${rule}/${path}`;

export function splitKey(key: LeafKey): [rule: string, path: string] {
  const at = key.indexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
}

/** What an admin may change. Name and formula say what the service computes: they are not changed by writing them anew. */
export function editableLeaves(rule: Rule): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  for (const [name, value] of Object.entries(rule.parameters ?? {})) {
    if (typeof value === 'number') leaves.set(`parameters/${name}`, value);
    else for (const [code, one] of Object.entries(value)) leaves.set(`parameters/${name}/${code}`, one);
  }
  for (const [name, { zh, en }] of Object.entries(rule.texts ?? {})) {
    leaves.set(`texts/${name}/zh`, zh);
    leaves.set(`texts/${name}/en`, en);
  }
  leaves.set('standard', rule.standard);
  leaves.set('edition', rule.edition);
  leaves.set('source', rule.source);
  leaves.set('verified', rule.verified);
  return leaves;
}

/** Everything that a reader of two versions would call a change. */
function allLeaves(rule: Rule): Map<string, Leaf> {
  return new Map<string, Leaf>([['zh', rule.zh], ['en', rule.en], ['formula', rule.formula], ...editableLeaves(rule)]);
}

export interface LeafChange {
  readonly rule: Rule;
  readonly path: string;
  readonly from: Leaf;
  readonly to: Leaf;
}

/** What differs between two sets, in the order of the later one. Rules that only one of them has are left out. */
export function changesBetween(before: RuleSet, after: RuleSet): LeafChange[] {
  return after.rules.flatMap((rule) => {
    const old = before.rules.find(({ id }) => id === rule.id);
    if (!old) return [];
    const was = allLeaves(old);
    return [...allLeaves(rule)].flatMap(([path, to]) => {
      const from = was.get(path) ?? null;
      return from === to ? [] : [{ rule, path, from, to }];
    });
  });
}

/** The value of a set at a key; undefined where it has none. */
export function leafAt(set: RuleSet, key: LeafKey): Leaf | undefined {
  const [id, path] = splitKey(key);
  const rule = set.rules.find((one) => one.id === id);
  return rule && editableLeaves(rule).get(path);
}

/** The set with other values at these keys. */
export function withLeaves(set: RuleSet, values: ReadonlyMap<LeafKey, Leaf>): RuleSet {
  const copy = structuredClone<RuleSet>(set);
  for (const [key, value] of values) {
    const [id, path] = splitKey(key);
    const names = path.split('/');
    const last = names.pop() ?? '';
    let at = copy.rules.find((one) => one.id === id) as unknown as Record<string, unknown> | undefined;
    for (const name of names) at = at?.[name] as Record<string, unknown> | undefined;
    if (at) at[last] = value;
  }
  return copy;
}

/** The key that a fault of the service points at (`/rules/3/parameters/toe_cap_m`); null where it points at no single value. */
export function keyOfPointer(pointer: string, sent: RuleSet): LeafKey | null {
  const match = /^\/rules\/(\d+)\/(.+)$/.exec(pointer);
  const rule = match && sent.rules[Number(match[1])];
  if (!rule || !match[2]) return null;
  const leaves = editableLeaves(rule);
  // a table as a whole is at fault: say it at its first value
  const path = leaves.has(match[2]) ? match[2] : [...leaves.keys()].find((one) => one.startsWith(`${match[2]}/`));
  return path === undefined ? null : keyOf(rule.id, path);
}
