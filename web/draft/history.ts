// Undo and redo over the whole draft: geometry and attributes alike, each step with a note of what it did. Pure.
import type { Properties } from '../../server/domain/feature.ts';
import type { Shape } from './shape.ts';

/** What is being worked on: a shape with its attributes. */
export interface DraftState {
  readonly shape: Shape;
  readonly properties: Properties;
}

/** What a step did, in a form that can be said in either language. */
export interface Note {
  readonly verb: Verb;
  /** Number of a vertex, name of a field or a neighbour, metres: whatever the verb is about. */
  readonly of?: string | number;
}

export type Verb =
  | 'start'
  | 'draw'
  | 'move_vertex'
  | 'insert_vertex'
  | 'remove_vertex'
  | 'type_vertex'
  | 'remove_part'
  | 'remove_hole'
  | 'cut'
  | 'split'
  | 'merge'
  | 'merge_with'
  | 'buffer'
  | 'simplify'
  | 'copy_proposal'
  | 'move'
  | 'turn'
  | 'take_out'
  | 'field'
  | 'restore'
  | 'take_theirs'
  | 'keep_mine';

export interface Step {
  readonly state: DraftState;
  readonly note: Note;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Steps in order; `now` is the one that is seen, those after it can be done again. */
export interface History {
  readonly steps: readonly Step[];
  readonly now: number;
}

/** Steps that are kept: the oldest go first, the first state (what is saved) always stays. */
export const MOST_STEPS = 200;

export const startHistory = (state: DraftState, at: number): History => ({ steps: [{ state, note: { verb: 'start' }, at }], now: 0 });

const stepNow = ({ steps, now }: History): Step => steps[now] as Step;

export const stateNow = (history: History): DraftState => stepNow(history).state;

/** Typing in one field is one step, as long as nothing else is done between. */
const TOGETHER_MS = 3000;

/** A new step; what could have been done again is forgotten. A change that changes nothing is none. */
export function record(history: History, state: DraftState, note: Note, at: number): History {
  const last = stepNow(history);
  if (state.shape === last.state.shape && state.properties === last.state.properties) return history;
  const past = history.steps.slice(0, history.now + 1);
  const same = note.verb === 'field' && last.note.verb === 'field' && last.note.of === note.of && at - last.at < TOGETHER_MS;
  const kept = same && history.now > 0 ? past.slice(0, -1) : past;
  const steps = [...kept, { state, note, at }];
  const [first] = steps;
  const bounded = steps.length > MOST_STEPS && first ? [first, ...steps.slice(steps.length - MOST_STEPS + 1)] : steps;
  return { steps: bounded, now: bounded.length - 1 };
}

export const canUndo = ({ now }: History): boolean => now > 0;
export const canRedo = ({ now, steps }: History): boolean => now < steps.length - 1;
export const undo = (history: History): History => (canUndo(history) ? { ...history, now: history.now - 1 } : history);
export const redo = (history: History): History => (canRedo(history) ? { ...history, now: history.now + 1 } : history);
/** To any step, as the slider does. */
export const goTo = (history: History, step: number): History => ({
  ...history,
  now: Math.min(Math.max(0, step), history.steps.length - 1),
});

/** What undo would take back, what redo would do again. */
export const undoNote = (history: History): Note | null => (canUndo(history) ? stepNow(history).note : null);
export const redoNote = (history: History): Note | null => (canRedo(history) ? (history.steps[history.now + 1]?.note ?? null) : null);

/** Changes that are not saved: how many steps the seen state is from the first. */
export const changesOf = ({ now }: History): number => now;
