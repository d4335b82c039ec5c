// The rule set that the product ships: every file of data/rules.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleSet } from '../domain/rules.ts';
import { ruleFileSchema, ruleSetOf } from '../zones/ruleSet.ts';

/** @throws Error naming the file that does not fit */
export function readShippedRules(folder: string): RuleSet {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => {
      try {
        return ruleFileSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      } catch (error) {
        throw new Error(`the rules file ${name} does not fit: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    });
  return ruleSetOf(files);
}
