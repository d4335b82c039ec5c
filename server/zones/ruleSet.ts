// Rule sets checked when they are read from data/rules, from the store, or from an admin's request.
import * as z from 'zod';
import { LAYER_NAMES, ZONE_SOURCE_LAYERS } from '../domain/layer.ts';
import type { Fault } from '../domain/problem.ts';
import { PROXIMITY_MEASURES, type Rule, type RuleSet } from '../domain/rules.ts';

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const quantity = z.number().min(0).max(1_000_000);
const parameter = z.union([quantity, z.record(z.string(), quantity)]);

const rule = z.strictObject({
  id: z.string(),
  layer: z.enum(ZONE_SOURCE_LAYERS).nullable(),
  zh: z.string().min(1),
  en: z.string().min(1),
  formula: z.string().min(1),
  parameters: z.record(z.string(), parameter).optional(),
  labels: z.record(z.string(), words.extend({ unit: z.string() })).optional(),
  texts: z.record(z.string(), words).optional(),
  check: z
    .strictObject({
      subject: z.enum(LAYER_NAMES),
      kinds: z.array(z.string()),
      from: z.enum(LAYER_NAMES),
      measure: z.enum(PROXIMITY_MEASURES),
      within_county: z.boolean(),
    })
    .optional(),
  standard: z.string().nullable(),
  edition: z.string().nullable(),
  source: z.string().min(1),
  verified: z.boolean(),
});

/** A file of data/rules. */
export const ruleFileSchema = z.strictObject({
  id: z.string(),
  version: z.int().positive(),
  title: words,
  rules: z.array(rule),
});
export type RuleFile = z.infer<typeof ruleFileSchema>;

const groupedRule = rule.extend({ group: z.string() });

export const ruleSetSchema = z.strictObject({
  id: z.string(),
  version: z.int().positive(),
  title: words,
  provisional: z.boolean(),
  groups: z.array(z.strictObject({ id: z.string(), version: z.int().positive(), title: words })),
  rules: z.array(groupedRule),
});

/** One set out of the files that the product ships. */
export function ruleSetOf(files: readonly RuleFile[], version = 1): RuleSet {
  const rules = files.flatMap((file) => file.rules.map((one) => ({ ...one, group: file.id })));
  return {
    id: 'xiantu',
    version,
    title: { zh: '受威胁范围、分级与程序规则', en: 'Rules for threatened areas, grades and procedure' },
    provisional: isProvisional(rules),
    groups: files.map(({ id, version, title }) => ({ id, version, title })),
    rules,
  };
}

function isProvisional(rules: readonly Pick<Rule, 'layer' | 'verified'>[]): boolean {
  return rules.some(({ layer, verified }) => layer !== null && !verified);
}

/** The rules that a set lacks, taken from the shipped one; what the county set itself stays. */
export function completed(set: RuleSet, shipped: RuleSet): RuleSet {
  const known = new Set(set.rules.map(({ id }) => id));
  const rules = [...set.rules, ...shipped.rules.filter(({ id }) => !known.has(id))];
  return { ...set, groups: shipped.groups, rules };
}

/** Angles have to be angles: a margin divides by their tangent. */
const ANGLE = { least: 1, most: 89 };
const SHARE_AT_MOST = 10;

/**
 * What an admin sends in place of the current set: the same rules with the same parameters, other values.
 * @returns the set as it would be stored, or where it is at fault
 */
export function revisedRuleSet(body: unknown, current: RuleSet): { set: RuleSet } | { faults: Fault[] } {
  const parsed = ruleSetSchema.safeParse(withoutNotes(body));
  if (!parsed.success) {
    return {
      faults: parsed.error.issues.slice(0, 50).map(({ path, code, message }) => ({ pointer: `/${path.join('/')}`, code, detail: message })),
    };
  }
  const faults = current.rules.flatMap((before) => {
    const at = parsed.data.rules.findIndex(({ id }) => id === before.id);
    const after = parsed.data.rules[at];
    if (!after) return [{ pointer: '/rules', code: 'rule_missing', detail: `The rule ${before.id} is missing; send the whole set.` }];
    return faultsOfRule(before, after, `/rules/${at}`);
  });
  for (const [at, { id }] of parsed.data.rules.entries()) {
    if (!current.rules.some((one) => one.id === id))
      faults.push({ pointer: `/rules/${at}/id`, code: 'unknown_rule', detail: `There is no rule ${id.slice(0, 60)}.` });
  }
  if (new Set(parsed.data.rules.map(({ id }) => id)).size !== parsed.data.rules.length)
    faults.push({ pointer: '/rules', code: 'rule_twice', detail: 'A rule stands there twice.' });
  if (faults.length > 0) return { faults };
  const rules = parsed.data.rules;
  return { set: { ...current, title: parsed.data.title, version: current.version + 1, provisional: isProvisional(rules), rules } };
}

/** Our own answer says who set the rules and when: it may come back with that. */
function withoutNotes(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { at: _at, by: _by, reason: _reason, revision: _revision, ...set } = body as Record<string, unknown>;
  return set;
}

function faultsOfRule(before: Rule, after: Rule, pointer: string): Fault[] {
  const faults: Fault[] = [];
  const fault = (place: string, code: string, detail: string) => faults.push({ pointer: `${pointer}${place}`, code, detail });
  if (after.layer !== before.layer || after.group !== before.group)
    fault('', 'rule_moved', `The rule ${before.id} cannot change its layer or group.`);
  const names = new Set([...Object.keys(before.parameters ?? {}), ...Object.keys(after.parameters ?? {})]);
  for (const name of names) {
    const old = before.parameters?.[name];
    const value = after.parameters?.[name];
    const place = `/parameters/${name}`;
    if (old === undefined || value === undefined || typeof old !== typeof value) {
      fault(
        place,
        'parameter_shape',
        `${before.id} wants ${name} as ${typeof old === 'number' ? 'a number' : old ? 'a table' : 'nothing'}.`,
      );
      continue;
    }
    if (typeof value === 'object' && typeof old === 'object' && Object.keys(old).some((key) => value[key] === undefined))
      fault(place, 'parameter_shape', `${name} needs ${Object.keys(old).join(', ')}.`);
    if (typeof value === 'number' && name.endsWith('_deg') && !angleFits(name, value))
      fault(place, 'out_of_range', `${name} lies between 0 and 90 degrees.`);
    if (typeof value === 'number' && /_(factor|share)$/.test(name) && value > SHARE_AT_MOST)
      fault(place, 'out_of_range', `${name} is at most ${SHARE_AT_MOST}.`);
  }
  return faults;
}

function angleFits(name: string, value: number): boolean {
  if (name === 'repeated_mining_deg') return value <= 20;
  return value >= ANGLE.least && value <= ANGLE.most;
}
