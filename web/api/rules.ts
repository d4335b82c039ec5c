// The rules in force, the sets before them, and what other values would change.
import type { RuleSet } from '../../server/domain/rules.ts';
import type { RulesPreview } from '../../server/domain/rulesPreview.ts';
import { ask, askTagged } from './http.ts';

/** A set with who put it in force, and why. */
export interface RulesAnswer extends RuleSet {
  readonly at: string;
  readonly by: string;
  readonly reason: string | null;
  readonly revision: number;
}

export interface TaggedRules extends RulesAnswer {
  /** What a change of them has to name. */
  readonly etag: string | null;
}

export async function fetchRules(signal?: AbortSignal): Promise<TaggedRules> {
  const { data, etag } = await askTagged<RulesAnswer>('/api/rules', { signal });
  return { ...data, etag };
}

/** Every set that was ever in force. */
export const fetchRuleHistory = async (signal?: AbortSignal): Promise<RulesAnswer[]> =>
  (await ask<{ sets: RulesAnswer[] }>('/api/rules/history', { signal })).sets;

const matching = (etag: string | null): Record<string, string> => (etag ? { 'If-Match': etag } : {});

/** What the set would change; nothing is stored. @throws ApiError 412 for a set made from older rules, 422 for values that do not fit */
export function previewRules(set: RuleSet, etag: string | null, signal?: AbortSignal): Promise<RulesPreview> {
  return ask<RulesPreview>('/api/rules?dryRun=true', { method: 'PUT', body: set, headers: matching(etag), ...(signal && { signal }) });
}

/** Puts the set in force. @throws ApiError as `previewRules` */
export function applyRules(set: RuleSet, etag: string | null, reason: string): Promise<RulesAnswer> {
  const headers = { ...matching(etag), 'X-Reason': encodeURIComponent(reason) };
  return ask<RulesAnswer>('/api/rules', { method: 'PUT', body: set, headers });
}
