// The rules of a store when it is opened: those it has, brought up to the release that opens it.
import type { RuleSet } from '../domain/rules.ts';
import type { FeatureStore } from '../store/store.ts';
import { deriveEverything } from '../zones/deriveZones.ts';
import type { GeometryKernel } from '../zones/kernel/geos.ts';
import { completed } from '../zones/ruleSet.ts';

/**
 * Answers the rules in force. A store without rules gets the shipped ones; one of an earlier release keeps what the county set
 * and gets the rules it lacks. Either way all areas are derived anew, in a revision of its own that says so.
 */
export async function adoptRules(store: FeatureStore, shipped: RuleSet, kernel: GeometryKernel): Promise<RuleSet> {
  const stored = (await store.rules())?.set ?? null;
  if (stored && JSON.stringify(stored.groups) === JSON.stringify(shipped.groups)) return stored;
  const rules = stored ? { ...completed(stored, shipped), version: stored.version + 1 } : shipped;
  const reason = stored ? 'rules that a newer release brings' : 'rules that the release ships';
  await store.transact({ by: 'system', reason }, async (transaction) => {
    await transaction.putRules(rules);
    await deriveEverything(transaction, rules, kernel);
  });
  return rules;
}
