// One change of state in hand: what was typed, what the service said to it.
import { signal, type Signal } from '@preact/signals';
import type { PropertyValue } from '../../../server/domain/feature.ts';
import type { Fault } from '../../../server/domain/problem.ts';
import { announce } from '../../a11y/announce.ts';
import { patchItem } from '../../api/edit.ts';
import type { Item } from '../../api/features.ts';
import { ApiError } from '../../api/http.ts';
import { lifeWords } from '../../i18n/lifecycle/words.ts';
import { say } from '../../i18n/t.ts';
import { pick, selection } from '../../state/selection.ts';
import { noteRevision } from '../../state/service.ts';
import { item } from '../card/cardState.ts';
import { fieldOf } from '../card/inputWords.ts';
import { codeWord } from '../card/labels.ts';
import { fieldsToAsk, stateOf, type Life } from './steps.ts';

export interface Move {
  readonly to: Signal<string | null>;
  readonly values: Signal<Readonly<Record<string, string>>>;
  readonly reason: Signal<string>;
  /** By field; `reason` is the reason's. */
  readonly faults: Signal<ReadonlyMap<string, string>>;
  readonly trouble: Signal<string | null>;
  /** The feature as it was when somebody else changed it. */
  readonly overtaken: Signal<Item | null>;
  readonly busy: Signal<boolean>;
}

export const newMove = (): Move => ({
  to: signal(null),
  values: signal({}),
  reason: signal(''),
  faults: signal(new Map()),
  trouble: signal(null),
  overtaken: signal(null),
  busy: signal(false),
});

/** Opens the form of a state, or closes it with null. What was filled in before stands in the form. */
export function choose(move: Move, life: Life, feature: Item, to: string | null): void {
  const from = stateOf(life, feature.properties);
  const names = to === null ? [] : fieldsToAsk(life, from, to, feature.properties);
  const filled = names.map((name) => [name, String(feature.properties[name] ?? '')]);
  move.values.value = Object.fromEntries(filled);
  move.reason.value = '';
  move.faults.value = new Map();
  move.trouble.value = null;
  move.overtaken.value = null;
  move.to.value = to;
}

/** The service's fault in the reader's words. */
export function faultWords(layer: string, name: string, { code, detail }: Fault): string {
  const w = lifeWords().faults;
  const field = fieldOf(layer, name);
  const label = name === 'reason' ? lifeWords().reason : field ? say(field) : name;
  if (code === 'required') return w.required(label);
  if (code === 'too_early') return w.tooEarly(label);
  if (code === 'not_a_step') return w.notAStep;
  if (code === 'publication_too_short') {
    const [days = '?', needed = '?'] = detail.match(/\d+/g) ?? [];
    return w.publishedTooShort(days, needed);
  }
  return /^(invalid_|too_|unrecognized_)/.test(code) ? w.bad(label) : detail;
}

/** `/properties/document_no` → document_no, `/reason` → reason. */
export const fieldOfPointer = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1);

function refused(move: Move, life: Life, feature: Item, error: unknown): void {
  if (!(error instanceof ApiError)) {
    move.trouble.value = lifeWords().failed(String(error));
    return;
  }
  if (error.status === 412) {
    move.overtaken.value = feature;
    item.retry();
    return;
  }
  const shown = new Set([...Object.keys(move.values.peek()), 'reason']);
  const faults = new Map<string, string>();
  const rest: string[] = [];
  for (const fault of error.faults) {
    const name = fieldOfPointer(fault.pointer);
    const said = faultWords(life.layer, name, fault);
    if (shown.has(name)) faults.set(name, said);
    else rest.push(said);
  }
  move.faults.value = faults;
  move.trouble.value = rest[0] ?? (faults.size === 0 ? lifeWords().failed(error.message) : null);
}

/** Asks the service for the change. Every refusal is shown where it belongs. */
export async function submit(move: Move, life: Life, feature: Item): Promise<void> {
  const to = move.to.peek();
  if (to === null || move.busy.peek()) return;
  const properties: Record<string, PropertyValue> = { [life.field]: to };
  for (const [name, value] of Object.entries(move.values.peek())) properties[name] = value.trim() === '' ? null : value.trim();
  move.busy.value = true;
  move.trouble.value = null;
  move.faults.value = new Map();
  try {
    const changed = await patchItem(life.layer, feature, properties, move.reason.peek());
    choose(move, life, feature, null);
    const { picked } = selection.peek();
    if (picked && picked.layer === life.layer && picked.id === feature.id)
      pick({ ...picked, codes: { ...picked.codes, [life.field]: to } });
    announce(lifeWords().saved(codeWord(life.layer, life.field, to)));
    noteRevision(changed.revision);
  } catch (error) {
    refused(move, life, feature, error);
  } finally {
    move.busy.value = false;
  }
}
