// The rules that turn a hazard into a threatened area, as data (data/rules). Checked when they are read.
import * as z from 'zod';
import { ZONE_SOURCE_LAYERS } from '../domain/layer.ts';

const parameter = z.union([z.number(), z.record(z.string(), z.number())]);

const rule = z.strictObject({
  id: z.string(),
  layer: z.enum(ZONE_SOURCE_LAYERS),
  zh: z.string(),
  en: z.string(),
  formula: z.string(),
  parameters: z.record(z.string(), parameter).optional(),
  standard: z.string().nullable(),
  edition: z.string().nullable(),
  source: z.string(),
  verified: z.boolean(),
});

export const ruleSetSchema = z.strictObject({
  id: z.string(),
  version: z.int().positive(),
  title: z.strictObject({ zh: z.string(), en: z.string() }),
  provisional: z.boolean(),
  rules: z.array(rule),
});

export type RuleSet = z.infer<typeof ruleSetSchema>;
export type Rule = z.infer<typeof rule>;

/** The rule of this id. @throws Error when the set lacks it: a rule set is whole or not taken at all. */
export function ruleOf(set: RuleSet, id: string): Rule {
  const found = set.rules.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`the rule set ${set.id} version ${set.version} has no rule ${id}`);
  return found;
}

/** A number among the rule's parameters. @throws Error when it is missing. */
export function parameterOf(of: Rule, name: string): number {
  const value = of.parameters?.[name];
  if (typeof value !== 'number') throw new Error(`rule ${of.id} has no parameter ${name}`);
  return value;
}

/** A table of numbers among the rule's parameters; empty when it is missing. */
export function tableOf(of: Rule, name: string): Readonly<Record<string, number>> {
  const value = of.parameters?.[name];
  return typeof value === 'object' ? value : {};
}
