// The rules in force, as cards and the book of rules read them: asked for once a revision, and only when they are looked at.
import { useEffect } from 'preact/hooks';
import type { Rule } from '../../../server/domain/rules.ts';
import { fetchRules, type TaggedRules } from '../../api/rules.ts';
import { createResource } from '../resource.ts';
import { revision } from '../service.ts';

export const rules = createResource<TaggedRules>((_key, signal) => fetchRules(signal));

/** Keeps the rules at hand for as long as the component is shown. */
export function useRules(): TaggedRules | null {
  const at = revision.value;
  useEffect(() => rules.load(String(at)), [at]);
  return rules.state.value.data;
}

export const ruleIn = (set: TaggedRules | null, id: string | null): Rule | null => set?.rules.find((rule) => rule.id === id) ?? null;
