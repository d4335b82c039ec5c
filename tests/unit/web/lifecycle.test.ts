import './browser.ts';
import { describe, expect, test } from 'vitest';
import { checkLifecycle } from '../../../server/changes/lifecycle.ts';
import type { Properties } from '../../../server/domain/feature.ts';
import { fieldsOf } from '../../../server/domain/layer.ts';
import { Problem } from '../../../server/domain/problem.ts';
import {
  fieldsToAsk,
  goesBack,
  isRequired,
  nextOf,
  POINT_LIFE,
  stateOf,
  ZONE_LIFE,
  type Life,
} from '../../../web/panels/lifecycle/steps.ts';
import { shippedRules } from '../../support/rules.ts';

const LIVES = [ZONE_LIFE, POINT_LIFE];
const moves = LIVES.flatMap((life) => Object.entries(life.moves).flatMap(([from, all]) => all.map((to) => [life, from, to] as const)));

/** A value of the right kind for every field that a form asks for. */
function filled(life: Life, names: readonly string[]): Properties {
  return Object.fromEntries(
    names.map((name) => {
      const field = fieldsOf(life.layer).find((one) => one.name === name);
      if (field?.codes) return [name, Object.keys(field.codes)[0] ?? ''];
      if (field?.type === 'date') return [name, name === 'removal_published_from' ? '2026-06-01' : '2026-07-01'];
      return [name, '演示'];
    }),
  );
}

const everything = (life: Life): Properties =>
  filled(
    life,
    life.steps.flatMap((step) => step.fields),
  );

function verdict(life: Life, from: string, to: string, given: Properties): readonly string[] {
  const before = { id: 'x', geometry: null, properties: { [life.field]: from } };
  try {
    checkLifecycle(life.layer, before, { id: 'x', geometry: null, properties: { ...given, [life.field]: to } }, shippedRules, '理由');
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.errors.map(({ pointer, code }) => `${code} ${pointer}`);
  }
}

describe('the steps that the page offers', () => {
  test.each(moves.map(([life, from, to]) => [life.layer, from, to, life] as const))(
    'of %s, from %s to %s, are taken by the service when everything asked for is given',
    (_layer, from, to, life) => {
      expect(verdict(life, from, to, everything(life))).toEqual([]);
    },
  );

  test.each(moves.filter(([life, from, to]) => !goesBack(life, from, to)).map(([life, from, to]) => [life.layer, from, to, life] as const))(
    'of %s, from %s to %s, mark as required what the service insists on',
    (_layer, from, to, life) => {
      const asked = fieldsToAsk(life, from, to, {});
      const missing = verdict(life, from, to, {}).map((fault) => fault.replace('required /properties/', ''));
      expect(asked.filter((name) => isRequired(life, name)).toSorted()).toEqual(missing.toSorted());
    },
  );

  test('ask on the way for what earlier steps insist on and nobody filled in', () => {
    expect(fieldsToAsk(ZONE_LIFE, 'confirmed', 'announced', { technical_unit: '院' })).toEqual([
      'confirmed_by',
      'document_no',
      'announced_on',
      'announced_media',
    ]);
    expect(fieldsToAsk(ZONE_LIFE, 'confirmed', 'draft', {})).toEqual([]);
  });

  test('put the way forward first', () => {
    expect(nextOf(ZONE_LIFE, 'confirmed')).toEqual({ next: 'announced', others: ['draft'] });
    expect(nextOf(POINT_LIFE, 'removed')).toEqual({ next: null, others: ['registered'] });
    expect(nextOf(ZONE_LIFE, 'revoked')).toEqual({ next: null, others: [] });
  });

  test('begin where a feature without a state is', () => {
    expect([stateOf(ZONE_LIFE, {}), stateOf(POINT_LIFE, {})]).toEqual(['draft', 'registered']);
  });
});
