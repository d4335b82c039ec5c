// The life of a danger zone and of a hazard point as the page walks it: states in order, what each asks for, ways back. Pure.
// The service decides; this only says what to ask for before it is asked.
import { textOf, type Properties } from '../../../server/domain/feature.ts';
import type { LayerName } from '../../../server/domain/layer.ts';

export interface Step {
  readonly state: string;
  /** Asked for at this step, in the order of the form. */
  readonly fields: readonly string[];
  /** Of these the service insists on. */
  readonly required: readonly string[];
}

export interface Life {
  readonly layer: LayerName;
  /** The field that holds the state, and the state of a feature that states none. */
  readonly field: string;
  readonly initial: string;
  readonly steps: readonly Step[];
  /** Where each state may go; what lies before it in `steps` is a way back. */
  readonly moves: Readonly<Record<string, readonly string[]>>;
}

export const ZONE_LIFE: Life = {
  layer: 'danger-zones',
  field: 'status',
  initial: 'draft',
  steps: [
    { state: 'draft', fields: [], required: [] },
    { state: 'confirmed', fields: ['technical_unit', 'confirmed_by'], required: ['technical_unit', 'confirmed_by'] },
    { state: 'announced', fields: ['document_no', 'announced_on', 'announced_media'], required: ['document_no', 'announced_on'] },
    { state: 'revoked', fields: ['revocation_no', 'revoked_on', 'revoked_media'], required: ['revocation_no', 'revoked_on'] },
  ],
  moves: { draft: ['confirmed'], confirmed: ['announced', 'draft'], announced: ['revoked'], revoked: [] },
};

export const POINT_LIFE: Life = {
  layer: 'hazard-points',
  field: 'state',
  initial: 'registered',
  steps: [
    { state: 'suspected', fields: [], required: [] },
    { state: 'registered', fields: [], required: [] },
    { state: 'under_treatment', fields: [], required: [] },
    { state: 'removal_proposed', fields: ['removal_evidence', 'removal_evidence_no'], required: ['removal_evidence'] },
    {
      state: 'removal_published',
      fields: ['removal_opinion', 'removal_published_from', 'removal_published_to'],
      required: ['removal_opinion', 'removal_published_from', 'removal_published_to'],
    },
    {
      state: 'removed',
      fields: ['removal_approved_by', 'removal_approval_no', 'removed_on'],
      required: ['removal_approved_by', 'removed_on'],
    },
  ],
  moves: {
    suspected: ['registered'],
    registered: ['under_treatment', 'removal_proposed'],
    under_treatment: ['removal_proposed', 'registered'],
    removal_proposed: ['removal_published', 'under_treatment', 'registered'],
    removal_published: ['removed', 'removal_proposed', 'under_treatment', 'registered'],
    removed: ['registered'],
  },
};

export const stateOf = (life: Life, properties: Properties): string => textOf(properties, life.field) ?? life.initial;

const indexOf = (life: Life, state: string): number => life.steps.findIndex((step) => step.state === state);

export const goesBack = (life: Life, from: string, to: string): boolean => indexOf(life, to) < indexOf(life, from);

/** The step that a state naturally goes on to; the others are offered beside it. */
export function nextOf(life: Life, state: string): { next: string | null; others: readonly string[] } {
  const moves = life.moves[state] ?? [];
  const next = moves.find((to) => !goesBack(life, state, to)) ?? null;
  return { next, others: moves.filter((to) => to !== next) };
}

/** What to ask for on the way: the fields of the step, and whatever the steps passed over insist on and nobody has filled in. */
export function fieldsToAsk(life: Life, from: string, to: string, properties: Properties): readonly string[] {
  if (goesBack(life, from, to)) return [];
  const target = life.steps[indexOf(life, to)];
  const passed = life.steps.slice(0, indexOf(life, to)).flatMap((step) => step.required);
  return [...passed.filter((name) => textOf(properties, name) === null), ...(target?.fields ?? [])];
}

export const isRequired = (life: Life, name: string): boolean => life.steps.some((step) => step.required.includes(name));
