// The life that the law gives a danger zone (划定、确认、公告、撤销) and a hazard point its register (在册 to 核销): which state may
// follow which, and what must be stated before it does. Refusals name every field that is missing.
import { textOf, type Feature, type Properties } from '../domain/feature.ts';
import { fieldsOf, type LayerName } from '../domain/layer.ts';
import { Problem, type Fault } from '../domain/problem.ts';
import { parameterOf, ruleOf, type RuleSet } from '../domain/rules.ts';

interface Lifecycle {
  /** The field that holds the state, and the state of a feature that states none. */
  readonly field: string;
  readonly initial: string;
  /** States in their order: a later one needs all that the earlier ones need. */
  readonly order: readonly string[];
  /** Steps that are not forward. */
  readonly back: Readonly<Record<string, readonly string[]>>;
  readonly needs: Readonly<Record<string, readonly string[]>>;
  /** Faults that are not about a missing field. */
  readonly check: (after: Properties, rules: RuleSet) => Fault[];
}

const ZONE: Lifecycle = {
  field: 'status',
  initial: 'draft',
  order: ['draft', 'confirmed', 'announced', 'revoked'],
  back: { confirmed: ['draft'] },
  needs: {
    confirmed: ['technical_unit', 'confirmed_by'],
    announced: ['document_no', 'announced_on'],
    revoked: ['revocation_no', 'revoked_on'],
  },
  check: (after) => notBefore(after, 'announced_on', 'revoked_on'),
};

const POINT: Lifecycle = {
  field: 'state',
  initial: 'registered',
  order: ['suspected', 'registered', 'under_treatment', 'removal_proposed', 'removal_published', 'removed'],
  back: {
    under_treatment: ['registered'],
    removal_proposed: ['under_treatment', 'registered'],
    removal_published: ['removal_proposed', 'under_treatment', 'registered'],
    removed: ['registered'],
  },
  needs: {
    removal_proposed: ['removal_evidence'],
    removal_published: ['removal_opinion', 'removal_published_from', 'removal_published_to'],
    removed: ['removal_approved_by', 'removed_on'],
  },
  check: (after, rules) => [
    ...publishedLongEnough(after, parameterOf(ruleOf(rules, 'removal'), 'publication_days')),
    ...notBefore(after, 'removal_published_to', 'removed_on'),
  ],
};

const LIFECYCLES: Partial<Record<LayerName, Lifecycle>> = { 'danger-zones': ZONE, 'hazard-points': POINT };

/**
 * Checks an edit against the life of its layer's features. A new feature may state any state, since registers are older than
 * this service; only a default-rule proposal may not be in force before a technical unit has confirmed it.
 * @param reason why, as the editor says
 * @throws Problem 422 with a fault for every field at fault
 */
export function checkLifecycle(layer: LayerName, before: Feature | null, after: Feature, rules: RuleSet, reason: string | null): void {
  const life = LIFECYCLES[layer];
  if (!life) return;
  const to = stateOf(life, after.properties);
  if (!before) {
    const proposal = textOf(after.properties, 'basis') === 'default_rule';
    if (layer !== 'danger-zones' || !proposal || to === 'draft') return;
    refuse(layer, life, to, missing(layer, life, to, after.properties));
    return;
  }
  const from = stateOf(life, before.properties);
  if (from === to) {
    // what the state rests on may be corrected, not taken away
    const had = new Set(missing(layer, life, to, before.properties).map(({ pointer }) => pointer));
    refuse(
      layer,
      life,
      to,
      missing(layer, life, to, after.properties).filter(({ pointer }) => !had.has(pointer)),
    );
    return;
  }
  const [at, towards] = [life.order.indexOf(from), life.order.indexOf(to)];
  const goesBack = towards < at;
  if (from === 'revoked' || (goesBack && !life.back[from]?.includes(to))) throw notAStep(layer, life, from, to);
  if (from === 'removed' && (reason === null || reason.trim() === ''))
    throw refusal(layer, life, to, [
      { pointer: '/reason', code: 'required', detail: '重新列入须说明理由 Say why the point is put back on the register (X-Reason).' },
    ]);
  // a zone that was never announced has nothing to revoke
  if (layer === 'danger-zones' && to === 'revoked' && from !== 'announced') throw notAStep(layer, life, from, to);
  if (!goesBack) refuse(layer, life, to, [...missing(layer, life, to, after.properties), ...life.check(after.properties, rules)]);
}

function stateOf(life: Lifecycle, properties: Properties): string {
  return textOf(properties, life.field) ?? life.initial;
}

/** Everything that a state and those before it need and that is not stated. */
function missing(layer: LayerName, life: Lifecycle, state: string, properties: Properties): Fault[] {
  const passed = life.order.slice(0, life.order.indexOf(state) + 1);
  return passed
    .flatMap((step) => life.needs[step] ?? [])
    .filter((name) => textOf(properties, name)?.trim() === undefined || textOf(properties, name)?.trim() === '')
    .map((name) => {
      const field = fieldsOf(layer).find((one) => one.name === name);
      const values = field?.codes ? ` (${Object.keys(field.codes).join(', ')})` : field?.type === 'date' ? ' (YYYY-MM-DD)' : '';
      return {
        pointer: `/properties/${name}`,
        code: 'required',
        detail: `缺${field?.zh ?? name} ${field?.en ?? name} is missing: give ${name}${values}.`,
      };
    });
}

function notBefore(properties: Properties, first: string, second: string): Fault[] {
  const [from, to] = [textOf(properties, first), textOf(properties, second)];
  if (from === null || to === null || to >= from) return [];
  return [{ pointer: `/properties/${second}`, code: 'too_early', detail: `${second} (${to}) lies before ${first} (${from}).` }];
}

const DAY = 86_400_000;

function publishedLongEnough(properties: Properties, days: number): Fault[] {
  const [from, to] = [textOf(properties, 'removal_published_from'), textOf(properties, 'removal_published_to')];
  if (from === null || to === null) return [];
  const published = (Date.parse(to) - Date.parse(from)) / DAY;
  if (published >= days) return [];
  return [
    {
      pointer: '/properties/removal_published_to',
      code: 'publication_too_short',
      detail: `公示 ${published} 天，不足 ${days} 天 Published for ${published} days; ${days} are needed.`,
    },
  ];
}

function refuse(layer: LayerName, life: Lifecycle, state: string, faults: readonly Fault[]): void {
  if (faults.length > 0) throw refusal(layer, life, state, faults);
}

function refusal(layer: LayerName, life: Lifecycle, state: string, faults: readonly Fault[]): Problem {
  const { zh, en } = wordsOf(layer, life, state);
  return new Problem(
    422,
    'lifecycle',
    `不能改为“${zh}” This cannot become ${en.toLowerCase()}: ${faults.map(({ detail }) => detail).join('; ')}`,
    { errors: faults },
  );
}

function notAStep(layer: LayerName, life: Lifecycle, from: string, to: string): Problem {
  const [was, is] = [wordsOf(layer, life, from), wordsOf(layer, life, to)];
  const detail = `“${was.zh}”之后不能是“${is.zh}” ${was.en} cannot become ${is.en.toLowerCase()}.${from === 'announced' ? ' Revoke it by a document of its own.' : from === 'revoked' ? ' Draw a new zone.' : ''}`;
  return new Problem(422, 'lifecycle', detail, { errors: [{ pointer: `/properties/${life.field}`, code: 'not_a_step', detail }] });
}

function wordsOf(layer: LayerName, life: Lifecycle, state: string): { zh: string; en: string } {
  const codes = fieldsOf(layer).find(({ name }) => name === life.field)?.codes;
  return codes?.[state] ?? { zh: state, en: state };
}
